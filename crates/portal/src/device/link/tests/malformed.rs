use super::computer::{Computer, Portal, licensed, token, until};
use crate::{base::testing::scenes, device::memory::Timing};
use rempart_opamp::{frame, message::AgentToServer};
use rempart_wire::message;
use std::time::Duration;

scenes! {
    async fn what_is_no_message_is_answered_and_the_connection_closed(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let nameless = frame::encode(&AgentToServer { sequence_num: 7, ..AgentToServer::default() });
        for (payload, code) in [(vec![], 1007), (vec![1], 1007), (vec![0, 0xff, 0xff], 1007), (nameless, 1008)] {
            // Before it was let in, and after.
            let mut stranger = computer.dial(&portal, &token).await.unwrap_or_else(|_| panic!("refused"));
            stranger.raw(payload.clone()).await;
            assert!(stranger.hear().await.unwrap().error_response.is_some());
            assert_eq!((stranger.hear().await, stranger.closed), (None, Some(code)));
            let mut device = computer.connect(&portal).await;
            device.raw(payload).await;
            while let Some(answer) = device.hear().await {
                assert!(answer.error_response.is_some() || answer.remote_config.is_some(), "{answer:?}");
            }
            assert_eq!(device.closed, Some(code));
            until(async || scene.app.devices.connected() == 0).await;
        }
        computer.connect(&portal).await.leave().await;
    }

    async fn a_message_that_is_too_big_closes_the_connection_with_1009(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).enrol(&portal, &token).await;
        talk.raw(vec![0; (1 << 20) + 1]).await;
        while talk.hear().await.is_some() {}
        assert_eq!(talk.closed, Some(1009));
    }

    async fn events_that_cannot_be_read_close_the_connection_and_unknown_ones_do_not(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let mut talk = computer.enrol(&portal, &token).await;
        let later = br#"[{"id":"01920000-0000-7000-8000-000000000001","at":"2027-03-01T09:00:00Z","event":"moon_rose"}]"#;
        talk.tell_raw(message::EVENTS, later.to_vec()).await;
        assert_eq!(talk.ack().await.events.len(), 1);
        talk.tell_raw("of a later version", vec![]).await;
        talk.tell_raw(message::PROGRESS, b"no progress".to_vec()).await;
        talk.tell_raw(message::EVENTS, b"{}".to_vec()).await;
        while talk.hear().await.is_some() {}
        assert_eq!(talk.closed, Some(1008));
    }

    async fn who_says_nothing_is_not_waited_for(scene: Scene) {
        scene.app.devices.set_timing(Timing { first_word: Duration::from_millis(50), ..Timing::default() });
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).dial(&portal, &token).await.unwrap_or_else(|_| panic!("refused"));
        assert_eq!((talk.hear().await, talk.closed), (None, Some(1008)));
    }
}
