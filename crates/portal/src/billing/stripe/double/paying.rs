use super::{
    Conduct, shape,
    state::{Form, Refusal, State},
};
use serde_json::{Value, json};

impl State {
    /// A payment method, made when the name is that of a test card
    /// (<https://docs.stripe.com/testing?testing-method=payment-methods>).
    pub(super) fn method(&mut self, id: &str) -> Result<Value, Refusal> {
        let (brand, last4, conduct) = match id {
            "pm_card_visa" => ("visa", "4242", Conduct::Pays),
            "pm_card_mastercard" => ("mastercard", "4444", Conduct::Pays),
            "pm_card_chargeCustomerFail" => ("visa", "0341", Conduct::Declines("generic_decline")),
            "pm_card_authenticationRequired" => ("visa", "3184", Conduct::Challenges),
            "pm_card_visa_chargeDeclined" => ("visa", "0002", Conduct::Declines("generic_decline")),
            _ => return self.get("payment_method", id),
        };
        let id = self.id("pm");
        self.conduct.insert(id.clone(), conduct);
        Ok(self.keep(shape::payment_method(&id, self.now, brand, last4)))
    }

    fn does(&self, method: &Value) -> Conduct {
        let id = method["id"].as_str().unwrap_or_default();
        self.conduct.get(id).copied().unwrap_or(Conduct::Pays)
    }

    /// <https://docs.stripe.com/api/payment_methods/attach>: one that is another's, or was detached, is refused.
    pub(super) fn attach(&mut self, id: &str, customer: &str) -> Result<Value, Refusal> {
        self.get("customer", customer)?;
        let mut method = self.method(id)?;
        if method["card"]["last4"] == "0002" {
            return Err(Refusal::declined("card_declined", Some("generic_decline")));
        }
        let taken = !method["customer"].is_null() && method["customer"] != customer;
        if taken || method["_detached"] == true {
            return Err(Refusal::new(
                400,
                "payment_method_unactivated",
                "This payment method cannot be attached.",
            ));
        }
        method["customer"] = customer.into();
        let method = self.keep(method);
        self.happened("payment_method.attached", &method, None);
        Ok(method)
    }

    /// <https://docs.stripe.com/api/payment_methods/detach>: it is no longer anybody's default either.
    pub(super) fn detach(&mut self, id: &str, form: &Form) -> Result<Value, Refusal> {
        form.done()?;
        let mut method = self.get("payment_method", id)?;
        let Some(owner) = method["customer"].as_str().map(str::to_owned) else {
            return Err(Refusal::new(
                400,
                "resource_missing",
                "The payment method is not attached to a customer.",
            ));
        };
        let mut customer = self.get("customer", &owner)?;
        if customer["invoice_settings"]["default_payment_method"] == id {
            customer["invoice_settings"]["default_payment_method"] = Value::Null;
            self.keep(customer);
        }
        method["customer"] = Value::Null;
        method["_detached"] = true.into();
        let method = self.keep(method);
        self.happened("payment_method.detached", &method, None);
        Ok(method)
    }

    /// <https://docs.stripe.com/api/setup_intents/create>
    pub(super) fn create_setup(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let (customer, usage) = (
            form.need("customer")?,
            form.take("usage").unwrap_or("off_session".into()),
        );
        form.take("payment_method_types[0]");
        let notes = form.metadata();
        form.done()?;
        self.get("customer", &customer)?;
        let id = self.id("seti");
        let mut setup = shape::setup_intent(&id, self.now, &customer, &usage);
        setup["metadata"] = notes;
        Ok(self.keep(setup))
    }

