use crate::{
    base::testing::scenes,
    scan::testing::{Computer, found, path, tally},
};
use rempart_wire::{
    DetectionAction, EventBody, ManagementMode, Origin, ScanId, ScanOutcome, ScanProgress, ScanTarget,
};

scenes! {
    async fn a_running_scan_is_followed_and_then_shown_whole(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let scan: ScanId = scene.app.chance.id(scene.now());
        let origin = Origin::Device;
        desk.tells(&scene, EventBody::ScanStarted { scan, target: ScanTarget::UsualPlaces, origin }).await;
        let page = format!("/workspaces/{workspace}/scans/{scan}");
        camille.get(&page).await.shows("hx-trigger=\"every 1s\"").shows("Ses premières nouvelles arrivent").shows("<noscript>");

        let current = Some(path("/home/camille/<photo>.jpg"));
        scene.app.devices.tell(ScanProgress { scan, tally: tally(50, 1), expected_files: Some(200), current });
        let fragment = camille.get(&format!("{page}/progress")).await.status(200);
        assert!(!fragment.headers.contains_key("hx-refresh"));
        let fragment = fragment.shows("<progress class=\"ember\" value=\"25\" max=\"100\"").shows("&#60;photo&#62;.jpg");
        assert!(!fragment.body.contains("<html"));
        let key = scene.api_key(&camille).await;
        let api = scene.api(&key).get(&format!("/api{}", page.replacen("/workspaces", "/v1/workspaces", 1))).await.json();
        assert_eq!(api["progress"]["tally"]["files"], 50);

        let report = found(&scene, "/home/camille/eicar.com", DetectionAction::Quarantined, Some(scan));
        desk.tells(&scene, EventBody::Detection(report)).await;
        let outcome = ScanOutcome::Completed;
        desk.tells(&scene, EventBody::ScanFinished { scan, outcome, tally: tally(200, 1), unreadable: vec![] }).await;
        let fragment = camille.get(&format!("{page}/progress")).await.status(200);
        assert_eq!(fragment.headers["hx-refresh"], "true");
        let whole = camille.get(&page).await.shows("eicar.com").shows("Le fichier de test EICAR").shows("Lus en partie");
        assert!(!whole.body.contains("hx-trigger"));
    }
}
