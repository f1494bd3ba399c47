use crate::{
    base::{
        authz::Role,
        testing::{Browser, Program, Scene, scenes},
    },
    licence::testing::{activate, counts_are_exact, enrol, personal, renews, seatless},
};
use jiff::SignedDuration;
use rempart_wire::{LicenceId, WorkspaceId};
use serde_json::{Value as Json, json};

/// A workspace with a licence of five seats and three devices.
async fn start(scene: &Scene) -> (Browser, Program, WorkspaceId, LicenceId) {
    let camille = scene.person("camille").await;
    let program = scene.api(&scene.api_key(&camille).await);
    let made = program
        .post("/api/v1/workspaces", json!({ "name": "Atelier Rezé" }))
        .await;
    let workspace: WorkspaceId = made.json()["id"].as_str().unwrap().parse().unwrap();
    let licence = personal(scene, &camille, 5).await;
    let path = format!("/api/v1/workspaces/{workspace}/licence");
    program
        .put(&path, json!({ "licence": licence }))
        .await
        .status(200);
    for _ in 0..3 {
        enrol(scene, workspace).await.unwrap();
    }
    (camille, program, workspace, licence)
}

fn at(workspace: WorkspaceId) -> String {
    format!("/api/v1/workspaces/{workspace}")
}

fn confirmed(workspace: WorkspaceId) -> String {
    format!("{}?name=atelier%20reze", at(workspace))
}

async fn first(program: &Program, list: &str) -> Json {
    program.get(list).await.status(200).json()["items"][0].clone()
}

