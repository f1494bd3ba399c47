//! The connection to the portal: enrolment, and the daemon that keeps it.
//!
//! Always true: a secret (token, credential) leaves this computer only towards the portal, never unencrypted to another
//! machine unless that was asked for; every connection proves that the device still holds its key; a computer is enrolled
//! or is not, whatever happens on the way; each order is carried out once, and every event is told until the portal has
//! it; what the portal last said stays in force when it cannot be reached.
//!
//! ```text
//! endpoint, tls, dial, socket   reaching the portal
//! describe, memory              what is told and kept about the connection
//! enrol                         from a token to a credential
//! daemon                        one loop; phase, outbox, orders, runner, settings, health are its parts
//! ```

mod daemon;
mod describe;
mod dial;
mod endpoint;
mod enrol;
mod failure;
mod health;
mod memory;
mod orders;
mod outbox;
mod phase;
mod runner;
mod sentence;
mod settings;
mod socket;
mod timing;
mod tls;
mod watch;

pub use daemon::{Daemon, Ended, RunOptions};
pub use describe::Machine;
pub use enrol::{EnrolRequest, Enrolled, enrol};
pub use failure::LinkError;
pub use timing::Timing;

#[cfg(test)]
mod tests;
