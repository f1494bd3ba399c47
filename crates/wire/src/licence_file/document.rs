//! What a file says, and whether it says it here and now.

use super::{Kind, Refused};
use crate::{LicenceTerms, licence::Facts};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};

/// How far a file may come from the future: clocks of computers without a network differ.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(10);

/// For how long a file is good: the document's `meta`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// When it was issued.
    pub issued: Timestamp,
    /// Until when it is good; a file of ours always has it.
    pub expiry: Option<Timestamp>,
}

impl Period {
    /// A file issued now and good for so long.
    #[must_use]
    pub fn starting(issued: Timestamp, ttl: SignedDuration) -> Self {
        Self {
            issued,
            expiry: Some(issued.saturating_add(ttl).unwrap_or(Timestamp::MAX)),
        }
    }

    /// The document's `meta`.
    #[must_use]
    pub fn to_json(self) -> Value {
        let ttl = self
            .expiry
            .map(|expiry| expiry.duration_since(self.issued).as_secs());
        serde_json::json!({ "issued": self.issued, "expiry": self.expiry, "ttl": ttl })
    }
}

/// The document inside a file whose signature was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it speaks about.
    pub kind: Kind,
    /// For how long it is good.
    pub period: Period,
    /// The id of the licence or the machine.
    pub id: String,
    /// Attributes of the licence or the machine.
    pub attributes: Map<String, Value>,
    /// Other objects the file carries.
    pub included: Vec<Object>,
}

/// A JSON:API object.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Object {
    /// Its type, in the plural.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its attributes. What it relates to is not read: nobody asks.
    #[serde(default)]
    pub attributes: Map<String, Value>,
}

#[derive(Deserialize)]
struct Raw {
    data: Object,
    #[serde(default)]
    included: Vec<Object>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    issued: Timestamp,
    expiry: Option<Timestamp>,
}

impl Document {
    pub(super) fn read(kind: Kind, json: &[u8]) -> Result<Self, Refused> {
        let Raw { data, included, meta } = serde_json::from_slice(json).map_err(|_| Refused::Form)?;
        if data.kind != kind.data_type() {
            return Err(Refused::Form);
        }
        Ok(Self {
            kind,
            period: Period {
                issued: meta.issued,
                expiry: meta.expiry,
            },
            id: data.id,
            attributes: data.attributes,
            included,
        })
    }

    /// The machine a machine's file is for.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&str> {
        self.attributes.get("fingerprint").and_then(Value::as_str)
    }

    /// What it says of the licence: its own, or that of the seat its machine has.
    ///
    /// # Errors
    /// [`Refused::Form`], when there is no licence in it.
    pub fn terms(&self) -> Result<LicenceTerms, Refused> {
        let carried = || {
            self.included
                .iter()
                .find(|one| one.kind == Kind::Licence.data_type())
        };
        let attributes = match self.kind {
            Kind::Licence => &self.attributes,
            Kind::Machine => &carried().ok_or(Refused::Form)?.attributes,
        };
        let metadata = attributes.get("metadata").unwrap_or(&Value::Null);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        // A file of another server's making has no facts of ours: what it says to everybody is enough.
        let plain = || Facts {
            expires_at: attributes.get("expiry").and_then(|at| at.as_str()?.parse().ok()),
            suspended: attributes.get("suspended") == Some(&Value::Bool(true)),
            revoked: attributes.get("status").is_some_and(|status| status == "BANNED"),
            ..Facts::default()
        };
        let facts = match metadata.get("facts") {
            Some(facts) => serde_json::from_value(facts.clone()).map_err(|_| Refused::Form)?,
            None => plain(),
        };
        Ok(LicenceTerms {
            product: text(&metadata["product"]),
            number: attributes.get("name").map(text).unwrap_or_default(),
            facts,
            seatless: false,
        })
    }

    /// Whether it may be obeyed at `now` on the machine of this fingerprint. A licence's file is for any machine.
    ///
    /// # Errors
    /// [`Refused::Future`], [`Refused::Expired`] or [`Refused::OtherMachine`].
    pub fn check(&self, now: Timestamp, tolerance: SignedDuration, fingerprint: &str) -> Result<(), Refused> {
        let Period { issued, expiry } = self.period;
        if issued.duration_since(now) > tolerance {
            return Err(Refused::Future { issued });
        }
        if let Some(expiry) = expiry.filter(|expiry| *expiry <= now) {
            return Err(Refused::Expired { expiry });
        }
        if self.kind == Kind::Machine && self.fingerprint() != Some(fingerprint) {
            return Err(Refused::OtherMachine);
        }
        Ok(())
    }
}
