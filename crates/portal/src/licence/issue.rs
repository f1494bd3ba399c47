//! The operator issues a licence: a record and its key, shown this once. Nobody can show the key again, because it is not
//! kept; a lost one is replaced by issuing another.

use super::{Kind, LicenceView, key, number, period_end, store};
use crate::{
    account::Email,
    base::{
        db::Tx,
        error::{Code, Fault},
        secret::Secrets,
        web::{Cx, Json, Problems},
    },
    product::{self, ProductCode},
};
use axum::http::StatusCode;
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, LicenceKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// More seats than any one licence needs.
const MOST_SEATS: u64 = 1_000_000;
/// Ten years.
const MOST_MONTHS: u32 = 120;
/// Unused keys of a reseller lapse after so many calendar months.
const SHELF_MONTHS: u32 = 12;

/// What is wanted, as typed.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceIssue)]
pub struct Input {
    /// The code of what it is for: `Business`.
    pub product: String,
    /// `subscription` or `one_off`.
    pub kind: String,
    /// Devices it is for: 1 to 1,000,000.
    pub seats: u64,
    /// Calendar months its period lasts, from when it is first attached: those the product is sold for, 36 at most.
    pub months: u32,
    /// Who sells it, when somebody else does.
    #[serde(default)]
    pub reseller_name: Option<String>,
    /// How to reach them.
    #[serde(default)]
    pub reseller_contact: Option<String>,
    /// The e-mail address of the account it belongs to from the start; without it, whoever types the key first.
    #[serde(default)]
    pub owner: Option<String>,
    /// The key must be typed before this moment; 12 months from now when not said, for a key that a reseller sells.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub redeem_by: Option<Timestamp>,
}

/// What is wanted, checked.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What it is for.
    pub product: ProductCode,
    /// Subscription or one-off.
    pub kind: Kind,
    /// Devices it is for.
    pub seats: u64,
    /// Calendar months.
    pub months: u32,
    /// Who sells it.
    pub reseller_name: Option<String>,
    /// How to reach them.
    pub reseller_contact: Option<String>,
    /// Whose it is from the start.
    pub owner: Option<AccountId>,
    /// The key must be typed before this moment.
    pub redeem_by: Option<Timestamp>,
}

impl Input {
    /// Checks everything but what only the database knows: the owner, and whether the product is sold so.
    ///
    /// # Errors
    /// `product_unknown`, `licence_kind_unknown`, `seats_out_of_range`, `months_out_of_range`, `reseller_too_long`.
    pub fn terms(&self, owner: Option<AccountId>) -> Result<Terms, Fault> {
        let product =
            ProductCode::parse(&self.product).map_err(|_| Fault::new(Code::ProductUnknown).at("product"))?;
        let kind = Kind::parse(self.kind.trim())
            .filter(|kind| *kind != Kind::Trial)
            .ok_or(Fault::new(Code::LicenceKindUnknown).at("kind"))?;
        if !(1..=MOST_SEATS).contains(&self.seats) {
            return Err(Fault::new(Code::SeatsOutOfRange).at("seats"));
        }
        if !(1..=MOST_MONTHS).contains(&self.months) {
            return Err(Fault::new(Code::MonthsOutOfRange).at("months"));
        }
        Ok(Terms {
            product,
            kind,
            seats: self.seats,
            months: self.months,
            reseller_name: line(self.reseller_name.as_deref(), "reseller_name")?,
            reseller_contact: line(self.reseller_contact.as_deref(), "reseller_contact")?,
            owner,
            redeem_by: self.redeem_by,
        })
    }
}

