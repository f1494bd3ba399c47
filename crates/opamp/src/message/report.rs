use super::{ConnectionSettingsRequest, ConnectionSettingsStatus, KeyValue};
use prost::{Enumeration, Message};
use std::collections::BTreeMap;

/// Everything an agent says. What has not changed since its last message is left out.
#[derive(Clone, PartialEq, Message)]
pub struct AgentToServer {
    /// Who speaks: 16 bytes.
    #[prost(bytes = "vec", tag = "1")]
    pub instance_uid: Vec<u8>,
    /// One more than in the message before; a gap tells the server that it missed something.
    #[prost(uint64, tag = "2")]
    pub sequence_num: u64,
    /// What the agent is and where it runs.
    #[prost(message, optional, tag = "3")]
    pub agent_description: Option<AgentDescription>,
    /// Bits of [`agent_capability`](super::bits::agent_capability); in every message.
    #[prost(uint64, tag = "4")]
    pub capabilities: u64,
    /// How it is.
    #[prost(message, optional, tag = "5")]
    pub health: Option<ComponentHealth>,
    /// The configuration it really runs with.
    #[prost(message, optional, tag = "6")]
    pub effective_config: Option<EffectiveConfig>,
    /// What became of the last remote configuration.
    #[prost(message, optional, tag = "7")]
    pub remote_config_status: Option<RemoteConfigStatus>,
    /// What became of the offered packages.
    #[prost(message, optional, tag = "8")]
    pub package_statuses: Option<PackageStatuses>,
    /// Said last, before the agent closes.
    #[prost(message, optional, tag = "9")]
    pub agent_disconnect: Option<AgentDisconnect>,
    /// Bits of [`agent_flag`](super::bits::agent_flag).
    #[prost(uint64, tag = "10")]
    pub flags: u64,
    /// The agent asks for connection settings.
    #[prost(message, optional, tag = "11")]
    pub connection_settings_request: Option<ConnectionSettingsRequest>,
    /// Custom dialogues it takes part in.
    #[prost(message, optional, tag = "12")]
    pub custom_capabilities: Option<CustomCapabilities>,
    /// One message of a custom dialogue.
    #[prost(message, optional, tag = "13")]
    pub custom_message: Option<CustomMessage>,
    /// What it could be configured to use.
    #[prost(message, optional, tag = "14")]
    pub available_components: Option<AvailableComponents>,
    /// What became of the offered connection settings.
    #[prost(message, optional, tag = "15")]
    pub connection_settings_status: Option<ConnectionSettingsStatus>,
}

/// What an agent is and where it runs.
#[derive(Clone, PartialEq, Message)]
pub struct AgentDescription {
    /// Attributes that tell this agent from others.
    #[prost(message, repeated, tag = "1")]
    pub identifying_attributes: Vec<KeyValue>,
    /// Everything else about it.
    #[prost(message, repeated, tag = "2")]
    pub non_identifying_attributes: Vec<KeyValue>,
}

/// How a component and its parts are.
#[derive(Clone, PartialEq, Message)]
pub struct ComponentHealth {
    /// Whether it is well.
    #[prost(bool, tag = "1")]
    pub healthy: bool,
    /// When it started, nanoseconds since 1970.
    #[prost(fixed64, tag = "2")]
    pub start_time_unix_nano: u64,
    /// What is wrong, for a person.
    #[prost(string, tag = "3")]
    pub last_error: String,
    /// Its state in the agent's own words.
    #[prost(string, tag = "4")]
    pub status: String,
    /// When the state was observed, nanoseconds since 1970.
    #[prost(fixed64, tag = "5")]
    pub status_time_unix_nano: u64,
    /// Its parts, by name.
    #[prost(btree_map = "string, message", tag = "6")]
    pub component_health_map: BTreeMap<String, ComponentHealth>,
    /// More about it.
    #[prost(message, repeated, tag = "7")]
    pub attributes: Vec<KeyValue>,
}

/// The configuration an agent really runs with.
#[derive(Clone, PartialEq, Message)]
pub struct EffectiveConfig {
    /// Its files.
    #[prost(message, optional, tag = "1")]
    pub config_map: Option<AgentConfigMap>,
}

/// A configuration the server wants an agent to run with.
#[derive(Clone, PartialEq, Message)]
pub struct AgentRemoteConfig {
    /// Its files.
    #[prost(message, optional, tag = "1")]
    pub config: Option<AgentConfigMap>,
    /// Tells one configuration from another; the agent echoes it in [`RemoteConfigStatus`].
    #[prost(bytes = "vec", tag = "2")]
    pub config_hash: Vec<u8>,
}

/// Configuration files by name.
#[derive(Clone, PartialEq, Message)]
pub struct AgentConfigMap {
    /// By name; a single file may have the empty one.
    #[prost(btree_map = "string, message", tag = "1")]
    pub config_map: BTreeMap<String, AgentConfigFile>,
}

