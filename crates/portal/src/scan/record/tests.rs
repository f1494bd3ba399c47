use crate::{
    base::testing::{Browser, Scene, scenes},
    device::How,
    scan::testing::{Computer, path, tally},
};
use jiff::SignedDuration;
use rempart_wire::{
    EventBody, ManagementMode, Order, OrderBody, Origin, Refusal, ScanId, ScanOutcome, ScanTarget,
    WorkspaceId,
};
use serde_json::Value;

struct Stage {
    camille: Browser,
    workspace: WorkspaceId,
    desk: Computer,
    key: String,
}

impl Stage {
    async fn set(scene: &Scene) -> Self {
        let camille = scene.person("camille").await;
        let workspace = scene
            .workspace(&camille, "Atelier", ManagementMode::LocalAndRemote)
            .await;
        let desk = Computer::enrolled(scene, workspace, "BUREAU-03").await;
        let key = scene.api_key(&camille).await;
        Self {
            camille,
            workspace,
            desk,
            key,
        }
    }

    async fn asks(&self, scene: &Scene) -> (ScanId, Order) {
        let id = self.desk.id.to_string();
        let path = format!("/workspaces/{}/scans/new", self.workspace);
        self.camille.post(&path, &[("device", &id)]).await.status(303);
        let order = self.desk.orders(scene).await.pop().unwrap();
        let OrderBody::Scan { scan, .. } = order.body else {
            panic!("{order:?}")
        };
        (scan, order)
    }

    async fn scan(&self, scene: &Scene, scan: ScanId) -> Value {
        let path = format!("/api/v1/workspaces/{}/scans/{scan}", self.workspace);
        scene.api(&self.key).get(&path).await.status(200).json()
    }
}

fn started(scan: ScanId, origin: Origin) -> EventBody {
    EventBody::ScanStarted {
        scan,
        target: ScanTarget::Path {
            path: path("/home/camille"),
        },
        origin,
    }
}

fn finished(scan: ScanId, outcome: ScanOutcome) -> EventBody {
    EventBody::ScanFinished {
        scan,
        outcome,
        tally: tally(1200, 1),
        unreadable: vec![path("/home/camille/.ssh"), path("/root")],
    }
}

