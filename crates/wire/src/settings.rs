use crate::{ManagementMode, licence, licence_file::IssuerKeys};
use serde::{Deserialize, Serialize};

/// What a portal tells a device to be: the body of the OpAMP remote configuration entry named
/// [`DeviceSettings::ENTRY`], as JSON. The agent keeps the last one it accepted and falls back onto it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSettings {
    /// Where this computer is managed.
    pub mode: ManagementMode,
    /// The workspace's name, for the sentences said at the computer.
    pub workspace: String,
    /// Address of the portal's pages, for the same sentences.
    pub portal: String,
    /// What the licence allows now; absent while the workspace has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<LicenceTerms>,
    /// The keys this portal signs licence files with, for the day there is no network.
    #[serde(default, skip_serializing_if = "IssuerKeys::is_empty")]
    pub issuers: IssuerKeys,
}

impl DeviceSettings {
    /// Name of the entry in OpAMP's `AgentConfigMap`.
    pub const ENTRY: &str = "rempart.json";
    /// Its content type.
    pub const CONTENT_TYPE: &str = "application/json";
}

/// The licence as a device needs to know it. A lapse never turns protection off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceTerms {
    /// *Home*, *Business* or *Enterprise*.
    pub product: String,
    /// Its number, for talking about it.
    #[serde(default)]
    pub number: String,
    /// What its state depends on; [`licence::state`] says the rest, on either side.
    #[serde(flatten)]
    pub facts: licence::Facts,
    /// This computer holds none of its seats: others have them all, or somebody released it. It goes on protecting.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seatless: bool,
}