/// One configuration file.
#[derive(Clone, PartialEq, Message)]
pub struct AgentConfigFile {
    /// Its bytes.
    #[prost(bytes = "vec", tag = "1")]
    pub body: Vec<u8>,
    /// Their media type.
    #[prost(string, tag = "2")]
    pub content_type: String,
}

/// What became of a remote configuration.
#[derive(Clone, PartialEq, Message)]
pub struct RemoteConfigStatus {
    /// Hash of the last one received.
    #[prost(bytes = "vec", tag = "1")]
    pub last_remote_config_hash: Vec<u8>,
    /// What became of it.
    #[prost(enumeration = "ApplyStatus", tag = "2")]
    pub status: i32,
    /// Why it failed.
    #[prost(string, tag = "3")]
    pub error_message: String,
}

/// What became of something the server offered: a configuration or connection settings.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Enumeration)]
#[repr(i32)]
pub enum ApplyStatus {
    /// Nothing was offered yet.
    Unset = 0,
    /// In force.
    Applied = 1,
    /// Being put in force.
    Applying = 2,
    /// Could not be put in force; the one before it still is.
    Failed = 3,
}

/// What became of the offered packages.
#[derive(Clone, PartialEq, Message)]
pub struct PackageStatuses {
    /// By package name.
    #[prost(btree_map = "string, message", tag = "1")]
    pub packages: BTreeMap<String, PackageStatus>,
    /// Hash of the offer this answers.
    #[prost(bytes = "vec", tag = "2")]
    pub server_provided_all_packages_hash: Vec<u8>,
    /// What went wrong with the offer as a whole.
    #[prost(string, tag = "3")]
    pub error_message: String,
}

/// What became of one package.
#[derive(Clone, PartialEq, Message)]
pub struct PackageStatus {
    /// Its name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// The version the agent has.
    #[prost(string, tag = "2")]
    pub agent_has_version: String,
    /// The hash of what the agent has.
    #[prost(bytes = "vec", tag = "3")]
    pub agent_has_hash: Vec<u8>,
    /// The version the server offered.
    #[prost(string, tag = "4")]
    pub server_offered_version: String,
    /// The hash the server offered.
    #[prost(bytes = "vec", tag = "5")]
    pub server_offered_hash: Vec<u8>,
    /// Where the installation is.
    #[prost(enumeration = "PackageState", tag = "6")]
    pub status: i32,
    /// Why it failed.
    #[prost(string, tag = "7")]
    pub error_message: String,
    /// How the download goes.
    #[prost(message, optional, tag = "8")]
    pub download_details: Option<PackageDownloadDetails>,
}

/// Where the installation of a package is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Enumeration)]
#[repr(i32)]
pub enum PackageState {
    /// Installed.
    Installed = 0,
    /// Will be installed.
    InstallPending = 1,
    /// Being installed.
    Installing = 2,
    /// Could not be installed.
    InstallFailed = 3,
    /// Being downloaded.
    Downloading = 4,
}

/// How a download goes.
#[derive(Clone, PartialEq, Message)]
pub struct PackageDownloadDetails {
    /// 0 to 100.
    #[prost(double, tag = "1")]
    pub download_percent: f64,
    /// Bytes per second.
    #[prost(double, tag = "2")]
    pub download_bytes_per_second: f64,
}

/// Custom dialogues an end takes part in.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CustomCapabilities {
    /// Their names, in reverse domain style.
    #[prost(string, repeated, tag = "1")]
    pub capabilities: Vec<String>,
}

/// One message of a custom dialogue.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CustomMessage {
    /// Which dialogue.
    #[prost(string, tag = "1")]
    pub capability: String,
    /// Which message of it.
    #[prost(string, tag = "2")]
    pub r#type: String,
    /// Its bytes; their meaning belongs to the dialogue.
    #[prost(bytes = "vec", tag = "3")]
    pub data: Vec<u8>,
}

/// What an agent could be configured to use.
#[derive(Clone, PartialEq, Message)]
pub struct AvailableComponents {
    /// By name.
    #[prost(btree_map = "string, message", tag = "1")]
    pub components: BTreeMap<String, ComponentDetails>,
    /// Hash of all of it, sent alone until the server asks for the rest.
    #[prost(bytes = "vec", tag = "2")]
    pub hash: Vec<u8>,
}

/// One thing an agent could be configured to use.
#[derive(Clone, PartialEq, Message)]
pub struct ComponentDetails {
    /// About it.
    #[prost(message, repeated, tag = "1")]
    pub metadata: Vec<KeyValue>,
    /// Its parts, by name.
    #[prost(btree_map = "string, message", tag = "2")]
    pub sub_component_map: BTreeMap<String, ComponentDetails>,
}

/// Said before an agent closes.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct AgentDisconnect {}
