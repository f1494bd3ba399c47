use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        authz::Caller,
        error::{Code, Fault},
        lang::Lang,
    },
};
use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
};
use jiff::Timestamp;
use rempart_wire::{AccountId, SessionId};
use std::{net::IpAddr, sync::Arc};

/// Which door a request came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A person's browser.
    Page,
    /// A program.
    Api,
    /// A program that speaks JSON:API and shows a licence key or an API key: the validation API.
    JsonApi,
}

impl Door {
    /// Decided by the address alone.
    #[must_use]
    pub fn of(uri: &Uri) -> Self {
        if uri.path().starts_with("/api/") || uri.path().starts_with("/webhooks/") {
            Self::Api
        } else if uri.path().starts_with("/v1/accounts/") {
            Self::JsonApi
        } else {
            Self::Page
        }
    }
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The session; absent when a bearer key was used.
    pub session: Option<SessionId>,
    /// The address as typed at sign-up.
    pub email: String,
    /// The name shown.
    pub name: String,
    /// Whether it operates this server.
    pub operator: bool,
    /// The language it reads.
    pub lang: Lang,
    /// When it was closed, if it was: all it can do then is to be opened again.
    pub closed_at: Option<Timestamp>,
}

/// The request's own facts.
#[derive(Debug, Clone)]
pub struct RequestInfo {
    /// Names the request in logs, answers and the audit log.
    pub id: String,
    /// Where it came from.
    pub address: IpAddr,
    /// What the browser calls itself; cut to 200 characters.
    pub user_agent: String,
    /// Path and query, for links back.
    pub path: String,
    /// Which door.
    pub door: Door,
}

/// What every verb is given: the application, who asks and in which language.
#[derive(Debug, Clone)]
pub struct Cx {
    /// The application.
    pub app: App,
    /// The language to answer in.
    pub lang: Lang,
    /// Who is signed in, if anybody.
    pub person: Option<Arc<Person>>,
    /// The request.
    pub request: Arc<RequestInfo>,
}

impl Cx {
    /// The signed-in person.
    ///
    /// # Errors
    /// `sign_in_required`.
    pub fn person(&self) -> Result<&Person, Fault> {
        self.person.as_deref().ok_or_else(|| Code::SignInRequired.into())
    }

    /// Whether whoever asks has closed their account.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.person
            .as_ref()
            .is_some_and(|person| person.closed_at.is_some())
    }

    /// The signed-in person, for authorization.
    ///
    /// # Errors
    /// `sign_in_required`.
    pub fn caller(&self) -> Result<Caller, Fault> {
        let person = self.person()?;
        Ok(Caller {
            account: person.account,
            operator: person.operator,
        })
    }

    /// An audit event of whoever asks, with the request's id.
    #[must_use]
    pub fn event(&self, action: &'static str) -> AuditEvent {
        let actor = self
            .person
            .as_ref()
            .map_or(AuditActor::Nobody, |p| AuditActor::Account(p.account));
        AuditEvent::new(actor, action).request(&self.request.id)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Cx {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Fault::new(Code::Internal).because("a route outside the identify layer"))
    }
}
