//! The name a person goes by.

use crate::base::error::{Code, Fault};
use unicode_normalization::UnicodeNormalization;

/// 1 to 80 characters, no control characters, no spaces around or repeated.
///
/// # Errors
/// `person_name_invalid`.
pub(super) fn parse(text: &str) -> Result<String, Fault> {
    let name: String = text.nfc().collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits {
        Ok(name)
    } else {
        Err(Fault::new(Code::PersonNameInvalid).at("name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_something_to_read_and_not_too_much() {
        assert_eq!(parse("  Camille \t Petit ").unwrap(), "Camille Petit");
        assert_eq!(parse("小林").unwrap(), "小林");
        let long = "x".repeat(81);
        for refused in ["", "   ", "a\u{7}b", long.as_str()] {
            assert_eq!(parse(refused).unwrap_err().code, Code::PersonNameInvalid);
        }
    }
}
