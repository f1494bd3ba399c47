//! What stands on an invoice besides what was bought: who sells, where to pay, and the tax.

use super::{ConfigError, Options};
use crate::base::money::Currency;

/// Who sells, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sales {
    /// Name and address of who sells, in lines.
    pub seller: String,
    /// Where to transfer to, in lines.
    pub bank_text: String,
    /// The currency of a licence that nobody paid for yet.
    pub currency: Currency,
    /// Tax on every price, in hundredths of a percent.
    pub tax_rate: u32,
    /// What it is called; in the reader's language when not said.
    pub tax_name: Option<String>,
    /// What the law wants said about it.
    pub tax_text: Option<String>,
}

impl Sales {
    pub(super) fn decide(said: &Options) -> Result<Self, ConfigError> {
        let currency = said.default_currency.as_deref().unwrap_or("EUR");
        let rate = said.tax_rate.as_deref().unwrap_or("0");
        Ok(Self {
            seller: lines(said.seller.as_deref().unwrap_or("Rempart")),
            bank_text: lines(said.bank_text.as_deref().unwrap_or_default()),
            currency: Currency::parse(currency).ok_or_else(|| ConfigError::Currency(currency.to_owned()))?,
            tax_rate: hundredths(rate).ok_or_else(|| ConfigError::TaxRate(rate.to_owned()))?,
            tax_name: said.tax_name.clone().filter(|name| !name.trim().is_empty()),
            tax_text: said
                .tax_text
                .as_deref()
                .map(lines)
                .filter(|text| !text.is_empty()),
        })
    }
}

/// One line each, parted by line ends or by ` | `, which is easier in an environment.
fn lines(text: &str) -> String {
    let lines: Vec<&str> = text
        .split(['\n', '|'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// A percentage with at most two decimals, below 100.
fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 2 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_percentage_with_two_decimals_at_most() {
        for (text, rate) in [("20", 2000), ("5,5", 550), ("8.25 %", 825), ("0", 0)] {
            assert_eq!(hundredths(text), Some(rate), "{text}");
        }
        for wrong in ["", "-1", "100", "5.555", "twenty", "1.2.3"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_has_lines() {
        let said = Options {
            seller: Some("Rempart SAS | 1 rue du Mur |44000 Nantes".into()),
            default_currency: Some("chf".into()),
            ..Options::default()
        };
        let sales = Sales::decide(&said).unwrap();
        assert_eq!(sales.seller, "Rempart SAS\n1 rue du Mur\n44000 Nantes");
        assert_eq!(sales.currency.as_str(), "CHF");
        let wrong = Options {
            default_currency: Some("EURO".into()),
            ..Options::default()
        };
        assert!(matches!(Sales::decide(&wrong), Err(ConfigError::Currency(_))));
    }
}
