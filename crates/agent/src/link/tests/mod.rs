//! Scenes: the agent's connection against a portal made for the purpose, over real sockets on this machine.

mod credentials;
mod enrolment;
mod events;
mod orders;
mod portal;
mod run;
mod scans;
mod scene;
