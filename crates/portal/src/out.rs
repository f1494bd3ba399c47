//! Where the commands print.
//!
//! Always true: printing never panics. A reader that has left wanted no more; results lost for another reason make the
//! command fail, for some of them are shown only once.

use anyhow::Context;
use std::{
    fmt,
    io::{self, Write},
    sync::{Mutex, PoisonError},
};

/// The first reason why results could not be written.
static LOST: Mutex<Option<io::Error>> = Mutex::new(None);

/// Writes results.
pub(super) fn result(text: fmt::Arguments<'_>) {
    keep(io::stdout().write_fmt(text));
}

/// Writes a line to standard error. Where nobody can read it there is nobody to tell.
pub(super) fn aside(line: fmt::Arguments<'_>) {
    drop(writeln!(io::stderr(), "{line}"));
}

/// Whether all that was printed has been written.
pub(super) fn end() -> anyhow::Result<()> {
    keep(io::stdout().flush());
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    lost.map_or(Ok(()), Err)
        .context("the results could not be written")
}

fn keep(written: io::Result<()>) {
    if let Err(error) = written
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        LOST.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(error);
    }
}
