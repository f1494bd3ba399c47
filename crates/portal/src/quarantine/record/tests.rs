use crate::{
    base::testing::scenes,
    device::How,
    scan::testing::{Computer, held},
};
use jiff::SignedDuration;
use rempart_wire::{EventBody, ManagementMode, OrderId, QuarantineId, QuarantineState, Refusal};
use serde_json::Value;

fn changed(
    item: QuarantineId,
    order: Option<OrderId>,
    state: QuarantineState,
    code: Option<&str>,
) -> EventBody {
    EventBody::QuarantineChanged {
        item,
        order,
        state,
        failure: code.map(|code| Refusal::new(code, "/home/camille/a exists and is not overwritten")),
    }
}

scenes! {
    async fn an_item_is_held_once_and_leaves_once(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let report = held(&scene, "/home/camille/a");
        let item = report.item;
        for _ in 0..2 {
            desk.tells(&scene, EventBody::Quarantined(report.clone())).await;
        }
        assert_eq!(scene.number("select count(*) from quarantine_item where state = 'held'").await, 1);
        desk.tells(&scene, changed(item, None, QuarantineState::Restored, None)).await;
        // Late and contradictory words change nothing.
        desk.tells(&scene, changed(item, None, QuarantineState::Deleted, None)).await;
        desk.tells(&scene, EventBody::Quarantined(report)).await;
        assert_eq!(scene.number("select count(*) from quarantine_item where state = 'restored'").await, 1);
    }

    async fn a_failure_leaves_the_item_held_and_says_why(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let report = held(&scene, "/home/camille/a");
        let item = report.item;
        desk.tells(&scene, EventBody::Quarantined(report)).await;
        let key = scene.api_key(&camille).await;
        let path = format!("/api/v1/workspaces/{workspace}/quarantine/{item}");
        let now = async || -> Value { scene.api(&key).get(&path).await.status(200).json() };

        let restore = async || {
            scene.pass(SignedDuration::from_secs(1));
            scene.api(&key).post(&format!("{path}/restore"), Value::Null).await.status(202);
            desk.orders(&scene).await.pop().unwrap().id
        };
        let first = restore().await;
        desk.tells(&scene, changed(item, Some(first), QuarantineState::Held, Some("restore_blocked"))).await;
        assert_eq!((&now().await["state"], &now().await["failure"]["code"]), (&"held".into(), &"restore_blocked".into()));
        camille
            .get(&format!("/workspaces/{workspace}/quarantine/{item}"))
            .await
            .shows("Le fichier n’a pas pu être remis à sa place")
            .shows("exists and is not overwritten")
            .shows("restore_blocked");
        camille.get(&format!("/workspaces/{workspace}/quarantine")).await.shows("Le fichier n’a pas pu être remis");

        // Told again, the old failure does not end the new order.
        let second = restore().await;
        assert_eq!(now().await["failure"], Value::Null);
        desk.tells(&scene, changed(item, Some(first), QuarantineState::Held, Some("restore_blocked"))).await;
        assert_eq!(now().await["state"], "restoring");
        let refusal = Refusal::new("managed_locally", "no");
        desk.tells(&scene, EventBody::OrderRefused { order: second, refusal }).await;
        assert_eq!((&now().await["state"], &now().await["failure"]["code"]), (&"held".into(), &"managed_locally".into()));

        restore().await;
        desk.order_ends(&scene, How::Expired).await;
        assert_eq!(now().await["failure"]["code"], "order_expired");
        restore().await;
        desk.order_ends(&scene, How::Cancelled).await;
        assert_eq!(now().await["failure"]["code"], "device_gone");
        let last = restore().await;
        desk.tells(&scene, changed(item, Some(last), QuarantineState::Restored, None)).await;
        assert_eq!(now().await["state"], "restored");
        scene.audited("quarantine.restore", 5).await;
    }

    async fn a_device_speaks_only_of_its_own_items(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let desk = Computer::enrolled(&scene, workspace, "A").await;
        let liar = Computer::enrolled(&scene, workspace, "B").await;
        let report = held(&scene, "/home/camille/a");
        desk.tells(&scene, EventBody::Quarantined(report.clone())).await;
        liar.tells(&scene, EventBody::Quarantined(rempart_wire::QuarantineReport { owner: "liar".into(), ..report.clone() })).await;
        liar.tells(&scene, changed(report.item, None, QuarantineState::Deleted, None)).await;
        assert_eq!(scene.number("select count(*) from quarantine_item where state = 'held' and owner = 'camille'").await, 1);
        assert_eq!(scene.number("select count(*) from quarantine_item").await, 1);
    }
}
