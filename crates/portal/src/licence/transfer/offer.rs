//! The owner offers a licence to an address. A mail goes there; whether it has an account is not told.

use super::{MOST_A_DAY, OFFERED, OPEN_FOR, screen, transferable};
use crate::{
    account::Email,
    base::{
        db::Tx,
        error::{Code, Fault},
        lang::Lang,
        mail::{self, Mail},
        web::{Cx, Form, Json, Params, Problems, see_other},
    },
    licence::{Licence, store},
};
use axum::{http::StatusCode, response::Response};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::LicenceId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// To whom.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceOffer)]
#[serde(default)]
pub(super) struct Input {
    /// The address of whoever is to get it.
    pub email: String,
}

/// An open offer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceOffered)]
pub(super) struct Offered {
    /// The address.
    pub email: String,
    /// Until when it can be accepted.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

fn letter(l: Lang, to: &Email, licence: &Licence, (from, link): (&str, &str), until: Timestamp) -> Mail {
    let args = [
        ("product", licence.product_name.clone()),
        ("from", from.to_owned()),
        ("link", link.to_owned()),
        ("until", l.date_time(until)),
    ];
    Mail {
        to: to.mailbox(),
        subject: l.with_texts("mail-transfer-subject", &args),
        text: l.with_texts("mail-transfer-text", &args),
    }
}

/// Refuses another mail to somebody who may not know the owner, when there were enough of them today.
fn not_too_often(tx: &mut Tx<'_>, licence: LicenceId, l: Lang) -> Result<(), Fault> {
    let now = tx.now();
    let since = now.saturating_sub(DAY).unwrap_or(Timestamp::MIN);
    let offers = store::transfer::offered_since(tx, licence, since)?;
    // The oldest of the last five has to be a day old.
    let Some(oldest) = offers.get(MOST_A_DAY - 1) else {
        return Ok(());
    };
    let again = oldest.saturating_add(DAY).unwrap_or(now);
    let wait = u64::try_from(again.duration_since(now).as_millis()).unwrap_or(0);
    Err(Fault::new(Code::TransferTooOften)
        .at("email")
        .arg("until", l.date_time(again))
        .facts(json!({ "retry_after": wait.div_ceil(1000).max(1) })))
}

pub(super) async fn run(cx: &Cx, id: LicenceId, input: Input) -> Result<Offered, Fault> {
    let person = cx.person()?;
    let (account, from, own) = (person.account, person.email.clone(), Email::parse(&person.email)?);
    let to = Email::parse(&input.email).map_err(|fault| fault.at("email"))?;
    if to.key() == own.key() {
        return Err(Fault::new(Code::TransferToSelf).at("email"));
    }
    let (event, lang) = (cx.event(OFFERED), cx.lang);
    let link = format!("{}/licences/{id}/transfer", cx.app.config.public_url);
    cx.app
        .db
        .write(move |mut tx| {
            store::seat::lock(&mut tx, id)?;
            let found = store::find::by_id(&mut tx, id)?.filter(|found| found.owner == Some(account));
            let licence = found.ok_or(Code::NotFound)?;
            transferable(&licence)?;
            not_too_often(&mut tx, id, lang)?;
            let until = tx.now().saturating_add(OPEN_FOR).unwrap_or(tx.now());
            if !store::transfer::offer(&mut tx, id, account, &to, until)? {
                return Err(Fault::new(Code::TransferOpen).at("email"));
            }
            let lang = store::transfer::language(&mut tx, &to)?.unwrap_or(lang);
            let letter = letter(lang, &to, &licence, (&from, &link), until);
            mail::post(&mut tx, &letter)?;
            let event = event.on("licence", id).with(json!({
                "number": licence.number, "after": { "offered_to": to.as_str() },
            }));
            let offered = Offered {
                email: to.as_str().to_owned(),
                expires_at: until,
            };
            Ok(tx.commit(event, offered)?)
        })
        .await
}

/// Offer one of your licences to an address. Nothing changes before it is accepted there, within seven days.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/transfer", request_body = Input,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 201, description = "Offered.", body = Offered), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<Offered>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, licence, input).await?)))
}

pub(super) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    let typed = input.email.clone();
    match run(&cx, licence, input).await {
        Ok(_) => Ok(see_other(&format!(
            "/licences/{licence}/transfer?said=transfer-offered"
        ))),
        Err(fault) if fault.code == Code::NotFound => Err(fault),
        Err(fault) => screen::refused(&cx, licence, typed, fault).await,
    }
}
