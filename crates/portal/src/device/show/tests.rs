use crate::{
    base::{
        authz::Role,
        testing::{Scene, scenes},
    },
    device::{
        link::tests::computer::{Computer, Portal, Talk, licensed, token, until, write},
        presence,
    },
    params,
};
use rempart_wire::{DeviceId, ManagementMode, WorkspaceId};
use serde_json::json;

async fn one(
    scene: &Scene,
    number: u8,
) -> (crate::base::testing::Browser, WorkspaceId, Portal, Computer, Talk) {
    let camille = scene.person("camille").await;
    let workspace = licensed(scene, &camille, 2).await;
    let (portal, token) = (
        Portal::open(scene).await,
        token(scene, &camille, workspace, None).await,
    );
    let mut computer = Computer::new(number);
    let talk = computer.enrol(&portal, &token).await;
    (camille, workspace, portal, computer, talk)
}

fn at(workspace: WorkspaceId, device: DeviceId) -> String {
    format!("/workspaces/{workspace}/devices/{device}")
}

scenes! {
    async fn a_device_says_what_it_is_and_how_it_is(scene: Scene) {
        let (camille, workspace, _portal, computer, mut talk) = one(&scene, 1).await;
        let path = at(workspace, computer.device());
        camille.get(&path).await.status(200).shows("Cet ordinateur n’a pas encore dit comment il va").shows("Pas encore reçus");
        talk.settings().await;
        talk.feel(false).await;
        until(async || {
            presence::flush(&scene.app).await;
            scene.number("select count(*) from device where health = 'attention' and settings_status = 'applied'").await == 1
        }).await;
        camille.get(&path).await.status(200)
            .shows("Attention").shows("Inutilisable\u{a0}: web.yar: line 3").shows("Appliqués").shows("Attribuée");
        let (english, key) = (scene.visitor(), scene.api_key(&camille).await);
        drop(english);
        let device = scene.api(&key).get(&format!("/api/v1{path}")).await.status(200).json();
        assert_eq!((device["settings"].as_str(), device["agent_version"].as_str()), (Some("applied"), Some("0.1.0")));
    }

    async fn a_device_of_another_workspace_is_not_found(scene: Scene) {
        let (camille, workspace, _portal, computer, _talk) = one(&scene, 1).await;
        let other = scene.workspace(&camille, "Autre", ManagementMode::LocalAndRemote).await;
        camille.get(&at(other, computer.device())).await.status(404);
        let key = scene.api_key(&camille).await;
        for verb in ["", "/orders"] {
            scene.api(&key).get(&format!("/api/v1{}{verb}", at(other, computer.device()))).await.refused(404, "not_found");
        }
        scene.api(&key).patch(&format!("/api/v1{}", at(other, computer.device())), json!({ "name": "x" })).await.refused(404, "not_found");
        scene.api(&key).delete(&format!("/api/v1{}", at(other, computer.device()))).await.refused(404, "not_found");
        camille.post(&format!("{}/settle", at(other, computer.device())), &[]).await.status(404);
        assert_eq!(scene.number("select count(*) from device where state = 'enrolled' and name = 'rezé-1'").await, 1);
        let _ = workspace;
    }

    async fn a_device_gets_the_name_a_person_gives_it_and_keeps_it(scene: Scene) {
        let (camille, workspace, portal, computer, talk) = one(&scene, 1).await;
        let path = at(workspace, computer.device());
        camille.post(&format!("{path}/rename"), &[("name", "  Accueil (gauche) ")]).await
            .leads_to(&format!("{path}?said=device-renamed"));
        camille.get(&path).await.shows("Accueil (gauche)").shows("rezé-1");
        talk.leave().await;
        let _talk = computer.connect(&portal).await;
        camille.get(&format!("/workspaces/{workspace}/devices?q=ACCUEIL")).await.shows("Accueil (gauche)");
        camille.get(&format!("/workspaces/{workspace}/devices?q=reze-1")).await.shows("Accueil (gauche)");
        let typed = "x".repeat(81);
        camille.post(&format!("{path}/rename"), &[("name", &typed)]).await.status(422)
            .shows("Donnez à l’ordinateur un nom de 1 à 80 caractères.").shows(&typed);
        let key = scene.api_key(&camille).await;
        let renamed = scene.api(&key).patch(&format!("/api/v1{path}"), json!({ "name": "Caisse" })).await.status(200);
        assert_eq!(renamed.json()["name"], "Caisse");
        scene.api(&key).patch(&format!("/api/v1{path}"), json!({ "name": " " })).await.refused(422, "device_name_invalid").about("name");
        scene.audited("device.rename", 2).await;
    }

    async fn a_retired_device_is_out_at_once_and_its_seat_is_free(scene: Scene) {
        let (camille, workspace, portal, mut computer, mut talk) = one(&scene, 1).await;
        let path = at(workspace, computer.device());
        camille.get(&format!("{path}/retire")).await.status(200).shows("Retirer «\u{a0}rezé-1\u{a0}»").shows("Sa place dans la licence est libre");
        camille.post(&format!("{path}/retire"), &[]).await.leads_to(&format!("/workspaces/{workspace}/devices?said=device-retired"));
        while let Some(message) = talk.hear().await {
            if let Some(custom) = message.custom_message {
                assert!(String::from_utf8_lossy(&custom.data).contains("credential_revoked"));
            }
        }
        assert_eq!(talk.closed, Some(1008));
        assert_eq!(scene.number("select seats_used from licence").await, 0);
        assert_eq!(computer.dial(&portal, &computer.credential).await.err().unwrap().0, 401);
        scene.audited("device.retire", 1).await;
        camille.get(&path).await.status(200).shows("Cet ordinateur est retiré.");
        camille.get(&format!("/workspaces/{workspace}/devices?state=retired")).await.shows("rezé-1");
        camille.post(&format!("{path}/retire"), &[]).await.status(409);

        // Enrolled again, it is the same device, with a seat.
        let (before, token) = (computer.device(), token(&scene, &camille, workspace, None).await);
        let _talk = computer.enrol(&portal, &token).await;
        assert_eq!(computer.device(), before);
        assert_eq!(scene.number("select seats_used from licence").await, 1);
        camille.get(&path).await.status(200).shows("Attribuée");
    }

    async fn a_device_in_use_on_two_machines_says_what_to_do_until_somebody_says_it_is_settled(scene: Scene) {
        let (camille, workspace, portal, computer, _talk) = one(&scene, 1).await;
        let path = at(workspace, computer.device());
        let copy = computer.copied_to(2);
        copy.meet(&portal, &copy.credential).await.refused().await;
        camille.get(&path).await.shows("Les identifiants de cet ordinateur servent sur deux machines.").shows("C’est réglé");
        camille.get(&format!("/workspaces/{workspace}/devices?state=attention")).await.shows("En double");
        camille.post(&format!("{path}/settle"), &[]).await.leads_to(&format!("{path}?said=device-settled"));
        scene.audited("device.settle", 1).await;
        let page = camille.get(&path).await;
        assert!(!page.body.contains("En double"), "{}", page.body);
        copy.meet(&portal, &copy.credential).await.refused().await;
        camille.get(&path).await.shows("En double");
        let key = scene.api_key(&camille).await;
        scene.api(&key).post(&format!("/api/v1{path}/settle"), json!({})).await.status(204);
    }

    async fn a_viewer_sees_and_changes_nothing(scene: Scene) {
        let (_camille, workspace, _portal, computer, _talk) = one(&scene, 1).await;
        let viewer = scene.person("viewer").await;
        scene.member(workspace, &viewer, Role::Viewer).await;
        let path = at(workspace, computer.device());
        let page = viewer.get(&path).await.status(200).shows("rezé-1");
        assert!(!page.body.contains("/retire") && !page.body.contains("/rename"));
        viewer.post(&format!("{path}/rename"), &[("name", "x")]).await.status(403);
        viewer.get(&format!("{path}/retire")).await.status(403);
        viewer.get(&format!("/workspaces/{workspace}/devices/add")).await.status(403);
    }

    async fn a_device_of_a_deleted_workspace_is_asked_to_come_back_later(scene: Scene) {
        let (_camille, workspace, portal, computer, mut talk) = one(&scene, 1).await;
        let deleted = async |at: Option<i64>| write(&scene, move |tx| {
            tx.signal(crate::base::db::Signal::Settings(workspace));
            tx.execute("update workspace set deleted_at = $1", params![at])
        }).await;
        deleted(Some(1)).await;
        let mut busy = false;
        while let Some(message) = talk.hear().await {
            busy |= message.error_response.is_some_and(|error| error.retry_info.is_some());
        }
        assert!(busy && talk.closed == Some(1013));
        let (status, problem) = computer.dial(&portal, &computer.credential).await.err().unwrap();
        assert_eq!((status, problem["code"].as_str()), (503, Some("unavailable")));
        deleted(None).await;
        computer.connect(&portal).await.leave().await;
    }
}
