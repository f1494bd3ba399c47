//! Every call the portal makes, against a server that answers as the provider does.

use crate::billing::stripe::{
    Client, IntentStatus, InvoiceStatus, Once, PaymentMethod, SetupIntent, StripeError, SubscriptionStatus,
    Sum, double::Double, form::Form,
};
use jiff::{SignedDuration, Timestamp};

const NOW: &str = "2027-03-01T09:00:00Z";

/// Names of calls that are new in each run: the server we did not write may be an old one.
pub(super) struct Run(pub String);

impl Run {
    pub(super) fn once(&self, call: &str) -> Once {
        Once::new(call, &self.0)
    }
}

/// A customer is forgotten, once.
pub(super) async fn forgets(client: &Client, run: &Run) {
    let (customer, _) = payer(client, run, "gone", "pm_card_visa").await;
    assert!(client.delete_customer(&customer).await.unwrap().deleted);
    let again = client.delete_customer(&customer).await.err().unwrap();
    assert!(matches!(again, StripeError::Missing(_)), "{again}");
}

/// The person gives a card, as the provider's script does it.
pub(super) async fn gives(
    client: &Client,
    run: &Run,
    setup: &SetupIntent,
    card: &str,
) -> Result<SetupIntent, StripeError> {
    let form = Form::new().set("payment_method", card);
    let once = run.once(&format!("confirm-{card}-{}", setup.id));
    client
        .post(&format!("/v1/setup_intents/{}/confirm", setup.id), &once, form)
        .await
}

/// A customer that pays by `card`.
pub(super) async fn payer(client: &Client, run: &Run, name: &str, card: &str) -> (String, PaymentMethod) {
    let customer = client
        .create_customer(&run.once(name), "ada@example.org", name)
        .await
        .unwrap();
    assert!(!client.customer(&customer.id).await.unwrap().deleted);
    let setup = client
        .create_setup(&run.once(&format!("setup-{name}")), &customer.id, "ours")
        .await
        .unwrap();
    assert_eq!(setup.status, IntentStatus::RequiresPaymentMethod);
    gives(client, run, &setup, card).await.unwrap();
    let setup = client.setup(&setup.id).await.unwrap();
    assert_eq!(setup.status, IntentStatus::Succeeded);
    let method = setup.payment_method.unwrap();
    let once = run.once(&format!("attach-{name}"));
    let method = client.attach(&once, &method, &customer.id).await.unwrap();
    let once = run.once(&format!("default-{name}"));
    let customer = client.set_default(&once, &customer.id, &method.id).await.unwrap();
    assert_eq!(
        customer.invoice_settings.default_payment_method.as_ref(),
        Some(&method.id)
    );
    (customer.id, method)
}

pub(super) async fn payments(client: &Client, run: &Run) {
    let (customer, method) = payer(client, run, "pays", "pm_card_visa").await;
    let shown = client.payment_method(&method.id).await.unwrap();
    let card = shown.card.unwrap();
    assert_eq!(
        (shown.customer.as_ref(), card.brand.as_str(), card.last4.as_str()),
        (Some(&customer), "visa", "4242")
    );
    let sum = Sum {
        amount: 4_990,
        currency: "eur",
    };
    let made = client
        .create_payment(&run.once("payment"), &customer, Some(&method.id), sum, "ours")
        .await
        .unwrap();
    assert_eq!(
        (made.status, made.metadata["payment"].as_str()),
        (IntentStatus::RequiresConfirmation, "ours")
    );
    client
        .confirm_payment(&run.once("confirm"), &made.id)
        .await
        .unwrap();
    let paid = client.payment(&made.id).await.unwrap();
    assert_eq!(
        (paid.status, paid.amount, paid.currency.as_str()),
        (IntentStatus::Succeeded, 4_990, "eur")
    );
    for (at, amount) in [1_000, 3_990].into_iter().enumerate() {
        let back = client
            .refund(&run.once(&format!("refund-{at}")), &made.id, amount)
            .await
            .unwrap();
        let back = client.refund_made(&back.id).await.unwrap();
        assert_eq!((back.amount, back.status.as_str()), (amount, "succeeded"));
    }
    let dropped = client
        .create_payment(&run.once("dropped"), &customer, None, sum, "ours")
        .await
        .unwrap();
    assert_eq!(dropped.status, IntentStatus::RequiresPaymentMethod);
    let dropped = client
        .cancel_payment(&run.once("cancel"), &dropped.id)
        .await
        .unwrap();
    assert_eq!(dropped.status, IntentStatus::Canceled);
    let detached = client.detach(&run.once("detach"), &method.id).await.unwrap();
    assert_eq!(detached.customer, None);
}

pub(super) async fn refusals(client: &Client, run: &Run) {
    let customer = client
        .create_customer(&run.once("refused"), "ada@example.org", "refused")
        .await
        .unwrap();
    let setup = client
        .create_setup(&run.once("refused-setup"), &customer.id, "ours")
        .await
        .unwrap();
    let refused = gives(client, run, &setup, "pm_card_visa_chargeDeclined")
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, StripeError::Declined(_)), "{refused}");
    let (customer, method) = payer(client, run, "empty", "pm_card_chargeCustomerFail").await;
    let sum = Sum {
        amount: 4_990,
        currency: "eur",
    };
    let made = client
        .create_payment(
            &run.once("empty-payment"),
            &customer,
            Some(&method.id),
            sum,
            "ours",
        )
        .await
        .unwrap();
    let refused = client
        .confirm_payment(&run.once("empty-confirm"), &made.id)
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, StripeError::Declined(_)), "{refused}");
    let failed = client.payment(&made.id).await.unwrap();
    assert_eq!(failed.status, IntentStatus::RequiresPaymentMethod);
    assert_eq!(failed.last_payment_error.unwrap().decline().code, "card_declined");
    let nobody = client.customer("cus_nobody").await.err().unwrap();
    assert!(matches!(nobody, StripeError::Missing(_)), "{nobody}");
}

