use super::action::Action;
use crate::{base::lang::Lang, quarantine::ItemState, rule_set};
use jiff::Timestamp;
use rempart_wire::{DetectionId, DeviceId, QuarantineId, ScanId};
use serde::Serialize;
use utoipa::ToSchema;

/// One file matched by one rule on one device.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Detection {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub detection: DetectionId,
    /// On which device.
    #[schema(value_type = uuid::Uuid)]
    pub device: DeviceId,
    /// Its name.
    pub device_name: String,
    /// The run that found it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub scan: Option<ScanId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The file on disk.
    pub path: String,
    /// The way inside an archive, outermost first; empty for the file itself.
    pub members: Vec<String>,
    /// Name of the rule, or `known_bad_sha256`.
    pub rule: String,
    /// SHA-256 of the matched bytes.
    pub sha256: String,
    /// Size in bytes of the file on disk.
    pub size: u64,
    /// What was done about it.
    pub action: Action,
    /// The quarantine item, when it was moved there.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub item: Option<QuarantineId>,
    /// Where that item is now.
    pub item_state: Option<ItemState>,
}

impl Detection {
    /// The name of what matched: the file's, and the way inside it.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = self
            .path
            .rsplit('/')
            .find(|part| !part.is_empty())
            .unwrap_or(&self.path)
            .to_owned();
        for member in &self.members {
            name.push_str(" › ");
            name.push_str(member);
        }
        name
    }

    /// The folder it is in.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path
            .rsplit_once('/')
            .map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder })
    }

    /// The rule in words.
    #[must_use]
    pub fn rule_words(&self, l: Lang) -> String {
        rule_set::words(l, &self.rule)
    }

    /// What was done about it, and what became of that.
    #[must_use]
    pub fn outcome(&self, l: Lang) -> String {
        match self.item_state {
            Some(state) if self.action == Action::Quarantined => {
                l.t(&format!("item-state-{}", state.as_str()))
            }
            _ => l.t(&format!("detection-{}", self.action.as_str())),
        }
    }

    /// Tone of the outcome's pill.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match (self.action, self.item_state) {
            (Action::QuarantineFailed, _) => "bad",
            (Action::Reported, _) => "warn",
            (Action::Quarantined, Some(ItemState::Held)) => "ok",
            (Action::Quarantined, _) => "plain",
        }
    }

    /// Icon of the outcome's pill.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match (self.action, self.item_state) {
            (Action::QuarantineFailed, _) => "bad",
            (Action::Reported, _) => "warn",
            (Action::Quarantined, Some(state)) => state.icon(),
            (Action::Quarantined, None) => "box",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, members: &[&str]) -> Detection {
        Detection {
            detection: DetectionId(uuid::Uuid::nil()),
            device: DeviceId(uuid::Uuid::nil()),
            device_name: String::new(),
            scan: None,
            at: Timestamp::UNIX_EPOCH,
            path: path.into(),
            members: members.iter().map(|member| (*member).into()).collect(),
            rule: "Rempart_Test_Eicar".into(),
            sha256: String::new(),
            size: 0,
            action: Action::Reported,
            item: None,
            item_state: None,
        }
    }

    #[test]
    fn a_member_is_named_by_its_way_in() {
        let inside = found("/home/c/a.zip", &["b.tar", "c/eicar.com"]);
        assert_eq!(inside.name(), "a.zip › b.tar › c/eicar.com");
        assert_eq!(inside.folder(), "/home/c");
        assert_eq!(
            (found("/x", &[]).name().as_str(), found("/x", &[]).folder()),
            ("x", "/")
        );
    }
}
