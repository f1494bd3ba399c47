//! The shape of the house, checked: what the `toml arch` block of ARCHITECTURE.md says is what the code does.
//!
//! Every rule is a function from what was read to a list of faults, so that one run tells all of them.

mod crates;
mod headers;
mod plan;
mod rules;
mod slices;
mod tables;
mod tokens;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::source::{self, SourceFile};
use plan::Plan;

/// Checks everything and reports every fault at once.
pub(crate) fn check() -> Result<()> {
    let text = std::fs::read_to_string(process::root().join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let plan = Plan::from_markdown(&text)?;
    let mut files = Vec::new();
    for path in source::files(".rs")? {
        files.push(SourceFile::read(&path)?);
    }
    let mut faults = headers::faults(&files);
    faults.extend(crates::faults(&plan, &crates::read()?));
    for (name, house) in &plan.houses {
        faults.extend(slices::faults(
            name,
            house,
            &files,
            &tables::pairs(name, house, &files),
        ));
        faults.extend(tables::faults(name, house, &files)?);
    }
    faults.extend(rules::faults(&files));
    if !faults.is_empty() {
        bail!("{} faults\n{}", faults.len(), faults.join("\n"));
    }
    Ok(())
}
