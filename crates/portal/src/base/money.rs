//! Money: whole minor units of one currency, computed with 128 bits, never floating point.

use crate::base::lang::Lang;
use std::fmt;

/// The national currencies of ISO 4217 in use, by their codes.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB \
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU \
    UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A currency, by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code, ignoring case; nothing when no country uses it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.trim().to_ascii_uppercase().into_bytes().try_into().ok()?;
        CODES
            .split(' ')
            .any(|known| known.as_bytes() == code)
            .then_some(Self(code))
    }

    /// `EUR`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Decimals of its minor unit: two for most, none for yen, three for dinars.
    #[must_use]
    pub const fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// What people write for it; the code where a sign would be ambiguous.
    fn sign(&self, lang: Lang) -> &str {
        match (&self.0, lang) {
            (b"EUR", _) => "€",
            (b"GBP", _) => "£",
            (b"USD", Lang::En) => "$",
            (b"USD", Lang::Fr) => "$US",
            _ => self.as_str(),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount in the minor unit of a currency: cents, mostly. It may be negative: what is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units.
    pub amount: i64,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads what a person typed: `1188`, `1 188,00`, `11.88`. Thousands are kept apart by spaces alone, because in
    /// `1,188` nobody can tell; what has more decimals than the currency is not read, and neither is a sign.
    #[must_use]
    pub fn typed(text: &str, currency: Currency) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (whole, decimals) = text.split_once([',', '.']).unwrap_or((&text, ""));
        let places = currency.exponent() as usize;
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > places {
            return None;
        }
        let amount = format!("{whole}{decimals:0<places$}").parse().ok()?;
        Some(Self::new(amount, currency))
    }

    /// So many times it; nothing when it would not fit.
    #[must_use]
    pub fn times(self, count: u64) -> Option<Self> {
        let amount = i128::from(self.amount).checked_mul(i128::from(count))?;
        Some(Self::new(i64::try_from(amount).ok()?, self.currency))
    }

    /// The sum; nothing when the currencies differ or it would not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then_some(())?;
        Some(Self::new(self.amount.checked_add(other.amount)?, self.currency))
    }

    /// The difference; nothing when the currencies differ or it would not fit.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then_some(())?;
        Some(Self::new(self.amount.checked_sub(other.amount)?, self.currency))
    }

    /// `part` of `whole` of it: see [`share`].
    #[must_use]
    pub fn share(self, part: i128, whole: i128) -> Option<Self> {
        Some(Self::new(share(self.amount, part, whole)?, self.currency))
    }

    /// As people write it: `1 188,00 €`, `€1,188.00`.
    #[must_use]
    pub fn show(self, lang: Lang) -> String {
        let unit = 10u64.pow(self.currency.exponent());
        let (whole, rest) = (
            self.amount.unsigned_abs() / unit,
            self.amount.unsigned_abs() % unit,
        );
        let mut number = lang.number(whole);
        if unit > 1 {
            let decimals = self.currency.exponent() as usize;
            number.push(if lang == Lang::Fr { ',' } else { '.' });
            number.push_str(&format!("{rest:0decimals$}"));
        }
        let minus = if self.amount < 0 { "\u{2212}" } else { "" };
        let sign = self.currency.sign(lang);
        match lang {
            Lang::Fr => format!("{minus}{number}\u{a0}{sign}"),
            Lang::En if sign.len() == 3 && sign.is_ascii() => format!("{minus}{sign}\u{a0}{number}"),
            Lang::En => format!("{minus}{sign}{number}"),
        }
    }
}

/// `amount × part ÷ whole`, rounded half up, which for amounts below zero means away from zero: what is taken and what is
/// given back for the same thing are the same amount. Nothing when `whole` is not positive or the result does not fit.
#[must_use]
pub fn share(amount: i64, part: i128, whole: i128) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let product = i128::from(amount).checked_mul(part)?;
    let twice = product.unsigned_abs().checked_mul(2)?;
    let whole = whole.unsigned_abs();
    let rounded = i128::try_from(twice.checked_add(whole)? / whole.checked_mul(2)?).ok()?;
    i64::try_from(if product < 0 { -rounded } else { rounded }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_written_as_each_language_does() {
        let shown = |amount, code: &str, lang| Money::new(amount, Currency::parse(code).unwrap()).show(lang);
        assert_eq!(shown(118_800, "eur", Lang::Fr), "1\u{202f}188,00\u{a0}€");
        assert_eq!(shown(118_800, "EUR", Lang::En), "€1,188.00");
        assert_eq!(shown(-5, "EUR", Lang::Fr), "\u{2212}0,05\u{a0}€");
        assert_eq!(shown(5, "USD", Lang::Fr), "0,05\u{a0}$US");
        assert_eq!(shown(1_234_567, "JPY", Lang::En), "JPY\u{a0}1,234,567");
        assert_eq!(shown(1_234_567, "TND", Lang::Fr), "1\u{202f}234,567\u{a0}TND");
    }

    #[test]
    fn a_currency_nobody_uses_is_not_read() {
        for wrong in ["", "EU", "EURO", "€", "XXX", "ABC"] {
            assert_eq!(Currency::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_was_typed_is_read_or_refused_but_never_guessed() {
        let typed = |text, code| Money::typed(text, Currency::parse(code).unwrap()).map(|money| money.amount);
        assert_eq!(typed("1188", "EUR"), Some(118_800));
        assert_eq!(typed("1\u{202f}188,5", "EUR"), Some(118_850));
        assert_eq!(typed("11.88", "EUR"), Some(1_188));
        assert_eq!(typed("1188", "JPY"), Some(1_188));
        assert_eq!(typed("1,188", "TND"), Some(1_188));
        for wrong in [
            "",
            ",5",
            "1,188",
            "-1",
            "+1",
            "1.2.3",
            "1e3",
            "99999999999999999999",
            "٣",
        ] {
            assert_eq!(typed(wrong, "EUR"), None, "{wrong}");
        }
        assert_eq!(typed("1,0", "JPY"), None);
    }

    #[test]
    fn half_a_cent_goes_up() {
        assert_eq!(share(1, 1, 2), Some(1));
        assert_eq!(share(1, 49, 100), Some(0));
        assert_eq!(share(-1, 1, 2), Some(-1));
        assert_eq!(share(i64::MAX, 2, 1), None);
        assert_eq!(share(1, 1, 0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_is_shown_can_be_typed(amount in 0i64..1_000_000_000_000, code in proptest::sample::select(vec!["EUR", "JPY", "TND"])) {
            let money = Money::new(amount, Currency::parse(code).unwrap());
            let shown: String = money.show(Lang::Fr).chars().filter(|c| !c.is_alphabetic() && *c != '€').collect();
            prop_assert_eq!(Money::typed(&shown, money.currency), Some(money));
        }

        #[test]
        fn a_share_is_never_more_than_half_a_unit_off(amount in -1_000_000_000i64..1_000_000_000, part in 0i128..40_000, whole in 1i128..40_000) {
            let off = (i128::from(share(amount, part, whole).unwrap()) * whole - i128::from(amount) * part).abs();
            prop_assert!(off * 2 <= whole);
        }

        #[test]
        fn a_part_and_the_rest_of_it_are_the_whole_within_a_unit(amount in 0i64..1_000_000_000, whole in 1i128..40_000, part in 0i128..40_000) {
            let part = part % (whole + 1);
            let sum = share(amount, part, whole).unwrap() + share(amount, whole - part, whole).unwrap();
            prop_assert!((amount..=amount + 1).contains(&sum));
        }
    }
}
