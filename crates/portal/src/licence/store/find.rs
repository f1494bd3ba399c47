use crate::{
    account::Email,
    base::db::{DbError, Question, Read, Row},
    licence::{Facts, Holder, Kind, Licence, Next, Period, Standing},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};

/// Reads a row of the columns every statement here selects.
fn licence(row: &Row) -> Result<Licence, DbError> {
    let kind = Kind::parse(&row.get::<String>(2)?).ok_or_else(|| DbError::Decode {
        column: 2,
        sql: "licence".into(),
    })?;
    let expires_at = row.get(14)?;
    Ok(Licence {
        id: row.get(0)?,
        number: row.get(1)?,
        kind,
        product: row.get(3)?,
        product_name: row.get(28)?,
        seats: row.get(4)?,
        seats_used: row.get(5)?,
        term_months: row.get(6)?,
        auto_renew: row.get(7)?,
        key_end: row.get(8)?,
        reseller_name: row.get(9)?,
        reseller_contact: row.get(10)?,
        owner: row.get(11)?,
        workspace: row.get(12)?,
        first_assigned_at: row.get(13)?,
        expires_at,
        facts: Facts {
            trial: kind == Kind::Trial,
            expires_at,
            suspended: row.get::<Option<Timestamp>>(15)?.is_some(),
            revoked: row.get::<Option<Timestamp>>(16)?.is_some(),
            merged: row.get::<Option<LicenceId>>(27)?.is_some(),
        },
        redeem_by: row.get(17)?,
        workspace_name: row.get(18)?,
        revision: row.get(19)?,
        period: Period {
            from: row.get(20)?,
            months: row.get(21)?,
            days: row.get(22)?,
        },
        next: Next {
            seats: row.get(23)?,
            term_months: row.get(24)?,
            product: row.get(25)?,
        },
        low_seats: row.get(26)?,
        merged_into: row.get(27)?,
    })
}

/// The licence attached to a workspace.
///
/// # Errors
/// Whatever the engine says.
pub fn for_workspace(r: &mut impl Read, workspace: WorkspaceId) -> Result<Option<Licence>, DbError> {
    let row = r.first(
        sql!(
            "select licence.id, number, kind, licence.product, seats, seats_used, term_months, auto_renew, key_last,
                    reseller_name, reseller_contact, owner, licence.workspace, first_assigned_at, expires_at, suspended_at,
                    revoked_at, redeem_by, workspace.name, revision, period_from, period_months, period_days, next_seats,
                    next_term_months, next_product, low_seats, merged_into, coalesce(product.name, licence.product)
             from licence left join workspace on workspace.id = licence.workspace
                  left join product on product.code = licence.product where licence.workspace = $1"
        ),
        params![workspace],
    )?;
    row.map(|row| licence(&row)).transpose()
}

pub(in crate::licence) fn by_id(r: &mut impl Read, id: LicenceId) -> Result<Option<Licence>, DbError> {
    let row = r.first(
        sql!(
            "select licence.id, number, kind, licence.product, seats, seats_used, term_months, auto_renew, key_last,
                    reseller_name, reseller_contact, owner, licence.workspace, first_assigned_at, expires_at, suspended_at,
                    revoked_at, redeem_by, workspace.name, revision, period_from, period_months, period_days, next_seats,
                    next_term_months, next_product, low_seats, merged_into, coalesce(product.name, licence.product)
             from licence left join workspace on workspace.id = licence.workspace
                  left join product on product.code = licence.product where licence.id = $1"
        ),
        params![id],
    )?;
    row.map(|row| licence(&row)).transpose()
}

/// What a question about a key needs, from its row alone.
pub(in crate::licence) fn standing(
    r: &mut impl Read,
    key_hash: [u8; 32],
) -> Result<Option<Standing>, DbError> {
    let row = r.first(
        sql!(
            "select id, number, product, seats, seats_used, expires_at, kind, suspended_at is not null,
                    revoked_at is not null, merged_into is not null
             from licence where key_hash = $1"
        ),
        params![key_hash],
    )?;
    let Some(row) = row else { return Ok(None) };
    let expires_at = row.get(5)?;
    Ok(Some(Standing {
        id: row.get(0)?,
        number: row.get(1)?,
        product: row.get(2)?,
        seats: row.get(3)?,
        seats_used: row.get(4)?,
        facts: Facts {
            trial: row.get::<String>(6)? == Kind::Trial.as_str(),
            expires_at,
            suspended: row.get(7)?,
            revoked: row.get(8)?,
            merged: row.get(9)?,
        },
    }))
}

pub(in crate::licence) fn by_key(r: &mut impl Read, key_hash: [u8; 32]) -> Result<Option<Licence>, DbError> {
    let row = r.first(
        sql!(
            "select licence.id, number, kind, licence.product, seats, seats_used, term_months, auto_renew, key_last,
                    reseller_name, reseller_contact, owner, licence.workspace, first_assigned_at, expires_at, suspended_at,
                    revoked_at, redeem_by, workspace.name, revision, period_from, period_months, period_days, next_seats,
                    next_term_months, next_product, low_seats, merged_into, coalesce(product.name, licence.product)
             from licence left join workspace on workspace.id = licence.workspace
                  left join product on product.code = licence.product where key_hash = $1"
        ),
        params![key_hash],
    )?;
    row.map(|row| licence(&row)).transpose()
}

