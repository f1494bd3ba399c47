//! A person closes their account, with its password. They are signed out everywhere and nothing is charged to them any
//! more; others keep what protects them. For seven days the password opens it again; a mail says until when. Whoever owns a
//! workspace where a licence of theirs is attached, or one whose renewals they paid, is told.

use super::{gone_at, mails, preview::Plan, purge, screen};
use crate::{
    account::{self, Checked},
    base::{
        audit::AuditEvent,
        db::Tx,
        error::{Code, Fault},
        mail,
        web::{Cx, Form, Json, Problems, SESSION_COOKIE, expired_cookie, see_other},
    },
    billing::{self, ending::Obligations},
    licence::{self, Fate, Licence},
    workspace::ending,
};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The confirmation.
#[derive(Deserialize, ToSchema)]
#[schema(as = AccountClosureRequest)]
pub(super) struct Input {
    /// The account's password.
    #[serde(default)]
    password: String,
}

/// A closed account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AccountClosed)]
pub(super) struct Closed {
    /// Until when its password opens it again.
    #[schema(value_type = String, format = DateTime)]
    pub erased_at: Timestamp,
}

/// A licence in a workspace of somebody else, which they are told about.
struct Concerned {
    licence: Licence,
    /// Whether it becomes theirs.
    inherited: bool,
    /// Whether it does not renew by itself any more.
    stopped: bool,
}

/// What concerns the owners of workspaces, by workspace.
fn concerned(plan: &Plan, money: &Obligations) -> BTreeMap<WorkspaceId, Concerned> {
    let mut all = BTreeMap::new();
    for one in plan.licences.iter().filter(|one| one.fate == Fate::Stays) {
        if let Some(workspace) = one.licence.workspace {
            let licence = one.licence.clone();
            all.insert(
                workspace,
                Concerned {
                    licence,
                    inherited: true,
                    stopped: false,
                },
            );
        }
    }
    for licence in &money.renewals {
        if let Some(workspace) = licence.workspace {
            let entry = all.entry(workspace).or_insert(Concerned {
                licence: licence.clone(),
                inherited: false,
                stopped: true,
            });
            entry.stopped = true;
        }
    }
    all
}

/// Tells the owners of workspaces what leaves them with a licence that nobody renews.
fn tell(
    tx: &mut Tx<'_>,
    concerned: &BTreeMap<WorkspaceId, Concerned>,
    (whose, name): (AccountId, &str),
    (until, url): (Timestamp, &str),
) -> Result<(), Fault> {
    for (workspace, one) in concerned {
        let owner = ending::primary_owner(tx, *workspace)?.filter(|owner| *owner != whose);
        let Some(owner) = owner else { continue };
        if let Some(to) = account::person(tx, owner)? {
            let link = format!("{url}/workspaces/{workspace}/settings");
            let said = mails::left_behind(
                &to,
                name,
                (&one.licence, one.inherited, one.stopped),
                until,
                &link,
            );
            mail::post(tx, &said)?;
        }
    }
    Ok(())
}

/// The lines in the logs of workspaces whose licence is about to be inherited.
pub(super) fn noted(plan: &Plan, event: impl Fn() -> AuditEvent) -> impl Iterator<Item = AuditEvent> {
    plan.licences.iter().filter_map(move |one| {
        let licence = &one.licence;
        let event = event().in_workspace(licence.workspace?).on("licence", licence.id);
        Some(event.with(json!({ "number": licence.number })))
    })
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<Closed, Fault> {
    let checked = account::check_password(cx, &input.password, "password").await?;
    let (cx, url) = (cx.clone(), cx.app.config.public_url.clone());
    let db = cx.app.db.clone();
    db.write(move |mut tx| {
        close(&mut tx, &cx, &checked, &url)
            .and_then(|(event, more, closed)| Ok(tx.commit_all(event, more, closed)?))
    })
    .await
}

/// Everything a closing does, in one unit.
fn close(
    tx: &mut Tx<'_>,
    cx: &Cx,
    checked: &Checked,
    url: &str,
) -> Result<(AuditEvent, Vec<AuditEvent>, Closed), Fault> {
    let (account, now) = (checked.account(), tx.now());
    account::close(tx, checked)?;
    let plan = Plan::read(tx, account, now)?;
    plan.allowed()?;
    let person = account::person(tx, account)?.ok_or(Code::NotFound)?;
    let (money, mut more) = billing::ending::end(tx, account, |action| cx.event(action))?;
    let offers = licence::withdraw_offers(tx, account)?;
    for offer in &offers {
        let event = cx.event("licence.transfer_withdraw").on("licence", offer.licence);
        more.push(event.with(json!({ "before": { "offered_to": offer.email } })));
    }
    more.extend(noted(&plan, || cx.event("licence.owner_left")));
    let until = gone_at(now);
    tell(
        tx,
        &concerned(&plan, &money),
        (account, &person.name),
        (until, url),
    )?;
    mail::post(tx, &mails::closed(&person, until, url))?;
    let payload = purge::Payload {
        account,
        closed_at: now.as_microsecond(),
    };
    tx.enqueue(purge::JOB, &payload, Some(until))?;
    let numbers = |fate| {
        let of = plan.licences.iter().filter(move |one| one.fate == fate);
        of.map(|one| one.licence.number.as_str()).collect::<Vec<_>>()
    };
    let stopped: Vec<LicenceId> = money.renewals.iter().map(|one| one.id).collect();
    let event = cx.event("account.close").on("account", account).with(json!({
        "licences_stay": numbers(Fate::Stays), "licences_end": numbers(Fate::Ends),
        "renewals_stopped": stopped, "offers_withdrawn": offers.len(), "orders_cancelled": money.orders.len(),
        "erased_at": until,
    }));
    Ok((event, more, Closed { erased_at: until }))
}

/// Close your account, with its password. The key this is asked with is revoked at once. For seven days
/// `POST /api/v1/account-reopenings` opens the account again; then its person is forgotten.
#[utoipa::path(post, path = "/api/v1/account/closure", request_body = Input,
    responses((status = 200, description = "Closed.", body = Closed), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<Json<Closed>, Fault> {
    run(&cx, input).await.map(Json)
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    match run(&cx, input).await {
        Ok(_) => {
            let jar = CookieJar::new().add(expired_cookie(&cx.app, SESSION_COOKIE));
            Ok((jar, see_other("/sign-in?said=account-closed")).into_response())
        }
        Err(fault) if fault.code.status().is_server_error() => Err(fault),
        Err(fault) => screen::again(&cx, &fault).await,
    }
}
