//! What every slice stands on, and nothing that belongs to one: the database, the audit log, authorization, jobs, the
//! web's two doors, languages, mail, configuration, clock and chance.
//!
//! Always true: nothing here uses a slice, but for the list of slices in `app.rs`.

pub mod audit;
pub mod authn;
pub mod authz;
pub mod clock;
pub mod config;
pub mod csv;
pub mod db;
pub mod error;
pub mod job;
pub mod lang;
pub mod mail;
pub mod money;
pub mod secret;
pub mod telemetry;
#[cfg(test)]
pub mod testing;
pub mod web;
