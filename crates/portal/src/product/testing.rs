//! Words for scenes with prices.

use super::{PriceNew, ProductCode, add_price};
use crate::base::{
    audit::{AuditActor, AuditEvent},
    error::Fault,
    testing::Scene,
};
use rempart_wire::PriceId;

/// A price in euro cents, in force from now on.
pub(crate) async fn priced(
    scene: &Scene,
    product: ProductCode,
    months: u32,
    seats_from: u64,
    unit_amount: i64,
) -> PriceId {
    let input = PriceNew {
        currency: "EUR".to_owned(),
        months,
        seats_from: Some(seats_from),
        unit_amount,
        ..PriceNew::default()
    };
    let added = scene.app.db.write(move |mut tx| {
        let price = add_price(&mut tx, &product, &input)?;
        let event = AuditEvent::new(AuditActor::Server, "test.price");
        Ok::<_, Fault>(tx.commit(event, price.id)?)
    });
    added.await.unwrap()
}
