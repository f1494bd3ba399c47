//! French and English: every word a person reads comes from `lang/{fr,en}/*.ftl`, one file per slice.

use fluent_templates::{Loader, fluent_bundle::FluentValue, static_loader};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use std::{borrow::Cow, collections::HashMap};
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static TEXTS = {
        locales: "./lang",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static FR: LanguageIdentifier = langid!("fr");
static EN: LanguageIdentifier = langid!("en");

/// A language we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    #[default]
    En,
}

/// Arguments of a message.
type Args = HashMap<Cow<'static, str>, FluentValue<'static>>;

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// `fr` or `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Reads `fr` or `en`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == text)
    }

    /// The first language of an `Accept-Language` header that we speak (RFC 9110 §12.5.4); English when none.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut wanted: Vec<(i32, Self)> = header
            .split(',')
            .filter_map(|entry| {
                let mut parts = entry.split(';');
                let lang = Self::parse(parts.next()?.trim().split('-').next()?)?;
                let quality = parts
                    .find_map(|part| part.trim().strip_prefix("q="))
                    .unwrap_or("1");
                let quality = quality
                    .trim()
                    .parse::<f32>()
                    .ok()
                    .filter(|quality| *quality > 0.0)?;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a quality has three decimals at most"
                )]
                Some(((quality * 1000.0) as i32, lang))
            })
            .collect();
        wanted.sort_by_key(|(quality, _)| -quality);
        wanted.first().map_or(Self::En, |(_, lang)| *lang)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::Fr => &FR,
            Self::En => &EN,
        }
    }

    /// Whether this language itself has the message.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        // A message that wants arguments fails to format without them but is there; the library keeps the type of
        // that error to itself.
        TEXTS
            .lookup_single_language::<&str>(self.id(), key, None)
            .err()
            .is_none_or(|error| format!("{error:?}").starts_with("FluentError"))
    }

    /// The message.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        TEXTS.lookup(self.id(), key)
    }

    /// The message with one argument.
    #[must_use]
    pub fn t1(self, key: &str, name: &'static str, value: impl ToArg) -> String {
        self.with(key, HashMap::from([(Cow::Borrowed(name), value.to_arg())]))
    }

    /// The message with two arguments.
    #[must_use]
    pub fn t2(self, key: &str, one: (&'static str, impl ToArg), two: (&'static str, impl ToArg)) -> String {
        let args = [
            (Cow::Borrowed(one.0), one.1.to_arg()),
            (Cow::Borrowed(two.0), two.1.to_arg()),
        ];
        self.with(key, HashMap::from(args))
    }

    /// The message with any number of arguments.
    #[must_use]
    pub fn with(self, key: &str, args: Args) -> String {
        TEXTS.lookup_with_args(self.id(), key, &args)
    }

    /// The message with text arguments and a number that its words agree with.
    #[must_use]
    pub fn with_number(
        self,
        key: &str,
        texts: &[(&'static str, String)],
        number: (&'static str, u64),
    ) -> String {
        let mut args: Args = texts
            .iter()
            .map(|(name, text)| (Cow::Borrowed(*name), FluentValue::from(text.clone())))
            .collect();
        args.insert(Cow::Borrowed(number.0), FluentValue::from(number.1));
        self.with(key, args)
    }

    /// The message with text arguments.
    #[must_use]
    pub fn with_texts(self, key: &str, args: &[(&'static str, String)]) -> String {
        let args = args
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.to_arg()))
            .collect();
        self.with(key, args)
    }

    /// A day in words: `14 mars 2027`, `14 March 2027`.
    #[must_use]
    pub fn date(self, at: Timestamp) -> String {
        let day = at.to_zoned(TimeZone::UTC).date();
        let month = self.t(&format!("month-{}", day.month()));
        let number = match (self, day.day()) {
            (Self::Fr, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        };
        format!("{number}\u{a0}{month}\u{a0}{}", day.year())
    }

    /// A day of this year, short, for axes: `14 mars`, `14 Mar`.
    #[must_use]
    pub fn day(self, day: Date) -> String {
        let month = self.t(&format!("month-short-{}", day.month()));
        format!("{}\u{a0}{month}", day.day())
    }

    /// Day and time, UTC: `14 mars 2027, 09:12`.
    #[must_use]
    pub fn date_time(self, at: Timestamp) -> String {
        let zoned = at.to_zoned(TimeZone::UTC);
        format!(
            "{}, {:02}:{:02}\u{a0}UTC",
            self.date(at),
            zoned.hour(),
            zoned.minute()
        )
    }

    /// A size in bytes as people read it: `12,4 Mo`, `12.4 MB`; powers of ten.
    #[must_use]
    pub fn size(self, bytes: u64) -> String {
        let units = match self {
            Self::Fr => ["o", "ko", "Mo", "Go", "To", "Po", "Eo"],
            Self::En => ["B", "kB", "MB", "GB", "TB", "PB", "EB"],
        };
        let (mut unit, mut tenths) = (0, u128::from(bytes) * 10);
        while tenths >= 10_000 && unit + 1 < units.len() {
            tenths = (tenths + 500) / 1000;
            unit += 1;
        }
        let point = if self == Self::Fr { ',' } else { '.' };
        match (tenths / 10, tenths % 10) {
            (whole, 0) => format!("{whole}\u{a0}{}", units[unit]),
            (whole, tenth) => format!("{whole}{point}{tenth}\u{a0}{}", units[unit]),
        }
    }

    /// A whole number with its thousands apart: `12 345`, `12,345`.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let separator = if self == Self::Fr { '\u{202f}' } else { ',' };
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// How long ago, roughly: `à l’instant`, `il y a 3 minutes`.
    #[must_use]
    pub fn ago(self, at: Timestamp, now: Timestamp) -> String {
        let seconds = now.duration_since(at).as_secs().max(0);
        match seconds {
            0..60 => self.t("ago-now"),
            60..3600 => self.t1("ago-minutes", "n", seconds / 60),
            3600..86_400 => self.t1("ago-hours", "n", seconds / 3600),
            _ => self.t1("ago-days", "n", seconds / 86_400),
        }
    }

    /// How long something took: `12 s`, `2 min 5 s`, `1 h 12 min`.
    #[must_use]
    pub fn lasted(self, time: SignedDuration) -> String {
        match time.as_secs().max(0) {
            seconds @ 0..60 => format!("{seconds}\u{a0}s"),
            seconds @ 60..3600 => format!("{}\u{a0}min\u{a0}{}\u{a0}s", seconds / 60, seconds % 60),
            seconds => format!("{}\u{a0}h\u{a0}{}\u{a0}min", seconds / 3600, seconds / 60 % 60),
        }
    }

    /// Why a device did not do something. Devices speak one language and send a stable code; what we have no words for
    /// is told as the device told it.
    #[must_use]
    pub fn failure(self, code: &str, sentence: &str) -> String {
        let key = format!("failure-{}", code.replace('_', "-"));
        match (self.knows(&key), sentence.is_empty()) {
            (true, _) => self.t(&key),
            (false, false) => sentence.to_owned(),
            (false, true) => code.to_owned(),
        }
    }
}

/// What can stand in a message.
pub trait ToArg {
    /// Numbers stay numbers, so that plurals work.
    fn to_arg(&self) -> FluentValue<'static>;
}

macro_rules! to_arg {
    ($($number:ty),*) => {$(
        impl ToArg for $number {
            fn to_arg(&self) -> FluentValue<'static> { FluentValue::from(*self) }
        }
    )*};
}
to_arg!(i64, u32, u64, usize);

impl ToArg for str {
    fn to_arg(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}

impl ToArg for String {
    fn to_arg(&self) -> FluentValue<'static> {
        self.as_str().to_arg()
    }
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> FluentValue<'static> {
        (**self).to_arg()
    }
}

#[cfg(test)]
mod tests;