/// A person's licences: those attached to nothing first, then by when they were issued.
pub(in crate::licence) fn owned(r: &mut impl Read, owner: AccountId) -> Result<Vec<Licence>, DbError> {
    let rows = r.rows(
        sql!(
            "select licence.id, number, kind, licence.product, seats, seats_used, term_months, auto_renew, key_last,
                    reseller_name, reseller_contact, owner, licence.workspace, first_assigned_at, expires_at, suspended_at,
                    revoked_at, redeem_by, workspace.name, revision, period_from, period_months, period_days, next_seats,
                    next_term_months, next_product, low_seats, merged_into, coalesce(product.name, licence.product)
             from licence left join workspace on workspace.id = licence.workspace
                  left join product on product.code = licence.product where owner = $1
             order by case when licence.workspace is null then 0 else 1 end, issued_at desc, licence.id desc"
        ),
        params![owner],
    )?;
    rows.iter().map(licence).collect()
}

/// Of these numbers those that are somebody's.
pub(in crate::licence) fn taken_numbers(
    r: &mut impl Read,
    numbers: &[String],
) -> Result<Vec<String>, DbError> {
    let mut taken = Vec::new();
    for some in numbers.chunks(100) {
        let mut question = Question::new("select number from licence where number = $1", params![&some[0]]);
        for number in &some[1..] {
            question = question.with("or number = ?", params![number]);
        }
        for row in question.rows(r)? {
            taken.push(row.get(0)?);
        }
    }
    Ok(taken)
}

/// Of these keys' hashes those that are known.
pub(in crate::licence) fn known_hashes(
    r: &mut impl Read,
    hashes: &[[u8; 32]],
) -> Result<Vec<[u8; 32]>, DbError> {
    let mut known = Vec::new();
    for some in hashes.chunks(100) {
        let mut question = Question::new(
            "select key_hash from licence where key_hash = $1",
            params![some[0]],
        );
        for hash in &some[1..] {
            question = question.with("or key_hash = ?", params![*hash]);
        }
        for row in question.rows(r)? {
            known.extend(<[u8; 32]>::try_from(row.get::<Vec<u8>>(0)?));
        }
    }
    Ok(known)
}

/// Up to 1,000 licences after one, each with when it was issued and its owner's address.
pub(in crate::licence) fn after(
    r: &mut impl Read,
    after: Option<LicenceId>,
) -> Result<Vec<(Licence, Timestamp, Option<String>)>, DbError> {
    let rows = r.rows(
        sql!(
            "select licence.id, number, kind, licence.product, seats, seats_used, term_months, auto_renew, key_last,
                    reseller_name, reseller_contact, owner, licence.workspace, first_assigned_at, expires_at, suspended_at,
                    revoked_at, redeem_by, workspace.name, revision, period_from, period_months, period_days, next_seats,
                    next_term_months, next_product, low_seats, merged_into, coalesce(product.name, licence.product),
                    issued_at, account.email
             from licence left join workspace on workspace.id = licence.workspace
                  left join product on product.code = licence.product
                  left join account on account.id = licence.owner
             where licence.id > $1 order by licence.id limit 1000"
        ),
        params![after.unwrap_or(LicenceId(uuid::Uuid::nil()))],
    )?;
    rows.iter()
        .map(|row| Ok((licence(row)?, row.get(29)?, row.get(30)?)))
        .collect()
}

pub(in crate::licence) fn had_trial(r: &mut impl Read, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(r.count(
        sql!("select count(*) from licence where trial_of = $1"),
        params![workspace],
    )? > 0)
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

/// Every workspace that has a licence.
pub(in crate::licence) fn attached_workspaces(r: &mut impl Read) -> Result<Vec<WorkspaceId>, DbError> {
    let rows = r.rows(
        sql!("select workspace from licence where workspace is not null"),
        params![],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The devices that hold a licence's seats.
pub(in crate::licence) fn holders(r: &mut impl Read, licence: LicenceId) -> Result<Vec<Holder>, DbError> {
    let rows = r.rows(
        sql!(
            "select id, name, hostname, os, fingerprint, enrolled_at, last_seen_at from device where licence = $1
             order by name_key, id"
        ),
        params![licence],
    )?;
    let holder = |row: &Row| {
        Ok(Holder {
            id: row.get(0)?,
            name: row.get(1)?,
            hostname: row.get(2)?,
            os: row.get(3)?,
            fingerprint: row.get(4)?,
            enrolled_at: row.get(5)?,
            seen_at: row.get(6)?,
        })
    };
    rows.iter().map(holder).collect()
}

/// Devices of a workspace that are in use, with or without a seat.
pub(in crate::licence) fn devices(r: &mut impl Read, workspace: WorkspaceId) -> Result<u64, DbError> {
    r.count(
        sql!("select count(*) from device where workspace = $1 and state = 'enrolled'"),
        params![workspace],
    )
}

/// The account with this address that is open, compared as addresses are.
pub(in crate::licence) fn account(r: &mut impl Read, email: &Email) -> Result<Option<AccountId>, DbError> {
    let row = r.first(
        sql!("select id from account where email_key = $1 and closed_at is null"),
        params![email.key()],
    )?;
    row.map(|row| row.get(0)).transpose()
}
