use super::computer::{Computer, Portal, licensed, token, until, write};
use crate::{base::testing::scenes, device::memory::Timing, params};
use std::time::Duration;

scenes! {
    async fn a_revoked_or_unknown_credential_is_refused_before_the_upgrade(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        write(&scene, |tx| tx.execute("update device_credential set revoked_at = 1", params![])).await;
        for bearer in [computer.credential.as_str(), "rpd_made-up"] {
            let (status, problem) = computer.dial(&portal, bearer).await.err().unwrap();
            assert_eq!((status, problem["code"].as_str()), (401, Some("credential_revoked")));
        }
    }

    async fn a_new_credential_ends_the_old_one_only_once_it_is_used(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let mut anew = computer.clone();
        anew.take(&portal, &token).await.unwrap();
        computer.connect(&portal).await.leave().await;
        anew.connect(&portal).await.leave().await;
        assert_eq!(computer.dial(&portal, &computer.credential).await.err().unwrap().0, 401);
        anew.connect(&portal).await.leave().await;
    }

    async fn a_credential_with_the_key_of_another_device_is_no_proof(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let thief = Computer { credential: computer.credential.clone(), ..Computer::new(2) };
        let refusal = thief.meet(&portal, &thief.credential).await.refused().await;
        assert_eq!(refusal.code, "proof_invalid");
        assert_eq!(scene.number("select count(*) from device where duplicated_at is not null").await, 0);
    }

    async fn a_credential_on_another_machine_is_noticed_and_the_newcomer_must_enrol(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let first = computer.enrol(&portal, &token).await;
        let mut copy = computer.copied_to(2);
        let refusal = copy.meet(&portal, &copy.credential).await.refused().await;
        assert_eq!(refusal.code, "credential_duplicated");
        assert_eq!(scene.number("select count(*) from device where duplicated_at is not null").await, 1);
        scene.audited("device.find_duplicate", 1).await;
        copy.enrol(&portal, &token).await.leave().await;
        assert_ne!(copy.device(), computer.device());
        first.leave().await;
        computer.connect(&portal).await;
    }

    async fn two_machines_that_look_the_same_are_told_apart_while_both_answer(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let mut first = computer.enrol(&portal, &token).await;
        let clone = computer.restarted();
        // The first machine listens, and so answers.
        let listening = tokio::spawn(async move {
            while first.hear().await.is_some() {}
        });
        let refusal = clone.meet(&portal, &clone.credential).await.refused().await;
        assert!(!listening.is_finished());
        assert_eq!(refusal.code, "credential_duplicated");
        assert_eq!(scene.number("select count(*) from device where duplicated_at is not null").await, 1);
    }

    async fn an_agent_that_died_makes_way_for_its_next_start(scene: Scene) {
        scene.app.devices.set_timing(Timing { proof_of_life: Duration::from_millis(100), ..Timing::default() });
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 1).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        // Its connection is still there, but nobody reads from it.
        let dead = computer.enrol(&portal, &token).await;
        let next = computer.restarted().connect(&portal).await;
        assert_eq!(scene.number("select count(*) from device where duplicated_at is not null").await, 0);
        until(async || scene.app.devices.connected() == 1).await;
        drop(dead);
        next.leave().await;
        until(async || scene.app.devices.connected() == 0).await;
    }
}
