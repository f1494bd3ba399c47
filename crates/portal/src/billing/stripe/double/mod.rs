//! A double of the payment provider, with a clock the test drives: what the independent server we also test against
//! (`localstripe`) lacks because its time does not move — renewals, failed charges and their retries,
//! `customer.subscription.updated`, the bank's challenges, idempotency keys.
//!
//! Always true: it answers over HTTP on loopback, refuses parameters it does not know, as the provider does, and each
//! answer names the provider's page it is shaped after. Webhooks are not sent: the test takes them and delivers, loses,
//! repeats or reorders them. Retries are the provider's simplified: a charge that failed is tried again 3, 5 and 7 days
//! after the try before, then the subscription is cancelled
//! (<https://docs.stripe.com/billing/revenue-recovery/smart-retries>; how many and what then are settings there).

mod act;
mod paying;
mod renewing;
mod shape;
mod state;
mod tests;

use super::webhook;
use axum::{
    Router,
    body::Bytes,
    extract::State as Shared,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;
use state::{Refusal, State};
use std::sync::{Arc, Mutex, MutexGuard};

/// The double's secret key.
pub(crate) const KEY: &str = "sk_test_double";
/// What it signs webhooks with.
pub(crate) const WEBHOOK_SECRET: &str = "whsec_double";

/// A webhook that the provider would have sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// `invoice.paid`, …
    pub kind: String,
    pub body: String,
    /// Value of the `Stripe-Signature` header.
    pub signature: String,
}

/// What a card does when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conduct {
    /// It pays.
    Pays,
    /// The bank refuses, with this decline code.
    Declines(&'static str),
    /// The bank wants the person to prove that it is they.
    Challenges,
}

/// The double; ends with its value.
pub(crate) struct Double {
    state: Arc<Mutex<State>>,
    url: String,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Double {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Double {
    /// Starts on a free port of loopback, at `now`.
    pub(crate) async fn start(now: Timestamp) -> Self {
        let state = Arc::new(Mutex::new(State::new(now.as_second())));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(state.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { state, url, server }
    }

    /// How to configure a portal that uses it.
    pub(crate) fn settings(&self) -> crate::base::config::Stripe {
        crate::base::config::Stripe {
            secret_key: SecretString::from(KEY),
            publishable_key: "pk_test_double".into(),
            webhook_secrets: vec![SecretString::from(WEBHOOK_SECRET)],
            api: self.url.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Lets time pass: what is due by `now` happens, each at its own moment.
    pub(crate) fn pass_to(&self, now: Timestamp) {
        self.lock().pass_to(now.as_second());
    }

    /// The webhooks of what happened since they were last taken, in the order they happened, signed at `now`.
    pub(crate) fn take_webhooks(&self) -> Vec<Webhook> {
        let mut state = self.lock();
        let now = state.now;
        let events = std::mem::take(&mut state.unsent);
        events
            .into_iter()
            .map(|event| {
                let body = event.to_string();
                Webhook {
                    kind: event["type"].as_str().unwrap().to_owned(),
                    signature: webhook::sign(body.as_bytes(), now, &[SecretString::from(WEBHOOK_SECRET)]),
                    body,
                }
            })
            .collect()
    }

    /// The same webhook, signed anew: the provider signs each delivery when it makes it.
    pub(crate) fn sign_again(&self, webhook: &Webhook) -> Webhook {
        let now = self.lock().now;
        let signature = webhook::sign(
            webhook.body.as_bytes(),
            now,
            &[SecretString::from(WEBHOOK_SECRET)],
        );
        Webhook {
            signature,
            ..webhook.clone()
        }
    }

    /// From now on the card does so when it is charged.
    pub(crate) fn card_does(&self, method: &str, conduct: Conduct) {
        self.lock().conduct.insert(method.to_owned(), conduct);
    }

    /// The person gives a card in the browser's form: what the provider's script does with the client secret. The
    /// names of cards are the provider's: <https://docs.stripe.com/testing?testing-method=payment-methods>.
    pub(crate) fn person_gives(&self, setup: &str, card: &str) -> Result<(), String> {
        let given = self.lock().confirm_setup(setup, card);
        given.map(drop).map_err(|refusal| refusal.code.to_owned())
    }

    /// The person proves to the bank that it is they.
    pub(crate) fn person_proves(&self, intent: &str) {
        self.lock().prove(intent);
    }

    /// The person does not.
    pub(crate) fn person_fails(&self, intent: &str) {
        self.lock().prove_not(intent);
    }

    /// The card is let go of at the provider, by somebody else than the portal.
    pub(crate) fn client_detaches(&self, method: &str) {
        self.lock().detach(method, &state::Form(Vec::new())).unwrap();
    }

    /// The bank gave the card a new date (<https://docs.stripe.com/payments/cards/overview#automatic-card-updates>).
    pub(crate) fn card_until(&self, method: &str, (month, year): (u8, u16)) {
        let mut state = self.lock();
        let mut card = state.objects[method].clone();
        card["card"]["exp_month"] = month.into();
        card["card"]["exp_year"] = year.into();
        let card = state.keep(card);
        state.happened("payment_method.automatically_updated", &card, None);
    }

    /// Money is given back at the provider, by hand.
    pub(crate) fn by_hand_refunds(&self, payment: &str, amount: i64) {
        let fields = [
            ("payment_intent", payment.to_owned()),
            ("amount", amount.to_string()),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value));
        self.lock().refund(state::Form(fields.into())).unwrap();
    }

    /// From now on the next `times` calls are answered with 503, after having done what they were asked when `done`.
    pub(crate) fn stumbles(&self, times: u32, done: bool) {
        let mut state = self.lock();
        (state.stumbles, state.stumbles_at, state.stumbles_after) = (times, String::new(), done);
    }

    /// The next call whose path ends so is answered with 503, after having done what it asked when `done`.
    pub(crate) fn stumbles_at(&self, path: &str, done: bool) {
        let mut state = self.lock();
        (state.stumbles, state.stumbles_at, state.stumbles_after) = (1, path.to_owned(), done);
    }

    /// An object as it is now.
    pub(crate) fn object(&self, id: &str) -> Value {
        shape::public(&self.lock().objects[id])
    }

    /// Objects of a kind, oldest first.
    pub(crate) fn all(&self, kind: &str) -> Vec<Value> {
        let state = self.lock();
        let of_kind = state.order.iter().map(|id| &state.objects[id]);
        of_kind
            .filter(|object| object["object"] == kind)
            .map(shape::public)
            .collect()
    }
}

async fn answer(
    Shared(state): Shared<Arc<Mutex<State>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if header("authorization") != Some(&format!("Bearer {KEY}")) {
        return Refusal::new(401, "", "Invalid API Key provided").into_response();
    }
    if header("stripe-version") != Some(super::client::VERSION) {
        return Refusal::new(400, "", "this double speaks one version").into_response();
    }
    let text = if method == Method::GET {
        uri.query().unwrap_or_default().as_bytes()
    } else {
        &body[..]
    };
    let form: Vec<(String, String)> = url::form_urlencoded::parse(text).into_owned().collect();
    let once = header("idempotency-key").map(str::to_owned);
    if method == Method::POST && once.is_none() {
        return Refusal::new(400, "", "a POST without an idempotency key").into_response();
    }
    state.lock().unwrap().call(&method, uri.path(), form, once)
}

/// An answer of the API.
fn reply(status: u16, body: &Value) -> Response {
    (
        StatusCode::from_u16(status).unwrap(),
        axum::Json(shape::public(body)),
    )
        .into_response()
}
