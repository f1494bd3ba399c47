//! Webhooks that are lost, delivered twice, late or in any order come to the same as those that are not.

use super::scene::{Ada, DAY, Shop};
use crate::{
    base::testing::Scene,
    billing::{
        stripe::double::{Conduct, Webhook},
        tests::desk::books_balance,
    },
};
use jiff::SignedDuration;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value as Json, json};

/// What becomes of a webhook.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Delivered,
    Lost,
    Twice,
    /// Delivered days later, when others have been.
    Late,
}

/// What may happen to a customer between two days.
#[derive(Debug, Clone, Copy)]
enum Step {
    Off,
    On,
    CardRefused,
    CardPays,
    OtherCard,
    MoreSeats,
    Wait(u32),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        Just(Fate::Delivered),
        Just(Fate::Lost),
        Just(Fate::Twice),
        Just(Fate::Late)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Off),
        Just(Step::On),
        Just(Step::CardRefused),
        Just(Step::CardPays),
        Just(Step::OtherCard),
        Just(Step::MoreSeats),
        (1u32..12).prop_map(Step::Wait),
    ]
}

/// Delivers as fate has it, some in the wrong order; what is late is answered.
async fn deliver(shop: &Shop, fates: &mut impl Iterator<Item = Fate>, late: Vec<Webhook>) -> Vec<Webhook> {
    let mut now = Vec::new();
    let mut kept = Vec::new();
    for webhook in shop.provider.take_webhooks() {
        match fates.next().unwrap_or(Fate::Delivered) {
            Fate::Delivered => now.push(webhook),
            Fate::Twice => now.extend([webhook.clone(), webhook]),
            Fate::Late => kept.push(webhook),
            Fate::Lost => {}
        }
    }
    now.reverse();
    for webhook in now.iter().chain(&late) {
        let signed = shop.provider.sign_again(webhook);
        shop.deliver(&signed).await.status(200);
    }
    kept
}

/// Lives through the steps; `None` is the world where every webhook arrives in order.
async fn live(steps: &[Step], fates: Option<&[Fate]>) -> Json {
    let shop = Shop::open(Scene::sqlite().await).await;
    let ada = Ada::renews(&shop).await;
    ada.orders(json!({ "change": "term", "months": 1 })).await;
    shop.settle().await;
    shop.until(ada.expires().await - DAY).await;
    let mut fates = fates.map(|fates| fates.iter().copied().cycle());
    let mut late = Vec::new();
    for step in steps {
        act(&shop, &ada, *step).await;
        let days = if let Step::Wait(days) = step { *days } else { 1 };
        for _ in 0..days {
            shop.pass(DAY);
            if let Some(fates) = fates.as_mut() {
                shop.scene.work().await;
                late = deliver(&shop, fates, late).await;
                shop.scene.work().await;
            } else {
                shop.settle().await;
            }
        }
    }
    // The daily reconciliation catches up; then all is quiet.
    for _ in 0..3 {
        shop.pass(DAY + SignedDuration::from_hours(2));
        shop.provider.take_webhooks();
        shop.scene.work().await;
    }
    books_balance(&shop.scene).await;
    standing(&shop, &ada).await
}

async fn act(shop: &Shop, ada: &Ada, step: Step) {
    match step {
        Step::Off | Step::On => drop(ada.switches(matches!(step, Step::On)).await),
        Step::CardRefused => shop
            .provider
            .card_does(&ada.card(shop), Conduct::Declines("insufficient_funds")),
        Step::CardPays => shop.provider.card_does(&ada.card(shop), Conduct::Pays),
        Step::OtherCard => {
            shop.has_card(&ada.browser, ada.licence, "pm_card_mastercard")
                .await
        }
        Step::MoreSeats => {
            let seats = ada.licence().await["seats"].as_u64().unwrap() + 1;
            let preview = ada
                .program
                .post(
                    &ada.at("previews"),
                    json!({ "change": "seats", "seats": seats, "when": "renewal" }),
                )
                .await;
            if preview.code == 201 {
                let id = preview.json()["id"].as_str().unwrap().to_owned();
                ada.program
                    .post(&ada.at(&format!("previews/{id}/accept")), json!({}))
                    .await
                    .status(201);
            }
        }
        Step::Wait(_) => {}
    }
    shop.scene.work().await;
}

/// Everything a customer or an operator could tell apart.
async fn standing(shop: &Shop, ada: &Ada) -> Json {
    let (licence, paying) = (ada.licence().await, ada.paying().await);
    let orders = ada.program.get(&ada.at("orders")).await.status(200).json();
    let orders = orders["items"].as_array().unwrap().iter();
    let mut orders: Vec<Json> = orders
        .map(|order| json!([order["gross"], order["state"]]))
        .collect();
    // A renewal that is heard of late is written down late: which came first is the one thing that may differ.
    orders.sort_by_key(Json::to_string);
    let subscriptions = shop.provider.all("subscription");
    let charging = subscriptions
        .iter()
        .filter(|one| one["status"] != "canceled")
        .count();
    json!({
        "expires_at": licence["expires_at"], "seats": licence["seats"], "auto_renew": licence["auto_renew"],
        "card": paying["card"], "next": paying["next_charge"], "refused": paying["refused"], "orders": orders,
        "charging": charging,
    })
}

/// Whatever becomes of webhooks, after a day of reconciliation everything stands as if all had arrived.
#[test]
fn what_becomes_of_webhooks_does_not_matter() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig {
        cases: 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let worlds = (
        prop::collection::vec(step(), 3..9),
        prop::collection::vec(fate(), 5..40),
    );
    TestRunner::new(config)
        .run(&worlds, |(steps, fates)| {
            let (wanted, got) =
                runtime.block_on(async { (live(&steps, None).await, live(&steps, Some(&fates)).await) });
            prop_assert_eq!(wanted, got);
            Ok(())
        })
        .unwrap();
}
