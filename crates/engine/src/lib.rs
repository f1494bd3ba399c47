//! Rempart's scan engine: bytes in, [`Verdict`] out.
//!
//! What is always true of it: it opens no socket, knows no database and no policy; it reads the file it is handed and
//! nothing else; it never maps a file into memory, so a file that shrinks under it cannot kill the process; and its own
//! failure (a limit met, a damaged archive, even a bug in a parser) is a [`Partial`], never a [`Match`].
//!
//! **Files.** Up to [`Limits::whole_bytes`] a file is read at once into a buffer the thread keeps. The built-in rules
//! are about files no larger than that. For rules from a folder, a larger one is read in overlapping windows of 4 MiB
//! and the rules see it as one file, with two differences: `filesize` is undefined, and a single string longer than the
//! overlap (64 KiB) may be missed. A match in windows counts only when it is found again with the windows cut elsewhere,
//! so that the edge of a window is never mistaken for the edge of the file. Beyond [`Limits::file_bytes`] only the
//! beginning and the end are looked at, and the verdict says so.
//!
//! **Archives.** zip, gzip and tar are unpacked inside each other, in memory, up to [`Limits`]. The rules see each member,
//! and each container as it is on disk (a zip's names, a script hidden behind an archive's end); a gzip or tar *inside*
//! another archive is streamed and not shown as a whole.
#![forbid(unsafe_code)]

mod archive;
mod budget;
mod buffer;
mod engine;
mod kind;
mod known_bad;
mod limits;
mod look;
mod rules;
mod source;
mod verdict;
mod window;

pub use buffer::release_buffers;
pub use engine::{Engine, EngineError, RuleName, Sources};
pub use limits::Limits;
pub use rules::RuleProblem;
pub use verdict::{
    Description, KNOWN_BAD_RULE, Match, Partial, PartialReason, ScanError, Severity, UNNAMED, Verdict,
};
