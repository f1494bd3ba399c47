#![cfg(test)]

use super::*;
use crate::billing::stripe::{Client, Once, StripeError, SubscriptionStatus, Sum};
use jiff::SignedDuration;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn begin() -> Timestamp {
    "2027-01-31T09:00:00Z".parse().unwrap()
}

/// A subscription of one month that charges first tomorrow.
async fn monthly(double: &Double, client: &Client, card: &str) -> (String, String, String) {
    let customer = client
        .create_customer(&Once::new("c", card), "ada@example.org", "p")
        .await
        .unwrap()
        .id;
    let setup = client
        .create_setup(&Once::new("s", card), &customer, "ours")
        .await
        .unwrap()
        .id;
    double.person_gives(&setup, card).unwrap();
    let method = client.setup(&setup).await.unwrap().payment_method.unwrap();
    client
        .set_default(&Once::new("d", card), &customer, &method)
        .await
        .unwrap();
    client.ensure_product("p", "P").await.unwrap();
    client
        .ensure_plan(
            "m",
            "p",
            Sum {
                amount: 500,
                currency: "eur",
            },
            1,
        )
        .await
        .unwrap();
    let first = (begin() + DAY).as_second();
    let made = client
        .create_subscription(&Once::new("sub", card), &customer, "m", first, "l")
        .await
        .unwrap();
    double.take_webhooks();
    (customer, method, made.id)
}

fn kinds(double: &Double) -> Vec<String> {
    double
        .take_webhooks()
        .into_iter()
        .map(|webhook| webhook.kind)
        .collect()
}

#[tokio::test]
async fn a_subscription_renews_month_after_month() {
    let double = Double::start(begin()).await;
    let client = Client::new(&double.settings()).unwrap();
    let (customer, _, subscription) = monthly(&double, &client, "pm_card_visa").await;
    double.pass_to(begin() + DAY);
    assert_eq!(
        kinds(&double),
        ["customer.subscription.updated", "invoice.created"],
        "a draft for an hour"
    );
    double.pass_to(begin() + DAY * 100);
    let invoices = client.invoices(&customer, &subscription).await.unwrap().data;
    let paid: Vec<i64> = invoices.iter().map(|invoice| invoice.amount_paid).collect();
    assert_eq!(
        paid,
        [500, 500, 500, 500, 0],
        "1 February to 1 May, and the trial's of nothing"
    );
    let end = client
        .subscription(&subscription)
        .await
        .unwrap()
        .current_period_end;
    assert_eq!(
        end,
        "2027-06-01T09:00:00Z".parse::<Timestamp>().unwrap().as_second()
    );
}

#[tokio::test]
async fn a_refused_card_is_tried_again_and_then_the_subscription_ends() {
    let double = Double::start(begin()).await;
    let client = Client::new(&double.settings()).unwrap();
    let (_, method, subscription) = monthly(&double, &client, "pm_card_visa").await;
    double.card_does(&method, Conduct::Declines("insufficient_funds"));
    double.pass_to(begin() + DAY * 16);
    let failed = |kinds: &[String]| {
        kinds
            .iter()
            .filter(|kind| *kind == "invoice.payment_failed")
            .count()
    };
    assert_eq!(failed(&kinds(&double)), 3, "at once, after 3 and 5 more days");
    assert_eq!(
        client.subscription(&subscription).await.unwrap().status,
        SubscriptionStatus::PastDue
    );
    double.pass_to(begin() + DAY * 17);
    let last = kinds(&double);
    assert_eq!(
        (failed(&last), last.last().map(String::as_str)),
        (1, Some("customer.subscription.deleted"))
    );
    double.pass_to(begin() + DAY * 90);
    assert_eq!(kinds(&double), Vec::<String>::new());
}

#[tokio::test]
async fn one_that_ends_with_its_period_charges_no_more() {
    let double = Double::start(begin()).await;
    let client = Client::new(&double.settings()).unwrap();
    let (.., subscription) = monthly(&double, &client, "pm_card_visa").await;
    client
        .end_with_period(&Once::new("off", 1), &subscription, true)
        .await
        .unwrap();
    double.pass_to(begin() + DAY * 3);
    assert_eq!(
        kinds(&double),
        ["customer.subscription.updated", "customer.subscription.deleted"]
    );
}

#[tokio::test]
async fn a_challenge_waits_for_the_person_and_is_a_refusal_when_nobody_is_there() {
    let double = Double::start(begin()).await;
    let client = Client::new(&double.settings()).unwrap();
    let customer = client
        .create_customer(&Once::new("c", 1), "ada@example.org", "p")
        .await
        .unwrap()
        .id;
    let setup = client
        .create_setup(&Once::new("s", 1), &customer, "ours")
        .await
        .unwrap()
        .id;
    double
        .person_gives(&setup, "pm_card_authenticationRequired")
        .unwrap();
    assert_eq!(double.object(&setup)["status"], "requires_action");
    double.person_proves(&setup);
    let method = client.setup(&setup).await.unwrap().payment_method.unwrap();
    client
        .set_default(&Once::new("d", 1), &customer, &method)
        .await
        .unwrap();
    client.ensure_product("p", "P").await.unwrap();
    client
        .ensure_plan(
            "m",
            "p",
            Sum {
                amount: 500,
                currency: "eur",
            },
            1,
        )
        .await
        .unwrap();
    let first = (begin() + DAY).as_second();
    let made = client
        .create_subscription(&Once::new("sub", 1), &customer, "m", first, "l")
        .await
        .unwrap();
    double.pass_to(begin() + DAY * 2);
    let invoice = client.invoices(&customer, &made.id).await.unwrap().data.remove(0);
    let payment = client.payment(&invoice.payment_intent.unwrap()).await.unwrap();
    assert_eq!(
        payment.last_payment_error.unwrap().decline().reason(),
        "authentication"
    );
}

#[tokio::test]
async fn a_call_made_twice_is_done_once() {
    let double = Double::start(begin()).await;
    let client = Client::new(&double.settings()).unwrap();
    let once = Once::new("customer", 1);
    double.stumbles(1, true);
    let lost = client
        .create_customer(&once, "ada@example.org", "p")
        .await
        .err()
        .unwrap();
    assert!(lost.again(), "{lost}");
    let first = client
        .create_customer(&once, "ada@example.org", "p")
        .await
        .unwrap()
        .id;
    let second = client
        .create_customer(&once, "ada@example.org", "p")
        .await
        .unwrap()
        .id;
    assert_eq!((&first, double.all("customer").len()), (&second, 1));
    let other = client
        .create_customer(&once, "eve@example.org", "p")
        .await
        .err()
        .unwrap();
    assert!(
        matches!(other, StripeError::Refused { status: 400, .. }),
        "{other}"
    );
}

#[tokio::test]
async fn what_the_provider_does_not_know_is_refused() {
    let double = Double::start(begin()).await;
    let client = Client::new(&double.settings()).unwrap();
    let form = super::super::form::Form::new().set("emial", "ada@example.org");
    let refused = client
        .post::<serde_json::Value>("/v1/customers", &Once::new("c", 1), form)
        .await
        .unwrap_err();
    assert!(matches!(refused, StripeError::Refused { code: Some(code), .. } if code == "parameter_unknown"));
}
