use super::{
    paying::{number, text},
    shape,
    state::{Form, Refusal, State},
};
use jiff::{Span, Timestamp, tz::TimeZone};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3600;
/// A draft becomes an invoice to be paid after about an hour
/// (<https://docs.stripe.com/billing/invoices/subscription#subscription-lifecycle>).
const DRAFT: i64 = 3600;
/// Days from one failed try to the next.
const RETRIES: [i64; 3] = [3, 5, 7];

impl State {
    /// <https://docs.stripe.com/api/subscriptions/create>, with a `trial_end` that is the first charge; the trial's own
    /// invoice is of nothing and paid (<https://docs.stripe.com/billing/subscriptions/trials>).
    pub(super) fn create_subscription(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let (customer, plan) = (form.need("customer")?, form.need("items[0][plan]")?);
        let (end, notes) = (form.number("trial_end")?.unwrap_or(0), form.metadata());
        form.take("proration_behavior");
        form.done()?;
        self.get("customer", &customer)?;
        let plan = self.get("plan", &plan)?;
        if end <= self.now {
            return Err(Refusal::new(
                400,
                "parameter_invalid_integer",
                "trial_end must be in the future",
            ));
        }
        let (id, invoice) = (self.id("sub"), self.id("in"));
        let mut subscription = shape::subscription(&id, self.now, &customer, &plan, end);
        subscription["metadata"] = notes;
        subscription["latest_invoice"] = invoice.as_str().into();
        let subscription = self.keep(subscription);
        self.happened("customer.subscription.created", &subscription, None);
        let nothing = shape::invoice(&invoice, self.now, &subscription, 0, "subscription_create");
        self.paid(nothing);
        Ok(subscription)
    }

    /// <https://docs.stripe.com/api/subscriptions/update>; only whether it ends with its period.
    pub(super) fn update_subscription(&mut self, id: &str, mut form: Form) -> Result<Value, Refusal> {
        let ends = form.need("cancel_at_period_end")? == "true";
        form.done()?;
        let mut subscription = self.get("subscription", id)?;
        if subscription["status"] == "canceled" {
            return Err(Refusal::new(
                400,
                "resource_missing",
                "A canceled subscription can only be read.",
            ));
        }
        let before = json!({ "cancel_at_period_end": subscription["cancel_at_period_end"],
            "cancel_at": subscription["cancel_at"], "canceled_at": subscription["canceled_at"] });
        subscription["cancel_at_period_end"] = ends.into();
        let (at, now) = (subscription["current_period_end"].clone(), self.now.into());
        (subscription["cancel_at"], subscription["canceled_at"]) = if ends {
            (at, now)
        } else {
            (Value::Null, Value::Null)
        };
        let subscription = self.keep(subscription);
        self.happened("customer.subscription.updated", &subscription, Some(before));
        Ok(subscription)
    }

    /// <https://docs.stripe.com/api/subscriptions/cancel>
    pub(super) fn end_subscription(&mut self, id: &str, form: &Form) -> Result<Value, Refusal> {
        form.done()?;
        let subscription = self.get("subscription", id)?;
        if subscription["status"] == "canceled" {
            return Err(Refusal::missing(id));
        }
        Ok(self.cancel(subscription))
    }

    /// What is open of it is not collected any more (<https://docs.stripe.com/billing/subscriptions/cancel>).
    pub(super) fn cancel(&mut self, mut subscription: Value) -> Value {
        subscription["status"] = "canceled".into();
        subscription["ended_at"] = self.now.into();
        if subscription["canceled_at"].is_null() {
            subscription["canceled_at"] = self.now.into();
        }
        for mut invoice in self.of("invoice") {
            let open = invoice["status"] == "open" || invoice["status"] == "draft";
            if invoice["subscription"] == subscription["id"] && open {
                invoice["auto_advance"] = false.into();
                invoice["next_payment_attempt"] = Value::Null;
                self.keep(invoice);
            }
        }
        let subscription = self.keep(subscription);
        self.happened("customer.subscription.deleted", &subscription, None);
        subscription
    }

    /// Lets what is due happen, each at its own moment, in order.
    pub(super) fn pass_to(&mut self, now: i64) {
        while let Some((due, id)) = self.next_due().filter(|(due, _)| *due <= now) {
            self.now = self.now.max(due);
            let object = self.objects[&id].clone();
            if object["object"] == "invoice" {
                // A card that is refused is an event, not a failure of the double.
                let _ = self.collect(object);
            } else {
                self.turn(object);
            }
        }
        self.now = self.now.max(now);
    }

    pub(super) fn of(&self, kind: &str) -> Vec<Value> {
        let objects = self.order.iter().map(|id| &self.objects[id]);
        objects
            .filter(|object| object["object"] == kind)
            .cloned()
            .collect()
    }

    fn next_due(&self) -> Option<(i64, String)> {
        let live = ["trialing", "active", "past_due"];
        let turns = self.of("subscription").into_iter().filter_map(|subscription| {
            let status = text(&subscription["status"]);
            live.contains(&status.as_str()).then(|| {
                (
                    number(&subscription["current_period_end"]),
                    text(&subscription["id"]),
                )
            })
        });
        let tries = self
            .of("invoice")
            .into_iter()
            .filter_map(|invoice| Some((invoice["next_payment_attempt"].as_i64()?, text(&invoice["id"]))));
        turns.chain(tries).min()
    }

