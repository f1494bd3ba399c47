use super::*;
use crate::base::db::{DbError, Read};

/// Whatever the database still holds of a person.
async fn traces(scene: &Scene) -> Vec<(String, String, String)> {
    let rows = scene.app.db.read::<_, DbError, _>(|r| {
        let rows = r.rows(
            "select name, email, password_hash from account where erased_at is not null",
            crate::params![],
        )?;
        rows.iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .collect()
    });
    rows.await.unwrap()
}

scenes! {
    async fn after_seven_days_the_person_is_forgotten_and_protection_goes_on(scene: Scene) {
        let stage = Stage::set(&scene).await;
        stage.closes().await;
        // Her key is nobody else's as long as she can come back.
        stage.other.post("/api/v1/licences", json!({ "key": stage.key })).await.refused(409, "key_taken");
        scene.pass(DAY * 7 - SignedDuration::from_secs(1));
        scene.mails().await;
        scene.audited("account.purge", 0).await;
        scene.pass(SignedDuration::from_secs(1));
        let mails = scene.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "camille@example.org"));
        assert!(mails[0].subject.contains("effacé"), "{mails:?}");
        scene.audited("account.purge", 1).await;
        let traces = traces(&scene).await;
        assert_eq!(traces.len(), 1);
        assert!(traces[0].0.is_empty() && traces[0].1.starts_with("erased ") && traces[0].2.is_empty(), "{traces:?}");

        let shown = stage.protected().await;
        assert_eq!((&shown["id"], &shown["seats_used"], &shown["state"]), (&json!(stage.attached), &json!(2), &json!("active")));
        let his = stage.other.get(&format!("/api/v1/licences/{}", stage.attached)).await.status(200).json();
        assert_eq!(his["expires_at"], "2028-03-01T09:00:00Z");
        let list = stage.other.get("/api/v1/licences").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "it is Dominique's");
        let history = stage.other.get(&format!("/api/v1/licences/{}/history", stage.attached)).await.json();
        assert_eq!(history["items"][0]["action"], "licence.inherit");
        assert!(!history.to_string().contains("camille"), "{history}");
        stage.dominique.get(&format!("/licences/{}", stage.attached)).await.status(200).shows("Passée au propriétaire de son Workspace");
        stage.dominique.get(&format!("/workspaces/{}", stage.workspace)).await.status(200).shows("La licence est passée au propriétaire du Workspace");
        let settings = stage.dominique.get(&format!("/workspaces/{}/settings", stage.workspace)).await.status(200);
        assert!(!settings.body.contains("a fermé son compte"), "it has an owner");
        counts_are_exact(&scene).await;

        // What protected nobody ended, for good.
        stage.other.post("/api/v1/licences", json!({ "key": stage.key })).await.status(409);
        assert_eq!(scene.number("select count(*) from licence where revoked_at is not null and owner is null").await, 1);
        assert_eq!(scene.number("select count(*) from member where role = 'admin'").await, 0);
        let back = scene.visitor();
        sign_in(&back, "camille@example.org", GOOD).await.status(401);
        let again = json!({ "email": "camille@example.org", "password": GOOD });
        scene.api("").post("/api/v1/account-reopenings", again).await.refused(401, "credentials_invalid");
        // Her address is free for somebody new.
        scene.person("camille").await.get("/licences").await.status(200);
    }

    async fn who_came_back_and_left_again_has_seven_days_from_then(scene: Scene) {
        let stage = Stage::set(&scene).await;
        stage.closes().await;
        scene.pass(DAY * 5);
        let back = scene.visitor();
        sign_in(&back, "camille@example.org", GOOD).await.leads_to("/");
        back.post("/account/closure/undo", &[]).await.leads_to("/account?said=account-reopened");
        scene.pass(DAY);
        back.post("/account/closure", &[("password", GOOD)]).await.leads_to("/sign-in?said=account-closed");
        scene.pass(DAY * 6);
        scene.work().await;
        scene.audited("account.purge", 0).await;
        sign_in(&back, "camille@example.org", GOOD).await.leads_to("/");
        back.get("/licences").await.leads_to("/account/closure");
        scene.pass(DAY);
        scene.work().await;
        scene.audited("account.purge", 1).await;
        back.get("/account/closure").await.leads_to("/sign-in?next=%2Faccount%2Fclosure");
        assert_eq!(stage.protected().await["seats_used"], 2);
    }

    async fn who_is_about_to_come_back_at_the_last_moment_does_or_does_not(scene: Scene) {
        let stage = Stage::set(&scene).await;
        stage.closes().await;
        scene.pass(DAY * 7);
        let again = json!({ "email": "camille@example.org", "password": GOOD });
        let nobody = scene.api("");
        let (reopened, ()) = futures_util::future::join(nobody.post("/api/v1/account-reopenings", again), scene.work()).await;
        let erased = scene.number("select count(*) from account where erased_at is not null").await;
        let open = scene.number("select count(*) from account where name = 'camille' and closed_at is null").await;
        assert_eq!((reopened.code == 204, erased, open), if erased == 0 { (true, 0, 1) } else { (false, 1, 0) }, "{}", reopened.body);
        let owned = scene.number("select count(*) from licence where owner is null").await;
        assert_eq!(owned, erased, "licences follow");
    }

    async fn nobody_is_reminded_of_what_they_left(scene: Scene) {
        let stage = Stage::set(&scene).await;
        scene.pass(DAY * 359);
        let key = scene.api_key(&stage.camille).await;
        scene.api(&key).post(CLOSURE, json!({ "password": GOOD })).await.status(200);
        scene.mails().await;
        scene.pass(DAY * 6);
        let mails = scene.mails().await;
        assert!(mails.iter().all(|mail| !mail.to.starts_with("camille")), "{mails:?}");
    }
}
