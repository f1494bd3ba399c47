//! The agent's end of a session with a server.
//!
//! Always true: the first message of a connection reports everything, later ones what has changed; a change is reported
//! in the next message, none is skipped; sequence numbers grow by one with every message, across connections.

mod backoff;
mod session;

pub use backoff::Backoff;
pub use session::{Instruction, Session};
