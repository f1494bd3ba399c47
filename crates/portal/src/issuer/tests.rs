use super::signer;
use crate::{
    base::{
        authz::Role,
        testing::{Browser, Scene, scenes},
    },
    licence::Terms,
    licence::testing::{enrol, seatless, sold, terms},
    params, sql,
};
use jiff::SignedDuration;
use rempart_wire::{
    LicenceId, ManagementMode, WorkspaceId,
    licence_file::{Document, IssuerKeys, LicenceFile, Refused, TOLERANCE},
};
use serde_json::json;

/// Camille, her workspace, its licence of two seats, and the key of that.
async fn licensed(scene: &Scene) -> (Browser, WorkspaceId, LicenceId, String) {
    let camille = scene.person("camille").await;
    let workspace = scene
        .workspace(&camille, "Atelier", ManagementMode::LocalAndRemote)
        .await;
    let owned = Terms {
        owner: Some(camille.account),
        ..terms(2)
    };
    let (licence, key) = sold(scene, owned).await;
    let api = scene.api(&scene.api_key(&camille).await);
    let path = format!("/api/v1/workspaces/{workspace}/licence");
    api.put(&path, json!({ "licence": licence })).await.status(200);
    (camille, workspace, licence, key)
}

async fn published(scene: &Scene) -> IssuerKeys {
    let answer = scene
        .visitor()
        .get("/.well-known/rempart/issuer-keys")
        .await
        .status(200);
    assert_eq!(answer.headers["cache-control"], "public, max-age=300");
    serde_json::from_value(answer.json()).unwrap()
}

async fn file(scene: &Scene, who: &Browser, licence: LicenceId, input: serde_json::Value) -> String {
    let api = scene.api(&scene.api_key(who).await);
    let made = api
        .post(&format!("/api/v1/licences/{licence}/file"), input)
        .await
        .status(200)
        .json();
    made["file"].as_str().unwrap().to_owned()
}

fn read(
    text: &str,
    keys: &IssuerKeys,
    key: Option<&str>,
    fingerprint: Option<&str>,
) -> Result<Document, Refused> {
    LicenceFile::parse(text)?.verify(keys)?.open(key, fingerprint)
}

async fn set(scene: &Scene, licence: LicenceId, column: &'static str) {
    let sql = match column {
        "suspended" => sql!("update licence set suspended_at = $1 where id = $2"),
        _ => sql!("update licence set revoked_at = $1 where id = $2"),
    };
    scene
        .app
        .db
        .write::<_, crate::base::db::DbError, _>(move |mut tx| {
            let now = tx.now();
            tx.execute(sql, params![now, licence])?;
            tx.tidy(crate::base::audit::Housekeeping::ServerSetting, ())
        })
        .await
        .unwrap();
}

