use super::{
    shape,
    state::{Form, Refusal, State},
};
use axum::http::Method;
use serde_json::{Value, json};

impl State {
    /// Does what a call asks.
    pub(super) fn act(&mut self, method: &Method, path: &str, mut form: Form) -> Result<Value, Refusal> {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let verb = method.as_str();
        match (verb, parts.as_slice()) {
            ("POST", ["customers"]) => self.create_customer(form),
            ("POST", ["customers", id]) => self.update_customer(id, form),
            ("DELETE", ["customers", id]) => self.delete_customer(id, &form),
            ("POST", ["payment_methods", id, "attach"]) => {
                let customer = form.need("customer")?;
                form.done()?;
                self.attach(id, &customer)
            }
            ("POST", ["payment_methods", id, "detach"]) => self.detach(id, &form),
            ("POST", ["setup_intents"]) => self.create_setup(form),
            ("POST", ["setup_intents", id, "confirm"]) => {
                let card = form.need("payment_method")?;
                form.done()?;
                self.confirm_setup(id, &card)
            }
            ("POST", ["payment_intents"]) => self.create_payment(form),
            ("POST", ["payment_intents", id, "confirm"]) => {
                form.done()?;
                self.confirm_payment(id)
            }
            ("POST", ["payment_intents", id, "cancel"]) => {
                form.done()?;
                self.cancel_payment(id)
            }
            ("POST", ["refunds"]) => self.refund(form),
            ("POST", ["products"]) => self.create_product(form),
            ("POST", ["plans"]) => self.create_plan(form),
            ("POST", ["subscriptions"]) => self.create_subscription(form),
            ("POST", ["subscriptions", id]) => self.update_subscription(id, form),
            ("DELETE", ["subscriptions", id]) => self.end_subscription(id, &form),
            ("POST", ["invoices", id, "pay"]) => {
                form.done()?;
                self.pay_invoice(id)
            }
            ("GET", ["invoices"]) => self.list_invoices(form),
            ("GET", ["events"]) => self.list_events(form),
            ("GET", ["payment_methods", id]) => {
                form.done()?;
                self.method(id)
            }
            ("GET", ["events", id]) => {
                let event = self.events.iter().find(|event| event["id"] == *id);
                event.cloned().ok_or_else(|| Refusal::missing(id))
            }
            ("GET", [kinds, id]) => {
                form.done()?;
                self.get(kinds.trim_end_matches('s'), id)
            }
            // <https://docs.stripe.com/error-codes#url-invalid>
            _ => Err(Refusal::new(
                404,
                "url_invalid",
                format!("Unrecognized request URL ({verb}: {path})."),
            )),
        }
    }

    /// What they pay with is let go of, and what still runs ends: <https://docs.stripe.com/api/customers/delete>
    fn delete_customer(&mut self, id: &str, form: &Form) -> Result<Value, Refusal> {
        form.done()?;
        let customer = self.get("customer", id)?;
        if customer["deleted"] == true {
            return Err(Refusal::missing(id));
        }
        for subscription in self.of("subscription") {
            if subscription["customer"] == id && subscription["status"] != "canceled" {
                self.cancel(subscription);
            }
        }
        for mut method in self.of("payment_method") {
            if method["customer"] == id {
                method["customer"] = Value::Null;
                method["_detached"] = true.into();
                self.keep(method);
            }
        }
        self.happened("customer.deleted", &customer, None);
        Ok(self.keep(json!({ "id": id, "object": "customer", "deleted": true })))
    }

    /// <https://docs.stripe.com/api/customers/create>
    fn create_customer(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let (email, notes) = (form.take("email").unwrap_or_default(), form.metadata());
        form.done()?;
        let id = self.id("cus");
        let customer = self.keep(shape::customer(&id, self.now, &email, notes));
        self.happened("customer.created", &customer, None);
        Ok(customer)
    }

    /// <https://docs.stripe.com/api/customers/update>: the method must be the customer's.
    fn update_customer(&mut self, id: &str, mut form: Form) -> Result<Value, Refusal> {
        let mut customer = self.get("customer", id)?;
        let method = form.need("invoice_settings[default_payment_method]")?;
        form.done()?;
        if self.get("payment_method", &method)?["customer"] != id {
            return Err(Refusal::new(
                400,
                "resource_missing",
                "The customer does not have this payment method.",
            ));
        }
        customer["invoice_settings"]["default_payment_method"] = method.into();
        let customer = self.keep(customer);
        self.happened("customer.updated", &customer, None);
        Ok(customer)
    }

    /// <https://docs.stripe.com/api/products/create>
    fn create_product(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let (id, name) = (form.need("id")?, form.need("name")?);
        form.done()?;
        self.unused(&id)?;
        let product = json!({ "id": id, "object": "product", "active": true, "created": self.now, "name": name,
            "livemode": false, "metadata": {} });
        Ok(self.keep(product))
    }

    /// <https://docs.stripe.com/api/plans/create>; three years at most.
    fn create_plan(&mut self, mut form: Form) -> Result<Value, Refusal> {
        let (id, product) = (form.need("id")?, form.need("product")?);
        let (amount, count) = (
            form.number("amount")?,
            form.number("interval_count")?.unwrap_or(1),
        );
        let (currency, interval) = (form.need("currency")?, form.need("interval")?);
        form.done()?;
        self.unused(&id)?;
        self.get("product", &product)?;
        let amount = amount.filter(|amount| *amount >= 0);
        let amount = amount.ok_or_else(|| Refusal::new(400, "parameter_missing", "amount"))?;
        if interval != "month" || !(1..=36).contains(&count) {
            return Err(Refusal::new(400, "parameter_invalid", "interval"));
        }
        let plan = json!({ "id": id, "object": "plan", "active": true, "amount": amount, "created": self.now,
            "currency": currency, "interval": interval, "interval_count": count, "product": product,
            "usage_type": "licensed", "billing_scheme": "per_unit", "livemode": false, "metadata": {} });
        Ok(self.keep(plan))
    }

    /// <https://docs.stripe.com/error-codes#resource-already-exists>
    fn unused(&self, id: &str) -> Result<(), Refusal> {
        if self.objects.contains_key(id) {
            return Err(Refusal::new(400, "resource_already_exists", id));
        }
        Ok(())
    }

    /// <https://docs.stripe.com/api/invoices/list>
    fn list_invoices(&self, mut form: Form) -> Result<Value, Refusal> {
        let filters = [
            ("customer", form.take("customer")),
            ("subscription", form.take("subscription")),
        ];
        let wanted = |object: &&Value| {
            object["object"] == "invoice"
                && filters
                    .iter()
                    .all(|(name, value)| value.as_ref().is_none_or(|value| object[*name] == value.as_str()))
        };
        let all = self
            .order
            .iter()
            .map(|id| &self.objects[id])
            .filter(wanted)
            .cloned()
            .collect();
        Self::page(all, &mut form)
    }

    /// <https://docs.stripe.com/api/events/list>: those of the last 30 days.
    fn list_events(&self, mut form: Form) -> Result<Value, Refusal> {
        let kept = self.now - 30 * 24 * 3600;
        let since = form.number("created[gte]")?.unwrap_or(kept).max(kept);
        let recent = |event: &&Value| event["created"].as_i64() >= Some(since);
        Self::page(self.events.iter().filter(recent).cloned().collect(), &mut form)
    }
}
