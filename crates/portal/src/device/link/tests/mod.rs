//! Scenes with computers: real WebSockets on 127.0.0.1, agents of the protocol crate at the other end.

pub(in crate::device) mod computer;
mod credentials;
mod enrolling;
mod malformed;
mod orders;
mod presence;
