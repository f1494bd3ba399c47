use crate::{
    account::cast::{self, GOOD, OTHER, essence, link},
    base::testing::scenes,
};
use jiff::SignedDuration;

scenes! {
    async fn camille_signs_in_goes_where_she_wanted_and_signs_out(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = scene.visitor();
        camille.get("/").await.leads_to("/sign-in");
        camille.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        camille.get("/sign-in?next=%2Faccount").await.status(200).shows("value=\"/account\"");
        let fields = [("email", "camille@example.org"), ("password", GOOD), ("next", "/account")];
        camille.post("/sign-in", &fields).await.leads_to("/account");
        camille.get("/sign-in?next=%2Faccount").await.leads_to("/account");
        let before = camille.again();
        camille.post("/sign-out", &[]).await.leads_to("/sign-in?said=signed-out");
        camille.get("/sign-in?said=signed-out").await.shows("Vous êtes déconnecté.");
        // The cookie is forgotten, and worthless to whoever kept it.
        before.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        scene.audited("account.sign_in", 1).await;
        scene.audited("account.sign_out", 1).await;
    }

    async fn signing_in_leads_to_no_other_site(scene: Scene) {
        cast::account(&scene, "camille").await;
        for next in ["//evil.example", "/\\evil.example", "https://evil.example/", "/sign-out"] {
            let fields = [("email", "camille@example.org"), ("password", GOOD), ("next", next)];
            scene.visitor().post("/sign-in", &fields).await.leads_to("/");
        }
    }

    async fn an_unknown_address_and_a_wrong_password_are_the_same_answer_after_the_same_work(scene: Scene) {
        cast::account(&scene, "camille").await;
        let visitor = scene.visitor();
        let hasher = &scene.app.accounts.hasher;
        let begin = hasher.worked();
        let wrong = cast::sign_in(&visitor, "camille@example.org", OTHER).await;
        let halfway = hasher.worked();
        let unknown = cast::sign_in(&visitor, "kamille@example.org", OTHER).await;
        assert_eq!((halfway - begin, hasher.worked() - halfway), (1, 1));
        let (code, _, page) = essence(&wrong);
        assert_eq!(code, 401);
        assert_eq!(page.replace("camille@", "kamille@"), essence(&unknown).2);
        wrong.shows("L’adresse ou le mot de passe ne correspond pas.");
        let endless = "x".repeat(5000);
        for password in ["", endless.as_str()] {
            cast::sign_in(&visitor, "camille@example.org", password).await.status(401);
        }
    }

    async fn five_wrong_passwords_are_free_and_then_one_waits_longer_each_time(scene: Scene) {
        cast::account(&scene, "camille").await;
        let visitor = scene.visitor();
        for email in ["camille@example.org", "nobody@example.org"] {
            for _ in 0..5 {
                cast::sign_in(&visitor, email, OTHER).await.status(401);
            }
            // Even the right one waits now.
            let answer = cast::sign_in(&visitor, email, GOOD).await.status(429);
            assert_eq!(answer.headers["retry-after"], "10");
            answer.shows("Trop d’essais. Réessayez dans 10\u{a0}secondes.");
        }
        scene.pass(SignedDuration::from_secs(10));
        cast::sign_in(&visitor, "camille@example.org", OTHER).await.status(401);
        cast::sign_in(&visitor, "camille@example.org", GOOD).await.status(429);
        scene.pass(SignedDuration::from_secs(20));
        cast::sign_in(&visitor, "camille@example.org", GOOD).await.leads_to("/");
        // The right password forgave the wrong ones.
        let again = scene.visitor();
        for _ in 0..4 {
            cast::sign_in(&again, "camille@example.org", OTHER).await.status(401);
        }
        cast::sign_in(&again, "camille@example.org", GOOD).await.leads_to("/");
    }

    async fn one_address_cannot_try_many_accounts(scene: Scene) {
        let visitor = scene.visitor();
        for n in 0..20 {
            cast::sign_in(&visitor, &format!("nobody{n}@example.org"), OTHER).await.status(401);
        }
        let answer = cast::sign_in(&visitor, "nobody20@example.org", OTHER).await.status(429);
        assert_eq!(answer.headers["retry-after"], "15");
        scene.pass(SignedDuration::from_mins(5));
        cast::sign_in(&visitor, "nobody20@example.org", OTHER).await.status(401);
    }

    async fn who_has_not_confirmed_is_told_so_and_mailed_the_link_again(scene: Scene) {
        let camille = scene.visitor();
        cast::sign_up(&camille, "camille@example.org", GOOD).await;
        scene.mails().await;
        cast::sign_in(&camille, "camille@example.org", OTHER).await.status(401);
        assert!(scene.mails().await.is_empty());
        let answer = cast::sign_in(&camille, "camille@example.org", GOOD).await.status(403);
        answer.shows("Confirmez d’abord votre adresse");
        let confirm = link(&scene.mails().await[0], "/confirm/");
        camille.post(&confirm, &[]).await.leads_to("/sign-in?said=email-confirmed");
        cast::sign_in(&camille, "camille@example.org", GOOD).await.leads_to("/");
    }

    async fn a_session_lasts_thirty_days_from_its_last_use(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = cast::signed_in(&scene, "camille").await;
        for _ in 0..3 {
            scene.pass(SignedDuration::from_hours(29 * 24));
            camille.get("/account").await.status(200);
        }
        scene.pass(SignedDuration::from_hours(30 * 24));
        camille.get("/account").await.leads_to("/sign-in?next=%2Faccount");
    }

    async fn signing_in_again_ends_the_session_before(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = cast::signed_in(&scene, "camille").await;
        let before = camille.again();
        cast::sign_in(&camille, "camille@example.org", GOOD).await.leads_to("/");
        before.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        camille.get("/account").await.status(200);
        assert_eq!(scene.number("select count(*) from account_session").await, 1);
    }

    async fn the_cookie_is_for_this_site_and_for_no_script(scene: Scene) {
        cast::account(&scene, "camille").await;
        let answer = cast::sign_in(&scene.visitor(), "camille@example.org", GOOD).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
        // 256 bits.
        assert_eq!(cookie.split(['=', ';']).nth(1).unwrap().len(), 43);
    }

    async fn no_secret_is_kept_as_it_is(scene: Scene) {
        cast::account(&scene, "camille").await;
        let camille = cast::signed_in(&scene, "camille").await;
        let token = camille.cookie_header().split('=').nth(1).unwrap().to_owned();
        let found = scene.app.db.read::<_, crate::base::db::DbError, _>(move |r| {
            use crate::base::db::Read;
            r.count(
                "select count(*) from account_session where token_hash = $1",
                crate::params![token.into_bytes()],
            )
        });
        assert_eq!(found.await.unwrap(), 0);
    }
}
