//! Whether a name is free, while it is being typed. Only an answer: who makes the workspace first has the name.

use super::{WorkspaceName, store, suggest};
use crate::base::{
    error::Fault,
    web::{Cx, Json, Problems, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The name.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Input {
    /// As typed.
    #[serde(default)]
    pub name: String,
}

/// What is known about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NameChecked)]
pub(super) struct Checked {
    /// Whether nobody has it.
    pub free: bool,
    /// Three like it that are free, when it is not.
    pub alternatives: Vec<String>,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<Checked, Fault> {
    cx.person()?;
    let name = WorkspaceName::parse(&input.name)?;
    let (lang, chance) = (cx.lang, cx.app.chance.clone());
    cx.app
        .db
        .read(move |r| {
            let free = store::taken(r, std::slice::from_ref(&name))?.is_empty();
            let alternatives = if free {
                Vec::new()
            } else {
                suggest::alternatives(r, lang, &chance, &name)?
            };
            Ok(Checked { free, alternatives })
        })
        .await
}

/// Ask whether a name is free. Refused with `workspace_name_character` or `workspace_name_length` when it cannot be one.
#[utoipa::path(get, path = "/api/v1/workspaces/name-check", params(Input),
    responses((status = 200, description = "Free or not.", body = Checked), Problems))]
pub(super) async fn api(cx: Cx, Query(input): Query<Input>) -> Result<Json<Checked>, Fault> {
    Ok(Json(run(&cx, input).await?))
}
