//! A licence goes to another account: its owner offers it to an address, and whoever reads that address's mail accepts or
//! declines.
//!
//! Always true: nothing changes before the other side accepted; a licence has at most one open offer and five in a day,
//! good for seven days and until it is withdrawn; both sides are shown what will happen. Whoever accepts gets the licence
//! with its time and its history from then on, and nothing of whom its invoices were to. It stays in its workspace when
//! they may manage that workspace's licence; otherwise it leaves it, and becomes one of their personal licences. What
//! renews by itself is not handed over: the money would go on coming from the one who gave it away.

mod answer;
mod offer;
mod screen;
#[cfg(test)]
mod tests;

use super::{Licence, store};
use crate::base::{
    audit::AuditEvent,
    authz::Action,
    db::{DbError, Read, Tx},
    error::{Code, Fault},
    web::{Access, Routes},
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{AccountId, LicenceId};
use utoipa_axum::routes;

/// How long an offer can be accepted.
pub(super) const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The action of the line that says that a licence was offered.
pub(super) const OFFERED: &str = "licence.transfer_offer";
/// So many offers of one licence in a day: each sends a mail to whoever it names.
pub(super) const MOST_A_DAY: usize = 5;

/// Hears that a locked licence goes to another account, in the transaction in which it does; answers what is to be in the
/// audit log of that. Named in `app.rs`.
pub type OnHandOver = fn(&mut Tx<'_>, &Licence) -> Result<Vec<AuditEvent>, Fault>;

/// An open offer.
#[derive(Debug, Clone)]
pub(in crate::licence) struct Offer {
    pub licence: LicenceId,
    pub by: AccountId,
    /// The address of whoever offers it.
    pub by_email: String,
    pub email: String,
    pub email_key: String,
    pub expires_at: Timestamp,
}

/// What accepting would do.
#[derive(Debug, Clone)]
pub(super) struct Effect {
    /// The workspace it leaves, and the devices that stay there without a seat.
    pub leaves: Option<(String, u64)>,
    /// The workspace it stays in.
    pub stays: Option<String>,
}

impl Effect {
    /// For the account that would get it; a stranger before it is known who that is.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub(super) fn of(
        r: &mut impl Read,
        licence: &Licence,
        reader: Option<AccountId>,
    ) -> Result<Self, DbError> {
        let (Some(workspace), Some(name)) = (licence.workspace, licence.workspace_name.clone()) else {
            return Ok(Self {
                leaves: None,
                stays: None,
            });
        };
        let manages = match reader {
            Some(reader) => store::transfer::role(r, workspace, reader)?
                .is_some_and(|role| Action::ManageLicence.allowed(role)),
            None => false,
        };
        Ok(match manages {
            true => Self {
                leaves: None,
                stays: Some(name),
            },
            false => Self {
                leaves: Some((name, store::seat::seated(r, licence.id)?)),
                stays: None,
            },
        })
    }
}

/// Whether a licence can be handed over at all.
///
/// # Errors
/// `trial_bound`, `licence_unusable`, `licence_renews`.
pub(super) fn transferable(licence: &Licence) -> Result<(), Fault> {
    let facts = &licence.facts;
    if facts.trial {
        return Err(Code::TrialBound.into());
    }
    if facts.revoked || facts.suspended || facts.merged {
        return Err(Code::LicenceUnusable.into());
    }
    if licence.auto_renew {
        return Err(Code::LicenceRenews.into());
    }
    Ok(())
}

/// Routes of handing over.
pub(super) fn routes(routes: Routes) -> Routes {
    let below = |verb: &str| format!("/licences/{{licence}}/transfer{verb}");
    routes
        .api(Access::SignedIn, routes!(offer::api))
        .api(Access::SignedIn, routes!(answer::api_accept))
        .api(Access::SignedIn, routes!(answer::api_end))
        .get(&below(""), Access::SignedIn, screen::page)
        .post(&below(""), Access::SignedIn, offer::page)
        .post(&below("/accept"), Access::SignedIn, answer::page_accept)
        .post(&below("/end"), Access::SignedIn, answer::page_end)
}
