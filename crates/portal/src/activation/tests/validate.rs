use super::Stage;
use crate::base::testing::scenes;
use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;

const DAY: i64 = 24;

scenes! {
    async fn a_good_key_is_valid_and_shows_the_licence(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        let body = json!({ "meta": { "key": stage.key.to_lowercase(), "nonce": 42, "scope": { "product": "Business" } } });
        let answer = stage.call(Method::POST, &stage.path("licenses/actions/validate-key"), None, Some(body)).await.status(200);
        assert_eq!(answer.headers["content-type"], "application/vnd.api+json");
        let said = answer.json();
        assert_eq!((&said["meta"]["code"], &said["meta"]["valid"]), (&json!("VALID"), &json!(true)));
        assert_eq!((&said["meta"]["nonce"], &said["meta"]["scope"]), (&json!(42), &json!({ "product": "Business" })));
        let data = &said["data"];
        assert_eq!((data["type"].as_str(), data["id"].as_str()), (Some("licenses"), Some(&*stage.licence.to_string())));
        assert_eq!((&data["attributes"]["maxMachines"], &data["attributes"]["status"]), (&json!(5), &json!("ACTIVE")));
        assert_eq!(data["attributes"]["key"], stage.key);
        assert_eq!(data["relationships"]["account"]["data"]["id"], stage.workspace.to_string());
    }

    async fn a_key_nobody_sold_is_not_found_and_a_mistyped_one_is_said_to_be(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        let path = stage.path("licenses/actions/validate-key");
        let say = async |key: &str| {
            let body = json!({ "meta": { "key": key } });
            let said = stage.call(Method::POST, &path, None, Some(body)).await.status(200).json();
            assert_eq!((&said["meta"]["valid"], &said["meta"]["code"], &said["data"]), (&json!(false), &json!("NOT_FOUND"), &json!(null)));
            said["meta"]["detail"].as_str().unwrap().to_owned()
        };
        let mut wrong = stage.key.clone();
        let swapped = if wrong.starts_with('2') { "3" } else { "2" };
        wrong.replace_range(0..1, swapped);
        let mistyped = say(&wrong).await;
        assert!(mistyped.contains('1'), "names the group: {mistyped}");
        let (_, elsewhere) = crate::licence::testing::sold(&stage.scene, crate::licence::testing::terms(1)).await;
        assert_ne!(say(&elsewhere).await, mistyped);
        stage.call(Method::POST, &path, None, Some(json!({}))).await.error(422, "INVALID_FIELD").pointing("pointer", "/meta/key");
    }

    async fn a_licence_of_another_workspace_is_not_found_here(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        let other = stage.scene.workspace(&stage.owner, "Ailleurs", rempart_wire::ManagementMode::LocalAndRemote).await;
        let path = format!("/v1/accounts/{other}/licenses/actions/validate-key");
        let said = stage.call(Method::POST, &path, None, Some(json!({ "meta": { "key": stage.key } }))).await.status(200).json();
        assert_eq!(said["meta"]["code"], "NOT_FOUND");
        let path = format!("/v1/accounts/{other}/licenses/{}", stage.licence);
        stage.get(&path).await.error(401, "LICENSE_INVALID");
    }

    async fn each_refusal_has_its_code_and_the_earlier_one_counts(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let code = async |scope| stage.validate(scope).await.1;
        assert_eq!(code(json!({ "product": "Home" })).await, "PRODUCT_SCOPE_MISMATCH");
        assert_eq!(code(json!({ "policy": "x" })).await, "POLICY_SCOPE_MISMATCH");
        assert_eq!(code(json!({ "entitlements": ["api"] })).await, "VALID");
        assert_eq!(code(json!({ "entitlements": ["api", "audit"] })).await, "ENTITLEMENTS_MISSING");
        assert_eq!(code(json!({ "entitlements": [] })).await, "ENTITLEMENTS_SCOPE_EMPTY");
        assert_eq!(code(json!({ "fingerprint": "aa" })).await, "NO_MACHINES");
        let id = stage.activate("aa").await;
        assert_eq!(code(json!({ "fingerprint": "aa" })).await, "VALID");
        assert_eq!(code(json!({ "fingerprint": "bb" })).await, "FINGERPRINT_SCOPE_MISMATCH");
        assert_eq!(code(json!({ "fingerprints": ["bb", "aa"] })).await, "VALID");
        assert_eq!(code(json!({ "fingerprints": [] })).await, "FINGERPRINT_SCOPE_EMPTY");
        assert_eq!(code(json!({ "machine": id })).await, "VALID");
        assert_eq!(code(json!({ "machine": "elsewhere" })).await, "MACHINE_SCOPE_MISMATCH");
        stage.set("update licence set suspended_at = 1 where id = $1").await;
        assert_eq!(stage.validate(json!({ "fingerprint": "bb" })).await, (false, "SUSPENDED".into()));
        stage.set("update licence set revoked_at = 1 where id = $1").await;
        assert_eq!(code(json!({})).await, "BANNED");
    }

    async fn it_is_valid_to_the_end_of_grace_and_expired_after(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        stage.scene.pass(SignedDuration::from_hours(DAY * (366 + 13)));
        assert_eq!(stage.validate(json!({})).await, (true, "VALID".into()));
        stage.scene.pass(SignedDuration::from_hours(DAY * 2));
        assert_eq!(stage.validate(json!({ "product": "Home" })).await, (false, "EXPIRED".into()));
        // Whoever holds the key still sees the licence and how it stands.
        let seen = stage.get(&stage.licence_path("")).await.status(200).json();
        assert_eq!(seen["data"]["attributes"]["status"], "EXPIRED");
    }

    async fn more_machines_than_seats_stop_nothing_and_are_said(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        stage.activate("aa").await;
        stage.activate("bb").await;
        stage.set("update licence set seats = 1 where id = $1").await;
        assert_eq!(stage.validate(json!({ "fingerprint": "bb" })).await, (true, "TOO_MANY_MACHINES".into()));
        stage.try_activate("cc").await.error(422, "MACHINE_LIMIT_EXCEEDED");
    }

    async fn by_id_it_takes_the_key_or_an_api_key_of_who_manages_the_licence(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let path = stage.licence_path("/actions/validate");
        assert_eq!(stage.get(&path).await.status(200).json()["meta"]["code"], "VALID");
        let scoped = json!({ "meta": { "scope": { "fingerprint": "aa" } } });
        assert_eq!(stage.post(&path, scoped).await.status(200).json()["meta"]["code"], "NO_MACHINES");
        stage.call(Method::GET, &path, None, None).await.error(401, "TOKEN_MISSING").pointing("header", "Authorization");
        stage.call(Method::GET, &path, Some("Bearer nothing"), None).await.error(401, "TOKEN_INVALID");
        stage.call(Method::GET, &path, Some("License ABC"), None).await.error(401, "LICENSE_INVALID");
        stage.call(Method::GET, &path, Some("Basic x"), None).await.error(401, "TOKEN_INVALID");
        let bearer = async |person: &crate::base::testing::Browser| format!("Bearer {}", stage.scene.api_key(person).await);
        let seen = stage.call(Method::GET, &path, Some(&bearer(&stage.owner).await), None).await.status(200).json();
        assert!(!seen["data"]["attributes"]["key"].as_str().unwrap().contains(&stage.key[..11]), "the key is not kept");
        let viewer = stage.scene.person("viewer").await;
        stage.scene.member(stage.workspace, &viewer, crate::base::authz::Role::Viewer).await;
        stage.call(Method::GET, &path, Some(&bearer(&viewer).await), None).await.error(403, "FORBIDDEN");
        let stranger = stage.scene.person("stranger").await;
        stage.call(Method::GET, &path, Some(&bearer(&stranger).await), None).await.error(404, "NOT_FOUND");
        let other = stage.path(&format!("licenses/{}/actions/validate", stage.workspace));
        stage.get(&other).await.error(404, "NOT_FOUND");
    }

    async fn entitlements_are_listed(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let listed = stage.get(&stage.licence_path("/entitlements?limit=100")).await.status(200).json();
        let codes: Vec<_> = listed["data"].as_array().unwrap().iter().map(|one| one["attributes"]["code"].as_str().unwrap().to_owned()).collect();
        assert_eq!(codes, ["api", "console", "protection"]);
    }

    async fn a_body_that_is_no_json_is_refused(scene: Scene) {
        let stage = Stage::with_seats(scene, 1).await;
        let send = async |body: serde_json::Value| stage.call(Method::POST, &stage.path("licenses/actions/validate-key"), None, Some(body)).await;
        send(json!("text")).await.error(422, "INVALID_FIELD");
        send(json!({ "meta": { "key": 7 } })).await.error(422, "INVALID_FIELD");
        let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
        send(json!({ "meta": { "key": stage.key, "scope": { "fingerprints": many } } })).await.error(422, "INVALID_FIELD").pointing("pointer", "/meta/scope");
    }
}
