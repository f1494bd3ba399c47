//! A change of a licence is previewed: what it is afterwards, what is paid now and later, what devices will notice. The
//! preview is exactly what is charged if it is accepted within 15 minutes; nothing is changed by asking.

use super::{
    Currency, Desk, Kept, Key, Preview, PreviewView, Quote, QuoteLine, Standing, When, Wish, desk, forget,
    list::List, quote, store,
};
use crate::{
    base::{
        db::Tx,
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems},
    },
    licence::{self, Licence},
    product::{self, ProductCode},
};
use axum::http::StatusCode;
use jiff::SignedDuration;
use rempart_wire::{AccountId, LicenceId};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// How long a preview can be accepted.
pub(super) const VALID: SignedDuration = SignedDuration::from_mins(15);

/// What is wanted.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceChange)]
pub(super) struct Input {
    /// `extend` (with `months`), `key` (with `key` and `into`), `seats` (with `seats` and `when`), `term` (with
    /// `months`), `product` (with `product` and `when`), `renew`, or `keep`: nothing waits for the renewal any more.
    pub change: String,
    /// Calendar months of a term.
    #[serde(default)]
    pub months: Option<u32>,
    /// Seats afterwards.
    #[serde(default)]
    pub seats: Option<u64>,
    /// `now` or `renewal`.
    #[serde(default)]
    pub when: Option<String>,
    /// The code of a product.
    #[serde(default)]
    pub product: Option<String>,
    /// A licence key that was never used.
    #[serde(default)]
    pub key: Option<String>,
    /// Where the key's product or seats differ, what the licence is for afterwards: as at `present`, or as the `key`.
    #[serde(default)]
    pub into: Option<String>,
    /// The currency of the price, ISO 4217. A licence that was paid for keeps its own.
    #[serde(default)]
    pub currency: Option<String>,
}

impl Input {
    fn when(&self) -> Result<When, Fault> {
        match self.when.as_deref() {
            None | Some("now") => Ok(When::Now),
            Some("renewal") => Ok(When::Renewal),
            Some(_) => Err(Fault::new(Code::ChangeUnknown).at("when")),
        }
    }

    fn into(&self) -> Result<Kept, Fault> {
        match self.into.as_deref() {
            None | Some("present") => Ok(Kept::Present),
            Some("key") => Ok(Kept::Key),
            Some(_) => Err(Fault::new(Code::ChangeUnknown).at("into")),
        }
    }

    fn months(&self) -> Result<u32, Fault> {
        self.months.ok_or(Fault::new(Code::MonthsOutOfRange).at("months"))
    }

    /// The wish, and the licence of the key it is about.
    fn wish(&self, tx: &mut Tx<'_>, cx: &Cx, account: AccountId) -> Result<(Wish, Option<Licence>), Fault> {
        let wish = match self.change.as_str() {
            "extend" => Wish::Extend {
                months: self.months()?,
            },
            "term" => Wish::Term {
                months: self.months()?,
            },
            "seats" => Wish::Seats {
                seats: self.seats.ok_or(Fault::new(Code::SeatsOutOfRange).at("seats"))?,
                when: self.when()?,
            },
            "product" => {
                let unknown = || Fault::new(Code::ProductUnknown).at("product");
                let code = ProductCode::parse(self.product.as_deref().unwrap_or_default());
                let found = product::find(tx, &code.map_err(|_| unknown())?)?.ok_or_else(unknown)?;
                Wish::Product {
                    product: found.code.as_str().to_owned(),
                    when: self.when()?,
                }
            }
            "renew" => Wish::Renew,
            "keep" => Wish::Keep,
            "key" => {
                let (text, now) = (self.key.as_deref().unwrap_or_default(), tx.now());
                let found = licence::unused(tx, &cx.app.secrets, (text, account), now)?;
                let key = Key {
                    product: found.product.as_str().to_owned(),
                    seats: found.seats,
                    months: found.period.months,
                };
                let into = self.into()?;
                return Ok((Wish::Key { key, into }, Some(found)));
            }
            _ => return Err(Fault::new(Code::ChangeUnknown).at("change")),
        };
        Ok((wish, None))
    }

