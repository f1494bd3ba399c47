use crate::{
    base::testing::scenes,
    scan::testing::{Computer, held},
};
use rempart_wire::{EventBody, ManagementMode};
use serde_json::json;

scenes! {
    async fn a_workspace_that_becomes_managed_on_the_spot_takes_its_orders_back(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let other = scene.workspace(&camille, "Autre", ManagementMode::LocalAndRemote).await;
        let (desk, till) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let elsewhere = Computer::enrolled(&scene, other, "C").await;
        let key = scene.api_key(&camille).await;
        let path = |at, what: &str| format!("/api/v1/workspaces/{at}{what}");
        let report = held(&scene, "/srv/held");
        let item = report.item;
        desk.tells(&scene, EventBody::Quarantined(report)).await;
        for at in [workspace, other] {
            let all = json!({ "devices": "all", "target": { "kind": "usual_places" } });
            scene.api(&key).post(&path(at, "/scans"), all).await.status(201);
        }
        till.fetches_orders(&scene).await;
        scene.api(&key).post(&path(workspace, &format!("/quarantine/{item}/restore")), json!({})).await;
        assert_eq!(scene.number("select count(*) from quarantine_item where state = 'restoring'").await, 1);
        assert_eq!((desk.orders(&scene).await.len(), till.orders(&scene).await.len()), (2, 1));

        // Another mode in which the portal gives orders leaves them alone.
        scene.api(&key).patch(&path(workspace, ""), json!({ "mode": "remote_only" })).await.status(200);
        assert_eq!(scene.number("select count(*) from device_order where state = 'cancelled'").await, 0);

        scene.api(&key).patch(&path(workspace, ""), json!({ "mode": "local_only" })).await.status(200);
        assert_eq!((desk.orders(&scene).await.len(), till.orders(&scene).await.len()), (0, 0));
        let scans = scene.api(&key).get(&path(workspace, "/scans")).await.status(200).json();
        for scan in scans["items"].as_array().unwrap() {
            assert_eq!((scan["state"].as_str(), scan["failure"]["code"].as_str()), (Some("failed"), Some("managed_locally")));
        }
        assert_eq!(scans["items"].as_array().unwrap().len(), 2);
        let item = scene.api(&key).get(&path(workspace, &format!("/quarantine/{item}"))).await.status(200).json();
        assert_eq!((item["state"].as_str(), item["failure"]["code"].as_str()), (Some("held"), Some("managed_locally")));
        camille.get(&format!("/workspaces/{workspace}/scans")).await.shows("Cet ordinateur est géré sur place");
        assert_eq!(elsewhere.orders(&scene).await.len(), 1);
    }
}
