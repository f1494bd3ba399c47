//! Words for scenes with licences: keys that were sold, computers that take seats.

use super::{Kind, Terms, claim_for_machine, claim_seat, issue, release_seat};
use crate::{
    base::{
        audit::{AuditActor, AuditEvent},
        db::{Committed, DbError, Tx},
        error::Fault,
        testing::{Browser, Scene},
    },
    params,
    product::ProductCode,
};
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};

/// What is sold unless a scene says otherwise: *Business*, one-off, twelve months, to whoever types the key.
pub(crate) fn terms(seats: u64) -> Terms {
    Terms {
        product: ProductCode::BUSINESS,
        kind: Kind::OneOff,
        seats,
        months: 12,
        reseller_name: None,
        reseller_contact: None,
        owner: None,
        redeem_by: None,
    }
}

/// A licence straight into the database, and its key.
pub(crate) async fn sold(scene: &Scene, terms: Terms) -> (LicenceId, String) {
    let secrets = scene.app.secrets.clone();
    let (id, key) = write(scene, move |mut tx| {
        let issued = issue(&mut tx, &secrets, &terms)?;
        Ok(tx.commit(event(), issued)?)
    })
    .await
    .unwrap();
    (id, key.to_string())
}

/// A personal licence.
pub(crate) async fn personal(scene: &Scene, owner: &Browser, seats: u64) -> LicenceId {
    let owned = Terms {
        owner: Some(owner.account),
        ..terms(seats)
    };
    sold(scene, owned).await.0
}

/// A device that takes a seat as enrolment does, or is refused.
pub(crate) async fn enrol(scene: &Scene, workspace: WorkspaceId) -> Result<DeviceId, Fault> {
    write(scene, move |mut tx| {
        let licence = claim_seat(&mut tx, workspace)?;
        let device = device(&mut tx, workspace, Some(licence))?;
        Ok(tx.commit(event(), device)?)
    })
    .await
}

/// A device that has no seat.
pub(crate) async fn seatless(scene: &Scene, workspace: WorkspaceId) -> DeviceId {
    write(scene, move |mut tx| {
        let device = device(&mut tx, workspace, None)?;
        Ok(tx.commit(event(), device)?)
    })
    .await
    .unwrap()
}

/// A licence gets other seats, whatever is in use.
pub(crate) async fn shrink(scene: &Scene, licence: LicenceId, seats: u64) {
    write(scene, move |mut tx| {
        tx.execute(
            "update licence set seats = $1 where id = $2",
            params![seats, licence],
        )?;
        Ok(tx.commit(event(), ())?)
    })
    .await
    .unwrap();
}

/// A licence renews by itself.
pub(crate) async fn renews(scene: &Scene, licence: LicenceId) {
    write(scene, move |mut tx| {
        tx.execute(
            "update licence set auto_renew = true where id = $1",
            params![licence],
        )?;
        Ok(tx.commit(event(), ())?)
    })
    .await
    .unwrap();
}

/// A device was last heard so many days ago.
pub(crate) async fn heard(scene: &Scene, device: DeviceId, days: i64) {
    write(scene, move |mut tx| {
        let at = tx
            .now()
            .saturating_sub(jiff::SignedDuration::from_hours(24 * days))
            .unwrap();
        tx.execute(
            "update device set last_seen_at = $1 where id = $2",
            params![at, device],
        )?;
        Ok(tx.commit(event(), ())?)
    })
    .await
    .unwrap();
}

/// A device gives its seat back.
pub(crate) async fn retire(scene: &Scene, device: DeviceId) {
    write(scene, move |mut tx| {
        release_seat(&mut tx, device)?;
        Ok(tx.commit(event(), ())?)
    })
    .await
    .unwrap();
}

/// A machine takes a seat of a licence, as activation does.
pub(crate) async fn activate(scene: &Scene, licence: LicenceId, workspace: WorkspaceId) {
    write(scene, move |mut tx| {
        claim_for_machine(&mut tx, licence, workspace)?;
        let (id, now): (uuid::Uuid, _) = (tx.id(), tx.now());
        tx.execute(
            "insert into activation (id, licence, fingerprint, metadata, activated_at) values ($1, $2, $3, '{}', $4)",
            params![id, licence, id.to_string(), now],
        )?;
        Ok(tx.commit(event(), ())?)
    })
    .await
    .unwrap();
}

/// Every licence counts exactly the devices that name it and the machines activated with it.
pub(crate) async fn counts_are_exact(scene: &Scene) {
    let wrong = scene
        .number(
            "select count(*) from licence where seats_used <>
             (select count(*) from device where device.licence = licence.id)
             + (select count(*) from activation where activation.licence = licence.id)",
        )
        .await;
    assert_eq!(wrong, 0, "licences that count wrongly");
    let astray = scene
        .number(
            "select count(*) from device join licence on licence.id = device.licence
             where licence.workspace is null or licence.workspace <> device.workspace",
        )
        .await;
    assert_eq!(astray, 0, "devices with a seat of another workspace's licence");
}

fn event() -> AuditEvent {
    AuditEvent::new(AuditActor::Server, "test.licence")
}

async fn write<T: Send + 'static>(
    scene: &Scene,
    unit: impl FnOnce(Tx<'_>) -> Result<Committed<T>, Fault> + Send + 'static,
) -> Result<T, Fault> {
    scene.app.db.write(unit).await
}

pub(crate) fn device(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    licence: Option<LicenceId>,
) -> Result<DeviceId, DbError> {
    let (id, now): (DeviceId, _) = (tx.id(), tx.now());
    tx.execute(
        "insert into device (id, workspace, name, name_key, search, hostname, os, arch, address, agent_version, \
         device_key, fingerprint, state, licence, health, health_detail, settings_status, enrolled_at, last_seen_at) \
         values ($1, $2, 'pc', 'pc', 'pc', '', '', '', '', '', $3, '', 'enrolled', $4, 'unknown', '[]', '', $5, $6)",
        params![id, workspace, id.to_string(), licence, now, now],
    )?;
    Ok(id)
}
