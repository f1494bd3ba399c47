//! The server's end of a session with one agent.
//!
//! Always true: a part of the agent's state that a message leaves out keeps its last value; from the moment a message
//! is found missing until the agent has reported everything again, every message to it asks for that; a configuration
//! is sent until the agent reports its hash.

mod session;

pub use session::{Change, RESEND_AFTER, Rejected, Session};
