use super::{super::tests::desk::Desk, *};
use crate::base::{
    db::{DbError, Tx},
    testing::{Scene, scenes},
};
use serde_json::{Value as Json, json};
use std::process::Command;

/// The text of a PDF, by a reader that is not ours; nothing where there is none.
fn read(file: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("invoice.pdf");
    std::fs::write(&path, file).unwrap();
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(&path)
        .arg("-")
        .output()
        .ok()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

async fn kept(scene: &Scene, order: &Json) -> Purchase {
    let id = order["id"].as_str().unwrap().parse().unwrap();
    let found = scene
        .app
        .db
        .read::<_, DbError, _>(move |r| super::super::store::order::find(r, id));
    found.await.unwrap().unwrap()
}

fn sold(order: &mut Purchase) {
    order.bill_to = "Ébénisterie Lefèvre SARL\n12 rue des Chantiers\n44000 Nantes".to_owned();
    let paper = order.quote.paper.as_mut().unwrap();
    paper.seller = "Rempart SAS\n1 rue du Mur\n44000 Nantes".to_owned();
    paper.bank_text = "IBAN FR76 3000 4000 0312 3456 7890 143\nBIC BNPAFRPP".to_owned();
    paper.tax_text = Some("TVA sur les débits".to_owned());
}

#[test]
fn a_long_word_is_broken_and_a_long_list_goes_on_another_page() {
    let mut sheet = Sheet::new();
    for _ in 0..80 {
        sheet.row(BODY, &"m".repeat(300), "1,00\u{a0}€");
    }
    let file = sheet.finish("long", "fr", (2027, 3, 1)).unwrap();
    assert!(file.starts_with(b"%PDF-"));
    if let Some(text) = read(&file) {
        assert!(text.matches('\u{c}').count() > 2, "several pages");
        assert_eq!(text.matches("1,00").count(), 80);
    }
}

scenes! {
    async fn an_invoice_says_who_what_how_much_and_where_to_pay(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.order(json!({ "change": "seats", "seats": 12 })).await;
        let mut order = kept(&scene, &order).await;
        sold(&mut order);
        let sales = &scene.app.config.sales;
        for (lang, words) in [
            ("fr", ["Facture F-2027-000001", "2 places de plus pour 366 jours", "24,00\u{a0}€", "À payer", "Facturé à"]),
            ("en", ["Invoice F-2027-000001", "2 seats more for 366 days", "€24.00", "To pay", "Billed to"]),
        ] {
            order.lang = lang.to_owned();
            let file = draw(&order, sales).unwrap();
            assert_eq!(draw(&order, sales).unwrap(), file, "the same file whenever it is asked for");
            let Some(text) = read(&file) else { continue };
            // A reader may give other spaces.
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let read = plain(&text);
            for word in words.into_iter().chain(["C-2027-000001", "Ébénisterie Lefèvre SARL", "IBAN FR76 3000 4000 0312 3456 7890 143", "Rempart SAS"]) {
                assert!(read.contains(&plain(word)), "{word:?} is not in:\n{text}");
            }
        }
    }

    async fn an_invoice_is_downloaded_by_who_may_and_never_changes(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.order(json!({ "change": "extend", "months": 12 })).await;
        let id = order["id"].as_str().unwrap();
        let path = format!("/licences/{}/orders/{id}/invoice.pdf", desk.licence);
        let answer = desk.camille.get(&path).await.status(200);
        assert_eq!(answer.headers["content-type"], "application/pdf");
        assert_eq!(answer.headers["content-disposition"], "inline; filename=\"F-2027-000001.pdf\"");
        assert!(answer.body.starts_with("%PDF-"));
        desk.program.get(&desk.at(&format!("orders/{id}/invoice"))).await.status(200);
        desk.operator_pages.get(&format!("/operator/orders/{id}/invoice.pdf")).await.status(200);
        scene.person("stranger").await.get(&path).await.status(404);
        let sales = &scene.app.config.sales;
        // What was ordered keeps its product's name, whatever it is called afterwards.
        let before = draw(&kept(&scene, &order).await, sales).unwrap();
        scene.app.db.write::<_, DbError, _>(|mut tx: Tx<'_>| {
            tx.execute("update product set name = 'Other'", crate::params![])?;
            tx.tidy(crate::base::audit::Housekeeping::Job, ())
        }).await.unwrap();
        assert_eq!(draw(&kept(&scene, &order).await, sales).unwrap(), before);
        // What costs nothing has no invoice.
        let (_, key) = crate::licence::testing::sold(&scene, crate::licence::testing::terms(10)).await;
        desk.operator.post(&format!("/api/v1/operator/orders/{id}/cancel"), json!({})).await.status(200);
        let free = desk.order(json!({ "change": "key", "key": key })).await;
        desk.program.get(&desk.at(&format!("orders/{}/invoice", free["id"].as_str().unwrap()))).await.refused(404, "not_found");
    }
}