    fn currency(&self, present: Option<Currency>, server: Currency) -> Result<Currency, Fault> {
        let Some(text) = self.currency.as_deref().filter(|text| !text.trim().is_empty()) else {
            return Ok(present.unwrap_or(server));
        };
        let wanted = Currency::parse(text).ok_or(Fault::new(Code::CurrencyUnknown).at("currency"))?;
        match present.filter(|present| *present != wanted) {
            Some(present) => Err(Fault::new(Code::CurrencyKept)
                .at("currency")
                .arg("currency", present)
                .facts(json!({ "currency": present.as_str() }))),
            None => Ok(wanted),
        }
    }
}

/// The products a change of a licence reads prices of.
pub(super) fn products<'a>(licence: &'a Licence, wish: &'a Wish) -> Vec<&'a str> {
    let mut codes = vec![licence.product.as_str()];
    codes.extend(licence.next.product.as_deref());
    match wish {
        Wish::Product { product, .. } => codes.push(product),
        Wish::Key { key, .. } => codes.push(&key.product),
        _ => {}
    }
    codes
}

/// What begins must still be sold; what goes on need not.
fn sold(tx: &mut Tx<'_>, licence: &Licence, wish: &Wish) -> Result<(), Fault> {
    let (product, seats) = match wish {
        Wish::Product { product, .. } => (product.as_str(), licence.seats),
        Wish::Seats { seats, .. } => (licence.product.as_str(), *seats),
        _ => return Ok(()),
    };
    let code = ProductCode::parse(product).map_err(|_| Fault::new(Code::ProductUnknown).at("product"))?;
    product::sold(tx, &code, seats, licence.term_months.max(1)).map(drop)
}

pub(super) async fn run(cx: &Cx, licence: LicenceId, input: Input) -> Result<PreviewView, Fault> {
    let (caller, event) = (cx.caller()?, cx.event("billing.preview"));
    let (inner, sales) = (cx.clone(), cx.app.config.sales.clone());
    cx.app
        .db
        .write(move |mut tx| {
            let licence = desk::may(&mut tx, caller, licence)?;
            let (wish, key) = input.wish(&mut tx, &inner, caller.account)?;
            desk::changeable(&licence, &wish)?;
            if let Some(open) = store::order::open(&mut tx, licence.id)? {
                return Err(desk::already(&open));
            }
            sold(&mut tx, &licence, &wish)?;
            let currency = input.currency(desk::currency(&mut tx, &licence)?, sales.currency)?;
            let now = tx.now();
            let list = List::read(&mut tx, products(&licence, &wish), currency, now)?;
            let (position, bill_to) = desk::position(&mut tx, &licence, &list, now)?;
            let used = licence.seats_used;
            let change = desk::ask(
                &Desk {
                    position: &position,
                    used,
                    prices: &list,
                    now,
                },
                &wish,
            )?;
            let more = change.after.seats.saturating_sub(used);
            let tax = quote::tax(change.price_now, sales.tax_rate).ok_or(Code::AmountTooLarge)?;
            let preview = Preview {
                id: tx.id(),
                licence: licence.id,
                account: caller.account,
                created_at: now,
                expires_at: now.saturating_add(VALID).unwrap_or(now),
                revision: licence.revision,
                net: change.price_now,
                quote: Quote {
                    wish,
                    key: key.map(|key| key.id),
                    before: Standing::of(&licence),
                    after: Standing::after(&change),
                    lines: change.lines.iter().map(QuoteLine::from).collect(),
                    credit_used: change.credit_used.amount,
                    credit_given: change.credit_given.amount,
                    brought: change.brought.amount,
                    tax_rate: sales.tax_rate,
                    tax: tax.amount,
                    price_later: change.price_later.map(|price| price.amount),
                    seated: licence::unseated(&mut tx, &licence)?.min(more),
                    paper: None,
                },
            };
            store::preview::insert(&mut tx, &preview)?;
            forget::plan(&mut tx)?;
            let event = desk::about(event, &licence)
                .with(json!({ "change": preview.quote.wish, "net": preview.net.amount }));
            let view = PreviewView::new(&preview, bill_to.unwrap_or_default());
            Ok(tx.commit(event, view)?)
        })
        .await
}

/// Preview a change of a licence. It can be accepted for 15 minutes and is exactly what is charged then; asking changes
/// nothing.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/previews", request_body = Input,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 201, description = "What it comes to.", body = PreviewView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<PreviewView>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, licence, input).await?)))
}
