//! A person gets the command that enrols computers. It holds an enrolment token: a right to add devices to this
//! workspace, for a time, and for a number of devices if that is wanted. The token is shown once and kept as a hash.

use super::{
    link::TOKEN_PREFIX,
    list_tokens::{self, TokenView},
    store::token as sql,
    tidy,
};
use crate::{
    app::App,
    base::{
        authn::token_hash,
        authz::{self, Grant, may},
        db::{DbError, Tx},
        error::{Code, Fault},
        web::{Cx, Form, Frame, Here, Json, Params, Problems, Said, render},
    },
    licence, workspace,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{EnrolmentTokenId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Most devices a token can be limited to.
const LIMIT: u64 = 100_000;

/// How long a token enrols.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = EnrolmentTokenLifetime)]
#[serde(rename_all = "snake_case")]
pub(super) enum Lifetime {
    /// One hour.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    #[default]
    Week,
    /// Thirty days.
    Month,
}

impl Lifetime {
    const ALL: [Self; 4] = [Self::Hour, Self::Day, Self::Week, Self::Month];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    const fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::Hour => 1,
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
        })
    }
}

/// The token wanted.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = EnrolmentTokenRequest)]
pub(super) struct Input {
    /// How long it enrols; seven days when not said.
    #[serde(default)]
    lifetime: Lifetime,
    /// Devices it enrols at most, 1 to 100,000; no limit when absent.
    #[serde(default)]
    device_limit: Option<u64>,
}

/// A new token. This is the only time the token itself is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EnrolmentTokenMade)]
pub(super) struct Made {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    id: EnrolmentTokenId,
    /// The token.
    token: String,
    /// What to run on a computer.
    command: String,
    /// Until when it enrols.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Devices it enrols at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_limit: Option<u64>,
}

/// Makes a token inside a transaction; it is given back once, here.
///
/// # Errors
/// Whatever the engine says.
pub fn make_token(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    lifetime: SignedDuration,
    device_limit: Option<u64>,
) -> Result<(EnrolmentTokenId, String), DbError> {
    let token = format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(tx.chance().bytes32()));
    let expires_at = tx.now().saturating_add(lifetime).unwrap_or(Timestamp::MAX);
    let end = &token[token.len() - 4..];
    tidy::plan(tx)?;
    let id = sql::insert(tx, grant, (token_hash(&token), end), expires_at, device_limit)?;
    Ok((id, token))
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, input: Input) -> Result<Made, Fault> {
    let caller = cx.caller()?;
    let Input {
        lifetime,
        device_limit,
    } = input;
    if device_limit.is_some_and(|limit| !(1..=LIMIT).contains(&limit)) {
        return Err(Fault::new(Code::DeviceLimitInvalid).at("device_limit"));
    }
    let event = cx.event("enrolment_token.make").in_workspace(workspace);
    let expires_at = cx.app.clock.now().saturating_add(lifetime.duration());
    let expires_at = expires_at.unwrap_or(Timestamp::MAX);
    let (id, token) = cx
        .app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            if licence::for_workspace(&mut tx, workspace)?.is_none() {
                let name = workspace::nav(&mut tx, caller, workspace)?.name;
                return Err(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name));
            }
            let (id, token) = make_token(&mut tx, &grant, lifetime.duration(), device_limit)?;
            let detail = json!({ "expires_at": expires_at, "device_limit": device_limit });
            Ok(tx.commit(event.on("enrolment_token", id).with(detail), (id, token))?)
        })
        .await?;
    Ok(Made {
        id,
        command: command(&cx.app, &token),
        token,
        expires_at,
        device_limit,
    })
}

/// What to run on a computer.
fn command(app: &App, token: &str) -> String {
    let portal = &app.config.public_url;
    format!("rempart-agent enrol --portal {portal} --token {token} && rempart-agent run")
}

/// Get the command that enrols computers. The token in it is shown this once.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/enrolment-tokens", request_body = Input,
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 201, description = "The token and the command.", body = Made), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<Made>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, workspace, input).await?)))
}

/// The form's fields, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    lifetime: Lifetime,
    #[serde(default)]
    device_limit: String,
}

#[derive(Template)]
#[template(path = "device/add.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    licensed: bool,
    manages_licence: bool,
    tokens: Vec<TokenView>,
    made: Option<Made>,
    fields: Fields,
    said: Said,
    now: Timestamp,
}

async fn draw(
    cx: &Cx,
    workspace: WorkspaceId,
    fields: Fields,
    outcome: Option<Result<Made, Fault>>,
) -> Result<Response, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    let tokens = list_tokens::run(cx, workspace).await?;
    let (nav, licensed, manages_licence) = cx
        .app
        .db
        .read(move |r| {
            let licensed = licence::for_workspace(r, workspace)?.is_some();
            let manages = authz::grant::<may::ManageLicence>(r, caller, workspace).is_ok();
            Ok::<_, Fault>((workspace::nav(r, caller, workspace)?, licensed, manages))
        })
        .await?;
    let (made, fault) = match outcome {
        Some(Ok(made)) => (Some(made), None),
        Some(Err(fault)) => (None, Some(fault)),
        None => (None, None),
    };
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.code.status());
    let page = Page {
        frame: Frame::within(cx, nav, Here::Devices),
        workspace,
        licensed,
        manages_licence,
        tokens,
        made,
        fields,
        said: fault.map_or_else(Said::default, |fault| Said::from_fault(&fault, cx.lang)),
        now,
    };
    Ok((status, render(&page)?).into_response())
}

pub(super) async fn form(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    draw(&cx, workspace, Fields::default(), None).await
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let limit = match fields.device_limit.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Fault::new(Code::DeviceLimitInvalid).at("device_limit")),
    };
    let outcome = match limit {
        Ok(device_limit) => {
            let lifetime = fields.lifetime;
            run(
                &cx,
                workspace,
                Input {
                    lifetime,
                    device_limit,
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    match outcome {
        Err(fault)
            if matches!(
                fault.code,
                Code::DeviceLimitInvalid | Code::WorkspaceWithoutLicence
            ) =>
        {
            draw(&cx, workspace, fields, Some(Err(fault))).await
        }
        Err(fault) => Err(fault),
        Ok(made) => draw(&cx, workspace, Fields::default(), Some(Ok(made))).await,
    }
}

#[cfg(test)]
mod tests;
