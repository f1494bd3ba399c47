use crate::{
    base::testing::scenes,
    licence::testing::{counts_are_exact, enrol, personal, seatless},
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rempart_wire::ManagementMode;
use serde_json::json;

scenes! {
    async fn a_workspace_has_its_trial_once_even_when_asked_ten_times_at_once(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        seatless(&scene, workspace).await;
        let path = format!("/api/v1/workspaces/{workspace}/trial");
        let answers = join_all((0..10).map(|_| program.post(&path, json!({})))).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.code == 201);
        assert_eq!((won.len(), lost.len()), (1, 9));
        for answer in lost { answer.refused(409, "trial_used"); }
        let trial = won[0].json();
        assert_eq!((&trial["state"], &trial["days_left"], &trial["seats_used"]), (&json!("trial"), &json!(30), &json!(1)));
        counts_are_exact(&scene).await;
    }

    async fn a_licence_replaces_the_trial_without_asking_and_the_trial_does_not_come_back(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let path = format!("/api/v1/workspaces/{workspace}/trial");
        let at = format!("/api/v1/workspaces/{workspace}/licence");
        program.post(&path, json!({})).await.status(201);
        enrol(&scene, workspace).await.unwrap();
        program.delete(&at).await.refused(409, "trial_bound");
        scene.pass(SignedDuration::from_hours(24 * 45));
        assert_eq!(program.get(&at).await.json()["state"], "expired");
        let licence = personal(&scene, &camille, 5).await;
        let done = program.put(&at, json!({ "licence": licence })).await.status(200).json();
        assert_eq!((&done["licence"]["state"], &done["licence"]["seats_used"]), (&json!("active"), &json!(1)));
        counts_are_exact(&scene).await;
        program.delete(&at).await.status(204);
        program.post(&path, json!({})).await.refused(409, "trial_used");
    }

    async fn a_workspace_with_a_licence_needs_no_trial(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let licence = personal(&scene, &camille, 5).await;
        program.put(&format!("/api/v1/workspaces/{workspace}/licence"), json!({ "licence": licence })).await.status(200);
        program.post(&format!("/api/v1/workspaces/{workspace}/trial"), json!({})).await.refused(409, "workspace_has_licence");
    }
}
