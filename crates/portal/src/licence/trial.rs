//! A workspace without a licence is tried for 30 days, once, without a key: *Business*, ten seats. The trial is a licence
//! like any other, but for belonging to the workspace and to nobody's personal licences.

use super::{Kind, LicenceView, TRIAL, number, place::raced, seat, store};
use crate::base::{
    authz::{self, Grant, may},
    db::Signal,
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use crate::product::ProductCode;
use axum::http::StatusCode;
use rempart_wire::WorkspaceId;
use serde_json::json;

/// Devices a trial is for.
const SEATS: u64 = 10;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<LicenceView, Fault> {
    let caller = cx.caller()?;
    let event = cx.event("licence.start_trial").in_workspace(workspace);
    cx.app
        .db
        .write(move |mut tx| {
            let _: Grant<may::ManageLicence> = authz::grant(&mut tx, caller, workspace)?;
            if !store::seat::lock_workspace(&mut tx, workspace)? {
                return Err(Code::NotFound.into());
            }
            if store::find::had_trial(&mut tx, workspace)? {
                return Err(Code::TrialUsed.into());
            }
            if store::find::for_workspace(&mut tx, workspace)?.is_some() {
                return Err(Code::WorkspaceHasLicence.into());
            }
            let end = tx.now().saturating_add(TRIAL).unwrap_or(tx.now());
            let new = store::write::New {
                number: number::draw(&mut tx)?,
                kind: Kind::Trial,
                product: ProductCode::BUSINESS,
                seats: SEATS,
                term_months: 0,
                key: None,
                reseller_name: None,
                reseller_contact: None,
                owner: None,
                redeem_by: None,
                trial: Some((workspace, end)),
                batch: None,
            };
            let id = store::write::insert(&mut tx, &new).map_err(raced)?;
            seat::fill(&mut tx, id, workspace, SEATS)?;
            tx.signal(Signal::Settings(workspace));
            let licence = store::find::by_id(&mut tx, id)?.ok_or(Code::Internal)?;
            let view = LicenceView::new(&licence, tx.now());
            let event = event
                .on("licence", id)
                .with(json!({ "number": licence.number, "expires_at": end }));
            Ok(tx.commit(event, view)?)
        })
        .await
}

/// Start the 30-day trial of a workspace without a licence; once.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/trial",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 201, description = "Started.", body = LicenceView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
) -> Result<(StatusCode, Json<LicenceView>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, workspace).await?)))
}
