//! Scenes: a portal in memory with people in it, on both databases.
//!
//! `scenes! { async fn name(scene: Scene) { … } }` makes two tests of each, `name::sqlite` and `name::postgres`. The
//! second runs when `REMPART_TEST_POSTGRES` holds a URL and leaves a line in the file `REMPART_TEST_PROOF`, which
//! `cargo xtask test` counts.

#![allow(
    dead_code,
    reason = "a vocabulary for scenes: not every word is used at every moment"
)]

use super::{
    authn,
    authz::{Caller, Role},
    clock::{Chance, Clock},
    config::{Config, Options},
    db::{Db, DbError, Read},
    mail::{Mail, Mailer},
    secret::Secrets,
};
use crate::{
    app::{self, App, Parts},
    base::audit::{AuditActor, AuditEvent},
    params, sql,
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, header},
};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{AccountId, ApiKeyId, ManagementMode, SessionId, WorkspaceId};
use serde_json::Value as Json;
use std::{
    collections::BTreeMap,
    env,
    io::Write as _,
    sync::{Arc, Mutex},
};
use tower::ServiceExt;

macro_rules! scenes {
    ($($(#[$attribute:meta])* async fn $name:ident($scene:ident: Scene) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::wildcard_imports, reason = "a scene sees what its test module sees")]
            use super::*;
            async fn play($scene: $crate::base::testing::Scene) $body
            $(#[$attribute])*
            #[tokio::test]
            async fn sqlite() { play($crate::base::testing::Scene::sqlite().await).await }
            $(#[$attribute])*
            #[tokio::test]
            async fn postgres() {
                if let Some(scene) = $crate::base::testing::Scene::postgres(concat!(module_path!())).await {
                    play(scene).await;
                }
            }
        }
    )*};
}
pub(crate) use scenes;

/// When every scene begins.
const BEGIN: &str = "2027-03-01T09:00:00Z";

/// A portal in memory.
pub(crate) struct Scene {
    pub app: App,
    pub router: Router,
    mails: Arc<Mutex<Vec<Mail>>>,
    folder: tempfile::TempDir,
}

impl Scene {
    pub(crate) async fn sqlite() -> Self {
        Self::start(|folder, clock, chance| Db::sqlite(&folder.join("test.db"), clock, chance)).await
    }

    /// `None` when no PostgreSQL was given.
    pub(crate) async fn postgres(name: &str) -> Option<Self> {
        let Ok(url) = env::var("REMPART_TEST_POSTGRES") else {
            eprintln!("NOT RUN on PostgreSQL: REMPART_TEST_POSTGRES is not set");
            return None;
        };
        if let Ok(proof) = env::var("REMPART_TEST_PROOF") {
            let mut file = std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(proof)
                .unwrap();
            writeln!(file, "{name}").unwrap();
        }
        let scene = Self::start(move |_, clock, _| {
            // A schema of its own for each scene, so that scenes never meet.
            let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("PostgreSQL answers");
            let schema = format!(
                "scene_{}",
                Chance::from_system().id::<uuid::Uuid>(clock.now()).simple()
            );
            client.batch_execute(&format!("create schema {schema}")).unwrap();
            let joined = if url.contains('?') { '&' } else { '?' };
            let url = format!("{url}{joined}options=-csearch_path%3D{schema}");
            Db::postgres(&url, 4, clock, Chance::seeded(7))
        });
        Some(scene.await)
    }

    async fn start(
        open: impl FnOnce(&std::path::Path, Clock, Chance) -> Result<Db, DbError> + Send + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::set_to(BEGIN.parse().unwrap());
        let chance = Chance::seeded(7);
        let (path, c, r) = (folder.path().to_owned(), clock.clone(), chance.clone());
        let db = tokio::task::spawn_blocking(move || open(&path, c, r))
            .await
            .unwrap()
            .expect("the database opens");
        let options = Options {
            data: Some(folder.path().into()),
            ..Options::default()
        };
        let config: Config = options.decide(Options::default()).unwrap();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let secrets = Secrets::open(folder.path(), &db, &chance).await.unwrap();
        let app = App::new(Parts {
            config,
            db,
            clock,
            chance,
            secrets,
            mailer: Mailer::Kept(Arc::clone(&mails)),
        });
        app::prepare(&app).await.unwrap();
        Self {
            router: app::service(&app),
            app,
            mails,
            folder,
        }
    }

    /// The same portal, configured otherwise, just started.
    pub(crate) async fn with_config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.app.config.clone();
        change(&mut config);
        self.app = App::new(Parts {
            config,
            db: self.app.db.clone(),
            clock: self.app.clock.clone(),
            chance: self.app.chance.clone(),
            secrets: self.app.secrets.clone(),
            mailer: self.app.mailer.clone(),
        });
        app::prepare(&self.app).await.unwrap();
        self.router = app::service(&self.app);
        self
    }

    /// The same portal, with other slices to take what devices tell.
    pub(crate) fn with_inbox(mut self, inbox: crate::device::Inbox) -> Self {
        let parts = Parts {
            config: self.app.config.clone(),
            db: self.app.db.clone(),
            clock: self.app.clock.clone(),
            chance: self.app.chance.clone(),
            secrets: self.app.secrets.clone(),
            mailer: self.app.mailer.clone(),
        };
        self.app = App::with_inbox(parts, inbox);
        self.router = app::service(&self.app);
        self
    }

    /// The scene's data folder.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Lets time pass; jobs that come due are run by [`Scene::work`].
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.app.clock.advance(time);
    }

    /// Runs every job that is due.
    pub(crate) async fn work(&self) {
        self.app.jobs.run_due(&self.app).await.unwrap();
    }

    /// Runs due jobs and takes the mails sent so far.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        self.work().await;
        std::mem::take(&mut self.mails.lock().unwrap())
    }

    /// A visitor who is not signed in and reads French.
    pub(crate) fn visitor(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: Mutex::default(),
            account: AccountId(uuid::Uuid::nil()),
            accept_language: "fr".into(),
        }
    }

    /// A person `NAME@example.org`, signed in, reading French. No password: for those, sign up through the pages.
    pub(crate) async fn person(&self, name: &str) -> Browser {
        self.person_as(name, false).await
    }

    /// An operator of the server, signed in.
    pub(crate) async fn operator(&self) -> Browser {
        self.person_as("operator", true).await
    }

    async fn person_as(&self, name: &str, operator: bool) -> Browser {
        let (email, name) = (format!("{name}@example.org"), name.to_owned());
        let token = format!("session of {name}");
        let hash = authn::token_hash(&token);
        let account = self
            .app
            .db
            .write::<_, DbError, _>(move |mut tx| {
                let (id, now): (AccountId, _) = (tx.id(), tx.now());
                tx.execute(
                    "insert into account (id, email, email_key, name, password_hash, language, operator, \
                     confirmed_at, created_at) values ($1, $2, $3, $4, '', 'fr', $5, $6, $7)",
                    params![id, &email, &email, name, operator, now, now],
                )?;
                let expires = now.saturating_add(SignedDuration::from_hours(24 * 365)).unwrap();
                tx.execute(
                    "insert into account_session (id, account, token_hash, created_at, last_seen_at, expires_at, \
                     user_agent, address) values ($1, $2, $3, $4, $5, $6, 'test', '127.0.0.1')",
                    params![tx.id::<SessionId>(), id, hash, now, now, expires],
                )?;
                tx.commit(AuditEvent::new(AuditActor::Server, "test.person"), id)
            })
            .await
            .unwrap();
        let browser = Browser {
            account,
            ..self.visitor()
        };
        browser
            .cookies
            .lock()
            .unwrap()
            .insert(super::web::SESSION_COOKIE.into(), token);
        browser
    }

    /// An API key of a person.
    pub(crate) async fn api_key(&self, person: &Browser) -> String {
        let (account, key) = (person.account, format!("key of {}", person.account));
        let hash = authn::token_hash(&key);
        self.app
            .db
            .write::<_, DbError, _>(move |mut tx| {
                let now = tx.now();
                tx.execute("delete from api_key where account = $1", params![account])?;
                tx.execute(
                    "insert into api_key (id, account, token_hash, created_at) values ($1, $2, $3, $4)",
                    params![tx.id::<ApiKeyId>(), account, hash, now],
                )?;
                tx.commit(AuditEvent::new(AuditActor::Server, "test.api_key"), ())
            })
            .await
            .unwrap();
        key
    }

    /// A workspace straight into the database, owned by `owner`.
    pub(crate) async fn workspace(&self, owner: &Browser, name: &str, mode: ManagementMode) -> WorkspaceId {
        let (name, key) = (name.to_owned(), name.to_lowercase());
        let id = self
            .app
            .db
            .write::<_, DbError, _>(move |mut tx| {
                let (id, now): (WorkspaceId, _) = (tx.id(), tx.now());
                tx.execute(
                    "insert into workspace (id, name, name_key, mode, created_at) values ($1, $2, $3, $4, $5)",
                    params![id, name, key, mode, now],
                )?;
                tx.commit(AuditEvent::new(AuditActor::Server, "test.workspace"), id)
            })
            .await
            .unwrap();
        self.member(id, owner, Role::PrimaryOwner).await;
        id
    }

    /// Makes `person` a member.
    pub(crate) async fn member(&self, workspace: WorkspaceId, person: &Browser, role: Role) {
        let account = person.account;
        self.app
            .db
            .write::<_, DbError, _>(move |mut tx| {
                let now = tx.now();
                tx.execute(
                    "insert into member (workspace, account, role, since) values ($1, $2, $3, $4)",
                    params![workspace, account, role.as_str(), now],
                )?;
                tx.commit(AuditEvent::new(AuditActor::Server, "test.member"), ())
            })
            .await
            .unwrap();
    }

    /// A program with an API key.
    pub(crate) fn api(&self, key: &str) -> Program {
        Program {
            router: self.router.clone(),
            key: key.to_owned(),
        }
    }

    /// Runs SQL that answers one number.
    pub(crate) async fn number(&self, sql: &'static str) -> u64 {
        self.app
            .db
            .read::<_, DbError, _>(move |r| r.count(sql, params![]))
            .await
            .unwrap()
    }

    /// Asserts how many audit lines of an action there are.
    pub(crate) async fn audited(&self, action: &'static str, times: u64) {
        let count = self
            .app
            .db
            .read::<_, DbError, _>(move |r| {
                r.count(
                    sql!("select count(*) from audit_event where action = $1"),
                    params![action],
                )
            })
            .await
            .unwrap();
        assert_eq!(count, times, "audit lines of {action}");
    }
}