pub(super) async fn subscriptions(client: &Client, run: &Run, now: i64) -> String {
    let (customer, _) = payer(client, run, "renews", "pm_card_visa").await;
    let sum = Sum {
        amount: 11_988,
        currency: "eur",
    };
    for _ in 0..2 {
        assert_eq!(
            client
                .ensure_product("rempart-Home", "Rempart Home")
                .await
                .unwrap()
                .id,
            "rempart-Home"
        );
        let plan = client
            .ensure_plan("rempart-Home-12-eur-11988", "rempart-Home", sum, 12)
            .await
            .unwrap();
        let said = (
            plan.amount,
            plan.currency.as_str(),
            plan.interval.as_str(),
            plan.interval_count,
        );
        assert_eq!(said, (11_988, "eur", "month", 12));
    }
    let first = now + 30 * 24 * 3600;
    let plan = "rempart-Home-12-eur-11988";
    let made = client
        .create_subscription(&run.once("subscription"), &customer, plan, first, "ours")
        .await
        .unwrap();
    let kept = client.subscription(&made.id).await.unwrap();
    assert_eq!(
        (kept.customer.as_str(), kept.metadata["licence"].as_str()),
        (customer.as_str(), "ours")
    );
    assert!(!kept.cancel_at_period_end && !kept.status.over());
    for ends in [true, false] {
        let changed = client
            .end_with_period(&run.once(&format!("ends-{ends}")), &made.id, ends)
            .await
            .unwrap();
        assert_eq!(changed.cancel_at_period_end, ends);
    }
    for invoice in client.invoices(&customer, &made.id).await.unwrap().data {
        assert_eq!(
            (invoice.amount_due, invoice.subscription.as_ref()),
            (0, Some(&made.id)),
            "the trial's"
        );
    }
    assert_eq!(
        client.end_subscription(&made.id).await.unwrap().status,
        SubscriptionStatus::Canceled
    );
    made.id
}

/// A renewal that was not paid, and is with another card.
pub(super) async fn pays_after_all(client: &Client, run: &Run, customer: &str, subscription: &str) {
    let open = client
        .invoices(customer, subscription)
        .await
        .unwrap()
        .data
        .remove(0);
    assert_eq!(
        (open.status, open.amount_due, open.amount_paid),
        (InvoiceStatus::Open, 11_988, 0)
    );
    // The provider answers 402; `localstripe` answers with the invoice, still open.
    let refused = client.pay_invoice(&run.once("pay-1"), &open.id).await;
    assert!(
        refused.is_err() || refused.is_ok_and(|left| left.status == InvoiceStatus::Open),
        "not paid by a card that is refused"
    );
    let setup = client
        .create_setup(&run.once("other-card"), customer, "ours")
        .await
        .unwrap();
    let method = gives(client, run, &setup, "pm_card_visa")
        .await
        .unwrap()
        .payment_method
        .unwrap();
    client
        .attach(&run.once("attach-other"), &method, customer)
        .await
        .unwrap();
    client
        .set_default(&run.once("default-other"), customer, &method)
        .await
        .unwrap();
    client.pay_invoice(&run.once("pay-2"), &open.id).await.unwrap();
    let paid = client.invoice(&open.id).await.unwrap();
    assert_eq!((paid.status, paid.amount_paid), (InvoiceStatus::Paid, 11_988));
    assert_eq!(
        client
            .payment(&paid.payment_intent.unwrap())
            .await
            .unwrap()
            .status,
        IntentStatus::Succeeded
    );
    assert_eq!(
        client.subscription(subscription).await.unwrap().status,
        SubscriptionStatus::Active
    );
}

#[tokio::test]
async fn the_double_accepts_every_call() {
    let begin: Timestamp = NOW.parse().unwrap();
    let double = Double::start(begin).await;
    let (client, run) = (Client::new(&double.settings()).unwrap(), Run("double".into()));
    payments(&client, &run).await;
    refusals(&client, &run).await;
    forgets(&client, &run).await;
    let over = subscriptions(&client, &run, begin.as_second()).await;
    let again = client.end_subscription(&over).await.err().unwrap();
    assert!(matches!(again, StripeError::Missing(_)), "{again}");
    let (customer, _) = payer(&client, &run, "late", "pm_card_chargeCustomerFail").await;
    let first = begin.as_second() + 60;
    let plan = "rempart-Home-12-eur-11988";
    let made = client
        .create_subscription(&run.once("late-sub"), &customer, plan, first, "ours")
        .await
        .unwrap();
    double.pass_to(begin + SignedDuration::from_hours(2));
    assert_eq!(
        client.subscription(&made.id).await.unwrap().status,
        SubscriptionStatus::PastDue
    );
    pays_after_all(&client, &run, &customer, &made.id).await;
    let happened = client.events_since(begin.as_second()).await.unwrap();
    assert_eq!(
        happened.len(),
        double.take_webhooks().len(),
        "every page, and each once"
    );
    assert!(happened.len() > 30, "{}", happened.len());
}
