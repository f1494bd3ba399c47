use super::Stage;
use crate::base::testing::{Answer, scenes};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::json;

scenes! {
    async fn whatever_is_answered_is_signed(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        // What is there, what is not, what may not be, what is no method, what is no body: `call` checks each signature.
        stage.get(&stage.licence_path("")).await.status(200);
        stage.get(&stage.licence_path("?include=a%2Cb&x=é")).await.status(200);
        stage.get(&stage.path("nowhere")).await.error(404, "NOT_FOUND");
        stage.get("/v1/accounts/").await.error(404, "NOT_FOUND");
        stage.get("/v1/accounts/%22%0A/licenses/x").await.error(404, "NOT_FOUND");
        stage.call(Method::GET, &stage.licence_path(""), None, None).await.error(401, "TOKEN_MISSING");
        stage.with_key(Method::PATCH, &stage.licence_path(""), None).await.error(405, "METHOD_NOT_ALLOWED");
        stage.with_key(Method::OPTIONS, &stage.path("machines"), None).await.error(405, "METHOD_NOT_ALLOWED");
        let id = stage.activate("aa").await;
        stage.with_key(Method::DELETE, &stage.path(&format!("machines/{id}")), None).await.status(204);
        let large = json!({ "data": { "attributes": { "fingerprint": "x".repeat(100_000) } } });
        stage.post(&stage.path("machines"), large).await.error(413, "BODY_TOO_LARGE");
    }

    async fn no_cookie_is_read_and_another_site_may_ask(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let path = stage.licence_path("");
        let request = Request::get(&path).header(header::COOKIE, stage.owner.cookie_header()).body(Body::empty()).unwrap();
        Answer::to(&stage.scene.router, request).await.error(401, "TOKEN_MISSING");
        let body = json!({ "meta": { "key": stage.key } }).to_string();
        let request = Request::post(stage.path("licenses/actions/validate-key"))
            .header("sec-fetch-site", "cross-site")
            .header(header::ORIGIN, "https://elsewhere.example")
            .body(Body::from(body))
            .unwrap();
        Answer::to(&stage.scene.router, request).await.status(200);
    }

    async fn the_rest_of_the_portal_is_compressed_as_before_and_not_signed(scene: Scene) {
        let request = Request::get("/sign-in").header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap();
        let answer = Answer::to(&scene.router, request).await;
        assert_eq!(answer.headers["content-encoding"], "gzip");
        assert!(!answer.headers.contains_key("keygen-signature"));
    }

    async fn after_a_rotation_the_new_key_signs(scene: Scene) {
        let stage = Stage::with_seats(scene, 1).await;
        stage.get(&stage.licence_path("")).await.status(200);
        stage.scene.operator().await.post("/operator/issuer", &[]).await.status(303);
        // `call` checks against the newest.
        stage.get(&stage.licence_path("")).await.status(200);
    }
}
