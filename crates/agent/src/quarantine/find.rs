use super::{FindError, Store};
use rempart_wire::QuarantineId;

/// Fewer digits than this name nothing.
const FEWEST: usize = 4;

impl Store {
    /// The item a person means by the beginning or the end of its id. (Ids begin with the time, so items taken together
    /// begin alike: the end is what tells them apart.)
    ///
    /// # Errors
    /// When none or several are meant.
    pub fn find(&self, typed: &str) -> Result<QuarantineId, FindError> {
        let wanted = digits(typed);
        if wanted.len() < FEWEST {
            return Err(FindError::Unknown(typed.to_owned()));
        }
        let mut meant = self.held_ids()?.into_iter().filter(|item| {
            let digits = item.0.simple().to_string();
            digits.starts_with(&wanted) || digits.ends_with(&wanted)
        });
        match (meant.next(), meant.next()) {
            (Some(item), None) => Ok(item),
            (None, _) => Err(FindError::Unknown(typed.to_owned())),
            (Some(_), Some(_)) => Err(FindError::Ambiguous(typed.to_owned())),
        }
    }
}

fn digits(typed: &str) -> String {
    typed.trim().replace('-', "").to_lowercase()
}
