//! A person makes a key with which programs use the API in their name. There is one per account; making another replaces
//! it at once. The key is shown once: we keep only its hash.

use super::{store, token::Token};
use crate::base::{
    db::{DbError, Tx},
    error::Fault,
    web::{Cx, Frame, Here, Json, Problems, render, see_other},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use rempart_wire::AccountId;
use serde::Serialize;
use utoipa::ToSchema;

/// Says what it is, to people and to programs that look for leaked secrets.
const PREFIX: &str = "rempart_";

/// The new key. It cannot be had again.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKeyMade)]
pub(super) struct Made {
    /// Send it as `Authorization: Bearer …`.
    key: String,
}

pub(super) async fn make(cx: &Cx) -> Result<Made, Fault> {
    let account = cx.person()?.account;
    let event = cx.event("account.make_api_key").on("account", account);
    let written = cx.app.db.write(move |mut tx| {
        let key = give_api_key(&mut tx, account)?;
        Ok::<_, Fault>(tx.commit(event, Made { key })?)
    });
    written.await
}

/// Gives an account a new key in place of any it has. The key is in the answer and nowhere else.
///
/// # Errors
/// Whatever the engine says.
pub fn give_api_key(tx: &mut Tx<'_>, account: AccountId) -> Result<String, DbError> {
    let token = Token::with_prefix(PREFIX, tx.chance());
    store::replace_api_key(tx, account, token.hash())?;
    Ok(token.reveal().to_owned())
}

pub(super) async fn revoke(cx: &Cx) -> Result<(), Fault> {
    let account = cx.person()?.account;
    let event = cx.event("account.revoke_api_key").on("account", account);
    let written = cx.app.db.write(move |mut tx| {
        store::revoke_api_key(&mut tx, account)?;
        Ok(tx.commit(event, ())?)
    });
    written.await
}

/// Make the account's API key anew. The key in use stops working at once; the new one is in this answer and nowhere else.
#[utoipa::path(post, path = "/api/v1/account/api-key", responses((status = 201, body = Made), Problems))]
pub(super) async fn api_make(cx: Cx) -> Result<(StatusCode, Json<Made>), Fault> {
    Ok((StatusCode::CREATED, Json(make(&cx).await?)))
}

/// Revoke the account's API key: the one this very call was made with.
#[utoipa::path(delete, path = "/api/v1/account/api-key",
    responses((status = 204, description = "Revoked."), Problems))]
pub(super) async fn api_revoke(cx: Cx) -> Result<StatusCode, Fault> {
    revoke(&cx).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Template)]
#[template(path = "account/api_key.html")]
struct Page {
    frame: Frame,
    key: String,
    url: String,
}

pub(super) async fn page_make(cx: Cx) -> Result<Response, Fault> {
    let made = make(&cx).await?;
    render(&Page {
        frame: Frame::new(&cx, Here::Account),
        key: made.key,
        url: cx.app.config.public_url.clone(),
    })
}

pub(super) async fn page_revoke(cx: Cx) -> Result<Response, Fault> {
    revoke(&cx).await?;
    Ok(see_other("/account?said=api-key-revoked"))
}

#[cfg(test)]
mod tests {
    use crate::base::testing::{Scene, scenes};
    use serde_json::json;

    fn shown(body: &str) -> String {
        let at = body.find("rempart_").unwrap();
        body[at..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c))
            .collect()
    }

    async fn status(scene: &Scene, key: &str) -> u16 {
        scene.api(key).get("/api/v1/account").await.code
    }

    scenes! {
        async fn a_key_is_shown_once_and_a_new_one_replaces_it_at_once(scene: Scene) {
            let camille = scene.person("camille").await;
            let first = shown(&camille.post("/account/api-key", &[]).await.status(200).body);
            assert_eq!(status(&scene, &first).await, 200);
            let page = camille.get("/account").await;
            assert!(!page.body.contains(&first));
            page.shows("Remplacer la clé");
            let answer = scene.api(&first).post("/api/v1/account/api-key", json!({})).await.status(201);
            let second = answer.json()["key"].as_str().unwrap().to_owned();
            assert_eq!((status(&scene, &first).await, status(&scene, &second).await), (401, 200));
            assert_eq!(second.len(), "rempart_".len() + 43);
            scene.audited("account.make_api_key", 2).await;
        }

        async fn a_revoked_key_opens_nothing(scene: Scene) {
            let camille = scene.person("camille").await;
            let key = shown(&camille.post("/account/api-key", &[]).await.body);
            camille.post("/account/api-key/revoke", &[]).await.leads_to("/account?said=api-key-revoked");
            assert_eq!(status(&scene, &key).await, 401);
            let key = shown(&camille.post("/account/api-key", &[]).await.body);
            scene.api(&key).delete("/api/v1/account/api-key").await.status(204);
            scene.api(&key).get("/api/v1/account").await.refused(401, "sign_in_required");
        }

        async fn a_key_opens_the_api_and_no_page_and_a_cookie_the_pages_and_no_api(scene: Scene) {
            let camille = scene.person("camille").await;
            camille.get("/api/v1/account").await.refused(401, "sign_in_required");
            let key = scene.api_key(&camille).await;
            scene.api(&key).get("/account").await.leads_to("/sign-in?next=%2Faccount");
        }
    }
}
