use crate::{
    base::testing::{Browser, Scene, scenes},
    scan::testing::{Computer, held},
};
use rempart_wire::{EventBody, ManagementMode, OrderBody, QuarantineId, WorkspaceId};
use serde_json::Value;

async fn with_items(
    scene: &Scene,
    mode: ManagementMode,
) -> (Browser, WorkspaceId, Computer, Vec<QuarantineId>) {
    let camille = scene.person("camille").await;
    let workspace = scene.workspace(&camille, "Atelier", mode).await;
    let desk = Computer::enrolled(scene, workspace, "A").await;
    let mut items = Vec::new();
    for file in ["/home/camille/a.com", "/home/camille/b.zip"] {
        let report = held(scene, file);
        items.push(report.item);
        desk.tells(scene, EventBody::Quarantined(report)).await;
    }
    (camille, workspace, desk, items)
}

scenes! {
    async fn the_dialog_says_what_restoring_risks_and_the_device_is_told(scene: Scene) {
        let (camille, workspace, desk, items) = with_items(&scene, ManagementMode::LocalAndRemote).await;
        let page = format!("/workspaces/{workspace}/quarantine");
        let item = items[0].to_string();
        camille
            .get(&format!("{page}/restore?item={item}"))
            .await
            .status(200)
            .shows("<dialog open")
            .shows("a.com")
            .shows("S’il est malveillant, il pourra nuire");
        let answer = camille.post(&format!("{page}/restore"), &[("item", &item)]).await;
        let answer = answer.leads_to(&format!("{page}/{item}?said=quarantine-restore"));
        camille.get(answer.location()).await.shows("Restauration demandée").shows("S’il est éteint, ce sera à son retour");
        let [order] = &desk.orders(&scene).await[..] else { panic!("one order") };
        assert_eq!(order.body, OrderBody::Restore { item: items[0] });
        scene.audited("quarantine.restore", 1).await;
    }

    async fn several_ticked_files_are_deleted_for_good(scene: Scene) {
        let (camille, workspace, desk, items) = with_items(&scene, ManagementMode::RemoteOnly).await;
        let page = format!("/workspaces/{workspace}/quarantine");
        let ids: Vec<String> = items.iter().map(ToString::to_string).collect();
        let (a, b) = (ids[0].as_str(), ids[1].as_str());
        camille
            .get(&format!("{page}/delete?item={a}&item={b}"))
            .await
            .shows("Supprimer 2 fichiers")
            .shows("détruits pour de bon");
        camille
            .post(&format!("{page}/delete"), &[("item", a), ("item", b)])
            .await
            .leads_to(&format!("{page}?said=quarantine-delete"));
        let orders: Vec<_> = desk.orders(&scene).await.into_iter().map(|order| order.body).collect();
        for item in &items {
            assert!(orders.contains(&OrderBody::Delete { item: *item }));
        }
        camille.get(&page).await.shows("Suppression demandée");
        scene.audited("quarantine.delete", 1).await;
    }

    async fn what_somebody_else_dealt_with_is_passed_over(scene: Scene) {
        let (camille, workspace, desk, items) = with_items(&scene, ManagementMode::LocalAndRemote).await;
        let key = scene.api_key(&camille).await;
        let (api, page) = (format!("/api/v1/workspaces/{workspace}/quarantine"), format!("/workspaces/{workspace}/quarantine"));
        let (a, b) = (items[0].to_string(), items[1].to_string());
        assert_eq!(scene.api(&key).delete(&format!("{api}/{a}")).await.status(202).json()["state"], "deleting");
        scene.api(&key).delete(&format!("{api}/{a}")).await.refused(409, "item_not_held");
        scene.api(&key).post(&format!("{api}/{a}/restore"), Value::Null).await.refused(409, "item_not_held");
        camille.post(&format!("{page}/restore"), &[("item", &a)]).await.status(409).shows("n’est plus en quarantaine");
        camille.post(&format!("{page}/restore"), &[("item", &a), ("item", &b)]).await.status(303);
        assert_eq!(desk.orders(&scene).await.len(), 2);
    }

    async fn what_cannot_be_done_is_refused_with_its_code(scene: Scene) {
        let (camille, workspace, desk, items) = with_items(&scene, ManagementMode::LocalAndRemote).await;
        let key = scene.api_key(&camille).await;
        let (api, page) = (format!("/api/v1/workspaces/{workspace}/quarantine"), format!("/workspaces/{workspace}/quarantine"));
        camille.get(&format!("{page}/restore")).await.status(422).shows("Cochez au moins une ligne");
        camille.post(&format!("{page}/delete"), &[]).await.status(422);
        let nobodys = uuid::Uuid::from_u128(9).to_string();
        scene.api(&key).delete(&format!("{api}/{nobodys}")).await.refused(404, "not_found");
        camille.post(&format!("{page}/delete"), &[("item", &nobodys)]).await.status(404);
        desk.retired(&scene).await;
        scene.api(&key).delete(&format!("{api}/{}", items[0])).await.refused(409, "device_retired");
        camille.get(&page).await.shows("retiré, hors de portée");
        let stranger = scene.person("stranger").await;
        let elsewhere = scene.workspace(&stranger, "Elsewhere", ManagementMode::LocalAndRemote).await;
        let theirs = scene.api_key(&stranger).await;
        let foreign = format!("/api/v1/workspaces/{elsewhere}/quarantine/{}", items[0]);
        scene.api(&theirs).get(&foreign).await.refused(404, "not_found");
        scene.api(&theirs).delete(&foreign).await.refused(404, "not_found");
    }

    async fn a_workspace_managed_on_its_devices_says_why(scene: Scene) {
        let (camille, workspace, desk, items) = with_items(&scene, ManagementMode::LocalOnly).await;
        let key = scene.api_key(&camille).await;
        let api = format!("/api/v1/workspaces/{workspace}/quarantine/{}", items[0]);
        scene.api(&key).delete(&api).await.refused(409, "managed_locally");
        let page = format!("/workspaces/{workspace}/quarantine");
        let why = "Géré sur l’ordinateur";
        camille.get(&page).await.shows(why);
        camille.get(&format!("{page}/{}", items[0])).await.shows("aria-disabled=\"true\"").shows(why);
        camille.get(&format!("{page}/restore?item={}", items[0])).await.shows(why);
        camille.post(&format!("{page}/restore"), &[("item", &items[0].to_string())]).await.status(409).shows(why);
        assert!(desk.orders(&scene).await.is_empty());
    }
}