    /// <https://docs.stripe.com/api/setup_intents/confirm>: the method becomes the customer's when it is done.
    pub(super) fn confirm_setup(&mut self, id: &str, card: &str) -> Result<Value, Refusal> {
        let mut setup = self.get("setup_intent", id)?;
        if setup["status"] == "succeeded" || setup["status"] == "canceled" {
            return Err(Refusal::new(400, "setup_intent_unexpected_state", "It is over."));
        }
        let method = self.method(card)?;
        if method["card"]["last4"] == "0002" {
            setup["last_setup_error"] = json!({ "code": "card_declined", "decline_code": "generic_decline" });
            let setup = self.keep(setup);
            self.happened("setup_intent.setup_failed", &setup, None);
            return Err(Refusal::declined("card_declined", Some("generic_decline")));
        }
        setup["payment_method"] = method["id"].clone();
        if self.does(&method) == Conduct::Challenges {
            setup["status"] = "requires_action".into();
            setup["next_action"] = json!({ "type": "use_stripe_sdk", "use_stripe_sdk": {} });
            return Ok(self.keep(setup));
        }
        self.set_up(setup)
    }

    fn set_up(&mut self, mut setup: Value) -> Result<Value, Refusal> {
        let (method, customer) = (text(&setup["payment_method"]), text(&setup["customer"]));
        self.attach(&method, &customer)?;
        setup["status"] = "succeeded".into();
        setup["next_action"] = Value::Null;
        let setup = self.keep(setup);
        self.happened("setup_intent.succeeded", &setup, None);
        Ok(setup)
    }

    /// The bank's challenge was met (<https://docs.stripe.com/payments/3d-secure/authentication-flow>).
    pub(super) fn prove(&mut self, intent: &str) {
        let object = self.objects[intent].clone();
        assert_eq!(object["status"], "requires_action", "{object}");
        if object["object"] == "setup_intent" {
            self.set_up(object).unwrap();
        } else {
            self.succeed(object);
        }
    }

    /// The person does not prove it: <https://docs.stripe.com/payments/paymentintents/lifecycle>
    pub(super) fn prove_not(&mut self, intent: &str) {
        let payment = self.objects[intent].clone();
        assert_eq!(payment["status"], "requires_action", "{payment}");
        self.fail(payment, "payment_intent_authentication_failure", None);
    }

    /// <https://docs.stripe.com/api/payment_intents/create>
    pub(super) fn create_payment(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let amount = form.number("amount")?.filter(|amount| *amount > 0);
        let amount = amount.ok_or_else(|| Refusal::new(400, "parameter_invalid_integer", "amount"))?;
        let (currency, customer) = (form.need("currency")?, form.need("customer")?);
        let (method, notes) = (form.take("payment_method"), form.metadata());
        form.take("payment_method_types[0]");
        form.done()?;
        self.get("customer", &customer)?;
        let id = self.id("pi");
        let mut payment = shape::payment_intent(&id, self.now, &customer, amount, &currency);
        payment["metadata"] = notes;
        if let Some(method) = method {
            let method = self.method(&method)?;
            if method["customer"] != customer.as_str() {
                return Err(Refusal::new(
                    400,
                    "resource_missing",
                    "The method belongs to another customer.",
                ));
            }
            payment["payment_method"] = method["id"].clone();
            payment["status"] = "requires_confirmation".into();
        }
        let payment = self.keep(payment);
        self.happened("payment_intent.created", &payment, None);
        Ok(payment)
    }

    /// <https://docs.stripe.com/api/payment_intents/confirm>
    pub(super) fn confirm_payment(&mut self, id: &str) -> Result<Value, Refusal> {
        let mut payment = self.get("payment_intent", id)?;
        if payment["status"] != "requires_confirmation" {
            return Err(Refusal::new(
                400,
                "payment_intent_unexpected_state",
                "It cannot be confirmed.",
            ));
        }
        let method = self.get("payment_method", &text(&payment["payment_method"]))?;
        match self.does(&method) {
            Conduct::Pays => Ok(self.succeed(payment)),
            Conduct::Declines(why) => Err(self.fail(payment, "card_declined", Some(why))),
            Conduct::Challenges => {
                payment["status"] = "requires_action".into();
                payment["next_action"] = json!({ "type": "use_stripe_sdk", "use_stripe_sdk": {} });
                let payment = self.keep(payment);
                self.happened("payment_intent.requires_action", &payment, None);
                Ok(payment)
            }
        }
    }

