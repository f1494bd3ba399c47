use crate::{
    base::{
        authz::Role,
        testing::{Scene, scenes},
    },
    params,
    scan::testing::{Computer, found, held, write},
};
use jiff::SignedDuration;
use rempart_wire::{
    DetectionAction, EventBody, LicenceId, ManagementMode, Origin, ScanId, ScanTarget, WorkspaceId,
};

async fn licensed(scene: &Scene, workspace: WorkspaceId, seats: u64, used: u64, days: i64) {
    write(scene, move |tx| {
        let (id, now): (LicenceId, _) = (tx.id(), tx.now());
        let end = now.saturating_add(SignedDuration::from_hours(24 * days)).unwrap();
        tx.execute(
            "insert into licence (id, number, kind, product, seats, seats_used, term_months, auto_renew, workspace, \
             issued_at, first_assigned_at, expires_at) values ($1, $2, 'one_off', 'Business', $3, $4, 12, false, $5, \
             $6, $6, $7)",
            params![id, id.to_string(), seats, used, workspace, now, end],
        )
        .map(drop)
    })
    .await;
}

scenes! {
    async fn a_new_workspace_is_led_from_licence_to_device_to_scan(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let page = format!("/workspaces/{workspace}");
        camille.get(&page).await.status(200).shows("Aucune licence pour l’instant").shows("Associer une licence");

        licensed(&scene, workspace, 5, 1, 365).await;
        camille.get(&page).await.shows("Aucun ordinateur pour l’instant").shows("Ajouter un ordinateur").shows("sur 5,");

        let desk = Computer::enrolled(&scene, workspace, "BUREAU-03").await;
        let first = camille.get(&page).await.shows("Votre ordinateur est protégé").shows("Lancer une première analyse");
        first.shows("Rien de malveillant trouvé");

        let scan: ScanId = scene.app.chance.id(scene.now());
        let origin = Origin::Device;
        desk.tells(&scene, EventBody::ScanStarted { scan, target: ScanTarget::UsualPlaces, origin }).await;
        let after = camille.get(&page).await.shows("Rien. Tout ce qui pouvait être fait l’est.");
        assert!(!after.body.contains("Lancer une première analyse"));
    }

    async fn what_is_found_is_drawn_told_and_to_be_done(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        licensed(&scene, workspace, 2, 2, 20).await;
        let desk = Computer::enrolled(&scene, workspace, "BUREAU-03").await;
        let off = Computer::enrolled(&scene, workspace, "PORTABLE").await;
        write(&scene, move |tx| {
            tx.execute("update device set connection = null where id = $1", params![off.id]).map(drop)
        })
        .await;
        for (days, action, times) in [
            (0, DetectionAction::QuarantineFailed, 1),
            (3, DetectionAction::Quarantined, 12),
            (29, DetectionAction::Reported, 2),
            (30, DetectionAction::Reported, 5),
        ] {
            for number in 0..times {
                let report = found(&scene, &format!("/home/camille/{days}-{number}"), action, None);
                let at = scene.now() - SignedDuration::from_hours(24 * days);
                desk.tells_at(&scene, at, EventBody::Detection(report)).await;
            }
        }
        desk.tells(&scene, EventBody::Quarantined(held(&scene, "/x"))).await;
        camille
            .get(&format!("/workspaces/{workspace}"))
            .await
            .status(200)
            .shows("Un fichier malveillant est encore en place sur BUREAU-03.")
            .shows("href=\"/workspaces/")
            .shows("15 détections en 30 jours. Le 26\u{a0}févr.\u{a0}: 12, le plus en un jour.")
            .shows("Mises en quarantaine <b>12</b>")
            .shows("Voir les chiffres")
            .shows("Les 2 places sont prises")
            .shows("La licence expire dans 20 jours")
            .shows("Un ordinateur est hors ligne")
            .shows("Fichier malveillant encore en place sur BUREAU-03");

        let key = scene.api_key(&camille).await;
        let overview = scene.api(&key).get(&format!("/api/v1/workspaces/{workspace}/overview")).await.status(200).json();
        assert_eq!(overview["devices"], serde_json::json!({
            "protected": 1, "attention": 0, "offline": 1, "in_danger": 1, "total": 2
        }));
        let days = overview["detections"].as_array().unwrap();
        assert_eq!((days.len(), &days[29]["date"], &days[29]["quarantine_failed"]), (30, &"2027-03-01".into(), &1.into()));
        assert_eq!((&days[0]["date"], &days[0]["reported"]), (&"2027-01-31".into(), &2.into()));
        assert_eq!((&overview["quarantined_files"], &overview["files_in_place"]), (&1.into(), &1.into()));
        assert_eq!(overview["seats"]["total"], 2);
        assert_eq!(
            overview["todo"],
            serde_json::json!(["settle_detections", "expiring_licence", "first_scan", "add_seats", "find_offline_devices"])
        );
    }

    async fn what_people_did_is_told_with_who(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let yann = scene.person("yann").await;
        scene.member(workspace, &yann, Role::ProtectionManager).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let new = format!("/workspaces/{workspace}/scans/new");
        yann.post(&new, &[("device", &desk.id.to_string())]).await.status(303);
        let page = format!("/workspaces/{workspace}");
        camille.get(&page).await.shows("Analyse demandée <span class=\"mute\">par yann</span>");
        yann.get(&page).await.shows("Analyse demandée <span class=\"mute\">par vous</span>");
    }

    async fn each_role_sees_what_it_may(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        Computer::enrolled(&scene, workspace, "A").await;
        let (viewer, billing) = (scene.person("viewer").await, scene.person("billing").await);
        scene.member(workspace, &viewer, Role::Viewer).await;
        scene.member(workspace, &billing, Role::BillingContact).await;
        let page = format!("/workspaces/{workspace}");
        let seen = viewer.get(&page).await.status(200);
        assert!(!seen.body.contains("scans/new") && !seen.body.contains("class=\"todo\""));
        billing.get(&page).await.leads_to(&format!("/workspaces/{workspace}/settings"));
        let key = scene.api_key(&billing).await;
        scene.api(&key).get(&format!("/api/v1{page}/overview")).await.refused(403, "forbidden");
        scene.person("stranger").await.get(&page).await.status(404);
    }

    async fn a_workspace_managed_on_its_devices_says_so(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalOnly).await;
        Computer::enrolled(&scene, workspace, "A").await;
        let page = camille.get(&format!("/workspaces/{workspace}")).await.status(200);
        page.shows("aria-disabled=\"true\"").shows("Géré sur l’ordinateur").shows("gardent pour eux ce qu’ils analysent");
    }
}
