//! Computers of scenes as the slices about protection see them: rows, orders they were given, events they tell.

use crate::{
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::{DbError, Read, Tx},
        testing::Scene,
    },
    detection,
    device::{Ended, How, Reporter},
    params, quarantine, scan,
};
use jiff::Timestamp;
use rempart_wire::{
    DetectionAction, DetectionId, DetectionReport, DeviceId, Event, EventBody, Order, OrderBody, OrderId,
    QuarantineId, QuarantineReport, ScanId, ScanTally, WirePath, WorkspaceId,
};
use serde::de::DeserializeOwned;

/// Changes something behind the portal's back.
pub(crate) async fn write(
    scene: &Scene,
    change: impl FnOnce(&mut Tx<'_>) -> Result<(), DbError> + Send + 'static,
) {
    let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        change(&mut tx)?;
        tx.commit(AuditEvent::new(AuditActor::Server, "test.change"), ())
    });
    written.await.unwrap();
}

/// An enrolled computer, connected and well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Computer {
    pub(crate) id: DeviceId,
    pub(crate) workspace: WorkspaceId,
}

impl Computer {
    pub(crate) async fn enrolled(scene: &Scene, workspace: WorkspaceId, name: &str) -> Self {
        let (id, name): (DeviceId, _) = (scene.app.chance.id(scene.now()), name.to_owned());
        write(scene, move |tx| {
            let now = tx.now();
            tx.execute(
                "insert into device (id, workspace, name, name_key, search, hostname, os, arch, address, agent_version, \
                 device_key, fingerprint, state, health, health_detail, settings_status, enrolled_at, connection, \
                 last_seen_at) values ($1, $2, $3, $4, '', $3, 'Debian 12', 'x86_64', '127.0.0.1', '0.1.0', $5, '', \
                 'enrolled', 'healthy', '{}', 'applied', $6, $1, $6)",
                params![id, workspace, name.as_str(), name.to_lowercase(), id.to_string(), now],
            )
            .map(drop)
        })
        .await;
        Self { id, workspace }
    }

    pub(crate) async fn retired(self, scene: &Scene) -> Self {
        let id = self.id;
        write(scene, move |tx| {
            tx.execute("update device set state = 'retired' where id = $1", params![id])
                .map(drop)
        })
        .await;
        self
    }

    fn reporter(self) -> Reporter {
        Reporter {
            workspace: self.workspace,
            device: self.id,
        }
    }

    /// Tells something that happened now.
    pub(crate) async fn tells(self, scene: &Scene, body: EventBody) {
        self.tells_at(scene, scene.now(), body).await;
    }

    pub(crate) async fn tells_at(self, scene: &Scene, at: Timestamp, body: EventBody) {
        let event = Event {
            id: scene.app.chance.id(scene.now()),
            at,
            body,
        };
        let told = scene.app.db.write::<_, DbError, _>(move |mut tx| {
            for sink in [scan::record, detection::record, quarantine::record] {
                sink(&mut tx, &self.reporter(), &event)?;
            }
            tx.tidy(Housekeeping::DeviceReport, ())
        });
        told.await.unwrap();
    }

    /// Its last order is ended by the portal.
    pub(crate) async fn order_ends(self, scene: &Scene, how: How) {
        let order = self.orders(scene).await.last().unwrap().id;
        let ended = Ended {
            device: self.id,
            order,
            how,
        };
        let told = scene.app.db.write::<_, DbError, _>(move |mut tx| {
            scan::ended(&mut tx, &ended)?;
            quarantine::ended(&mut tx, &ended)?;
            tx.tidy(Housekeeping::Expiry, ())
        });
        told.await.unwrap();
    }

    /// Every order it was given, oldest first, withdrawn ones left out.
    pub(crate) async fn orders(self, scene: &Scene) -> Vec<Order> {
        let rows = scene.app.db.read::<_, DbError, _>(move |r| {
            let rows = r.rows(
                "select id, body, expires_at from device_order where device = $1 and state <> 'cancelled' order by created_at, id",
                params![self.id],
            )?;
            rows.iter()
                .map(|row| Ok((row.get::<OrderId>(0)?, row.get::<String>(1)?, row.get::<Timestamp>(2)?)))
                .collect::<Result<Vec<_>, DbError>>()
        });
        let read = |body: &str| -> OrderBody { parse(body) };
        rows.await
            .unwrap()
            .into_iter()
            .map(|(id, body, expires_at)| Order {
                id,
                expires_at,
                body: read(&body),
            })
            .collect()
    }

    /// Takes its orders into its hands: they can no longer be withdrawn.
    pub(crate) async fn fetches_orders(self, scene: &Scene) {
        write(scene, move |tx| {
            tx.execute(
                "update device_order set state = 'delivered' where device = $1 and state = 'queued'",
                params![self.id],
            )
            .map(drop)
        })
        .await;
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

pub(crate) fn path(text: &str) -> WirePath {
    WirePath {
        text: text.into(),
        raw: None,
    }
}

pub(crate) fn tally(files: u64, found: u64) -> ScanTally {
    ScanTally {
        files,
        bytes: files * 1000,
        found,
        unreadable: 2,
        partial: 1,
        skipped: 3,
    }
}

/// A detection of EICAR.
pub(crate) fn found(
    scene: &Scene,
    file: &str,
    action: DetectionAction,
    scan: Option<ScanId>,
) -> DetectionReport {
    DetectionReport {
        detection: scene.app.chance.id::<DetectionId>(scene.now()),
        scan,
        path: path(file),
        members: Vec::new(),
        rule: "Rempart_Test_Eicar".into(),
        sha256: "275a021b".repeat(8),
        size: 68,
        action,
        item: None,
    }
}

/// A file that went into quarantine.
pub(crate) fn held(scene: &Scene, file: &str) -> QuarantineReport {
    QuarantineReport {
        item: scene.app.chance.id::<QuarantineId>(scene.now()),
        path: path(file),
        rules: vec!["Rempart_Test_Eicar".into()],
        sha256: "275a021b".repeat(8),
        size: 68,
        owner: "camille".into(),
    }
}
