//! What portal, agent and command line must agree on.
//!
//! Everything here crosses a process boundary: ids, licence keys, management modes, the settings a portal sends down,
//! the orders it gives and the events a device answers with. The transport is OpAMP (crate `rempart-opamp`); orders and
//! events travel as JSON in custom messages under [`CAPABILITY`].
//!
//! Always true: a reader ignores fields it does not know; a field once shipped keeps its name and its meaning.

mod event;
mod id;
pub mod licence;
pub mod licence_file;
mod licence_key;
mod mode;
mod order;
mod refusal;
mod settings;

pub use event::{
    Ack, DetectionAction, DetectionReport, Event, EventBody, Origin, QuarantineReport, QuarantineState,
    ScanOutcome, ScanProgress, ScanTally, WirePath,
};
pub use id::*;
pub use licence_key::{ALPHABET, GROUP_LENGTH, GROUPS, KeyError, LicenceKey};
pub use mode::{ManagementMode, UnknownMode};
pub use order::{Order, OrderBody, ScanTarget};
pub use refusal::Refusal;
pub use settings::{DeviceSettings, LicenceTerms};

/// The OpAMP custom capability under which orders and events travel. Versioned: a second, incompatible dialogue would
/// be a second capability beside this one.
pub const CAPABILITY: &str = "io.rempart.device.v1";

/// Types of the custom messages under [`CAPABILITY`].
pub mod message {
    /// Portal to device: one [`crate::Order`].
    pub const ORDER: &str = "order";
    /// Device to portal: a list of [`crate::Event`], kept by the device until acknowledged.
    pub const EVENTS: &str = "events";
    /// Portal to device: one [`crate::Ack`].
    pub const ACK: &str = "ack";
    /// Device to portal: one [`crate::ScanProgress`]; lost without harm.
    pub const PROGRESS: &str = "progress";
    /// Portal to device, before it closes: one [`crate::Refusal`].
    pub const REFUSED: &str = "refused";
}

/// Header of the portal's answer to a WebSocket upgrade: 32 random bytes in base64 which the device signs with its own
/// key, to prove that it still holds it. The signed text is [`proof_text`].
pub const CHALLENGE_HEADER: &str = "rempart-challenge";

/// The bytes a device signs (Ed25519) to prove possession of its key: a fixed prefix, the challenge as sent, and the
/// fingerprint of the machine it runs on.
#[must_use]
pub fn proof_text(challenge: &str, fingerprint: &str) -> Vec<u8> {
    format!("rempart-device-proof/1\n{challenge}\n{fingerprint}").into_bytes()
}

/// Keys of the OpAMP `AgentDescription` attributes a device reports besides the OpenTelemetry ones
/// (`service.name`, `service.version`, `service.instance.id`, `host.name`, `host.arch`, `os.type`, `os.description`).
pub mod attribute {
    /// Identifying: the device's Ed25519 public key, 64 hexadecimal digits.
    pub const DEVICE_KEY: &str = "rempart.device.key";
    /// Identifying: a stable, one-way fingerprint of the machine, 64 hexadecimal digits.
    pub const FINGERPRINT: &str = "rempart.device.fingerprint";
    /// Identifying: random for each start of the agent; tells a reconnection from a second machine.
    pub const RUN: &str = "rempart.agent.run";
    /// Non-identifying, in the first message of an enrolment only: the name somebody gave the device at the computer.
    pub const NAME: &str = "rempart.device.name";
    /// Non-identifying: signature over [`crate::proof_text`], 128 hexadecimal digits.
    pub const PROOF: &str = "rempart.device.proof";
}

/// Exit codes of `rempart-agent`.
pub mod exit {
    /// Done; for a scan, nothing was found.
    pub const OK: u8 = 0;
    /// A scan found something.
    pub const FOUND: u8 = 1;
    /// It could not be done: bad usage, unreadable target, broken state.
    pub const ERROR: u8 = 2;
    /// The portal refused: no seat left, unknown or used-up token, credential revoked.
    pub const REFUSED: u8 = 3;
    /// This computer is managed elsewhere: the mode does not allow it here.
    pub const MANAGED_ELSEWHERE: u8 = 4;
}
