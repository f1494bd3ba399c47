use super::Language;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::time::Duration;

/// Between digits and before units, so that a figure is never broken over two lines.
const THIN: char = '\u{202f}';
const UNITS: [(&str, &str); 5] = [("B", "o"), ("KB", "Ko"), ("MB", "Mo"), ("GB", "Go"), ("TB", "To")];

impl Language {
    /// A whole number, its digits in groups.
    #[must_use]
    pub fn count(self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(match self {
                    Self::English => ',',
                    Self::French => THIN,
                });
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A size, to three significant digits at most.
    #[must_use]
    pub fn bytes(self, bytes: u64) -> String {
        let mut unit = 0;
        let mut whole = bytes;
        let mut tenths = 0;
        while whole >= 1000 && unit + 1 < UNITS.len() {
            tenths = whole % 1000 / 100;
            whole /= 1000;
            unit += 1;
        }
        let (english, french) = UNITS[unit];
        let name = match self {
            Self::English => english,
            Self::French => french,
        };
        let point = self.point();
        let figure = if unit > 0 && whole < 10 {
            format!("{whole}{point}{tenths}")
        } else {
            self.count(whole)
        };
        format!("{figure}{THIN}{name}")
    }

    const fn point(self) -> char {
        match self {
            Self::English => '.',
            Self::French => ',',
        }
    }

    /// How long something took.
    #[must_use]
    pub fn took(self, time: Duration) -> String {
        let seconds = time.as_secs();
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        match (hours, minutes) {
            (0, 0) if seconds < 10 => {
                format!("{seconds}{}{}{THIN}s", self.point(), time.subsec_millis() / 100)
            }
            (0, 0) => format!("{seconds}{THIN}s"),
            (0, _) => format!("{minutes}{THIN}min {:02}{THIN}s", seconds % 60),
            _ => format!("{hours}{THIN}h {minutes:02}{THIN}min"),
        }
    }

    /// How long ago something was, in one unit.
    #[must_use]
    pub fn ago(self, then: Timestamp, now: Timestamp) -> String {
        let seconds = now.duration_since(then).max(SignedDuration::ZERO).as_secs();
        let (unit, count) = match seconds {
            0..60 => ("seconds", seconds),
            60..3_600 => ("minutes", seconds / 60),
            3_600..86_400 => ("hours", seconds / 3_600),
            _ => ("days", seconds / 86_400),
        };
        self.say("ago", &[("unit", unit.into()), ("count", count.into())])
    }

    /// A day: *10 November 2027*.
    #[must_use]
    pub fn day(self, at: Timestamp, zone: &TimeZone) -> String {
        let date = at.to_zoned(zone.clone()).date();
        let month = self.say("month", &[("number", date.month().into())]);
        let day = match (self, date.day()) {
            (Self::French, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        };
        format!("{day} {month} {}", date.year())
    }

    /// A moment, in a form that sorts.
    #[must_use]
    pub fn moment(self, at: Timestamp, zone: &TimeZone) -> String {
        at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}
