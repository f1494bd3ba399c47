//! A person chooses the language of pages and mails. It is a setting of the account, not of the browser. A visitor's
//! choice is kept in a cookie.

use super::{next::Next, store};
use crate::base::{
    error::{Code, Fault},
    lang::Lang,
    web::{Cx, Form, Json, Problems, language_cookie, see_other},
};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The language wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = LanguageChoice)]
pub(super) struct Input {
    /// `fr` or `en`.
    language: String,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<Lang, Fault> {
    let account = cx.person()?.account;
    let language = Lang::parse(&input.language).ok_or(Fault::new(Code::LanguageUnknown).at("language"))?;
    let event = cx.event("account.set_language").on("account", account);
    cx.app
        .db
        .write(move |mut tx| {
            store::set_language(&mut tx, account, language)?;
            Ok(tx.commit(event.with(json!({ "language": language.as_str() })), language)?)
        })
        .await
}

/// Choose the language of pages, mails and error sentences.
#[utoipa::path(put, path = "/api/v1/account/language", request_body = Input,
    responses((status = 204, description = "Chosen."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<axum::http::StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    run(&cx, input).await?;
    Ok(see_other("/account?said=language-set"))
}

/// What a visitor chooses, and the page they are on.
#[derive(Debug, Deserialize)]
pub(super) struct Switch {
    language: String,
    #[serde(default)]
    next: String,
}

/// The switch at the foot of the pages before the gate. Signing in brings the account's own language.
pub(super) async fn switch(cx: Cx, Form(input): Form<Switch>) -> Result<Response, Fault> {
    let language = Lang::parse(&input.language).ok_or(Fault::new(Code::LanguageUnknown).at("language"))?;
    let jar = CookieJar::new().add(language_cookie(&cx.app, language));
    let back = see_other(Next::on_this_portal(&input.next).as_str());
    std::future::ready(Ok((jar, back).into_response())).await
}

#[cfg(test)]
mod tests {
    use crate::base::testing::scenes;
    use serde_json::json;

    scenes! {
        async fn what_camille_chooses_is_what_she_reads(scene: Scene) {
            let camille = scene.person("camille").await;
            camille.post("/account/language", &[("language", "en")]).await.leads_to("/account?said=language-set");
            assert!(camille.get("/nowhere").await.body.contains("lang=\"en\""));

            let key = scene.api_key(&camille).await;
            scene.api(&key).put("/api/v1/account/language", json!({ "language": "fr" })).await.status(204);
            assert!(camille.get("/nowhere").await.body.contains("lang=\"fr\""));
            scene.audited("account.set_language", 2).await;
        }

        async fn a_language_we_do_not_speak_is_refused(scene: Scene) {
            let camille = scene.person("camille").await;
            let key = scene.api_key(&camille).await;
            let answer = scene.api(&key).put("/api/v1/account/language", json!({ "language": "tlh" })).await;
            answer.refused(422, "language_unknown").about("language");
            scene.audited("account.set_language", 0).await;
        }

        async fn a_visitor_switches_and_stays_on_the_page(scene: Scene) {
            let visitor = scene.visitor();
            visitor.get("/sign-up").await.shows("Créer un compte");
            let switched = visitor.post("/language", &[("language", "en"), ("next", "/sign-up?a=1")]).await;
            switched.leads_to("/sign-up?a=1");
            visitor.get("/sign-up").await.shows("Create an account");
            let away = visitor.post("/language", &[("language", "fr"), ("next", "//evil.example")]).await;
            away.leads_to("/");
            assert_eq!(visitor.post("/language", &[("language", "tlh")]).await.code, 422);
        }
    }
}