/// One line of text, or nothing.
fn line(text: Option<&str>, field: &'static str) -> Result<Option<String>, Fault> {
    let text: String = text
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let text = text.trim();
    if text.chars().count() > 200 {
        return Err(Fault::new(Code::ResellerTooLong).at(field));
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// Issues a licence. The key is in the answer and nowhere else.
///
/// # Errors
/// `product_unknown`, `product_withdrawn`, `seats_not_sold`, `months_not_sold` or `redeem_by_past`.
pub fn issue(tx: &mut Tx<'_>, secrets: &Secrets, terms: &Terms) -> Result<(LicenceId, LicenceKey), Fault> {
    let terms = settled(tx, terms)?;
    let drawn = tx.chance().clone().with(LicenceKey::generate);
    let new = new(secrets, &terms, number::draw(tx)?, &drawn);
    let id = store::write::insert(tx, &new)?;
    Ok((id, drawn))
}

/// Terms as they can be issued: of a product that is sold so, and with the moment an unused key of a reseller lapses.
pub(super) fn settled(tx: &mut Tx<'_>, terms: &Terms) -> Result<Terms, Fault> {
    let product = product::sold(tx, &terms.product, terms.seats, terms.months)?.code;
    let terms = Terms {
        product,
        ..terms.clone()
    };
    shelved(tx.now(), terms)
}

/// Terms with the moment an unused key of a reseller lapses.
pub(super) fn shelved(now: Timestamp, terms: Terms) -> Result<Terms, Fault> {
    if terms.redeem_by.is_some_and(|end| end <= now) {
        return Err(Fault::new(Code::RedeemByPast).at("redeem_by"));
    }
    let on_a_shelf = terms.reseller_name.is_some() && terms.owner.is_none();
    let lapses = on_a_shelf.then(|| period_end(now, SHELF_MONTHS));
    Ok(Terms {
        redeem_by: terms.redeem_by.or(lapses),
        ..terms
    })
}

/// A licence with a key, as it is made.
pub(super) fn new(secrets: &Secrets, terms: &Terms, number: String, key: &LicenceKey) -> store::write::New {
    store::write::New {
        number,
        kind: terms.kind,
        product: terms.product.clone(),
        seats: terms.seats,
        term_months: terms.months,
        key: Some((key::hash(secrets, key), key.clone())),
        reseller_name: terms.reseller_name.clone(),
        reseller_contact: terms.reseller_contact.clone(),
        owner: terms.owner,
        redeem_by: terms.redeem_by,
        trial: None,
        batch: None,
    }
}

/// A licence just issued.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicencesIssued)]
pub struct Issued {
    /// The licence.
    pub licence: LicenceView,
    /// Its key, shown this once.
    pub key: String,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<Issued, Fault> {
    let caller = cx.caller()?;
    let (event, secrets) = (cx.event("licence.issue"), cx.app.secrets.clone());
    cx.app
        .db
        .write(move |mut tx| {
            crate::base::authz::operator(caller)?;
            let issued = issue_to(&mut tx, &secrets, &input)?;
            let event = event.on("licence", issued.licence.id).with(json!({
                "number": issued.licence.number,
                "product": issued.licence.product,
                "seats": issued.licence.seats,
                "months": issued.licence.term_months,
                "owner": input.owner,
            }));
            Ok(tx.commit(event, issued)?)
        })
        .await
}

/// Issues what was typed, to whom was typed.
///
/// # Errors
/// As [`Input::terms`], and `account_unknown`.
pub fn issue_to(tx: &mut Tx<'_>, secrets: &Secrets, input: &Input) -> Result<Issued, Fault> {
    let owner = owner(tx, input)?;
    let (id, key) = issue(tx, secrets, &input.terms(owner)?)?;
    let licence = store::find::by_id(tx, id)?.ok_or(Code::Internal)?;
    Ok(Issued {
        licence: LicenceView::new(&licence, tx.now()),
        key: key.to_string(),
    })
}

/// The account a licence is to belong to from the start.
///
/// # Errors
/// `account_unknown`.
pub(super) fn owner(tx: &mut Tx<'_>, input: &Input) -> Result<Option<AccountId>, Fault> {
    let owner = input
        .owner
        .as_deref()
        .map(str::trim)
        .filter(|email| !email.is_empty());
    let unknown = || Fault::new(Code::AccountUnknown).at("owner");
    match owner {
        None => Ok(None),
        Some(email) => {
            let known = store::find::account(tx, &Email::parse(email).map_err(|_| unknown())?)?;
            known.ok_or_else(unknown).map(Some)
        }
    }
}

/// Issue a licence. Its key is in this answer and can never be shown again.
#[utoipa::path(post, path = "/api/v1/operator/licences", request_body = Input,
    responses((status = 201, description = "Issued.", body = Issued), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<(StatusCode, Json<Issued>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, input).await?)))
}
