use super::scene::{Ada, DAY, Shop};
use crate::{
    base::testing::scenes,
    billing::{stripe::double::Conduct, tests::desk::books_balance},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

scenes! {
    async fn a_licence_renews_by_itself_at_its_expiry(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let expiry = ada.expires().await;
        assert_eq!(expiry, moment("2028-03-01T09:00:00Z"));
        ada.browser.get(&ada.page()).await.status(200)
            .shows("120,00\u{a0}€ seront débités de cette carte le 1er\u{a0}mars\u{a0}2028, pour 12 mois de plus")
            .shows("Annuler la prolongation automatique");
        let paying = ada.paying().await;
        assert_eq!(paying["next_charge"], json!({ "amount": 12_000, "currency": "EUR", "at": expiry, "months": 12 }));
        shop.mails().await;
        shop.until(expiry - HOUR).await;
        assert_eq!(ada.expires().await, expiry);
        shop.pass(HOUR * 3);
        shop.settle().await;
        assert_eq!(ada.expires().await, moment("2029-03-01T09:00:00Z"));
        let mails = shop.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert!(mails[0].subject.contains("est prolongée jusqu’au 1er\u{a0}mars\u{a0}2029"), "{mails:?}");
        assert!(mails[0].text.contains("120,00\u{a0}€ ont été débités"), "{mails:?}");
        let orders = ada.program.get(&ada.at("orders")).await.status(200).json();
        assert_eq!(orders["items"].as_array().unwrap().len(), 1);
        assert_eq!((&orders["items"][0]["gross"], &orders["items"][0]["state"]), (&json!(12_000), &json!("paid")));
        assert_eq!(orders["items"][0]["invoice"], "F-2028-000001");
        shop.scene.audited("payment.renew", 1).await;
        books_balance(&shop.scene).await;
        shop.days(40).await;
        assert_eq!(shop.provider.all("subscription").len(), 1, "it goes on");
        shop.scene.audited("payment.renew", 1).await;
    }

    async fn switched_off_it_says_until_when_protection_runs_and_charges_no_more(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let off = ada.browser.post(&format!("{}/renewal", ada.page()), &[("on", "false")]).await;
        off.leads_to(&format!("{}?said=renewal-off", ada.page()));
        shop.settle().await;
        ada.browser.get(&ada.page()).await
            .shows("Vos ordinateurs sont protégés jusqu’au 1er\u{a0}mars\u{a0}2028")
            .shows("jusqu’au 15\u{a0}mars\u{a0}2028")
            .shows("Une fois activée, 120,00\u{a0}€ seraient débités");
        assert_eq!(ada.licence().await["auto_renew"], false);
        assert_eq!(shop.provider.all("subscription")[0]["cancel_at_period_end"], true);
        ada.switches(true).await.status(204);
        shop.settle().await;
        assert_eq!((shop.provider.all("subscription").len(), &shop.provider.all("subscription")[0]["cancel_at_period_end"]), (1, &json!(false)));
        ada.switches(false).await.status(204);
        shop.settle().await;
        shop.mails().await;
        shop.until(moment("2028-04-01T09:00:00Z")).await;
        assert_eq!(ada.licence().await["state"], "expired");
        assert_eq!(shop.provider.all("subscription")[0]["status"], "canceled");
        assert_eq!(shop.mails().await, [], "what was asked for is no news");
        ada.switches(true).await.refused(409, "auto_renewal_unavailable");
        ada.browser.get(&ada.page()).await.shows("Cette licence a expiré. Prolongez-la d’abord");
    }

    async fn what_the_operator_stops_is_not_charged_and_what_is_reinstated_is_again(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let rules = async |verb: &str| {
            let path = format!("/api/v1/operator/licences/{}/{verb}", ada.licence);
            ada.operator.post(&path, json!({ "reason": "litige", "confirm": true })).await.status(200);
            shop.scene.work().await;
        };
        let charging = || shop.provider.all("subscription").iter().filter(|one| one["status"] != "canceled").count();
        rules("suspend").await;
        assert_eq!(charging(), 0);
        rules("reinstate").await;
        assert_eq!(charging(), 1);
        rules("revoke").await;
        assert_eq!(charging(), 0);
        let expiry = ada.expires().await;
        shop.until(expiry + DAY).await;
        shop.scene.audited("payment.renew", 0).await;
        books_balance(&shop.scene).await;
    }

    async fn it_is_on_only_where_it_can_be_charged_and_says_why_not(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::arrives(&shop).await;
        let reason = async |ada: &Ada| {
            let refused = ada.switches(true).await.refused(409, "auto_renewal_unavailable").json();
            refused["facts"]["reason"].as_str().unwrap().to_owned()
        };
        assert_eq!(reason(&ada).await, "no-card");
        ada.browser.get(&ada.page()).await.shows("Il n’y a pas de carte à débiter");
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        let card = ada.card(&shop);
        shop.provider.card_until(&card, (2, 2028));
        shop.settle().await;
        assert_eq!(reason(&ada).await, "card-expires");
        ada.browser.get(&ada.page()).await.shows("Cette carte ne sera plus valable quand la licence expirera");
        shop.provider.card_until(&card, (3, 2028));
        shop.settle().await;
        ada.switches(true).await.status(204);
        shop.scene.audited("payment.renew_on", 1).await;
    }

    async fn a_refused_card_is_said_tried_again_and_given_up(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let expiry = ada.expires().await;
        shop.provider.card_does(&ada.card(&shop), Conduct::Declines("insufficient_funds"));
        shop.mails().await;
        shop.until(expiry + HOUR * 2).await;
        let mails = shop.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert!(mails[0].text.contains("provision insuffisante ou plafond") && mails[0].text.contains("4\u{a0}mars\u{a0}2028"), "{mails:?}");
        ada.browser.get(&ada.page()).await.shows("Le dernier débit a été refusé. Un nouvel essai aura lieu le 4\u{a0}mars\u{a0}2028");
        assert_eq!(ada.licence().await["state"], "grace");
        shop.days(10).await;
        assert_eq!(shop.mails().await.len(), 2, "after 3 and after 8 days");
        shop.days(10).await;
        let mails = shop.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert!(mails[0].subject.contains("la prolongation automatique est désactivée"), "{mails:?}");
        let licence = ada.licence().await;
        assert_eq!((&licence["state"], &licence["auto_renew"]), (&json!("expired"), &json!(false)));
        assert_eq!(shop.provider.all("subscription")[0]["status"], "canceled");
        books_balance(&shop.scene).await;
        shop.days(40).await;
        assert_eq!(shop.mails().await, []);
    }

    async fn another_card_is_charged_at_once(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let expiry = ada.expires().await;
        shop.provider.card_does(&ada.card(&shop), Conduct::Declines("expired_card"));
        shop.until(expiry + DAY).await;
        assert_eq!(ada.licence().await["state"], "grace");
        shop.has_card(&ada.browser, ada.licence, "pm_card_chargeCustomerFail").await;
        shop.settle().await;
        assert_eq!(ada.licence().await["state"], "grace");
        shop.pass(HOUR);
        shop.has_card(&ada.browser, ada.licence, "pm_card_mastercard").await;
        shop.settle().await;
        assert_eq!(ada.expires().await, moment("2029-03-01T09:00:00Z"), "no day is lost to a refused card");
        assert_eq!(ada.paying().await["refused"], json!(null));
        shop.days(20).await;
        shop.scene.audited("payment.renew", 1).await;
        books_balance(&shop.scene).await;
    }

    async fn what_changes_the_next_charge_makes_another_subscription(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        let order = ada.orders(json!({ "change": "seats", "seats": 12 })).await;
        ada.pays(&order).await.status(200);
        shop.settle().await;
        assert_eq!(ada.paying().await["next_charge"]["amount"], 14_400);
        let subscriptions = shop.provider.all("subscription");
        let standing: Vec<_> = subscriptions.iter().map(|one| one["status"].as_str().unwrap()).collect();
        assert_eq!(standing, ["canceled", "trialing"]);
        ada.orders(json!({ "change": "term", "months": 1 })).await;
        ada.orders(json!({ "change": "seats", "seats": 3, "when": "renewal" })).await;
        shop.settle().await;
        assert_eq!(ada.paying().await["next_charge"]["amount"], 360);
        let expiry = ada.expires().await;
        shop.until(expiry + HOUR * 2).await;
        assert_eq!(ada.licence().await["seats"], 3);
        assert_eq!(ada.expires().await, moment("2028-04-01T09:00:00Z"));
        shop.until(moment("2028-07-01T12:00:00Z")).await;
        assert_eq!(ada.expires().await, moment("2028-08-01T09:00:00Z"), "monthly from then on");
        books_balance(&shop.scene).await;
    }

    async fn more_devices_than_seats_do_not_stop_a_renewal(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        for _ in 0..5 {
            crate::licence::testing::enrol(&shop.scene, ada.workspace).await.unwrap();
        }
        ada.orders(json!({ "change": "seats", "seats": 5, "when": "renewal" })).await;
        crate::licence::testing::enrol(&shop.scene, ada.workspace).await.unwrap();
        let expiry = ada.expires().await;
        shop.until(expiry + HOUR * 2).await;
        let licence = ada.licence().await;
        assert_eq!((&licence["seats"], &licence["seats_used"]), (&json!(5), &json!(6)));
        assert_eq!(ada.expires().await, moment("2029-03-01T09:00:00Z"));
    }

    async fn webhooks_lost_for_months_are_caught_up(scene: Scene) {
        let shop = Shop::open(scene).await;
        let ada = Ada::renews(&shop).await;
        ada.orders(json!({ "change": "term", "months": 1 })).await;
        shop.settle().await;
        let expiry = ada.expires().await;
        shop.until(expiry - HOUR).await;
        // The portal is gone for more than the provider remembers.
        shop.pass(DAY * 100);
        shop.provider.take_webhooks();
        shop.scene.work().await;
        shop.settle().await;
        // Four months were charged. The licence had lapsed as far as anybody here knew, so they begin now, whole.
        assert_eq!(ada.expires().await, moment("2028-10-09T08:00:00Z"));
        assert_eq!(ada.licence().await["state"], "active");
        shop.until(moment("2028-10-09T12:00:00Z")).await;
        assert_eq!(ada.expires().await, moment("2028-11-09T08:00:00Z"), "and it goes on");
        books_balance(&shop.scene).await;
    }
}
