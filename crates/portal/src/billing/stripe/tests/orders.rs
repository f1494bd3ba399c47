use super::scene::{Ada, DAY, Shop};
use crate::{
    base::testing::scenes,
    billing::{stripe::double::Conduct, tests::desk::books_balance},
};
use serde_json::json;

scenes! {
    async fn an_order_is_paid_by_card_once(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        ada.pays(&order).await.refused(409, "payment_method_missing");
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        for _ in 0..2 {
            assert_eq!(ada.pays(&order).await.status(200).json(), json!({ "state": "paid" }));
            shop.settle().await;
        }
        assert_eq!(ada.expires().await, "2029-03-01T09:00:00Z".parse().unwrap());
        let payments = shop.provider.all("payment_intent");
        assert_eq!((payments.len(), &payments[0]["amount"], &payments[0]["currency"]), (1, &json!(12_000), &json!("eur")));
        shop.scene.audited("payment.pay", 1).await;
        books_balance(&shop.scene).await;
    }

    async fn a_refused_card_leaves_the_order_waiting(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        let card = ada.card(&shop);
        shop.provider.card_does(&card, Conduct::Declines("insufficient_funds"));
        let refused = ada.pays(&order).await.refused(402, "card_declined").json();
        assert!(refused["title"].as_str().unwrap().contains("Rien n’a été débité"), "{refused}");
        shop.settle().await;
        shop.provider.card_does(&card, Conduct::Pays);
        ada.pays(&order).await.status(200);
        shop.settle().await;
        assert_eq!(ada.expires().await, "2029-03-01T09:00:00Z".parse().unwrap());
        books_balance(&shop.scene).await;
    }

    async fn an_answer_that_was_lost_charges_nothing_twice(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        for (call, done) in [("intents", false), ("intents", true), ("confirm", false), ("confirm", true)] {
            shop.provider.stumbles_at(call, done);
            ada.pays(&order).await.refused(503, "payment_unavailable");
        }
        ada.pays(&order).await.status(200);
        let paid: Vec<_> = shop.provider.all("payment_intent").into_iter().filter(|one| one["status"] == "succeeded").collect();
        assert_eq!(paid.len(), 1, "{paid:?}");
        assert_eq!(ada.expires().await, "2029-03-01T09:00:00Z".parse().unwrap());
        books_balance(&shop.scene).await;
    }

    async fn a_bank_that_asks_who_it_is_is_answered_before_anything_is_paid(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        shop.provider.card_does(&ada.card(&shop), Conduct::Challenges);
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        let asked = ada.pays(&order).await.status(200).json();
        assert_eq!((&asked["state"], &asked["publishable_key"]), (&json!("challenge"), &json!("pk_test_double")));
        assert_eq!(ada.expires().await, "2028-03-01T09:00:00Z".parse().unwrap());
        let payment = shop.provider.all("payment_intent").remove(0)["id"].as_str().unwrap().to_owned();
        shop.provider.person_proves(&payment);
        shop.settle().await;
        assert_eq!(ada.expires().await, "2029-03-01T09:00:00Z".parse().unwrap());
        assert_eq!(ada.pays(&order).await.status(200).json(), json!({ "state": "paid" }));
    }

    async fn money_for_an_order_given_up_goes_back(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        shop.provider.card_does(&ada.card(&shop), Conduct::Challenges);
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        ada.pays(&order).await.status(200);
        let id = order["id"].as_str().unwrap();
        ada.operator.post(&format!("/api/v1/operator/orders/{id}/cancel"), json!({})).await.status(200);
        let payment = shop.provider.all("payment_intent").remove(0)["id"].as_str().unwrap().to_owned();
        shop.provider.person_proves(&payment);
        shop.settle().await;
        let refunds = shop.provider.all("refund");
        assert_eq!((refunds.len(), &refunds[0]["amount"]), (1, &json!(12_000)));
        assert_eq!(ada.expires().await, "2028-03-01T09:00:00Z".parse().unwrap());
        shop.scene.audited("payment.return", 1).await;
        books_balance(&shop.scene).await;
    }

    async fn the_operator_gives_money_back_to_the_card(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        ada.pays(&order).await.status(200);
        shop.settle().await;
        shop.scene.mails().await;
        let path = format!("/api/v1/operator/orders/{}/refund", order["id"].as_str().unwrap());
        ada.operator.post(&path, json!({ "amount": 12_001 })).await.refused(422, "refund_too_large").about("amount");
        ada.operator.post(&path, json!({ "amount": 5_000, "note": "geste" })).await.status(200);
        shop.provider.stumbles(1, true);
        ada.operator.post(&path, json!({})).await.refused(503, "payment_unavailable");
        let back = ada.operator.post(&path, json!({})).await.status(200).json();
        assert_eq!(back["state"], "refunded");
        shop.settle().await;
        let refunds: Vec<_> = shop.provider.all("refund").iter().map(|one| one["amount"].as_i64().unwrap()).collect();
        assert_eq!(refunds, [5_000, 7_000], "each once");
        let mails = shop.scene.mails().await;
        assert_eq!(mails.len(), 2, "{mails:?}");
        assert!(mails[0].subject.contains("50,00\u{a0}€ retournent sur votre carte"), "{mails:?}");
        books_balance(&shop.scene).await;
        shop.days(2).await;
        shop.scene.audited("payment.refund", 2).await;
    }

    async fn money_given_back_at_the_provider_is_recorded(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let expiry = ada.expires().await;
        shop.until(expiry + DAY).await;
        let payment = shop.provider.all("payment_intent").into_iter().find(|one| one["status"] == "succeeded").unwrap();
        shop.provider.by_hand_refunds(payment["id"].as_str().unwrap(), 3_000);
        shop.settle().await;
        shop.scene.audited("payment.refund", 1).await;
        books_balance(&shop.scene).await;
    }
}
