//! An archive: a file that holds members. Each kind hands its members to [`crate::look::Look`] one by one and never
//! reads more of them than the budget allows; what is wrong with it is a partial at its own place.

pub(crate) mod gzip;
pub(crate) mod tar;
pub(crate) mod zip;
