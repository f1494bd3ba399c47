//! Whether a licence is good, here and for what was asked to fit. The first thing that is wrong is the answer, in the one
//! order there is; a refused validation is an answer like any other, not an error. With a key in the body nothing needs to
//! be shown; by the licence's id, its key or an API key.

pub(super) mod api;
mod verdict;

use super::{
    asker::{Asker, Reach},
    policy::Policy,
    store,
};
use crate::{
    base::{
        db::{DbError, Read},
        error::{Code, Fault},
        web::{Cx, JsonApi, Lenient, Params, sentence},
    },
    issuer::{Machine, licence_object},
    licence::{self, Standing},
};
use rempart_wire::{LicenceId, LicenceKey, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use verdict::{Facts, Verdict, decide};

/// More fingerprints than a program has.
const MOST: usize = 100;

/// What must fit. What is absent is not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
struct Scope {
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    machine: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprints: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entitlements: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
}

impl Scope {
    /// Whether a machine was asked for.
    const fn names_machine(&self) -> bool {
        self.machine.is_some() || self.fingerprint.is_some() || self.fingerprints.is_some()
    }

    /// All fingerprints that were given, or none at all.
    fn fingerprints(&self) -> Option<Vec<&str>> {
        match (&self.fingerprint, &self.fingerprints) {
            (None, None) => None,
            (one, many) => {
                let many = many.iter().flatten().map(String::as_str);
                let all = one.as_deref().into_iter().chain(many);
                Some(all.filter(|one| !one.trim().is_empty()).collect())
            }
        }
    }
}

/// The body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Input {
    meta: Meta,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Meta {
    key: Option<String>,
    scope: Scope,
    nonce: Option<i64>,
}

impl Meta {
    fn checked(self) -> Result<Self, Fault> {
        let many = [&self.scope.fingerprints, &self.scope.entitlements];
        if many.into_iter().flatten().any(|list| list.len() > MOST) {
            return Err(Fault::new(Code::InvalidField).at("/meta/scope"));
        }
        Ok(self)
    }
}

/// The machines of the licence that fit, as far as any were asked for.
fn machines(
    r: &mut impl Read,
    (licence, every): (LicenceId, Option<u64>),
    scope: &Scope,
) -> Result<Vec<Machine>, DbError> {
    let mut found = Vec::new();
    for fingerprint in scope.fingerprints().unwrap_or_default() {
        found.extend(store::by_fingerprint(r, licence, fingerprint, every)?);
    }
    if let Some(id) = scope.machine.as_ref().and_then(|id| id.parse().ok()) {
        found.extend(store::by_id(r, licence, id, every)?);
    }
    Ok(found)
}

/// Looks a licence over.
fn look(
    r: &mut impl Read,
    (licence, policy): (&Standing, &Policy),
    scope: &Scope,
    now: jiff::Timestamp,
) -> Result<Verdict, DbError> {
    let facts = Facts {
        state: licence.state(now),
        seats: licence.seats,
        seats_used: licence.seats_used,
        product: licence.product.as_str(),
        policy,
        machines: machines(r, (licence.id, policy.heartbeat), scope)?,
        any_machine: scope.names_machine() && store::any(r, licence.id)?,
    };
    Ok(decide(&facts, scope, now))
}

/// The answer. `detail` replaces the verdict's own sentence when there is something better to say.
fn answer(
    cx: &Cx,
    verdict: Verdict,
    meta: &Meta,
    (reach, detail): (Option<&Reach>, Option<String>),
) -> JsonApi {
    let now = cx.app.clock.now();
    let mut said = json!({
        "ts": now,
        "valid": verdict.valid(),
        "detail": detail.unwrap_or_else(|| cx.lang.t(&verdict.sentence_key())),
        "code": verdict.code(),
        "scope": meta.scope,
    });
    if let Some(nonce) = meta.nonce {
        said["nonce"] = json!(nonce);
    }
    let data = reach.map_or(Value::Null, |reach| {
        licence_object(&reach.licence, &reach.key_text(), now)
    });
    JsonApi(json!({ "meta": said, "data": data }))
}

pub(super) async fn by_key(
    cx: Cx,
    Params(account): Params<WorkspaceId>,
    Lenient(input): Lenient<Input>,
) -> Result<JsonApi, Fault> {
    let meta = input.meta.checked()?;
    let typed = meta.key.as_deref().unwrap_or_default();
    if typed.trim().is_empty() {
        return Err(Fault::new(Code::InvalidField).at("/meta/key"));
    }
    let key: LicenceKey = match licence::read_key(typed) {
        Ok(key) => key,
        // A key with a wrong letter is said to be one.
        Err(fault) => {
            let detail = Some(sentence(&fault, cx.lang));
            return Ok(answer(&cx, Verdict::NotFound, &meta, (None, detail)));
        }
    };
    let (secrets, now, scope) = (cx.app.secrets.clone(), cx.app.clock.now(), meta.scope.clone());
    let found = cx.app.db.read(move |r| {
        let reach = match Asker::Key(key).reach(r, &secrets, account) {
            Err(fault) if fault.code == Code::KeyUnknown => return Ok(None),
            reach => reach?,
        };
        let verdict = look(r, (&(&reach.licence).into(), &reach.policy), &scope, now)?;
        Ok::<_, Fault>(Some((reach, verdict)))
    });
    Ok(match found.await? {
        Some((reach, verdict)) => answer(&cx, verdict, &meta, (Some(&reach), None)),
        None => answer(&cx, Verdict::NotFound, &meta, (None, None)),
    })
}

async fn by_id(
    cx: Cx,
    asker: Asker,
    (account, id): (WorkspaceId, String),
    meta: Meta,
) -> Result<JsonApi, Fault> {
    let meta = meta.checked()?;
    let (secrets, now, scope) = (cx.app.secrets.clone(), cx.app.clock.now(), meta.scope.clone());
    let found = cx.app.db.read(move |r| {
        let reach = asker.reach_licence(r, &secrets, (account, &id))?;
        let verdict = look(r, (&(&reach.licence).into(), &reach.policy), &scope, now)?;
        Ok::<_, Fault>((reach, verdict))
    });
    let (reach, verdict) = found.await?;
    Ok(answer(&cx, verdict, &meta, (Some(&reach), None)))
}

pub(super) async fn plain(
    cx: Cx,
    asker: Asker,
    Params(which): Params<(WorkspaceId, String)>,
) -> Result<JsonApi, Fault> {
    by_id(cx, asker, which, Meta::default()).await
}

pub(super) async fn scoped(
    cx: Cx,
    asker: Asker,
    Params(which): Params<(WorkspaceId, String)>,
    Lenient(input): Lenient<Input>,
) -> Result<JsonApi, Fault> {
    by_id(cx, asker, which, input.meta).await
}
