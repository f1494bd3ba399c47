use crate::{
    base::testing::scenes,
    scan::testing::{Computer, tally},
};
use jiff::SignedDuration;
use rempart_wire::{EventBody, ManagementMode, Origin, ScanId, ScanOutcome, ScanTarget};
use std::collections::HashSet;

scenes! {
    async fn pages_are_newest_first_and_meet_without_gap(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (a, b) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        for number in 0..7u64 {
            let scan: ScanId = scene.app.chance.id(scene.now());
            let device = if number < 2 { b } else { a };
            let origin = Origin::Device;
            device.tells(&scene, EventBody::ScanStarted { scan, target: ScanTarget::UsualPlaces, origin }).await;
            if number > 0 {
                let outcome = ScanOutcome::Completed;
                device.tells(&scene, EventBody::ScanFinished { scan, outcome, tally: tally(number, 0), unreadable: vec![] }).await;
            }
            // Some at the same moment, so that the id decides.
            scene.pass(SignedDuration::from_secs(i64::from(number % 2 == 0)));
        }
        let key = scene.api_key(&camille).await;
        let path = format!("/api/v1/workspaces/{workspace}/scans");
        let (mut seen, mut cursor, mut last) = (HashSet::new(), String::new(), String::from("9"));
        for page in 0.. {
            let answer = scene.api(&key).get(&format!("{path}?limit=3{cursor}")).await.status(200).json();
            for scan in answer["items"].as_array().unwrap() {
                assert!(seen.insert(scan["scan"].to_string()), "twice");
                let at = scan["created_at"].as_str().unwrap().to_owned();
                assert!(at <= last);
                last = at;
            }
            let Some(next) = answer["next"].as_str() else {
                assert_eq!(page, 2);
                break;
            };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen.len(), 7);

        let only = async |query: &str| {
            let answer = scene.api(&key).get(&format!("{path}?{query}")).await.status(200).json();
            answer["items"].as_array().unwrap().len()
        };
        assert_eq!(only(&format!("device={}", b.id)).await, 2);
        assert_eq!(only("state=running").await, 1);
        assert_eq!(only(&format!("device={}&state=running", a.id)).await, 0);
        scene.api(&key).get(&format!("{path}?state=gone")).await.refused(422, "invalid_field").about("state");
        scene.api(&key).get(&format!("{path}?cursor=x")).await.refused(422, "invalid_field").about("cursor");

        let page = camille.get(&format!("/workspaces/{workspace}/scans?device={}", b.id)).await.status(200);
        page.shows("Filtre actif").shows("hx-trigger=\"every 2s\"");
        let nobodys = uuid::Uuid::from_u128(5);
        camille.get(&format!("/workspaces/{workspace}/scans?device={nobodys}")).await.status(404);
    }
}
