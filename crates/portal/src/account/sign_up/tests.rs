use crate::{
    account::cast::{self, GOOD, OTHER, essence, link},
    base::testing::scenes,
};
use jiff::SignedDuration;
use serde_json::json;

scenes! {
    async fn camille_signs_up_confirms_and_signs_in(scene: Scene) {
        let camille = scene.visitor();
        cast::sign_up(&camille, "Camille@Example.org", GOOD).await.leads_to("/sign-up/sent");
        camille.get("/sign-up/sent").await.status(200).shows("Regardez votre boîte");
        let mails = scene.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "Camille@example.org"));
        assert_eq!(mails[0].subject, "Confirmez votre adresse");
        let confirm = link(&mails[0], "/confirm/");
        camille.get(&confirm).await.status(200).shows("Camille@Example.org").shows("Confirmer mon adresse");
        assert_eq!(scene.number("select count(*) from account").await, 0);
        camille.post(&confirm, &[]).await.leads_to("/sign-in?said=email-confirmed");
        camille.get("/sign-in?said=email-confirmed").await.shows("Votre adresse est confirmée.");
        cast::sign_in(&camille, "camille@EXAMPLE.org", GOOD).await.leads_to("/");
        camille.get("/").await.leads_to("/workspaces");
        camille.get("/account").await.status(200).shows("Camille Petit");
        scene.audited("account.create", 1).await;
    }

    async fn whoever_only_opens_the_link_does_not_use_it_up(scene: Scene) {
        cast::sign_up(&scene.visitor(), "camille@example.org", GOOD).await;
        let confirm = link(&scene.mails().await[0], "/confirm/");
        let scanner = scene.visitor();
        for _ in 0..3 {
            scanner.get(&confirm).await.status(200);
        }
        scene.visitor().post(&confirm, &[]).await.leads_to("/sign-in?said=email-confirmed");
    }

    async fn a_link_works_once_and_for_a_day_and_says_what_to_do_afterwards(scene: Scene) {
        let visitor = scene.visitor();
        cast::sign_up(&visitor, "camille@example.org", GOOD).await;
        let confirm = link(&scene.mails().await[0], "/confirm/");
        visitor.post(&confirm, &[]).await.leads_to("/sign-in?said=email-confirmed");
        visitor.post(&confirm, &[]).await.status(410).shows("Ce lien ne sert plus").shows("connectez-vous");

        cast::sign_up(&visitor, "dominique@example.org", GOOD).await;
        let confirm = link(&scene.mails().await[0], "/confirm/");
        scene.pass(SignedDuration::from_hours(24));
        visitor.get(&confirm).await.status(410).shows("Renvoyer le lien");
        visitor.post(&confirm, &[]).await.status(410);
        assert_eq!(scene.number("select count(*) from account").await, 1);
    }

    async fn an_address_with_an_account_gets_the_same_answer_and_its_owner_a_mail(scene: Scene) {
        cast::account(&scene, "camille").await;
        let visitor = scene.visitor();
        let hashes = scene.app.accounts.hasher.worked();
        let known = cast::sign_up(&visitor, "CAMILLE@example.org", OTHER).await;
        let halfway = scene.app.accounts.hasher.worked();
        let unknown = cast::sign_up(&visitor, "nobody@example.org", OTHER).await;
        assert_eq!(essence(&known), essence(&unknown));
        // The same work: a hash, a row, a job, an audit line each.
        assert_eq!((halfway - hashes, scene.app.accounts.hasher.worked() - halfway), (1, 1));
        assert_eq!(scene.number("select count(*) from sign_up").await, 2);
        assert_eq!(scene.number("select count(*) from job where kind = 'account.answer_sign_up'").await, 2);
        scene.audited("account.sign_up", 2).await;

        let mails = scene.mails().await;
        assert_eq!(mails.len(), 2);
        let told = mails.iter().find(|mail| mail.to == "camille@example.org").unwrap();
        assert_eq!(told.subject, "Vous avez déjà un compte");
        assert_eq!(link(told, "/forgot"), "/forgot-password");
        assert!(!told.text.contains("/confirm/") && !told.text.contains("Camille Petit"));
        // Nothing of the owner's changed.
        cast::sign_in(&visitor, "camille@example.org", OTHER).await.status(401);
        cast::sign_in(&visitor, "camille@example.org", GOOD).await.leads_to("/");
    }

    async fn whoever_signs_up_with_anothers_address_chooses_no_password_for_them(scene: Scene) {
        let (stranger, camille) = (scene.visitor(), scene.visitor());
        cast::sign_up(&stranger, "camille@example.org", OTHER).await;
        scene.mails().await;
        cast::sign_up(&camille, "camille@example.org", GOOD).await;
        let confirm = link(&scene.mails().await[0], "/confirm/");
        cast::sign_up(&stranger, "camille@example.org", OTHER).await;
        let late = link(&scene.mails().await[0], "/confirm/");
        camille.post(&confirm, &[]).await.leads_to("/sign-in?said=email-confirmed");
        stranger.post(&late, &[]).await.status(410);
        cast::sign_in(&stranger, "camille@example.org", OTHER).await.status(401);
        cast::sign_in(&camille, "camille@example.org", GOOD).await.leads_to("/");
    }

    async fn sent_twice_it_is_one_account(scene: Scene) {
        let camille = scene.visitor();
        cast::sign_up(&camille, "camille@example.org", GOOD).await.leads_to("/sign-up/sent");
        cast::sign_up(&camille, "camille@example.org", GOOD).await.leads_to("/sign-up/sent");
        let mails = scene.mails().await;
        assert_eq!(mails.len(), 2);
        camille.post(&link(&mails[1], "/confirm/"), &[]).await.leads_to("/sign-in?said=email-confirmed");
        camille.post(&link(&mails[0], "/confirm/"), &[]).await.status(410);
        assert_eq!(scene.number("select count(*) from account").await, 1);
    }

    async fn a_weak_password_is_refused_with_the_reason_and_what_was_typed_stays(scene: Scene) {
        let visitor = scene.visitor();
        let answer = cast::sign_up(&visitor, "camille@example.org", "camillepetit").await.status(422);
        let answer = answer.shows("Ce mot de passe se devinerait trop vite.").shows("value=\"camille@example.org\"");
        assert!(!answer.body.contains("value=\"camillepetit\""));
        let api = scene.api("");
        let body = json!({ "email": "camille@example.org", "name": "Camille", "password": "password1" });
        let answer = api.post("/api/v1/accounts", body).await.refused(422, "password_weak").about("password");
        assert!(answer.json()["title"].as_str().unwrap().len() > 50);
        assert_eq!(scene.number("select count(*) from sign_up").await, 0);
    }

    async fn the_api_signs_up_and_confirms(scene: Scene) {
        let api = scene.api("");
        let body = json!({ "email": "camille@example.org", "name": "Camille", "password": GOOD, "language": "en" });
        api.post("/api/v1/accounts", body).await.status(202);
        let mail = scene.mails().await.remove(0);
        assert_eq!(mail.subject, "Confirm your address");
        let token = link(&mail, "/confirm/").replace("/confirm/", "");
        api.post("/api/v1/accounts/confirm", json!({ "token": &token })).await.status(204);
        api.post("/api/v1/accounts/confirm", json!({ "token": token })).await.refused(410, "link_invalid");
        let body = json!({ "email": "c", "name": "Camille", "password": GOOD });
        api.post("/api/v1/accounts", body).await.refused(422, "email_invalid").about("email");
        let body = json!({ "email": "c@example.org", "name": " ", "password": GOOD });
        api.post("/api/v1/accounts", body).await.refused(422, "person_name_invalid").about("name");
    }

    async fn a_confirmation_can_be_sent_again_and_then_only_the_new_link_works(scene: Scene) {
        let camille = scene.visitor();
        cast::sign_up(&camille, "camille@example.org", GOOD).await;
        let first = link(&scene.mails().await[0], "/confirm/");
        camille.get("/sign-up/resend").await.status(200);
        camille.post("/sign-up/resend", &[("email", "CAMILLE@example.org")]).await.leads_to("/sign-up/sent");
        let second = link(&scene.mails().await[0], "/confirm/");
        camille.get(&first).await.status(410);
        camille.post(&second, &[]).await.leads_to("/sign-in?said=email-confirmed");
        // For an address nobody gave, the same answer and no mail; for one with an account, a word to its owner.
        camille.post("/sign-up/resend", &[("email", "nobody@example.org")]).await.leads_to("/sign-up/sent");
        assert!(scene.mails().await.is_empty());
        camille.post("/sign-up/resend", &[("email", "camille@example.org")]).await.leads_to("/sign-up/sent");
        assert_eq!(scene.mails().await[0].subject, "Vous avez déjà un compte");
    }

    async fn nobodys_mailbox_is_flooded(scene: Scene) {
        let visitor = scene.visitor();
        for _ in 0..5 {
            visitor.post("/sign-up/resend", &[("email", "camille@example.org")]).await.leads_to("/sign-up/sent");
        }
        let answer = cast::sign_up(&visitor, "camille@example.org", GOOD).await.status(429);
        assert_eq!(answer.headers["retry-after"], "720");
        answer.shows("Trop d’essais. Réessayez dans 12\u{a0}minutes.");
        visitor.post("/forgot-password", &[("email", "camille@example.org")]).await.status(429);
        scene.pass(SignedDuration::from_mins(12));
        cast::sign_up(&visitor, "camille@example.org", GOOD).await.leads_to("/sign-up/sent");
    }

    async fn who_is_signed_in_has_no_need_of_an_account(scene: Scene) {
        let camille = scene.person("camille").await;
        camille.get("/sign-up").await.leads_to("/");
    }
}
