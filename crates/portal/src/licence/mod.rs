//! The right to use one product on a number of computers for a period, and the key that is typed to get it.
//!
//! Always true: a licence is attached to at most one workspace and a workspace has at most one licence; its period starts
//! when it is first attached, never at purchase; `seats_used` is exactly the number of devices that name it and of
//! machines activated with it, counted in the transaction that changes either. A licence that has an owner and no workspace is a *personal licence*. The key
//! itself is never kept, only a keyed hash and its last group.
//!
//! A licence may be smaller than the workspace it is attached to: as many devices as fit get a seat, those enrolled first
//! before others, and the rest go on without one until there are seats again. Nothing is refused for that reason once it
//! was said and confirmed, because a computer must never lose its protection to paperwork.
//!
//! Lock order, for PostgreSQL: the licence's row first, then devices. Every function here keeps to it.

mod amend;
mod assign;
mod batch;
mod change;
mod choose;
mod desk;
mod detach;
mod ending;
mod export;
mod history;
mod import;
mod import_file;
mod issue;
mod key;
mod list;
mod low_seats;
mod managed;
mod moves;
mod number;
mod one;
mod operator;
pub mod permits;
mod personal;
mod place;
mod record;
mod renew;
mod screen;
mod seat;
mod show;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod transfer;
mod trial;
mod view;
pub mod words;

use crate::base::{
    authz::Action,
    job::Jobs,
    web::{Access, Routes},
};
use utoipa_axum::routes;

pub use amend::{Amended, amend, find, lock, merge, unseated, unused};
pub use batch::{IssuedKey, issue_batch};
pub use change::told;
pub use desk::{DeskView, Owner, RULED, Ruling, desk, find as find_typed, rule, tell_later};
pub use ending::{Fate, Inherited, Left, Withdrawn, left, offers, owner_leaves, pass_on, withdraw_offers};
pub use export::{Record, export};
pub use history::{Change, HANDED_OVER, history};
pub use import_file::{BadLine, Defaults, import_file};
pub use issue::{Input as IssueInput, Issued, Terms, issue, issue_to};
pub use managed::{Holder, attached_workspaces, by_key, holders, managed, read_key, standing};
pub use place::{Held, Moved, assign, bring_back, forget, held, set_aside, show, start_period};
pub use record::{Kind, Licence, Next, Standing};
pub use rempart_wire::licence::{
    EXPIRING, Facts, GRACE, Period, Permits, State, TRIAL, days_up, period_end, state,
};
pub use renew::set_auto_renew;
pub use seat::{
    Release, Released, SILENT_AFTER, Seat, claim_for_machine, claim_seat, count_seats, lock_seats,
    release_seat, release_seats, seat_again, silent, silent_since,
};
pub use store::find::for_workspace;
pub use transfer::OnHandOver;
pub use view::{Attached, LicenceView, Reseller};

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    desk::jobs(batch::jobs(jobs))
}

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let (see, manage) = (
        Access::Workspace(Action::SeeWorkspace),
        Access::Workspace(Action::ManageLicence),
    );
    transfer::routes(desk::routes(batch::routes(routes)))
        .api(Access::SignedIn, routes!(list::api))
        .api(Access::SignedIn, routes!(import::api))
        .api(Access::SignedIn, routes!(one::api))
        .api(Access::SignedIn, routes!(history::api))
        .api(Access::SignedIn, routes!(low_seats::api))
        .api(Access::SignedIn, routes!(moves::api))
        .api(see, routes!(show::api))
        .api(manage, routes!(assign::api))
        .api(manage, routes!(detach::api))
        .api(manage, routes!(trial::api))
        .api(Access::Operator, routes!(issue::api))
        .get("/licences", Access::SignedIn, personal::page)
        .post("/licences", Access::SignedIn, personal::import_page)
        .get("/licences/{licence}", Access::SignedIn, one::page)
        .post("/licences/{licence}/undo-move", Access::SignedIn, moves::page)
        .post("/licences/{licence}/low-seats", Access::SignedIn, low_seats::page)
        .get("/licences/key-check", Access::SignedIn, screen::key_check)
        .get("/workspaces/{workspace}/licence", manage, screen::page)
        .post("/workspaces/{workspace}/licence/key", manage, screen::import_page)
        .post(
            "/workspaces/{workspace}/licence/trial",
            manage,
            screen::trial_page,
        )
        .get("/workspaces/{workspace}/licence/assign", manage, choose::form)
        .post("/workspaces/{workspace}/licence/assign", manage, choose::page)
        .get("/workspaces/{workspace}/licence/detach", manage, detach::form)
        .post("/workspaces/{workspace}/licence/detach", manage, detach::page)
        .get("/operator/licences", Access::Operator, operator::form)
        .post("/operator/licences", Access::Operator, operator::page)
}
