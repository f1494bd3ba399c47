use super::{
    Price, ProductCode,
    find::{applying, choose},
    price_at,
    testing::priced,
};
use crate::base::{
    error::{Code, Fault},
    money::{Currency, Money},
    testing::{Program, Scene, scenes},
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use rempart_wire::PriceId;
use serde_json::{Value as Json, json};

const PRODUCTS: &str = "/api/v1/operator/products";

async fn operator(scene: &Scene) -> Program {
    let operator = scene.operator().await;
    scene.api(&scene.api_key(&operator).await)
}

fn euro() -> Currency {
    Currency::EUR
}

/// What a seat of *Business* costs in euro cents.
async fn cost(scene: &Scene, seats: u64, months: u32, at: Timestamp) -> Result<i64, Fault> {
    let price = scene
        .app
        .db
        .read(move |r| price_at(r, &ProductCode::BUSINESS, euro(), seats, months, at));
    price.await.map(|price| price.unit.amount)
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

scenes! {
    async fn a_new_server_has_three_products_without_prices(scene: Scene) {
        let program = operator(&scene).await;
        let products = program.get(PRODUCTS).await.status(200).json();
        let codes: Vec<_> = products["items"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["Home", "Business", "Enterprise"]);
        let home = program.get(&format!("{PRODUCTS}/home")).await.status(200).json();
        assert_eq!((&home["name"], &home["max_seats"], &home["prices"]), (&json!("Rempart Home"), &json!(10), &json!([])));
        assert_eq!(home["entitlements"][0], json!({ "code": "console", "name": "Console" }));
        assert_eq!(cost(&scene, 1, 12, scene.now()).await.unwrap_err().code, Code::PriceMissing);
    }

    async fn a_product_is_made_changed_withdrawn_and_sold_again(scene: Scene) {
        let program = operator(&scene).await;
        let new = json!({ "code": "Acme-CAD", "name": "Acme CAD", "max_seats": 50, "heartbeat_required": true,
                          "heartbeat_frees_seat": true,
                          "entitlements": [{ "code": "render", "name": "Rendu" }, { "code": "export.pdf", "name": "" }] });
        let made = program.post(PRODUCTS, new.clone()).await.status(201).json();
        assert_eq!(made["entitlements"], json!([{ "code": "export.pdf", "name": "export.pdf" }, { "code": "render", "name": "Rendu" }]));
        assert_eq!((&made["heartbeat_seconds"], &made["max_months"]), (&json!(600), &json!(36)));
        let mut again = new;
        again["code"] = json!("ACME-cad");
        program.post(PRODUCTS, again).await.refused(409, "product_code_taken").about("code");

        let one = format!("{PRODUCTS}/Acme-CAD");
        let changed = program.patch(&one, json!({ "name": "Acme CAD 2", "withdrawn": true })).await.status(200).json();
        assert_eq!((&changed["name"], &changed["max_seats"]), (&json!("Acme CAD 2"), &json!(50)));
        let order = json!({ "product": "Acme-CAD", "kind": "one_off", "seats": 3, "months": 12 });
        program.post("/api/v1/operator/licences", order.clone()).await.refused(409, "product_withdrawn").about("product");
        program.patch(&one, json!({ "withdrawn": false })).await.status(200);
        let issued = program.post("/api/v1/operator/licences", order.clone()).await.status(201).json();
        assert_eq!((&issued["licence"]["product"], &issued["licence"]["product_name"]), (&json!("Acme-CAD"), &json!("Acme CAD 2")));
        for (field, value, code) in [("seats", 51, "seats_not_sold"), ("months", 37, "months_not_sold")] {
            let mut wrong = order.clone();
            wrong[field] = json!(value);
            program.post("/api/v1/operator/licences", wrong).await.refused(422, code).about(field);
        }
        scene.audited("product.change", 2).await;
        let detail = scene.app.db.read::<_, crate::base::db::DbError, _>(|r| {
            use crate::base::db::Read;
            r.first("select detail from audit_event where action = 'product.change' and detail like '%Acme CAD 2%'", &[])
        }).await.unwrap().unwrap().get::<String>(0).unwrap();
        let detail: Json = serde_json::from_str(&detail).unwrap();
        assert_eq!(detail["changed"]["name"], json!({ "before": "Acme CAD", "after": "Acme CAD 2" }));
        assert!(detail["changed"]["max_seats"].is_null());
    }

    async fn what_does_not_fit_names_its_field(scene: Scene) {
        let program = operator(&scene).await;
        for (field, value, code) in [
            ("code", json!("é"), "product_code_invalid"),
            ("name", json!(" "), "product_name_invalid"),
            ("edition", json!("x".repeat(81)), "product_name_invalid"),
            ("min_seats", json!(0), "seat_limits_invalid"),
            ("max_seats", json!(1_000_001), "seat_limits_invalid"),
            ("max_months", json!(37), "term_limits_invalid"),
            ("heartbeat_seconds", json!(59), "heartbeat_invalid"),
            ("entitlements", json!([{ "code": "A", "name": "" }]), "entitlement_invalid"),
            ("entitlements", json!([{ "code": "a", "name": "1" }, { "code": "a", "name": "2" }]), "entitlement_invalid"),
        ] {
            let mut wrong = json!({ "code": "wrong", "name": "Wrong" });
            wrong[field] = value;
            program.post(PRODUCTS, wrong).await.refused(422, code).about(field);
        }
        let prices = format!("{PRODUCTS}/Business/prices");
        let past = scene.now() - days(1);
        for (field, value, code) in [
            ("currency", json!("EURO"), "currency_unknown"),
            ("months", json!(37), "months_not_sold"),
            ("seats_from", json!(0), "seats_out_of_range"),
            ("seats_from", json!(1_000_001), "seats_not_sold"),
            ("unit_amount", json!(-1), "price_amount_invalid"),
            ("valid_from", json!(past), "price_period_invalid"),
            ("valid_until", json!(scene.now()), "price_period_invalid"),
        ] {
            let mut wrong = json!({ "currency": "EUR", "months": 12, "unit_amount": 100 });
            wrong[field] = value;
            program.post(&prices, wrong).await.refused(422, code).about(field);
        }
        program.post(&format!("{PRODUCTS}/nothing/prices"), json!({ "currency": "EUR", "months": 12, "unit_amount": 1 })).await.refused(404, "not_found");
        assert_eq!(scene.number("select count(*) from price").await, 0);
        scene.audited("product.create", 0).await;
    }

    async fn a_price_replaced_or_closed_is_still_what_it_was(scene: Scene) {
        let program = operator(&scene).await;
        let begin = scene.now();
        priced(&scene, ProductCode::BUSINESS, 12, 1, 4_000).await;
        priced(&scene, ProductCode::BUSINESS, 12, 10, 3_000).await;
        scene.pass(days(10));
        // An offer for ten days, after which the price before applies again.
        let prices = format!("{PRODUCTS}/Business/prices");
        let offer = json!({ "currency": "eur", "months": 12, "unit_amount": 2_000, "valid_until": scene.now() + days(10) });
        let offer = program.post(&prices, offer).await.status(201).json();
        assert_eq!(offer["state"], "applies");
        for (seats, day, wanted) in [(1, 0, 4_000), (9, 9, 4_000), (10, 9, 3_000), (1, 10, 2_000), (9, 19, 2_000), (10, 15, 3_000), (1, 20, 4_000)] {
            assert_eq!(cost(&scene, seats, 12, begin + days(day)).await.unwrap(), wanted, "{seats} seats on day {day}");
        }
        let states: Vec<_> = program.get(&format!("{PRODUCTS}/Business")).await.json()["prices"].as_array().unwrap().iter()
            .map(|price| (price["unit_amount"].as_i64().unwrap(), price["state"].as_str().unwrap().to_owned())).collect();
        assert!(states.contains(&(4_000, "replaced".into())) && states.contains(&(3_000, "applies".into())), "{states:?}");

        let close = format!("{prices}/{}/close", offer["id"].as_str().unwrap());
        program.post(&close, json!({ "until": begin })).await.refused(422, "price_period_invalid").about("until");
        scene.pass(days(1));
        program.post(&close, json!({})).await.status(200);
        scene.pass(SignedDuration::from_secs(1));
        program.post(&close, json!({})).await.refused(409, "price_closed");
        assert_eq!(cost(&scene, 1, 12, scene.now()).await.unwrap(), 4_000);
        assert_eq!(cost(&scene, 1, 12, scene.now() - SignedDuration::from_secs(2)).await.unwrap(), 2_000);
        assert_eq!(cost(&scene, 1, 12, begin - SignedDuration::from_secs(1)).await.unwrap_err().code, Code::PriceMissing);
    }

    async fn what_has_no_price_is_told_apart(scene: Scene) {
        priced(&scene, ProductCode::BUSINESS, 12, 5, 4_000).await;
        let ask = |currency: &'static str, seats, months| {
            let (currency, at) = (Currency::parse(currency).unwrap(), scene.now());
            scene.app.db.read(move |r| price_at(r, &ProductCode::BUSINESS, currency, seats, months, at))
        };
        let mismatch = ask("USD", 5, 12).await.unwrap_err();
        assert_eq!((mismatch.code, mismatch.facts), (Code::CurrencyMismatch, Some(json!({ "currencies": ["EUR"] }))));
        let term = ask("EUR", 5, 24).await.unwrap_err();
        assert_eq!((term.code, term.facts), (Code::TermUnknown, Some(json!({ "months": [12] }))));
        assert_eq!(ask("EUR", 4, 12).await.unwrap_err().code, Code::PriceMissing);
        assert_eq!(ask("EUR", 5, 12).await.unwrap().total(5), Some(Money::new(20_000, euro())));
        let nothing = ProductCode::parse("nothing").unwrap();
        let at = scene.now();
        let unknown = scene.app.db.read(move |r| price_at(r, &nothing, euro(), 1, 1, at)).await.unwrap_err();
        assert_eq!(unknown.code, Code::ProductUnknown);
    }

    async fn the_operator_does_all_of_it_on_pages(scene: Scene) {
        let operator = scene.operator().await;
        operator.get("/operator").await.shows("Produits et prix");
        operator.get("/operator/products").await.status(200).shows("Rempart Enterprise").shows("En vente");
        let mut sheet = vec![("code", "acme"), ("name", "Acme"), ("edition", ""), ("min_seats", "1"), ("max_seats", "1 000"),
            ("min_months", "1"), ("max_months", "36"), ("heartbeat_seconds", "600"), ("entitlements", "render Le rendu\nexport")];
        let refused = operator.post("/operator/products", &[("code", "acme"), ("min_seats", "x")]).await;
        assert_eq!(refused.code, 422);
        refused.shows("Donnez deux nombres de 1");
        operator.post("/operator/products", &sheet).await.leads_to("/operator/products/acme?said=product-made");
        operator.get("/operator/products/acme").await.shows("render Le rendu").shows("Aucun prix pour l’instant");
        let price = [("currency", "eur"), ("months", "12"), ("seats_from", "1"), ("amount", "1 188,50"), ("from", "2027-03-01"), ("until", "2027-03-31")];
        operator.post("/operator/products/acme/prices", &price).await.leads_to("/operator/products/acme?said=price-added");
        operator.get("/operator/products/acme").await.shows("1\u{202f}188,50\u{a0}€").shows("En vigueur").shows("1er\u{a0}avril\u{a0}2027, 00:00");
        let wrong = operator.post("/operator/products/acme/prices", &[("currency", "eur"), ("months", "12"), ("seats_from", "1"), ("amount", "1,188")]).await;
        assert_eq!(wrong.code, 422);
        wrong.shows("Donnez un montant sans signe").shows("value=\"1,188\"");
        sheet[1] = ("name", "");
        let refused = operator.post("/operator/products/acme", &sheet).await;
        assert_eq!(refused.code, 422);
        sheet[1] = ("name", "Acme 2");
        operator.post("/operator/products/acme", &sheet).await.leads_to("/operator/products/acme?said=product-changed");
        operator.post("/operator/products/acme/withdraw", &[]).await.leads_to("/operator/products/acme?said=product-withdrawn");
        operator.get("/operator/products/acme").await.shows("Acme 2").shows("Remettre en vente");
        assert!(!operator.get("/operator/licences").await.body.contains("Acme 2"), "issued although withdrawn");
        operator.post("/operator/products/acme/list", &[]).await.leads_to("/operator/products/acme?said=product-sold-again");
        operator.get("/operator/licences").await.shows("Acme 2");
    }

    async fn a_licence_of_a_product_nobody_knows_is_listed_all_the_same(scene: Scene) {
        let camille = scene.person("camille").await;
        crate::licence::testing::personal(&scene, &camille, 3).await;
        scene.app.db.write::<_, crate::base::db::DbError, _>(|mut tx| {
            tx.execute("update licence set product = 'gone ?'", &[])?;
            tx.tidy(crate::base::audit::Housekeeping::Job, ())
        }).await.unwrap();
        camille.get("/licences").await.status(200).shows("gone ?");
    }
}

prop_compose! {
    fn some_price()(id in any::<u128>(), months in 1u32..3, from in 1u64..6, amount in 0i64..10_000, begin in 0i64..50,
                    lasts in proptest::option::of(0i64..50), dollar: bool) -> Price {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        Price {
            id: PriceId(uuid::Uuid::from_u128(id)),
            product: ProductCode::HOME,
            months,
            seats_from: from,
            unit: Money::new(amount, if dollar { Currency::parse("USD").unwrap() } else { euro() }),
            valid_from: at(begin),
            valid_until: lasts.map(|lasts| at(begin + lasts)),
        }
    }
}

proptest! {
    #[test]
    fn the_price_is_in_force_reached_and_the_newest_of_its_step(
        prices in proptest::collection::vec(some_price(), 0..20), seats in 1u64..8, months in 1u32..3, now in 0i64..100,
    ) {
        let now = Timestamp::from_second(now).unwrap();
        let fits = |price: &&Price| price.applies(now) && price.unit.currency == euro() && price.months == months && price.seats_from <= seats;
        let offers = applying(prices.clone(), now);
        match choose(&offers, euro(), seats, months) {
            Ok(chosen) => {
                prop_assert!(fits(&chosen));
                for other in prices.iter().filter(fits) {
                    let (a, b) = ((chosen.seats_from, chosen.valid_from, chosen.id), (other.seats_from, other.valid_from, other.id));
                    prop_assert!(a >= b, "{a:?} chosen before {b:?}");
                }
            }
            Err(_) => prop_assert!(prices.iter().filter(fits).count() == 0),
        }
    }

    #[test]
    fn nothing_added_later_changes_what_was(
        prices in proptest::collection::vec(some_price(), 0..10), more in proptest::collection::vec(some_price(), 0..10),
        seats in 1u64..8, months in 1u32..3, now in 0i64..50,
    ) {
        let (past, now) = (Timestamp::from_second(now - 1).unwrap(), Timestamp::from_second(now).unwrap());
        let cost = |prices: &[Price]| choose(&applying(prices.to_vec(), past), euro(), seats, months).ok().map(|price| price.unit);
        let before = cost(&prices);
        let later = more.into_iter().filter(|price| price.valid_from >= now);
        let all: Vec<Price> = prices.into_iter().chain(later).collect();
        prop_assert_eq!(before, cost(&all));
    }
}
