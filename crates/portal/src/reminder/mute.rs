//! A person chooses which reminders they get. All but the last can be muted.

use super::{kind::Kind, store};
use crate::base::{
    error::{Code, Fault},
    web::{Cx, Form, Frame, Here, Json, Problems, render, see_other},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;
use utoipa::ToSchema;

/// Which reminders are not wanted.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = ReminderChoice)]
pub(super) struct Input {
    /// `days_30`, `days_14`, `days_3`, `expired`, `low_seats`; all others are sent.
    muted: Vec<String>,
}

/// One kind of reminder.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Reminder)]
pub(super) struct View {
    /// `days_30`, `days_14`, `days_3`, `expired`, `grace_end` or `low_seats`.
    kind: &'static str,
    /// Whether it is not sent to you.
    muted: bool,
    /// Whether it may be muted.
    mutable: bool,
}

/// The reminders there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reminders)]
pub(super) struct Views {
    /// One of each kind.
    reminders: Vec<View>,
}

async fn muted(cx: &Cx) -> Result<HashSet<Kind>, Fault> {
    let account = cx.person()?.account;
    Ok(cx.app.db.read(move |r| store::muted(r, account)).await?)
}

fn views(muted: &HashSet<Kind>) -> Vec<View> {
    let view = |kind: Kind| View {
        kind: kind.as_str(),
        muted: kind.mutable() && muted.contains(&kind),
        mutable: kind.mutable(),
    };
    Kind::ALL.into_iter().map(view).collect()
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    let account = cx.person()?.account;
    let mut kinds = Vec::new();
    for text in &input.muted {
        let unknown = || Fault::new(Code::InvalidField).at("muted").arg("detail", text);
        let kind = Kind::parse(text).ok_or_else(unknown)?;
        if !kind.mutable() {
            return Err(Fault::new(Code::ReminderNotMutable).at("muted"));
        }
        kinds.push(kind);
    }
    kinds.sort_unstable();
    kinds.dedup();
    let event = cx.event("reminder.mute").on("account", account);
    cx.app
        .db
        .write(move |mut tx| {
            store::mute(&mut tx, account, &kinds)?;
            let muted: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            Ok(tx.commit(event.with(json!({ "muted": muted })), ())?)
        })
        .await
}

/// Which reminders you get.
#[utoipa::path(get, path = "/api/v1/account/reminders",
    responses((status = 200, description = "All kinds.", body = Views), Problems))]
pub(super) async fn api_show(cx: Cx) -> Result<Json<Views>, Fault> {
    let reminders = views(&muted(&cx).await?);
    Ok(Json(Views { reminders }))
}

/// Choose which reminders you do not get. The last, at the end of the grace period, cannot be muted.
#[utoipa::path(put, path = "/api/v1/account/reminders", request_body = Input,
    responses((status = 204, description = "Chosen."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Template)]
#[template(path = "reminder/mute.html")]
struct Page {
    frame: Frame,
    reminders: Vec<View>,
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    let reminders = views(&muted(&cx).await?);
    render(&Page {
        frame: Frame::new(&cx, Here::Account),
        reminders,
    })
}

/// The ticked ones: those that are wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    wanted: Vec<String>,
}

pub(super) async fn page(cx: Cx, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let unwanted = |kind: &Kind| kind.mutable() && !fields.wanted.iter().any(|one| one == kind.as_str());
    let muted = Kind::ALL
        .into_iter()
        .filter(unwanted)
        .map(|kind| kind.as_str().to_owned());
    let input = Input {
        muted: muted.collect(),
    };
    run(&cx, input).await?;
    Ok(see_other("/account/reminders?said=reminders-set"))
}
