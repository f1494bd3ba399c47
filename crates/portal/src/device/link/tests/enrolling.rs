use super::computer::{Computer, Portal, give_licence, licensed, token, write};
use crate::{base::testing::scenes, params};
use rempart_wire::ManagementMode;

scenes! {
    async fn a_computer_becomes_a_device_with_a_seat_and_a_credential_of_its_own(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 3).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let settings = computer.take(&portal, &token).await.unwrap();
        assert_eq!((settings.workspace.as_str(), settings.mode), ("Atelier (Rezé)", ManagementMode::LocalAndRemote));
        assert_eq!(settings.licence.unwrap().product, "Business");
        assert!(computer.credential.starts_with("rpd_"));
        assert_eq!(scene.number("select seats_used from licence").await, 1);
        assert_eq!(scene.number("select used from enrolment_token").await, 1);
        scene.audited("device.enrol", 1).await;

        let _talk = computer.connect(&portal).await;
        scene.audited("device.take_credential", 1).await;
        assert_eq!(scene.number("select count(*) from device where name = 'rezé-1' and licence is not null").await, 1);
        assert_eq!(scene.app.devices.connected(), 1);
    }

    async fn enrolling_again_on_the_same_machine_is_the_same_device(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let first = computer.enrol(&portal, &token).await;
        let (device, old) = (computer.device(), computer.credential.clone());
        let mut again = Computer { run: "enrol".into(), ..computer.clone() };
        let second = again.enrol(&portal, &token).await;
        assert_eq!(again.device(), device);
        assert_eq!(scene.number("select seats_used from licence").await, 1);
        assert_eq!(scene.number("select count(*) from device").await, 1);
        // The connection under the old credential is over, and so is the credential.
        let mut first = first;
        while first.hear().await.is_some() {}
        assert_eq!(computer.dial(&portal, &old).await.err().unwrap().0, 401);
        second.leave().await;
    }

    async fn a_copy_of_the_disk_in_another_machine_is_another_device(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.take(&portal, &token).await.unwrap();
        let mut copy = computer.copied_to(2);
        copy.take(&portal, &token).await.unwrap();
        assert_ne!(copy.device(), computer.device());
        assert_eq!(scene.number("select seats_used from licence").await, 2);
    }

    async fn without_a_seat_nothing_is_half_enrolled(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        Computer::new(1).take(&portal, &token).await.unwrap();
        let refusal = Computer::new(2).meet(&portal, &token).await.refused().await;
        assert_eq!((refusal.code.as_str(), refusal.workspace.as_deref()), ("seats_exhausted", Some("Atelier (Rezé)")));
        assert!(refusal.sentence.contains("All 1 seats"), "{refusal}");
        assert_eq!(scene.number("select count(*) from device").await, 1);
        assert_eq!(scene.number("select count(*) from device_credential").await, 1);
        assert_eq!(scene.number("select used from enrolment_token").await, 1);
        scene.audited("device.enrol", 1).await;
    }

    async fn without_a_licence_the_computer_is_told_so(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalOnly).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let refusal = Computer::new(1).meet(&portal, &token).await.refused().await;
        assert_eq!((refusal.code.as_str(), refusal.workspace.as_deref()), ("workspace_without_licence", Some("Atelier")));
        assert_eq!(scene.number("select count(*) from device").await, 0);
        give_licence(&scene, workspace, 1).await;
        let settings = Computer::new(1).take(&portal, &token).await.unwrap();
        assert_eq!(settings.mode, ManagementMode::LocalOnly);
    }

    async fn a_token_that_enrols_nothing_is_refused_before_the_upgrade(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 9).await;
        let portal = Portal::open(&scene).await;
        let (expired, revoked) = (token(&scene, &camille, workspace, None).await, token(&scene, &camille, workspace, None).await);
        let hash = crate::base::authn::token_hash(&revoked);
        write(&scene, move |tx| {
            tx.execute("update enrolment_token set revoked_at = 1 where token_hash = $1", params![hash])
        }).await;
        let used_up = token(&scene, &camille, workspace, Some(1)).await;
        Computer::new(1).take(&portal, &used_up).await.unwrap();
        scene.pass(jiff::SignedDuration::from_mins(50));
        let fresh = token(&scene, &camille, workspace, Some(1)).await;
        for (bearer, code) in [(used_up.as_str(), "token_used_up"), (&revoked, "token_revoked"), ("rpe_nothing", "token_unknown"), ("", "token_unknown")] {
            let (status, problem) = Computer::new(2).dial(&portal, bearer).await.err().unwrap();
            assert_eq!((status, problem["code"].as_str()), (401, Some(code)), "{problem}");
        }
        scene.pass(jiff::SignedDuration::from_mins(11));
        let (status, problem) = Computer::new(2).dial(&portal, &expired).await.err().unwrap();
        assert_eq!((status, problem["code"].as_str()), (401, Some("token_expired")), "{problem}");
        Computer::new(2).take(&portal, &fresh).await.unwrap();
    }

    async fn who_cannot_prove_its_key_gets_nothing(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 9).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let computer = Computer::new(1);
        let mut talk = computer.dial(&portal, &token).await.unwrap_or_else(|_| panic!("refused"));
        talk.session.set_description(computer.describe("the challenge of another day"));
        talk.say().await;
        assert_eq!(talk.refused().await.code, "proof_invalid");
        assert_eq!(scene.number("select count(*) from device").await, 0);
        assert_eq!(scene.number("select used from enrolment_token").await, 0);
    }

    async fn of_many_computers_racing_for_the_last_seat_one_wins(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let token = token(&scene, &camille, workspace, None).await;
        let (won, codes) = race(&scene, &token).await;
        assert_eq!(won, 1);
        assert!(codes.iter().all(|code| code == "seats_exhausted"), "{codes:?}");
        assert_eq!(scene.number("select seats_used from licence").await, 1);
        assert_eq!(scene.number("select count(*) from device").await, 1);
    }

    async fn of_many_computers_racing_for_a_token_of_one_device_one_wins(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 50).await;
        let token = token(&scene, &camille, workspace, Some(1)).await;
        let (won, codes) = race(&scene, &token).await;
        assert_eq!(won, 1);
        assert!(codes.iter().all(|code| code == "token_used_up"), "{codes:?}");
        assert_eq!(scene.number("select seats_used from licence").await, 1);
        assert_eq!(scene.number("select used from enrolment_token").await, 1);
    }
}

/// Twenty computers enrol at once: how many were enrolled, and why the others were not.
async fn race(scene: &crate::base::testing::Scene, token: &str) -> (usize, Vec<String>) {
    let portal = std::sync::Arc::new(Portal::open(scene).await);
    let racers = (1..=20).map(|number| {
        let (portal, token) = (portal.clone(), token.to_owned());
        tokio::spawn(async move { Computer::new(number).try_take(&portal, &token).await })
    });
    let mut codes = Vec::new();
    for racer in racers.collect::<Vec<_>>() {
        codes.extend(racer.await.unwrap().err());
    }
    (20 - codes.len(), codes)
}
