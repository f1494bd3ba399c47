use super::DbError;
use jiff::Timestamp;
use rempart_wire as wire;
use std::sync::Arc;
use uuid::Uuid;

/// One value on its way into or out of either engine. Times are whole microseconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL null.
    Null,
    /// `boolean`.
    Bool(bool),
    /// `bigint`.
    Int(i64),
    /// `text`.
    Text(String),
    /// `bytea`.
    Bytes(Vec<u8>),
    /// `uuid`.
    Uuid(Uuid),
}

/// Text from outside as both engines take it: PostgreSQL has no NUL in its texts.
#[must_use]
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// One row of an answer; columns are read by their place in the statement.
#[derive(Debug, Clone)]
pub struct Row {
    pub(super) values: Vec<Value>,
    pub(super) sql: Arc<str>,
}

impl Row {
    /// The value in column `at`, counted from 0.
    ///
    /// # Errors
    /// [`DbError::Decode`] when there is no such column or it holds something else.
    pub fn get<T: FromValue>(&self, at: usize) -> Result<T, DbError> {
        self.values
            .get(at)
            .and_then(|value| T::from_value(value))
            .ok_or_else(|| DbError::Decode {
                column: at,
                sql: self.sql.to_string(),
            })
    }
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// `None` when the value is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            Value::Int(value) => Some(*value != 0),
            _ => None,
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Int(value) = value {
            Some(*value)
        } else {
            None
        }
    }
}

impl FromValue for u64 {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).and_then(|value| value.try_into().ok())
    }
}

impl FromValue for u32 {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).and_then(|value| value.try_into().ok())
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(value) = value {
            Some(value.clone())
        } else {
            None
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Bytes(value) = value {
            Some(value.clone())
        } else {
            None
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Uuid(value) => Some(*value),
            Value::Bytes(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).and_then(|micros| Self::from_microsecond(micros).ok())
    }
}

impl FromValue for wire::ManagementMode {
    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        if *value == Value::Null {
            Some(None)
        } else {
            T::from_value(value).map(Some)
        }
    }
}

macro_rules! into_value {
    ($($from:ty => |$value:ident| $into:expr),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self { $into }
        }
    )*};
}

into_value! {
    bool => |value| Self::Bool(value),
    i64 => |value| Self::Int(value),
    u32 => |value| Self::Int(value.into()),
    u64 => |value| Self::Int(i64::try_from(value).unwrap_or(i64::MAX)),
    &str => |value| Self::Text(value.to_owned()),
    String => |value| Self::Text(value),
    &String => |value| Self::Text(value.clone()),
    Vec<u8> => |value| Self::Bytes(value),
    &[u8] => |value| Self::Bytes(value.to_vec()),
    [u8; 32] => |value| Self::Bytes(value.to_vec()),
    Uuid => |value| Self::Uuid(value),
    Timestamp => |value| Self::Int(value.as_microsecond()),
    wire::ManagementMode => |value| Self::Text(value.as_str().to_owned()),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<wire::$id> for Value {
            fn from(id: wire::$id) -> Self { Self::Uuid(id.0) }
        }
        impl FromValue for wire::$id {
            fn from_value(value: &Value) -> Option<Self> { Uuid::from_value(value).map(Self) }
        }
    )*};
}

ids!(
    AccountId,
    SessionId,
    ApiKeyId,
    WorkspaceId,
    LicenceId,
    PreviewId,
    PurchaseId,
    PaymentId,
    LedgerEntryId,
    DeviceId,
    MachineId,
    EnrolmentTokenId,
    OrderId,
    ScanId,
    DetectionId,
    QuarantineId,
    EventId,
    IncidentId,
    JobId,
    AuditId,
    PriceId,
    LicenceBatchId
);
