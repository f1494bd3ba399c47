//! The Open Agent Management Protocol (OpAMP): its messages, their framing, and the two ends of a session.
//!
//! * [`message`] is what travels: one type per protobuf message of the specification.
//! * [`frame`] and [`http`] turn messages into the bytes of a WebSocket message or an HTTP body, and back, within limits.
//! * [`server::Session`] and [`client::Session`] are the two ends as pure state machines: messages and the time go in,
//!   messages and decisions come out. They do no input or output, read no clock and draw no random numbers, so that any
//!   runtime can drive them and any history can be tested.
//!
//! Always true: after a connection on which everything was delivered, the server's [`AgentState`] equals the agent's;
//! no sequence of bytes makes a decoder panic or allocate beyond its limit; fields this crate does not know are ignored.
//!
//! Not here: TLS, credentials, package downloads. The specification leaves the meaning of headers and packages to the
//! two programs, and so does this crate.

pub mod client;
pub mod frame;
pub mod http;
pub mod message;
pub mod server;

mod state;
mod uid;

pub use state::{AgentState, Part};
pub use uid::{InstanceUid, NotAnInstanceUid};

/// Where servers listen unless they say otherwise.
pub const DEFAULT_PATH: &str = "/v1/opamp";

/// How often an agent speaks when it has nothing to say, unless the server offers another interval.
pub const DEFAULT_HEARTBEAT: std::time::Duration = std::time::Duration::from_secs(30);