scenes! {
    async fn a_file_says_what_the_licence_is_and_is_checked_with_published_keys_alone(scene: Scene) {
        let (camille, _, licence, key) = licensed(&scene).await;
        let text = file(&scene, &camille, licence, json!({ "days": 30 })).await;
        let document = read(&text, &published(&scene).await, None, None).unwrap();
        document.check(scene.now(), TOLERANCE, "any").unwrap();
        assert_eq!(document.attributes["maxMachines"], 2);
        assert_eq!(document.attributes["metadata"]["workspace"], "Atelier");
        assert_eq!(document.attributes["status"], "ACTIVE");
        let later = scene.now().saturating_add(SignedDuration::from_hours(24 * 30)).unwrap();
        assert_eq!(document.check(later, TOLERANCE, "any"), Err(Refused::Expired { expiry: later }));
        assert!(!document.attributes["key"].as_str().unwrap().contains(&key[..11]), "the key itself is in no file");
        scene.audited("licence.file", 1).await;
    }

    async fn a_locked_file_opens_with_the_licence_key_alone(scene: Scene) {
        let (camille, _, licence, key) = licensed(&scene).await;
        let typed = key.to_lowercase().replace('-', " ");
        let text = file(&scene, &camille, licence, json!({ "days": 1, "encrypted": true, "key": typed })).await;
        let keys = published(&scene).await;
        assert_eq!(read(&text, &keys, None, None), Err(Refused::Locked));
        assert_eq!(read(&text, &keys, Some("another"), None), Err(Refused::Key));
        assert_eq!(read(&text, &keys, Some(&key), None).unwrap().id, licence.to_string());
    }

    async fn a_file_for_one_device_is_refused_by_the_others(scene: Scene) {
        let (camille, workspace, licence, key) = licensed(&scene).await;
        let device = enrol(&scene, workspace).await.unwrap();
        let text = file(&scene, &camille, licence, json!({ "days": 7, "device": device, "encrypted": true, "key": key })).await;
        // Devices of scenes have a fingerprint that is empty.
        let document = read(&text, &published(&scene).await, Some(&key), Some("")).unwrap();
        assert_eq!(document.id, device.to_string());
        document.check(scene.now(), TOLERANCE, "").unwrap();
        assert_eq!(document.check(scene.now(), TOLERANCE, "other"), Err(Refused::OtherMachine));
        assert_eq!((document.included[0].kind.as_str(), &document.included[0].id), ("licenses", &licence.to_string()));
    }

    async fn what_cannot_be_in_a_file_is_said_at_its_field(scene: Scene) {
        let (camille, workspace, licence, _) = licensed(&scene).await;
        let api = scene.api(&scene.api_key(&camille).await);
        let path = format!("/api/v1/licences/{licence}/file");
        let refused = async |input: serde_json::Value, code: &str, field: &str| {
            api.post(&path, input).await.refused(422, code).about(field);
        };
        refused(json!({ "days": 0 }), "file_days_out_of_range", "days").await;
        refused(json!({ "days": 366 }), "file_days_out_of_range", "days").await;
        refused(json!({ "days": 1, "encrypted": true }), "file_needs_key", "key").await;
        refused(json!({ "days": 1, "encrypted": true, "key": "ABC" }), "key_length", "key").await;
        let (_, other) = sold(&scene, terms(1)).await;
        refused(json!({ "days": 1, "encrypted": true, "key": other }), "key_of_another", "key").await;
        let without = seatless(&scene, workspace).await;
        refused(json!({ "days": 1, "device": without }), "device_without_seat", "device").await;
        scene.audited("licence.file", 0).await;
    }

    async fn what_is_suspended_revoked_expired_or_nowhere_gets_none(scene: Scene) {
        let (camille, workspace, licence, _) = licensed(&scene).await;
        let api = scene.api(&scene.api_key(&camille).await);
        let path = format!("/api/v1/licences/{licence}/file");
        let refused = async |code: &str| api.post(&path, json!({ "days": 1 })).await.refused(409, code);
        set(&scene, licence, "suspended").await;
        refused("licence_unusable").await;
        camille.get(&format!("/licences/{licence}/file")).await.status(200).shows("Pas de fichier");
        camille.post(&format!("/licences/{licence}/file"), &[("days", "1")]).await.status(409).shows("Pas de fichier");
        set(&scene, licence, "revoked").await;
        refused("licence_unusable").await;
        let (free, _) = sold(&scene, Terms { owner: Some(camille.account), ..terms(1) }).await;
        let nowhere = format!("/api/v1/licences/{free}/file");
        api.post(&nowhere, json!({ "days": 1 })).await.refused(409, "licence_not_attached");
        let taken = json!({ "licence": free, "confirm_replace": true });
        api.put(&format!("/api/v1/workspaces/{workspace}/licence"), taken).await.status(200);
        scene.pass(SignedDuration::from_hours(24 * 370));
        api.post(&nowhere, json!({ "days": 1 })).await.status(200);
        scene.pass(SignedDuration::from_hours(24 * 14));
        api.post(&nowhere, json!({ "days": 1 })).await.refused(409, "licence_expired");
    }

    async fn only_who_owns_or_manages_the_licence_takes_it_out(scene: Scene) {
        let (_, workspace, licence, _) = licensed(&scene).await;
        let path = format!("/api/v1/licences/{licence}/file");
        for (name, role, status) in [("billing", Role::BillingContact, 200), ("admin", Role::Admin, 200), ("viewer", Role::Viewer, 403), ("protection", Role::ProtectionManager, 403)] {
            let person = scene.person(name).await;
            scene.member(workspace, &person, role).await;
            scene.api(&scene.api_key(&person).await).post(&path, json!({ "days": 1 })).await.status(status);
        }
        let stranger = scene.person("stranger").await;
        scene.api(&scene.api_key(&stranger).await).post(&path, json!({ "days": 1 })).await.refused(404, "not_found");
        stranger.get(&format!("/licences/{licence}/file")).await.status(404);
    }

    async fn the_page_answers_with_the_file_or_with_the_form_again(scene: Scene) {
        let (camille, workspace, licence, key) = licensed(&scene).await;
        let path = format!("/licences/{licence}/file");
        camille.get(&format!("/workspaces/{workspace}/settings")).await.shows(&path);
        camille.get("/licences").await.shows(&path);
        camille.get(&path).await.status(200).shows("Préparer un fichier");
        let again = camille.post(&path, &[("days", "400"), ("device", ""), ("encrypted", ""), ("key", "")]).await;
        again.status(422).shows("1 à 365 jours").shows("value=\"400\"");
        let got = camille.post(&path, &[("days", "3"), ("device", ""), ("encrypted", "true"), ("key", &key)]).await.status(200);
        assert!(got.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"rempart-RB-"));
        read(&got.body, &published(&scene).await, Some(&key), None).unwrap();
    }

    async fn a_key_that_was_replaced_signs_no_more_and_its_files_stay_good(scene: Scene) {
        let (camille, _, licence, _) = licensed(&scene).await;
        let before = file(&scene, &camille, licence, json!({ "days": 30 })).await;
        let old = signer(&scene.app).await.unwrap().id().clone();
        let operator = scene.operator().await;
        operator.get("/operator").await.shows("/operator/issuer");
        operator.get("/operator/issuer").await.status(200).shows(old.as_str());
        operator.post("/operator/issuer", &[]).await.leads_to("/operator/issuer?said=issuer-rotated");
        let keys = published(&scene).await;
        let new = signer(&scene.app).await.unwrap().id().clone();
        assert_ne!(new, old);
        assert_eq!(keys.iter().map(|key| key.id()).collect::<Vec<_>>(), [new.clone(), old.clone()]);
        let after = file(&scene, &camille, licence, json!({ "days": 30 })).await;
        let issuer = |text: &str| LicenceFile::parse(text).unwrap().verify(&keys).unwrap().issuer().clone();
        assert_eq!((issuer(&before), issuer(&after)), (old, new));
        let key = scene.api_key(&operator).await;
        scene.api(&key).post("/api/v1/operator/issuer-keys", json!({})).await.status(201);
        assert_eq!(published(&scene).await.iter().count(), 3);
        scene.audited("issuer.rotate", 2).await;
    }

    async fn the_secret_half_leaves_the_database_when_a_key_is_replaced(scene: Scene) {
        let operator = scene.operator().await;
        for _ in 0..3 {
            operator.post("/operator/issuer", &[]).await.status(303);
        }
        assert_eq!(scene.number("select count(*) from issuer_key").await, 4);
        assert_eq!(scene.number("select count(*) from issuer_key where sealed is not null").await, 1);
        assert_eq!(scene.number("select count(*) from issuer_key where current").await, 1);
        // At the next start there is one already.
        crate::issuer::prepare(&scene.app).await.unwrap();
        assert_eq!(scene.number("select count(*) from issuer_key").await, 4);
        scene.audited("issuer.rotate", 3).await;
    }
}
