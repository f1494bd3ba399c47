use super::scene::{Ada, DAY, Shop};
use crate::{
    account::cast::{GOOD, give_password},
    base::{authz::Role, testing::scenes},
    billing::tests::desk::books_balance,
};
use serde_json::json;

const CLOSURE: &str = "/api/v1/account/closure";

scenes! {
    async fn who_leaves_is_charged_no_more_and_their_card_is_let_go_of(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        give_password(&shop.scene, &ada.browser).await;
        let number = ada.licence().await["number"].clone();
        let order = ada.orders(json!({ "change": "seats", "seats": 12, "when": "now" })).await;
        ada.program.delete(&format!("/api/v1/workspaces/{}?name=Atelier", ada.workspace)).await.status(204);
        let told = ada.program.get(CLOSURE).await.status(200).json();
        assert_eq!((&told["renewals_stopped"], &told["orders_cancelled"]), (&json!([number]), &json!([order["reference"]])));
        ada.browser.get("/account/closure").await.status(200)
            .shows("La prolongation automatique s’arrête").shows(order["reference"].as_str().unwrap());
        let card = ada.card(&shop);
        ada.program.post(CLOSURE, json!({ "password": GOOD })).await.status(200);
        shop.settle().await;
        assert_eq!(shop.provider.all("subscription")[0]["cancel_at_period_end"], true);
        assert_eq!(shop.scene.number("select count(*) from renewal where wanted = true").await, 0);
        assert_eq!(shop.scene.number("select count(*) from licence where auto_renew = true").await, 0);
        assert_eq!(shop.scene.number("select count(*) from purchase where state = 'cancelled'").await, 1);
        shop.scene.audited("payment.renew_off", 1).await;
        assert_eq!(shop.scene.number(
            "select count(*) from audit_event where action = 'payment.renew_off'
               and detail like '%\"before\":{\"auto_renew\":true}%' and detail like '%\"after\":{\"auto_renew\":false}%'",
        ).await, 1, "history says what it was and what it is");
        shop.scene.audited("billing.cancel", 1).await;

        shop.days(7).await;
        shop.scene.audited("account.purge", 1).await;
        let methods = shop.provider.all("payment_method");
        let method = methods.iter().find(|method| method["id"] == json!(card)).unwrap();
        assert!(method["customer"].is_null(), "the provider let go of the card: {method}");
        assert_eq!(shop.provider.all("customer")[0].get("email"), None, "and forgot whose it was");
        assert_eq!(shop.provider.all("subscription")[0]["status"], "canceled");
        assert_eq!(shop.scene.number("select count(*) from payer").await, 0);
        let expiry = "2028-03-02T09:00:00Z".parse().unwrap();
        shop.until(expiry).await;
        shop.scene.audited("payment.renew", 0).await;
        books_balance(&shop.scene).await;
    }

    async fn what_somebody_paid_for_others_stops_and_their_workspace_is_told(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        let ben = shop.scene.person("ben").await;
        give_password(&shop.scene, &ben).await;
        shop.scene.member(ada.workspace, &ben, Role::BillingContact).await;
        shop.has_card(&ben, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        let program = shop.scene.api(&shop.scene.api_key(&ben).await);
        program.put(&ada.at("auto-renewal"), json!({ "on": true })).await.status(204);
        shop.settle().await;
        shop.mails().await;
        program.post(CLOSURE, json!({ "password": GOOD })).await.status(200);
        shop.settle().await;
        assert_eq!(ada.licence().await["auto_renew"], false);
        let mails = shop.mails().await;
        let hers = mails.iter().find(|mail| mail.to.starts_with("ada")).unwrap();
        assert!(hers.text.contains("ne se prolonge plus toute seule") && !hers.text.contains("passe à votre nom"), "{}", hers.text);
        shop.pass(DAY * 7);
        shop.settle().await;
        shop.scene.audited("account.purge", 1).await;
        assert_eq!(ada.licence().await["seats"], 10, "it is Ada's as before");
    }
}
