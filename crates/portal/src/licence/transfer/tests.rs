use crate::{
    base::{
        authz::Role,
        testing::{Browser, Scene, scenes},
    },
    licence::{
        Kind, Terms,
        testing::{counts_are_exact, enrol, personal, sold, terms},
    },
};
use jiff::SignedDuration;
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::json;

async fn placed(scene: &Scene, owner: &Browser, name: &str, licence: LicenceId) -> WorkspaceId {
    let workspace = scene.workspace(owner, name, ManagementMode::LocalAndRemote).await;
    let key = scene.api_key(owner).await;
    let path = format!("/api/v1/workspaces/{workspace}/licence");
    scene
        .api(&key)
        .put(&path, json!({ "licence": licence }))
        .await
        .status(200);
    workspace
}

scenes! {
    async fn a_licence_goes_over_once_both_sides_agreed(scene: Scene) {
        let (camille, dominique) = (scene.person("camille").await, scene.person("dominique").await);
        let licence = personal(&scene, &camille, 5).await;
        let workspace = placed(&scene, &camille, "Atelier", licence).await;
        enrol(&scene, workspace).await.unwrap();
        scene.pass(SignedDuration::from_hours(1));
        let path = format!("/licences/{licence}/transfer");
        dominique.get(&path).await.status(404);
        camille.get(&path).await.status(200).shows("« Atelier » n’aura plus de licence".replace("« ", "«\u{a0}").replace(" »", "\u{a0}»").as_str());
        camille.post(&path, &[("email", "Dominique@Example.org")]).await.leads_to(&format!("{path}?said=transfer-offered"));
        camille.post(&path, &[("email", "somebody@example.org")]).await.status(409);
        let mails = scene.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "Dominique@example.org"));
        assert!(mails[0].text.contains(&path), "{}", mails[0].text);
        scene.person("stranger").await.get(&path).await.status(404);
        dominique.get("/licences").await.status(200).shows(&path);
        dominique.get(&path).await.status(200).shows("camille@example.org").shows("Accepter");
        scene.pass(SignedDuration::from_hours(1));
        dominique.post(&format!("{path}/accept"), &[]).await.leads_to(&format!("/licences/{licence}?said=transfer-accepted"));
        counts_are_exact(&scene).await;

        camille.get(&format!("/licences/{licence}")).await.status(404);
        let key = scene.api_key(&dominique).await;
        let shown = scene.api(&key).get(&format!("/api/v1/licences/{licence}")).await.status(200).json();
        assert_eq!((shown.get("workspace"), shown["seats_used"].as_u64()), (None, Some(0)));
        assert_eq!(shown["expires_at"], "2028-03-01T09:00:00Z", "its time goes with it");
        let told = scene.api(&key).get(&format!("/api/v1/licences/{licence}/history")).await.json();
        let actions: Vec<&str> = told["items"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["licence.transfer_accept"], "what was before is the former owner's");
        camille.post(&format!("{path}/end"), &[]).await.status(404);
    }

    async fn who_manages_the_workspace_keeps_the_licence_there(scene: Scene) {
        let (camille, dominique) = (scene.person("camille").await, scene.person("dominique").await);
        let licence = personal(&scene, &camille, 5).await;
        let workspace = placed(&scene, &camille, "Atelier", licence).await;
        enrol(&scene, workspace).await.unwrap();
        scene.member(workspace, &dominique, Role::Admin).await;
        let (one, two) = (scene.api_key(&camille).await, scene.api_key(&dominique).await);
        let path = format!("/api/v1/licences/{licence}/transfer");
        scene.api(&one).post(&path, json!({ "email": "dominique@example.org" })).await.status(201);
        let accepted = scene.api(&two).post(&format!("{path}/accept"), json!({})).await.status(200).json();
        assert_eq!((accepted["workspace"]["name"].as_str(), accepted["seats_used"].as_u64()), (Some("Atelier"), Some(1)));
        counts_are_exact(&scene).await;
    }

    async fn an_offer_ends_when_it_is_declined_withdrawn_or_old(scene: Scene) {
        let (camille, dominique) = (scene.person("camille").await, scene.person("dominique").await);
        let licence = personal(&scene, &camille, 5).await;
        let (one, two) = (scene.api_key(&camille).await, scene.api_key(&dominique).await);
        let (offers, answers) = (scene.api(&one), scene.api(&two));
        let path = format!("/api/v1/licences/{licence}/transfer");
        let to = json!({ "email": "dominique@example.org" });
        for ends in [&offers, &answers] {
            offers.post(&path, to.clone()).await.status(201);
            ends.delete(&path).await.status(204);
            answers.post(&format!("{path}/accept"), json!({})).await.refused(404, "not_found");
        }
        scene.audited("licence.transfer_withdraw", 1).await;
        scene.audited("licence.transfer_decline", 1).await;
        offers.post(&path, to.clone()).await.status(201);
        scene.pass(SignedDuration::from_hours(24 * 7));
        answers.post(&format!("{path}/accept"), json!({})).await.refused(409, "transfer_over");
        offers.post(&path, to).await.status(201);
    }

    async fn a_licence_is_offered_five_times_a_day_and_no_more(scene: Scene) {
        let camille = scene.person("camille").await;
        let (licence, other) = (personal(&scene, &camille, 5).await, personal(&scene, &camille, 5).await);
        let key = scene.api_key(&camille).await;
        let (program, path) = (scene.api(&key), format!("/api/v1/licences/{licence}/transfer"));
        let to = |hour: i64| json!({ "email": format!("somebody{hour}@example.org") });
        for hour in 0..5 {
            program.post(&path, to(hour)).await.status(201);
            program.delete(&path).await.status(204);
            scene.pass(SignedDuration::from_hours(1));
        }
        let refused = program.post(&path, to(5)).await.refused(429, "transfer_too_often").about("email");
        assert_eq!(refused.json()["facts"]["retry_after"], 19 * 3600);
        assert_eq!(refused.headers["retry-after"], "68400");
        camille.post(&format!("/licences/{licence}/transfer"), &[("email", "x@example.org")]).await.status(429).shows("cinq fois en 24 heures");
        program.post(&format!("/api/v1/licences/{other}/transfer"), to(5)).await.status(201);
        assert_eq!(scene.mails().await.len(), 6);
        scene.pass(SignedDuration::from_hours(19));
        program.post(&path, to(6)).await.status(201);
        program.delete(&path).await.status(204);
        program.post(&path, to(7)).await.refused(429, "transfer_too_often");
    }

    async fn what_cannot_be_handed_over_says_why(scene: Scene) {
        let camille = scene.person("camille").await;
        let key = scene.api_key(&camille).await;
        let renewing = Terms { kind: Kind::Subscription, owner: Some(camille.account), ..terms(5) };
        let (subscription, _) = sold(&scene, renewing).await;
        let to = json!({ "email": "dominique@example.org" });
        let offer = async |licence, to: &serde_json::Value| {
            scene.api(&key).post(&format!("/api/v1/licences/{licence}/transfer"), to.clone()).await
        };
        crate::licence::testing::renews(&scene, subscription).await;
        offer(subscription, &to).await.refused(409, "licence_renews");
        let licence = personal(&scene, &camille, 5).await;
        offer(licence, &json!({ "email": "CAMILLE@example.org" })).await.refused(422, "transfer_to_self").about("email");
        offer(licence, &json!({ "email": "nobody" })).await.refused(422, "email_invalid").about("email");
        offer(licence, &to).await.status(201);
        offer(licence, &to).await.refused(409, "transfer_open").about("email");
        let dominique = scene.api_key(&scene.person("dominique").await).await;
        scene.api(&dominique).post(&format!("/api/v1/licences/{subscription}/transfer"), json!({ "email": "else@example.org" })).await.refused(404, "not_found");
    }

    async fn a_move_is_undone_and_so_is_what_it_replaced(scene: Scene) {
        let camille = scene.person("camille").await;
        let (first, second) = (personal(&scene, &camille, 5).await, personal(&scene, &camille, 3).await);
        let (one, two) = (placed(&scene, &camille, "Un", first).await, placed(&scene, &camille, "Deux", second).await);
        for _ in 0..2 { enrol(&scene, one).await.unwrap(); }
        enrol(&scene, two).await.unwrap();
        let key = scene.api_key(&camille).await;
        let all = json!({ "licence": first, "confirm_move": true, "confirm_replace": true });
        scene.api(&key).put(&format!("/api/v1/workspaces/{two}/licence"), all).await.status(200);
        let page = format!("/licences/{first}");
        camille.get(&page).await.status(200).shows("Annuler le déplacement");
        camille.post(&format!("{page}/undo-move"), &[]).await.leads_to(&format!("{page}?said=move-undone"));
        counts_are_exact(&scene).await;
        let at = async |licence: LicenceId| {
            let shown = scene.api(&key).get(&format!("/api/v1/licences/{licence}")).await.json();
            (shown["workspace"]["name"].as_str().unwrap_or_default().to_owned(), shown["seats_used"].as_u64().unwrap())
        };
        assert_eq!((at(first).await, at(second).await), (("Un".into(), 2), ("Deux".into(), 1)));
        camille.post(&format!("{page}/undo-move"), &[]).await.status(409);

        scene.api(&key).delete(&format!("/api/v1/workspaces/{one}/licence")).await.status(204);
        scene.api(&key).post(&format!("/api/v1/licences/{first}/undo-move"), json!({})).await.status(204);
        assert_eq!(at(first).await, ("Un".into(), 2));
        scene.api(&key).delete(&format!("/api/v1/workspaces/{one}/licence")).await.status(204);
        scene.pass(SignedDuration::from_hours(24 * 7));
        scene.api(&key).post(&format!("/api/v1/licences/{first}/undo-move"), json!({})).await.refused(409, "move_over");
    }
}
