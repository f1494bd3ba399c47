use crate::base::testing::scenes;
use jiff::SignedDuration;
use rempart_wire::ManagementMode;
use serde_json::json;

scenes! {
    async fn settings_and_overview_count_the_days_of_a_licence_alike(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let program = scene.api(&scene.api_key(&camille).await);
        program.post(&format!("/api/v1/workspaces/{workspace}/trial"), json!({})).await.status(201);
        for hours in [1, 24 * 28 + 22] {
            scene.pass(SignedDuration::from_hours(hours));
            let left = if hours == 1 { "dans 30 jours" } else { "dans 2 jours" };
            for page in ["", "/settings"] {
                let page = camille.get(&format!("/workspaces/{workspace}{page}")).await.status(200);
                assert!(page.body.contains(left), "{left}: {}", page.body);
            }
        }
    }
}
