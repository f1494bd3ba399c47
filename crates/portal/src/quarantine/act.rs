//! What restoring and deleting share: an order to the item's device, and a dialog that says what will happen first.

use super::{state::ItemState, store, view::QuarantineItem};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::{Code, Fault},
        web::{Cx, Frame, Here, Said, render, see_other},
    },
    device, workspace,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use rempart_wire::{OrderBody, QuarantineId, WorkspaceId};
use serde::Deserialize;
use serde_json::json;

/// How long a device has to come back and do it.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);
/// So many can be ticked at once: a page of the list.
const MOST: usize = 200;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Restore,
    Delete,
}

impl Act {
    fn order(self, item: QuarantineId) -> OrderBody {
        match self {
            Self::Restore => OrderBody::Restore { item },
            Self::Delete => OrderBody::Delete { item },
        }
    }

    const fn state(self) -> ItemState {
        match self {
            Self::Restore => ItemState::Restoring,
            Self::Delete => ItemState::Deleting,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Restore => "quarantine.restore",
            Self::Delete => "quarantine.delete",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Restore => "restore",
            Self::Delete => "delete",
        }
    }
}

/// Tells the devices. Of several items those that somebody else dealt with meanwhile are passed over; when none is left
/// it is refused.
pub(super) async fn run(
    cx: &Cx,
    workspace: WorkspaceId,
    items: Vec<QuarantineId>,
    act: Act,
) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx.event(act.event()).in_workspace(workspace);
    let items = tidy(items)?;
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let mut done = Vec::new();
            for item in items {
                let known = store::find(&mut tx, workspace, item)?;
                if known.state != ItemState::Held {
                    continue;
                }
                let order = device::order::give(&mut tx, &grant, known.device, act.order(item), LIFETIME)?;
                if !store::ordered(&mut tx, &grant, item, (act.state(), order))? {
                    return Err(Code::ItemNotHeld.into());
                }
                done.push(known);
            }
            let first = done.first().ok_or(Code::ItemNotHeld)?;
            let event = event
                .on("device", first.device)
                .with(json!({ "items": done.len(), "item": first.item, "file": first.path }));
            Ok(tx.commit(event, ())?)
        })
        .await
}

fn tidy(mut items: Vec<QuarantineId>) -> Result<Vec<QuarantineId>, Fault> {
    items.sort_unstable();
    items.dedup();
    items.truncate(MOST);
    if items.is_empty() {
        return Err(Fault::new(Code::NothingChosen).at("item"));
    }
    Ok(items)
}

/// What was ticked.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    item: Vec<QuarantineId>,
}

#[derive(Template)]
#[template(path = "quarantine/act.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    act: Act,
    said: Said,
    items: Vec<QuarantineItem>,
    steers: bool,
}

impl Page {
    fn says(&self, key: &str) -> String {
        self.frame.l.t1(
            &format!("quarantine-{}-{key}", self.act.word()),
            "n",
            self.items.len(),
        )
    }

    fn back(&self) -> String {
        match self.items.as_slice() {
            [item] => format!("/workspaces/{}/quarantine/{}", self.workspace, item.item),
            _ => format!("/workspaces/{}/quarantine", self.workspace),
        }
    }
}

/// The dialog; what was ticked and is no longer held is left out of it.
pub(super) async fn dialog(
    cx: &Cx,
    workspace: WorkspaceId,
    fields: Fields,
    act: Act,
    fault: Option<Fault>,
) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let (items, mut fault) = match tidy(fields.item) {
        Ok(items) => (items, fault),
        Err(nothing) => (Vec::new(), Some(fault.unwrap_or(nothing))),
    };
    let (nav, mut items) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let items = items.into_iter().map(|item| store::find(r, workspace, item));
            Ok::<_, Fault>((nav, items.collect::<Result<Vec<_>, _>>()?))
        })
        .await?;
    let before = items.len();
    items.retain(QuarantineItem::is_free);
    if items.is_empty() && before > 0 && fault.is_none() {
        fault = Some(Code::ItemNotHeld.into());
    }
    let page = render(&Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(cx, nav, Here::Quarantine),
        workspace,
        act,
        said: fault
            .as_ref()
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
        items,
    })?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

/// The dialog's answer.
pub(super) async fn answer(
    cx: &Cx,
    workspace: WorkspaceId,
    fields: Fields,
    act: Act,
) -> Result<Response, Fault> {
    match run(cx, workspace, fields.item.clone(), act).await {
        Ok(()) => Ok(match fields.item.as_slice() {
            [item] => see_other(&format!(
                "/workspaces/{workspace}/quarantine/{item}?said=quarantine-{}",
                act.word()
            )),
            _ => see_other(&format!(
                "/workspaces/{workspace}/quarantine?said=quarantine-{}",
                act.word()
            )),
        }),
        Err(fault) if fault.code != Code::NotFound => dialog(cx, workspace, fields, act, Some(fault)).await,
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests;
