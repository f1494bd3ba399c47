//! What happened to a licence: every change with who, when, before and after, from the audit log, the latest first. For
//! its owner and for whoever manages licences where it is attached. A licence that was somebody else's before tells its
//! new owner what happened since it is theirs, and when it was issued.

use super::{ending::INHERITED, managed, store};
use crate::base::{
    db::{DbError, Read},
    error::Fault,
    lang::Lang,
    web::{Cursor, Cx, Json, List, Params, Problems, Query},
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// The action of the line that gives a licence to another account.
pub const HANDED_OVER: &str = "licence.transfer_accept";
/// What stands in the log of the workspace a licence was taken from; its own line tells it already.
pub(super) const TAKEN_AWAY: &str = "licence.taken_away";
/// The actions of the lines after which a licence is another account's.
pub(super) const OF_ANOTHER: [&str; 2] = [HANDED_OVER, INHERITED];

/// One change.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceChange)]
pub struct Change {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What was done: `licence.assign`, `licence.detach`, ….
    pub action: String,
    /// `account`, `operator`, `device`, `server` or `nobody`.
    pub by: String,
    /// The name of the person, when it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What changed, as it was; absent parts did not change.
    #[schema(value_type = Object)]
    pub before: Map<String, Value>,
    /// What changed, as it is since.
    #[schema(value_type = Object)]
    pub after: Map<String, Value>,
    /// Why, when somebody had to say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) id: Uuid,
}

/// One changed thing, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Change {
    /// What was done, in words.
    pub(super) fn words(&self, l: Lang) -> String {
        let key = format!("history-{}", self.action.replace(['.', '_'], "-"));
        l.t(if l.knows(&key) { &key } else { "history-other" })
    }

    /// By whom, in words.
    pub(super) fn who(&self, l: Lang) -> String {
        match (&self.name, self.by.as_str()) {
            (_, "operator") => l.t("history-by-operator"),
            (Some(name), _) => name.clone(),
            (None, "device") => l.t("history-by-device"),
            (None, "server") => l.t("history-by-server"),
            (None, _) => l.t("history-by-gone"),
        }
    }

    /// What changed, in words; what has no word is left to the API.
    pub(super) fn fields(&self, l: Lang) -> Vec<Field> {
        let mut names: Vec<&String> = self.before.keys().chain(self.after.keys()).collect();
        names.sort_unstable();
        names.dedup();
        let field = |name: &&String| {
            let key = format!("history-field-{}", name.replace('_', "-"));
            let said = |side: &Map<String, Value>| side.get(*name).map(|value| words(l, name, value));
            l.knows(&key).then(|| Field {
                name: l.t(&key),
                before: said(&self.before),
                after: said(&self.after),
            })
        };
        names.iter().filter_map(field).collect()
    }
}

/// A value in words.
fn words(l: Lang, name: &str, value: &Value) -> String {
    match value {
        Value::Null => l.t("history-nothing"),
        Value::Bool(true) => l.t("history-yes"),
        Value::Bool(false) => l.t("history-no"),
        Value::Number(number) if name.ends_with("months") => {
            l.t1("history-months", "n", number.as_u64().unwrap_or_default())
        }
        Value::Number(number) => number
            .as_u64()
            .map_or_else(|| number.to_string(), |number| l.number(number)),
        Value::String(text) => match (name.ends_with("_at"), text.parse()) {
            (true, Ok(at)) => l.date(at),
            _ => text.clone(),
        },
        other => other.to_string(),
    }
}

/// The changes of a licence, the latest first; one more than the limit when there are more.
///
/// # Errors
/// Whatever the engine says.
pub fn history(
    r: &mut impl Read,
    licence: LicenceId,
    before: Option<(Timestamp, Uuid)>,
    limit: u32,
) -> Result<Vec<Change>, DbError> {
    let since = store::history::handed_over(r, licence)?;
    store::history::lines(r, licence, since, before, limit)
}

pub(super) async fn run(cx: &Cx, licence: LicenceId, cursor: &Cursor) -> Result<List<Change>, Fault> {
    let (caller, before, limit) = (cx.caller()?, cursor.after_time()?, cursor.limit());
    let lines = cx
        .app
        .db
        .read(move |r| {
            managed(r, caller, licence)?;
            Ok::<_, Fault>(history(r, licence, before, limit)?)
        })
        .await?;
    Ok(List::paged(lines, limit, |line| {
        (line.at.as_microsecond().to_string(), line.id)
    }))
}

/// What happened to a licence, the latest first: who, when, before, after.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/history",
    params(("licence" = uuid::Uuid, Path), Cursor),
    responses((status = 200, description = "One page.", body = List<Change>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<List<Change>>, Fault> {
    run(&cx, licence, &cursor).await.map(Json)
}
