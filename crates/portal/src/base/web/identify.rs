use super::context::{Cx, Door, Person, RequestInfo};
use crate::{
    app::App,
    base::{
        authn,
        error::{Code, Fault},
        lang::Lang,
    },
};
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use uuid::Uuid;

/// A request that is not answered by then is answered for its handler.
const LONGEST: Duration = Duration::from_secs(30);

/// Holds the session's token.
pub const SESSION_COOKIE: &str = "rempart_session";
/// Holds a visitor's choice of language.
pub const LANGUAGE_COOKIE: &str = "rempart_language";

/// Makes the [`Cx`] of a request: who, from where, in which language.
pub(crate) async fn identify(app: App, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let door = Door::of(request.uri());
    let jar = CookieJar::from_headers(headers);
    let person = match lookup(&app, door, headers, &jar).await {
        Ok(person) => person.map(Arc::new),
        Err(fault) => {
            tracing::error!(detail = %fault.detail, "nobody can be identified");
            return fault.into_response();
        }
    };
    let lang = person
        .as_ref()
        .map_or_else(|| visitor_language(headers, &jar), |person| person.lang);
    let info = RequestInfo {
        id: app.chance.id::<Uuid>(app.clock.now()).simple().to_string(),
        address: address(&app, &request),
        user_agent: text(headers, header::USER_AGENT).chars().take(200).collect(),
        path: request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned(),
        door,
    };
    let id = HeaderValue::from_str(&info.id);
    let cx = Cx {
        app,
        lang,
        person,
        request: Arc::new(info),
    };
    request.extensions_mut().insert(cx.clone());
    let answer = within(LONGEST, next.run(request)).await;
    let mut response = super::finish(&cx, answer);
    if let Ok(id) = id {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// What the handler answers, or that it took too long. It is asked first: a timer is set, which wakes a thread, only
/// where it has to wait for something.
async fn within(longest: Duration, answer: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(longest, answer).await {
        Ok(answer) => answer,
        Err(_) => Fault::from(Code::TimedOut).into_response(),
    }
}

async fn lookup(
    app: &App,
    door: Door,
    headers: &HeaderMap,
    jar: &CookieJar,
) -> Result<Option<Person>, Fault> {
    match door {
        Door::Page => match jar.get(SESSION_COOKIE) {
            Some(cookie) => authn::by_session(app, cookie.value()).await,
            None => Ok(None),
        },
        Door::Api | Door::JsonApi => match text(headers, header::AUTHORIZATION).strip_prefix("Bearer ") {
            Some(key) => authn::by_api_key(app, key.trim()).await,
            None => Ok(None),
        },
    }
}

fn visitor_language(headers: &HeaderMap, jar: &CookieJar) -> Lang {
    jar.get(LANGUAGE_COOKIE)
        .and_then(|cookie| Lang::parse(cookie.value()))
        .unwrap_or_else(|| Lang::accepted(text(headers, header::ACCEPT_LANGUAGE)))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The peer's address; the last address a trusted proxy wrote, when the configuration says there is one.
fn address(app: &App, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if !app.config.behind_proxy {
        return peer;
    }
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    forwarded
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
        .unwrap_or(peer)
}

/// The cookie of a new session.
#[must_use]
pub fn session_cookie(app: &App, token: String) -> Cookie<'static> {
    cookie(app, SESSION_COOKIE, token)
}

/// The cookie of a visitor's language.
#[must_use]
pub fn language_cookie(app: &App, lang: Lang) -> Cookie<'static> {
    cookie(app, LANGUAGE_COOKIE, lang.as_str().to_owned())
}

/// Makes a browser forget a cookie.
#[must_use]
pub fn expired_cookie(app: &App, name: &'static str) -> Cookie<'static> {
    let mut cookie = cookie(app, name, String::new());
    cookie.make_removal();
    cookie
}

fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(app.config.secure());
    cookie.make_permanent();
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_handler_that_takes_too_long_is_answered_for() {
        let never = within(Duration::ZERO, std::future::pending()).await;
        assert_eq!(never.status(), 504);
        let at_once = within(Duration::ZERO, async { "here".into_response() }).await;
        assert_eq!(at_once.status(), 200);
    }
}
