//! The way through the pages, by the words on them.

use super::desk::{DAY, Desk, books_balance};
use crate::{
    base::testing::{Answer, scenes},
    licence::testing::{sold, terms},
};

fn led_to(answer: Answer) -> String {
    answer.status(303).location().to_owned()
}

scenes! {
    async fn adding_seats_goes_from_settings_to_a_preview_to_an_order(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let settings = format!("/workspaces/{}/settings", desk.workspace);
        let change = format!("/licences/{}/change", desk.licence);
        desk.camille.get(&settings).await.status(200).shows("Prolonger…").shows("Ajouter des places…").shows("Modifier la durée…").shows("Passer à un autre produit…").shows("Commandes et factures");
        desk.camille.get(&format!("{change}?of=seats")).await.status(200).shows("Combien de places ensuite").shows("À la prolongation, le 1er\u{a0}mars\u{a0}2028");
        desk.camille.post(&change, &[("change", "seats"), ("seats", "ten"), ("when", "now")]).await.status(422).shows("aria-invalid=\"true\"");
        let preview = led_to(desk.camille.post(&change, &[("change", "seats"), ("seats", "12"), ("when", "now")]).await);
        let page = desk.camille.get(&preview).await.status(200);
        page.shows("Rempart Business, 2 places de plus pour 366 jours").shows("24,00\u{a0}€").shows("Commander pour 24,00\u{a0}€").shows("tous restent enrôlés et protégés");
        let order = led_to(desk.camille.post(&preview, &[("bill_to", "Lefèvre SARL\r\n12 rue des Chantiers")]).await);
        let page = desk.camille.get(&order).await.status(200);
        page.shows("En attente de paiement").shows("C-2027-000001").shows("Lefèvre SARL<br>12 rue des Chantiers").shows("F-2027-000001");
        let mails = scene.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("C-2027-000001") && mails[0].text.contains(&order) && mails[0].text.contains("24,00"), "{}", mails[0].text);
        desk.camille.get(&settings).await.shows("attend son paiement");
        desk.camille.get(&change).await.shows("attend son paiement");
        desk.camille.get(&format!("/licences/{}/orders", desk.licence)).await.status(200).shows("F-2027-000001 (PDF)");
        // A second click in another window leads to the same order.
        assert_eq!(led_to(desk.camille.again().post(&preview, &[]).await), order);
        assert_eq!(led_to(desk.camille.post(&format!("{order}/cancel"), &[]).await), format!("{order}?said=order-cancelled"));
        desk.camille.get(&order).await.shows("Annulée");
        books_balance(&scene).await;
    }

    async fn the_operator_marks_an_order_paid_and_refunds_it(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.order(serde_json::json!({ "change": "extend", "months": 24 })).await;
        let operator = scene.person("second").await;
        operator.get("/operator/orders").await.status(404);
        let operator = &desk.operator_pages;
        operator.get("/operator/orders?state=waiting").await.status(200).shows("C-2027-000001").shows("200,00\u{a0}€");
        operator.get("/operator/orders?state=nothing").await.status(422);
        let act = format!("/operator/orders/{}", order["id"].as_str().unwrap());
        assert!(led_to(operator.post(&act, &[("act", "paid"), ("note", "RIB 42")]).await).ends_with("said=order-paid"));
        let page = desk.camille.get(&format!("/licences/{}/orders/{}", desk.licence, order["id"].as_str().unwrap())).await;
        page.shows("Payée").shows("1er\u{a0}mars\u{a0}2030");
        operator.post(&act, &[("act", "refund"), ("amount", "500")]).await.status(422).shows("rembourser plus");
        assert!(led_to(operator.post(&act, &[("act", "refund"), ("amount", "50,00")]).await).ends_with("said=order-refunded"));
        operator.get("/operator/orders?state=paid").await.shows("C-2027-000001");
        books_balance(&scene).await;
    }

    async fn a_key_of_another_kind_shows_its_conversion_first(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let (_, key) = sold(&scene, terms(20)).await;
        let change = format!("/licences/{}/change", desk.licence);
        desk.camille.get(&change).await.status(200).shows("Prolonger avec une autre clé");
        desk.camille.post(&change, &[("change", "key"), ("key", "7KQ2M")]).await.status(422).shows("key-error");
        let preview = led_to(desk.camille.post(&change, &[("change", "key"), ("key", &key), ("into", "present")]).await);
        desk.camille.get(&preview).await.shows("1er\u{a0}mars\u{a0}2030").shows("Confirmer");
        let order = led_to(desk.camille.post(&preview, &[]).await);
        desk.camille.get(&order).await.shows("Payée");
        books_balance(&scene).await;
    }

    async fn a_preview_that_is_over_says_so_and_offers_another(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let change = format!("/licences/{}/change", desk.licence);
        let preview = led_to(desk.camille.post(&change, &[("change", "extend"), ("months", "12")]).await);
        scene.pass(DAY / 24);
        desk.camille.post(&preview, &[]).await.status(410).shows("plus de 15 minutes").shows("Demander un nouvel aperçu");
        desk.camille.get(&preview).await.status(200).shows("ne vaut plus");
        let waits = led_to(desk.camille.post(&change, &[("change", "term"), ("months", "24")]).await);
        led_to(desk.camille.post(&waits, &[]).await);
        desk.camille.get(&change).await.shows("Ne rien changer à la prolongation").shows("2 ans");
        let keep = led_to(desk.camille.post(&change, &[("change", "keep")]).await);
        led_to(desk.camille.post(&keep, &[]).await);
        assert!(!desk.camille.get(&change).await.body.contains("Ne rien changer à la prolongation"));
    }
}
