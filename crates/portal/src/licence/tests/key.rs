use crate::{
    base::testing::scenes,
    licence::{
        Terms,
        testing::{sold, terms},
    },
};
use jiff::SignedDuration;
use rempart_wire::LicenceKey;
use serde_json::json;

const LICENCES: &str = "/api/v1/licences";

scenes! {
    async fn a_key_makes_its_licence_personal_however_it_is_typed(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let (id, key) = sold(&scene, terms(5)).await;
        let careless = key.to_lowercase().replace('-', " ");
        let mine = program.post(LICENCES, json!({ "key": careless })).await.status(201).json();
        assert_eq!(mine["id"], json!(id));
        assert_eq!(mine["key"], format!("·····-·····-·····-·····-{}", &key[24..]));
        program.post(LICENCES, json!({ "key": key })).await.status(200);
        assert_eq!(program.get(LICENCES).await.json()["items"].as_array().unwrap().len(), 1);
        scene.audited("licence.import", 2).await;
    }

    async fn a_mistyped_key_is_told_which_group_before_the_database_is_asked(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let (_, key) = sold(&scene, terms(5)).await;
        let mut wrong: Vec<char> = key.chars().collect();
        wrong[12] = if wrong[12] == '2' { '3' } else { '2' };
        let wrong: String = wrong.into_iter().collect();
        let answer = program.post(LICENCES, json!({ "key": wrong })).await.refused(422, "key_group").about("key");
        assert_eq!(answer.json()["facts"]["group"], 3);
        let short = program.post(LICENCES, json!({ "key": "ABC" })).await.refused(422, "key_length");
        assert!(short.json()["title"].as_str().unwrap().contains('3'));
        let letter_o = format!("{}O{}", &key[..6], &key[7..]);
        program.post(LICENCES, json!({ "key": letter_o })).await.refused(422, "key_symbol");
        scene.audited("licence.import", 0).await;
    }

    async fn keys_unknown_taken_lapsed_are_told_apart(scene: Scene) {
        let camille = scene.person("camille").await;
        let program = scene.api(&scene.api_key(&camille).await);
        let other = scene.person("dominique").await;
        let other = scene.api(&scene.api_key(&other).await);
        let never_sold = scene.app.chance.with(LicenceKey::generate).to_string();
        program.post(LICENCES, json!({ "key": never_sold })).await.refused(404, "key_unknown").about("key");

        let (_, key) = sold(&scene, terms(5)).await;
        other.post(LICENCES, json!({ "key": key })).await.status(201);
        program.post(LICENCES, json!({ "key": key })).await.refused(409, "key_taken");

        let soon = scene.now() + SignedDuration::from_hours(24);
        let (_, key) = sold(&scene, Terms { redeem_by: Some(soon), ..terms(5) }).await;
        let (_, in_time) = sold(&scene, Terms { redeem_by: Some(soon), ..terms(5) }).await;
        program.post(LICENCES, json!({ "key": in_time })).await.status(201);
        scene.pass(SignedDuration::from_hours(24));
        program.post(LICENCES, json!({ "key": key })).await.refused(409, "key_lapsed");
        program.post(LICENCES, json!({ "key": in_time })).await.status(200);
    }

    async fn the_operator_issues_a_licence_and_its_key_is_not_kept(scene: Scene) {
        let operator = scene.operator().await;
        let program = scene.api(&scene.api_key(&operator).await);
        let order = json!({ "product": "Home", "kind": "one_off", "seats": 3, "months": 12,
                            "reseller_name": "Nantes Informatique", "reseller_contact": "02 40 00 00 00" });
        let issued = program.post("/api/v1/operator/licences", order.clone()).await.status(201).json();
        let key: LicenceKey = issued["key"].as_str().unwrap().parse().unwrap();
        let number = issued["licence"]["number"].as_str().unwrap();
        assert!(number.starts_with("RB-2027-") && number.len() == 17, "{number}");
        assert_eq!(issued["licence"]["reseller"]["name"], "Nantes Informatique");
        let (middle, whole) = (key.to_string()[..23].to_owned(), key.to_string());
        let rows = scene.app.db.read::<_, crate::base::db::DbError, _>(|r| {
            use crate::base::db::Read;
            r.rows("select key_last, key_hash from licence", &[])
        }).await.unwrap();
        let kept = format!("{rows:?}");
        assert!(!kept.contains(&middle) && !kept.contains(&whole));
        assert_eq!(scene.number("select count(*) from audit_event where action = 'licence.issue'").await, 1);

        for (field, value, code) in [
            ("seats", json!(0), "seats_out_of_range"),
            ("months", json!(121), "months_out_of_range"),
            ("product", json!("Gold"), "product_unknown"),
            ("kind", json!("trial"), "licence_kind_unknown"),
            ("owner", json!("nobody@example.org"), "account_unknown"),
            ("reseller_name", json!("x".repeat(201)), "reseller_too_long"),
        ] {
            let mut wrong = order.clone();
            wrong[field] = value;
            program.post("/api/v1/operator/licences", wrong).await.refused(422, code).about(field);
        }
        let camille = scene.person("camille").await;
        let hers = scene.api(&scene.api_key(&camille).await);
        hers.post("/api/v1/operator/licences", order.clone()).await.refused(404, "not_found");
        let mut owned = order;
        owned["owner"] = json!("camille@example.org");
        program.post("/api/v1/operator/licences", owned).await.status(201);
        assert_eq!(hers.get(LICENCES).await.json()["items"].as_array().unwrap().len(), 1);
    }
}
