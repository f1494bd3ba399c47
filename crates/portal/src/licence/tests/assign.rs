use crate::{
    base::{
        authz::Role,
        testing::{Browser, Program, Scene, scenes},
    },
    licence::testing::{activate, counts_are_exact, enrol, personal, seatless},
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::{Value as Json, json};

async fn start(scene: &Scene) -> (Browser, Program, WorkspaceId) {
    let camille = scene.person("camille").await;
    let key = scene.api_key(&camille).await;
    let workspace = atelier(scene, &camille, "Atelier").await;
    (camille, scene.api(&key), workspace)
}

async fn atelier(scene: &Scene, owner: &Browser, name: &str) -> WorkspaceId {
    scene.workspace(owner, name, ManagementMode::LocalAndRemote).await
}

fn at(workspace: WorkspaceId) -> String {
    format!("/api/v1/workspaces/{workspace}/licence")
}

async fn shown(program: &Program, licence: LicenceId) -> Json {
    let list = program.get("/api/v1/licences").await.status(200).json();
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .find(|item| item["id"] == json!(licence))
        .unwrap()
        .clone()
}

scenes! {
    async fn the_period_starts_when_a_licence_is_first_assigned_and_goes_on_whatever_happens(scene: Scene) {
        let (camille, program, workspace) = start(&scene).await;
        let licence = personal(&scene, &camille, 5).await;
        assert_eq!(shown(&program, licence).await["state"], "unstarted");
        scene.pass(SignedDuration::from_hours(24 * 60));
        let now = scene.now().to_string();
        let assigned = program.put(&at(workspace), json!({ "licence": licence })).await.status(200).json();
        assert_eq!(assigned["licence"]["first_assigned_at"], json!(now));
        assert_eq!(assigned["licence"]["expires_at"], "2028-04-30T09:00:00Z");
        assert_eq!(assigned["licence"]["state"], "active");

        program.delete(&at(workspace)).await.status(204);
        scene.pass(SignedDuration::from_hours(24 * 30));
        let again = program.put(&at(workspace), json!({ "licence": licence })).await.status(200).json();
        assert_eq!(again["licence"]["expires_at"], "2028-04-30T09:00:00Z");
        program.put(&at(workspace), json!({ "licence": licence })).await.status(200);
        let seen = program.get(&at(workspace)).await.status(200).json();
        assert_eq!(seen["workspace"]["name"], "Atelier");
    }

    async fn moving_a_licence_says_first_whom_it_leaves_behind(scene: Scene) {
        let (camille, program, one) = start(&scene).await;
        let two = atelier(&scene, &camille, "Deux").await;
        let licence = personal(&scene, &camille, 5).await;
        program.put(&at(one), json!({ "licence": licence })).await.status(200);
        for _ in 0..3 { enrol(&scene, one).await.unwrap(); }
        seatless(&scene, two).await;

        let asked = program.put(&at(two), json!({ "licence": licence })).await.refused(409, "licence_in_use");
        assert_eq!(asked.json()["facts"]["moved_from"]["devices_without_seat"], 3);
        assert_eq!(asked.json()["facts"]["moved_from"]["name"], "Atelier");
        counts_are_exact(&scene).await;

        let moved = program.put(&at(two), json!({ "licence": licence, "confirm_move": true })).await.status(200);
        assert_eq!(moved.json()["licence"]["seats_used"], 1);
        program.get(&at(one)).await.refused(409, "workspace_without_licence");
        counts_are_exact(&scene).await;
        scene.audited("licence.taken_away", 1).await;
    }

    async fn machines_keep_their_seats_wherever_the_licence_goes_and_the_preview_knows(scene: Scene) {
        let (camille, program, one) = start(&scene).await;
        let two = atelier(&scene, &camille, "Deux").await;
        let licence = personal(&scene, &camille, 5).await;
        program.put(&at(one), json!({ "licence": licence })).await.status(200);
        enrol(&scene, one).await.unwrap();
        for _ in 0..2 { activate(&scene, licence, one).await; }
        for _ in 0..4 { seatless(&scene, two).await; }
        let chosen = format!("/workspaces/{two}/licence/assign?licence={licence}");
        camille.get(&chosen).await.status(200).shows("laisserait son ordinateur sans licence").shows("5 places occupées sur 5");

        let asked = program.put(&at(two), json!({ "licence": licence })).await.refused(409, "licence_in_use").json();
        assert_eq!(asked["facts"]["moved_from"]["devices_without_seat"], 1, "machines lose nothing");
        assert_eq!(asked["facts"]["devices_without_seat"], 1, "two of five seats are the machines'");
        let moving = json!({ "licence": licence, "confirm_move": true });
        program.put(&at(two), moving).await.refused(409, "licence_too_small");
        let moving = json!({ "licence": licence, "confirm_move": true, "confirm_fewer": true });
        let moved = program.put(&at(two), moving).await.status(200).json();
        assert_eq!((&moved["devices_without_seat"], &moved["licence"]["seats_used"]), (&json!(1), &json!(5)));
        assert_eq!(scene.number("select count(*) from device where licence is null").await, 2, "one there, one here");
        counts_are_exact(&scene).await;

        camille.get(&format!("/workspaces/{two}/licence/detach")).await.status(200).shows("3 ordinateurs restent sans licence");
        camille.get(&format!("/licences/{licence}/transfer")).await.status(200).shows("3 ordinateurs y resteront sans");
    }

    async fn a_licence_too_small_says_so_and_seats_those_who_came_first(scene: Scene) {
        let (camille, program, workspace) = start(&scene).await;
        let mut devices = Vec::new();
        for _ in 0..4 {
            devices.push(seatless(&scene, workspace).await);
            scene.pass(SignedDuration::from_secs(1));
        }
        let licence = personal(&scene, &camille, 3).await;
        let asked = program.put(&at(workspace), json!({ "licence": licence })).await.refused(409, "licence_too_small");
        assert_eq!(asked.json()["facts"]["devices_without_seat"], 1);
        let done = program.put(&at(workspace), json!({ "licence": licence, "confirm_fewer": true })).await.status(200);
        assert_eq!(done.json()["devices_without_seat"], 1);
        counts_are_exact(&scene).await;
        let last = *devices.last().unwrap();
        let seated = scene.app.db.read(move |r| crate::licence::store::seat::held_by(r, last)).await.unwrap();
        assert_eq!(seated, None);
    }

    async fn a_licence_that_is_there_is_given_back_only_when_that_was_said(scene: Scene) {
        let (camille, program, workspace) = start(&scene).await;
        let (old, new) = (personal(&scene, &camille, 5).await, personal(&scene, &camille, 9).await);
        program.put(&at(workspace), json!({ "licence": old })).await.status(200);
        enrol(&scene, workspace).await.unwrap();
        program.put(&at(workspace), json!({ "licence": new })).await.refused(409, "workspace_has_licence");
        let done = program.put(&at(workspace), json!({ "licence": new, "confirm_replace": true })).await.status(200);
        assert_eq!(done.json()["licence"]["seats_used"], 1);
        assert_eq!(shown(&program, old).await["workspace"], Json::Null);
        counts_are_exact(&scene).await;
    }

    async fn nobody_assigns_what_is_not_theirs_or_where_they_may_not(scene: Scene) {
        let (camille, program, workspace) = start(&scene).await;
        let dominique = scene.person("dominique").await;
        scene.member(workspace, &dominique, Role::Viewer).await;
        let other = scene.api(&scene.api_key(&dominique).await);
        let (hers, his) = (personal(&scene, &camille, 5).await, personal(&scene, &dominique, 5).await);
        program.put(&at(workspace), json!({ "licence": his })).await.refused(404, "not_found");
        other.put(&at(workspace), json!({ "licence": his })).await.refused(403, "forbidden");
        program.put(&at(workspace), json!({ "licence": hers })).await.status(200);
        other.get(&at(workspace)).await.status(200);
        other.delete(&at(workspace)).await.refused(403, "forbidden");
        assert_eq!(other.get("/api/v1/licences").await.json()["items"].as_array().unwrap().len(), 1);
    }

    async fn one_licence_for_ten_workspaces_at_once_goes_to_one(scene: Scene) {
        let (camille, program, _) = start(&scene).await;
        let licence = personal(&scene, &camille, 5).await;
        let mut workspaces = Vec::new();
        for at in 0..10 { workspaces.push(atelier(&scene, &camille, &format!("Atelier {at}")).await); }
        let answers = join_all(workspaces.iter().map(|workspace| {
            let (program, path) = (&program, at(*workspace));
            async move { program.put(&path, json!({ "licence": licence })).await }
        })).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.code == 200);
        assert_eq!((won.len(), lost.len()), (1, 9));
        for answer in lost { answer.refused(409, "licence_in_use"); }
        assert_eq!(scene.number("select count(*) from licence where workspace is not null").await, 1);
    }

    async fn ten_licences_for_one_workspace_at_once_leave_one(scene: Scene) {
        let (camille, program, workspace) = start(&scene).await;
        let mut licences = Vec::new();
        for _ in 0..10 { licences.push(personal(&scene, &camille, 5).await); }
        let answers = join_all(licences.iter().map(|licence| {
            let program = &program;
            async move { program.put(&at(workspace), json!({ "licence": licence })).await }
        })).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.code == 200);
        assert_eq!((won.len(), lost.len()), (1, 9));
        for answer in lost { answer.refused(409, "workspace_has_licence"); }
    }

    async fn detaching_frees_the_licence_and_keeps_the_computers(scene: Scene) {
        let (camille, program, workspace) = start(&scene).await;
        let licence = personal(&scene, &camille, 5).await;
        program.delete(&at(workspace)).await.refused(409, "workspace_without_licence");
        program.put(&at(workspace), json!({ "licence": licence })).await.status(200);
        enrol(&scene, workspace).await.unwrap();
        program.delete(&at(workspace)).await.status(204);
        let free = shown(&program, licence).await;
        assert_eq!((&free["workspace"], &free["seats_used"]), (&Json::Null, &json!(0)));
        assert_eq!(scene.number("select count(*) from device where state = 'enrolled'").await, 1);
        counts_are_exact(&scene).await;
        scene.audited("licence.detach", 1).await;
    }
}
