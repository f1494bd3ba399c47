//! The operator changes what a product is called, what it allows and how it is sold, or withdraws it. Licences that were
//! issued keep their seats and their period; what they may use is what the product says now. Its code never changes.

use super::{
    Entitlement, Product, ProductCode, ProductView,
    list::{known, one},
    store,
};
use crate::base::{
    authz,
    db::Tx,
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use serde::Deserialize;
use serde_json::{Map, Value as JsonValue, json};
use utoipa::ToSchema;

/// More seats than any one licence needs.
const MOST_SEATS: u64 = 1_000_000;
/// Three years.
const MOST_MONTHS: u32 = 36;
const MOST_ENTITLEMENTS: usize = 100;
/// A minute to a week.
const BEAT: std::ops::RangeInclusive<u32> = 60..=7 * 24 * 3600;

/// What is to be different; what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = ProductChange)]
#[serde(default)]
pub struct Input {
    /// `Rempart Business`: 1 to 80 characters.
    pub name: Option<String>,
    /// `Business`: up to 80 characters.
    pub edition: Option<String>,
    /// The fewest seats it is sold with: from 1.
    pub min_seats: Option<u64>,
    /// The most: up to 1,000,000.
    pub max_seats: Option<u64>,
    /// The shortest term, in calendar months: from 1.
    pub min_months: Option<u32>,
    /// The longest: up to 36.
    pub max_months: Option<u32>,
    /// Whether a machine that validates its licence through the API must say that it is still there.
    pub heartbeat_required: Option<bool>,
    /// How long one beat lasts: 60 to 604,800 seconds.
    pub heartbeat_seconds: Option<u32>,
    /// Whether a machine that stopped gives its seat back.
    pub heartbeat_frees_seat: Option<bool>,
    /// All it allows, in place of what it allowed; up to 100.
    pub entitlements: Option<Vec<Entitlement>>,
    /// Whether it is no longer sold. Its licences go on.
    pub withdrawn: Option<bool>,
}

impl Input {
    /// Changes a product, or says what is wrong.
    pub(super) fn apply(self, product: &mut Product) -> Result<(), Fault> {
        if let Some(name) = self.name {
            product.name = line(&name)
                .filter(|name| !name.is_empty())
                .ok_or_else(|| name_fault("name"))?;
        }
        if let Some(edition) = self.edition {
            product.edition = line(&edition).ok_or_else(|| name_fault("edition"))?;
        }
        set(&mut product.min_seats, self.min_seats);
        set(&mut product.max_seats, self.max_seats);
        if product.min_seats < 1 || product.max_seats > MOST_SEATS || product.min_seats > product.max_seats {
            let wrong = if self.max_seats.is_none() {
                "min_seats"
            } else {
                "max_seats"
            };
            return Err(Fault::new(Code::SeatLimitsInvalid).at(wrong));
        }
        set(&mut product.min_months, self.min_months);
        set(&mut product.max_months, self.max_months);
        if product.min_months < 1
            || product.max_months > MOST_MONTHS
            || product.min_months > product.max_months
        {
            let wrong = if self.max_months.is_none() {
                "min_months"
            } else {
                "max_months"
            };
            return Err(Fault::new(Code::TermLimitsInvalid).at(wrong));
        }
        set(&mut product.heartbeat.required, self.heartbeat_required);
        set(&mut product.heartbeat.seconds, self.heartbeat_seconds);
        set(&mut product.heartbeat.frees_seat, self.heartbeat_frees_seat);
        if !BEAT.contains(&product.heartbeat.seconds) {
            return Err(Fault::new(Code::HeartbeatInvalid).at("heartbeat_seconds"));
        }
        if let Some(entitlements) = self.entitlements {
            product.entitlements = entitled(entitlements)?;
        }
        Ok(())
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn name_fault(field: &'static str) -> Fault {
    Fault::new(Code::ProductNameInvalid).at(field)
}

/// One line of up to 80 characters.
fn line(text: &str) -> Option<String> {
    let text = text.trim();
    (text.chars().count() <= 80 && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

fn entitled(mut list: Vec<Entitlement>) -> Result<Vec<Entitlement>, Fault> {
    let wrong = |code: &str| {
        Fault::new(Code::EntitlementInvalid)
            .at("entitlements")
            .arg("code", code)
    };
    if list.len() > MOST_ENTITLEMENTS {
        return Err(wrong(&list[MOST_ENTITLEMENTS].code));
    }
    for one in &mut list {
        let symbol = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        let code = one.code.trim().to_owned();
        let fits = (1..=64).contains(&code.len()) && code.chars().all(symbol);
        let name = line(&one.name).filter(|_| fits).ok_or_else(|| wrong(&code))?;
        one.name = if name.is_empty() { code.clone() } else { name };
        one.code = code;
    }
    list.sort_by(|a, b| a.code.cmp(&b.code));
    match list.windows(2).find(|two| two[0].code == two[1].code) {
        Some(twice) => Err(wrong(&twice[0].code)),
        None => Ok(list),
    }
}

/// Changes a product; gives the fields that differ, before and after.
///
/// # Errors
/// `not_found`, `product_name_invalid`, `seat_limits_invalid`, `term_limits_invalid`, `heartbeat_invalid` or
/// `entitlement_invalid`.
pub fn change(tx: &mut Tx<'_>, code: &ProductCode, input: Input) -> Result<JsonValue, Fault> {
    store::lock(tx, code)?;
    let before = store::find(tx, code)?.ok_or(Code::NotFound)?;
    let mut after = before.clone();
    match input.withdrawn {
        Some(true) => after.withdrawn_at = after.withdrawn_at.or(Some(tx.now())),
        Some(false) => after.withdrawn_at = None,
        None => {}
    }
    input.apply(&mut after)?;
    store::update(tx, &after)?;
    Ok(differences(&before, &after))
}

fn differences(before: &Product, after: &Product) -> JsonValue {
    let fields = |product: &Product| match serde_json::to_value(ProductView::new(product)) {
        Ok(JsonValue::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let names = before.keys().chain(after.keys());
    let differ: Map<_, _> = names
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            let pair = json!({ "before": before.get(name), "after": after.get(name) });
            (name.clone(), pair)
        })
        .collect();
    JsonValue::Object(differ)
}

pub(super) async fn run(cx: &Cx, code: &str, input: Input) -> Result<(), Fault> {
    let (caller, code) = (cx.caller()?, known(code)?);
    let event = cx.event("product.change");
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let changed = change(&mut tx, &code, input)?;
            let event = event.with(json!({ "product": code, "changed": changed }));
            Ok(tx.commit(event, ())?)
        })
        .await
}

/// Change a product: its name, what it allows, how it is sold; or withdraw it, or sell it again. For operators.
#[utoipa::path(patch, path = "/api/v1/operator/products/{product}", request_body = Input,
    params(("product" = String, Path)),
    responses((status = 200, description = "As it is now.", body = ProductView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(product): Params<String>,
    Json(input): Json<Input>,
) -> Result<Json<ProductView>, Fault> {
    run(&cx, &product, input).await?;
    Ok(Json(one(&cx, &product).await?))
}
