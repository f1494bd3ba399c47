//! A person's own account: who they are here, where they are signed in, their key for the API.

use super::{browser, store};
use crate::base::{
    error::{Code, Fault},
    lang::Lang,
    web::{Cx, Frame, Here, Json, Problems, Said, render},
};
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use rempart_wire::AccountId;
use serde::Serialize;
use utoipa::ToSchema;

/// An account as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Profile {
    /// Which.
    #[schema(value_type = String, format = Uuid)]
    id: AccountId,
    /// What one signs in with.
    email: String,
    /// The name shown to others.
    name: String,
    /// `fr` or `en`.
    language: &'static str,
    /// Whether it operates this server.
    operator: bool,
}

pub(super) fn run(cx: &Cx) -> Result<Profile, Fault> {
    let person = cx.person()?;
    Ok(Profile {
        id: person.account,
        email: person.email.clone(),
        name: person.name.clone(),
        language: person.lang.as_str(),
        operator: person.operator,
    })
}

/// The account the key belongs to.
#[utoipa::path(get, path = "/api/v1/account", responses((status = 200, body = Profile), Problems))]
pub(super) async fn api(cx: Cx) -> Result<Json<Profile>, Fault> {
    std::future::ready(run(&cx).map(Json)).await
}

/// One session as the page shows it.
struct SessionLine {
    id: String,
    browser: String,
    address: String,
    seen: String,
    since: String,
    here: bool,
}

/// What the page is made of; `name` is what was typed, when it was refused.
pub(super) struct Shown {
    name: String,
    email: String,
    sessions: Vec<SessionLine>,
    /// When the API key was made and used.
    key: Option<String>,
}

#[derive(Template)]
#[template(path = "account/show.html")]
struct Page<'a> {
    frame: Frame,
    said: Said,
    shown: &'a Shown,
}

impl Shown {
    /// Reads what the page needs.
    pub(super) async fn of(cx: &Cx, typed: Option<String>) -> Result<Self, Fault> {
        let person = cx.person()?;
        let (account, now) = (person.account, cx.app.clock.now());
        let read = cx.app.db.read(move |r| {
            let sessions = store::sessions(r, account, now)?;
            Ok::<_, Fault>((sessions, store::api_key(r, account)?))
        });
        let (sessions, key) = read.await?;
        let sessions = sessions.into_iter().map(|session| SessionLine {
            here: Some(session.id) == person.session,
            id: session.id.to_string(),
            browser: browser::in_words(&session.user_agent, cx.lang),
            address: session.address,
            seen: cx.lang.ago(session.last_seen_at, now),
            since: cx.lang.date_time(session.created_at),
        });
        Ok(Self {
            name: typed.unwrap_or_else(|| person.name.clone()),
            email: person.email.clone(),
            sessions: sessions.collect(),
            key: key.map(|(made, used)| key_line(cx.lang, made, used, now)),
        })
    }

    /// The page with a refused form in it.
    pub(super) fn page(&self, cx: &Cx, fault: &Fault) -> Result<Response, Fault> {
        self.render(cx, Said::from_fault(fault, cx.lang))
    }

    fn render(&self, cx: &Cx, said: Said) -> Result<Response, Fault> {
        let frame = Frame::new(cx, Here::Account);
        render(&Page {
            frame,
            said,
            shown: self,
        })
    }

    /// Whether there are sessions besides this one.
    fn others(&self) -> bool {
        self.sessions.iter().any(|session| !session.here)
    }
}

fn key_line(lang: Lang, made: Timestamp, used: Option<Timestamp>, now: Timestamp) -> String {
    let made = lang.date(made);
    match used {
        Some(used) => lang.t2("api-key-used", ("made", made), ("used", lang.ago(used, now))),
        None => lang.t1("api-key-unused", "made", made),
    }
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    Shown::of(&cx, None).await?.render(&cx, Said::default())
}

/// What is not there, or is somebody else's.
pub(super) fn not_found() -> Fault {
    Code::NotFound.into()
}
