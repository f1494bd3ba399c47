//! The shape of the house, checked: what ARCHITECTURE.md promises is what the code does.

mod headers;

use anyhow::{Result, bail};

use crate::source::{self, SourceFile};

/// Checks everything and reports every fault at once.
pub(crate) fn check() -> Result<()> {
    let mut files = Vec::new();
    for path in source::files(".rs")? {
        files.push(SourceFile::read(&path)?);
    }
    let faults = headers::faults(&files);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}
