use crate::{
    base::db::{DbError, Read, Row},
    licence::{Facts, Kind, Licence, Product},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::WorkspaceId;

/// Reads a row of the columns every statement here selects.
pub(in crate::licence) fn licence(row: &Row) -> Result<Licence, DbError> {
    let unread = |column| DbError::Decode {
        column,
        sql: "licence".into(),
    };
    let kind = Kind::parse(&row.get::<String>(2)?).ok_or_else(|| unread(2))?;
    let product = Product::parse(&row.get::<String>(3)?).ok_or_else(|| unread(3))?;
    let ends = (row.get::<Option<String>>(8)?, row.get::<Option<String>>(9)?);
    let expires_at = row.get(15)?;
    Ok(Licence {
        id: row.get(0)?,
        number: row.get(1)?,
        kind,
        product,
        seats: row.get(4)?,
        seats_used: row.get(5)?,
        term_months: row.get(6)?,
        auto_renew: row.get(7)?,
        key_ends: match ends {
            (Some(first), Some(last)) => Some((first, last)),
            _ => None,
        },
        reseller_name: row.get(10)?,
        reseller_contact: row.get(11)?,
        owner: row.get(12)?,
        workspace: row.get(13)?,
        first_assigned_at: row.get(14)?,
        expires_at,
        facts: Facts {
            trial: kind == Kind::Trial,
            expires_at,
            suspended: row.get::<Option<Timestamp>>(16)?.is_some(),
            revoked: row.get::<Option<Timestamp>>(17)?.is_some(),
        },
    })
}

/// The licence attached to a workspace.
///
/// # Errors
/// Whatever the engine says.
pub fn for_workspace(r: &mut impl Read, workspace: WorkspaceId) -> Result<Option<Licence>, DbError> {
    let row = r.first(
        sql!(
            "select id, number, kind, product, seats, seats_used, term_months, auto_renew, key_first, key_last,
                    reseller_name, reseller_contact, owner, workspace, first_assigned_at, expires_at, suspended_at,
                    revoked_at
             from licence where workspace = $1"
        ),
        params![workspace],
    )?;
    row.map(|row| licence(&row)).transpose()
}

pub(in crate::licence) fn workspace_name(
    r: &mut impl Read,
    workspace: WorkspaceId,
) -> Result<Option<String>, DbError> {
    let row = r.first(
        sql!("select name from workspace where id = $1"),
        params![workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}
