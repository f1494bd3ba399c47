use crate::{
    base::{authz::Role, testing::scenes},
    scan::testing::Computer,
};
use jiff::SignedDuration;
use rempart_wire::{ManagementMode, OrderBody, ScanTarget};
use serde_json::json;

scenes! {
    async fn one_device_is_asked_and_its_scan_is_followed(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "BUREAU-03").await;
        let page = format!("/workspaces/{workspace}/scans/new");
        camille.get(&format!("{page}?device={}", desk.id)).await.status(200).shows("BUREAU-03");
        let fields = [("device", desk.id.to_string()), ("target", "path".into()), ("path", "/home/camille".into())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = camille.post(&page, &fields).await.status(303);

        let orders = desk.orders(&scene).await;
        let [order] = orders.as_slice() else { panic!("{orders:?}") };
        let OrderBody::Scan { scan, target: ScanTarget::Path { path } } = &order.body else { panic!("{order:?}") };
        assert_eq!(path.text, "/home/camille");
        assert_eq!(order.expires_at, scene.now() + SignedDuration::from_hours(24));
        assert_eq!(answer.location(), format!("/workspaces/{workspace}/scans/{scan}?said=scan-started"));
        camille.get(answer.location()).await.status(200).shows("En file").shows("/home/camille").shows("par vous");
        scene.audited("scan.start", 1).await;
    }

    async fn several_ticked_ones_get_an_order_each(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::RemoteOnly).await;
        let (a, b) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let other = Computer::enrolled(&scene, workspace, "C").await;
        let (first, second) = (a.id.to_string(), b.id.to_string());
        let answer = camille
            .post(&format!("/workspaces/{workspace}/scans/new"), &[("device", &first), ("device", &second)])
            .await;
        answer.leads_to(&format!("/workspaces/{workspace}/scans?said=scans-started"));
        for (device, wanted) in [(a, 1), (b, 1), (other, 0)] {
            assert_eq!(device.orders(&scene).await.len(), wanted);
        }
    }

    async fn all_of_a_workspace_are_those_that_hold_a_seat(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        for number in 0..14 {
            Computer::enrolled(&scene, workspace, &format!("PC-{number:02}")).await;
        }
        let gone = Computer::enrolled(&scene, workspace, "GONE").await.retired(&scene).await;
        camille.get(&format!("/workspaces/{workspace}/scans/new")).await.shows("Les 14 ordinateurs du Workspace");
        let key = scene.api_key(&camille).await;
        let all = json!({ "devices": "all", "target": { "kind": "usual_places" } });
        let answer = scene.api(&key).post(&format!("/api/v1/workspaces/{workspace}/scans"), all).await.status(201);
        assert_eq!(answer.json()["scans"].as_array().unwrap().len(), 14);
        assert_eq!(answer.json()["scans"][0]["state"], "queued");
        assert!(gone.orders(&scene).await.is_empty());
    }

    async fn asking_twice_is_not_scanning_twice(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let (key, path) = (scene.api_key(&camille).await, format!("/api/v1/workspaces/{workspace}/scans"));
        let ask = async |target: serde_json::Value| {
            let answer = scene.api(&key).post(&path, json!({ "devices": [desk.id], "target": target })).await;
            answer.status(201).json()["scans"][0]["scan"].clone()
        };
        let usual = ask(json!({ "kind": "usual_places" })).await;
        assert_eq!(ask(json!({ "kind": "usual_places" })).await, usual);
        assert_ne!(ask(json!({ "kind": "path", "path": "/srv" })).await, usual);
        assert_eq!(desk.orders(&scene).await.len(), 2);
    }

    async fn what_cannot_be_asked_is_refused_with_its_code(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let gone = Computer::enrolled(&scene, workspace, "B").await.retired(&scene).await;
        let stranger = scene.person("stranger").await;
        let elsewhere = scene.workspace(&stranger, "Elsewhere", ManagementMode::LocalAndRemote).await;
        let foreign = Computer::enrolled(&scene, elsewhere, "F").await;
        let (key, path) = (scene.api_key(&camille).await, format!("/api/v1/workspaces/{workspace}/scans"));
        let ask = async |devices: serde_json::Value, target: serde_json::Value| {
            scene.api(&key).post(&path, json!({ "devices": devices, "target": target })).await
        };
        let usual = json!({ "kind": "usual_places" });
        ask(json!([desk.id]), json!({ "kind": "path", "path": "home" })).await.refused(422, "scan_path_invalid").about("path");
        ask(json!([]), usual.clone()).await.refused(422, "nothing_chosen").about("devices");
        ask(json!([gone.id]), usual.clone()).await.refused(409, "device_retired").about("devices");
        ask(json!([desk.id, foreign.id]), usual.clone()).await.refused(404, "not_found").about("devices");
        ask(json!("some"), usual.clone()).await.refused(422, "invalid_field");
        ask(json!("all"), json!({ "kind": "unknown" })).await.refused(422, "invalid_field");
        assert!(desk.orders(&scene).await.is_empty() && foreign.orders(&scene).await.is_empty());
        scene.audited("scan.start", 0).await;

        let page = format!("/workspaces/{workspace}/scans/new");
        let id = desk.id.to_string();
        camille
            .post(&page, &[("device", &id), ("target", "path"), ("path", "chez moi")])
            .await
            .status(422)
            .shows("Donnez un chemin absolu")
            .shows("value=\"chez moi\"");
        camille.post(&page, &[("target", "usual_places")]).await.status(422).shows("Cochez au moins une ligne");
    }

    async fn a_workspace_managed_on_its_devices_says_why(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalOnly).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let key = scene.api_key(&camille).await;
        let body = json!({ "devices": [desk.id], "target": { "kind": "usual_places" } });
        scene.api(&key).post(&format!("/api/v1/workspaces/{workspace}/scans"), body).await.refused(409, "managed_locally");
        let why = "Géré sur l’ordinateur\u{a0}: ce Workspace est en «\u{a0}Local seulement\u{a0}».";
        camille.get(&format!("/workspaces/{workspace}/scans")).await.shows("aria-disabled=\"true\"").shows(why);
        let page = format!("/workspaces/{workspace}/scans/new");
        camille.get(&page).await.status(200).shows(why);
        camille.post(&page, &[("device", &desk.id.to_string())]).await.status(409).shows(why);
    }

    async fn who_only_sees_is_offered_nothing(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let viewer = scene.person("viewer").await;
        scene.member(workspace, &viewer, Role::Viewer).await;
        let page = viewer.get(&format!("/workspaces/{workspace}/scans")).await.status(200);
        assert!(!page.body.contains("scans/new"));
    }
}
