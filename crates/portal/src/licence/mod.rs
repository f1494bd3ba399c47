//! The right to use one product on a number of computers for a period, and the key that is typed to get it.
//!
//! Always true: a licence is attached to at most one workspace and a workspace has at most one licence; its period starts
//! when it is first attached, never at purchase; `seats_used` is exactly the number of devices that name it, counted in
//! the transaction that changes either. A licence that has an owner and no workspace is a *personal licence*. The key
//! itself is never kept, only a keyed hash and its first and last group.
//!
//! A licence may be smaller than the workspace it is attached to: as many devices as fit get a seat, those enrolled first
//! before others, and the rest go on without one until there are seats again. Nothing is refused for that reason once it
//! was said and confirmed, because a computer must never lose its protection to paperwork.
//!
//! Lock order, for PostgreSQL: the licence's row first, then devices. Every function here keeps to it.

mod seat;
mod state;
mod store;
mod view;

pub use seat::{claim_seat, release_seat};
pub use state::{EXPIRING, Facts, GRACE, State, TRIAL, period_end, state};
pub use store::find::for_workspace;
pub use view::{Kind, Licence, Product};
