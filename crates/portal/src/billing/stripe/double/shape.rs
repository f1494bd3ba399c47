//! What the provider's objects look like; each names its page.

use serde_json::{Value, json};

/// Without the double's own fields.
pub(super) fn public(object: &Value) -> Value {
    match object {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !name.starts_with('_'))
            .map(|(name, value)| (name.clone(), public(value)))
            .collect(),
        Value::Array(all) => all.iter().map(public).collect(),
        other => other.clone(),
    }
}

/// <https://docs.stripe.com/api/customers/object>
pub(super) fn customer(id: &str, now: i64, email: &str, notes: Value) -> Value {
    json!({
        "id": id, "object": "customer", "created": now, "email": email, "delinquent": false,
        "invoice_settings": { "default_payment_method": null }, "livemode": false, "metadata": notes,
    })
}

/// <https://docs.stripe.com/api/payment_methods/object>
pub(super) fn payment_method(id: &str, now: i64, brand: &str, last4: &str) -> Value {
    json!({
        "id": id, "object": "payment_method", "created": now, "customer": null, "livemode": false, "metadata": {},
        "type": "card",
        "card": { "brand": brand, "last4": last4, "exp_month": 8, "exp_year": 2034, "funding": "credit", "country": "FR" },
    })
}

/// <https://docs.stripe.com/api/setup_intents/object>
pub(super) fn setup_intent(id: &str, now: i64, customer: &str, usage: &str) -> Value {
    json!({
        "id": id, "object": "setup_intent", "created": now, "customer": customer, "usage": usage,
        "client_secret": format!("{id}_secret_double"), "payment_method": null, "payment_method_types": ["card"],
        "status": "requires_payment_method", "next_action": null, "last_setup_error": null, "livemode": false,
        "metadata": {},
    })
}

/// <https://docs.stripe.com/api/payment_intents/object>
pub(super) fn payment_intent(id: &str, now: i64, customer: &str, amount: i64, currency: &str) -> Value {
    json!({
        "id": id, "object": "payment_intent", "created": now, "customer": customer, "amount": amount,
        "amount_received": 0, "currency": currency, "client_secret": format!("{id}_secret_double"),
        "payment_method": null, "payment_method_types": ["card"], "status": "requires_payment_method",
        "next_action": null, "last_payment_error": null, "invoice": null, "livemode": false, "metadata": {},
        "_refunded": 0,
    })
}

/// <https://docs.stripe.com/api/subscriptions/object>
pub(super) fn subscription(id: &str, now: i64, customer: &str, plan: &Value, trial_end: i64) -> Value {
    json!({
        "id": id, "object": "subscription", "created": now, "start_date": now, "customer": customer,
        "status": "trialing", "trial_start": now, "trial_end": trial_end,
        "billing_cycle_anchor": trial_end, "current_period_start": now, "current_period_end": trial_end,
        "cancel_at_period_end": false, "cancel_at": null, "canceled_at": null, "ended_at": null,
        "collection_method": "charge_automatically", "latest_invoice": null, "livemode": false, "metadata": {},
        "items": { "object": "list", "has_more": false, "url": format!("/v1/subscription_items?subscription={id}"),
            "data": [{ "id": format!("si_{id}"), "object": "subscription_item", "plan": plan, "quantity": 1,
                "subscription": id }] },
        "_cycle": 0,
    })
}

/// <https://docs.stripe.com/api/invoices/object>
pub(super) fn invoice(id: &str, now: i64, subscription: &Value, amount: i64, reason: &str) -> Value {
    let plan = &subscription["items"]["data"][0]["plan"];
    json!({
        "id": id, "object": "invoice", "created": now, "customer": subscription["customer"],
        "subscription": subscription["id"], "billing_reason": reason, "collection_method": "charge_automatically",
        "currency": plan["currency"], "amount_due": amount, "amount_paid": 0, "amount_remaining": amount,
        "total": amount, "subtotal": amount, "attempt_count": 0, "attempted": false, "auto_advance": true,
        "next_payment_attempt": now + 3600, "payment_intent": null, "status": "draft",
        "status_transitions": { "finalized_at": null, "paid_at": null, "voided_at": null }, "livemode": false,
        "metadata": {}, "period_start": subscription["current_period_start"],
        "period_end": subscription["current_period_end"],
    })
}

/// <https://docs.stripe.com/api/refunds/object>
pub(super) fn refund(id: &str, now: i64, payment: &str, amount: i64, currency: &Value) -> Value {
    json!({
        "id": id, "object": "refund", "created": now, "amount": amount, "currency": currency,
        "payment_intent": payment, "status": "succeeded", "reason": null, "metadata": {},
    })
}
