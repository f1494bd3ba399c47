use crate::{
    base::{authz::Role, testing::scenes},
    scan::testing::{Computer, path, tally},
};
use jiff::SignedDuration;
use rempart_wire::{EventBody, ManagementMode, Origin, ScanId, ScanOutcome, ScanProgress, ScanTarget};

scenes! {
    async fn a_device_shows_its_latest_scans_and_how_far_they_are(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (desk, other) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let page = format!("/workspaces/{workspace}/devices/{}", desk.id);
        camille.get(&page).await.status(200).shows("Cet ordinateur n’a pas encore été analysé.");

        let begin = async |on: Computer, at: &str| {
            let scan: ScanId = scene.app.chance.id(scene.now());
            let target = ScanTarget::Path { path: path(at) };
            on.tells(&scene, EventBody::ScanStarted { scan, target, origin: Origin::Device }).await;
            scene.pass(SignedDuration::from_secs(1));
            scan
        };
        begin(other, "/srv/elsewhere").await;
        for number in 0..5u64 {
            let scan = begin(desk, &format!("/srv/{number}")).await;
            let outcome = ScanOutcome::Completed;
            desk.tells(&scene, EventBody::ScanFinished { scan, outcome, tally: tally(number, 0), unreadable: vec![] }).await;
        }
        let still = camille.get(&page).await.status(200).shows("Toutes ses analyses").shows("/srv/4").shows("hx-trigger=\"every 5s\"");
        assert!(!still.body.contains("/srv/0") && !still.body.contains("/srv/elsewhere"), "{}", still.body);
        assert!(still.body.contains(&format!("href=\"/workspaces/{workspace}/scans?device={}\"", desk.id)));

        let running = begin(desk, "/srv/<5>").await;
        camille.get(&page).await.shows("<progress class=\"ember\" aria-label").shows("hx-trigger=\"every 1s\"").shows("/srv/&#60;5&#62;");
        let progress = ScanProgress { scan: running, tally: tally(50, 1), expected_files: Some(200), current: None };
        scene.app.devices.tell(progress);
        let moving = camille.get(&page).await.shows("value=\"25\" max=\"100\"").shows("sur 200");
        assert!(!moving.body.contains("/srv/1\""), "{}", moving.body);
    }

    async fn who_may_not_see_scans_does_not_see_a_device(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let page = format!("/workspaces/{workspace}/devices/{}", desk.id);
        let (viewer, billing) = (scene.person("viewer").await, scene.person("billing").await);
        scene.member(workspace, &viewer, Role::Viewer).await;
        scene.member(workspace, &billing, Role::BillingContact).await;
        viewer.get(&page).await.status(200).shows("id=\"device-scans\"").shows("id=\"device-found\"").shows("id=\"device-held\"");
        billing.get(&page).await.status(403);
    }
}