/// Somebody's browser.
pub(crate) struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    pub account: AccountId,
    pub accept_language: String,
}

impl Browser {
    /// For calling verbs' rules directly.
    pub(crate) fn caller(&self) -> Caller {
        Caller {
            account: self.account,
            operator: false,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), None).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        self.send(
            Method::POST,
            path,
            body.join("&").into(),
            Some("application/x-www-form-urlencoded"),
        )
        .await
    }

    /// The same person in a second window.
    pub(crate) fn again(&self) -> Self {
        Self {
            router: self.router.clone(),
            cookies: Mutex::new(self.cookies.lock().unwrap().clone()),
            account: self.account,
            accept_language: self.accept_language.clone(),
        }
    }

    /// What the browser sends as `Cookie`.
    pub(crate) fn cookie_header(&self) -> String {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        cookies.join("; ")
    }

    async fn send(&self, method: Method, path: &str, body: Body, content_type: Option<&str>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, self.cookie_header())
            .header(header::ACCEPT_LANGUAGE, &self.accept_language)
            .header("sec-fetch-site", "same-origin");
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let answer = Answer::to(&self.router, request.body(body).unwrap()).await;
        let mut jar = self.cookies.lock().unwrap();
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let cookie =
                axum_extra::extract::cookie::Cookie::parse(set.to_str().unwrap().to_owned()).unwrap();
            if cookie.value().is_empty() {
                jar.remove(cookie.name());
            } else {
                jar.insert(cookie.name().into(), cookie.value().into());
            }
        }
        answer
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// A program that uses the API.
pub(crate) struct Program {
    router: Router,
    key: String,
}

