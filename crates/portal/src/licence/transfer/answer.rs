//! Whoever a licence was offered to accepts or declines; whoever offered it withdraws.

use super::{Effect, Offer, screen, transferable};
use crate::{
    account::Email,
    base::{
        db::Signal,
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems, see_other},
    },
    licence::{LicenceView, history::HANDED_OVER, seat, store},
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::LicenceId;
use serde_json::json;

/// Takes the offer, if it was made to this person and can still be accepted.
pub(super) async fn accept(cx: &Cx, id: LicenceId) -> Result<LicenceView, Fault> {
    let person = cx.person()?;
    let (account, own) = (person.account, Email::parse(&person.email)?);
    let (app, event) = (cx.app.clone(), cx.event(HANDED_OVER));
    cx.app
        .db
        .write(move |mut tx| {
            store::seat::lock(&mut tx, id)?;
            let offer = store::transfer::open(&mut tx, id)?.filter(|offer| offer.email_key == own.key());
            let offer = offer.ok_or(Code::NotFound)?;
            let before = store::find::by_id(&mut tx, id)?.ok_or(Code::NotFound)?;
            if offer.expires_at <= tx.now() || before.owner != Some(offer.by) {
                return Err(Code::TransferOver.into());
            }
            transferable(&before)?;
            let effect = Effect::of(&mut tx, &before, Some(account))?;
            if let (Some(_), Some(workspace)) = (&effect.leaves, before.workspace) {
                seat::vacate(&mut tx, id)?;
                tx.signal(Signal::Settings(workspace));
            }
            let mut more = Vec::new();
            for hears in app.on_hand_over {
                more.extend(hears(&mut tx, &before)?);
            }
            store::transfer::hand_over(&mut tx, id, account)?;
            store::transfer::end(&mut tx, id)?;
            store::transfer::forget_move(&mut tx, id)?;
            let after = store::find::by_id(&mut tx, id)?.ok_or(Code::NotFound)?;
            let event = event.on("licence", id).with(json!({
                "number": after.number,
                "before": { "owner": offer.by_email },
                "after": { "owner": offer.email, "workspace": after.workspace_name },
            }));
            let view = LicenceView::new(&after, tx.now());
            Ok(tx.commit_all(event, more, view)?)
        })
        .await
}

/// Ends an offer: declined by the one side or withdrawn by the other.
pub(super) async fn end(cx: &Cx, id: LicenceId) -> Result<(), Fault> {
    let person = cx.person()?;
    let (account, own) = (person.account, Email::parse(&person.email)?);
    let (declined, withdrawn) = (
        cx.event("licence.transfer_decline"),
        cx.event("licence.transfer_withdraw"),
    );
    cx.app
        .db
        .write(move |mut tx| {
            store::seat::lock(&mut tx, id)?;
            let offer = store::transfer::open(&mut tx, id)?.ok_or(Code::NotFound)?;
            let event = match &offer {
                Offer { by, .. } if *by == account => withdrawn,
                Offer { email_key, .. } if email_key == own.key() => declined,
                _ => return Err(Code::NotFound.into()),
            };
            store::transfer::end(&mut tx, id)?;
            let event = event.on("licence", id);
            Ok(tx.commit(event.with(json!({ "before": { "offered_to": offer.email } })), ())?)
        })
        .await
}

/// Accept a licence that was offered to your address. It is yours then, with the time it has.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/transfer/accept",
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "Yours.", body = LicenceView), Problems))]
pub(super) async fn api_accept(
    cx: Cx,
    Params(licence): Params<LicenceId>,
) -> Result<Json<LicenceView>, Fault> {
    accept(&cx, licence).await.map(Json)
}

/// End the open offer of a licence: decline it, when it was made to you; withdraw it, when it is yours.
#[utoipa::path(delete, path = "/api/v1/licences/{licence}/transfer",
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 204, description = "Over."), Problems))]
pub(super) async fn api_end(cx: Cx, Params(licence): Params<LicenceId>) -> Result<StatusCode, Fault> {
    end(&cx, licence).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page_accept(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    match accept(&cx, licence).await {
        Ok(_) => Ok(see_other(&format!("/licences/{licence}?said=transfer-accepted"))),
        Err(fault) if fault.code == Code::NotFound => Err(fault),
        Err(fault) => screen::refused(&cx, licence, String::new(), fault).await,
    }
}

pub(super) async fn page_end(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    end(&cx, licence).await?;
    Ok(see_other("/licences?said=transfer-ended"))
}
