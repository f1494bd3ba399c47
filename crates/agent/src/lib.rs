//! The agent of one computer: it scans, quarantines, and does what the portal and the person at the keyboard may ask.
//!
//! | noun | what it is |
//! | --- | --- |
//! | [`agent`] | the parts of one agent put together; who may steer it |
//! | [`state`] | what it remembers: identity, enrolment, settings |
//! | [`spool`] | what the portal must still be told |
//! | [`scan`] | looking into files |
//! | [`quarantine`] | files taken out of harm's way |
//! | [`link`] | the connection to the portal: enrolment, the daemon |
//! | [`cmd`] | the command line, one file per command |
//! | [`lang`] | every sentence it says, in French and English |
//! | [`world`] | time and chance, as parameters |

pub mod agent;
pub mod cmd;
pub mod lang;
pub mod licence;
pub mod link;
pub mod quarantine;
pub mod scan;
pub mod spool;
pub mod state;
pub mod world;
