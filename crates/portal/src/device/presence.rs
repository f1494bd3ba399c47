use super::{memory::News, store::presence as sql};
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        db::{DbError, Tx},
    },
};
use rempart_wire::DeviceId;
use uuid::Uuid;

/// Writes down which devices were heard since the last time, in one unit.
pub(super) async fn flush(app: &App) {
    let news = app.devices.take_news();
    if news.is_empty() {
        return;
    }
    let written = app
        .db
        .write::<_, DbError, _>(move |mut tx| {
            for (device, news) in &news {
                note(&mut tx, *device, news)?;
            }
            tx.tidy(Housekeeping::Presence, ())
        })
        .await;
    if let Err(error) = written {
        // Devices speak again within a heartbeat.
        tracing::warn!(%error, "which devices were heard could not be written down");
    }
}

fn note(tx: &mut Tx<'_>, device: DeviceId, news: &News) -> Result<(), DbError> {
    sql::seen(tx, device, news.connection)?;
    if let Some(health) = &news.health {
        sql::health(tx, device, health)?;
    }
    if let Some(settings) = &news.settings {
        sql::settings(tx, device, settings)?;
    }
    Ok(())
}

/// A connection is gone: what the device said last is written down with it.
pub(super) async fn gone(app: &App, device: DeviceId, connection: Uuid) {
    let news = app.devices.take_news_of(device);
    let written = app
        .db
        .write::<_, DbError, _>(move |mut tx| {
            if let Some(news) = &news {
                note(&mut tx, device, news)?;
            }
            sql::disconnected(&mut tx, device, connection)?;
            tx.tidy(Housekeeping::Presence, ())
        })
        .await;
    if let Err(error) = written {
        tracing::warn!(%error, %device, "the end of a connection could not be written down");
    }
}
