use super::*;
use crate::{
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        testing::{Scene, scenes},
    },
    params,
};
use std::{fs, path::PathBuf};

fn event() -> AuditEvent {
    AuditEvent::new(AuditActor::Server, "test.write")
}

/// Every statement marked `sql!("…")` in the sources.
fn statements() -> Vec<(PathBuf, String)> {
    fn sources(folder: PathBuf, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    sources(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let mut found = Vec::new();
    for path in paths
        .into_iter()
        .filter(|path| !path.ends_with("db/tests.rs") && !path.ends_with("db/mod.rs"))
    {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("sql!(") {
            let rest = text[at + 5..].trim_start();
            let Some(rest) = rest.strip_prefix('"') else {
                continue;
            };
            let end = rest.find('"').unwrap();
            found.push((path.clone(), rest[..end].replace("\\\n", "")));
        }
    }
    assert!(found.len() > 10, "the statements were not found");
    found
}

#[test]
fn parameters_are_numbered_in_the_order_they_appear() {
    // To SQLite `$1` is a name, numbered by first appearance; to PostgreSQL it is a place.
    for (path, sql) in statements() {
        let mut next = 1;
        for (at, _) in sql.match_indices('$') {
            let digits: String = sql[at + 1..].chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap();
            assert!(
                number <= next,
                "${number} before ${next} in {}: {sql}",
                path.display()
            );
            next = next.max(number + 1);
        }
    }
}

scenes! {
    async fn every_statement_is_understood(scene: Scene) {
        for (path, sql) in statements() {
            if let Err(error) = scene.app.db.prepare(sql).await {
                panic!("{}: {error}", path.display());
            }
        }
    }

    async fn every_kind_of_value_comes_back_as_it_went_in(scene: Scene) {
        let id = uuid::Uuid::from_u128(7);
        let row = scene.app.db.write::<_, DbError, _>(move |mut tx| {
            tx.execute(
                "insert into account (id, email, email_key, name, password_hash, language, operator, confirmed_at, \
                 created_at) values ($1, $2, $3, $4, '', 'fr', $5, $6, $7)",
                params![id, "É", "k", "", true, 1i64, i64::MAX],
            )?;
            tx.execute("insert into server_setting (name, value) values ($1, $2)", params!["v", vec![0u8, 255]])?;
            let row = tx.first(
                "select account.id, email, account.name, operator, cast(null as bigint), account.created_at, value from account, server_setting \
                 where server_setting.name = $1",
                params!["v"],
            )?;
            tx.commit(event(), row.unwrap())
        }).await.unwrap();
        assert_eq!(row.get::<uuid::Uuid>(0), Ok(id));
        assert_eq!(row.get::<String>(1).as_deref(), Ok("É"));
        assert_eq!(row.get::<String>(2).as_deref(), Ok(""));
        assert_eq!(row.get::<bool>(3), Ok(true));
        assert_eq!(row.get::<Option<i64>>(4), Ok(None));
        assert_eq!(row.get::<i64>(5), Ok(i64::MAX));
        assert_eq!(row.get::<Vec<u8>>(6), Ok(vec![0, 255]));
        assert!(matches!(row.get::<i64>(1), Err(DbError::Decode { column: 1, .. })));
    }

    async fn a_unit_that_fails_leaves_no_trace(scene: Scene) {
        let outcome = scene.app.db.write::<(), DbError, _>(|mut tx| {
            tx.execute("insert into server_setting (name, value) values ('a', $1)", params![vec![1u8]])?;
            Err(DbError::Decode { column: 0, sql: "on purpose".into() })
        }).await;
        assert!(outcome.is_err());
        assert_eq!(scene.number("select count(*) from server_setting where name = 'a'").await, 0);
        scene.audited("test.write", 0).await;
    }

    async fn after_a_refused_statement_nothing_more_can_be_done(scene: Scene) {
        let outcome = scene.app.db.write::<(), DbError, _>(|mut tx| {
            for _ in 0..2 {
                // The second error is swallowed, as careless code would.
                let _ = tx.execute("insert into server_setting (name, value) values ('b', $1)", params![vec![1u8]]);
            }
            tx.commit(event(), ())
        }).await;
        assert_eq!(outcome, Err(DbError::Poisoned));
        assert_eq!(scene.number("select count(*) from server_setting where name = 'b'").await, 0);
    }

    async fn constraints_have_one_name_on_both_engines(scene: Scene) {
        async fn refused(scene: &Scene, sql: &'static str) -> DbError {
            scene.app.db.write::<(), DbError, _>(move |mut tx| {
                tx.execute(sql, params![])?;
                tx.commit(event(), ())
            }).await.unwrap_err()
        }
        let owner = scene.person("camille").await;
        scene.workspace(&owner, "atelier", rempart_wire::ManagementMode::LocalAndRemote).await;
        assert_eq!(
            refused(&scene, "insert into workspace (id, name, name_key, mode, created_at) \
                select account.id, '', 'atelier', 'local_only', 0 from account").await,
            DbError::Unique("workspace_name_key_unique".into()),
        );
        assert_eq!(
            refused(&scene, "update workspace set mode = 'none'").await,
            DbError::Constraint("workspace_mode_check".into()),
        );
        assert_eq!(
            refused(&scene, "update member set account = workspace").await,
            DbError::Constraint("foreign_key".into()),
        );
    }

    async fn a_panic_is_one_callers_loss_only(scene: Scene) {
        let lost = scene.app.db.write::<(), DbError, _>(|_| panic!("on purpose")).await;
        assert!(matches!(lost, Err(DbError::Unavailable(_))));
        scene.app.db.write::<_, DbError, _>(|tx| tx.tidy(Housekeeping::Job, ())).await.unwrap();
    }

    async fn many_units_at_once_are_all_kept(scene: Scene) {
        let units = (0..200u32).map(|n| {
            let db = scene.app.db.clone();
            tokio::spawn(async move {
                db.write::<_, DbError, _>(move |mut tx| {
                    tx.execute(
                        "insert into server_setting (name, value) values ($1, $2)",
                        params![format!("unit {n}"), vec![0u8]],
                    )?;
                    tx.commit(event(), ())
                }).await
            })
        });
        for unit in units.collect::<Vec<_>>() {
            unit.await.unwrap().unwrap();
        }
        assert_eq!(scene.number("select count(*) from server_setting where name <> 'server_key_check'").await, 200);
        scene.audited("test.write", 200).await;
    }

    async fn a_lookup_answers_as_a_read_does_also_while_every_connection_is_busy(scene: Scene) {
        let asked = (0..200u64).map(|number| {
            let db = scene.app.db.clone();
            tokio::spawn(async move {
                let sql = "select cast($1 as bigint) + 0";
                let number = i64::try_from(number).unwrap();
                let read = db.read::<_, DbError, _>(move |r| r.count(sql, params![number])).await.unwrap();
                let looked = db.lookup::<_, DbError, _>(move |r| r.count(sql, params![number])).await.unwrap();
                assert_eq!(read, looked);
            })
        });
        for one in asked.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        let wrong = scene.app.db.lookup::<u64, DbError, _>(|r| r.count("select nothing", params![])).await;
        assert!(matches!(wrong, Err(DbError::Statement { .. })), "{wrong:?}");
    }
}
