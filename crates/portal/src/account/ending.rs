//! What the end of an account is made of, for the slice that knows what else hangs on one. A closed account keeps
//! everything but its way in: sessions, API key and mailed links are gone, and its password opens nothing but the account
//! itself. An erased one has no person any more: only the row is left, which orders and invoices name.

use super::{change_password, sign_in, store};
use crate::base::{
    db::{DbError, Read, Tx},
    error::{Code, Fault},
    lang::Lang,
    web::Cx,
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::AccountId;

/// How long a closed account can be opened again, before its person is forgotten.
pub const CLOSED_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Somebody whose password was checked a moment ago.
pub struct Checked(store::Known);

impl std::fmt::Debug for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Checked({})", self.0.id)
    }
}

impl Checked {
    /// Which account.
    #[must_use]
    pub fn account(&self) -> AccountId {
        self.0.id
    }
}

/// Somebody who has or had an account, to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name shown.
    pub name: String,
    /// Where mails go.
    pub email: String,
    /// The language of mails.
    pub lang: Lang,
}

/// The ways in that an account has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaysIn {
    /// Browsers that are signed in.
    pub sessions: u64,
    /// Whether there is an API key.
    pub api_key: bool,
}

/// Whoever asks, when they gave their password in `field`.
///
/// # Errors
/// `password_wrong`, `too_many_attempts`.
pub async fn check_password(cx: &Cx, given: &str, field: &'static str) -> Result<Checked, Fault> {
    change_password::check(cx, given, field).await.map(Checked)
}

/// Whoever has this address and this password, signed in or not.
///
/// # Errors
/// As signing in: `email_invalid`, `credentials_invalid`, `email_unconfirmed`, `too_many_attempts`.
pub async fn check_credentials(cx: &Cx, email: &str, password: &str) -> Result<Checked, Fault> {
    sign_in::check(cx, email, password).await.map(Checked)
}

/// Who somebody is.
///
/// # Errors
/// Whatever the engine says.
pub fn person(r: &mut impl Read, account: AccountId) -> Result<Option<Person>, DbError> {
    Ok(store::by_id(r, account)?.map(|known| Person {
        name: known.name,
        email: known.email,
        lang: known.lang,
    }))
}

/// The ways in that an account has now.
///
/// # Errors
/// Whatever the engine says.
pub fn ways_in(r: &mut impl Read, account: AccountId, now: Timestamp) -> Result<WaysIn, DbError> {
    Ok(WaysIn {
        sessions: store::ending::sessions(r, account, now)?,
        api_key: store::api_key(r, account)?.is_some(),
    })
}

/// Whether the server would have no operator without this one.
///
/// # Errors
/// Whatever the engine says.
pub fn last_operator(r: &mut impl Read, account: AccountId) -> Result<bool, DbError> {
    Ok(store::ending::is_operator(r, account)? && store::ending::other_operators(r, account)? == 0)
}

/// Closes an account and every way in.
///
/// # Errors
/// `account_closed` when it is already, `password_wrong` when the password was changed while it was being checked,
/// `operator_last`.
pub fn close(tx: &mut Tx<'_>, who: &Checked) -> Result<(), Fault> {
    let id = who.0.id;
    store::ending::hold_operators(tx)?;
    let unchanged = store::by_id(tx, id)?.is_some_and(|now| now.password_hash == who.0.password_hash);
    if !unchanged {
        return Err(Fault::new(Code::PasswordWrong).at("password"));
    }
    if !store::ending::close(tx, id)? {
        return Err(Code::AccountClosed.into());
    }
    if last_operator(tx, id)? {
        return Err(Code::OperatorLast.into());
    }
    store::end_sessions(tx, id, None)?;
    store::revoke_api_key(tx, id)?;
    Ok(store::drop_links_of(tx, id)?)
}

/// Opens a closed account again.
///
/// # Errors
/// `account_open` when it is not closed.
pub fn reopen(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    match store::ending::reopen(tx, account)? {
        true => Ok(()),
        false => Err(Code::AccountOpen.into()),
    }
}

/// Whether an account is still closed since that moment; nobody opens it meanwhile.
///
/// # Errors
/// Whatever the engine says.
pub fn closed_since(tx: &mut Tx<'_>, account: AccountId, closed_at: Timestamp) -> Result<bool, DbError> {
    store::ending::closed_since(tx, account, closed_at)
}

/// Forgets the person of an account. What they were called, their address, password and ways in are gone; the row stays.
///
/// # Errors
/// Whatever the engine says.
pub fn erase(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    store::end_sessions(tx, account, None)?;
    store::revoke_api_key(tx, account)?;
    store::drop_links_of(tx, account)?;
    store::ending::erase(tx, account)
}
