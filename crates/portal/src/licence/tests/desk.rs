use crate::{
    base::testing::{Program, Scene, scenes},
    licence::testing::{enrol, personal, sold, terms},
};
use rempart_wire::ManagementMode;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};

const DESK: &str = "/api/v1/operator/licences";

async fn operator(scene: &Scene) -> Program {
    let operator = scene.operator().await;
    scene.api(&scene.api_key(&operator).await)
}

async fn found(program: &Program, wanted: &str) -> Vec<String> {
    let answer = program
        .post(&format!("{DESK}/find"), json!({ "wanted": wanted }))
        .await
        .status(200)
        .json();
    let items = answer["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Those told that a workspace's settings are others.
fn told(scene: &Scene) -> Arc<Mutex<Vec<rempart_wire::WorkspaceId>>> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    scene.app.db.listen(move |signal| {
        if let crate::base::db::Signal::Settings(workspace) = signal {
            heard.lock().unwrap().push(workspace);
        }
    });
    told
}

scenes! {
    async fn a_licence_is_found_by_number_key_id_and_owner(scene: Scene) {
        let program = operator(&scene).await;
        let camille = scene.person("camille").await;
        let first = personal(&scene, &camille, 3).await.to_string();
        let (second, key) = sold(&scene, terms(5)).await;
        let one = program.get(&format!("{DESK}/{first}")).await.status(200).json();
        assert_eq!((&one["owner"]["email"], &one["seats"]), (&json!("camille@example.org"), &json!(3)));
        let number = one["number"].as_str().unwrap();
        assert_eq!(found(&program, number).await, std::slice::from_ref(&first));
        assert_eq!(found(&program, &format!(" {} ", number.to_lowercase())).await, std::slice::from_ref(&first));
        assert_eq!(found(&program, &first).await, std::slice::from_ref(&first));
        assert_eq!(found(&program, &key.to_lowercase()).await, [second.to_string()]);
        assert_eq!(found(&program, "Camille@Example.org").await, [first]);
        for nothing in ["", "RB-2027-0000", "nobody@example.org", "@", "'; drop table licence"] {
            assert_eq!(found(&program, nothing).await, Vec::<String>::new(), "{nothing}");
        }
    }

    async fn a_suspended_licence_stops_and_goes_on(scene: Scene) {
        let program = operator(&scene).await;
        let camille = scene.person("camille").await;
        let hers = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let licence = personal(&scene, &camille, 3).await;
        hers.put(&format!("/api/v1/workspaces/{workspace}/licence"), json!({ "licence": licence })).await.status(200);
        enrol(&scene, workspace).await.unwrap();
        let heard = told(&scene);
        let desk = format!("{DESK}/{licence}");
        for wrong in ["", "  \n ", &"x".repeat(501)] {
            program.post(&format!("{desk}/suspend"), json!({ "reason": wrong })).await.refused(422, "reason_invalid").about("reason");
        }
        program.post(&format!("{desk}/reinstate"), json!({ "reason": "?" })).await.refused(409, "licence_state_same");
        let stopped = program.post(&format!("{desk}/suspend"), json!({ "reason": "Facture impayée" })).await.status(200).json();
        assert_eq!((&stopped["state"], &stopped["seats_used"]), (&json!("suspended"), &json!(1)));
        assert_eq!(*heard.lock().unwrap(), [workspace]);
        assert_eq!(enrol(&scene, workspace).await.unwrap_err().code.as_str(), "licence_unusable");
        program.post(&format!("{desk}/suspend"), json!({ "reason": "again" })).await.refused(409, "licence_state_same");
        let again = program.post(&format!("{desk}/reinstate"), json!({ "reason": "Payée" })).await.status(200).json();
        assert_eq!(again["state"], "active");
        enrol(&scene, workspace).await.unwrap();

        // The operator and its owner read the same, with the reason.
        for history in [program.get(&format!("{desk}/history")).await, hers.get(&format!("/api/v1/licences/{licence}/history")).await] {
            let lines = history.status(200).json()["items"].as_array().unwrap().clone();
            let line = lines.iter().find(|line| line["action"] == "licence.suspend").unwrap();
            assert_eq!((&line["reason"], &line["before"]["suspended"], &line["after"]["suspended"], &line["by"]),
                (&json!("Facture impayée"), &json!(false), &json!(true), &json!("operator")));
        }
    }

    async fn revoking_says_what_it_takes_first_and_is_for_good(scene: Scene) {
        let program = operator(&scene).await;
        let camille = scene.person("camille").await;
        let hers = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let licence = personal(&scene, &camille, 3).await;
        hers.put(&format!("/api/v1/workspaces/{workspace}/licence"), json!({ "licence": licence })).await.status(200);
        enrol(&scene, workspace).await.unwrap();
        let desk = format!("{DESK}/{licence}");
        let asked = program.post(&format!("{desk}/revoke"), json!({ "reason": "Fraude" })).await.refused(409, "revocation_unconfirmed").json();
        assert_eq!(asked["facts"], json!({ "workspace": { "id": workspace, "name": "Atelier" }, "devices": 1 }));
        let heard = told(&scene);
        let gone = program.post(&format!("{desk}/revoke"), json!({ "reason": "Fraude", "confirm": true })).await.status(200).json();
        assert_eq!(gone["state"], "revoked");
        assert_eq!(*heard.lock().unwrap(), [workspace]);
        for (what, code) in [("reinstate", "revoked_for_good"), ("suspend", "revoked_for_good"), ("revoke", "licence_state_same")] {
            program.post(&format!("{desk}/{what}"), json!({ "reason": "x", "confirm": true })).await.refused(409, code);
        }
        scene.audited("licence.revoke", 1).await;
        // One that nobody has is not asked about; its key is of no use then.
        let (unowned, key) = sold(&scene, terms(5)).await;
        program.post(&format!("{DESK}/{unowned}/revoke"), json!({ "reason": "Perdue" })).await.status(200);
        hers.post("/api/v1/licences", json!({ "key": key })).await.refused(409, "licence_unusable");
    }

    async fn the_command_beside_a_portal_has_it_tell_the_devices(scene: Scene) {
        let camille = scene.person("camille").await;
        let hers = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let id = personal(&scene, &camille, 3).await;
        hers.put(&format!("/api/v1/workspaces/{workspace}/licence"), json!({ "licence": id })).await.status(200);
        scene.app.db.write::<_, crate::base::error::Fault, _>(move |mut tx| {
            let licence = crate::licence::find(&mut tx, id)?.unwrap();
            crate::licence::tell_later(&mut tx, &licence)?;
            Ok(tx.tidy(crate::base::audit::Housekeeping::Job, ())?)
        }).await.unwrap();
        let heard = told(&scene);
        scene.work().await;
        assert_eq!(*heard.lock().unwrap(), [workspace]);
    }

    async fn the_operator_decides_on_pages(scene: Scene) {
        let operator = scene.operator().await;
        let camille = scene.person("camille").await;
        let hers = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let licence = personal(&scene, &camille, 3).await;
        hers.put(&format!("/api/v1/workspaces/{workspace}/licence"), json!({ "licence": licence })).await.status(200);
        operator.get("/operator").await.shows("Trouver une licence");
        operator.get("/operator/find-licence").await.status(200);
        let page = format!("/operator/licences/{licence}");
        operator.post("/operator/find-licence", &[("wanted", "camille@example.org")]).await.leads_to(&page);
        operator.post("/operator/find-licence", &[("wanted", "RB-0")]).await.shows("Aucune licence ne correspond");
        operator.get(&page).await.status(200).shows("camille@example.org").shows("Atelier");
        let refused = operator.post(&format!("{page}/suspend"), &[("reason", " ")]).await;
        assert_eq!(refused.code, 422);
        refused.shows("Dites pourquoi");
        operator.post(&format!("{page}/suspend"), &[("reason", "Facture impayée")]).await.leads_to(&format!("{page}?said=licence-suspended"));
        operator.get(&page).await.shows("Suspendue par l’exploitation").shows("Facture impayée").shows("Rétablir");
        operator.post(&format!("{page}/reinstate"), &[("reason", "Payée")]).await.leads_to(&format!("{page}?said=licence-reinstated"));
        operator.get(&format!("{page}/revoke")).await.status(200).shows("Elle est associée au Workspace «\u{a0}Atelier\u{a0}», où aucun ordinateur").shows("ne sert plus jamais");
        operator.post(&format!("{page}/revoke"), &[("reason", "Fraude")]).await.leads_to(&format!("{page}?said=licence-revoked"));
        let over = operator.get(&page).await.shows("Révoquée");
        assert!(!over.body.contains("/suspend"), "what is revoked can be suspended");
        camille.get(&format!("/licences/{licence}")).await.shows("Fraude");
    }

    async fn a_licence_of_a_batch_says_when_it_was_issued(scene: Scene) {
        let program = operator(&scene).await;
        let order = json!({ "count": 1, "product": "Business", "kind": "one_off", "seats": 5, "months": 12 });
        let batch = program.post("/api/v1/operator/licence-batches", order).await.status(202).json();
        scene.work().await;
        let keys = format!("/api/v1/operator/licence-batches/{}/keys", batch["id"].as_str().unwrap());
        let keys: Json = program.post(&keys, json!({})).await.json();
        let number = keys["keys"][0]["number"].as_str().unwrap();
        let id = found(&program, number).await.remove(0);
        assert_eq!(program.get(&format!("{DESK}/{id}")).await.json()["batch"], batch["id"]);
        let lines = program.get(&format!("{DESK}/{id}/history")).await.json();
        let actions: Vec<&str> = lines["items"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["licence.issue_batch"]);
    }
}
