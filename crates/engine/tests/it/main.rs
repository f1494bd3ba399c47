//! The engine seen from outside: what it finds, what it survives, and what it never does.

#![expect(clippy::unwrap_used, reason = "scenes: a failing step is a failing test")]

mod files;
mod golden;
mod hostile;
mod nesting;
mod rule_sources;
mod support;
