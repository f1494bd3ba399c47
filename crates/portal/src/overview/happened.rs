//! The latest events in words: lines of the audit log that a person cares about, and what was found.

use super::{facts, store};
use crate::{
    base::{
        db::{DbError, Read},
        lang::Lang,
    },
    detection::{self, Action, Finding},
};
use jiff::Timestamp;
use rempart_wire::{AccountId, WorkspaceId};
use std::{borrow::Cow, collections::HashMap};

/// Shown.
const SHOWN: usize = 6;
/// Read, because not every line has words for this page.
const READ: u32 = 40;

/// One event.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) at: Timestamp,
    pub(super) words: String,
    /// Who did it, when it was a person.
    pub(super) by: Option<String>,
    /// `mine`, `ok`, `bad` or nothing.
    pub(super) tone: &'static str,
}

pub(super) fn latest(
    r: &mut impl Read,
    workspace: WorkspaceId,
    me: AccountId,
    l: Lang,
    now: Timestamp,
) -> Result<Vec<Event>, DbError> {
    let lines = store::lines(r, workspace, READ)?;
    let found = detection::findings(r, workspace, facts::month_before(now), READ)?;
    let mut events: Vec<Event> = lines
        .iter()
        .filter_map(|line| said(line, me, l))
        .chain(found.iter().map(|finding| found_in_words(finding, l)))
        .collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events.truncate(SHOWN);
    Ok(events)
}

fn said(line: &store::Line, me: AccountId, l: Lang) -> Option<Event> {
    let key = format!("happened-{}", line.action.replace(['.', '_'], "-"));
    if !l.knows(&key) {
        return None;
    }
    let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
    let number = ["devices", "items"]
        .iter()
        .find_map(|name| detail.get(name)?.as_u64())
        .unwrap_or(1);
    let device = line.device_name.clone().unwrap_or_default();
    let words = l.with(
        &key,
        HashMap::from([
            (Cow::Borrowed("device"), device.into()),
            (Cow::Borrowed("n"), number.into()),
        ]),
    );
    let mine = line.actor == Some(me);
    // Whoever left has no name any more.
    let name = line.actor_name.as_ref().filter(|name| !name.is_empty());
    let by = match (name, mine) {
        (_, true) => Some(l.t("by-you")),
        (Some(name), _) => Some(l.t1("by-person", "name", name)),
        (None, _) => None,
    };
    let tone = match line.action.as_str() {
        "device.find_duplicate" => "bad",
        "device.enrol" => "ok",
        _ if mine => "mine",
        _ => "",
    };
    Some(Event {
        at: line.at,
        words,
        by,
        tone,
    })
}

fn found_in_words(finding: &Finding, l: Lang) -> Event {
    let key = match finding.action {
        Action::Quarantined => "happened-quarantined",
        Action::Reported => "happened-reported",
        Action::QuarantineFailed => "happened-quarantine-failed",
    };
    Event {
        at: finding.at,
        words: l.t2(key, ("n", finding.files), ("device", &finding.device_name)),
        by: None,
        tone: if finding.action == Action::QuarantineFailed {
            "bad"
        } else {
            ""
        },
    }
}
