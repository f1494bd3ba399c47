//! Every link of our pages to a file of ours leads somewhere.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{process, source};

/// Checks every Markdown file.
pub(crate) fn check() -> Result<()> {
    let mut broken = Vec::new();
    for path in source::files(".md")? {
        let text = std::fs::read_to_string(process::root().join(&path)).with_context(|| path.clone())?;
        let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
        for target in targets(&text) {
            if !process::root().join(folder).join(target).exists() {
                broken.push(format!("{path} links to {target}, which is not there"));
            }
        }
    }
    if !broken.is_empty() {
        bail!("{}", broken.join("\n"));
    }
    Ok(())
}

/// The files a page links to: `[words](file#part)`, outside code blocks.
fn targets(page: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in page.lines() {
        in_code ^= line.trim_start().starts_with("```");
        let links = line
            .split("](")
            .skip(1)
            .filter_map(|after| after.split(')').next());
        let files = links
            .filter_map(|link| link.split('#').next())
            .filter(|file| !file.is_empty() && !file.contains(':'));
        if !in_code {
            found.extend(files);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_links_and_addresses_and_anchors_are_not() {
        let page = "[a](docs/a.md#x) [b](https://example.org) [c](#c) ![d](d.png)\n```\n[e](e.md)\n```\n";
        assert_eq!(targets(page), ["docs/a.md", "d.png"]);
    }
}
