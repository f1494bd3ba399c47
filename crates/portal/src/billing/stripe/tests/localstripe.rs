//! The same calls against `localstripe`, a server we did not write. Runs when `REMPART_TEST_LOCALSTRIPE` holds its
//! address, and then leaves a line in the file `REMPART_TEST_PROOF`. Its time does not move, so a renewal that fails is
//! made as a first charge that fails.

use super::calls::{Run, forgets, gives, payments, pays_after_all, refusals, subscriptions};
use crate::{
    base::{
        clock::{Chance, Clock},
        config,
    },
    billing::stripe::{Client, Event, Subscription, form::Form, webhook},
};
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use secrecy::SecretString;
use std::{env, io::Write};
use tokio::sync::mpsc;

/// Not a secret of anybody's.
const SECRET: &str = "whsec_localstripe";

/// Where the server delivers webhooks to.
async fn listener() -> (String, mpsc::UnboundedReceiver<(String, Bytes)>) {
    let (heard, hears) = mpsc::unbounded_channel();
    let take = |State(heard): State<mpsc::UnboundedSender<_>>, headers: HeaderMap, body: Bytes| async move {
        let signature = headers[webhook::HEADER].to_str().unwrap().to_owned();
        // Nobody listens any more once the scene has heard enough.
        let _ = heard.send((signature, body));
    };
    let router = Router::new().route("/hook", post(take)).with_state(heard);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, hears)
}

/// Every event that the server lists arrives, signed, and is accepted; with another secret it is not.
async fn hears_all(client: &Client, mut hears: mpsc::UnboundedReceiver<(String, Bytes)>, since: i64) {
    let listed = client.events_since(since).await.unwrap();
    assert!(listed.len() > 10, "{}", listed.len());
    let mut missing: std::collections::HashSet<String> = listed.into_iter().map(|event| event.id).collect();
    let known = [SecretString::from("whsec_former"), SecretString::from(SECRET)];
    while !missing.is_empty() {
        let (signature, body) = hears.recv().await.unwrap();
        let now = Clock::System.now();
        webhook::verify(&body, &signature, &known, now, webhook::TOLERANCE).unwrap();
        assert!(webhook::verify(&body, &signature, &known[..1], now, webhook::TOLERANCE).is_err());
        let event: Event = serde_json::from_slice(&body).unwrap();
        missing.remove(&event.id);
    }
}

#[tokio::test]
async fn localstripe_accepts_every_call() {
    let Ok(api) = env::var("REMPART_TEST_LOCALSTRIPE") else {
        eprintln!("NOT RUN against localstripe: REMPART_TEST_LOCALSTRIPE is not set");
        return;
    };
    let client = Client::new(&config::Stripe {
        secret_key: SecretString::from("sk_test_localstripe"),
        publishable_key: "pk_test_localstripe".into(),
        webhook_secrets: vec![SecretString::from(SECRET)],
        api: api.clone(),
    })
    .unwrap();
    let (hook, hears) = listener().await;
    let form = [("url", hook.as_str()), ("secret", SECRET)];
    let registered = reqwest_form(&format!("{api}/_config/webhooks/rempart"), &form).await;
    assert!(registered.is_success(), "{registered}");
    let now = Clock::System.now();
    let run = Run(Chance::from_system().id::<uuid::Uuid>(now).to_string());
    payments(&client, &run).await;
    refusals(&client, &run).await;
    forgets(&client, &run).await;
    subscriptions(&client, &run, now.as_second()).await;
    let customer = client
        .create_customer(&run.once("late"), "ada@example.org", "late")
        .await
        .unwrap();
    let setup = client
        .create_setup(&run.once("late-setup"), &customer.id, "ours")
        .await
        .unwrap();
    let card = gives(&client, &run, &setup, "pm_card_chargeCustomerFail")
        .await
        .unwrap();
    let card = card.payment_method.unwrap();
    client
        .attach(&run.once("late-attach"), &card, &customer.id)
        .await
        .unwrap();
    client
        .set_default(&run.once("late-default"), &customer.id, &card)
        .await
        .unwrap();
    let form = Form::new()
        .set("customer", &customer.id)
        .set("items[0][plan]", "rempart-Home-12-eur-11988");
    let made: Subscription = client
        .post("/v1/subscriptions", &run.once("late-sub"), form)
        .await
        .unwrap();
    pays_after_all(&client, &run, &customer.id, &made.id).await;
    hears_all(&client, hears, now.as_second()).await;
    if let Ok(proof) = env::var("REMPART_TEST_PROOF") {
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(proof)
            .unwrap();
        writeln!(file, "localstripe").unwrap();
    }
}

async fn reqwest_form(url: &str, form: &[(&str, &str)]) -> reqwest::StatusCode {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let answer = reqwest::Client::new().post(url).form(form).send().await.unwrap();
    answer.status()
}
