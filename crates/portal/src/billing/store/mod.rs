//! Every SQL statement on money.

pub(super) mod order;
pub(super) mod position;
pub(super) mod preview;
