use crate::base::error::{Code, Fault};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Where in a list to go on. Lists are ordered newest first by id, or by a text and then the id.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Cursor {
    /// What the page before gave as `next`.
    pub cursor: Option<String>,
    /// Rows wanted: 1 to 200, 50 when not said.
    pub limit: Option<u32>,
}

impl Cursor {
    /// Rows wanted.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(50).clamp(1, 200)
    }

    /// The last row of the page before: its sort text and its id.
    ///
    /// # Errors
    /// `invalid_field`, when it is none of ours.
    pub fn after(&self) -> Result<Option<(String, Uuid)>, Fault> {
        let Some(text) = self.cursor.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let fault = || {
            Fault::new(Code::InvalidField)
                .at("cursor")
                .arg("detail", "cursor")
        };
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| fault())?;
        let (id, sort) = bytes.split_at_checked(16).ok_or_else(fault)?;
        let sort = String::from_utf8(sort.to_vec()).map_err(|_| fault())?;
        Ok(Some((sort, Uuid::from_slice(id).map_err(|_| fault())?)))
    }

    /// As [`Cursor::after`], for lists ordered by time: the sort text is microseconds since 1970.
    ///
    /// # Errors
    /// `invalid_field`, when it is none of ours.
    pub fn after_time(&self) -> Result<Option<(Timestamp, Uuid)>, Fault> {
        let Some((sort, id)) = self.after()? else {
            return Ok(None);
        };
        let at = sort
            .parse()
            .ok()
            .and_then(|micros| Timestamp::from_microsecond(micros).ok());
        let fault = Fault::new(Code::InvalidField)
            .at("cursor")
            .arg("detail", "cursor");
        Ok(Some((at.ok_or(fault)?, id)))
    }

    /// Makes the next page's cursor.
    #[must_use]
    pub fn make(sort: &str, id: Uuid) -> String {
        URL_SAFE_NO_PAD.encode([id.as_bytes().as_slice(), sort.as_bytes()].concat())
    }
}

impl<T> List<T> {
    /// From up to `limit + 1` rows: the extra one only says that there is a next page. `key` gives a row's sort text
    /// and id.
    pub fn paged(mut items: Vec<T>, limit: u32, key: impl Fn(&T) -> (String, Uuid)) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more {
            items.last().map(|last| {
                let (sort, id) = key(last);
                Cursor::make(&sort, id)
            })
        } else {
            None
        };
        Self { items, next }
    }
}
