use super::*;
use crate::{base::lang::Lang, detection::Unsettled, device::Counts, quarantine::Held};
use jiff::Timestamp;
use rempart_wire::ManagementMode;

fn calm() -> Facts {
    Facts {
        mode: ManagementMode::LocalAndRemote,
        devices: Counts {
            protected: 3,
            total: 3,
            ..Counts::default()
        },
        duplicated: 0,
        days: Vec::new(),
        unsettled: Unsettled::default(),
        held: Held::default(),
        scans_open: 0,
        ever_scanned: true,
        licence: None,
        silent: 0,
        now: Timestamp::UNIX_EPOCH,
    }
}

fn codes(facts: &Facts) -> Vec<&'static str> {
    list(facts).into_iter().map(|todo| todo.kind.code()).collect()
}

#[test]
fn each_fact_asks_for_its_own_and_the_pressing_come_first() {
    assert_eq!(codes(&calm()), ["attach_licence"]);
    let mut facts = calm();
    facts.unsettled.files = 2;
    facts.duplicated = 1;
    facts.devices = Counts {
        protected: 0,
        attention: 2,
        offline: 1,
        total: 3,
    };
    facts.held.failed = 1;
    facts.ever_scanned = false;
    assert_eq!(
        codes(&facts),
        [
            "settle_detections",
            "attach_licence",
            "enrol_duplicates",
            "look_at_devices",
            "look_at_quarantine",
            "first_scan",
            "find_offline_devices"
        ]
    );
}

#[test]
fn a_workspace_managed_on_its_devices_is_not_told_to_scan_from_here() {
    let mut facts = calm();
    (facts.ever_scanned, facts.mode) = (false, ManagementMode::LocalOnly);
    assert!(!codes(&facts).contains(&"first_scan"));
}

#[test]
fn everything_to_do_has_its_words_in_both_languages() {
    for kind in Kind::ALL {
        for lang in Lang::ALL {
            for part in ["title", "text", "verb"] {
                let key = format!("todo-{}-{part}", kind.code().replace('_', "-"));
                assert!(lang.knows(&key), "{} has no {key}", lang.as_str());
            }
        }
    }
}
