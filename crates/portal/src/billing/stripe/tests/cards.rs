use super::scene::{Shop, buyer};
use crate::{
    base::{authz::Role, testing::scenes},
    licence::testing::personal,
};
use jiff::SignedDuration;
use rempart_wire::ManagementMode;
use serde_json::json;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

scenes! {
    async fn a_card_is_given_and_shown_as_far_as_it_may_be(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        let page = format!("/licences/{licence}/payment");
        ada.get(&page).await.status(200).shows("Aucune carte n’est enregistrée");
        shop.has_card(&ada, licence, "pm_card_visa").await;
        let shown = ada.get(&page).await.status(200).shows("Visa").shows("4242").shows("08/2034");
        assert!(!shown.body.contains("pm_"), "the provider's names are nobody's business");
        shop.settle().await;
        let customer = shop.provider.all("customer").remove(0);
        let method = shop.provider.all("payment_method").remove(0);
        assert_eq!(customer["invoice_settings"]["default_payment_method"], method["id"]);
        shop.scene.audited("payment.set_card", 1).await;
        let key = shop.scene.api_key(&ada).await;
        let view = shop.scene.api(&key).get(&format!("/api/v1{page}")).await.status(200).json();
        assert_eq!(view["card"], json!({ "brand": "visa", "last4": "4242", "month": 8, "year": 2034 }));
    }

    async fn the_card_form_is_the_providers_on_that_page_alone(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        let begun = ada.post(&format!("/licences/{licence}/payment/card"), &[]).await.status(303);
        let form = ada.get(begun.location()).await.status(200)
            .shows("https://js.stripe.com/v3/")
            .shows("Ce formulaire a besoin de JavaScript");
        let policy = form.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self' https://js.stripe.com") && !policy.contains("unsafe"), "{policy}");
        let page = ada.get(&format!("/licences/{licence}/payment")).await.status(200);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(!policy.contains("stripe") && !page.body.contains("stripe.com"), "{policy}");
    }

    async fn a_card_replaced_is_let_go_of(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.has_card(&ada, licence, "pm_card_visa").await;
        shop.settle().await;
        shop.pass(MINUTE);
        shop.has_card(&ada, licence, "pm_card_mastercard").await;
        shop.settle().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("Mastercard").shows("4444");
        let methods = shop.provider.all("payment_method");
        let attached: Vec<bool> = methods.iter().map(|method| !method["customer"].is_null()).collect();
        assert_eq!(attached, [false, true]);
        let customer = shop.provider.all("customer").remove(0);
        assert_eq!(customer["invoice_settings"]["default_payment_method"], methods[1]["id"]);
    }

    async fn a_bank_that_asks_who_it_is_is_answered_first(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        let setup = shop.gives(&ada, licence, "pm_card_authenticationRequired").await;
        let back = format!("/licences/{licence}/payment/given?setup_intent={setup}");
        ada.get(&back).await.status(402).shows("confirmiez votre identité");
        shop.provider.person_proves(&setup);
        ada.get(&back).await.leads_to(&format!("/licences/{licence}/payment?said=card-set"));
    }

    async fn a_person_who_closed_the_browser_has_the_card_all_the_same(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.gives(&ada, licence, "pm_card_visa").await;
        shop.settle().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("4242");
    }

    async fn an_older_card_told_of_later_does_not_come_back(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.gives(&ada, licence, "pm_card_visa").await;
        let late = shop.provider.take_webhooks();
        shop.pass(MINUTE);
        shop.has_card(&ada, licence, "pm_card_mastercard").await;
        shop.settle().await;
        for webhook in &late {
            shop.deliver(webhook).await.status(200);
        }
        shop.settle().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("4444");
    }

    async fn a_card_that_the_provider_lost_is_no_card(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        shop.has_card(&ada, licence, "pm_card_visa").await;
        shop.settle().await;
        let method = shop.provider.all("payment_method").remove(0)["id"].as_str().unwrap().to_owned();
        shop.provider.client_detaches(&method);
        shop.settle().await;
        ada.get(&format!("/licences/{licence}/payment")).await.shows("Aucune carte n’est enregistrée");
        shop.scene.audited("payment.refresh_card", 1).await;
    }

    async fn the_card_is_for_who_manages_the_licence(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, eve) = (shop.scene.person("ada").await, shop.scene.person("eve").await);
        let workspace = shop.scene.workspace(&ada, "Atelier", ManagementMode::LocalAndRemote).await;
        let licence = personal(&shop.scene, &ada, 5).await;
        let id = licence.to_string();
        ada.post(&format!("/workspaces/{workspace}/licence/assign"), &[("licence", &id)]).await;
        let page = format!("/licences/{licence}/payment");
        eve.get(&page).await.status(404);
        eve.post(&format!("{page}/card"), &[]).await.status(404);
        shop.scene.member(workspace, &eve, Role::Viewer).await;
        eve.get(&page).await.status(403);
        let bob = shop.scene.person("bob").await;
        shop.scene.member(workspace, &bob, Role::BillingContact).await;
        shop.has_card(&ada, licence, "pm_card_visa").await;
        bob.get(&page).await.status(200).shows("4242").shows("par une autre personne");
        shop.pass(MINUTE);
        let setup = shop.gives(&bob, licence, "pm_card_mastercard").await;
        ada.get(&format!("{page}/given?setup={setup}")).await.status(404);
        bob.get(&format!("{page}/given?setup={setup}")).await.status(303);
        ada.get(&page).await.status(200).shows("4444").shows("par une autre personne");
        shop.settle().await;
        assert_eq!(shop.provider.all("customer").len(), 2, "each pays with what is theirs");
    }

    async fn a_provider_that_cannot_be_reached_changes_nothing(scene: Scene) {
        let shop = Shop::open(scene).await;
        let (ada, licence) = buyer(&shop, "ada").await;
        let begin = format!("/licences/{licence}/payment/card");
        for done in [false, true] {
            shop.provider.stumbles(1, done);
            ada.post(&begin, &[]).await.status(503).shows("injoignable");
        }
        let begun = ada.post(&begin, &[]).await.status(303);
        assert_eq!(shop.provider.all("customer").len(), 1, "asked three times, made once");
        ada.get(begun.location()).await.status(200);
    }

    async fn without_a_provider_the_page_says_so(scene: Scene) {
        let ada = scene.person("ada").await;
        let licence = personal(&scene, &ada, 5).await;
        let page = format!("/licences/{licence}/payment");
        ada.get(&page).await.status(200).shows("Ce serveur ne prend pas les cartes");
        ada.post(&format!("{page}/card"), &[]).await.status(409).shows("Ce serveur ne prend pas les cartes");
        let key = scene.api_key(&ada).await;
        scene.api(&key).post(&format!("/api/v1{page}/card"), json!({})).await.refused(409, "payment_not_configured");
    }
}
