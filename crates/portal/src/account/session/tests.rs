use crate::{
    account::cast::{self, GOOD, OTHER},
    base::testing::{Answer, Scene, scenes},
};
use axum::{
    body::Body,
    http::{Request, header},
};
use jiff::SignedDuration;
use serde_json::json;

/// A session begun by a browser that says what it is.
async fn begin(scene: &Scene, user_agent: &str) {
    let body = format!(
        "email=camille%40example.org&password={}",
        GOOD.replace(' ', "%20").replace('é', "%C3%A9")
    );
    let request = Request::post("/sign-in")
        .header(header::USER_AGENT, user_agent)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    Answer::to(&scene.router, request).await.status(303);
}

scenes! {
    async fn camille_sees_where_she_is_signed_in_and_ends_one(scene: Scene) {
        cast::account(&scene, "camille").await;
        begin(&scene, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0").await;
        scene.pass(SignedDuration::from_mins(3));
        let camille = cast::signed_in(&scene, "camille").await;
        let page = camille.get("/account").await.status(200);
        let page = page.shows("Firefox sous Linux").shows("il y a 3 minutes").shows("Celle-ci").shows("127.0.0.1");
        let at = page.body.find("/account/sessions/").unwrap();
        let ids: Vec<&str> = page.body[at..].split("/account/sessions/").filter_map(|rest| rest.split('/').next()).collect();
        let id = ids.iter().find(|id| id.len() == 36).unwrap();
        let end = format!("/account/sessions/{id}/end");
        camille.post(&end, &[]).await.leads_to("/account?said=session-ended");
        assert!(!camille.get("/account").await.body.contains("Firefox sous Linux"));
        assert_eq!(camille.post(&end, &[]).await.code, 404);
        scene.audited("account.end_session", 1).await;
    }

    async fn all_others_end_and_this_one_stays(scene: Scene) {
        cast::account(&scene, "camille").await;
        cast::account(&scene, "dominique").await;
        let others = [cast::signed_in(&scene, "camille").await, cast::signed_in(&scene, "camille").await];
        let dominique = cast::signed_in(&scene, "dominique").await;
        let camille = cast::signed_in(&scene, "camille").await;
        camille.post("/account/sessions/end-others", &[]).await.leads_to("/account?said=sessions-ended");
        for other in &others {
            other.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        }
        camille.get("/account").await.status(200);
        dominique.get("/account").await.status(200);
    }

    async fn nobody_ends_another_persons_session(scene: Scene) {
        let (camille, dominique) = (scene.person("camille").await, scene.person("dominique").await);
        let key = scene.api_key(&camille).await;
        let sessions = scene.api(&key).get("/api/v1/account/sessions").await.status(200).json();
        let id = sessions["items"][0]["id"].as_str().unwrap();
        let theirs = scene.api_key(&dominique).await;
        let path = format!("/api/v1/account/sessions/{id}");
        scene.api(&theirs).delete(&path).await.refused(404, "not_found");
        camille.get("/account").await.status(200);
        scene.api(&key).delete(&path).await.status(204);
        camille.get("/account").await.leads_to("/sign-in?next=%2Faccount");
    }

    async fn a_changed_password_ends_the_other_sessions_and_is_told_by_mail(scene: Scene) {
        cast::account(&scene, "camille").await;
        let (other, camille) = (cast::signed_in(&scene, "camille").await, cast::signed_in(&scene, "camille").await);
        let change = |present: &'static str, wanted: &'static str| {
            let camille = camille.again();
            async move { camille.post("/account/password", &[("present_password", present), ("password", wanted)]).await }
        };
        change(OTHER, OTHER).await.status(422).shows("Ce n’est pas votre mot de passe actuel.");
        change(GOOD, "camille@example.org").await.status(422).shows("se devinerait trop vite");
        change(GOOD, OTHER).await.leads_to("/account?said=password-changed");
        other.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        camille.get("/account").await.status(200);
        assert_eq!(scene.mails().await[0].subject, "Votre mot de passe a été changé");
        // Sent twice, the second finds that the present password is another by now.
        change(GOOD, OTHER).await.status(422);
        cast::sign_in(&scene.visitor(), "camille@example.org", OTHER).await.leads_to("/");
        scene.audited("account.change_password", 1).await;
    }

    async fn whoever_holds_a_session_cannot_guess_the_password_either(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = cast::signed_in(&scene, "camille").await;
        let fields = [("present_password", "wrong"), ("password", OTHER)];
        for _ in 0..5 {
            camille.post("/account/password", &fields).await.status(422);
        }
        let answer = camille.post("/account/password", &fields).await.status(429);
        assert_eq!(answer.headers["retry-after"], "10");
        scene.pass(SignedDuration::from_secs(10));
        let fields = [("present_password", GOOD), ("password", OTHER)];
        camille.post("/account/password", &fields).await.leads_to("/account?said=password-changed");
    }

    async fn the_api_changes_the_password(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = cast::signed_in(&scene, "camille").await;
        let page = camille.post("/account/api-key", &[]).await;
        let at = page.body.find("rempart_").unwrap();
        let key: String = page.body[at..].chars().take("rempart_".len() + 43).collect();
        let body = json!({ "present_password": OTHER, "password": OTHER });
        scene.api(&key).put("/api/v1/account/password", body).await.refused(422, "password_wrong").about("present_password");
        let body = json!({ "present_password": GOOD, "password": OTHER });
        scene.api(&key).put("/api/v1/account/password", body).await.status(204);
        camille.get("/account").await.leads_to("/sign-in?next=%2Faccount");
    }
}