    pub(super) fn succeed(&mut self, mut payment: Value) -> Value {
        payment["status"] = "succeeded".into();
        payment["amount_received"] = payment["amount"].clone();
        payment["next_action"] = Value::Null;
        payment["last_payment_error"] = Value::Null;
        let payment = self.keep(payment);
        self.happened("payment_intent.succeeded", &payment, None);
        payment
    }

    /// A failed try leaves the intent without a method (<https://docs.stripe.com/payments/paymentintents/lifecycle>).
    pub(super) fn fail(
        &mut self,
        mut payment: Value,
        code: &'static str,
        why: Option<&'static str>,
    ) -> Refusal {
        payment["status"] = "requires_payment_method".into();
        payment["payment_method"] = Value::Null;
        payment["last_payment_error"] = json!({ "type": "card_error", "code": code, "decline_code": why, "message": "Your card was declined." });
        let payment = self.keep(payment);
        self.happened("payment_intent.payment_failed", &payment, None);
        Refusal {
            payment: Some(payment),
            ..Refusal::declined(code, why)
        }
    }

    /// Charges nobody is there for: a challenge is a refusal then
    /// (<https://docs.stripe.com/payments/save-during-payment#charge-saved-payment-method>).
    pub(super) fn charge_unattended(
        &mut self,
        mut payment: Value,
        method: Option<&Value>,
    ) -> Result<Value, Refusal> {
        let Some(method) = method else {
            return Err(self.fail(payment, "payment_method_missing", None));
        };
        payment["payment_method"] = method["id"].clone();
        match self.does(method) {
            Conduct::Pays => Ok(self.succeed(payment)),
            Conduct::Declines(why) => Err(self.fail(payment, "card_declined", Some(why))),
            Conduct::Challenges => Err(self.fail(
                payment,
                "authentication_required",
                Some("authentication_required"),
            )),
        }
    }

    /// <https://docs.stripe.com/api/payment_intents/cancel>
    pub(super) fn cancel_payment(&mut self, id: &str) -> Result<Value, Refusal> {
        let mut payment = self.get("payment_intent", id)?;
        if payment["status"] == "succeeded" || payment["status"] == "canceled" {
            return Err(Refusal::new(
                400,
                "payment_intent_unexpected_state",
                "It cannot be cancelled.",
            ));
        }
        payment["status"] = "canceled".into();
        payment["next_action"] = Value::Null;
        let payment = self.keep(payment);
        self.happened("payment_intent.canceled", &payment, None);
        Ok(payment)
    }

    /// <https://docs.stripe.com/api/refunds/create>: never more than was paid.
    pub(super) fn refund(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let (payment, amount) = (form.need("payment_intent")?, form.number("amount")?);
        form.done()?;
        let mut paid = self.get("payment_intent", &payment)?;
        let (received, back) = (number(&paid["amount_received"]), number(&paid["_refunded"]));
        let amount = amount.unwrap_or(received - back);
        if received - back == 0 {
            return Err(Refusal::new(
                400,
                "charge_already_refunded",
                "There is nothing left of it.",
            ));
        }
        if amount <= 0 || amount > received - back {
            return Err(Refusal::new(
                400,
                "amount_too_large",
                "Refund amount is greater than what is left.",
            ));
        }
        paid["_refunded"] = (back + amount).into();
        let currency = paid["currency"].clone();
        self.keep(paid);
        let id = self.id("re");
        let refund = self.keep(shape::refund(&id, self.now, &payment, amount, &currency));
        self.happened("refund.created", &refund, None);
        Ok(refund)
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(super) fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}
