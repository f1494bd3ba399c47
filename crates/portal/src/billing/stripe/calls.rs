//! The calls we make, each with the page that describes it. What a shape of ours does not name is not used: no Prices,
//! no Checkout, no billing portal.

use super::{
    client::{Client, Once},
    error::StripeError,
    form::Form,
    objects::{
        Customer, Event, Invoice, Page, PaymentIntent, PaymentMethod, Plan, Product, Refund, SetupIntent,
        Subscription,
    },
};

/// What is paid: minor units and three lower-case letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum<'a> {
    /// Minor units.
    pub amount: i64,
    /// Three letters, lower case.
    pub currency: &'a str,
}

/// Most objects of a page.
const PAGE: u32 = 100;

impl Client {
    /// <https://docs.stripe.com/api/customers/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn create_customer(
        &self,
        once: &Once,
        email: &str,
        payer: &str,
    ) -> Result<Customer, StripeError> {
        let form = Form::new().set("email", email).note("payer", payer);
        self.post("/v1/customers", once, form).await
    }

    /// <https://docs.stripe.com/api/customers/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn customer(&self, id: &str) -> Result<Customer, StripeError> {
        self.get(&format!("/v1/customers/{id}"), Form::new()).await
    }

    /// Forgets a customer for good, with what they pay with: <https://docs.stripe.com/api/customers/delete>
    ///
    /// # Errors
    /// What the provider says; [`StripeError::Missing`] when there is none such.
    pub async fn delete_customer(&self, id: &str) -> Result<Customer, StripeError> {
        self.delete(&format!("/v1/customers/{id}")).await
    }

    /// What the customer's invoices are paid with from now on: <https://docs.stripe.com/api/customers/update>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn set_default(
        &self,
        once: &Once,
        customer: &str,
        method: &str,
    ) -> Result<Customer, StripeError> {
        let form = Form::new().set("invoice_settings[default_payment_method]", method);
        self.post(&format!("/v1/customers/{customer}"), once, form).await
    }

    /// <https://docs.stripe.com/api/payment_methods/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn payment_method(&self, id: &str) -> Result<PaymentMethod, StripeError> {
        self.get(&format!("/v1/payment_methods/{id}"), Form::new()).await
    }

    /// <https://docs.stripe.com/api/payment_methods/attach>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn attach(
        &self,
        once: &Once,
        method: &str,
        customer: &str,
    ) -> Result<PaymentMethod, StripeError> {
        let form = Form::new().set("customer", customer);
        self.post(&format!("/v1/payment_methods/{method}/attach"), once, form)
            .await
    }

    /// <https://docs.stripe.com/api/payment_methods/detach>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn detach(&self, once: &Once, method: &str) -> Result<PaymentMethod, StripeError> {
        self.post(&format!("/v1/payment_methods/{method}/detach"), once, Form::new())
            .await
    }

    /// A card to be charged later, when nobody is there: <https://docs.stripe.com/api/setup_intents/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn create_setup(
        &self,
        once: &Once,
        customer: &str,
        licence: &str,
    ) -> Result<SetupIntent, StripeError> {
        let form = Form::new()
            .set("customer", customer)
            .set("usage", "off_session")
            .set("payment_method_types[0]", "card")
            .note("licence", licence);
        self.post("/v1/setup_intents", once, form).await
    }

    /// <https://docs.stripe.com/api/setup_intents/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn setup(&self, id: &str) -> Result<SetupIntent, StripeError> {
        self.get(&format!("/v1/setup_intents/{id}"), Form::new()).await
    }

    /// <https://docs.stripe.com/api/payment_intents/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn create_payment(
        &self,
        once: &Once,
        customer: &str,
        method: Option<&str>,
        sum: Sum<'_>,
        payment: &str,
    ) -> Result<PaymentIntent, StripeError> {
        let form = Form::new()
            .set("amount", sum.amount)
            .set("currency", sum.currency)
            .set("customer", customer)
            .maybe("payment_method", method)
            .set("payment_method_types[0]", "card")
            .note("payment", payment);
        self.post("/v1/payment_intents", once, form).await
    }

    /// <https://docs.stripe.com/api/payment_intents/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn payment(&self, id: &str) -> Result<PaymentIntent, StripeError> {
        self.get(&format!("/v1/payment_intents/{id}"), Form::new()).await
    }

    /// Charges it: <https://docs.stripe.com/api/payment_intents/confirm>
    ///
    /// # Errors
    /// What the provider says; [`StripeError::Declined`] when the card is refused.
    pub async fn confirm_payment(&self, once: &Once, id: &str) -> Result<PaymentIntent, StripeError> {
        self.post(&format!("/v1/payment_intents/{id}/confirm"), once, Form::new())
            .await
    }

    /// <https://docs.stripe.com/api/payment_intents/cancel>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn cancel_payment(&self, once: &Once, id: &str) -> Result<PaymentIntent, StripeError> {
        self.post(&format!("/v1/payment_intents/{id}/cancel"), once, Form::new())
            .await
    }

    /// <https://docs.stripe.com/api/refunds/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn refund(&self, once: &Once, payment: &str, amount: i64) -> Result<Refund, StripeError> {
        let form = Form::new().set("payment_intent", payment).set("amount", amount);
        self.post("/v1/refunds", once, form).await
    }

    /// <https://docs.stripe.com/api/refunds/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn refund_made(&self, id: &str) -> Result<Refund, StripeError> {
        self.get(&format!("/v1/refunds/{id}"), Form::new()).await
    }

    /// Makes the product when it is not there: <https://docs.stripe.com/api/products/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn ensure_product(&self, id: &str, name: &str) -> Result<Product, StripeError> {
        match self.get(&format!("/v1/products/{id}"), Form::new()).await {
            Err(StripeError::Missing(_)) => {}
            known => return known,
        }
        let form = Form::new().set("id", id).set("name", name);
        self.post("/v1/products", &Once::new("product", id), form).await
    }

    /// Makes the plan when it is not there; a plan never changes: <https://docs.stripe.com/api/plans/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn ensure_plan(
        &self,
        id: &str,
        product: &str,
        sum: Sum<'_>,
        months: u32,
    ) -> Result<Plan, StripeError> {
        match self.get(&format!("/v1/plans/{id}"), Form::new()).await {
            Err(StripeError::Missing(_)) => {}
            known => return known,
        }
        let form = Form::new()
            .set("id", id)
            .set("product", product)
            .set("amount", sum.amount)
            .set("currency", sum.currency)
            .set("interval", "month")
            .set("interval_count", months);
        self.post("/v1/plans", &Once::new("plan", id), form).await
    }

    /// A subscription that charges first at `first`, in seconds since 1970:
    /// <https://docs.stripe.com/api/subscriptions/create>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn create_subscription(
        &self,
        once: &Once,
        customer: &str,
        plan: &str,
        first: i64,
        licence: &str,
    ) -> Result<Subscription, StripeError> {
        let form = Form::new()
            .set("customer", customer)
            .set("items[0][plan]", plan)
            .set("trial_end", first)
            .set("proration_behavior", "none")
            .note("licence", licence);
        self.post("/v1/subscriptions", once, form).await
    }

    /// <https://docs.stripe.com/api/subscriptions/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn subscription(&self, id: &str) -> Result<Subscription, StripeError> {
        self.get(&format!("/v1/subscriptions/{id}"), Form::new()).await
    }

    /// Whether it ends with its period: <https://docs.stripe.com/billing/subscriptions/cancel>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn end_with_period(
        &self,
        once: &Once,
        id: &str,
        ends: bool,
    ) -> Result<Subscription, StripeError> {
        let form = Form::new().set("cancel_at_period_end", ends);
        self.post(&format!("/v1/subscriptions/{id}"), once, form).await
    }

    /// Ends it now: <https://docs.stripe.com/api/subscriptions/cancel>
    ///
    /// # Errors
    /// What the provider says; [`StripeError::Missing`] when it is over already.
    pub async fn end_subscription(&self, id: &str) -> Result<Subscription, StripeError> {
        self.delete(&format!("/v1/subscriptions/{id}")).await
    }

    /// The newest charges of a subscription: <https://docs.stripe.com/api/invoices/list>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn invoices(&self, customer: &str, subscription: &str) -> Result<Page<Invoice>, StripeError> {
        let query = Form::new()
            .set("customer", customer)
            .set("subscription", subscription)
            .set("limit", PAGE);
        self.get("/v1/invoices", query).await
    }

    /// <https://docs.stripe.com/api/invoices/retrieve>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn invoice(&self, id: &str) -> Result<Invoice, StripeError> {
        self.get(&format!("/v1/invoices/{id}"), Form::new()).await
    }

    /// Tries it now, with the card the customer has by now: <https://docs.stripe.com/api/invoices/pay>
    ///
    /// # Errors
    /// What the provider says; [`StripeError::Declined`] when the card is refused.
    pub async fn pay_invoice(&self, once: &Once, id: &str) -> Result<Invoice, StripeError> {
        self.post(&format!("/v1/invoices/{id}/pay"), once, Form::new())
            .await
    }

    /// What happened since `since`, in seconds since 1970, whole; the provider keeps 30 days:
    /// <https://docs.stripe.com/api/events/list>
    ///
    /// # Errors
    /// What the provider says.
    pub async fn events_since(&self, since: i64) -> Result<Vec<Event>, StripeError> {
        let mut all: Vec<Event> = Vec::new();
        loop {
            let query = Form::new()
                .set("created[gte]", since)
                .set("limit", PAGE)
                .maybe("starting_after", all.last().map(|event| event.id.clone()));
            let page: Page<Event> = self.get("/v1/events", query).await?;
            let more = page.has_more && !page.data.is_empty();
            all.extend(page.data);
            if !more {
                return Ok(all);
            }
        }
    }
}
