use super::computer::{Computer, Portal, licensed, token, too_long, until, write};
use crate::{
    base::{
        db::{DbError, Signal},
        testing::{Scene, scenes},
    },
    device::{self, Counts, memory::Timing, presence},
    params,
};
use rempart_wire::{ManagementMode, WorkspaceId};
use std::time::Duration;

async fn counts(scene: &Scene, workspace: WorkspaceId) -> Counts {
    let now = scene.now();
    let counts = scene
        .app
        .db
        .read::<_, DbError, _>(move |r| device::counts(r, workspace, now));
    counts.await.unwrap()
}

scenes! {
    async fn a_device_is_offline_until_it_connects_and_after_it_leaves(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.take(&portal, &token).await.unwrap();
        assert_eq!(counts(&scene, workspace).await, Counts { offline: 1, total: 1, ..Counts::default() });
        let mut talk = computer.connect(&portal).await;
        assert_eq!(counts(&scene, workspace).await, Counts { attention: 1, total: 1, ..Counts::default() });
        talk.feel(true).await;
        let well = async || { presence::flush(&scene.app).await; counts(&scene, workspace).await.protected == 1 };
        until(well).await;
        talk.feel(false).await;
        until(async || { presence::flush(&scene.app).await; counts(&scene, workspace).await.attention == 1 }).await;
        talk.leave().await;
        until(async || counts(&scene, workspace).await.offline == 1).await;
    }

    async fn a_device_that_falls_silent_is_offline_after_90_seconds(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let mut talk = computer.enrol(&portal, &token).await;
        talk.feel(true).await;
        until(async || { presence::flush(&scene.app).await; counts(&scene, workspace).await.protected == 1 }).await;
        scene.pass(too_long());
        assert_eq!(counts(&scene, workspace).await.offline, 1);
        // One heartbeat, and it is back.
        let heartbeat = rempart_opamp::message::AgentToServer {
            instance_uid: computer.uid.to_vec(),
            sequence_num: 2,
            ..Default::default()
        };
        talk.send(&heartbeat).await;
        until(async || { presence::flush(&scene.app).await; counts(&scene, workspace).await.protected == 1 }).await;
    }

    async fn a_silent_connection_is_closed(scene: Scene) {
        scene.app.devices.set_timing(Timing { silence: Duration::from_millis(80), ..Timing::default() });
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).enrol(&portal, &token).await;
        while talk.hear().await.is_some() {}
        assert_eq!(talk.closed, Some(1001));
        until(async || scene.app.devices.connected() == 0).await;
    }

    async fn a_heartbeat_is_not_written_at_once(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).enrol(&portal, &token).await;
        scene.pass(jiff::SignedDuration::from_secs(30));
        talk.feel(true).await;
        // An answer to something said after it shows that it was taken in.
        talk.tell(&[]).await;
        talk.ack().await;
        assert_eq!(scene.number("select count(*) from device where health = 'healthy'").await, 0);
        presence::flush(&scene.app).await;
        assert_eq!(scene.number("select count(*) from device where health = 'healthy'").await, 1);
    }

    async fn connected_devices_are_told_when_their_workspace_changes(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let mut talk = computer.enrol(&portal, &token).await;
        assert_eq!(talk.settings().await.mode, ManagementMode::LocalAndRemote);
        write(&scene, move |tx| {
            tx.signal(Signal::Settings(workspace));
            tx.execute("update workspace set mode = 'remote_only', name = 'Atelier'", params![])
        }).await;
        let settings = talk.settings().await;
        assert_eq!((settings.mode, settings.workspace.as_str()), (ManagementMode::RemoteOnly, "Atelier"));
        until(async || {
            presence::flush(&scene.app).await;
            scene.number("select count(*) from device where settings_status = 'applied'").await == 1
        }).await;
        talk.leave().await;
        // It says what it runs with, and is not told again.
        let mut talk = computer.dial(&portal, &computer.credential).await.unwrap_or_else(|_| panic!("refused"));
        let hash = scene.app.db.read::<_, DbError, _>(|r| {
            use crate::base::db::Read;
            r.first("select settings_hash from device", params![])?.unwrap().get::<Vec<u8>>(0)
        }).await.unwrap();
        talk.session.set_description(computer.describe(&talk.challenge));
        talk.session.config_applied(hash);
        talk.say().await;
        assert_eq!(talk.hear().await.unwrap().remote_config, None);
    }
}
