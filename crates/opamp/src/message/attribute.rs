use prost::{Message, Oneof};

/// A named value, as everywhere in OpenTelemetry.
#[derive(Clone, PartialEq, Message)]
pub struct KeyValue {
    /// Its name.
    #[prost(string, tag = "1")]
    pub key: String,
    /// Its value; absent is not the same as empty.
    #[prost(message, optional, tag = "2")]
    pub value: Option<AnyValue>,
}

/// A value of one of seven kinds, or none.
#[derive(Clone, PartialEq, Message)]
pub struct AnyValue {
    /// The value.
    #[prost(oneof = "any_value::Value", tags = "1, 2, 3, 4, 5, 6, 7")]
    pub value: Option<any_value::Value>,
}

/// The kinds of [`AnyValue`].
pub mod any_value {
    use super::{ArrayValue, KeyValueList, Oneof};

    /// One of seven kinds.
    #[derive(Clone, PartialEq, Oneof)]
    pub enum Value {
        /// Text.
        #[prost(string, tag = "1")]
        Text(String),
        /// Yes or no.
        #[prost(bool, tag = "2")]
        Bool(bool),
        /// A whole number.
        #[prost(int64, tag = "3")]
        Int(i64),
        /// A number.
        #[prost(double, tag = "4")]
        Double(f64),
        /// A list.
        #[prost(message, tag = "5")]
        Array(ArrayValue),
        /// Named values.
        #[prost(message, tag = "6")]
        List(KeyValueList),
        /// Bytes.
        #[prost(bytes, tag = "7")]
        Bytes(Vec<u8>),
    }
}

/// A list of values.
#[derive(Clone, PartialEq, Message)]
pub struct ArrayValue {
    /// In order.
    #[prost(message, repeated, tag = "1")]
    pub values: Vec<AnyValue>,
}

/// A list of named values.
#[derive(Clone, PartialEq, Message)]
pub struct KeyValueList {
    /// In order.
    #[prost(message, repeated, tag = "1")]
    pub values: Vec<KeyValue>,
}

impl KeyValue {
    /// A text under a name.
    pub fn text(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: Some(AnyValue {
                value: Some(any_value::Value::Text(value.into())),
            }),
        }
    }

    /// The value, when it is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self.value.as_ref()?.value.as_ref()? {
            any_value::Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The text under a name, in a list of attributes.
#[must_use]
pub fn find<'a>(attributes: &'a [KeyValue], key: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|attribute| attribute.key == key)
        .and_then(KeyValue::as_text)
}
