use crate::{
    base::testing::scenes,
    scan::testing::{Computer, held},
};
use rempart_wire::{EventBody, ManagementMode, QuarantineState};

scenes! {
    async fn what_is_held_is_listed_and_what_left_when_asked(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (a, b) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let page = format!("/workspaces/{workspace}/quarantine");
        camille.get(&page).await.status(200).shows("Rien en quarantaine");
        let (kept, left) = (held(&scene, "/home/camille/kept.com"), held(&scene, "/srv/left.com"));
        let gone = left.item;
        a.tells(&scene, EventBody::Quarantined(kept)).await;
        b.tells(&scene, EventBody::Quarantined(left)).await;
        let state = QuarantineState::Deleted;
        b.tells(&scene, EventBody::QuarantineChanged { item: gone, order: None, state, failure: None }).await;

        let held = camille.get(&page).await.shows("kept.com").shows("/home/camille").shows("68\u{a0}o").shows("camille");
        assert!(!held.body.contains("left.com"));
        let deleted = camille.get(&format!("{page}?state=deleted")).await.shows("left.com");
        assert!(!deleted.body.contains("kept.com") && !deleted.body.contains("type=\"checkbox\""));
        camille.get(&format!("{page}?state=&device={}", b.id)).await.shows("Aucun fichier ne correspond");
        let key = scene.api_key(&camille).await;
        let items = scene.api(&key).get(&format!("/api/v1{page}?device={}", a.id)).await.status(200).json();
        assert_eq!(items["items"][0]["rules"][0], "Rempart_Test_Eicar");
        scene.api(&key).get(&format!("/api/v1{page}?state=lost")).await.refused(422, "invalid_field").about("state");
    }
}
