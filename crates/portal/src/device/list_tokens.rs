//! The enrolment tokens that can still enrol something.

use super::store::{token as sql, token::Token};
use crate::base::{
    authz::{self, Grant, may},
    error::Fault,
    lang::Lang,
    web::{Cx, Json, List, Params, Problems},
};
use jiff::Timestamp;
use rempart_wire::{EnrolmentTokenId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;

/// An enrolment token, without the token itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EnrolmentToken)]
pub(super) struct TokenView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: EnrolmentTokenId,
    /// The last four characters of the token, to recognise it.
    pub end: String,
    /// Devices it has enrolled.
    pub used: u64,
    /// Devices it enrols at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_limit: Option<u64>,
    /// Who made it.
    pub created_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Until when it enrols.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

impl From<Token> for TokenView {
    fn from(token: Token) -> Self {
        Self {
            id: token.id,
            end: token.end,
            used: token.used,
            device_limit: token.limit,
            created_by: token.created_by,
            created_at: token.created_at,
            expires_at: token.expires_at,
        }
    }
}

impl TokenView {
    /// How much of it is used, in words.
    pub(super) fn uses(&self, lang: &Lang) -> String {
        match self.device_limit {
            Some(all) => lang.t2("token-used-of", ("used", self.used), ("all", all)),
            None => lang.number(self.used),
        }
    }
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<Vec<TokenView>, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::ManageProtection> = authz::grant(r, caller, workspace)?;
            let tokens = sql::live(r, workspace, now)?;
            Ok(tokens.into_iter().map(TokenView::from).collect())
        })
        .await
}

/// The enrolment tokens that can still enrol something, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/enrolment-tokens",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "At most 200.", body = List<TokenView>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
) -> Result<Json<List<TokenView>>, Fault> {
    let items = run(&cx, workspace).await?;
    Ok(Json(List { items, next: None }))
}
