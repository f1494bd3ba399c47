use crate::base::{
    db::{FromValue, Value},
    error::{Code, Fault},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// What a product is called by programs: 2 to 32 ASCII letters, digits and dashes. Two codes never differ by case alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProductCode(Cow<'static, str>);

impl ProductCode {
    /// A household's.
    pub const HOME: Self = Self(Cow::Borrowed("Home"));
    /// A firm's; trials are of it.
    pub const BUSINESS: Self = Self(Cow::Borrowed("Business"));
    /// A large one's.
    pub const ENTERPRISE: Self = Self(Cow::Borrowed("Enterprise"));

    /// Reads what was typed.
    ///
    /// # Errors
    /// `product_code_invalid`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let fits = (2..=32).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && text.chars().any(|c| c.is_ascii_alphanumeric());
        if fits {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(Fault::new(Code::ProductCodeInvalid).at("code"))
        }
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is compared.
    pub(super) fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for ProductCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&ProductCode> for Value {
    fn from(code: &ProductCode) -> Self {
        Self::Text(code.0.to_string())
    }
}

/// Whatever stands in a row is a code: a list is never broken by one of its rows.
impl FromValue for ProductCode {
    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value).map(|text| Self(Cow::Owned(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in ["", "a", "--", "a b", "é1", "a_b", "x/y", &"a".repeat(33)] {
            assert!(ProductCode::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_kept_as_it_was_typed(text in "[A-Za-z0-9][A-Za-z0-9-]{1,31}") {
            let code = ProductCode::parse(&format!(" {text} ")).unwrap();
            prop_assert_eq!(code.as_str(), &text);
            prop_assert_eq!(ProductCode::from_value(&Value::from(&code)), Some(code));
        }
    }
}
