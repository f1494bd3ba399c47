//! A program takes the licence, or the licence of one machine, out as a file, to prove it where there is no network. Plain
//! or encrypted, good for an hour to 365 days; only who shows the licence key can have it encrypted, for that is what it is
//! encrypted with.

use super::{
    asker::{Asker, Reach},
    machine,
};
use crate::{
    base::{
        error::{Code, Fault},
        web::{Cx, JsonApi, Lenient, Params, Query},
    },
    issuer::{self, Ask, Machine, Written},
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use rempart_wire::{
    WorkspaceId,
    licence_file::{LONGEST_TTL, SHORTEST_TTL},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is taken when nothing is said: 30 days.
const USUAL_TTL: i64 = 30 * 86_400;
const PLAIN: &str = "base64+ed25519";
const ENCRYPTED: &str = "aes-256-gcm+ed25519";

/// What stands after the `?`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    encrypt: Option<String>,
    algorithm: Option<String>,
    ttl: Option<String>,
    include: Option<String>,
}

/// The same in a body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Input {
    meta: Meta,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Meta {
    encrypt: Option<bool>,
    algorithm: Option<String>,
    ttl: Option<i64>,
    include: Option<Vec<String>>,
}

/// What is wanted, read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wish {
    encrypted: bool,
    ttl: i64,
    include: Vec<String>,
}

impl Parameters {
    /// Together with what the body says; what stands after the `?` counts first.
    fn wish(self, body: Input) -> Result<Wish, Fault> {
        let meta = body.meta;
        let encrypt = match self.encrypt.as_deref() {
            Some("1" | "true") => Some(true),
            Some("0" | "false") => Some(false),
            Some(_) => return Err(Fault::new(Code::InvalidField).at("encrypt")),
            None => meta.encrypt,
        };
        let algorithm = self.algorithm.or(meta.algorithm);
        let encrypted = match (algorithm.as_deref(), encrypt) {
            (None, encrypt) => encrypt.unwrap_or(false),
            (Some(PLAIN), None | Some(false)) => false,
            (Some(ENCRYPTED), None | Some(true)) => true,
            (Some(_), _) => return Err(Fault::new(Code::CheckoutAlgorithmInvalid).at("algorithm")),
        };
        let wrong = || Fault::new(Code::CheckoutTtlInvalid).at("ttl");
        let ttl = match self.ttl {
            Some(ttl) => ttl.trim().parse().map_err(|_| wrong())?,
            None => meta.ttl.unwrap_or(USUAL_TTL),
        };
        if !(SHORTEST_TTL..=LONGEST_TTL).contains(&ttl) {
            return Err(wrong());
        }
        let named = self
            .include
            .map(|names| names.split(',').map(str::to_owned).collect());
        let include: Vec<String> = named.or(meta.include).unwrap_or_default();
        Ok(Wish {
            encrypted,
            ttl,
            include: include.into_iter().filter(|name| !name.is_empty()).collect(),
        })
    }
}

/// What of others is carried along. A machine's file carries its licence in any case.
fn included(reach: &Reach, wish: &Wish, machine: bool) -> Result<Vec<Value>, Fault> {
    let mut objects = Vec::new();
    for name in &wish.include {
        match name.strip_prefix("license.").filter(|_| machine).unwrap_or(name) {
            "license" if machine => {}
            "entitlements" => objects.extend(issuer::entitlement_objects(
                &reach.policy.entitlements,
                &reach.licence,
            )),
            "product" => objects.push(json!({
                "type": "products",
                "id": reach.licence.product.as_str(),
                "attributes": { "name": reach.licence.product_name, "code": reach.licence.product.as_str() },
                "relationships": {},
            })),
            _ => {
                return Err(Fault::new(Code::CheckoutIncludeInvalid)
                    .at("include")
                    .arg("name", name));
            }
        }
    }
    Ok(objects)
}

struct Out {
    written: Written,
    wish: Wish,
    reach: Reach,
    machine: Option<Machine>,
}

