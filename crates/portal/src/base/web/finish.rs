use super::{
    context::{Cx, Door},
    frame::{Frame, Here},
    problem::{Problem, sentence},
    render,
};
use crate::base::error::{Code, Fault};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

#[derive(Template)]
#[template(path = "base/web/error.html")]
struct ErrorPage {
    frame: Frame,
    sentence: String,
    code: &'static str,
    status: u16,
    request: String,
}

/// Puts a fault into the words of the request's language, as a page or a problem document.
pub(crate) fn finish(cx: &Cx, mut response: Response) -> Response {
    let fault = response
        .extensions_mut()
        .remove::<Fault>()
        .or_else(|| bare(response.status()));
    let Some(fault) = fault else { return response };
    if matches!(fault.code, Code::Internal | Code::Unavailable) {
        tracing::error!(request = %cx.request.id, code = fault.code.as_str(), detail = %fault.detail, "failed");
    } else {
        tracing::debug!(request = %cx.request.id, code = fault.code.as_str(), detail = %fault.detail, "refused");
    }
    let mut worded = match cx.request.door {
        Door::Api => Problem::new(&fault, cx.lang, &cx.request.id).into_response(),
        Door::JsonApi => super::jsonapi::errors(&fault, cx.lang),
        Door::Page => error_page(cx, &fault),
    };
    if fault.code == Code::SignInRequired {
        worded.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"rempart\""),
        );
    }
    let wait = fault
        .facts
        .as_ref()
        .and_then(|facts| facts.get("retry_after")?.as_u64());
    if let Some(wait) = wait.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        worded.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    worded
}

fn error_page(cx: &Cx, fault: &Fault) -> Response {
    let page = ErrorPage {
        frame: Frame::new(cx, Here::Nowhere),
        sentence: sentence(fault, cx.lang),
        code: fault.code.as_str(),
        status: fault.code.status().as_u16(),
        request: cx.request.id.clone(),
    };
    match render(&page) {
        Ok(body) => (fault.code.status(), body).into_response(),
        Err(_) => fault.code.status().into_response(),
    }
}

/// What libraries answer by status alone.
fn bare(status: StatusCode) -> Option<Fault> {
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Code::TimedOut,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        _ => return None,
    };
    Some(code.into())
}

pub(crate) async fn fallback() -> Fault {
    std::future::ready(Code::NotFound.into()).await
}

pub(crate) async fn method_not_allowed() -> Fault {
    std::future::ready(Code::MethodNotAllowed.into()).await
}
