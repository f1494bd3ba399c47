//! Reminders in scenes on both databases, and over histories nobody wrote down.

use super::kind::Kind;
use crate::{
    base::{
        audit::{AuditActor, AuditEvent},
        authz::Role,
        db::{DbError, Engine, Read},
        testing::{Browser, Scene, scenes},
    },
    licence::{
        Terms,
        testing::{enrol, sold, terms},
    },
    params,
};
use jiff::{SignedDuration, Timestamp};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::json;

const HOUR: i64 = 1;
const DAY: i64 = 24;

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A licence of twelve months, attached now: it expires on 1 March 2028, in 366 days.
async fn licensed(scene: &Scene, terms: Terms) -> (Browser, WorkspaceId, LicenceId) {
    let camille = scene.person("camille").await;
    let workspace = scene
        .workspace(&camille, "Atelier", ManagementMode::LocalAndRemote)
        .await;
    let (licence, _) = sold(
        scene,
        Terms {
            owner: Some(camille.account),
            ..terms
        },
    )
    .await;
    let key = scene.api_key(&camille).await;
    let path = format!("/api/v1/workspaces/{workspace}/licence");
    scene
        .api(&key)
        .put(&path, json!({ "licence": licence }))
        .await
        .status(200);
    (camille, workspace, licence)
}

/// Lets so many hours pass, an hour at a time as the job does, and gives the subjects of what was sent meanwhile.
async fn pass(scene: &Scene, time: i64, step: i64) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    for _ in 0..time / step {
        scene.pass(hours(step));
        for mail in scene.mails().await {
            sent.push((mail.to, mail.subject));
        }
    }
    sent
}

fn subjects(sent: &[(String, String)]) -> Vec<&str> {
    sent.iter().map(|(_, subject)| subject.as_str()).collect()
}

