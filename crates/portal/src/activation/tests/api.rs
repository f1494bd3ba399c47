use super::*;
use crate::base::testing::scenes;

const PATH: &str = "/api/v1/licences/validate";

impl Stage {
    /// Asked by nobody in particular, through our own API.
    async fn ask(&self, body: Value) -> Answer {
        let request = Request::post(PATH)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        Answer::to(&self.scene.router, request).await
    }
}

scenes! {
    async fn whoever_shows_a_key_is_told_how_its_licence_stands(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let told = stage.ask(json!({ "key": stage.key.to_lowercase() })).await.status(200).json();
        assert_eq!((&told["valid"], &told["code"]), (&json!(true), &json!("VALID")));
        assert_eq!((&told["licence"]["seats"], &told["licence"]["seats_used"]), (&json!(2), &json!(0)));
        assert_eq!(told["licence"]["state"], "active");
        for hidden in ["owner", "workspace", "key", "id"] {
            assert!(told["licence"].get(hidden).is_none(), "{hidden} is told to anybody with a key");
        }
    }

    async fn a_key_with_a_wrong_letter_and_one_of_nobody_are_told_apart(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let mut wrong = stage.key.clone();
        let other = if wrong.ends_with('7') { "8" } else { "7" };
        wrong.replace_range(28..29, other);
        let refused = stage.ask(json!({ "key": wrong })).await;
        refused.refused(422, "key_group").about("key");
        let nobodys = stage.scene.app.chance.clone().with(rempart_wire::LicenceKey::generate);
        stage.ask(json!({ "key": nobodys.to_string() })).await.refused(404, "key_unknown").about("key");
        stage.ask(json!({})).await.refused(422, "key_length").about("key");
    }

    async fn what_is_asked_to_fit_is_looked_at_in_the_one_order(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let code = async |more: Value| {
            let mut body = json!({ "key": stage.key });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let told = stage.ask(body).await.status(200).json();
            assert_eq!(told["valid"], told["code"] == "VALID");
            assert!(!told["detail"].as_str().unwrap().is_empty());
            told["code"].as_str().unwrap().to_owned()
        };
        assert_eq!(code(json!({ "product": "Home" })).await, "PRODUCT_SCOPE_MISMATCH");
        assert_eq!(code(json!({ "product": "Business", "entitlements": ["flying"] })).await, "ENTITLEMENTS_MISSING");
        assert_eq!(code(json!({ "fingerprint": "aa" })).await, "NO_MACHINES");
        let machine = json!({ "data": { "type": "machines", "attributes": { "fingerprint": "aa" },
            "relationships": { "license": { "data": { "type": "licenses", "id": stage.licence } } } } });
        stage.post(&stage.path("machines"), machine).await.status(201);
        assert_eq!(code(json!({ "fingerprint": "aa" })).await, "VALID");
        assert_eq!(code(json!({ "fingerprint": "bb" })).await, "FINGERPRINT_SCOPE_MISMATCH");
        stage.scene.pass(jiff::SignedDuration::from_hours(24 * (366 + 13)));
        assert_eq!(code(json!({})).await, "VALID");
        stage.scene.pass(jiff::SignedDuration::from_hours(24));
        assert_eq!(code(json!({ "product": "Home" })).await, "EXPIRED");
    }

    async fn a_licence_attached_to_nothing_is_good_and_has_not_begun(scene: Scene) {
        let stage = Stage::with_seats(scene, 2).await;
        let (_, key) = sold(&stage.scene, terms(5)).await;
        let told = stage.ask(json!({ "key": key })).await.status(200).json();
        assert_eq!((&told["valid"], &told["licence"]["state"]), (&json!(true), &json!("unstarted")));
    }
}
