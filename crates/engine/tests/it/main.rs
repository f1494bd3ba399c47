//! The engine seen from outside: what it finds, what it survives, and what it never does.

mod files;
mod golden;
mod hostile;
mod nesting;
mod rule_sources;
mod support;
