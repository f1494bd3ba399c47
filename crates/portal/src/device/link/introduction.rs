use super::super::words::{device_name, tame};
use crate::base::error::Code;
use ed25519_dalek::{Signature, VerifyingKey};
use rempart_opamp::message::{AgentDescription, find};
use rempart_wire::{attribute, proof_text};

/// Who speaks, as its first message says, with the proof that it holds its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::device) struct Introduction {
    /// The device's public key, 64 lower-case hexadecimal digits.
    pub key: String,
    /// The machine, 64 lower-case hexadecimal digits.
    pub fingerprint: String,
    /// This start of the agent.
    pub run: String,
    /// A name given at the computer.
    pub name: Option<String>,
    /// The computer's own name.
    pub hostname: String,
    /// Its system, as people call it.
    pub os: String,
    /// Its processor.
    pub arch: String,
    /// The agent's version.
    pub version: String,
}

impl Introduction {
    /// Reads a description and checks its proof against the challenge this connection was opened with.
    ///
    /// # Errors
    /// `proof_invalid`, when anything the proof needs is missing or wrong.
    pub(super) fn verify(description: &AgentDescription, challenge: &str) -> Result<Self, Code> {
        let said = |key: &str| {
            find(&description.identifying_attributes, key)
                .or_else(|| find(&description.non_identifying_attributes, key))
                .unwrap_or_default()
        };
        let fingerprint = said(attribute::FINGERPRINT);
        let key: [u8; 32] = bytes(said(attribute::DEVICE_KEY))?;
        let signature: [u8; 64] = bytes(said(attribute::PROOF))?;
        let machine: [u8; 32] = bytes(fingerprint)?;
        VerifyingKey::from_bytes(&key)
            .and_then(|key| {
                let text = proof_text(challenge, fingerprint);
                key.verify_strict(&text, &Signature::from_bytes(&signature))
            })
            .map_err(|_| Code::ProofInvalid)?;
        let system = match said("os.description") {
            "" => said("os.type"),
            description => description,
        };
        Ok(Self {
            key: hex::encode(key),
            fingerprint: hex::encode(machine),
            run: tame(said(attribute::RUN), 64),
            name: device_name(&tame(said(attribute::NAME), 80)),
            hostname: tame(said("host.name"), 255),
            os: tame(system, 120),
            arch: tame(said("host.arch"), 40),
            version: tame(said("service.version"), 40),
        })
    }

    /// What to call it until somebody gives it another name.
    pub(in crate::device) fn called(&self) -> String {
        let named = self.name.clone();
        named
            .or_else(|| device_name(&tame(&self.hostname, 80)))
            .unwrap_or_else(|| self.key[..8].to_owned())
    }
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], Code> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| Code::ProofInvalid)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};
    use proptest::prelude::*;
    use rempart_opamp::message::KeyValue;

    fn described(challenge: &str, fingerprint: &str, proof_for: &str) -> AgentDescription {
        let key = SigningKey::from_bytes(&[7; 32]);
        let proof = key.sign(&proof_text(challenge, proof_for));
        AgentDescription {
            identifying_attributes: vec![
                KeyValue::text(attribute::DEVICE_KEY, hex::encode(key.verifying_key().as_bytes())),
                KeyValue::text(attribute::FINGERPRINT, fingerprint),
            ],
            non_identifying_attributes: vec![
                KeyValue::text(attribute::PROOF, hex::encode(proof.to_bytes())),
                KeyValue::text("host.name", "rezé-1\nroot"),
            ],
        }
    }

    #[test]
    fn a_proof_holds_for_its_challenge_and_its_machine_only() {
        let (here, there) = ("ab".repeat(32), "cd".repeat(32));
        let good = described("challenge", &here, &here);
        let introduction = Introduction::verify(&good, "challenge").unwrap();
        assert_eq!(
            (introduction.called().as_str(), introduction.fingerprint),
            ("rezé-1 root", here.clone())
        );
        assert_eq!(Introduction::verify(&good, "another"), Err(Code::ProofInvalid));
        let moved = described("challenge", &there, &here);
        assert_eq!(Introduction::verify(&moved, "challenge"), Err(Code::ProofInvalid));
        let nobody = AgentDescription::default();
        assert_eq!(
            Introduction::verify(&nobody, "challenge"),
            Err(Code::ProofInvalid)
        );
    }

    proptest! {
        #[test]
        fn anything_else_is_no_proof(key in ".{0,70}", proof in "[0-9a-f]{128}", fingerprint in "[0-9a-f]{0,64}") {
            let description = AgentDescription {
                identifying_attributes: vec![
                    KeyValue::text(attribute::DEVICE_KEY, key),
                    KeyValue::text(attribute::FINGERPRINT, fingerprint),
                    KeyValue::text(attribute::PROOF, proof),
                ],
                non_identifying_attributes: vec![],
            };
            prop_assert_eq!(Introduction::verify(&description, "challenge"), Err(Code::ProofInvalid));
        }
    }
}
