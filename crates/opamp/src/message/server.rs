use super::{AgentRemoteConfig, ConnectionSettingsOffers, CustomCapabilities, CustomMessage, Headers};
use prost::{Enumeration, Message};
use std::collections::BTreeMap;

/// Everything a server says.
#[derive(Clone, PartialEq, Message)]
pub struct ServerToAgent {
    /// Whom it speaks to.
    #[prost(bytes = "vec", tag = "1")]
    pub instance_uid: Vec<u8>,
    /// The agent's message could not be handled; the rest of this one is then to be ignored.
    #[prost(message, optional, tag = "2")]
    pub error_response: Option<ServerErrorResponse>,
    /// A configuration to run with.
    #[prost(message, optional, tag = "3")]
    pub remote_config: Option<AgentRemoteConfig>,
    /// Settings for the agent's connections.
    #[prost(message, optional, tag = "4")]
    pub connection_settings: Option<ConnectionSettingsOffers>,
    /// Packages to have.
    #[prost(message, optional, tag = "5")]
    pub packages_available: Option<PackagesAvailable>,
    /// Bits of [`server_flag`](super::bits::server_flag).
    #[prost(uint64, tag = "6")]
    pub flags: u64,
    /// Bits of [`server_capability`](super::bits::server_capability); in the first message at least.
    #[prost(uint64, tag = "7")]
    pub capabilities: u64,
    /// A new name for the agent.
    #[prost(message, optional, tag = "8")]
    pub agent_identification: Option<AgentIdentification>,
    /// Something to do at once; the other fields of such a message are ignored.
    #[prost(message, optional, tag = "9")]
    pub command: Option<ServerToAgentCommand>,
    /// Custom dialogues the server takes part in.
    #[prost(message, optional, tag = "10")]
    pub custom_capabilities: Option<CustomCapabilities>,
    /// One message of a custom dialogue.
    #[prost(message, optional, tag = "11")]
    pub custom_message: Option<CustomMessage>,
}

/// Why a server did not handle a message.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ServerErrorResponse {
    /// The kind of failure.
    #[prost(enumeration = "ErrorType", tag = "1")]
    pub r#type: i32,
    /// For a person.
    #[prost(string, tag = "2")]
    pub error_message: String,
    /// When to come back; with [`ErrorType::Unavailable`].
    #[prost(message, optional, tag = "3")]
    pub retry_info: Option<RetryInfo>,
}

/// Kinds of failure.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Enumeration)]
#[repr(i32)]
pub enum ErrorType {
    /// Not said.
    Unknown = 0,
    /// The message is malformed or not allowed: never send it again.
    BadRequest = 1,
    /// The server is too busy: come back later.
    Unavailable = 2,
}

/// When to come back.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct RetryInfo {
    /// After this many nanoseconds.
    #[prost(uint64, tag = "1")]
    pub retry_after_nanoseconds: u64,
}

/// A new name for an agent.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct AgentIdentification {
    /// 16 bytes, used from the next message on.
    #[prost(bytes = "vec", tag = "1")]
    pub new_instance_uid: Vec<u8>,
}

/// Something to do at once.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct ServerToAgentCommand {
    /// What.
    #[prost(enumeration = "CommandType", tag = "1")]
    pub r#type: i32,
}

/// Things an agent can be told to do at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Enumeration)]
#[repr(i32)]
pub enum CommandType {
    /// Restart.
    Restart = 0,
}

/// Packages an agent should have.
#[derive(Clone, PartialEq, Message)]
pub struct PackagesAvailable {
    /// By name.
    #[prost(btree_map = "string, message", tag = "1")]
    pub packages: BTreeMap<String, PackageAvailable>,
    /// Tells one offer from another.
    #[prost(bytes = "vec", tag = "2")]
    pub all_packages_hash: Vec<u8>,
}

/// One package an agent should have.
#[derive(Clone, PartialEq, Message)]
pub struct PackageAvailable {
    /// What it is to the agent.
    #[prost(enumeration = "PackageType", tag = "1")]
    pub r#type: i32,
    /// Its version.
    #[prost(string, tag = "2")]
    pub version: String,
    /// Where its file is.
    #[prost(message, optional, tag = "3")]
    pub file: Option<DownloadableFile>,
    /// Tells one package from another, name and version included.
    #[prost(bytes = "vec", tag = "4")]
    pub hash: Vec<u8>,
}

/// What a package is to the agent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Enumeration)]
#[repr(i32)]
pub enum PackageType {
    /// The agent itself.
    TopLevel = 0,
    /// Something it uses.
    Addon = 1,
}

/// A file to fetch.
#[derive(Clone, PartialEq, Message)]
pub struct DownloadableFile {
    /// From where.
    #[prost(string, tag = "1")]
    pub download_url: String,
    /// Hash of its content.
    #[prost(bytes = "vec", tag = "2")]
    pub content_hash: Vec<u8>,
    /// Signature of its content.
    #[prost(bytes = "vec", tag = "3")]
    pub signature: Vec<u8>,
    /// Headers for the request.
    #[prost(message, optional, tag = "4")]
    pub headers: Option<Headers>,
}

impl ServerErrorResponse {
    /// The message is malformed or not allowed.
    pub fn bad_request(error_message: impl Into<String>) -> Self {
        Self {
            r#type: ErrorType::BadRequest.into(),
            error_message: error_message.into(),
            retry_info: None,
        }
    }

    /// The server is too busy.
    pub fn unavailable(error_message: impl Into<String>, retry_after: std::time::Duration) -> Self {
        Self {
            r#type: ErrorType::Unavailable.into(),
            error_message: error_message.into(),
            retry_info: Some(RetryInfo {
                retry_after_nanoseconds: u64::try_from(retry_after.as_nanos()).unwrap_or(u64::MAX),
            }),
        }
    }
}
