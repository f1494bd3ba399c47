//! Seven days after its deletion a workspace goes for good, and its name is free. One that was brought back stays, also
//! when it was deleted again since: that deletion has its own date.

use super::store;
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::DbError,
        job::JobError,
    },
    licence,
};
use jiff::Timestamp;
use rempart_wire::WorkspaceId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::pin::Pin;

/// The kind of the job.
pub(super) const JOB: &str = "workspace.purge";

/// Which deletion.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub workspace: WorkspaceId,
    /// Microseconds since 1970.
    pub deleted_at: i64,
}

/// Runs the job.
pub(super) fn run(
    app: App,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload {
            workspace,
            deleted_at,
        } = serde_json::from_value(payload)?;
        let deleted_at =
            Timestamp::from_microsecond(deleted_at).map_err(|error| JobError(error.to_string()))?;
        app.db
            .write::<_, DbError, _>(move |mut tx| {
                if !store::deleted_at(&mut tx, workspace, deleted_at)? {
                    return tx.tidy(Housekeeping::Expiry, ());
                }
                licence::forget(&mut tx, workspace)?;
                let name = store::purge(&mut tx, workspace)?;
                let event = AuditEvent::new(AuditActor::Server, "workspace.purge")
                    .in_workspace(workspace)
                    .on("workspace", workspace)
                    .with(json!({ "name": name }));
                tx.commit(event, ())
            })
            .await?;
        Ok(())
    })
}
