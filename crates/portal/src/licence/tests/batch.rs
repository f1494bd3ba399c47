use crate::base::{
    audit::{AuditActor, AuditEvent},
    clock::Chance,
    db::{DbError, Read},
    error::Fault,
    testing::{Program, Scene, scenes},
};
use crate::licence::{
    Defaults, Record, export, import_file,
    testing::{personal, sold, terms},
};
use jiff::SignedDuration;
use rempart_wire::LicenceKey;
use serde_json::{Value as Json, json};
use std::collections::HashSet;

const BATCHES: &str = "/api/v1/operator/licence-batches";

async fn program(scene: &Scene) -> Program {
    let operator = scene.operator().await;
    scene.api(&scene.api_key(&operator).await)
}

fn order(count: u64) -> Json {
    json!({ "count": count, "product": "business", "kind": "one_off", "seats": 5, "months": 12,
            "reseller_name": "Nantes Informatique" })
}

/// Imports a table; how many, or line and code of what is wrong.
async fn import(scene: &Scene, text: String) -> Result<u64, Vec<(usize, &'static str)>> {
    let secrets = scene.app.secrets.clone();
    let defaults = Defaults {
        product: "Business".into(),
        kind: "one-off".into(),
        seats: 5,
        months: 12,
    };
    let done = scene.app.db.write::<_, Fault, _>(move |mut tx| {
        let done = import_file(&mut tx, &secrets, &text, &defaults)?;
        Ok(tx.commit(AuditEvent::new(AuditActor::Server, "test.import"), done)?)
    });
    let done = done.await.unwrap();
    done.map_err(|bad| {
        bad.iter()
            .map(|one| (one.line, one.fault.code.as_str()))
            .collect()
    })
}

/// Keys of another server: drawn from another source than the scene's own.
fn foreign_keys() -> [String; 3] {
    let chance = Chance::seeded(1_000);
    std::array::from_fn(|_| chance.with(LicenceKey::generate).to_string())
}

