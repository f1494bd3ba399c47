use crate::{
    base::db::{DbError, Tx, Value, insert_rows},
    licence::{Amended, Kind},
    params,
    product::ProductCode,
    sql,
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{AccountId, LicenceBatchId, LicenceId, LicenceKey, WorkspaceId};

/// A licence as it is made.
#[derive(Clone)]
pub(in crate::licence) struct New {
    pub number: String,
    pub kind: Kind,
    pub product: ProductCode,
    pub seats: u64,
    pub term_months: u32,
    pub key: Option<([u8; 32], LicenceKey)>,
    pub reseller_name: Option<String>,
    pub reseller_contact: Option<String>,
    pub owner: Option<AccountId>,
    pub redeem_by: Option<Timestamp>,
    /// The workspace whose trial it is, and when that ends.
    pub trial: Option<(WorkspaceId, Timestamp)>,
    /// The batch it is issued in.
    pub batch: Option<LicenceBatchId>,
}

pub(in crate::licence) fn insert(tx: &mut Tx<'_>, new: &New) -> Result<LicenceId, DbError> {
    let id: LicenceId = tx.id();
    insert_many(tx, &[(id, new)])?;
    Ok(id)
}

/// Licences with ids that are already drawn.
pub(in crate::licence) fn insert_many(tx: &mut Tx<'_>, new: &[(LicenceId, &New)]) -> Result<(), DbError> {
    let now = tx.now();
    let rows = new.iter().map(|(id, new)| values(*id, new, now)).collect();
    insert_rows(
        tx,
        "insert into licence
            (id, number, kind, product, seats, seats_used, term_months, auto_renew, key_hash, key_last,
             reseller_name, reseller_contact, owner, workspace, trial_of, issued_at, redeem_by, first_assigned_at,
             expires_at, period_from, period_months, period_days, batch)",
        rows,
    )
}

fn values(id: LicenceId, new: &New, now: Timestamp) -> Vec<Value> {
    let trial = new.trial.map(|(workspace, _)| workspace);
    let trial_days = new.trial.map(|(_, end)| whole_days(end.duration_since(now)));
    let begun = new.trial.map(|_| now);
    params![
        id,
        &new.number,
        new.kind.as_str(),
        &new.product,
        new.seats,
        0u64,
        new.term_months,
        // Nothing renews by itself before somebody is charged for it.
        false,
        new.key.as_ref().map(|(hash, _)| *hash),
        new.key.as_ref().map(|(_, key)| last_group(key)),
        new.reseller_name.as_ref(),
        new.reseller_contact.as_ref(),
        new.owner,
        trial,
        trial,
        now,
        new.redeem_by,
        begun,
        new.trial.map(|(_, end)| end),
        begun,
        new.term_months,
        trial_days.unwrap_or(0),
        new.batch
    ]
    .to_vec()
}

fn whole_days(time: SignedDuration) -> i64 {
    time.as_hours() / 24
}

fn last_group(key: &LicenceKey) -> String {
    let text = key.to_string();
    text.split('-').next_back().unwrap_or_default().to_owned()
}

/// Makes an account the owner, when nobody is and it may still be redeemed; whether it worked.
pub(in crate::licence) fn take(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    owner: AccountId,
) -> Result<bool, DbError> {
    let now = tx.now();
    let taken = tx.execute(
        sql!(
            "update licence set owner = $1
             where id = $2 and owner is null and revoked_at is null and trial_of is null
               and (redeem_by is null or redeem_by > $3)"
        ),
        params![owner, licence, now],
    )?;
    Ok(taken == 1)
}

/// Whether it was otherwise before. One that renews by itself is a subscription.
pub(in crate::licence) fn set_auto_renew(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    renews: bool,
) -> Result<bool, DbError> {
    let changed = tx.execute(
        sql!(
            "update licence set auto_renew = $1, kind = case when $1 then 'subscription' else kind end
             where id = $2 and auto_renew <> $1"
        ),
        params![renews, licence],
    )?;
    Ok(changed == 1)
}

/// Attaches a licence that is attached to nothing; the period starts, unless it has.
pub(in crate::licence) fn attach(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    workspace: WorkspaceId,
    period_end: Timestamp,
) -> Result<bool, DbError> {
    let now = tx.now();
    let attached = tx.execute(
        sql!(
            "update licence set workspace = $1, first_assigned_at = coalesce(first_assigned_at, $2),
                    period_from = coalesce(period_from, $2), expires_at = coalesce(expires_at, $3),
                    revision = revision + 1
             where id = $4 and workspace is null"
        ),
        params![workspace, now, period_end, licence],
    )?;
    Ok(attached == 1)
}

/// Starts the period of a licence whose period has not started.
pub(in crate::licence) fn start_period(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    at: Timestamp,
    period_end: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update licence set first_assigned_at = $1, period_from = $1, expires_at = $2, revision = revision + 1
             where id = $3 and first_assigned_at is null"
        ),
        params![at, period_end, licence],
    )?;
    Ok(())
}

pub(in crate::licence) fn detach(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set workspace = null, revision = revision + 1 where id = $1"),
        params![licence],
    )?;
    Ok(())
}

pub(in crate::licence) fn set_low_seats(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    low_seats: Option<u64>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set low_seats = $1 where id = $2"),
        params![low_seats, licence],
    )?;
    Ok(())
}

/// Forgets the trials of a workspace that goes for good.
pub(in crate::licence) fn forget_trials(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from licence where trial_of = $1"),
        params![workspace],
    )?;
    Ok(())
}

/// Other terms. `expires_at` is the end of the period, always.
pub(in crate::licence) fn amend(tx: &mut Tx<'_>, licence: LicenceId, to: &Amended) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update licence set product = $1, seats = $2, term_months = $3, period_from = $4, period_months = $5,
                    period_days = $6, expires_at = $7, next_seats = $8, next_term_months = $9, next_product = $10,
                    revision = revision + 1
             where id = $11"
        ),
        params![
            &to.product,
            to.seats,
            to.term_months,
            to.period.from,
            to.period.months,
            to.period.days,
            to.period.end(),
            to.next.seats,
            to.next.term_months,
            to.next.product.as_ref(),
            licence
        ],
    )?;
    Ok(())
}

/// A trial was bought: it is a licence like any other, of whoever bought it.
pub(in crate::licence) fn own(tx: &mut Tx<'_>, licence: LicenceId, owner: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set kind = 'one_off', owner = $1 where id = $2"),
        params![owner, licence],
    )?;
    Ok(())
}

/// The time of one licence went into another.
pub(in crate::licence) fn merge(
    tx: &mut Tx<'_>,
    (from, into): (LicenceId, LicenceId),
    owner: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set owner = $1, merged_into = $2, revision = revision + 1 where id = $3"),
        params![owner, into, from],
    )?;
    Ok(())
}
