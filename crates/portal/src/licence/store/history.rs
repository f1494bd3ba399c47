use crate::{
    base::db::{DbError, Question, Read, Row},
    licence::history::{Change, OF_ANOTHER, TAKEN_AWAY},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde_json::{Map, Value};
use uuid::Uuid;

/// When a licence last went to another account.
pub(in crate::licence) fn handed_over(
    r: &mut impl Read,
    licence: LicenceId,
) -> Result<Option<Timestamp>, DbError> {
    let row = r.first(
        sql!("select max(at) from audit_event where target = $1 and action in ($2, $3)"),
        params![licence, OF_ANOTHER[0], OF_ANOTHER[1]],
    )?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// The lines of the audit log about a licence since a moment, and the one that issued it. Asking what a change would be
/// changes nothing.
pub(in crate::licence) fn lines(
    r: &mut impl Read,
    licence: LicenceId,
    since: Option<Timestamp>,
    before: Option<(Timestamp, Uuid)>,
    limit: u32,
) -> Result<Vec<Change>, DbError> {
    let mut question = Question::new(
        sql!(
            "select audit_event.id, audit_event.at, audit_event.actor_kind, account.name, account.operator,
                    audit_event.action, audit_event.detail
             from audit_event left join account on account.id = audit_event.actor
             where audit_event.target in ($1, (select batch from licence where id = $1))
               and (audit_event.target = $1 or audit_event.action = 'licence.issue_batch')
               and audit_event.action not in ($2, 'billing.preview')"
        ),
        params![licence, TAKEN_AWAY],
    );
    if let Some(since) = since {
        question = question.with(
            "and (audit_event.at >= ? or audit_event.action in ('licence.issue', 'licence.issue_batch'))",
            params![since],
        );
    }
    if let Some((at, id)) = before {
        question = question.with("and (audit_event.at, audit_event.id) < (?, ?)", params![at, id]);
    }
    let rows = question
        .with(
            "order by audit_event.at desc, audit_event.id desc limit ?",
            params![limit + 1],
        )
        .rows(r)?;
    rows.iter().map(change).collect()
}

fn change(row: &Row) -> Result<Change, DbError> {
    let detail: Map<String, Value> = serde_json::from_str(&row.get::<String>(6)?).unwrap_or_default();
    let part = |name: &str| {
        detail
            .get(name)
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let operator = row.get::<Option<bool>>(4)?.unwrap_or(false);
    Ok(Change {
        id: row.get(0)?,
        at: row.get(1)?,
        by: match operator {
            true => "operator".to_owned(),
            false => row.get(2)?,
        },
        // Whoever left has no name any more.
        name: row
            .get::<Option<String>>(3)?
            .filter(|name| !operator && !name.is_empty()),
        action: row.get(5)?,
        before: part("before"),
        after: part("after"),
        reason: detail.get("reason").and_then(Value::as_str).map(str::to_owned),
    })
}
