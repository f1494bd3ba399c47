use crate::{
    base::testing::scenes,
    device::link::tests::computer::{Computer, Portal, licensed},
};
use jiff::SignedDuration;
use rempart_wire::ManagementMode;
use serde_json::json;

scenes! {
    async fn the_command_is_shown_once_and_enrols(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 3).await;
        let path = format!("/workspaces/{workspace}/devices/add");
        camille.get(&path).await.status(200).shows("Télécharger et installer la protection").shows("Obtenir la commande");
        let page = camille.post(&path, &[("lifetime", "day"), ("device_limit", "2")]).await.status(200);
        let page = page.shows("rempart-agent enrol --portal http://127.0.0.1:8420 --token rpe_").shows("Pour 2 ordinateurs au plus.");
        let page = page.shows("rempart-agent run").shows("Valable jusqu’au 2\u{a0}mars\u{a0}2027");
        let token = page.body.split("--token ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let again = camille.get(&path).await.shows(&format!("…{}", &token[token.len() - 4..])).shows("0 sur 2");
        assert!(!again.body.contains(&token));
        let portal = Portal::open(&scene).await;
        Computer::new(1).take(&portal, &token).await.unwrap();
        camille.get(&path).await.shows("1 sur 2");
        scene.audited("enrolment_token.make", 1).await;
    }

    async fn a_revoked_token_enrols_nothing_more(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 3).await;
        let (key, tokens) = (scene.api_key(&camille).await, format!("/api/v1/workspaces/{workspace}/enrolment-tokens"));
        let program = scene.api(&key);
        let made = program.post(&tokens, json!({ "lifetime": "hour" })).await.status(201).json();
        let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
        assert!(made["command"].as_str().unwrap().contains(token));
        assert_eq!(program.get(&tokens).await.status(200).json()["items"][0]["id"], id);
        let portal = Portal::open(&scene).await;
        Computer::new(1).take(&portal, token).await.unwrap();
        camille.post(&format!("/workspaces/{workspace}/enrolment-tokens/{id}/revoke"), &[]).await
            .leads_to(&format!("/workspaces/{workspace}/devices/add?said=token-revoked"));
        let (status, problem) = Computer::new(2).dial(&portal, token).await.err().unwrap();
        assert_eq!((status, problem["code"].as_str()), (401, Some("token_revoked")));
        assert_eq!(program.get(&tokens).await.json()["items"], json!([]));
        program.delete(&format!("{tokens}/{id}")).await.refused(404, "not_found");
        scene.audited("enrolment_token.revoke", 1).await;
        assert_eq!(scene.number("select count(*) from device where state = 'enrolled'").await, 1);
    }

    async fn without_a_licence_the_page_says_what_to_do(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let path = format!("/workspaces/{workspace}/devices/add");
        camille.get(&path).await.status(200).shows("Ce Workspace n’a pas encore de licence.").shows("essai de 30 jours");
        camille.post(&path, &[("lifetime", "day")]).await.status(409).shows("Ce Workspace n’a pas encore de licence.");
        let key = scene.api_key(&camille).await;
        let answer = scene.api(&key).post(&format!("/api/v1/workspaces/{workspace}/enrolment-tokens"), json!({})).await;
        answer.refused(409, "workspace_without_licence");
        scene.audited("enrolment_token.make", 0).await;
    }

    async fn a_limit_that_is_none_is_refused_with_what_was_typed(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 3).await;
        let path = format!("/workspaces/{workspace}/devices/add");
        for typed in ["0", "-1", "beaucoup", "100001", "99999999999999999999999"] {
            camille.post(&path, &[("lifetime", "month"), ("device_limit", typed)]).await.status(422)
                .shows("Donnez un nombre d’ordinateurs").shows(&format!("value=\"{typed}\""));
        }
        let key = scene.api_key(&camille).await;
        let tokens = format!("/api/v1/workspaces/{workspace}/enrolment-tokens");
        scene.api(&key).post(&tokens, json!({ "device_limit": 0 })).await.refused(422, "device_limit_invalid").about("device_limit");
        scene.api(&key).post(&tokens, json!({ "lifetime": "for ever" })).await.refused(422, "invalid_field");
        scene.audited("enrolment_token.make", 0).await;
    }

    async fn what_nobody_will_ask_for_again_is_cleared_away(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 3).await;
        camille.post(&format!("/workspaces/{workspace}/devices/add"), &[("lifetime", "hour")]).await.status(200);
        scene.pass(SignedDuration::from_hours(24 * 59));
        scene.work().await;
        assert_eq!(scene.number("select count(*) from enrolment_token").await, 1);
        scene.pass(SignedDuration::from_hours(24 * 2));
        scene.work().await;
        assert_eq!(scene.number("select count(*) from enrolment_token").await, 0);
        // And it is planned again, once.
        assert_eq!(scene.number("select count(*) from job where kind = 'device.tidy'").await, 1);
    }
}
