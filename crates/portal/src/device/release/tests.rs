use crate::{
    base::{
        authz::Role,
        testing::{Browser, Scene, scenes},
    },
    device::link::tests::computer::{Computer, Portal, licensed, token},
    licence::testing::{counts_are_exact, enrol, heard, shrink},
};
use jiff::SignedDuration;
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};
use serde_json::json;

fn devices(workspace: WorkspaceId) -> String {
    format!("/workspaces/{workspace}/devices")
}

/// Three devices: one heard just now, one 59 days ago, one 61 days ago.
async fn cast(scene: &Scene, owner: &Browser, seats: u64) -> (WorkspaceId, [DeviceId; 3]) {
    let workspace = licensed(scene, owner, seats).await;
    let mut ids = Vec::new();
    for days in [0, 59, 61] {
        let device = enrol(scene, workspace).await.unwrap();
        heard(scene, device, days).await;
        ids.push(device);
    }
    (workspace, [ids[0], ids[1], ids[2]])
}

async fn licence(scene: &Scene) -> LicenceId {
    let read = scene.app.db.read::<_, crate::base::db::DbError, _>(|r| {
        use crate::base::db::Read;
        r.first("select id from licence", &[])?.unwrap().get(0)
    });
    read.await.unwrap()
}

scenes! {
    async fn silent_devices_are_listed_and_released_together(scene: Scene) {
        let camille = scene.person("camille").await;
        let (workspace, [_, _, silent]) = cast(&scene, &camille, 3).await;
        let (path, key) = (devices(workspace), scene.api_key(&camille).await);
        let list = scene.api(&key).get(&format!("/api/v1{path}?seen=silent")).await.status(200).json();
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert_eq!(list["items"][0]["id"], json!(silent));
        scene.api(&key).get(&format!("/api/v1{path}?seen=never")).await.refused(422, "invalid_field").about("seen");
        camille.get(&format!("/workspaces/{workspace}/settings")).await.status(200).shows("Un ordinateur occupe une place sans avoir donné de nouvelles");
        camille.get(&format!("/workspaces/{workspace}")).await.status(200).shows("Un ordinateur occupe une place et se tait");
        camille.get(&format!("{path}/seats?silent=true")).await.status(200).shows("Silencieux").shows(&silent.to_string());
        camille.get(&format!("{path}/release?silent=true")).await.status(200).shows("Libérer une place\u{202f}?").shows("reprend une place");
        camille.post(&format!("{path}/release"), &[("silent", "true")]).await
            .leads_to(&format!("{path}/seats?said=seats-released"));
        scene.audited("device.release_seats", 1).await;
        counts_are_exact(&scene).await;
        let device = scene.api(&key).get(&format!("/api/v1{path}/{silent}")).await.status(200).json();
        assert_eq!((device["seat"].as_bool(), device["state"].as_str()), (Some(false), Some("offline")));
        enrol(&scene, workspace).await.unwrap();
        let again = scene.api(&key).post(&format!("/api/v1{path}/release-seats"), json!({ "devices": "silent" })).await.status(200).json();
        assert_eq!(again, json!({ "released": 0, "seats_used": 3 }));
    }

    async fn ticked_devices_give_their_seats_back_and_nothing_else(scene: Scene) {
        let camille = scene.person("camille").await;
        let (workspace, [a, b, c]) = cast(&scene, &camille, 5).await;
        let (path, key) = (devices(workspace), scene.api_key(&camille).await);
        let answer = scene.api(&key).post(&format!("/api/v1{path}/release-seats"), json!({ "devices": [a, b, a] })).await.status(200).json();
        assert_eq!(answer, json!({ "released": 2, "seats_used": 1 }));
        camille.get(&format!("{path}/release?device={a}")).await.status(422).shows("Aucun de ces ordinateurs n’occupe de place.");
        camille.get(&format!("{path}/release")).await.status(422);
        camille.get(&format!("{path}/release?device={a}&device={c}")).await.status(200).shows("Libérer une place\u{202f}?");
        camille.post(&format!("{path}/release"), &[]).await.status(422);
        scene.api(&key).post(&format!("/api/v1{path}/release-seats"), json!({ "devices": [] })).await.refused(422, "nothing_chosen").about("devices");
        let nobodys = uuid::Uuid::from_u128(99);
        scene.api(&key).post(&format!("/api/v1{path}/release-seats"), json!({ "devices": [c, nobodys] })).await.refused(404, "not_found");
        counts_are_exact(&scene).await;
        assert_eq!(scene.number("select count(*) from device where state = 'enrolled'").await, 3);
        assert_eq!(scene.number("select seats_used from licence").await, 1);
    }

    async fn whoever_has_more_devices_than_seats_is_shown_the_longest_silent_first(scene: Scene) {
        let camille = scene.person("camille").await;
        let (workspace, [a, b, c]) = cast(&scene, &camille, 3).await;
        shrink(&scene, licence(&scene).await, 1).await;
        let path = devices(workspace);
        let page = camille.get(&format!("{path}/seats")).await.status(200);
        let page = page.shows("2 ordinateurs de plus que de places").shows("Cochez ceux qui rendent leur place.");
        let place = |id: DeviceId| page.body.find(&format!("value=\"{id}\"")).unwrap();
        assert!(place(c) < place(b) && place(b) < place(a));
        camille.get(&format!("{path}/release?device={c}")).await.status(200).shows("Il restera un ordinateur de trop.");
        camille.post(&format!("{path}/release"), &[("device", &c.to_string()), ("device", &b.to_string())]).await.status(303);
        assert_eq!(scene.number("select seats_used from licence").await, 1);
        let page = camille.get(&format!("{path}/seats")).await.status(200);
        assert!(!page.body.contains("de plus que de places"));

        let reader = scene.person("reader").await;
        scene.member(workspace, &reader, Role::Viewer).await;
        let page = reader.get(&format!("{path}/seats")).await.status(200);
        assert!(!page.body.contains("type=\"checkbox\""));
    }

    async fn a_released_computer_that_speaks_takes_a_seat_again_or_is_told(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, first) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let (mut one, mut two) = (Computer::new(1), Computer::new(2));
        one.enrol(&portal, &first).await.leave().await;
        scene.pass(SignedDuration::from_hours(24 * 61));
        let path = devices(workspace);
        camille.post(&format!("{path}/release"), &[("silent", "true")]).await.status(303);
        let mut talk = one.connect(&portal).await;
        assert!(!talk.settings().await.licence.unwrap().seatless);
        scene.audited("device.take_seat", 1).await;
        counts_are_exact(&scene).await;

        camille.post(&format!("{path}/release"), &[("device", &one.device().to_string())]).await.status(303);
        assert!(talk.settings().await.licence.unwrap().seatless, "it is told while it is connected");
        let second = token(&scene, &camille, workspace, None).await;
        two.enrol(&portal, &second).await.leave().await;
        talk.leave().await;
        one.connect(&portal).await.leave().await;
        scene.audited("device.take_seat", 1).await;
        camille.get(&format!("{path}/{}", one.device())).await.status(200).shows("n’a pas de place");
        let key = scene.api_key(&camille).await;
        let shown = scene.api(&key).get(&format!("/api/v1{path}/{}", one.device())).await.json();
        assert_eq!(shown["seat"], false);
        assert_ne!(shown["settings"], "pending", "what it was told is what it is to be told without a seat");
        counts_are_exact(&scene).await;
    }
}