    /// The end of a period: over when it was to end, else a new period and its invoice.
    fn turn(&mut self, mut subscription: Value) {
        if subscription["cancel_at_period_end"] == true {
            self.cancel(subscription);
            return;
        }
        let before = json!({ "status": subscription["status"],
            "current_period_start": subscription["current_period_start"],
            "current_period_end": subscription["current_period_end"] });
        let cycle = number(&subscription["_cycle"]) + 1;
        let plan = subscription["items"]["data"][0]["plan"].clone();
        let anchor = number(&subscription["billing_cycle_anchor"]);
        subscription["_cycle"] = cycle.into();
        subscription["current_period_start"] = subscription["current_period_end"].clone();
        subscription["current_period_end"] =
            months_after(anchor, cycle * number(&plan["interval_count"])).into();
        if subscription["status"] == "trialing" {
            subscription["status"] = "active".into();
        }
        let id = self.id("in");
        subscription["latest_invoice"] = id.as_str().into();
        let subscription = self.keep(subscription);
        self.happened("customer.subscription.updated", &subscription, Some(before));
        let mut invoice = shape::invoice(
            &id,
            self.now,
            &subscription,
            number(&plan["amount"]),
            "subscription_cycle",
        );
        invoice["next_payment_attempt"] = (self.now + DRAFT).into();
        let invoice = self.keep(invoice);
        self.happened("invoice.created", &invoice, None);
    }

    /// <https://docs.stripe.com/api/invoices/pay>
    pub(super) fn pay_invoice(&mut self, id: &str) -> Result<Value, Refusal> {
        let invoice = self.get("invoice", id)?;
        if invoice["status"] != "open" && invoice["status"] != "draft" {
            return Err(Refusal::new(
                400,
                "invoice_not_open",
                "Invoice is already paid or void",
            ));
        }
        self.collect(invoice)
    }

    /// Tries to be paid with the customer's default method.
    fn collect(&mut self, mut invoice: Value) -> Result<Value, Refusal> {
        if invoice["status"] == "draft" {
            invoice["status"] = "open".into();
            invoice["status_transitions"]["finalized_at"] = self.now.into();
            let id = self.id("pi");
            let (customer, currency) = (text(&invoice["customer"]), text(&invoice["currency"]));
            let mut payment = shape::payment_intent(
                &id,
                self.now,
                &customer,
                number(&invoice["amount_due"]),
                &currency,
            );
            payment["invoice"] = invoice["id"].clone();
            self.keep(payment);
            invoice["payment_intent"] = id.into();
            self.happened("invoice.finalized", &invoice, None);
        }
        invoice["attempted"] = true.into();
        let attempts = number(&invoice["attempt_count"]) + 1;
        invoice["attempt_count"] = attempts.into();
        let customer = self.get("customer", &text(&invoice["customer"]))?;
        let method = text(&customer["invoice_settings"]["default_payment_method"]);
        let method = self.get("payment_method", &method).ok();
        let payment = self.get("payment_intent", &text(&invoice["payment_intent"]))?;
        match self.charge_unattended(payment, method.as_ref()) {
            Ok(_) => Ok(self.paid(invoice)),
            Err(refusal) => {
                self.unpaid(invoice, attempts);
                Err(refusal)
            }
        }
    }

    fn paid(&mut self, mut invoice: Value) -> Value {
        invoice["status"] = "paid".into();
        invoice["amount_paid"] = invoice["amount_due"].clone();
        invoice["amount_remaining"] = 0.into();
        invoice["next_payment_attempt"] = Value::Null;
        invoice["status_transitions"]["paid_at"] = self.now.into();
        let invoice = self.keep(invoice);
        self.happened("invoice.paid", &invoice, None);
        self.happened("invoice.payment_succeeded", &invoice, None);
        self.status_of(&invoice, "past_due", "active");
        invoice
    }

    /// <https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses>
    fn unpaid(&mut self, mut invoice: Value, attempts: i64) {
        let retry = usize::try_from(attempts - 1).ok().and_then(|at| RETRIES.get(at));
        let collects = invoice["auto_advance"] == true;
        let next = retry.filter(|_| collects).map(|days| self.now + days * DAY);
        invoice["next_payment_attempt"] = next.map_or(Value::Null, Value::from);
        let invoice = self.keep(invoice);
        self.happened("invoice.payment_failed", &invoice, None);
        self.status_of(&invoice, "active", "past_due");
        if next.is_none() && collects {
            let subscription = self.objects[&text(&invoice["subscription"])].clone();
            if subscription["status"] != "canceled" {
                self.cancel(subscription);
            }
        }
    }

    fn status_of(&mut self, invoice: &Value, from: &str, to: &str) {
        let mut subscription = self.objects[&text(&invoice["subscription"])].clone();
        if subscription["status"] == from {
            subscription["status"] = to.into();
            let subscription = self.keep(subscription);
            self.happened(
                "customer.subscription.updated",
                &subscription,
                Some(json!({ "status": from })),
            );
        }
    }
}

/// A period ends on the day it was anchored to, or the month's last
/// (<https://docs.stripe.com/billing/subscriptions/billing-cycle>).
fn months_after(anchor: i64, months: i64) -> i64 {
    let anchor = Timestamp::from_second(anchor).unwrap().to_zoned(TimeZone::UTC);
    anchor
        .checked_add(Span::new().months(months))
        .unwrap()
        .timestamp()
        .as_second()
}
