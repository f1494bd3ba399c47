//! What the pages before the gate share: signing up, signing in, links from mails.

use super::limit::{self, Rule};
use crate::base::{error::Fault, web::Cx};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// A form shown again, with what is wrong. What broke on our side is no form's matter and becomes its own page.
///
/// # Errors
/// The fault itself, when it is ours.
pub(super) fn again(
    fault: Fault,
    page: impl FnOnce(&Fault) -> Result<Response, Fault>,
) -> Result<Response, Fault> {
    if fault.code.status().is_server_error() {
        return Err(fault);
    }
    let mut response = page(&fault)?;
    *response.status_mut() = fault.code.status();
    let wait = fault
        .facts
        .as_ref()
        .and_then(|facts| facts.get("retry_after")?.as_u64());
    if let Some(wait) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    Ok(response)
}

/// Counts a try of a password, from this address and for this account.
pub(super) fn take_password_try(cx: &Cx, email_key: &str) -> Result<(), Fault> {
    let (limits, now) = (&cx.app.accounts.limits, cx.app.clock.now());
    limits
        .take(
            Rule::PasswordFromAddress,
            &limit::neighbourhood(cx.request.address),
            now,
        )
        .and_then(|()| limits.take(Rule::PasswordOfAccount, email_key, now))
        .map_err(|wait| limit::too_many(wait, cx.lang))
}

/// Counts a mail asked for, from this address and to this mailbox, whether it is anybody's or not.
pub(super) fn take_mail(cx: &Cx, email_key: &str) -> Result<(), Fault> {
    let (limits, now) = (&cx.app.accounts.limits, cx.app.clock.now());
    limits
        .take(
            Rule::MailFromAddress,
            &limit::neighbourhood(cx.request.address),
            now,
        )
        .and_then(|()| limits.take(Rule::MailToMailbox, email_key, now))
        .map_err(|wait| limit::too_many(wait, cx.lang))
}
