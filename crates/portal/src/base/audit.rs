//! The audit log: who did what to what, written by the commit itself.
//!
//! Always true: every transaction that decides something for somebody carries at least one event, because
//! [`crate::base::db::Tx::commit`] asks for it. What decides nothing is a listed kind of [`Housekeeping`].

use super::db::{DbError, Tx};
use crate::{params, sql};
use rempart_wire::{AccountId, AuditId, DeviceId, WorkspaceId};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditActor {
    /// A visitor who is not signed in: signing up, following a link.
    Nobody,
    /// A signed-in person.
    Account(AccountId),
    /// A computer.
    Device(DeviceId),
    /// The server by itself: a job, the command line on the server.
    Server,
}

/// One line of the audit log.
#[derive(Debug, Clone)]
pub struct AuditEvent {
    actor: AuditActor,
    action: &'static str,
    workspace: Option<WorkspaceId>,
    target_kind: &'static str,
    target: Option<Uuid>,
    detail: Json,
    request: String,
}

impl AuditEvent {
    /// `action` is `noun.verb`, in the past of nobody: `workspace.create`, `licence.assign`.
    #[must_use]
    pub fn new(actor: AuditActor, action: &'static str) -> Self {
        Self {
            actor,
            action,
            workspace: None,
            target_kind: "",
            target: None,
            detail: json!({}),
            request: String::new(),
        }
    }

    /// The workspace whose log shows the line.
    #[must_use]
    pub fn in_workspace(mut self, workspace: WorkspaceId) -> Self {
        self.workspace = Some(workspace);
        self
    }

    /// What it was done to.
    #[must_use]
    pub fn on(mut self, kind: &'static str, target: impl Into<Uuid>) -> Self {
        self.target_kind = kind;
        self.target = Some(target.into());
        self
    }

    /// What a reader needs besides: before and after, counts. Never a secret.
    #[must_use]
    pub fn with(mut self, detail: Json) -> Self {
        self.detail = detail;
        self
    }

    /// The request's id, so that a line is found from a log and back.
    #[must_use]
    pub fn request(mut self, id: &str) -> Self {
        id.clone_into(&mut self.request);
        self
    }
}

/// Writes that decide nothing for anybody and so leave no audit line. The list may only shrink or be argued about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Housekeeping {
    /// A job was claimed, postponed or finished.
    Job,
    /// A session, API key or device was seen.
    Presence,
    /// Expired sessions, links, tokens and orders were cleared away.
    Expiry,
    /// A device told us how a scan, an order or its settings stand; what it found has its own rows.
    DeviceReport,
    /// A secret or setting of the server itself was made at first start.
    ServerSetting,
    /// What the payment provider told was noted, or came to nothing new; what it comes to is settled with an event.
    ProviderEvent,
}

pub(crate) fn record(tx: &mut Tx<'_>, event: AuditEvent) -> Result<(), DbError> {
    let (kind, actor) = match event.actor {
        AuditActor::Nobody => ("nobody", None),
        AuditActor::Account(id) => ("account", Some(id.0)),
        AuditActor::Device(id) => ("device", Some(id.0)),
        AuditActor::Server => ("server", None),
    };
    let (id, at) = (tx.id::<AuditId>(), tx.now());
    tx.execute(
        sql!(
            "insert into audit_event
                (id, at, actor_kind, actor, workspace, action, target_kind, target, detail, request)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            id,
            at,
            kind,
            actor,
            event.workspace,
            event.action,
            event.target_kind,
            event.target,
            event.detail.to_string(),
            event.request
        ],
    )?;
    Ok(())
}
