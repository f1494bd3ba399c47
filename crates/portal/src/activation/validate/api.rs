//! A program asks about a licence by its key. The answer says whether it is good and, when it is not, the first thing that
//! is wrong; the order and the codes are those of the door for Keygen's clients, because it is the same rule. Whoever shows
//! a key may ask: nobody has to be signed in. A licence that is attached to nothing is good as well, its period has not
//! begun.

use super::{Scope, look};
use crate::{
    activation::policy::Policy,
    base::{
        db::{DbError, Read},
        error::{Code, Fault},
        web::{Cx, Json, Problems},
    },
    licence::{self, Standing},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked. Without anything but the key, only the licence itself is looked at.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = LicenceValidate)]
pub(in crate::activation) struct Input {
    /// Five groups of five symbols; case, spaces and dashes do not matter.
    key: String,
    /// The machine it must be activated on.
    fingerprint: Option<String>,
    /// The code of the product it must be for.
    product: Option<String>,
    /// Codes of what its product must allow.
    entitlements: Option<Vec<String>>,
}

/// What is said of a licence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceValidation)]
pub(in crate::activation) struct Validation {
    /// Whether it is good.
    valid: bool,
    /// `VALID`, or the first thing that is wrong: `BANNED`, `SUSPENDED`, `EXPIRED`, `PRODUCT_SCOPE_MISMATCH`,
    /// `ENTITLEMENTS_MISSING`, `NO_MACHINE`, `NO_MACHINES`, `FINGERPRINT_SCOPE_MISMATCH`, `HEARTBEAT_NOT_STARTED`,
    /// `HEARTBEAT_DEAD`; `TOO_MANY_MACHINES` is said of a licence that is good.
    code: &'static str,
    /// The same in words.
    detail: String,
    /// When this was so.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The licence.
    licence: Told,
}

/// What whoever shows a key is told of the licence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceTold)]
pub(in crate::activation) struct Told {
    /// Its number, for talking about it.
    number: String,
    /// The code of its product.
    product: String,
    /// How it stands.
    state: &'static str,
    /// Devices and machines it is for.
    seats: u64,
    /// Devices and machines that hold a seat.
    seats_used: u64,
    /// When its period ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
    /// Until when nothing changes although it has expired.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    grace_ends_at: Option<Timestamp>,
}

/// What is needed of a licence's product, and no more: most questions need nothing.
fn policy(r: &mut impl Read, licence: &Standing, scope: &Scope) -> Result<Policy, DbError> {
    if scope.entitlements.is_some() || scope.names_machine() {
        Policy::of(r, &licence.product)
    } else {
        Ok(Policy::default())
    }
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<Validation, Fault> {
    let key = licence::read_key(&input.key)?;
    if input
        .entitlements
        .as_ref()
        .is_some_and(|some| some.len() > super::MOST)
    {
        return Err(Fault::new(Code::InvalidField).at("entitlements"));
    }
    let scope = Scope {
        product: input.product,
        fingerprint: input.fingerprint,
        entitlements: input.entitlements,
        ..Scope::default()
    };
    let (secrets, now) = (cx.app.secrets.clone(), cx.app.clock.now());
    let looked = cx.app.db.lookup(move |r| {
        let found = licence::standing(r, &secrets, &key)?;
        let found = found.ok_or(Fault::new(Code::KeyUnknown).at("key"))?;
        let policy = policy(r, &found, &scope)?;
        let verdict = look(r, (&found, &policy), &scope, now)?;
        Ok::<_, Fault>((found, verdict))
    });
    let (licence, verdict) = looked.await?;
    Ok(Validation {
        valid: verdict.valid(),
        code: verdict.code(),
        detail: cx.lang.t(&verdict.sentence_key()),
        at: now,
        licence: Told {
            state: licence.state(now).as_str(),
            seats: licence.seats,
            seats_used: licence.seats_used,
            expires_at: licence.facts.expires_at,
            grace_ends_at: licence.grace_ends_at(),
            number: licence.number,
            product: licence.product.to_string(),
        },
    })
}

/// Validate a licence by its key. A licence that is not good is an answer like any other; a key that does not check or
/// belongs to no licence is an error.
#[utoipa::path(post, path = "/api/v1/licences/validate", request_body = Input, security(()),
    responses((status = 200, description = "Looked at.", body = Validation), Problems))]
pub(in crate::activation) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<Json<Validation>, Fault> {
    Ok(Json(run(&cx, input).await?))
}