impl Program {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }
    pub(crate) async fn post(&self, path: &str, body: Json) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }
    pub(crate) async fn put(&self, path: &str, body: Json) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }
    pub(crate) async fn patch(&self, path: &str, body: Json) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<Json>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
        Answer::to(&self.router, request.body(body).unwrap()).await
    }
}

/// What came back.
pub(crate) struct Answer {
    pub code: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub(crate) async fn to(router: &Router, request: Request<Body>) -> Self {
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Self {
            code: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    #[track_caller]
    pub(crate) fn status(self, wanted: u16) -> Self {
        assert_eq!(self.code, wanted, "{}", self.body);
        self
    }

    /// A form led to `path`.
    #[track_caller]
    pub(crate) fn leads_to(self, path: &str) -> Self {
        assert_eq!((self.code, self.location()), (303, path), "{}", self.body);
        self
    }

    pub(crate) fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |to| to.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// A problem document with this status and code.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        let problem = self.json();
        assert_eq!(
            (self.code, problem["code"].as_str()),
            (status, Some(code)),
            "{problem}"
        );
        self
    }

    /// The problem names this field.
    #[track_caller]
    pub(crate) fn about(self, target: &str) -> Self {
        assert_eq!(self.json()["target"], target);
        self
    }

    /// The page shows these words.
    #[track_caller]
    pub(crate) fn shows(self, words: &str) -> Self {
        let text = self
            .body
            .replace("&#39;", "'")
            .replace("&amp;", "&")
            .replace("&quot;", "\"");
        assert!(
            text.contains(words),
            "{words:?} is not on the page:\n{}",
            self.body
        );
        self
    }
}
