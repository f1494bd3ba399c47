//! One scan: where it is while it runs, what it found once it is over.

use super::{store, view::Scan};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::Fault,
        web::{Cx, Frame, Here, Json, Params, Problems, render},
    },
    detection::{self, Detection},
    workspace,
};
use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use rempart_wire::{AccountId, ScanId, WorkspaceId};

/// What is shown of what it found; the list of detections has the rest.
const FOUND: u32 = 50;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, scan: ScanId) -> Result<Scan, Fault> {
    let caller = cx.caller()?;
    let mut scan = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            store::find(r, workspace, scan)
        })
        .await?;
    scan.look(&cx.app.devices);
    Ok(scan)
}

/// One scan, with where it is now while it runs.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/scans/{scan}",
    params(("workspace" = uuid::Uuid, Path), ("scan" = uuid::Uuid, Path)),
    responses((status = 200, description = "The scan.", body = Scan), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((workspace, scan)): Params<(WorkspaceId, ScanId)>,
) -> Result<Json<Scan>, Fault> {
    Ok(Json(run(&cx, workspace, scan).await?))
}

#[derive(Template)]
#[template(path = "scan/show.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    scan: Scan,
    found: Vec<Detection>,
    manages: bool,
    steers: bool,
    me: AccountId,
    now: Timestamp,
}

impl Page {
    /// The sentence a person came for.
    fn lead(&self) -> String {
        let l = self.frame.l;
        let seen = self.scan.seen();
        let key = match self.scan.state {
            super::ScanState::Completed if seen.found == 0 => "scan-lead-clean",
            super::ScanState::Completed => return l.t1("scan-lead-found", "n", seen.found),
            other => return l.t(&format!("scan-lead-{}", other.as_str())),
        };
        l.t1(key, "n", seen.files)
    }
}

pub(super) async fn page(
    cx: Cx,
    Params((workspace, scan)): Params<(WorkspaceId, ScanId)>,
) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let scan = run(&cx, workspace, scan).await?;
    let id = scan.scan;
    let (nav, found, manages) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let manages = authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok();
            Ok::<_, Fault>((nav, detection::of_scan(r, workspace, id, FOUND)?, manages))
        })
        .await?;
    render(&Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(&cx, nav, Here::Scans),
        workspace,
        scan,
        found,
        manages,
        me: caller.account,
        now: cx.app.clock.now(),
    })
}

#[derive(Template)]
#[template(path = "scan/progress.html")]
struct Fragment {
    frame: Frame,
    workspace: WorkspaceId,
    scan: Scan,
}

/// The part of the page that moves. Once the scan is over the page is loaded anew, with what was found.
pub(super) async fn fragment(
    cx: Cx,
    Params((workspace, scan)): Params<(WorkspaceId, ScanId)>,
) -> Result<Response, Fault> {
    let scan = run(&cx, workspace, scan).await?;
    let over = !scan.state.is_open();
    let mut response = render(&Fragment {
        frame: Frame::new(&cx, Here::Scans),
        workspace,
        scan,
    })?
    .into_response();
    if over {
        response.headers_mut().insert(
            HeaderName::from_static("hx-refresh"),
            HeaderValue::from_static("true"),
        );
    }
    Ok(response)
}

#[cfg(test)]
mod tests;