scenes! {
    async fn each_reminder_is_sent_once_on_its_day(scene: Scene) {
        let (camille, _, licence) = licensed(&scene, terms(5)).await;
        assert!(pass(&scene, 335 * DAY, DAY).await.is_empty());
        let sent = pass(&scene, 46 * DAY, 6 * HOUR).await;
        assert_eq!(subjects(&sent), [
            "Votre licence Rempart Business expire dans 30 jours",
            "Votre licence Rempart Business expire dans 14 jours",
            "Votre licence Rempart Business expire dans 3 jours",
            "Votre licence Rempart Business a expiré",
            "Vos ordinateurs ne reçoivent plus de nouvelles règles",
        ]);
        assert!(sent.iter().all(|(to, _)| to == "camille@example.org"));
        assert!(pass(&scene, 60 * DAY, DAY).await.is_empty());
        let key = scene.api_key(&camille).await;
        let told = scene.api(&key).get(&format!("/api/v1/licences/{licence}/history")).await.status(200).json();
        assert_eq!((told["items"][0]["action"].as_str(), told["items"][0]["by"].as_str()), (Some("reminder.grace_end"), Some("server")));
    }

    async fn what_comes_late_is_the_one_that_still_matters(scene: Scene) {
        licensed(&scene, terms(5)).await;
        scene.pass(hours(366 * DAY - 2 * DAY));
        let sent = scene.mails().await;
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!(sent[0].subject, "Votre licence Rempart Business expire dans 2 jours");
        assert!(sent[0].text.contains("/licences/") && sent[0].text.contains("/account/reminders"), "{}", sent[0].text);
        scene.pass(hours(30 * DAY));
        let sent = scene.mails().await;
        assert_eq!((sent.len(), sent[0].subject.as_str()), (1, "Vos ordinateurs ne reçoivent plus de nouvelles règles"));
    }

    async fn a_changed_expiry_makes_them_due_again(scene: Scene) {
        let (_, _, licence) = licensed(&scene, terms(5)).await;
        scene.pass(hours(366 * DAY - 2 * DAY));
        assert_eq!(scene.mails().await.len(), 1);
        move_end(&scene, licence, hours(10 * DAY)).await;
        scene.pass(hours(1));
        let sent = scene.mails().await;
        assert_eq!((sent.len(), sent[0].subject.as_str()), (1, "Votre licence Rempart Business expire dans 12 jours"));
        assert!(pass(&scene, 2 * DAY, 4).await.is_empty());
    }

    async fn who_mutes_gets_all_but_the_last(scene: Scene) {
        let (camille, _, _) = licensed(&scene, terms(5)).await;
        camille.get("/account").await.status(200).shows("Choisir les rappels");
        camille.get("/account/reminders").await.status(200).shows("3 jours avant");
        camille.post("/account/reminders", &[("wanted", "expired")]).await.leads_to("/account/reminders?said=reminders-set");
        let key = scene.api_key(&camille).await;
        let shown = scene.api(&key).get("/api/v1/account/reminders").await.status(200).json();
        assert_eq!(shown["reminders"][0], json!({ "kind": "days_30", "muted": true, "mutable": true }));
        assert_eq!(shown["reminders"][4], json!({ "kind": "grace_end", "muted": false, "mutable": false }));
        let sent = pass(&scene, 400 * DAY, DAY).await;
        assert_eq!(subjects(&sent), ["Votre licence Rempart Business a expiré", "Vos ordinateurs ne reçoivent plus de nouvelles règles"]);
        let api = scene.api(&key);
        let path = "/api/v1/account/reminders";
        api.put(path, json!({ "muted": ["grace_end"] })).await.refused(422, "reminder_not_mutable").about("muted");
        api.put(path, json!({ "muted": ["daily"] })).await.refused(422, "invalid_field").about("muted");
        api.put(path, json!({ "muted": [] })).await.status(204);
    }

    async fn of_what_a_reseller_sold_the_billing_contact_is_told_first(scene: Scene) {
        let sold = Terms { reseller_name: Some("Nantes Informatique".into()), ..terms(5) };
        let (_, workspace, _) = licensed(&scene, sold).await;
        let billing = scene.person("billing").await;
        scene.member(workspace, &billing, Role::BillingContact).await;
        billing.post("/account/language", &[("language", "en")]).await.status(303);
        let sent = pass(&scene, 400 * DAY, DAY).await;
        let mut to: Vec<&str> = sent.iter().map(|(to, _)| to.split('@').next().unwrap()).collect();
        // The last goes to both in one moment.
        to[4..].sort_unstable();
        assert_eq!(to, ["billing", "billing", "billing", "billing", "billing", "camille"], "{sent:?}");
        assert_eq!(sent[0].1, "Your Rempart Business licence expires in 30 days");
    }

    async fn what_renews_by_itself_is_told_once_and_without_alarm(scene: Scene) {
        let renewing = Terms { kind: crate::licence::Kind::Subscription, ..terms(5) };
        let (_, _, licence) = licensed(&scene, renewing).await;
        crate::licence::testing::renews(&scene, licence).await;
        let sent = pass(&scene, 365 * DAY, DAY).await;
        assert_eq!(subjects(&sent), ["Votre licence Rempart Business se prolonge le 1er\u{a0}mars\u{a0}2028"]);
    }

    async fn low_seats_are_told_once_until_there_is_room_again(scene: Scene) {
        let (camille, workspace, licence) = licensed(&scene, terms(6)).await;
        let page = format!("/licences/{licence}");
        camille.post(&format!("{page}/low-seats"), &[("low_seats", "beaucoup")]).await.status(422).shows("Donnez un nombre de places").shows("beaucoup");
        camille.post(&format!("{page}/low-seats"), &[("low_seats", "2")]).await.leads_to(&format!("{page}?said=low-seats-set"));
        let mut devices = Vec::new();
        for _ in 0..3 { devices.push(enrol(&scene, workspace).await.unwrap()); }
        assert!(pass(&scene, 4, 1).await.is_empty());
        devices.push(enrol(&scene, workspace).await.unwrap());
        assert_eq!(subjects(&pass(&scene, 2 * DAY, 1).await), ["Il reste 2 places dans votre licence Rempart Business"]);
        crate::licence::testing::retire(&scene, devices.pop().unwrap()).await;
        pass(&scene, 2, 1).await;
        devices.push(enrol(&scene, workspace).await.unwrap());
        assert!(pass(&scene, 2, 1).await.is_empty(), "it hovers about the threshold");
        for device in devices { crate::licence::testing::retire(&scene, device).await; }
        pass(&scene, 2, 1).await;
        for _ in 0..6 { enrol(&scene, workspace).await.unwrap(); }
        assert_eq!(subjects(&pass(&scene, 2, 1).await), ["Toutes les places de votre licence Rempart Business sont prises"]);
        let stranger = scene.person("stranger").await;
        stranger.post(&format!("{page}/low-seats"), &[("low_seats", "2")]).await.status(404);
        let key = scene.api_key(&camille).await;
        scene.api(&key).put(&format!("/api/v1{page}/low-seats"), json!({ "low_seats": 2_000_000 })).await.refused(422, "low_seats_out_of_range");
        scene.api(&key).put(&format!("/api/v1{page}/low-seats"), json!({ "low_seats": null })).await.status(204);
    }

    async fn what_is_stopped_or_nobodys_is_not_spoken_of(scene: Scene) {
        let (_, _, licence) = licensed(&scene, terms(5)).await;
        write(&scene, "update licence set suspended_at = 1 where id = $1", licence).await;
        assert!(pass(&scene, 400 * DAY, 5 * DAY).await.is_empty());
    }

    async fn over_any_history_each_is_sent_once_and_none_is_missed(scene: Scene) {
        let (_, _, licence) = licensed(&scene, terms(5)).await;
        let histories = if scene.app.db.engine() == Engine::Sqlite { 300 } else { 40 };
        let config = Config { rng_seed: RngSeed::Fixed(9), ..Config::default() };
        let (mut runner, any) = (TestRunner::new(config), prop::collection::vec(step(), 1..30));
        for _ in 0..histories {
            let history = any.new_tree(&mut runner).unwrap().current();
            scene.app.db.write::<_, DbError, _>(|mut tx| {
                tx.execute("delete from reminder_sent", params![])?;
                tx.commit(AuditEvent::new(AuditActor::Server, "test.change"), ())
            }).await.unwrap();
            live(&scene, licence, &history).await;
        }
    }
}

