//! A licence is detached from its workspace: it is a personal licence of its owner again, and the devices that held its
//! seats go on without one. Its period goes on too. A trial belongs to its workspace and is not detached; a licence
//! assigned over it replaces it.

use super::{change::told, moves::Move, seat, show, store, words::Card};
use crate::base::{
    authz::{self, Grant, may},
    db::Signal,
    error::{Code, Fault},
    web::{Cx, Frame, Here, Params, Problems, Said, render, see_other},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use rempart_wire::WorkspaceId;
use serde_json::json;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx.event("licence.detach").in_workspace(workspace);
    cx.app
        .db
        .write(move |mut tx| {
            let _: Grant<may::ManageLicence> = authz::grant(&mut tx, caller, workspace)?;
            if !store::seat::lock_workspace(&mut tx, workspace)? {
                return Err(Code::NotFound.into());
            }
            let found = store::find::for_workspace(&mut tx, workspace)?;
            let Some(licence) = found else {
                let name = store::find::workspace_name(&mut tx, workspace)?.ok_or(Code::NotFound)?;
                return Err(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name));
            };
            if licence.facts.trial {
                return Err(Code::TrialBound.into());
            }
            store::seat::lock(&mut tx, licence.id)?;
            // Its owner may have moved it to another workspace while this waited.
            let licence = store::find::for_workspace(&mut tx, workspace)?.ok_or(Code::NotFound)?;
            let devices = store::seat::seated(&mut tx, licence.id)?;
            seat::vacate(&mut tx, licence.id)?;
            tx.signal(Signal::Settings(workspace));
            let one = Move {
                licence: licence.id,
                by: caller.account,
                source: workspace,
                source_name: String::new(),
                target: None,
                replaced: None,
                at: tx.now(),
            };
            store::transfer::note_move(&mut tx, &one)?;
            let after = store::find::by_id(&mut tx, licence.id)?.ok_or(Code::NotFound)?;
            let detail = json!({ "number": licence.number, "devices_without_seat": devices });
            let event = event
                .on("licence", licence.id)
                .with(told(detail, &licence, &after));
            Ok(tx.commit(event, ())?)
        })
        .await
}

/// Detach the licence of a workspace. It is a personal licence of its owner again.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/licence",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 204, description = "Detached."), Problems))]
pub(super) async fn api(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<StatusCode, Fault> {
    run(&cx, workspace).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Template)]
#[template(path = "licence/detach.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    card: Option<Card>,
    devices: u64,
    said: Said,
}

async fn ask(cx: &Cx, workspace: WorkspaceId, fault: Option<Fault>) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let (fault, licence) = match (fault, show::run(cx, workspace).await) {
        (None, Err(fault)) if fault.code == Code::WorkspaceWithoutLicence => (Some(fault), None),
        (fault, found) => (fault, found.ok()),
    };
    let id = licence.as_ref().map(|licence| licence.id);
    let (nav, devices) = cx
        .app
        .db
        .read(move |r| {
            let devices = match id {
                Some(id) => store::seat::seated(r, id)?,
                None => 0,
            };
            Ok::<_, Fault>((authz::nav(r, caller, workspace)?, devices))
        })
        .await?;
    let page = Page {
        frame: Frame::within(cx, nav, Here::Settings),
        workspace,
        devices,
        card: licence.map(|licence| Card::new(cx.lang, &licence, cx.app.clock.now())),
        said: fault
            .as_ref()
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    };
    let page = render(&page)?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn form(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    ask(&cx, workspace, None).await
}

pub(super) async fn page(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    match run(&cx, workspace).await {
        Ok(()) => Ok(see_other(&format!(
            "/workspaces/{workspace}/settings?said=licence-detached"
        ))),
        Err(fault) if matches!(fault.code, Code::WorkspaceWithoutLicence | Code::TrialBound) => {
            ask(&cx, workspace, Some(fault)).await
        }
        Err(fault) => Err(fault),
    }
}
