use crate::{
    base::testing::scenes,
    scan::testing::{Computer, held},
};
use jiff::SignedDuration;
use rempart_wire::{EventBody, ManagementMode, QuarantineState};

scenes! {
    async fn a_device_shows_what_it_holds_and_no_longer_what_it_gave_back(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (desk, other) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let page = format!("/workspaces/{workspace}/devices/{}", desk.id);
        camille.get(&page).await.shows("Aucun fichier de cet ordinateur n’est en quarantaine.");
        other.tells(&scene, EventBody::Quarantined(held(&scene, "/srv/elsewhere"))).await;
        let mut items = Vec::new();
        for number in 0..5 {
            scene.pass(SignedDuration::from_secs(1));
            let report = held(&scene, &format!("/srv/file-{number}"));
            items.push(report.item);
            desk.tells(&scene, EventBody::Quarantined(report)).await;
        }
        let shown = camille.get(&page).await.shows("file-4").shows("file-1").shows("Toute sa quarantaine");
        assert!(!shown.body.contains("file-0") && !shown.body.contains("elsewhere"), "{}", shown.body);
        assert!(shown.body.contains(&format!("href=\"/workspaces/{workspace}/quarantine/{}\"", items[4])));
        let (item, state) = (items[4], QuarantineState::Restored);
        desk.tells(&scene, EventBody::QuarantineChanged { item, order: None, state, failure: None }).await;
        let after = camille.get(&page).await.shows("file-0");
        assert!(!after.body.contains("file-4"), "{}", after.body);
    }
}