async fn write(scene: &Scene, sql: &'static str, licence: LicenceId) {
    let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        tx.execute(sql, params![licence])?;
        tx.commit(AuditEvent::new(AuditActor::Server, "test.change"), ())
    });
    written.await.unwrap();
}

/// The period ends so much later.
async fn move_end(scene: &Scene, licence: LicenceId, by: SignedDuration) {
    let micros = i64::try_from(by.as_micros()).unwrap();
    let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        tx.execute(
            "update licence set expires_at = expires_at + $1 where id = $2",
            params![micros, licence],
        )?;
        tx.commit(AuditEvent::new(AuditActor::Server, "test.change"), ())
    });
    written.await.unwrap();
}

async fn end(scene: &Scene) -> Timestamp {
    let read = scene
        .app
        .db
        .read::<_, DbError, _>(|r| r.first("select expires_at from licence", &[])?.unwrap().get(0));
    read.await.unwrap()
}

/// What can happen to a licence while time passes.
#[derive(Debug, Clone)]
enum Step {
    /// The job runs, after so many hours in which it did not.
    Run(i64),
    /// The end moves to so many hours from now.
    End(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..100i64).prop_map(Step::Run),
        2 => (100..900i64).prop_map(Step::Run),
        1 => (-500..1500i64).prop_map(Step::End),
    ]
}

/// What is told with so much time left, by the words of the page about reminders.
fn told_with(left: SignedDuration) -> Option<Kind> {
    let days = |days: i64| hours(24 * days);
    match left {
        left if left > days(30) => None,
        left if left > days(14) => Some(Kind::Days30),
        left if left > days(3) => Some(Kind::Days14),
        left if left > SignedDuration::ZERO => Some(Kind::Days3),
        left if left > days(-14) => Some(Kind::Expired),
        left if left > days(-194) => Some(Kind::GraceEnd),
        _ => None,
    }
}

async fn live(scene: &Scene, licence: LicenceId, history: &[Step]) {
    let mut known = std::collections::HashSet::new();
    let now = scene.now();
    let by = now
        .saturating_add(hours(1000))
        .unwrap()
        .duration_since(end(scene).await);
    move_end(scene, licence, by).await;
    for step in history {
        match step {
            Step::End(from_now) => {
                let wanted = scene.now().saturating_add(hours(*from_now)).unwrap();
                move_end(scene, licence, wanted.duration_since(end(scene).await)).await;
            }
            Step::Run(after) => {
                scene.pass(hours(*after));
                let sent = scene.mails().await;
                let end = end(scene).await;
                let due = told_with(end.duration_since(scene.now()));
                let wanted = due.filter(|kind| known.insert((*kind, end)));
                assert_eq!(
                    sent.len(),
                    usize::from(wanted.is_some()),
                    "{wanted:?} {sent:?} in {history:?}"
                );
            }
        }
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    #[test]
    fn at_any_moment_one_reminder_at_most_is_the_one_that_matters(end in 0i64..4_000_000_000, now in 0i64..4_000_000_000, near in -20_000_000i64..4_000_000) {
        for now in [now, end - near] {
            let due: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| {
                kind.ends(at(now)).is_some_and(|(after, until)| after < at(end) && at(end) <= until)
            }).collect();
            let wanted: Vec<Kind> = told_with(at(end).duration_since(at(now))).into_iter().collect();
            prop_assert_eq!(due, wanted);
        }
    }
}
