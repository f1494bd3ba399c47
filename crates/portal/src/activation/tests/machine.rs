use super::{Stage, machine};
use crate::{
    base::testing::scenes,
    licence::testing::{enrol, retire},
};
use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;

scenes! {
    async fn a_machine_takes_a_seat_and_gives_it_back(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let made = stage.try_activate("aa").await.status(201);
        let data = made.json()["data"].clone();
        let id = data["id"].as_str().unwrap().to_owned();
        assert_eq!(made.location(), stage.path(&format!("machines/{id}")));
        assert_eq!((&data["type"], &data["attributes"]["fingerprint"]), (&json!("machines"), &json!("aa")));
        assert_eq!((&data["attributes"]["requireHeartbeat"], &data["attributes"]["heartbeatStatus"]), (&json!(false), &json!("NOT_STARTED")));
        assert_eq!(data["attributes"]["metadata"]["rack"], 3);
        assert_eq!(data["relationships"]["license"]["data"]["id"], stage.licence.to_string());
        assert_eq!(stage.seats_used().await, 1);
        assert_eq!(stage.get(&stage.path(&format!("machines/{id}"))).await.status(200).json()["data"], data);
        // A fingerprint is as good as an id.
        stage.get(&stage.path("machines/aa")).await.status(200);
        stage.with_key(Method::DELETE, &stage.path("machines/aa"), None).await.status(204);
        assert_eq!(stage.seats_used().await, 0);
        stage.with_key(Method::DELETE, &stage.path("machines/aa"), None).await.error(404, "NOT_FOUND");
        stage.get(&stage.path(&format!("machines/{id}"))).await.error(404, "NOT_FOUND");
        stage.scene.audited("machine.activate", 1).await;
        stage.scene.audited("machine.deactivate", 1).await;
    }

    async fn machines_and_devices_draw_on_the_same_seats(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let device = enrol(&stage.scene, stage.workspace).await.unwrap();
        stage.activate("aa").await;
        assert_eq!(stage.seats_used().await, 2);
        let refused = stage.try_activate("bb").await.error(422, "MACHINE_LIMIT_EXCEEDED");
        assert_eq!(refused.json()["errors"][0]["meta"]["seats_used"], 2);
        enrol(&stage.scene, stage.workspace).await.unwrap_err();
        retire(&stage.scene, device).await;
        stage.activate("bb").await;
        stage.with_key(Method::DELETE, &stage.path("machines/bb"), None).await.status(204);
        enrol(&stage.scene, stage.workspace).await.unwrap();
        assert_eq!(stage.seats_used().await, 2);
    }

    async fn a_fingerprint_is_activated_once(scene: Scene) {
        let stage = Stage::with_seats(scene, 1).await;
        stage.activate("aa").await;
        stage.try_activate("aa").await.error(422, "FINGERPRINT_TAKEN").pointing("pointer", "/data/attributes/fingerprint");
        assert_eq!(stage.seats_used().await, 1);
    }

    async fn fifty_at_once_get_no_more_than_there_is(scene: Scene) {
        let stage = Stage::with_seats(scene, 7).await;
        let tries = (0..50).map(|n| {
            let (stage, fingerprint) = (&stage, format!("machine {}", n % 40));
            async move { stage.try_activate(&fingerprint).await.code }
        });
        let codes = futures_util::future::join_all(tries).await;
        assert_eq!(codes.iter().filter(|code| **code == 201).count(), 7);
        assert_eq!(stage.seats_used().await, 7);
    }

    async fn what_is_no_machine_is_refused_where_it_is_wrong(scene: Scene) {
        let stage = Stage::with_seats(scene, 3).await;
        let path = stage.path("machines");
        let at = "/data/attributes/fingerprint";
        stage.try_activate("  ").await.error(422, "FINGERPRINT_INVALID").pointing("pointer", at);
        stage.post(&path, json!({})).await.error(422, "FINGERPRINT_INVALID").pointing("pointer", at);
        stage.try_activate(&"f".repeat(256)).await.error(422, "FINGERPRINT_INVALID");
        let mut long = machine("aa", stage.licence);
        long["data"]["attributes"]["name"] = json!("n".repeat(256));
        stage.post(&path, long).await.error(422, "MACHINE_TEXT_TOO_LONG").pointing("pointer", "/data/attributes/name");
        let mut parts = machine("aa", stage.licence);
        parts["data"]["relationships"]["components"] = json!({ "data": [{ "type": "components" }] });
        stage.post(&path, parts).await.error(422, "INVALID_FIELD").pointing("pointer", "/data/relationships/components");
        let other = machine("aa", rempart_wire::LicenceId(uuid::Uuid::from_u128(9)));
        stage.post(&path, other).await.error(404, "NOT_FOUND").pointing("pointer", "/data/relationships/license");
        stage.call(Method::POST, &path, None, Some(machine("aa", stage.licence))).await.error(401, "TOKEN_MISSING");
        assert_eq!(stage.seats_used().await, 0);
        // Named by the key alone, the licence is that of the key.
        stage.post(&path, json!({ "data": { "attributes": { "fingerprint": "ü'; --" } } })).await.status(201);
    }

    async fn what_is_not_good_activates_nothing_and_lets_go(scene: Scene) {
        let stage = Stage::with_seats(scene, 3).await;
        let id = stage.activate("aa").await;
        stage.set("update licence set suspended_at = 1 where id = $1").await;
        stage.try_activate("bb").await.error(403, "LICENSE_SUSPENDED");
        stage.set("update licence set revoked_at = 1 where id = $1").await;
        stage.try_activate("bb").await.error(403, "LICENSE_BANNED");
        stage.set("update licence set revoked_at = null, suspended_at = null where id = $1").await;
        stage.scene.pass(SignedDuration::from_hours(24 * 400));
        stage.try_activate("bb").await.error(403, "LICENSE_EXPIRED");
        stage.with_key(Method::DELETE, &stage.path(&format!("machines/{id}")), None).await.status(204);
        assert_eq!(stage.seats_used().await, 0);
    }

    async fn machines_are_listed_page_by_page(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        for fingerprint in ["aa", "bb", "cc"] {
            stage.activate(fingerprint).await;
            stage.scene.pass(SignedDuration::from_secs(1));
        }
        let path = stage.licence_path("/machines");
        let first = stage.get(&format!("{path}?limit=2")).await.status(200).json();
        let names = |page: &serde_json::Value| page["data"].as_array().unwrap().iter().map(|one| one["attributes"]["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["aa", "bb"]);
        let next = first["links"]["next"].as_str().unwrap().to_owned();
        let last = stage.get(&next).await.status(200).json();
        assert_eq!((names(&last), &last["links"]["next"]), (vec!["cc".to_owned()], &json!(null)));
        assert_eq!(names(&stage.get(&path).await.json()).len(), 3);
        stage.get(&format!("{path}?limit=0")).await.error(422, "INVALID_FIELD").pointing("parameter", "limit");
        stage.get(&format!("{path}?page[cursor]=x")).await.error(422, "INVALID_FIELD");
    }

    async fn a_ping_is_heard(scene: Scene) {
        let stage = Stage::with_seats(scene, 1).await;
        let id = stage.activate("aa").await;
        stage.scene.pass(SignedDuration::from_mins(3));
        let path = stage.path(&format!("machines/{id}/actions/ping"));
        let heard = stage.with_key(Method::POST, &path, None).await.status(200).json();
        assert_eq!(heard["data"]["attributes"]["lastHeartbeat"], stage.scene.now().to_string());
        assert_eq!(heard["data"]["attributes"]["heartbeatStatus"], "ALIVE");
        stage.with_key(Method::POST, &stage.path("machines/bb/actions/ping"), None).await.error(404, "NOT_FOUND");
    }

    async fn a_heartbeat_that_stops_frees_the_seat_only_where_the_product_says_so(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        stage.activate("aa").await;
        stage.scene.pass(SignedDuration::from_hours(24));
        stage.scene.work().await;
        assert_eq!(stage.seats_used().await, 1);
        stage.set("update product set heartbeat_frees_seat = true where code = (select product from licence where id = $1)").await;
        stage.activate("bb").await;
        // The one that was never heard counts from when it was activated: a day ago. The other is heard, then is not.
        stage.scene.pass(SignedDuration::from_mins(2));
        stage.scene.work().await;
        assert_eq!(stage.seats_used().await, 1);
        stage.get(&stage.path("machines/aa")).await.error(404, "NOT_FOUND");
        stage.with_key(Method::POST, &stage.path("machines/bb/actions/ping"), None).await.status(200);
        stage.scene.pass(SignedDuration::from_mins(10));
        stage.scene.work().await;
        assert_eq!(stage.seats_used().await, 1);
        stage.scene.pass(SignedDuration::from_mins(2));
        stage.scene.work().await;
        assert_eq!(stage.seats_used().await, 0);
        stage.scene.audited("machine.heartbeat_dead", 2).await;
    }

    async fn where_the_product_asks_for_heartbeats_one_that_stopped_is_refused(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        stage.set("update product set heartbeat_required = true where code = (select product from licence where id = $1)").await;
        let id = stage.activate("aa").await;
        let scope = || json!({ "fingerprint": "aa" });
        assert_eq!(stage.validate(scope()).await, (false, "HEARTBEAT_NOT_STARTED".into()));
        let ping = stage.path(&format!("machines/{id}/actions/ping"));
        stage.with_key(Method::POST, &ping, None).await.status(200);
        assert_eq!(stage.validate(scope()).await, (true, "VALID".into()));
        stage.scene.pass(SignedDuration::from_mins(11));
        stage.scene.work().await;
        assert_eq!(stage.validate(scope()).await, (false, "HEARTBEAT_DEAD".into()));
        assert_eq!(stage.seats_used().await, 1);
        stage.with_key(Method::POST, &ping, None).await.status(200);
        assert_eq!(stage.validate(scope()).await, (true, "VALID".into()));
    }

    async fn a_machine_goes_with_its_licence_and_keeps_its_seat(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        stage.activate("aa").await;
        enrol(&stage.scene, stage.workspace).await.unwrap();
        let api = stage.scene.api(&stage.scene.api_key(&stage.owner).await);
        api.delete(&format!("/api/v1/workspaces/{}/licence", stage.workspace)).await.status(204);
        assert_eq!(stage.seats_used().await, 1);
        stage.get(&stage.path("machines/aa")).await.error(401, "LICENSE_INVALID");
        let other = stage.scene.workspace(&stage.owner, "Ailleurs", rempart_wire::ManagementMode::LocalAndRemote).await;
        for _ in 0..2 {
            crate::licence::testing::seatless(&stage.scene, other).await;
        }
        let assign = json!({ "licence": stage.licence, "confirm_fewer": true });
        api.put(&format!("/api/v1/workspaces/{other}/licence"), assign).await.status(200);
        // One of the two devices there gets the seat that is left.
        assert_eq!(stage.seats_used().await, 2);
        stage.get(&format!("/v1/accounts/{other}/machines/aa")).await.status(200);
    }
}
