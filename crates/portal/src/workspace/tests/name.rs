use crate::base::{
    authz::Role,
    testing::{Program, Scene, scenes},
};
use futures_util::future::join_all;
use serde_json::json;

const WORKSPACES: &str = "/api/v1/workspaces";

async fn camille(scene: &Scene) -> Program {
    let camille = scene.person("camille").await;
    scene.api(&scene.api_key(&camille).await)
}

scenes! {
    async fn whoever_makes_a_workspace_is_its_primary_owner(scene: Scene) {
        let program = camille(&scene).await;
        let made = program.post(WORKSPACES, json!({ "name": " Ébénisterie  Lefèvre " })).await.status(201).json();
        assert_eq!(made["name"], "Ébénisterie Lefèvre");
        assert_eq!((&made["mode"], &made["role"]), (&json!("local_and_remote"), &json!("primary_owner")));
        let path = format!("{WORKSPACES}/{}", made["id"].as_str().unwrap());
        assert_eq!(program.get(&path).await.status(200).json()["name"], made["name"]);
        let stranger = scene.person("dominique").await;
        scene.api(&scene.api_key(&stranger).await).get(&path).await.refused(404, "not_found");
        scene.audited("workspace.create", 1).await;
    }

    async fn a_name_that_is_taken_is_answered_with_three_that_are_free(scene: Scene) {
        let program = camille(&scene).await;
        program.post(WORKSPACES, json!({ "name": "L’Atelier" })).await.status(201);
        let answer = program.post(WORKSPACES, json!({ "name": "l'ATELIER" })).await;
        let taken = answer.refused(409, "workspace_name_taken").about("name").json();
        let free: Vec<&str> = taken["facts"]["alternatives"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(free.len(), 3);
        for name in free {
            assert!(name.starts_with("l'ATELIER ("), "{name}");
            program.post(WORKSPACES, json!({ "name": name })).await.status(201);
        }
        scene.audited("workspace.create", 4).await;
    }

    async fn of_two_hundred_who_want_one_name_one_gets_it(scene: Scene) {
        let mut programs = Vec::new();
        for at in 0..10 {
            let person = scene.person(&format!("person{at}")).await;
            programs.push(scene.api(&scene.api_key(&person).await));
        }
        let spellings = ["Atelier Rezé", "ATELIER REZE", "atelier  rezé", "Ａｔｅｌｉｅｒ Rezé"];
        let answers = join_all((0..200).map(|at| {
            let (program, name) = (&programs[at % 10], spellings[at % 4]);
            async move { program.post(WORKSPACES, json!({ "name": name })).await }
        })).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.code == 201);
        assert_eq!((won.len(), lost.len()), (1, 199));
        for answer in lost {
            let facts = answer.refused(409, "workspace_name_taken").json();
            assert_eq!(facts["facts"]["alternatives"].as_array().unwrap().len(), 3);
        }
        assert_eq!(scene.number("select count(*) from workspace").await, 1);
        scene.audited("workspace.create", 1).await;
    }

    async fn a_name_is_checked_while_it_is_typed(scene: Scene) {
        let program = camille(&scene).await;
        program.post(WORKSPACES, json!({ "name": "Atelier" })).await.status(201);
        let check = async |name: &str| program.get(&format!("{WORKSPACES}/name-check?name={name}")).await;
        assert_eq!(check("Autre").await.status(200).json()["free"], true);
        let taken = check("atelier").await.status(200).json();
        assert_eq!((&taken["free"], taken["alternatives"].as_array().unwrap().len()), (&json!(false), 3));
        let wrong = check("50%25").await.refused(422, "workspace_name_character").about("name").json();
        assert!(wrong["title"].as_str().unwrap().contains('%'));
        check("a").await.refused(422, "workspace_name_length");
    }

    async fn another_name_is_as_unique_and_gives_the_old_one_up(scene: Scene) {
        let program = camille(&scene).await;
        let one = program.post(WORKSPACES, json!({ "name": "Un" })).await.status(201).json();
        program.post(WORKSPACES, json!({ "name": "Deux" })).await.status(201);
        let path = format!("{WORKSPACES}/{}", one["id"].as_str().unwrap());
        let taken = program.patch(&path, json!({ "name": "DEUX" })).await.refused(409, "workspace_name_taken");
        assert_eq!(taken.json()["facts"]["alternatives"].as_array().unwrap().len(), 3);
        program.patch(&path, json!({ "name": "UN" })).await.status(200);
        let changed = program.patch(&path, json!({ "name": "Trois", "mode": "remote_only" })).await.status(200).json();
        assert_eq!((&changed["name"], &changed["mode"]), (&json!("Trois"), &json!("remote_only")));
        program.post(WORKSPACES, json!({ "name": "un" })).await.status(201);
        program.patch(&path, json!({ "mode": "somewhere" })).await.refused(422, "mode_unknown").about("mode");
        scene.audited("workspace.change", 2).await;
    }

    async fn only_owner_and_admins_change_a_workspace(scene: Scene) {
        let owner = scene.person("camille").await;
        let workspace = scene.workspace(&owner, "Atelier", rempart_wire::ManagementMode::LocalOnly).await;
        let path = format!("{WORKSPACES}/{workspace}");
        for (role, status) in [(Role::Admin, 200), (Role::ProtectionManager, 403), (Role::BillingContact, 403), (Role::Viewer, 403)] {
            let member = scene.person(role.as_str()).await;
            scene.member(workspace, &member, role).await;
            let program = scene.api(&scene.api_key(&member).await);
            program.patch(&path, json!({ "name": format!("By {role}") })).await.status(status);
            program.get(&path).await.status(200);
        }
    }

    async fn a_long_list_comes_in_pages_by_name(scene: Scene) {
        let program = camille(&scene).await;
        for name in ["delta", "Alpha", "ÉCHO", "bravo", "Charlie"] {
            program.post(WORKSPACES, json!({ "name": name })).await.status(201);
        }
        let (mut seen, mut path) = (Vec::new(), format!("{WORKSPACES}?limit=2"));
        loop {
            let page = program.get(&path).await.status(200).json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("{WORKSPACES}?limit=2&cursor={next}");
        }
        assert_eq!(seen, ["Alpha", "bravo", "Charlie", "delta", "ÉCHO"]);
    }
}
