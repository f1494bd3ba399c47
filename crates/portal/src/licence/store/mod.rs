//! Every SQL statement on licences and their seats.

pub(super) mod find;
pub(super) mod seat;
pub(super) mod write;
