use crate::{
    base::{
        authz::Role,
        testing::{Scene, scenes},
    },
    licence::testing::{enrol, personal},
};
use jiff::SignedDuration;
use rempart_wire::{LicenceId, ManagementMode};
use serde_json::{Value as Json, json};

async fn told(scene: &Scene, key: &str, licence: LicenceId, query: &str) -> Json {
    let path = format!("/api/v1/licences/{licence}/history{query}");
    scene.api(key).get(&path).await.status(200).json()
}

scenes! {
    async fn the_history_tells_who_when_before_and_after(scene: Scene) {
        let camille = scene.person("camille").await;
        let key = scene.api_key(&camille).await;
        let licence = personal(&scene, &camille, 5).await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let at = format!("/api/v1/workspaces/{workspace}/licence");
        scene.pass(SignedDuration::from_hours(1));
        scene.api(&key).put(&at, json!({ "licence": licence })).await.status(200);
        enrol(&scene, workspace).await.unwrap();
        scene.pass(SignedDuration::from_hours(1));
        scene.api(&key).delete(&at).await.status(204);
        scene.pass(SignedDuration::from_hours(1));
        scene.api(&key).put(&at, json!({ "licence": licence })).await.status(200);
        scene.pass(SignedDuration::from_hours(1));
        scene.api(&key).delete(&format!("/api/v1/workspaces/{workspace}?name=atelier")).await.status(204);
        scene.pass(SignedDuration::from_hours(1));
        scene.api(&key).post(&format!("/api/v1/workspaces/{workspace}/restore"), json!({})).await.status(200);

        let list = told(&scene, &key, licence, "").await;
        let items = list["items"].as_array().unwrap();
        let actions: Vec<&str> = items.iter().map(|one| one["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["licence.bring_back", "licence.set_aside", "licence.assign", "licence.detach", "licence.assign"]);
        let first = &items[4];
        assert_eq!((first["by"].as_str(), first["name"].as_str()), (Some("account"), Some("camille")));
        assert_eq!(first["before"], json!({ "workspace": null, "expires_at": null }));
        assert_eq!(first["after"]["workspace"], "Atelier");
        assert_eq!(items[3]["before"], json!({ "workspace": "Atelier", "seats_used": 1 }));
        assert_eq!(items[3]["after"], json!({ "workspace": null, "seats_used": 0 }));
        assert_eq!(items[0]["after"], json!({ "workspace": "Atelier", "seats_used": 1 }));

        let page = camille.get(&format!("/licences/{licence}")).await.status(200);
        page.shows("Détachée\u{a0}: son Workspace a été supprimé").shows("Places occupées").shows("C’est le cas de cette licence\u{a0}: Active.").shows("/workspaces?licence=");
        let two = told(&scene, &key, licence, "?limit=2").await;
        let next = two["next"].as_str().unwrap();
        let rest = told(&scene, &key, licence, &format!("?limit=9&cursor={next}")).await;
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["items"][0]["action"]), (3, &json!("licence.assign")));
    }

    async fn a_licence_is_shown_to_its_owner_and_to_who_manages_it(scene: Scene) {
        let camille = scene.person("camille").await;
        let licence = personal(&scene, &camille, 5).await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let path = format!("/licences/{licence}");
        let billing = scene.person("billing").await;
        scene.member(workspace, &billing, Role::BillingContact).await;
        let viewer = scene.person("viewer").await;
        scene.member(workspace, &viewer, Role::Viewer).await;
        billing.get(&path).await.status(404);
        let key = scene.api_key(&camille).await;
        scene.api(&key).put(&format!("/api/v1/workspaces/{workspace}/licence"), json!({ "licence": licence })).await.status(200);
        let page = billing.get(&path).await.status(200);
        assert!(!page.body.contains("/workspaces?licence="), "only its owner moves it");
        viewer.get(&path).await.status(403);
        scene.person("stranger").await.get(&path).await.status(404);
        for who in [&billing, &camille] {
            let key = scene.api_key(who).await;
            scene.api(&key).get(&format!("/api/v1{path}")).await.status(200);
            scene.api(&key).get(&format!("/api/v1{path}/history")).await.status(200);
        }
        let key = scene.api_key(&viewer).await;
        scene.api(&key).get(&format!("/api/v1{path}/history")).await.refused(403, "forbidden");
    }
}
