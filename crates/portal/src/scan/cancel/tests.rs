use crate::{
    base::testing::{Browser, Scene, scenes},
    scan::testing::{Computer, tally},
};
use jiff::SignedDuration;
use rempart_wire::{
    EventBody, ManagementMode, OrderBody, Origin, ScanId, ScanOutcome, ScanTarget, WorkspaceId,
};
use serde_json::json;

async fn asked(scene: &Scene) -> (Browser, WorkspaceId, Computer, ScanId) {
    let camille = scene.person("camille").await;
    let workspace = scene
        .workspace(&camille, "Atelier", ManagementMode::LocalAndRemote)
        .await;
    let desk = Computer::enrolled(scene, workspace, "A").await;
    let id = desk.id.to_string();
    camille
        .post(&format!("/workspaces/{workspace}/scans/new"), &[("device", &id)])
        .await
        .status(303);
    let orders = desk.orders(scene).await;
    let OrderBody::Scan { scan, .. } = orders[0].body else {
        panic!("{orders:?}")
    };
    (camille, workspace, desk, scan)
}

async fn begins(scene: &Scene, desk: Computer, scan: ScanId) {
    let order = desk.orders(scene).await[0].id;
    desk.tells(
        scene,
        EventBody::ScanStarted {
            scan,
            target: ScanTarget::UsualPlaces,
            origin: Origin::Portal { order },
        },
    )
    .await;
}

scenes! {
    async fn what_has_not_begun_is_over_at_once(scene: Scene) {
        let (camille, workspace, desk, scan) = asked(&scene).await;
        let page = format!("/workspaces/{workspace}/scans/{scan}");
        camille.post(&format!("{page}/cancel"), &[]).await.leads_to(&format!("{page}?said=scan-cancelled"));
        camille.get(&page).await.shows("Arrêtée");
        assert!(desk.orders(&scene).await.is_empty(), "the order was withdrawn");
        scene.audited("scan.cancel", 1).await;
    }

    async fn a_running_one_is_told_and_says_when_it_is_over(scene: Scene) {
        let (camille, workspace, desk, scan) = asked(&scene).await;
        desk.fetches_orders(&scene).await;
        begins(&scene, desk, scan).await;
        scene.pass(SignedDuration::from_secs(1));
        let key = scene.api_key(&camille).await;
        let path = format!("/api/v1/workspaces/{workspace}/scans/{scan}");
        assert_eq!(scene.api(&key).delete(&path).await.status(200).json()["state"], "cancelling");
        assert_eq!(scene.api(&key).delete(&path).await.status(200).json()["state"], "cancelling");
        let orders = desk.orders(&scene).await;
        assert_eq!(orders.len(), 2, "asked once");
        assert_eq!(orders[1].body, OrderBody::CancelScan { scan });

        let over = EventBody::ScanFinished { scan, outcome: ScanOutcome::Cancelled, tally: tally(7, 0), unreadable: vec![] };
        desk.tells(&scene, over).await;
        assert_eq!(scene.api(&key).get(&path).await.json()["state"], "cancelled");
        scene.api(&key).delete(&path).await.refused(409, "scan_over");
    }

    async fn one_that_was_fetched_but_has_not_begun_is_told_too(scene: Scene) {
        let (camille, workspace, desk, scan) = asked(&scene).await;
        desk.fetches_orders(&scene).await;
        camille.post(&format!("/workspaces/{workspace}/scans/{scan}/cancel"), &[]).await.status(303);
        begins(&scene, desk, scan).await;
        camille.get(&format!("/workspaces/{workspace}/scans/{scan}")).await.shows("S’arrête");
        assert_eq!(desk.orders(&scene).await.len(), 2);
    }

    async fn nobody_stops_the_scans_of_others(scene: Scene) {
        let (_, _, _, scan) = asked(&scene).await;
        let stranger = scene.person("stranger").await;
        let elsewhere = scene.workspace(&stranger, "Elsewhere", ManagementMode::LocalAndRemote).await;
        let key = scene.api_key(&stranger).await;
        let path = format!("/api/v1/workspaces/{elsewhere}/scans/{scan}");
        scene.api(&key).delete(&path).await.refused(404, "not_found");
        scene.api(&key).get(&path).await.refused(404, "not_found");
        scene.api(&key).post(&path, json!({})).await.refused(405, "method_not_allowed");
    }
}
