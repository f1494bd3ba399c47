use crate::{
    base::testing::{Answer, Browser, Scene},
    billing::stripe::{
        double::{Double, Webhook},
        webhook,
    },
    licence::testing::personal,
};
use axum::{body::Body, http::Request};
use rempart_wire::LicenceId;

/// A portal that takes cards, and the provider it takes them with.
pub(super) struct Shop {
    pub scene: Scene,
    pub provider: Double,
}

impl Shop {
    pub(super) async fn open(scene: Scene) -> Self {
        let provider = Double::start(scene.now()).await;
        let settings = provider.settings();
        let scene = scene.with_config(|config| config.stripe = Some(settings)).await;
        Self { scene, provider }
    }

    /// Lets time pass on both sides.
    pub(super) fn pass(&self, time: jiff::SignedDuration) {
        self.scene.pass(time);
        self.provider.pass_to(self.scene.now());
    }

    /// Delivers one webhook.
    pub(super) async fn deliver(&self, webhook: &Webhook) -> Answer {
        self.send(&webhook.body, &webhook.signature).await
    }

    pub(super) async fn send(&self, body: &str, signature: &str) -> Answer {
        let request = Request::post("/webhooks/stripe")
            .header(webhook::HEADER, signature)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        Answer::to(&self.scene.router, request).await
    }

    /// Delivers what happened, in order, and does what follows, until nothing does.
    pub(super) async fn settle(&self) {
        loop {
            self.scene.work().await;
            let told = self.provider.take_webhooks();
            if told.is_empty() {
                return;
            }
            for webhook in told {
                self.deliver(&webhook).await.status(200);
            }
        }
    }

    /// The person gives a card in the browser, up to where the provider's script leads back; the giving's name.
    pub(super) async fn gives(&self, person: &Browser, licence: LicenceId, card: &str) -> String {
        let begun = person
            .post(&format!("/licences/{licence}/payment/card"), &[])
            .await
            .status(303);
        let setup = begun.location().split_once("setup=").unwrap().1.to_owned();
        person
            .get(begun.location())
            .await
            .status(200)
            .shows(&format!("{setup}_secret"));
        self.provider.person_gives(&setup, card).unwrap();
        setup
    }

    /// The same, and the provider's script leads back.
    pub(super) async fn has_card(&self, person: &Browser, licence: LicenceId, card: &str) {
        let setup = self.gives(person, licence, card).await;
        person
            .get(&format!(
                "/licences/{licence}/payment/given?setup_intent={setup}&redirect_status=succeeded"
            ))
            .await
            .leads_to(&format!("/licences/{licence}/payment?said=card-set"));
    }
}

/// Somebody with a personal licence.
pub(super) async fn buyer(shop: &Shop, name: &str) -> (Browser, LicenceId) {
    let person = shop.scene.person(name).await;
    let licence = personal(&shop.scene, &person, 5).await;
    (person, licence)
}
