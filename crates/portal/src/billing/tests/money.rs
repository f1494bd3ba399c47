//! Where the money of a licence is, whatever happens between an order and its payment.

use super::desk::{DAY, Desk, books_balance};
use crate::base::testing::scenes;
use serde_json::json;

scenes! {
    async fn days_that_went_by_before_the_payment_become_credit(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.order(json!({ "change": "seats", "seats": 20 })).await;
        assert_eq!(order["gross"], 12_000);
        scene.pass(DAY * 31);
        let paid = desk.paid(&order).await;
        assert_eq!(paid["applied"], true);
        // One of twelve months went by: its price is there to spend, and the next change draws on it.
        let next = desk.preview(json!({ "change": "extend", "months": 12 })).await;
        assert_eq!((&next["credit_used"], &next["net"]), (&json!(1_000), &json!(23_000)));
        books_balance(&scene).await;
    }

    async fn something_cheaper_now_gives_credit_and_the_way_back_costs_it(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let down = desk.order(json!({ "change": "product", "product": "Home" })).await;
        assert_eq!((&down["state"], &down["gross"], &down["credit_given"]), (&json!("paid"), &json!(0), &json!(6_000)));
        assert_eq!(desk.shown().await["product"], "Home");
        books_balance(&scene).await;
        let back = desk.order(json!({ "change": "product", "product": "Business" })).await;
        assert_eq!((&back["state"], &back["gross"], &back["credit_used"]), (&json!("paid"), &json!(0), &json!(6_000)));
        assert_eq!(desk.shown().await["expires_at"], "2028-03-01T09:00:00Z");
        books_balance(&scene).await;
    }

    async fn credit_that_an_order_put_aside_comes_back_when_it_is_given_up(scene: Scene) {
        let desk = Desk::open(&scene).await;
        desk.order(json!({ "change": "product", "product": "Home" })).await;
        let order = desk.order(json!({ "change": "product", "product": "Enterprise" })).await;
        assert_eq!((&order["credit_used"], &order["gross"]), (&json!(6_000), &json!(12_000)));
        books_balance(&scene).await;
        let path = format!("/api/v1/operator/orders/{}/cancel", order["id"].as_str().unwrap());
        desk.operator.post(&path, json!({ "note": "never came" })).await.status(200);
        let again = desk.preview(json!({ "change": "product", "product": "Enterprise" })).await;
        assert_eq!(again["credit_used"], 6_000);
        books_balance(&scene).await;
    }

    async fn a_payment_for_a_licence_that_is_no_longer_changed_becomes_credit(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.order(json!({ "change": "extend", "months": 12 })).await;
        scene.app.db.write::<_, crate::base::db::DbError, _>({
            let licence = desk.licence;
            move |mut tx| {
                let now = tx.now();
                tx.execute("update licence set suspended_at = $1, revision = revision + 1 where id = $2", crate::params![now, licence])?;
                tx.tidy(crate::base::audit::Housekeeping::Job, ())
            }
        }).await.unwrap();
        let paid = desk.paid(&order).await;
        assert_eq!((&paid["state"], &paid["applied"]), (&json!("paid"), &json!(false)));
        assert_eq!(scene.number("select credit from paid_position").await, 12_000);
        assert_eq!(desk.shown().await["expires_at"], "2028-03-01T09:00:00Z");
        books_balance(&scene).await;
    }

    async fn money_goes_back_in_parts_and_never_more_than_came(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let order = desk.bought(json!({ "change": "extend", "months": 12 })).await;
        let path = format!("/api/v1/operator/orders/{}/refund", order["id"].as_str().unwrap());
        desk.operator.post(&path, json!({ "amount": 12_001 })).await.refused(422, "refund_too_large").about("amount");
        desk.operator.post(&path, json!({ "amount": 0 })).await.refused(422, "refund_too_large");
        let part = desk.operator.post(&path, json!({ "amount": 2_000, "note": "a gesture" })).await.status(200).json();
        assert_eq!(part["state"], "paid");
        books_balance(&scene).await;
        scene.pass(DAY * 400);
        let rest = desk.operator.post(&path, json!({})).await.status(200).json();
        assert_eq!(rest["state"], "refunded");
        assert_eq!(scene.number("select cast(sum(amount) as bigint) from payment").await, 0);
        desk.operator.post(&path, json!({})).await.refused(409, "order_over");
        books_balance(&scene).await;
    }

    async fn a_trial_is_bought_by_extending_it_and_keeps_its_days(scene: Scene) {
        let desk = Desk::open(&scene).await;
        let workspace = scene.workspace(&desk.camille, "Essai", rempart_wire::ManagementMode::LocalAndRemote).await;
        let trial = desk.program.post(&format!("/api/v1/workspaces/{workspace}/trial"), json!({})).await.status(201).json();
        let at = format!("/api/v1/licences/{}", trial["id"].as_str().unwrap());
        desk.program.post(&format!("{at}/previews"), json!({ "change": "seats", "seats": 12 })).await.refused(409, "trial_first");
        let preview = desk.program.post(&format!("{at}/previews"), json!({ "change": "extend", "months": 12 })).await.status(201).json();
        assert_eq!((&preview["net"], &preview["after"]["expires_at"]), (&json!(12_000), &json!("2028-03-31T09:00:00Z")));
        let order = desk.program.post(&format!("{at}/previews/{}/accept", preview["id"].as_str().unwrap()), json!({})).await.status(201).json();
        desk.paid(&order).await;
        let bought = desk.program.get(&format!("/api/v1/workspaces/{workspace}/licence")).await.status(200).json();
        assert_eq!((&bought["kind"], &bought["expires_at"]), (&json!("one_off"), &json!("2028-03-31T09:00:00Z")));
        books_balance(&scene).await;
    }
}
