//! A program activates the machine it runs on: the machine takes a seat. It says now and then that it is still there, and
//! gives the seat back when it is deactivated.

use super::{
    asker::{Asker, Reach},
    heartbeat, store,
};
use crate::{
    base::{
        audit::{AuditEvent, Housekeeping},
        db::Read,
        error::{Code, Fault},
        web::{Cx, JsonApi, Lenient, Params},
    },
    issuer::{Machine, machine_object},
    licence,
};
use axum::http::{StatusCode, header};
use rempart_wire::{MachineId, WorkspaceId};
use serde::Deserialize;
use serde_json::{Map, Value, json};

const LONGEST_TEXT: usize = 255;

/// A machine to be activated, as JSON:API has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Input {
    data: Data,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Data {
    attributes: Attributes,
    relationships: Relationships,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Attributes {
    fingerprint: Option<String>,
    name: Option<String>,
    hostname: Option<String>,
    platform: Option<String>,
    cores: Option<i64>,
    metadata: Option<Map<String, Value>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Relationships {
    license: Option<One>,
    components: Option<Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct One {
    data: Option<Named>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Named {
    id: String,
}

fn text(text: Option<String>, at: &'static str) -> Result<Option<String>, Fault> {
    let text = text.map(|text| text.trim().replace('\0', ""));
    match text {
        Some(text) if text.chars().count() > LONGEST_TEXT => Err(Fault::new(Code::MachineTextTooLong).at(at)),
        text => Ok(text.filter(|text| !text.is_empty())),
    }
}

impl Input {
    fn machine(self) -> Result<(store::New, Option<String>), Fault> {
        let Data {
            attributes,
            relationships,
        } = self.data;
        if relationships
            .components
            .is_some_and(|some| some["data"] != json!([]))
        {
            // Nothing is bound to parts of a machine here, and to leave them out in silence would promise otherwise.
            return Err(Fault::new(Code::InvalidField).at("/data/relationships/components"));
        }
        let at = "/data/attributes/fingerprint";
        let wrong = || Fault::new(Code::FingerprintInvalid).at(at);
        let fingerprint = text(attributes.fingerprint, at).map_err(|_| wrong())?;
        let new = store::New {
            fingerprint: fingerprint.ok_or_else(wrong)?,
            name: text(attributes.name, "/data/attributes/name")?,
            hostname: text(attributes.hostname, "/data/attributes/hostname")?,
            platform: text(attributes.platform, "/data/attributes/platform")?,
            cores: attributes.cores,
            metadata: Value::Object(attributes.metadata.unwrap_or_default()),
        };
        let licence = relationships
            .license
            .and_then(|one| one.data)
            .map(|named| named.id);
        Ok((new, licence))
    }
}

/// The machine of this id or this fingerprint.
pub(super) fn find(r: &mut impl Read, reach: &Reach, which: &str) -> Result<Machine, Fault> {
    let (licence, every) = (reach.licence.id, reach.policy.heartbeat);
    let found = match which.parse() {
        Ok(id) => store::by_id(r, licence, id, every)?,
        Err(_) => store::by_fingerprint(r, licence, which, every)?,
    };
    found.ok_or_else(|| Code::NotFound.into())
}

fn event(cx: &Cx, action: &'static str, account: WorkspaceId) -> AuditEvent {
    cx.event(action).in_workspace(account)
}

pub(super) async fn activate(
    cx: Cx,
    asker: Asker,
    Params(account): Params<WorkspaceId>,
    Lenient(input): Lenient<Input>,
) -> Result<(StatusCode, [(header::HeaderName, String); 1], JsonApi), Fault> {
    let (secrets, event) = (cx.app.secrets.clone(), event(&cx, "machine.activate", account));
    let (data, id) = cx
        .app
        .db
        .write(move |mut tx| {
            let reach = asker.reach(&mut tx, &secrets, account)?;
            let (new, of) = input.machine()?;
            let licence = reach.licence.id;
            if of.is_some_and(|of| of.parse().ok() != Some(licence)) {
                return Err(Fault::new(Code::NotFound).at("/data/relationships/license"));
            }
            reach.good(tx.now())?;
            let taken = || Fault::new(Code::FingerprintTaken).at("/data/attributes/fingerprint");
            if store::by_fingerprint(&mut tx, licence, &new.fingerprint, None)?.is_some() {
                return Err(taken());
            }
            licence::claim_for_machine(&mut tx, licence, account)?;
            let id = store::insert(&mut tx, licence, &new)?.ok_or_else(taken)?;
            heartbeat::plan(&mut tx)?;
            let machine = find(&mut tx, &reach, &id.to_string())?;
            let data = machine_object(&machine, &reach.licence, tx.now());
            let event = event.on("licence", licence).with(
                json!({ "machine": id, "fingerprint": new.fingerprint, "number": reach.licence.number }),
            );
            Ok(tx.commit(event, (data, id))?)
        })
        .await?;
    let location = format!("/v1/accounts/{account}/machines/{id}");
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        JsonApi(json!({ "data": data })),
    ))
}

pub(super) async fn show(
    cx: Cx,
    asker: Asker,
    Params((account, which)): Params<(WorkspaceId, String)>,
) -> Result<JsonApi, Fault> {
    let (secrets, now) = (cx.app.secrets.clone(), cx.app.clock.now());
    let data = cx.app.db.read(move |r| {
        let reach = asker.reach(r, &secrets, account)?;
        let machine = find(r, &reach, &which)?;
        Ok::<_, Fault>(machine_object(&machine, &reach.licence, now))
    });
    Ok(JsonApi(json!({ "data": data.await? })))
}

pub(super) async fn deactivate(
    cx: Cx,
    asker: Asker,
    Params((account, which)): Params<(WorkspaceId, String)>,
) -> Result<StatusCode, Fault> {
    let (secrets, event) = (cx.app.secrets.clone(), event(&cx, "machine.deactivate", account));
    cx.app
        .db
        .write(move |mut tx| {
            let reach = asker.reach(&mut tx, &secrets, account)?;
            let licence = reach.licence.id;
            licence::lock_seats(&mut tx, licence)?;
            let machine = find(&mut tx, &reach, &which)?;
            store::delete(&mut tx, licence, MachineId(machine.id))?;
            licence::count_seats(&mut tx, licence)?;
            let event = event
                .on("licence", licence)
                .with(json!({ "machine": machine.id, "fingerprint": machine.fingerprint }));
            Ok::<_, Fault>(tx.commit(event, ())?)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn ping(
    cx: Cx,
    asker: Asker,
    Params((account, which)): Params<(WorkspaceId, String)>,
) -> Result<JsonApi, Fault> {
    let secrets = cx.app.secrets.clone();
    let data = cx.app.db.write(move |mut tx| {
        let reach = asker.reach(&mut tx, &secrets, account)?;
        let machine = find(&mut tx, &reach, &which)?;
        if !store::beat(&mut tx, reach.licence.id, MachineId(machine.id))? {
            return Err(Code::NotFound.into());
        }
        let machine = find(&mut tx, &reach, &machine.id.to_string())?;
        let data = machine_object(&machine, &reach.licence, tx.now());
        Ok::<_, Fault>(tx.tidy(Housekeeping::Presence, data)?)
    });
    Ok(JsonApi(json!({ "data": data.await? })))
}
