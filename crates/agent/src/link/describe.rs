use crate::state::Identity;
use rempart_opamp::{
    InstanceUid,
    message::{AgentDescription, KeyValue},
};
use rempart_wire::attribute;

/// The computer, as the portal is told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// One-way fingerprint, 64 hexadecimal digits.
    pub fingerprint: String,
    /// Its name.
    pub host: String,
    /// Its operating system, as people call it.
    pub system: String,
    /// Random for each start of the agent.
    pub run: String,
}

impl Machine {
    /// This computer, and a start of the agent named `run`.
    #[must_use]
    pub fn this(run: uuid::Uuid) -> Self {
        Self {
            fingerprint: rempart_os::fingerprint(),
            host: rempart_os::hostname(),
            system: rempart_os::description(),
            run: run.to_string(),
        }
    }
}

/// What the device says about itself on a connection whose portal sent `challenge`: who it is, and the proof of it.
pub(super) fn describe(
    machine: &Machine,
    identity: &Identity,
    uid: InstanceUid,
    challenge: &str,
    name: Option<&str>,
) -> AgentDescription {
    let proof = identity.sign(&rempart_wire::proof_text(challenge, &machine.fingerprint));
    let mut description = AgentDescription {
        identifying_attributes: vec![
            KeyValue::text("service.name", "rempart-agent"),
            KeyValue::text("service.version", env!("CARGO_PKG_VERSION")),
            KeyValue::text("service.instance.id", uid.to_string()),
            KeyValue::text(attribute::DEVICE_KEY, identity.public_key()),
            KeyValue::text(attribute::FINGERPRINT, &machine.fingerprint),
            KeyValue::text(attribute::RUN, &machine.run),
        ],
        non_identifying_attributes: vec![
            KeyValue::text("host.name", &machine.host),
            KeyValue::text("host.arch", std::env::consts::ARCH),
            KeyValue::text("os.type", std::env::consts::OS),
            KeyValue::text("os.description", &machine.system),
            KeyValue::text(attribute::PROOF, proof),
        ],
    };
    let name = name.map(|name| KeyValue::text(attribute::NAME, name));
    description.non_identifying_attributes.extend(name);
    description
}
