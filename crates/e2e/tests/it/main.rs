//! Stories that need the real programs: a portal, agents and the disk under them.
//!
//! Each story starts its own portal on a free port with a data folder of its own, on SQLite and on PostgreSQL where the
//! database matters. The programs are those `cargo build --workspace` made beside this test.

mod computer;
mod database;
mod kill;
mod programs;
mod race;
mod seats;
mod serve;
mod validation;