scenes! {
    async fn a_scan_goes_from_queued_to_completed(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let (scan, order) = stage.asks(&scene).await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "queued");
        stage.desk.tells(&scene, started(scan, Origin::Portal { order: order.id })).await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "running");
        scene.pass(SignedDuration::from_secs(75));
        stage.desk.tells(&scene, finished(scan, ScanOutcome::Completed)).await;
        let over = stage.scan(&scene, scan).await;
        assert_eq!((&over["state"], &over["tally"]["files"], &over["origin"]), (&"completed".into(), &1200.into(), &"portal".into()));
        assert_eq!(over["unreadable_paths"], serde_json::json!(["/home/camille/.ssh", "/root"]));
        let page = stage.camille.get(&format!("/workspaces/{}/scans/{scan}", stage.workspace)).await;
        page.shows("Terminée").shows("en 1\u{a0}min\u{a0}15\u{a0}s").shows("/home/camille/.ssh").shows("Un fichier malveillant a été trouvé");
    }

    async fn a_scan_started_at_the_device_is_recorded(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let scan: ScanId = scene.app.chance.id(scene.now());
        stage.desk.tells(&scene, started(scan, Origin::Device)).await;
        let running = stage.scan(&scene, scan).await;
        assert_eq!((&running["origin"], &running["state"]), (&"device".into(), &"running".into()));
        assert_eq!(running["target"]["path"], "/home/camille");
        stage.camille.get(&format!("/workspaces/{}/scans", stage.workspace)).await.shows("sur l’ordinateur");
    }

    async fn telling_twice_or_late_changes_nothing(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let scan: ScanId = scene.app.chance.id(scene.now());
        for _ in 0..2 {
            stage.desk.tells(&scene, started(scan, Origin::Device)).await;
            stage.desk.tells(&scene, finished(scan, ScanOutcome::Failed)).await;
        }
        assert_eq!(stage.scan(&scene, scan).await["state"], "failed");
        assert_eq!(scene.number("select count(*) from scan").await, 1);
    }

    async fn an_end_without_a_beginning_is_still_an_end(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let scan: ScanId = scene.app.chance.id(scene.now());
        stage.desk.tells(&scene, finished(scan, ScanOutcome::Completed)).await;
        let known = stage.scan(&scene, scan).await;
        assert_eq!((&known["state"], &known["target"]["kind"]), (&"completed".into(), &"unknown".into()));
        stage.desk.tells(&scene, started(scan, Origin::Device)).await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "completed");
    }

    async fn a_device_speaks_only_of_its_own_scans(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let (scan, order) = stage.asks(&scene).await;
        let stranger = scene.person("stranger").await;
        let elsewhere = scene.workspace(&stranger, "Elsewhere", ManagementMode::LocalAndRemote).await;
        let liar = Computer::enrolled(&scene, elsewhere, "LIAR").await;
        liar.tells(&scene, started(scan, Origin::Portal { order: order.id })).await;
        liar.tells(&scene, finished(scan, ScanOutcome::Completed)).await;
        let refusal = Refusal::new("managed_locally", "no");
        liar.tells(&scene, EventBody::OrderRefused { order: order.id, refusal }).await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "queued");
        assert_eq!(scene.number("select count(*) from scan").await, 1);
    }

    async fn a_refused_scan_has_failed_and_says_why(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let (scan, order) = stage.asks(&scene).await;
        let refusal = Refusal::new("managed_locally", "This computer takes no orders.");
        stage.desk.tells(&scene, EventBody::OrderRefused { order: order.id, refusal }).await;
        let failed = stage.scan(&scene, scan).await;
        assert_eq!((&failed["state"], &failed["failure"]["code"]), (&"failed".into(), &"managed_locally".into()));
        let page = stage.camille.get(&format!("/workspaces/{}/scans/{scan}", stage.workspace)).await;
        page.shows("Cet ordinateur est géré sur place").shows("This computer takes no orders.");
    }

    async fn a_refusal_to_stop_ends_the_waiting(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let (scan, order) = stage.asks(&scene).await;
        stage.desk.fetches_orders(&scene).await;
        stage.desk.tells(&scene, started(scan, Origin::Portal { order: order.id })).await;
        scene.pass(SignedDuration::from_secs(1));
        let path = format!("/workspaces/{}/scans/{scan}/cancel", stage.workspace);
        stage.camille.post(&path, &[]).await.status(303);
        let stop = stage.desk.orders(&scene).await.pop().unwrap();
        let refusal = Refusal::new("order_unknown", "no such scan");
        stage.desk.tells(&scene, EventBody::OrderRefused { order: stop.id, refusal }).await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "failed");
        stage.desk.tells(&scene, finished(scan, ScanOutcome::Completed)).await;
        let over = stage.scan(&scene, scan).await;
        assert_eq!((&over["state"], &over["failure"]), (&"completed".into(), &Value::Null));
    }

    async fn what_no_device_takes_in_a_day_expires(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let (scan, order) = stage.asks(&scene).await;
        scene.pass(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
        scene.work().await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "queued");
        scene.pass(SignedDuration::from_secs(1));
        scene.work().await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "expired");
        // It had begun all the same, out of reach: what the device says wins.
        stage.desk.tells(&scene, started(scan, Origin::Portal { order: order.id })).await;
        assert_eq!(stage.scan(&scene, scan).await["state"], "running");
    }

    async fn a_device_that_goes_away_leaves_no_scan_waiting(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let (scan, _) = stage.asks(&scene).await;
        stage.desk.order_ends(&scene, How::Cancelled).await;
        let failed = stage.scan(&scene, scan).await;
        assert_eq!((&failed["state"], &failed["failure"]["code"]), (&"failed".into(), &"device_gone".into()));
    }

    async fn a_scan_nobody_speaks_of_for_a_week_is_lost(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let scan: ScanId = scene.app.chance.id(scene.now());
        stage.desk.tells(&scene, started(scan, Origin::Device)).await;
        scene.pass(SignedDuration::from_hours(24 * 7));
        scene.work().await;
        let lost = stage.scan(&scene, scan).await;
        assert_eq!((&lost["state"], &lost["failure"]["code"]), (&"failed".into(), &"scan_lost".into()));
    }

    async fn a_clock_that_is_ahead_is_not_believed(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let scan: ScanId = scene.app.chance.id(scene.now());
        let tomorrow = scene.now() + SignedDuration::from_hours(24);
        stage.desk.tells_at(&scene, tomorrow, started(scan, Origin::Device)).await;
        assert_eq!(stage.scan(&scene, scan).await["started_at"], scene.now().to_string());
    }
}
