//! From a preview to an order to a licence that is what was bought.

use crate::{
    base::{
        authz::Role,
        db::{DbError, Read},
        testing::{Browser, Program, Scene, scenes},
    },
    licence::testing::{counts_are_exact, enrol, personal, seatless, sold, terms},
    params,
    product::{ProductCode, testing::priced},
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::{Value as Json, json};

pub(in crate::billing) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Camille's licence for ten, in her workspace: a seat of *Business* is 12.00 a year, of *Home* 6.00.
pub(in crate::billing) struct Desk {
    pub(in crate::billing) camille: Browser,
    pub(in crate::billing) program: Program,
    pub(in crate::billing) operator: Program,
    pub(in crate::billing) operator_pages: Browser,
    pub(in crate::billing) workspace: WorkspaceId,
    pub(in crate::billing) licence: LicenceId,
}

impl Desk {
    pub(in crate::billing) async fn open(scene: &Scene) -> Self {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let operator_pages = scene.operator().await;
        let operator = scene.api(&scene.api_key(&operator_pages).await);
        for (product, months, unit) in [
            (ProductCode::BUSINESS, 12, 1_200),
            (ProductCode::BUSINESS, 24, 2_000),
            (ProductCode::HOME, 12, 600),
            (ProductCode::ENTERPRISE, 12, 2_400),
        ] {
            priced(scene, product, months, 1, unit).await;
        }
        let workspace = scene
            .workspace(&camille, "Atelier", ManagementMode::LocalAndRemote)
            .await;
        let licence = personal(scene, &camille, 10).await;
        let at = format!("/api/v1/workspaces/{workspace}/licence");
        program.put(&at, json!({ "licence": licence })).await.status(200);
        Self {
            camille,
            program,
            operator,
            operator_pages,
            workspace,
            licence,
        }
    }

    pub(in crate::billing) fn at(&self, rest: &str) -> String {
        format!("/api/v1/licences/{}/{rest}", self.licence)
    }

    pub(in crate::billing) async fn preview(&self, change: Json) -> Json {
        self.program
            .post(&self.at("previews"), change)
            .await
            .status(201)
            .json()
    }

    pub(in crate::billing) async fn order(&self, change: Json) -> Json {
        let preview = self.preview(change).await;
        self.accept(&preview).await.status(201).json()
    }

    pub(in crate::billing) async fn accept(&self, preview: &Json) -> crate::base::testing::Answer {
        let id = preview["id"].as_str().unwrap();
        self.program
            .post(&self.at(&format!("previews/{id}/accept")), json!({}))
            .await
    }

    pub(in crate::billing) async fn paid(&self, order: &Json) -> Json {
        let path = format!("/api/v1/operator/orders/{}/paid", order["id"].as_str().unwrap());
        self.operator
            .post(&path, json!({ "note": "transfer" }))
            .await
            .status(200)
            .json()
    }

    pub(in crate::billing) async fn bought(&self, change: Json) -> Json {
        let order = self.order(change).await;
        self.paid(&order).await
    }

    pub(in crate::billing) async fn shown(&self) -> Json {
        let path = format!("/api/v1/workspaces/{}/licence", self.workspace);
        self.program.get(&path).await.status(200).json()
    }
}

/// For every licence, what was charged and what keys brought is what was consumed, what is paid for, what there is to
/// spend, and what orders that wait have put aside.
pub(in crate::billing) async fn books_balance(scene: &Scene) {
    let read = scene.app.db.read::<_, DbError, _>(|r| {
        r.count(
            "select count(*) from paid_position where value + credit
                + (select coalesce(sum(credit_used), 0) from purchase
                    where purchase.licence = paid_position.licence and state = 'waiting')
                <> (select sum(charged + brought - consumed) from ledger_entry
                    where ledger_entry.licence = paid_position.licence)",
            params![],
        )
    });
    assert_eq!(read.await.unwrap(), 0, "licences whose books do not balance");
}

scenes! {
    async fn time_is_bought_by_transfer(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let device = enrol(&scene, desk.workspace).await.unwrap();
        let preview = desk.preview(json!({ "change": "extend", "months": 12 })).await;
        assert_eq!((preview["net"].as_i64(), preview["gross"].as_i64()), (Some(12_000), Some(12_000)));
        assert_eq!(preview["before"]["expires_at"], "2028-03-01T09:00:00Z");
        assert_eq!(preview["after"]["expires_at"], "2029-03-01T09:00:00Z");
        assert_eq!(preview["price_later"], 12_000);
        assert_eq!(desk.shown().await["expires_at"], "2028-03-01T09:00:00Z");

        let order = desk.accept(&preview).await.status(201).json();
        assert_eq!((&order["state"], &order["reference"], &order["invoice"]), (&json!("waiting"), &json!("C-2027-000001"), &json!("F-2027-000001")));
        // However often it is accepted, it is one order.
        assert_eq!(desk.accept(&preview).await.status(200).json(), order);
        assert_eq!(desk.shown().await["expires_at"], "2028-03-01T09:00:00Z");

        let paid = desk.paid(&order).await;
        assert_eq!((&paid["state"], &paid["applied"]), (&json!("paid"), &json!(true)));
        assert_eq!(desk.paid(&order).await, paid, "said twice");
        let licence = desk.shown().await;
        assert_eq!((&licence["expires_at"], &licence["seats_used"]), (&json!("2029-03-01T09:00:00Z"), &json!(1)));
        let kept = scene.app.db.read::<_, DbError, _>(move |r| {
            r.count("select count(*) from device where id = $1 and licence is not null and state = 'enrolled'", params![device])
        });
        assert_eq!(kept.await.unwrap(), 1, "the device stays enrolled, with its seat");
        scene.audited("billing.mark_paid", 2).await;
        books_balance(&scene).await;
    }

    async fn seats_are_added_to_the_day_and_go_to_devices_that_wait(scene: Scene) {
        let desk = Desk::open(&scene).await;
        for _ in 0..10 {
            enrol(&scene, desk.workspace).await.unwrap();
        }
        for _ in 0..3 {
            seatless(&scene, desk.workspace).await;
        }
        // 1 March 2027 and 31 days: eleven months are left, of 366 days.
        scene.pass(DAY * 31);
        let preview = desk.preview(json!({ "change": "seats", "seats": 12 })).await;
        assert_eq!(preview["lines"], json!([{ "for": "seats", "product": "Business", "seats": 2, "days": 335, "amount": 2_200 }]));
        assert_eq!((&preview["devices_getting_a_seat"], &preview["net"]), (&json!(2), &json!(2_200)));
        desk.bought(json!({ "change": "seats", "seats": 12 })).await;
        let licence = desk.shown().await;
        assert_eq!((&licence["seats"], &licence["seats_used"], &licence["expires_at"]), (&json!(12), &json!(12), &json!("2028-03-01T09:00:00Z")));
        counts_are_exact(&scene).await;
        books_balance(&scene).await;
    }

    async fn what_cannot_be_is_refused_with_its_code_and_field(scene: Scene) {
        let desk = Desk::open(&scene).await;
        for _ in 0..3 {
            enrol(&scene, desk.workspace).await.unwrap();
        }
        let path = desk.at("previews");
        let ask = |change: Json| desk.program.post(&path, change);
        let fewer = ask(json!({ "change": "seats", "seats": 2, "when": "renewal" })).await;
        assert_eq!(fewer.json()["facts"]["in_use"], 3);
        fewer.refused(409, "seats_below_use").about("seats");
        ask(json!({ "change": "seats", "seats": 5 })).await.refused(409, "only_at_renewal").about("when");
        ask(json!({ "change": "seats", "seats": 0 })).await.refused(422, "seats_not_sold").about("seats");
        ask(json!({ "change": "extend" })).await.refused(422, "months_out_of_range").about("months");
        ask(json!({ "change": "extend", "months": 7 })).await.refused(422, "term_unknown").about("months");
        ask(json!({ "change": "extend", "months": 12, "currency": "USD" })).await.refused(422, "currency_mismatch").about("currency");
        ask(json!({ "change": "extend", "months": 12, "currency": "???" })).await.refused(422, "currency_unknown").about("currency");
        ask(json!({ "change": "product", "product": "Gold" })).await.refused(422, "product_unknown").about("product");
        ask(json!({ "change": "product", "product": "business" })).await.refused(409, "nothing_changes");
        ask(json!({ "change": "dance" })).await.refused(422, "change_unknown").about("change");
        ask(json!({ "change": "keep" })).await.refused(409, "nothing_changes");
        ask(json!({ "change": "key", "key": "7KQ2M" })).await.refused(422, "key_length").about("key");
        desk.bought(json!({ "change": "extend", "months": 12 })).await;
        ask(json!({ "change": "extend", "months": 12, "currency": "USD" })).await.refused(422, "currency_kept").about("currency");
    }

    async fn a_preview_lasts_a_quarter_of_an_hour_and_until_the_licence_changes(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let old = desk.preview(json!({ "change": "extend", "months": 12 })).await;
        scene.pass(SignedDuration::from_mins(15));
        desk.accept(&old).await.refused(410, "preview_over");
        let stale = desk.preview(json!({ "change": "extend", "months": 12 })).await;
        desk.order(json!({ "change": "term", "months": 24 })).await;
        desk.accept(&stale).await.refused(409, "preview_stale");
        assert_eq!(desk.shown().await["expires_at"], "2028-03-01T09:00:00Z");
        // One order at a time: it is paid or given up before another.
        let waiting = desk.order(json!({ "change": "extend", "months": 12 })).await;
        let second = desk.program.post(&desk.at("previews"), json!({ "change": "extend", "months": 12 })).await;
        assert_eq!(second.json()["facts"]["reference"], waiting["reference"]);
        second.refused(409, "order_open");
        let path = desk.at(&format!("orders/{}/cancel", waiting["id"].as_str().unwrap()));
        assert_eq!(desk.program.post(&path, json!({})).await.status(200).json()["state"], "cancelled");
        desk.program.post(&path, json!({})).await.refused(409, "order_over");
        desk.operator.post(&format!("/api/v1/operator/orders/{}/paid", waiting["id"].as_str().unwrap()), json!({})).await.refused(409, "order_over");
        desk.order(json!({ "change": "extend", "months": 12 })).await;
        scene.pass(DAY * 3);
        scene.work().await;
        assert_eq!(scene.number("select count(*) from preview").await, 0, "old previews are forgotten");
    }

    async fn only_who_may_manage_the_licence_changes_it(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let stranger = scene.person("stranger").await;
        let stranger = scene.api(&scene.api_key(&stranger).await);
        let change = json!({ "change": "extend", "months": 12 });
        stranger.post(&desk.at("previews"), change.clone()).await.refused(404, "not_found");
        stranger.get(&desk.at("orders")).await.refused(404, "not_found");
        for (role, name, allowed) in [(Role::Viewer, "viewer", false), (Role::BillingContact, "billing", true)] {
            let member = scene.person(name).await;
            scene.member(desk.workspace, &member, role).await;
            let member = scene.api(&scene.api_key(&member).await);
            let answer = member.post(&desk.at("previews"), change.clone()).await;
            if allowed { answer.status(201); } else { answer.refused(403, "forbidden"); }
        }
        // An order of one licence is not found under another.
        let order = desk.order(change).await;
        let other = personal(&scene, &desk.camille, 1).await;
        let id = order["id"].as_str().unwrap();
        desk.program.get(&format!("/api/v1/licences/{other}/orders/{id}")).await.refused(404, "not_found");
        desk.program.get(&desk.at(&format!("orders/{id}"))).await.status(200);
        desk.program.post(&format!("/api/v1/operator/orders/{id}/paid"), json!({})).await.refused(404, "not_found");
    }

    async fn a_second_key_adds_its_time_once(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let (key, text) = sold(&scene, terms(10)).await;
        let change = json!({ "change": "key", "key": text });
        let preview = desk.preview(change.clone()).await;
        assert_eq!((&preview["gross"], &preview["after"]["expires_at"]), (&json!(0), &json!("2029-03-01T09:00:00Z")));
        let order = desk.accept(&preview).await.status(201).json();
        assert_eq!((&order["state"], &order["invoice"]), (&json!("paid"), &Json::Null));
        assert_eq!(desk.shown().await["expires_at"], "2029-03-01T09:00:00Z");
        desk.program.post(&desk.at("previews"), change).await.refused(409, "key_taken").about("key");
        let path = format!("/api/v1/workspaces/{}/licence", desk.workspace);
        desk.program.put(&path, json!({ "licence": key, "confirm_replace": true })).await.refused(409, "licence_unusable");
        books_balance(&scene).await;
    }

    async fn a_key_of_another_kind_is_converted_and_shown_before(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let home = crate::licence::Terms { product: ProductCode::HOME, ..terms(10) };
        let (_, text) = sold(&scene, home).await;
        // A year of Home for ten costs 60.00: half a year of Business for ten.
        let preview = desk.preview(json!({ "change": "key", "key": text, "into": "present" })).await;
        assert_eq!((&preview["after"]["product"], &preview["after"]["expires_at"]), (&json!("Business"), &json!("2028-09-01T09:00:00Z")));
        // Or two years of Home more, for what is left of Business.
        let preview = desk.preview(json!({ "change": "key", "key": text, "into": "key" })).await;
        assert_eq!((&preview["after"]["product"], &preview["after"]["expires_at"]), (&json!("Home"), &json!("2030-03-01T09:00:00Z")));
        desk.accept(&preview).await.status(201);
        assert_eq!(desk.shown().await["product"], "Home");
        books_balance(&scene).await;
    }

    async fn what_waits_for_the_renewal_costs_nothing_before(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.order(json!({ "change": "seats", "seats": 4, "when": "renewal" })).await;
        assert_eq!((&order["state"], &order["gross"]), (&json!("paid"), &json!(0)));
        let preview = desk.preview(json!({ "change": "product", "product": "Home", "when": "renewal" })).await;
        assert_eq!((&preview["after"]["next_seats"], &preview["price_later"]), (&json!(4), &json!(2_400)));
        desk.accept(&preview).await.status(201);
        assert_eq!((&desk.shown().await["seats"], &desk.shown().await["product"]), (&json!(10), &json!("Business")));
        scene.pass(DAY * 366);
        let renewed = desk.bought(json!({ "change": "renew" })).await;
        assert_eq!(renewed["gross"], 2_400);
        let licence = desk.shown().await;
        assert_eq!((&licence["seats"], &licence["product"], &licence["expires_at"]), (&json!(4), &json!("Home"), &json!("2029-03-01T09:00:00Z")));
        books_balance(&scene).await;
    }

    async fn twenty_who_accept_at_once_make_one_order_and_numbers_have_no_gaps(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let preview = desk.preview(json!({ "change": "extend", "months": 12 })).await;
        let answers = join_all((0..20).map(|_| desk.accept(&preview))).await;
        let orders: Vec<Json> = answers.iter().map(|answer| answer.json()).collect();
        assert!(orders.iter().all(|order| order["id"] == orders[0]["id"]));
        assert_eq!(scene.number("select count(*) from purchase").await, 1);
        let mut previews = Vec::new();
        for _ in 0..10 {
            let licence = personal(&scene, &desk.camille, 3).await;
            let path = format!("/api/v1/licences/{licence}/previews");
            let preview = desk.program.post(&path, json!({ "change": "extend", "months": 12 })).await.status(201).json();
            previews.push(format!("{path}/{}/accept", preview["id"].as_str().unwrap()));
        }
        let orders = join_all(previews.iter().map(|path| desk.program.post(path, json!({})))).await;
        let mut numbers: Vec<String> = orders.iter().map(|order| order.json()["invoice"].as_str().unwrap().to_owned()).collect();
        numbers.sort();
        let expected: Vec<String> = (2..=11).map(|number| format!("F-2027-{number:06}")).collect();
        assert_eq!(numbers, expected);
        books_balance(&scene).await;
    }
}

scenes! {
    async fn what_was_bought_is_in_the_history_with_before_and_after(scene: Scene) {
        let desk = Desk::open(&scene).await;
        desk.bought(json!({ "change": "seats", "seats": 12, "when": "now" })).await;
        desk.bought(json!({ "change": "extend", "months": 12 })).await;
        let fewer = desk.preview(json!({ "change": "seats", "seats": 11, "when": "renewal" })).await;
        desk.accept(&fewer).await.status(201);
        let lines = desk.program.get(&desk.at("history")).await.status(200).json();
        let told = |action: &str, field: &str| -> Vec<(Json, Json)> {
            let lines = lines["items"].as_array().unwrap().iter();
            lines
                .filter(|line| line["action"] == action && line["before"].get(field) != line["after"].get(field))
                .map(|line| (line["before"][field].clone(), line["after"][field].clone()))
                .collect()
        };
        assert_eq!(told("billing.mark_paid", "seats"), [(json!(10), json!(12))]);
        assert_eq!(told("billing.mark_paid", "expires_at").len(), 1);
        assert_eq!(told("billing.order", "next_seats"), [(json!(null), json!(11))]);
        assert!(lines["items"].as_array().unwrap().iter().all(|line| line["action"] != "billing.preview"));
    }

    async fn a_licence_goes_over_without_what_was_ordered_and_whom_its_invoices_were_to(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let preview = desk.preview(json!({ "change": "seats", "seats": 12 })).await;
        let path = desk.at(&format!("previews/{}/accept", preview["id"].as_str().unwrap()));
        desk.program.post(&path, json!({ "bill_to": "Atelier Camille\n3 rue des Tanneurs" })).await.status(201);
        let (dominique, licence) = (scene.person("dominique").await, desk.licence);
        let transfer = format!("/licences/{licence}/transfer");
        desk.camille.post(&transfer, &[("email", "dominique@example.org")]).await.status(303);
        dominique.post(&format!("{transfer}/accept"), &[]).await.status(303);
        let program = scene.api(&scene.api_key(&dominique).await);
        let orders = program.get(&desk.at("orders")).await.status(200).json();
        assert_eq!(orders["items"][0]["state"], "cancelled");
        let preview = program.post(&desk.at("previews"), json!({ "change": "seats", "seats": 12 })).await.status(201).json();
        assert_eq!(preview["bill_to"], "");
        books_balance(&scene).await;
    }
}
