//! Where commands print.
//!
//! Always true: printing never ends a command. A reader that has left wanted no more, and takes nothing away from what is
//! done; results that are lost for another reason are told once, at the end.

use crate::lang::Language;
use rempart_wire::exit;
use std::{
    fmt,
    io::{self, Write},
    sync::{Mutex, PoisonError},
};

/// The first reason why results could not be written.
static LOST: Mutex<Option<io::Error>> = Mutex::new(None);

/// Writes a line of results.
pub(super) fn result(line: fmt::Arguments<'_>) {
    keep(writeln!(io::stdout(), "{line}"));
}

/// Writes a line of everything else. Where nobody can read it there is nobody to tell.
pub(super) fn aside(line: fmt::Arguments<'_>) {
    drop(writeln!(io::stderr(), "{line}"));
}

/// The exit code of a command that would have ended with `code`: lost results are an error, whatever they were.
pub(super) fn end(code: u8, language: Language) -> u8 {
    keep(io::stdout().flush());
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    match lost {
        None => code,
        Some(error) => {
            let reason = language.reason(&error);
            aside(format_args!(
                "{}",
                language.say("result-lost", &[("reason", reason.into())])
            ));
            exit::ERROR
        }
    }
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
