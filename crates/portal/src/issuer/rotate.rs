//! The operator replaces the key this server signs with. Files already out stay good, because the old key stays published;
//! it never signs again. A program with the old key built in must be given the new one before it believes a new file.

use super::{
    keys::{self, KeyView},
    signer, store,
};
use crate::{
    app::App,
    base::{
        audit::AuditEvent,
        authz,
        db::Signal,
        error::{Code, Fault},
        web::{Cx, Frame, Here, Json, Problems, render, see_other},
    },
    licence,
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::Timestamp;
use serde_json::json;

/// Replaces the current key, and says so in the audit log.
///
/// # Errors
/// When the database cannot be used.
pub async fn rotate(app: &App, event: AuditEvent) -> Result<KeyView, Fault> {
    let secrets = app.secrets.clone();
    let made = app
        .db
        .write(move |mut tx| {
            let before = store::current(&mut tx)?.map(|(id, _)| id);
            store::retire(&mut tx)?;
            let id = signer::make(&mut tx, &secrets)?
                .ok_or(Fault::new(Code::Unavailable).because("somebody else replaced the issuer key"))?;
            // Devices that are connected learn it now, the others when they come back.
            for workspace in licence::attached_workspaces(&mut tx)? {
                tx.signal(Signal::Settings(workspace));
            }
            let made = keys::list(&mut tx)?.into_iter().find(|key| key.id == id.as_str());
            let event = event.with(json!({ "key": id.as_str(), "before": before }));
            Ok::<_, Fault>(tx.commit(event, made.ok_or(Code::Internal)?)?)
        })
        .await?;
    app.issuer.forget();
    Ok(made)
}

async fn run(cx: &Cx) -> Result<KeyView, Fault> {
    authz::operator(cx.caller()?)?;
    rotate(&cx.app, cx.event("issuer.rotate")).await
}

/// Replace the key this server signs licence files with. The old one stays published. For operators.
#[utoipa::path(post, path = "/api/v1/operator/issuer-keys",
    responses((status = 201, description = "The new key.", body = KeyView), Problems))]
pub(super) async fn api(cx: Cx) -> Result<(StatusCode, Json<KeyView>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx).await?)))
}

#[derive(Template)]
#[template(path = "issuer/rotate.html")]
struct Page {
    frame: Frame,
    keys: Vec<KeyView>,
    url: String,
}

impl Page {
    fn when(&self, at: &Timestamp) -> String {
        self.frame.l.date_time(*at)
    }
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    authz::operator(cx.caller()?)?;
    let keys = cx.app.db.read(|r| keys::list(r)).await?;
    render(&Page {
        frame: Frame::new(&cx, Here::Operator),
        keys,
        url: format!("{}/.well-known/rempart/issuer-keys", cx.app.config.public_url),
    })
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    run(&cx).await?;
    Ok(see_other("/operator/issuer?said=issuer-rotated"))
}
