//! The Rempart server: a portal where people sign in, make workspaces and give them licences, and a console that
//! manages the protection of their computers.
//!
//! Nouns come first: a folder per noun, in it a file per verb; each verb is one rule behind two doors, a page and the
//! API. A slice's SQL is in its own `store.rs`. What all share is in [`base`]. See `ARCHITECTURE.md`.

pub mod account;
pub mod activation;
pub mod app;
pub mod base;
pub mod billing;
pub mod closure;
pub mod demo;
pub mod detection;
pub mod device;
pub mod health;
pub mod issuer;
pub mod licence;
pub mod operator;
pub mod overview;
pub mod product;
pub mod quarantine;
pub mod reminder;
pub mod rule_set;
pub mod scan;
pub mod workspace;
