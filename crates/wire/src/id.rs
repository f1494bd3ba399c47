//! One type per noun, so that a licence's id is never taken for a workspace's. All are UUIDs, version 7.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )*};
}

ids! {
    /// A person who can sign in.
    AccountId,
    /// One sign-in of one account in one browser.
    SessionId,
    /// A bearer key for the API.
    ApiKeyId,
    /// A tenant.
    WorkspaceId,
    /// The right to use one product edition on N devices for a period.
    LicenceId,
    /// What a change of a licence comes to, for a quarter of an hour.
    PreviewId,
    /// An order, and the purchase it becomes.
    PurchaseId,
    /// Money that came or went.
    PaymentId,
    /// One movement of money on a licence.
    LedgerEntryId,
    /// One enrolled computer in a workspace; also its OpAMP instance uid.
    DeviceId,
    /// One machine activated with a licence by a program that is not our agent.
    MachineId,
    /// A right to enrol devices, handed to computers as text.
    EnrolmentTokenId,
    /// Something the portal tells a device to do.
    OrderId,
    /// One run of the scanner on one device.
    ScanId,
    /// One file matched by one rule on one device.
    DetectionId,
    /// A file the agent took out of harm's way.
    QuarantineId,
    /// One thing a device tells the portal.
    EventId,
    /// The console's record of detections that belong together.
    IncidentId,
    /// A unit of deferred work.
    JobId,
    /// A line of the audit log.
    AuditId,
    /// What a seat of a product costs.
    PriceId,
    /// Licences issued together.
    LicenceBatchId,
}
