//! The licence as a program sees it: itself, its machines, what its product allows.

use super::{asker::Asker, store};
use crate::{
    base::{
        error::{Code, Fault},
        web::{Cx, JsonApi, Params, Query},
    },
    issuer::{entitlement_objects, licence_object, machine_object},
};
use rempart_wire::{MachineId, WorkspaceId};
use serde::Deserialize;
use serde_json::json;

/// Most machines on a page.
const MOST: u64 = 100;

pub(super) async fn show(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Params<(WorkspaceId, String)>,
) -> Result<JsonApi, Fault> {
    let (secrets, now) = (cx.app.secrets.clone(), cx.app.clock.now());
    let reach = cx
        .app
        .db
        .read(move |r| asker.reach_licence(r, &secrets, (account, &id)))
        .await?;
    let data = licence_object(&reach.licence, &reach.key_text(), now);
    Ok(JsonApi(json!({ "data": data })))
}

/// Which machines.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Page {
    limit: Option<u64>,
    #[serde(rename = "page[size]")]
    size: Option<u64>,
    #[serde(rename = "page[cursor]")]
    cursor: Option<String>,
}

impl Page {
    fn most(&self) -> Result<u64, Fault> {
        let most = self.size.or(self.limit).unwrap_or(MOST);
        if (1..=MOST).contains(&most) {
            Ok(most)
        } else {
            Err(Fault::new(Code::InvalidField).at("limit"))
        }
    }

    /// The machine the page before ended with.
    fn after(&self) -> Result<MachineId, Fault> {
        match self.cursor.as_deref() {
            None | Some("") => Ok(MachineId(uuid::Uuid::nil())),
            Some(cursor) => cursor
                .parse()
                .map_err(|_| Fault::new(Code::InvalidField).at("page[cursor]")),
        }
    }
}

pub(super) async fn machines(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Params<(WorkspaceId, String)>,
    Query(page): Query<Page>,
) -> Result<JsonApi, Fault> {
    let (most, after) = (page.most()?, page.after()?);
    let (secrets, now) = (cx.app.secrets.clone(), cx.app.clock.now());
    let (reach, mut found) = cx
        .app
        .db
        .read(move |r| {
            let reach = asker.reach_licence(r, &secrets, (account, &id))?;
            let found = store::page(r, reach.licence.id, after, (most + 1, reach.policy.heartbeat))?;
            Ok::<_, Fault>((reach, found))
        })
        .await?;
    let here = format!("/v1/accounts/{account}/licenses/{}/machines", reach.licence.id);
    let more = u64::try_from(found.len()).unwrap_or(0) > most;
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("{here}?page[cursor]={}&page[size]={most}", last.id));
    let data: Vec<_> = found
        .iter()
        .map(|machine| machine_object(machine, &reach.licence, now))
        .collect();
    Ok(JsonApi(
        json!({ "data": data, "links": { "self": here, "next": next } }),
    ))
}

pub(super) async fn entitlements(
    cx: Cx,
    asker: Asker,
    Params((account, id)): Params<(WorkspaceId, String)>,
) -> Result<JsonApi, Fault> {
    let secrets = cx.app.secrets.clone();
    let reach = cx
        .app
        .db
        .read(move |r| asker.reach_licence(r, &secrets, (account, &id)))
        .await?;
    let data = entitlement_objects(&reach.policy.entitlements, &reach.licence);
    Ok(JsonApi(json!({ "data": data })))
}
