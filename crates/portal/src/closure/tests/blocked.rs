use super::*;

scenes! {
    async fn who_owns_a_workspace_deletes_it_first(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let own = scene.workspace(&stage.camille, "Chez Camille", ManagementMode::LocalAndRemote).await;
        let path = format!("/api/v1/workspaces/{own}/licence");
        stage.program.put(&path, json!({ "licence": stage.loose })).await.status(200);
        let told = stage.program.get(CLOSURE).await.json();
        assert_eq!((&told["possible"], &told["own_workspaces"][0]["id"]), (&json!(false), &json!(own)));
        let refused = stage.program.post(CLOSURE, json!({ "password": GOOD })).await.refused(409, "account_owns_workspaces");
        assert_eq!(refused.json()["facts"]["workspaces"][0]["name"], "Chez Camille");
        let page = stage.camille.get("/account/closure").await.status(200);
        let page = page.shows(&format!("/workspaces/{own}/delete")).shows("Workspace d’abord");
        assert!(!page.body.contains("name=\"password\""), "there is nothing to confirm yet");
        stage.camille.post("/account/closure", &[("password", GOOD)]).await.status(409).shows("Supprimez-le d’abord");
        assert_eq!(scene.mails().await.len(), 0);
        scene.audited("payment.renew_off", 0).await;
        stage.program.get("/api/v1/account").await.status(200);

        let delete = format!("/api/v1/workspaces/{own}?name=Chez%20Camille");
        stage.program.delete(&delete).await.status(204);
        let told = stage.program.get(CLOSURE).await.json();
        assert_eq!((&told["possible"], &told["deleted_workspaces"][0]["name"]), (&json!(true), &json!("Chez Camille")));
        assert_eq!(one(&told, stage.loose)["fate"], "ends");
        scene.pass(DAY);
        stage.closes().await;
        scene.pass(DAY * 7);
        scene.work().await;
        scene.audited("workspace.purge", 1).await;
        scene.audited("account.purge", 1).await;
    }

    async fn the_last_operator_stays_and_of_two_one_may_go(scene: Scene) {
        let ada = scene.operator().await;
        give_password(&scene, &ada).await;
        let program = scene.api(&scene.api_key(&ada).await);
        assert_eq!(program.get(CLOSURE).await.json()["last_operator"], true);
        program.post(CLOSURE, json!({ "password": GOOD })).await.refused(409, "operator_last");
        ada.get("/account/closure").await.status(200).shows("seul exploitant");
        let second = scene.person("second").await;
        give_password(&scene, &second).await;
        let account = second.account;
        let made = scene.app.db.write::<_, crate::base::db::DbError, _>(move |mut tx| {
            tx.execute("update account set operator = true where id = $1", crate::params![account])?;
            let event = crate::base::audit::AuditEvent::new(crate::base::audit::AuditActor::Server, "test.operator");
            tx.commit(event, ())
        });
        made.await.unwrap();
        let other = scene.api(&scene.api_key(&second).await);
        let body = json!({ "password": GOOD });
        let (one, two) = futures_util::future::join(program.post(CLOSURE, body.clone()), other.post(CLOSURE, body)).await;
        let mut codes = [one.code, two.code];
        codes.sort_unstable();
        assert_eq!(codes, [200, 409], "{} {}", one.body, two.body);
        assert_eq!(scene.number("select count(*) from account where operator = true and closed_at is null").await, 1);
    }

    async fn a_workspace_made_while_its_owner_leaves_has_an_owner(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let made = stage.program.post("/api/v1/workspaces", json!({ "name": "Au dernier moment" }));
        let closed = stage.program.post(CLOSURE, json!({ "password": GOOD }));
        let (made, closed) = futures_util::future::join(made, closed).await;
        match (made.code, closed.code) {
            (201, 409) | (401 | 403, 200) => {}
            other => panic!("{other:?}: {} {}", made.body, closed.body),
        }
        let orphans = scene.number(
            "select count(*) from member join account on account.id = member.account
             where role = 'primary_owner' and closed_at is not null",
        ).await;
        assert_eq!(orphans, 0);
    }
}
