use super::scene::{Shop, buyer};
use crate::{
    base::testing::scenes,
    billing::stripe::{
        double::WEBHOOK_SECRET,
        webhook::{self, TOLERANCE},
    },
};
use jiff::SignedDuration;
use secrecy::SecretString;

const NOTED: &str = "select count(*) from provider_event";

scenes! {
    async fn a_webhook_that_is_not_the_providers_changes_nothing(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.gives(&ada, licence, "pm_card_visa").await;
        let told = shop.provider.take_webhooks();
        let jobs = shop.scene.number("select count(*) from job").await;
        for webhook in &told {
            shop.send(&webhook.body, "").await.refused(401, "webhook_signature");
            shop.send(&webhook.body.replace("evt", "evx"), &webhook.signature).await.refused(401, "webhook_signature");
            let forged = webhook::sign(webhook.body.as_bytes(), shop.scene.now().as_second(), &[SecretString::from("whsec_other")]);
            shop.send(&webhook.body, &forged).await.refused(401, "webhook_signature");
        }
        shop.scene.pass(TOLERANCE + SignedDuration::from_secs(1));
        for webhook in &told {
            shop.deliver(webhook).await.refused(401, "webhook_signature");
        }
        assert_eq!((shop.scene.number(NOTED).await, shop.scene.number("select count(*) from job").await), (0, jobs));
        ada.get(&format!("/licences/{licence}/payment")).await.shows("Aucune carte");
    }

    async fn one_delivered_twice_is_noted_once(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.gives(&ada, licence, "pm_card_visa").await;
        let told = shop.provider.take_webhooks();
        for _ in 0..3 {
            for webhook in told.iter().rev() {
                shop.deliver(webhook).await.status(200);
            }
            shop.scene.work().await;
        }
        assert_eq!(shop.scene.number(NOTED).await, told.len() as u64);
        shop.scene.audited("payment.set_card", 1).await;
    }

    async fn signed_nonsense_is_refused(scene: Scene) {
        let shop = Shop::open(scene).await;
        for body in ["", "{}", "[]", "{\"id\":1}", "\u{0}"] {
            let signature = webhook::sign(body.as_bytes(), shop.scene.now().as_second(), &[SecretString::from(WEBHOOK_SECRET)]);
            shop.send(body, &signature).await.refused(400, "malformed_body");
        }
    }

    async fn what_was_told_to_nobody_for_a_day_is_caught_up(scene: Scene) {
        let shop = Shop::open(scene).await;
        shop.scene.work().await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.pass(SignedDuration::from_hours(2));
        shop.gives(&ada, licence, "pm_card_visa").await;
        let lost = shop.provider.take_webhooks();
        shop.scene.work().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("Aucune carte");
        shop.pass(SignedDuration::from_hours(24));
        shop.scene.work().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("4242");
        for webhook in &lost {
            // Delivered at last, signed anew, it says nothing new.
            let signature = webhook::sign(webhook.body.as_bytes(), shop.scene.now().as_second(), &[SecretString::from(WEBHOOK_SECRET)]);
            shop.send(&webhook.body, &signature).await.status(200);
        }
        shop.scene.work().await;
        shop.scene.audited("payment.set_card", 1).await;
    }

    async fn a_start_catches_up_without_waiting_for_the_day(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.scene.work().await;
        shop.gives(&ada, licence, "pm_card_visa").await;
        crate::billing::prepare(&shop.scene.app).await.unwrap();
        shop.scene.work().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("4242");
        crate::billing::prepare(&shop.scene.app).await.unwrap();
        assert_eq!(shop.scene.number("select count(*) from job where kind = 'payment.reconcile'").await, 1);
    }

    async fn without_a_provider_no_webhook_is_believed(scene: Scene) {
        let signature = webhook::sign(b"{}", scene.now().as_second(), &[SecretString::from("")]);
        let request = axum::http::Request::post("/webhooks/stripe").header(webhook::HEADER, signature);
        let request = request.body(axum::body::Body::from("{}")).unwrap();
        crate::base::testing::Answer::to(&scene.router, request).await.refused(401, "webhook_signature");
    }
}
