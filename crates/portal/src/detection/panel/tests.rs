use crate::{
    base::testing::scenes,
    scan::testing::{Computer, found, write},
};
use jiff::SignedDuration;
use rempart_wire::{DetectionAction, EventBody, ManagementMode};

scenes! {
    async fn a_device_shows_what_was_found_on_it_and_not_on_another(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (desk, other) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let page = format!("/workspaces/{workspace}/devices/{}", desk.id);
        camille.get(&page).await.shows("Rien de malveillant n’a été trouvé sur cet ordinateur.");
        other.tells(&scene, EventBody::Detection(found(&scene, "/srv/elsewhere", DetectionAction::Reported, None))).await;
        for number in 0..5 {
            scene.pass(SignedDuration::from_secs(1));
            let report = found(&scene, &format!("/srv/{number}.<com>"), DetectionAction::QuarantineFailed, None);
            desk.tells(&scene, EventBody::Detection(report)).await;
        }
        let shown = camille.get(&page).await.shows("4.&#60;com&#62;").shows("Le fichier de test EICAR").shows("Quarantaine impossible");
        assert!(!shown.body.contains("0.&#60;com") && !shown.body.contains("elsewhere"), "{}", shown.body);
        assert!(shown.body.contains(&format!("href=\"/workspaces/{workspace}/detections?device={}\"", desk.id)));
        let english = camille.again();
        english.post("/account/language", &[("language", "en")]).await.status(303);
        english.get(&page).await.shows("All its detections");
    }

    async fn a_device_that_is_managed_on_the_spot_says_that_it_keeps_what_it_finds(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalOnly).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let page = format!("/workspaces/{workspace}/devices/{}", desk.id);
        let kept = camille.get(&page).await.shows("Cet ordinateur garde pour lui ce qu’il trouve.").shows("garde sa quarantaine pour lui");
        assert!(!kept.body.contains("Rien de malveillant"));
        write(&scene, |tx| tx.execute("update workspace set mode = 'remote_only'", &[]).map(drop)).await;
        camille.get(&page).await.shows("Rien de malveillant n’a été trouvé sur cet ordinateur.");
    }
}
