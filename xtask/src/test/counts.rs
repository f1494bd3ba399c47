//! How many tests a runner ran, read from the reports runners write for machines.

use anyhow::{Context, Result};

/// Tests, or a check as one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Those that did what they should.
    pub(crate) passed: usize,
    /// Those that did not.
    pub(crate) failed: usize,
}

impl Counts {
    /// A check that is one thing and went well.
    pub(crate) const ONE: Self = Self { passed: 1, failed: 0 };

    /// From nextest's JUnit report: its first element carries the totals.
    pub(crate) fn from_junit(report: &str) -> Result<Self> {
        let start = report
            .find("<testsuites")
            .context("a JUnit report without <testsuites>")?;
        let head = report[start..].split('>').next().unwrap_or_default();
        let number = |name: &str| -> Result<usize> {
            let attribute = format!(" {name}=\"");
            let value = head
                .split_once(&attribute)
                .and_then(|(_, rest)| rest.split('"').next());
            value
                .with_context(|| format!("no {name} in {head}"))?
                .parse()
                .context("a number of tests")
        };
        let failed = number("failures")? + number("errors")?;
        Ok(Self {
            passed: number("tests")?.saturating_sub(failed),
            failed,
        })
    }

    /// From the closing comments of a TAP report, as node's runner writes it.
    pub(crate) fn from_tap(report: &str) -> Result<Self> {
        let number = |name: &str| -> Result<usize> {
            let line = report
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix(&format!("# {name} ")));
            line.with_context(|| format!("no `# {name}` in the report"))?
                .trim()
                .parse()
                .context("a number of tests")
        };
        let failed = number("fail")? + number("cancelled")?;
        Ok(Self {
            passed: number("pass")?,
            failed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextests_totals_are_read_from_the_first_element() {
        let report = "<?xml version=\"1.0\"?>\n<testsuites name=\"run\" tests=\"7\" failures=\"2\" errors=\"1\" time=\"1\">\n<testsuite name=\"x\" tests=\"1\" failures=\"0\">";
        assert_eq!(
            Counts::from_junit(report).unwrap(),
            Counts { passed: 4, failed: 3 }
        );
    }

    #[test]
    fn nodes_totals_are_read_from_its_closing_comments() {
        let report = "TAP version 13\nok 1 - a\n# tests 3\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 0\n";
        assert_eq!(Counts::from_tap(report).unwrap(), Counts { passed: 1, failed: 2 });
    }

    #[test]
    fn a_report_without_totals_is_an_error_not_a_zero() {
        assert!(Counts::from_junit("<x/>").is_err());
        assert!(Counts::from_tap("ok 1 - a\n").is_err());
    }
}