scenes! {
    async fn a_batch_is_ordered_written_taken_and_its_keys_are_gone(scene: Scene) {
        let program = program(&scene).await;
        let ordered = program.post(BATCHES, order(2_500)).await.status(202).json();
        assert_eq!((&ordered["state"], &ordered["done"], &ordered["product"]), (&json!("writing"), &json!(0), &json!("Business")));
        // A reseller's keys lapse after twelve months.
        assert_eq!(ordered["redeem_by"], "2028-03-01T09:00:00Z");
        let batch = format!("{BATCHES}/{}", ordered["id"].as_str().unwrap());
        let keys = format!("{batch}/keys");
        program.post(&keys, json!({})).await.refused(409, "batch_unfinished");
        program.delete(&keys).await.refused(409, "batch_unfinished");
        scene.work().await;
        let ready = program.get(&batch).await.json();
        assert_eq!((&ready["state"], &ready["done"]), (&json!("ready"), &json!(2_500)));

        let taken = program.post(&keys, json!({})).await.status(200);
        assert_eq!(taken.headers["cache-control"], "no-store");
        let taken = taken.json();
        let items = taken["keys"].as_array().unwrap();
        let text = |one: &Json, name: &str| one[name].as_str().unwrap().to_owned();
        let numbers: HashSet<String> = items.iter().map(|one| text(one, "number")).collect();
        let distinct: HashSet<String> = items.iter().map(|one| text(one, "key")).collect();
        assert_eq!((items.len(), numbers.len(), distinct.len()), (2_500, 2_500, 2_500));
        assert_eq!(scene.number("select count(*) from licence where batch is not null and term_months = 12 and period_months = 12").await, 2_500);

        // The other format, a moment later; and no more after a quarter of an hour.
        let table = program.post(&format!("{keys}?format=csv"), json!({})).await.status(200);
        assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(table.body.lines().count(), 2_501);
        assert!(table.body.contains(&format!("{},{},Business,one_off,5,12,Nantes Informatique,2028-03-01T09:00:00Z\r\n", text(&items[7], "number"), text(&items[7], "key"))));
        scene.pass(SignedDuration::from_mins(15));
        program.post(&keys, json!({})).await.refused(410, "batch_keys_gone");
        scene.work().await;
        assert_eq!(scene.number("select count(*) from licence_batch_keys").await, 0);
        assert_eq!(program.get(&batch).await.json()["state"], "erased");
        scene.audited("licence.download_batch", 2).await;

        // Each is a key like any other.
        let camille = scene.person("camille").await;
        let hers = scene.api(&scene.api_key(&camille).await);
        hers.post("/api/v1/licences", json!({ "key": items[1_234]["key"] })).await.status(201);
        scene.pass(SignedDuration::from_hours(24 * 366));
        hers.post("/api/v1/licences", json!({ "key": items[1_235]["key"] })).await.refused(409, "key_lapsed");
    }

    async fn keys_nobody_takes_are_gone_after_a_day(scene: Scene) {
        let program = program(&scene).await;
        let batch = program.post(BATCHES, order(3)).await.status(202).json();
        scene.work().await;
        scene.pass(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
        scene.work().await;
        assert_eq!(scene.number("select count(*) from licence_batch_keys").await, 1);
        scene.pass(SignedDuration::from_secs(1));
        let keys = format!("{BATCHES}/{}/keys", batch["id"].as_str().unwrap());
        program.post(&keys, json!({})).await.refused(410, "batch_keys_gone");
        scene.work().await;
        assert_eq!(scene.number("select count(*) from licence_batch_keys").await, 0);
        scene.audited("licence.erase_batch", 1).await;
    }

    async fn the_database_holds_no_key_of_a_batch(scene: Scene) {
        let program = program(&scene).await;
        let batch = program.post(BATCHES, order(5)).await.status(202).json();
        scene.work().await;
        let kept = scene.app.db.read::<_, DbError, _>(|r| {
            let mut kept = format!("{:?}", r.rows("select * from licence", &[])?);
            for row in r.rows("select sealed from licence_batch_keys", &[])? {
                kept.push_str(&String::from_utf8_lossy(&row.get::<Vec<u8>>(0)?));
            }
            Ok(kept)
        }).await.unwrap();
        let keys = format!("{BATCHES}/{}/keys", batch["id"].as_str().unwrap());
        for one in program.post(&keys, json!({})).await.json()["keys"].as_array().unwrap() {
            let key = one["key"].as_str().unwrap();
            assert!(kept.contains(&key[24..]) && !kept.contains(&key[..11]), "{key} can be read");
        }
    }

    async fn a_batch_that_was_stopped_goes_on_where_it_was(scene: Scene) {
        let program = program(&scene).await;
        let batch = program.post(BATCHES, order(1_001)).await.status(202).json();
        let id = batch["id"].as_str().unwrap().to_owned();
        // The job is run a second time after it was done, and once more beside itself.
        scene.work().await;
        let payload = json!({ "batch": id });
        scene.app.db.write::<_, DbError, _>(move |mut tx| {
            tx.enqueue("licence.write_batch", &payload, None)?;
            tx.tidy(crate::base::audit::Housekeeping::Job, ())
        }).await.unwrap();
        scene.work().await;
        assert_eq!(scene.number("select count(*) from licence where batch is not null").await, 1_001);
        assert_eq!(scene.number("select count(*) from licence_batch_keys").await, 2);
    }

    async fn a_wrong_batch_names_its_field(scene: Scene) {
        let program = program(&scene).await;
        for (field, value, code) in [
            ("count", json!(0), "count_out_of_range"),
            ("count", json!(10_001), "count_out_of_range"),
            ("owner", json!("camille@example.org"), "batch_owned"),
            ("seats", json!(0), "seats_out_of_range"),
            ("product", json!("nothing"), "product_unknown"),
            ("redeem_by", json!("2020-01-01T00:00:00Z"), "redeem_by_past"),
        ] {
            let mut wrong = order(10);
            wrong[field] = value;
            program.post(BATCHES, wrong).await.refused(422, code).about(field);
        }
        assert_eq!(scene.number("select count(*) from licence_batch").await, 0);
    }

    async fn the_operator_orders_a_batch_on_pages(scene: Scene) {
        let operator = scene.operator().await;
        let fields = [("product", "Business"), ("kind", "one_off"), ("seats", "5"), ("months", "12"), ("count", "1 200"), ("redeem_by", "2027-12-31")];
        let page = operator.post("/operator/licences", &fields).await;
        let page = page.location().to_owned();
        assert!(page.starts_with("/operator/batches/"), "{page}");
        operator.get(&page).await.status(200).shows("0 licences écrites sur 1\u{202f}200").shows("<progress value=\"0\" max=\"1200\"").shows("http-equiv=\"refresh\"");
        scene.work().await;
        operator.get(&page).await.shows("Télécharger en tableau").shows("1er\u{a0}janvier\u{a0}2028, 00:00").shows("1\u{202f}200 licences Rempart Business");
        operator.get("/operator/batches").await.status(200).shows("Prêtes").shows("1\u{202f}200");
        let table = operator.post(&format!("{page}/keys"), &[("format", "csv")]).await.status(200);
        assert_eq!(table.body.lines().count(), 1_201);
        operator.get(&page).await.shows("Les clés ont été téléchargées");
        operator.post(&format!("{page}/erase"), &[]).await.leads_to(&format!("{page}?said=keys-erased"));
        operator.get(&format!("{page}?said=keys-erased")).await.shows("Clés effacées").shows("Les clés sont effacées de ce serveur.");
    }

    async fn a_table_of_keys_is_imported_whole_or_not_at_all(scene: Scene) {
        let camille = scene.person("camille").await;
        let [one, two, three] = foreign_keys();
        let (_, known) = sold(&scene, terms(5)).await;
        let wrong_symbol = format!("{}O{}", &one[..1], &one[2..]);
        let bad = format!(
            "key,product,seats,owner,redeem_by\r\n{one},,,,\r\n{wrong_symbol},,,,\n{two},Gold,,,\n{two},Home,11,,\n{two},Home,many,,\n\
             {two},,,nobody@example.org,\n{three},,,,someday\n{one},,,,\n{known},,,,\n"
        );
        let refused = import(&scene, bad).await.unwrap_err();
        assert_eq!(refused, [(3, "key_symbol"), (4, "product_unknown"), (5, "seats_not_sold"), (6, "csv_cell"),
            (7, "account_unknown"), (8, "csv_cell"), (9, "key_duplicate"), (10, "key_duplicate")]);
        assert_eq!(scene.number("select count(*) from licence").await, 1);

        for (text, line, code) in [("", 1, "csv_column"), ("clef\nx\n", 1, "csv_column"), ("key,key\n", 1, "csv_column"),
            ("product\nHome\n", 1, "csv_column"), ("key\n\"x\n", 2, "csv_malformed"), ("key\na,b\n", 2, "csv_malformed")] {
            assert_eq!(import(&scene, text.to_owned()).await.unwrap_err(), [(line, code)], "{text:?}");
        }

        let good = format!("key,product,kind,seats,months,reseller_name,owner\n{one},home,subscription,3,24,,camille@example.org\n{two},,,,,\"Nantes, Informatique\",\n{three}\n");
        assert_eq!(import(&scene, good).await, Ok(3));
        let hers = scene.api(&scene.api_key(&camille).await);
        let owned = hers.get("/api/v1/licences").await.json();
        assert_eq!((&owned["items"][0]["product"], &owned["items"][0]["term_months"], &owned["items"][0]["kind"]), (&json!("Home"), &json!(24), &json!("subscription")));
        let typed = hers.post("/api/v1/licences", json!({ "key": two })).await.status(201).json();
        assert_eq!(typed["reseller"]["name"], "Nantes, Informatique");
    }

    async fn what_is_imported_is_exported_without_its_key(scene: Scene) {
        let camille = scene.person("camille").await;
        personal(&scene, &camille, 3).await;
        let now = scene.now();
        let (records, next) = scene.app.db.read(move |r| export(r, None, now)).await.unwrap();
        assert_eq!((records.len(), next), (1, None));
        assert_eq!((records[0].owner.as_deref(), records[0].state, records[0].seats), (Some("camille@example.org"), "unstarted", 3));
        assert_eq!(records[0].cells().len(), Record::COLUMNS.len());
    }
}
