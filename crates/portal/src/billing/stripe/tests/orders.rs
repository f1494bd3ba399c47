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

    async fn an_order_is_paid_from_its_page_however_often_it_is_asked(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        let page = ada.order_page(&order);
        let without = ada.browser.get(&page).await.status(200).shows("Enregistrer une carte");
        assert!(!without.body.contains("Payer par carte"), "{}", without.body);
        ada.browser.post(&format!("{page}/card"), &[]).await.status(409).shows("Il n’y a pas de carte pour payer");
        // A card that is given for the order leads back to it.
        let id = order["id"].as_str().unwrap();
        let begun = ada.browser.post(&format!("{}/card", ada.page()), &[("order", id)]).await.status(303);
        let setup = begun.location().split(['=', '&']).nth(1).unwrap().to_owned();
        ada.browser.get(begun.location()).await.status(200).shows(&format!("payment/given?order={id}"));
        shop.provider.person_gives(&setup, "pm_card_visa").unwrap();
        let given = format!("{}/given?order={id}&setup_intent={setup}&redirect_status=succeeded", ada.page());
        ada.browser.get(&given).await.leads_to(&format!("{page}?said=card-set"));
        shop.settle().await;
        ada.browser.get(&page).await.shows("Payer par carte").shows("···· 4242").shows("Ou payer par virement");
        // Two clicks at once, and one more.
        let (pay, none) = (format!("{page}/card"), []);
        let (once, twice) = tokio::join!(ada.browser.post(&pay, &none), ada.browser.post(&pay, &none));
        for answer in [once, twice, ada.browser.post(&pay, &none).await] {
            answer.leads_to(&format!("{page}?said=order-paid-by-card"));
        }
        shop.settle().await;
        let paid = ada.browser.get(&page).await.shows("Payée");
        assert!(!paid.body.contains("Payer par carte"), "{}", paid.body);
        let payments = shop.provider.all("payment_intent");
        assert_eq!((payments.len(), &payments[0]["amount"]), (1, &order["gross"]));
        assert_eq!(ada.expires().await, "2029-03-01T09:00:00Z".parse().unwrap());
        books_balance(&shop.scene).await;
    }

    async fn the_page_of_an_order_says_why_a_card_was_refused(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        let page = ada.order_page(&order);
        shop.provider.card_does(&ada.card(&shop), Conduct::Declines("insufficient_funds"));
        ada.browser.post(&format!("{page}/card"), &[]).await.status(402)
            .shows("provision insuffisante ou plafond atteint. Rien n’a été débité").shows("Payer par carte");
        shop.provider.stumbles(1, false);
        ada.browser.post(&format!("{page}/card"), &[]).await.status(503).shows("rien n’est débité deux fois");
        // Somebody else sees nothing of it.
        let other = shop.scene.person("zoe").await;
        for path in [format!("{page}/card"), format!("{page}/proved")] {
            other.get(&path).await.status(404);
        }
        other.post(&format!("{page}/card"), &[]).await.status(404);
        shop.settle().await;
        assert_eq!(ada.expires().await, "2028-03-01T09:00:00Z".parse().unwrap());
        books_balance(&shop.scene).await;
    }

    async fn whether_the_bank_was_answered_is_asked_of_the_provider(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        shop.provider.card_does(&ada.card(&shop), Conduct::Challenges);
        let order = ada.orders(json!({ "change": "extend", "months": 12 })).await;
        let page = ada.order_page(&order);
        // Nothing is begun: there is nothing to answer.
        ada.browser.get(&format!("{page}/card")).await.leads_to(&page);
        let proved = format!("{page}/proved?redirect_status=succeeded");
        let asked = async || {
            ada.browser.post(&format!("{page}/card"), &[]).await.leads_to(&format!("{page}/card"));
            let form = ada.browser.get(&format!("{page}/card")).await.status(200);
            let policy = form.headers["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.contains("https://js.stripe.com"), "{policy}");
            let payment = shop.provider.all("payment_intent").pop().unwrap()["id"].as_str().unwrap().to_owned();
            form.shows(&format!("{payment}_secret")).shows(&format!("{page}/proved"));
            payment
        };
        // Left without an answer, whatever the address says.
        let first = asked().await;
        ada.browser.get(&proved).await.status(402).shows("La banque veut que vous confirmiez votre identité");
        assert_eq!(asked().await, first, "the same payment is gone on with");
        shop.provider.person_fails(&first);
        ada.browser.get(&proved).await.status(402).shows("La banque veut que vous confirmiez votre identité");
        shop.settle().await;
        assert_eq!(ada.expires().await, "2028-03-01T09:00:00Z".parse().unwrap());
        // Answered at last. That the address is asked for again changes nothing.
        let second = asked().await;
        assert_ne!(first, second);
        shop.provider.person_proves(&second);
        for _ in 0..2 {
            ada.browser.get(&proved).await.leads_to(&format!("{page}?said=order-paid-by-card"));
        }
        shop.settle().await;
        assert_eq!(ada.expires().await, "2029-03-01T09:00:00Z".parse().unwrap());
        shop.scene.audited("payment.pay", 1).await;
        books_balance(&shop.scene).await;
    }
}
