//! A person changes the name others see, and the language of pages and mails.

use super::{gate, person_name, show, store};
use crate::base::{
    error::{Code, Fault},
    lang::Lang,
    web::{Cx, Form, Json, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What is to change; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ProfileChange)]
pub(super) struct Input {
    /// 1 to 80 characters.
    name: Option<String>,
    /// `fr` or `en`.
    language: Option<String>,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    let account = cx.person()?.account;
    let name = input.name.as_deref().map(person_name::parse).transpose()?;
    let lang = match &input.language {
        None => None,
        Some(text) => Some(Lang::parse(text).ok_or(Fault::new(Code::LanguageUnknown).at("language"))?),
    };
    let event = cx.event("account.change_profile").on("account", account);
    let event = event.with(json!({ "name": &name, "language": lang.map(Lang::as_str) }));
    let written = cx.app.db.write(move |mut tx| {
        if let Some(name) = &name {
            store::set_name(&mut tx, account, name)?;
        }
        if let Some(lang) = lang {
            store::set_language(&mut tx, account, lang)?;
        }
        Ok(tx.commit(event, ())?)
    });
    written.await
}

/// Change the account's name or language; what is absent stays as it is.
#[utoipa::path(patch, path = "/api/v1/account", request_body = Input,
    responses((status = 204, description = "Changed."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    let typed = input.name.clone();
    match run(&cx, input).await {
        Ok(()) => Ok(see_other("/account?said=profile-saved")),
        Err(fault) => {
            let shown = show::Shown::of(&cx, typed).await?;
            gate::again(fault, |fault| shown.page(&cx, fault))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::testing::scenes;
    use serde_json::json;

    scenes! {
        async fn camille_changes_her_name_and_language_and_each_alone(scene: Scene) {
            let camille = scene.person("camille").await;
            let fields = [("name", " Camille  Petit "), ("language", "en")];
            camille.post("/account/profile", &fields).await.leads_to("/account?said=profile-saved");
            camille.get("/account?said=profile-saved").await.shows("Camille Petit").shows("Saved.");
            let key = scene.api_key(&camille).await;
            scene.api(&key).patch("/api/v1/account", json!({ "language": "fr" })).await.status(204);
            let profile = scene.api(&key).get("/api/v1/account").await.status(200).json();
            assert_eq!(profile["name"], "Camille Petit");
            assert_eq!(profile["language"], "fr");
            assert_eq!(profile["email"], "camille@example.org");
            assert_eq!(profile["operator"], false);
        }

        async fn a_name_of_nothing_is_refused_and_what_was_typed_stays(scene: Scene) {
            let camille = scene.person("camille").await;
            let long = "x".repeat(81);
            let answer = camille.post("/account/profile", &[("name", &long), ("language", "fr")]).await.status(422);
            answer.shows("Donnez un nom de 1 à 80 caractères.").shows(&long);
            let key = scene.api_key(&camille).await;
            let answer = scene.api(&key).patch("/api/v1/account", json!({ "name": " " })).await;
            answer.refused(422, "person_name_invalid").about("name");
            scene.audited("account.change_profile", 0).await;
        }
    }
}
