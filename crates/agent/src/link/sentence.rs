use super::LinkError;
use crate::{lang::Language, state::StateError};

/// Refusals and failures the agent has its own sentence for; of others it repeats the portal's.
const KNOWN: [&str; 18] = [
    "seats_exhausted",
    "token_unknown",
    "token_expired",
    "token_used_up",
    "token_revoked",
    "workspace_without_licence",
    "credential_revoked",
    "credential_unknown",
    "credential_duplicated",
    "proof_invalid",
    "portal_unreachable",
    "portal_busy",
    "not_a_portal",
    "portal_address_invalid",
    "portal_unencrypted",
    "authorities_unusable",
    "already_running",
    "not_enrolled",
];

impl LinkError {
    /// What to tell the person: what is wrong and what to do.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let code = self.code();
        if !KNOWN.contains(&code) {
            return self.to_string();
        }
        let workspace = match self {
            Self::Refused(refusal) => refusal.workspace.clone(),
            _ => None,
        };
        let named = if workspace.is_some() { "yes" } else { "no" };
        let arguments = [
            ("named", named.into()),
            ("workspace", workspace.unwrap_or_default().into()),
            ("reason", self.reason().into()),
        ];
        language.say(&format!("link-{code}"), &arguments)
    }

    fn reason(&self) -> String {
        match self {
            Self::Unreachable { endpoint, reason } | Self::NotAPortal { endpoint, reason } => {
                format!("{endpoint}, {reason}")
            }
            Self::Address(text) | Self::Unencrypted(text) | Self::Authorities(text) => text.clone(),
            Self::Running { folder } => folder.display().to_string(),
            Self::Refused(_) | Self::Busy { .. } | Self::State(StateError::NotEnrolled) => String::new(),
            Self::State(error) => error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rempart_wire::Refusal;

    #[test]
    fn every_refusal_has_a_sentence_in_both_languages() {
        for code in KNOWN {
            let error = LinkError::Refused(Refusal {
                workspace: Some("Atelier (Rezé)".to_owned()),
                ..Refusal::new(code, "as the portal says")
            });
            let (english, french) = (
                error.sentence(Language::English),
                error.sentence(Language::French),
            );
            assert_ne!(english, french, "{code}");
            for sentence in [english, french] {
                assert!(
                    !sentence.contains("link-") && !sentence.contains('{'),
                    "{sentence}"
                );
            }
        }
    }

    #[test]
    fn a_full_workspace_is_named_and_the_way_out_told() {
        let error = LinkError::Refused(Refusal {
            workspace: Some("Atelier (Rezé)".to_owned()),
            ..Refusal::new("seats_exhausted", "")
        });
        assert_eq!(
            error.sentence(Language::French),
            "Toutes les places du Workspace «\u{a0}Atelier (Rezé)\u{a0}» sont prises. Ajoutez des places à sa licence, ou \
             retirez un ordinateur qui ne sert plus, puis relancez cette commande."
        );
        let nameless = LinkError::Refused(Refusal::new("seats_exhausted", ""));
        assert!(
            nameless
                .sentence(Language::English)
                .starts_with("All seats of the workspace")
        );
    }

    #[test]
    fn a_refusal_of_a_later_portal_is_repeated_as_it_is() {
        let error = LinkError::Refused(Refusal::new("moon_phase", "Not tonight."));
        assert_eq!(error.sentence(Language::French), "Not tonight. (moon_phase)");
    }
}
