//! What of a licence is told when something about it changes: before and after, in its audit line.

use super::Licence;
use serde_json::{Map, Value as Json, json};

/// What is worth telling. Names stand as they were then.
fn facts(licence: &Licence) -> Map<String, Json> {
    let facts = json!({
        "product": licence.product.as_str(),
        "seats": licence.seats,
        "seats_used": licence.seats_used,
        "term_months": licence.term_months,
        "auto_renew": licence.auto_renew,
        "next_seats": licence.next.seats,
        "next_term_months": licence.next.term_months,
        "next_product": licence.next.product,
        "expires_at": licence.expires_at,
        "low_seats": licence.low_seats,
        "workspace": licence.workspace_name,
        "suspended": licence.facts.suspended,
        "revoked": licence.facts.revoked,
    });
    match facts {
        Json::Object(facts) => facts,
        _ => Map::new(),
    }
}

/// `detail` with `before` and `after`: what differs between the two, each as it was and as it is.
#[must_use]
pub fn told(detail: Json, before: &Licence, after: &Licence) -> Json {
    let (mut was, mut is) = (facts(before), facts(after));
    was.retain(|name, value| is.get(name) != Some(value));
    is.retain(|name, _| was.contains_key(name));
    let Json::Object(mut detail) = detail else {
        return json!({ "before": was, "after": is });
    };
    detail.insert("before".into(), Json::Object(was));
    detail.insert("after".into(), Json::Object(is));
    Json::Object(detail)
}
