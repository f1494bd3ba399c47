//! Every SQL statement on licences and their seats.

pub(super) mod batch;
pub(super) mod desk;
pub(super) mod ending;
pub(super) mod find;
pub(super) mod history;
pub(super) mod seat;
pub(super) mod transfer;
pub(super) mod write;