scenes! {
    async fn deleting_frees_the_licence_and_can_be_undone_for_seven_days(scene: Scene) {
        let (_, program, workspace, licence) = start(&scene).await;
        program.delete(&at(workspace)).await.refused(422, "confirmation_mismatch").about("name");
        program.delete(&format!("{}?name=Autre", at(workspace))).await.refused(422, "confirmation_mismatch");
        program.delete(&confirmed(workspace)).await.status(204);

        let free = first(&program, "/api/v1/licences").await;
        assert_eq!((&free["id"], &free["workspace"], &free["seats_used"]), (&json!(licence), &Json::Null, &json!(0)));
        program.get(&at(workspace)).await.refused(404, "not_found");
        program.delete(&confirmed(workspace)).await.refused(404, "not_found");
        program.post("/api/v1/workspaces", json!({ "name": "Atelier Rezé" })).await.refused(409, "workspace_name_taken");
        let gone = first(&program, "/api/v1/workspaces?deleted=true").await;
        assert_eq!(gone["restorable_until"], "2027-03-08T09:00:00Z");
        assert!(enrol(&scene, workspace).await.is_err());
        counts_are_exact(&scene).await;

        scene.pass(SignedDuration::from_hours(24 * 7 - 1));
        scene.work().await;
        let back = program.post(&format!("{}/restore", at(workspace)), json!({})).await.status(200).json();
        assert_eq!((&back["licence"]["id"], &back["licence"]["seats_used"]), (&json!(licence), &json!(3)));
        counts_are_exact(&scene).await;
        // The first deletion's date passes: what was brought back stays.
        scene.pass(SignedDuration::from_hours(24));
        scene.work().await;
        program.get(&at(workspace)).await.status(200);
        scene.audited("workspace.purge", 0).await;
    }

    async fn what_deleting_does_is_said_before_with_counts(scene: Scene) {
        let (camille, program, workspace, licence) = start(&scene).await;
        activate(&scene, licence, workspace).await;
        seatless(&scene, workspace).await;
        let path = format!("{}/deletion", at(workspace));
        let told = program.get(&path).await.status(200).json();
        assert_eq!((&told["devices"], &told["members"], &told["held"]), (&json!(4), &json!(1), &json!(0)));
        assert_eq!(told["restorable_until"], "2027-03-08T09:00:00Z");
        let freed = &told["licence"];
        assert_eq!((&freed["id"], &freed["trial"], &freed["yours"]), (&json!(licence), &json!(false), &json!(true)));
        assert_eq!((&freed["devices_without_seat"], &freed["machines"]), (&json!(3), &json!(1)));
        assert_eq!((&freed["expires_at"], &freed["renews"]), (&json!("2028-03-01T09:00:00Z"), &json!(false)));
        let page = format!("/workspaces/{workspace}/delete");
        camille.get(&page).await.status(200)
            .shows("3 ordinateurs y perdent leur place").shows("Une machine activée garde sa place").shows("Elle expire le");
        renews(&scene, licence).await;
        assert_eq!(program.get(&path).await.json()["licence"]["renews"], true);
        camille.get(&page).await.shows("prochain prélèvement le").shows(&format!("/licences/{licence}/payment"));
        camille.post(&page, &[("name", "Autre")]).await.status(422).shows("3 ordinateurs y perdent leur place");

        let admin = scene.person("dominique").await;
        scene.member(workspace, &admin, Role::Admin).await;
        scene.api(&scene.api_key(&admin).await).get(&path).await.refused(403, "forbidden");
        program.delete(&confirmed(workspace)).await.status(204);
        program.get(&path).await.refused(404, "not_found");
        counts_are_exact(&scene).await;
    }

    async fn the_licence_of_somebody_else_goes_back_to_them_and_a_trial_to_nobody(scene: Scene) {
        let (camille, dominique) = (scene.person("camille").await, scene.person("dominique").await);
        let workspace = scene.workspace(&camille, "Atelier", rempart_wire::ManagementMode::LocalAndRemote).await;
        scene.member(workspace, &dominique, Role::Admin).await;
        let program = scene.api(&scene.api_key(&camille).await);
        program.post(&format!("{}/trial", at(workspace)), json!({})).await.status(201);
        let told = program.get(&format!("{}/deletion", at(workspace))).await.json();
        assert_eq!(told["licence"]["trial"], true);
        let page = format!("/workspaces/{workspace}/delete");
        camille.get(&page).await.status(200).shows("L’essai s’interrompt").shows("Aucun ordinateur");
        let licence = personal(&scene, &dominique, 5).await;
        let other = scene.api(&scene.api_key(&dominique).await);
        other.put(&format!("{}/licence", at(workspace)), json!({ "licence": licence })).await.status(200);
        let told = program.get(&format!("{}/deletion", at(workspace))).await.json();
        assert_eq!((&told["licence"]["trial"], &told["licence"]["yours"]), (&json!(false), &json!(false)));
        camille.get(&page).await.shows("Licences personnelles de son propriétaire");
    }

    async fn after_seven_days_it_is_gone_and_its_name_is_free(scene: Scene) {
        let (_, program, workspace, _) = start(&scene).await;
        program.delete(&confirmed(workspace)).await.status(204);
        scene.pass(SignedDuration::from_hours(24 * 7));
        scene.work().await;
        program.post(&format!("{}/restore", at(workspace)), json!({})).await.refused(404, "not_found");
        assert_eq!(scene.number("select count(*) from device").await, 0);
        program.post("/api/v1/workspaces", json!({ "name": "Atelier Rezé" })).await.status(201);
        scene.audited("workspace.purge", 1).await;
    }

    async fn a_trial_comes_back_with_its_workspace_and_goes_with_it(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let made = program.post("/api/v1/workspaces", json!({ "name": "Atelier Rezé" })).await.json();
        let workspace: WorkspaceId = made["id"].as_str().unwrap().parse().unwrap();
        program.post(&format!("{}/trial", at(workspace)), json!({})).await.status(201);
        enrol(&scene, workspace).await.unwrap();
        program.delete(&confirmed(workspace)).await.status(204);
        let back = program.post(&format!("{}/restore", at(workspace)), json!({})).await.status(200).json();
        assert_eq!((&back["licence"]["state"], &back["licence"]["seats_used"]), (&json!("trial"), &json!(1)));
        program.delete(&confirmed(workspace)).await.status(204);
        scene.pass(SignedDuration::from_hours(24 * 8));
        scene.work().await;
        assert_eq!(scene.number("select count(*) from licence").await, 0);
        counts_are_exact(&scene).await;
    }

    async fn a_licence_assigned_elsewhere_meanwhile_does_not_come_back(scene: Scene) {
        let (_, program, workspace, licence) = start(&scene).await;
        program.delete(&confirmed(workspace)).await.status(204);
        let other = program.post("/api/v1/workspaces", json!({ "name": "Autre" })).await.json();
        let path = format!("/api/v1/workspaces/{}/licence", other["id"].as_str().unwrap());
        program.put(&path, json!({ "licence": licence })).await.status(200);
        let back = program.post(&format!("{}/restore", at(workspace)), json!({})).await.status(200).json();
        assert_eq!(back["licence"], Json::Null);
        assert_eq!(scene.number("select count(*) from device where licence is not null").await, 0);
        counts_are_exact(&scene).await;
    }

    async fn bringing_back_what_is_there_changes_nothing_and_admins_do_neither(scene: Scene) {
        let (_, program, workspace, _) = start(&scene).await;
        program.post(&format!("{}/restore", at(workspace)), json!({})).await.status(200);
        let admin = scene.person("dominique").await;
        scene.member(workspace, &admin, Role::Admin).await;
        let admin = scene.api(&scene.api_key(&admin).await);
        admin.delete(&confirmed(workspace)).await.refused(403, "forbidden");
        program.delete(&confirmed(workspace)).await.status(204);
        admin.post(&format!("{}/restore", at(workspace)), json!({})).await.refused(403, "forbidden");
        assert!(first(&admin, "/api/v1/workspaces?deleted=true").await.is_null());
    }

    async fn a_licence_cannot_be_assigned_to_what_is_being_deleted(scene: Scene) {
        let (camille, program, workspace, _) = start(&scene).await;
        let other = personal(&scene, &camille, 5).await;
        let path = format!("{}/licence", at(workspace));
        let assign = program.put(&path, json!({ "licence": other, "confirm_replace": true }));
        let confirmed = confirmed(workspace);
        let delete = program.delete(&confirmed);
        let (assigned, deleted) = futures_util::future::join(assign, delete).await;
        deleted.status(204);
        assert!(assigned.code == 200 || assigned.code == 404, "{}", assigned.body);
        assert_eq!(scene.number("select count(*) from licence where workspace is not null").await, 0);
        counts_are_exact(&scene).await;
    }
}
