use crate::{
    account::cast::{self, GOOD, OTHER, essence, link},
    base::testing::{Browser, Scene, scenes},
};
use jiff::SignedDuration;
use serde_json::json;

async fn ask(browser: &Browser, email: &str) {
    browser
        .post("/forgot-password", &[("email", email)])
        .await
        .leads_to("/forgot-password/sent");
}

async fn reset_link(scene: &Scene, email: &str) -> String {
    ask(&scene.visitor(), email).await;
    link(&scene.mails().await[0], "/reset-password/")
}

scenes! {
    async fn a_forgotten_password_is_replaced_by_the_mailed_link(scene: Scene) {
        cast::account(&scene, "camille").await;
        let (elsewhere, camille) = (cast::signed_in(&scene, "camille").await, scene.visitor());
        camille.get("/forgot-password").await.status(200).shows("Mot de passe oublié\u{202f}?");
        ask(&camille, "Camille@example.org").await;
        camille.get("/forgot-password/sent").await.shows("Il sert une fois, pendant 30\u{a0}minutes.");
        let mails = scene.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "camille@example.org"));
        let reset = link(&mails[0], "/reset-password/");
        camille.get(&reset).await.status(200).shows("camille@example.org");
        elsewhere.get("/account").await.status(200);

        camille.post(&reset, &[("password", OTHER)]).await.leads_to("/sign-in?said=password-reset");
        elsewhere.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        cast::sign_in(&camille, "camille@example.org", GOOD).await.status(401);
        cast::sign_in(&camille, "camille@example.org", OTHER).await.leads_to("/");
        let told = scene.mails().await;
        assert_eq!(told[0].subject, "Votre mot de passe a été changé");
        scene.audited("account.reset_password", 1).await;
    }

    async fn an_unknown_address_gets_the_same_answer_after_the_same_work_and_no_mail(scene: Scene) {
        cast::account(&scene, "camille").await;
        let visitor = scene.visitor();
        let rows = async || {
            let jobs = scene.number("select count(*) from job where kind = 'account.answer_forgotten'").await;
            let links = scene.number("select count(*) from account_link").await;
            let lines = scene.number("select count(*) from audit_event").await;
            (jobs, links, lines)
        };
        let hashes = scene.app.accounts.hasher.worked();
        let begin = rows().await;
        let known = visitor.post("/forgot-password", &[("email", "camille@example.org")]).await;
        let halfway = rows().await;
        let unknown = visitor.post("/forgot-password", &[("email", "nobody@example.org")]).await;
        let end = rows().await;
        assert_eq!(essence(&known), essence(&unknown));
        // A job and an audit line each, no look at who has an account, no hash.
        assert_eq!(halfway, (begin.0 + 1, begin.1, begin.2 + 1));
        assert_eq!(end, (halfway.0 + 1, halfway.1, halfway.2 + 1));
        assert_eq!(scene.app.accounts.hasher.worked(), hashes);
        assert_eq!(scene.mails().await.len(), 1);
    }

    async fn a_link_works_once_and_for_half_an_hour(scene: Scene) {
        cast::account(&scene, "camille").await;
        let reset = reset_link(&scene, "camille@example.org").await;
        scene.pass(SignedDuration::from_mins(30));
        let camille = scene.visitor();
        camille.get(&reset).await.status(410).shows("Demander un autre lien");
        camille.post(&reset, &[("password", OTHER)]).await.status(410);

        let first = reset_link(&scene, "camille@example.org").await;
        let second = reset_link(&scene, "camille@example.org").await;
        scene.pass(SignedDuration::from_mins(29));
        camille.post(&first, &[("password", OTHER)]).await.leads_to("/sign-in?said=password-reset");
        // It is used, and takes the others with it.
        camille.post(&first, &[("password", GOOD)]).await.status(410);
        camille.post(&second, &[("password", GOOD)]).await.status(410);
        cast::sign_in(&camille, "camille@example.org", OTHER).await.leads_to("/");
    }

    async fn a_weak_password_does_not_use_the_link_up(scene: Scene) {
        cast::account(&scene, "camille").await;
        let reset = reset_link(&scene, "camille@example.org").await;
        let camille = scene.visitor();
        camille.post(&reset, &[("password", "camille1")]).await.status(422).shows("se devinerait trop vite");
        camille.post(&reset, &[("password", OTHER)]).await.leads_to("/sign-in?said=password-reset");
    }

    async fn whoever_was_made_to_wait_signs_in_after_a_reset(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = scene.visitor();
        for _ in 0..5 {
            cast::sign_in(&camille, "camille@example.org", OTHER).await.status(401);
        }
        cast::sign_in(&camille, "camille@example.org", GOOD).await.status(429);
        let reset = reset_link(&scene, "camille@example.org").await;
        camille.post(&reset, &[("password", OTHER)]).await.leads_to("/sign-in?said=password-reset");
        cast::sign_in(&camille, "camille@example.org", OTHER).await.leads_to("/");
    }

    async fn an_operators_link_resets_no_password_and_a_reset_makes_no_operator(scene: Scene) {
        cast::account(&scene, "camille").await;
        let welcome = crate::account::operator_link(&scene.app).await.unwrap().unwrap();
        let welcome = welcome.rsplit('/').next().unwrap();
        let visitor = scene.visitor();
        visitor.get(&format!("/reset-password/{welcome}")).await.status(410);
        let reset = reset_link(&scene, "camille@example.org").await.replace("/reset-password/", "");
        visitor.get(&format!("/operator/welcome/{reset}")).await.status(410);
    }

    async fn the_api_resets_too(scene: Scene) {
        cast::account(&scene, "camille").await;
        let api = scene.api("");
        api.post("/api/v1/password-resets", json!({ "email": "camille@example.org" })).await.status(202);
        let token = link(&scene.mails().await[0], "/reset-password/").replace("/reset-password/", "");
        let path = format!("/api/v1/password-resets/{token}");
        api.put(&path, json!({ "password": "azerty" })).await.refused(422, "password_weak");
        api.put(&path, json!({ "password": OTHER })).await.status(204);
        api.put(&path, json!({ "password": OTHER })).await.refused(410, "link_invalid");
    }
}
