//! Five years of one licence, with everything that happens to a customer, day by day; the books balance after each step.

use super::scene::{Ada, DAY, Shop};
use crate::{
    base::testing::scenes,
    billing::{stripe::double::Conduct, tests::desk::books_balance},
    licence::testing::{counts_are_exact, enrol},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What holds at every moment.
async fn holds(shop: &Shop, ada: &Ada) {
    books_balance(&shop.scene).await;
    counts_are_exact(&shop.scene).await;
    money_agrees(shop).await;
    let live = shop
        .provider
        .all("subscription")
        .into_iter()
        .filter(|one| one["status"] != "canceled");
    let live: Vec<Json> = live.collect();
    assert!(
        live.len() <= 1,
        "one licence is charged by one subscription: {live:?}"
    );
    let (licence, paying) = (ada.licence().await, ada.paying().await);
    assert_eq!(licence["auto_renew"], paying["auto_renewal"]);
    if let (Some(live), true) = (live.first(), paying["auto_renewal"] == true) {
        let charges = live["items"]["data"][0]["plan"]["amount"].as_i64();
        assert_eq!(
            paying["next_charge"]["amount"].as_i64().or(charges),
            charges,
            "what is shown is what is charged"
        );
    }
}

/// What the provider took and gave back is, cent for cent, what is recorded here.
async fn money_agrees(shop: &Shop) {
    let sum = |kind: &str, field: &str| -> i64 {
        let all = shop
            .provider
            .all(kind)
            .into_iter()
            .filter(|one| one["status"] == "succeeded");
        all.map(|one| one[field].as_i64().unwrap()).sum()
    };
    let taken = sum("payment_intent", "amount_received") - sum("refund", "amount");
    let recorded = shop
        .scene
        .number("select cast(coalesce(sum(amount), 0) as bigint) from payment where provider_id is not null")
        .await;
    assert_eq!(
        u64::try_from(taken).unwrap(),
        recorded,
        "minor units taken, and recorded"
    );
}

/// The first year: bought, a card given, renewal on, seats added, renewed.
async fn first_year(shop: &Shop, ada: &Ada) {
    shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
    shop.settle().await;
    let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
    assert_eq!(order["gross"], 12_000);
    ada.pays(&order).await.status(200);
    shop.settle().await;
    holds(shop, ada).await;
    assert_eq!(ada.expires().await, moment("2029-03-01T09:00:00Z"));
    ada.switches(true).await.status(204);
    shop.settle().await;
    for _ in 0..8 {
        enrol(&shop.scene, ada.workspace).await.unwrap();
    }
    shop.until(moment("2027-09-01T09:00:00Z")).await;
    let order = ada.orders(json!({ "change": "seats", "seats": 15 })).await;
    // Half a year of two is gone: five more seats for 18 months.
    assert_eq!(order["gross"], 9_000);
    ada.pays(&order).await.status(200);
    shop.settle().await;
    holds(shop, ada).await;
    assert_eq!(ada.paying().await["next_charge"]["amount"], 18_000);
    shop.until(moment("2029-03-01T12:00:00Z")).await;
    assert_eq!(ada.expires().await, moment("2030-03-01T09:00:00Z"));
    holds(shop, ada).await;
}

/// Then monthly, and a card that is refused until another is given.
async fn monthly(shop: &Shop, ada: &Ada) {
    ada.orders(json!({ "change": "term", "months": 1 })).await;
    shop.settle().await;
    assert_eq!(ada.paying().await["next_charge"]["amount"], 1_800);
    shop.until(moment("2030-05-15T09:00:00Z")).await;
    assert_eq!(
        ada.expires().await,
        moment("2030-06-01T09:00:00Z"),
        "1 March, 1 April and 1 May were charged"
    );
    holds(shop, ada).await;
    shop.provider
        .card_does(&ada.card(shop), Conduct::Declines("expired_card"));
    shop.mails().await;
    shop.until(moment("2030-06-05T09:00:00Z")).await;
    let mails = shop.mails().await;
    assert_eq!(mails.len(), 2, "at once, and three days later: {mails:?}");
    assert!(
        mails.iter().all(|mail| mail.text.contains("la carte a expiré")),
        "{mails:?}"
    );
    assert_eq!(ada.licence().await["state"], "grace");
    holds(shop, ada).await;
    shop.has_card(&ada.browser, ada.licence, "pm_card_mastercard")
        .await;
    shop.settle().await;
    assert_eq!(ada.expires().await, moment("2030-07-01T09:00:00Z"), "no day lost");
    holds(shop, ada).await;
}

/// Renewal off; it expires, and the grace period with it; it is bought again and renewal is on again.
async fn off_and_on(shop: &Shop, ada: &Ada) {
    ada.orders(json!({ "change": "term", "months": 12 })).await;
    shop.settle().await;
    ada.switches(false).await.status(204);
    shop.settle().await;
    holds(shop, ada).await;
    shop.until(moment("2030-07-05T09:00:00Z")).await;
    assert_eq!(ada.licence().await["state"], "grace");
    ada.switches(true).await.refused(409, "auto_renewal_unavailable");
    shop.until(moment("2030-08-01T09:00:00Z")).await;
    assert_eq!(ada.licence().await["state"], "expired");
    holds(shop, ada).await;
    let order = ada.orders(json!({ "change": "renew" })).await;
    assert_eq!(order["gross"], 18_000);
    ada.pays(&order).await.status(200);
    shop.settle().await;
    assert_eq!(
        ada.expires().await,
        moment("2031-08-01T09:00:00Z"),
        "a new year, from now"
    );
    ada.switches(true).await.status(204);
    shop.settle().await;
    holds(shop, ada).await;
}

/// Part of it goes back; the last renewal is refused for good.
async fn to_the_end(shop: &Shop, ada: &Ada) {
    let orders = ada.program.get(&ada.at("orders")).await.status(200).json();
    let newest = orders["items"][0]["id"].as_str().unwrap().to_owned();
    shop.until(moment("2030-10-01T09:00:00Z")).await;
    let path = format!("/api/v1/operator/orders/{newest}/refund");
    ada.operator
        .post(&path, json!({ "amount": 6_000, "note": "geste" }))
        .await
        .status(200);
    shop.settle().await;
    holds(shop, ada).await;
    shop.until(moment("2031-08-01T12:00:00Z")).await;
    assert_eq!(ada.expires().await, moment("2032-08-01T09:00:00Z"));
    holds(shop, ada).await;
    shop.provider
        .card_does(&ada.card(shop), Conduct::Declines("stolen_card"));
    shop.until(moment("2032-07-31T09:00:00Z")).await;
    shop.mails().await;
    shop.days(30).await;
    let mails = shop.mails().await;
    assert_eq!(
        mails.len(),
        4,
        "three tries that are followed by another, and the end: {mails:?}"
    );
    assert!(
        !mails.iter().any(|mail| mail.text.contains("volée")),
        "why a bank suspects theft is not told"
    );
    let licence = ada.licence().await;
    assert_eq!(
        (&licence["state"], &licence["auto_renew"], &licence["seats_used"]),
        (&json!("expired"), &json!(false), &json!(8))
    );
    holds(shop, ada).await;
}

scenes! {
    async fn five_years_of_a_customer(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        holds(&shop, &ada).await;
        first_year(&shop, &ada).await;
        monthly(&shop, &ada).await;
        off_and_on(&shop, &ada).await;
        to_the_end(&shop, &ada).await;
        let years = shop.scene.now().duration_since(moment("2027-03-01T09:00:00Z"));
        assert!(years > DAY * (5 * 365), "{years:?}");
        assert!(HOUR < years);
    }
}