async fn run(
    cx: &Cx,
    asker: Asker,
    (account, id, of_machine): (WorkspaceId, String, bool),
    wish: Result<Wish, Fault>,
) -> Result<Out, Fault> {
    let (signer, secrets) = (issuer::signer(&cx.app).await?, cx.app.secrets.clone());
    let event = cx.event("licence.file").in_workspace(account);
    cx.app
        .db
        .write(move |mut tx| {
            let reach = match of_machine {
                false => asker.reach_licence(&mut tx, &secrets, (account, &id))?,
                true => asker.reach(&mut tx, &secrets, account)?,
            };
            let machine = match of_machine {
                false => None,
                true => Some(machine::find(&mut tx, &reach, &id)?),
            };
            reach.good(tx.now())?;
            let wish = wish?;
            if wish.encrypted && reach.key.is_none() {
                return Err(Fault::new(Code::CheckoutNeedsKey).at("encrypt"));
            }
            let ask = Ask {
                licence: &reach.licence,
                machine: machine.as_ref(),
                included: included(&reach, &wish, of_machine)?,
                ttl: SignedDuration::from_secs(wish.ttl),
                lock: reach.key.as_ref().filter(|_| wish.encrypted),
            };
            let written = issuer::write(&signer, &ask, tx.now(), tx.chance());
            let event = event.on("licence", reach.licence.id).with(json!({
                "number": reach.licence.number,
                "machine": machine.as_ref().map(|machine| machine.id),
                "encrypted": wish.encrypted,
                "seconds": wish.ttl,
                "key": signer.id().as_str(),
            }));
            let out = Out {
                written,
                wish,
                reach,
                machine,
            };
            Ok(tx.commit(event, out)?)
        })
        .await
}

fn text(out: &Out) -> Response {
    let name = if out.machine.is_some() {
        "machine"
    } else {
        "license"
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.lic\""),
        ),
    ];
    (headers, out.written.text.clone()).into_response()
}

fn document(cx: &Cx, out: &Out) -> JsonApi {
    let Out {
        written,
        wish,
        reach,
        machine,
    } = out;
    let (kind, own) = match machine {
        Some(machine) => ("machine-files", json!({ "type": "machines", "id": machine.id })),
        None => ("license-files", Value::Null),
    };
    let id: uuid::Uuid = cx.app.chance.id(written.period.issued);
    let mut relationships = json!({
        "account": { "data": { "type": "accounts", "id": reach.licence.workspace } },
        "license": { "data": { "type": "licenses", "id": reach.licence.id } },
    });
    if !own.is_null() {
        relationships["machine"] = json!({ "data": own });
    }
    JsonApi(json!({
        "data": {
            "type": kind,
            "id": id,
            "attributes": {
                "certificate": written.text,
                "algorithm": if wish.encrypted { ENCRYPTED } else { PLAIN },
                "includes": wish.include,
                "issued": written.period.issued,
                "expiry": written.period.expiry,
                "ttl": wish.ttl,
            },
            "relationships": relationships,
        },
    }))
}

type Which = Params<(WorkspaceId, String)>;

pub(super) async fn licence_text(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Which,
    Query(asked): Query<Parameters>,
) -> Result<Response, Fault> {
    let wish = asked.wish(Input::default());
    Ok(text(&run(&cx, asker, (account, id, false), wish).await?))
}

pub(super) async fn licence(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Which,
    Query(asked): Query<Parameters>,
    Lenient(body): Lenient<Input>,
) -> Result<JsonApi, Fault> {
    let out = run(&cx, asker, (account, id, false), asked.wish(body)).await?;
    Ok(document(&cx, &out))
}

pub(super) async fn machine_text(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Which,
    Query(asked): Query<Parameters>,
) -> Result<Response, Fault> {
    let wish = asked.wish(Input::default());
    Ok(text(&run(&cx, asker, (account, id, true), wish).await?))
}

pub(super) async fn machine(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Which,
    Query(asked): Query<Parameters>,
    Lenient(body): Lenient<Input>,
) -> Result<JsonApi, Fault> {
    let out = run(&cx, asker, (account, id, true), asked.wish(body)).await?;
    Ok(document(&cx, &out))
}
