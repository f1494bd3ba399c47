use crate::{
    base::testing::scenes,
    detection::Action,
    scan::testing::{Computer, found, held, path},
};
use jiff::SignedDuration;
use proptest::prelude::*;
use rempart_wire::{DetectionAction, EventBody, ManagementMode, QuarantineState, ScanId};

scenes! {
    async fn what_is_found_is_listed_with_what_became_of_it(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "BUREAU-03").await;
        let page = format!("/workspaces/{workspace}/detections");
        camille.get(&page).await.status(200).shows("Rien n’a été trouvé");

        let item = held(&scene, "/home/camille/a.zip");
        let mut inside = found(&scene, "/home/camille/a.zip", DetectionAction::Quarantined, None);
        inside.members = vec!["b.tar".into(), "eicar\u{0}.com".into()];
        inside.item = Some(item.item);
        let item_id = item.item;
        desk.tells(&scene, EventBody::Quarantined(item)).await;
        for _ in 0..2 {
            desk.tells(&scene, EventBody::Detection(inside.clone())).await;
        }
        assert_eq!(scene.number("select count(*) from detection").await, 1);
        camille.get(&page).await.shows("a.zip › b.tar › eicar").shows("Le fichier de test EICAR").shows("En quarantaine");
        let gone = EventBody::QuarantineChanged { item: item_id, order: None, state: QuarantineState::Restored, failure: None };
        desk.tells(&scene, gone).await;
        camille.get(&page).await.shows("Restauré");
        let key = scene.api_key(&camille).await;
        let one = scene.api(&key).get(&format!("/api/v1{page}")).await.json()["items"][0].clone();
        assert_eq!((&one["action"], &one["item_state"]), (&"quarantined".into(), &"restored".into()));
        assert_eq!(one["members"][0], "b.tar");
    }

    async fn filters_narrow_and_are_told(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (a, b) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let scan: ScanId = scene.app.chance.id(scene.now());
        for (device, action, scan) in [
            (a, DetectionAction::Quarantined, Some(scan)),
            (a, DetectionAction::Reported, None),
            (b, DetectionAction::QuarantineFailed, None),
        ] {
            device.tells(&scene, EventBody::Detection(found(&scene, "/x", action, scan))).await;
        }
        let key = scene.api_key(&camille).await;
        let only = async |query: String| {
            let answer = scene.api(&key).get(&format!("/api/v1/workspaces/{workspace}/detections?{query}")).await;
            answer.status(200).json()["items"].as_array().unwrap().len()
        };
        assert_eq!(only(String::new()).await, 3);
        assert_eq!(only(format!("device={}", a.id)).await, 2);
        assert_eq!(only(format!("scan={scan}")).await, 1);
        assert_eq!(only("action=quarantine_failed".into()).await, 1);
        assert_eq!(only(format!("device={}&action=quarantine_failed", a.id)).await, 0);
        let page = format!("/workspaces/{workspace}/detections");
        camille.get(&format!("{page}?device={}&action=", a.id)).await.status(200).shows("Filtre actif").shows(">A ");
        let none = format!("{page}?device={}&action=quarantine_failed", a.id);
        camille.get(&none).await.status(200).shows("Aucune détection ne correspond");
        scene.api(&key).get(&format!("/api/v1{page}?action=eaten")).await.refused(422, "invalid_field").about("action");
    }

    async fn a_device_cannot_change_what_another_found(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (a, b) = (Computer::enrolled(&scene, workspace, "A").await, Computer::enrolled(&scene, workspace, "B").await);
        let report = found(&scene, "/x", DetectionAction::QuarantineFailed, None);
        a.tells(&scene, EventBody::Detection(report.clone())).await;
        let lie = rempart_wire::DetectionReport { action: DetectionAction::Quarantined, path: path("/y\0"), ..report };
        b.tells(&scene, EventBody::Detection(lie)).await;
        assert_eq!(scene.number("select count(*) from detection where action = 'quarantine_failed'").await, 1);
        assert_eq!(scene.number("select count(*) from detection").await, 1);
    }

    async fn a_nul_in_a_name_loses_no_detection(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let mut report = found(&scene, "/a\0b", DetectionAction::Reported, None);
        report.rule = "r\0".into();
        desk.tells(&scene, EventBody::Detection(report)).await;
        assert_eq!(scene.number("select count(*) from detection").await, 1);
    }

    async fn days_are_counted_in_utc(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let midnight: jiff::Timestamp = "2027-02-28T00:00:00Z".parse().unwrap();
        for (at, action) in [
            (midnight - SignedDuration::from_micros(1), DetectionAction::Quarantined),
            (midnight, DetectionAction::Quarantined),
            (midnight + SignedDuration::from_hours(23), DetectionAction::Quarantined),
            (midnight + SignedDuration::from_hours(23), DetectionAction::Reported),
            (midnight + SignedDuration::from_hours(24), DetectionAction::QuarantineFailed),
        ] {
            desk.tells_at(&scene, at, EventBody::Detection(found(&scene, "/x", action, None))).await;
        }
        let days = scene.app.db.read(move |r| crate::detection::per_day(r, workspace, 0)).await.unwrap();
        let day = midnight.as_second() / 86_400;
        let told: Vec<_> = days.iter().map(|one| (one.day - day, one.action, one.count)).collect();
        assert_eq!(told, [
            (-1, Action::Quarantined, 1),
            (0, Action::Quarantined, 2),
            (0, Action::Reported, 1),
            (1, Action::QuarantineFailed, 1),
        ]);
        let later = scene.app.db.read(move |r| crate::detection::per_day(r, workspace, day)).await.unwrap();
        assert_eq!(later.len(), 3);
    }

    async fn what_is_still_in_place_is_counted_once_and_until_it_is_moved(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let unsettled = async || {
            let since = scene.now() - SignedDuration::from_hours(24 * 30);
            scene.app.db.read(move |r| crate::detection::unsettled(r, workspace, since)).await.unwrap()
        };
        for file in ["/x", "/x", "/y"] {
            let report = found(&scene, file, DetectionAction::QuarantineFailed, None);
            desk.tells(&scene, EventBody::Detection(report)).await;
        }
        let two = unsettled().await;
        assert_eq!((two.files, two.devices, two.device_name.as_deref()), (2, 1, Some("A")));
        scene.pass(SignedDuration::from_secs(60));
        desk.tells(&scene, EventBody::Detection(found(&scene, "/x", DetectionAction::Quarantined, None))).await;
        assert_eq!(unsettled().await.files, 1);
        scene.pass(SignedDuration::from_hours(24 * 30));
        assert_eq!(unsettled().await.files, 0);
    }
}

proptest! {
    #[test]
    fn a_moment_is_in_the_day_the_calendar_says(micros in 0i64..4_000_000_000_000_000) {
        let at = jiff::Timestamp::from_microsecond(micros).unwrap();
        let epoch = jiff::civil::date(1970, 1, 1);
        let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        prop_assert_eq!(i64::from(date.since(epoch).unwrap().get_days()), micros / super::super::store::DAY);
    }
}
