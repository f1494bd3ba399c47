use super::Stage;
use crate::base::testing::scenes;
use axum::http::Method;
use rempart_wire::licence_file::{Document, IssuerKeys, LicenceFile, Refused, TOLERANCE};
use serde_json::json;

async fn keys(stage: &Stage) -> IssuerKeys {
    let answer = stage
        .scene
        .visitor()
        .get("/.well-known/rempart/issuer-keys")
        .await;
    serde_json::from_value(answer.json()).unwrap()
}

async fn read(stage: &Stage, text: &str, key: Option<&str>, fingerprint: &str) -> Result<Document, Refused> {
    let document = LicenceFile::parse(text)?
        .verify(&keys(stage).await)?
        .open(key, Some(fingerprint))?;
    document.check(stage.scene.now(), TOLERANCE, fingerprint)?;
    Ok(document)
}

scenes! {
    async fn a_licence_is_checked_out_plain_or_encrypted_as_text_or_as_json(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        let path = stage.licence_path("/actions/check-out");
        let plain = stage.get(&path).await.status(200);
        assert_eq!(plain.headers["content-disposition"], "attachment; filename=\"license.lic\"");
        let document = read(&stage, &plain.body, None, "").await.unwrap();
        assert_eq!((document.attributes["maxMachines"].clone(), document.included.len()), (json!(5), 0));
        let wanted = format!("{path}?encrypt=1&ttl=3600&include=entitlements,product");
        let file = stage.with_key(Method::POST, &wanted, None).await.status(200).json();
        let data = &file["data"];
        assert_eq!((&data["type"], &data["attributes"]["ttl"]), (&json!("license-files"), &json!(3_600)));
        assert_eq!(data["attributes"]["algorithm"], "aes-256-gcm+ed25519");
        let text = data["attributes"]["certificate"].as_str().unwrap();
        assert_eq!(read(&stage, text, None, "").await, Err(Refused::Locked));
        let document = read(&stage, text, Some(&stage.key), "").await.unwrap();
        assert_eq!(document.included.len(), 4);
        assert_eq!(data["attributes"]["expiry"], document.period.expiry.unwrap().to_string());
        let in_body = json!({ "meta": { "ttl": 7_200, "algorithm": "base64+ed25519", "include": ["product"] } });
        let file = stage.post(&path, in_body).await.status(200).json();
        assert_eq!((&file["data"]["attributes"]["ttl"], &file["data"]["attributes"]["includes"]), (&json!(7_200), &json!(["product"])));
        stage.scene.audited("licence.file", 3).await;
    }

    async fn a_machine_is_checked_out_for_itself_alone(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        let id = stage.activate("aa").await;
        let path = stage.path(&format!("machines/{id}/actions/check-out"));
        let file = stage.with_key(Method::POST, &format!("{path}?encrypt=1&include=license.entitlements"), None).await.status(200).json();
        assert_eq!((&file["data"]["type"], &file["data"]["relationships"]["machine"]["data"]["id"]), (&json!("machine-files"), &json!(id)));
        let text = file["data"]["attributes"]["certificate"].as_str().unwrap();
        let document = read(&stage, text, Some(&stage.key), "aa").await.unwrap();
        assert_eq!((document.id.as_str(), document.included[0].kind.as_str()), (&*id, "licenses"));
        assert_eq!(read(&stage, text, Some(&stage.key), "bb").await, Err(Refused::Key));
        let plain = stage.get(&path).await.status(200).body;
        assert!(plain.starts_with("-----BEGIN MACHINE FILE-----"));
        assert_eq!(read(&stage, &plain, None, "bb").await, Err(Refused::OtherMachine));
        read(&stage, &plain, None, "aa").await.unwrap();
    }

    async fn what_cannot_be_taken_out_is_refused_where_it_is_wrong(scene: Scene) {
        let stage = Stage::with_seats(scene, 5).await;
        let path = stage.licence_path("/actions/check-out");
        for ttl in ["3599", "31536001", "null", "x", "-1", "99999999999999999999"] {
            stage.get(&format!("{path}?ttl={ttl}")).await.error(422, "CHECKOUT_TTL_INVALID").pointing("parameter", "ttl");
        }
        stage.get(&format!("{path}?algorithm=base64%2Brsa-sha256")).await.error(422, "CHECKOUT_ALGORITHM_INVALID");
        stage.get(&format!("{path}?algorithm=base64%2Bed25519&encrypt=true")).await.error(422, "CHECKOUT_ALGORITHM_INVALID");
        stage.get(&format!("{path}?encrypt=perhaps")).await.error(422, "INVALID_FIELD").pointing("parameter", "encrypt");
        stage.get(&format!("{path}?include=entitlements,owner")).await.error(422, "CHECKOUT_INCLUDE_INVALID").pointing("parameter", "include");
        let bearer = format!("Bearer {}", stage.scene.api_key(&stage.owner).await);
        stage.call(Method::GET, &path, Some(&bearer), None).await.status(200);
        stage.call(Method::GET, &format!("{path}?encrypt=1"), Some(&bearer), None).await.error(422, "CHECKOUT_NEEDS_KEY");
        stage.call(Method::GET, &path, None, None).await.error(401, "TOKEN_MISSING");
        stage.get(&stage.path("machines/aa/actions/check-out")).await.error(404, "NOT_FOUND");
        stage.set("update licence set suspended_at = 1 where id = $1").await;
        stage.get(&path).await.error(403, "LICENSE_SUSPENDED");
        stage.scene.audited("licence.file", 1).await;
    }
}
