use crate::{
    base::{
        authz::{Grant, may},
        db::{DbError, Read, Row, Tx},
        error::Code,
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{EnrolmentTokenId, WorkspaceId};

/// A token as the database knows it.
#[derive(Debug, Clone)]
pub(in crate::device) struct Token {
    pub id: EnrolmentTokenId,
    pub workspace: WorkspaceId,
    pub end: String,
    pub created_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub limit: Option<u64>,
    pub used: u64,
    revoked: bool,
}

impl Token {
    /// Whether it enrols anything now.
    pub(in crate::device) fn usable(&self, now: Timestamp) -> Result<(), Code> {
        if self.revoked {
            Err(Code::TokenRevoked)
        } else if self.expires_at <= now {
            Err(Code::TokenExpired)
        } else if self.limit.is_some_and(|limit| self.used >= limit) {
            Err(Code::TokenUsedUp)
        } else {
            Ok(())
        }
    }
}

fn token(row: &Row) -> Result<Token, DbError> {
    Ok(Token {
        id: row.get(0)?,
        workspace: row.get(1)?,
        end: row.get(2)?,
        created_by: row.get(3)?,
        created_at: row.get(4)?,
        expires_at: row.get(5)?,
        limit: row.get(6)?,
        used: row.get(7)?,
        // A deleted workspace enrols nothing; its tokens work again if it is brought back.
        revoked: row.get::<Option<i64>>(8)?.is_some() || row.get::<Option<i64>>(9)?.is_some(),
    })
}

pub(in crate::device) fn insert(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    (hash, end): ([u8; 32], &str),
    expires_at: Timestamp,
    limit: Option<u64>,
) -> Result<EnrolmentTokenId, DbError> {
    let (id, now): (EnrolmentTokenId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into enrolment_token (id, workspace, token_hash, token_end, created_by, created_at, expires_at,
                                          device_limit, used)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0)"
        ),
        params![id, grant.workspace, hash, end, grant.account, now, expires_at, limit],
    )?;
    Ok(id)
}

pub(in crate::device) fn by_hash(r: &mut impl Read, hash: [u8; 32]) -> Result<Option<Token>, DbError> {
    let row = r.first(
        sql!(
            "select enrolment_token.id, workspace.id, token_end, account.name,
                    enrolment_token.created_at, expires_at, device_limit, used, revoked_at, workspace.deleted_at
             from enrolment_token join workspace on workspace.id = enrolment_token.workspace
             join account on account.id = enrolment_token.created_by
             where token_hash = $1"
        ),
        params![hash],
    )?;
    row.as_ref().map(token).transpose()
}

/// Tokens that can still enrol something, newest first.
pub(in crate::device) fn live(
    r: &mut impl Read,
    workspace: WorkspaceId,
    now: Timestamp,
) -> Result<Vec<Token>, DbError> {
    let rows = r.rows(
        sql!(
            "select enrolment_token.id, workspace.id, token_end, account.name,
                    enrolment_token.created_at, expires_at, device_limit, used, revoked_at, workspace.deleted_at
             from enrolment_token join workspace on workspace.id = enrolment_token.workspace
             join account on account.id = enrolment_token.created_by
             where enrolment_token.workspace = $1 and revoked_at is null and expires_at > $2
               and (device_limit is null or used < device_limit)
             order by enrolment_token.id desc limit 200"
        ),
        params![workspace, now],
    )?;
    rows.iter().map(token).collect()
}

/// Uses a token once; whether it could be. Decided by the row itself, however many try at a time.
pub(in crate::device) fn consume(tx: &mut Tx<'_>, id: EnrolmentTokenId) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!(
            "update enrolment_token set used = used + 1
             where id = $1 and revoked_at is null and expires_at > $2
               and (device_limit is null or used < device_limit)"
        ),
        params![id, now],
    )?;
    Ok(touched == 1)
}

/// Ends a token; `None` when the workspace has no such token that still enrols.
pub(in crate::device) fn revoke(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    id: EnrolmentTokenId,
) -> Result<Option<String>, DbError> {
    let now = tx.now();
    let row = tx.first(
        sql!(
            "update enrolment_token set revoked_at = $1
             where id = $2 and workspace = $3 and revoked_at is null returning token_end"
        ),
        params![now, id, grant.workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// Forgets tokens that have not enrolled anything for a month and never will.
pub(in crate::device) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from enrolment_token where expires_at < $1"),
        params![before],
    )?;
    Ok(())
}
