//! What travels: one type per protobuf message of the OpAMP specification, with its field numbers.
//!
//! Always true: a field left out means "unchanged" in an [`AgentToServer`] and "nothing to say" in a
//! [`ServerToAgent`]; sub-messages are therefore options. Fields not listed here are skipped when read.

mod attribute;
mod connection;
mod report;
mod server;

pub mod bits;

pub use attribute::{AnyValue, ArrayValue, KeyValue, KeyValueList, any_value, find};
pub use connection::{
    CertificateRequest, ConnectionSettingsOffers, ConnectionSettingsRequest, ConnectionSettingsStatus,
    Header, Headers, OpAmpConnectionSettings, OpAmpConnectionSettingsRequest, OtherConnectionSettings,
    ProxyConnectionSettings, TelemetryConnectionSettings, TlsCertificate, TlsConnectionSettings,
};
pub use report::{
    AgentConfigFile, AgentConfigMap, AgentDescription, AgentDisconnect, AgentRemoteConfig, AgentToServer,
    ApplyStatus, AvailableComponents, ComponentDetails, ComponentHealth, CustomCapabilities, CustomMessage,
    EffectiveConfig, PackageDownloadDetails, PackageState, PackageStatus, PackageStatuses,
    RemoteConfigStatus,
};
pub use server::{
    AgentIdentification, CommandType, DownloadableFile, ErrorType, PackageAvailable, PackageType,
    PackagesAvailable, RetryInfo, ServerErrorResponse, ServerToAgent, ServerToAgentCommand,
};
