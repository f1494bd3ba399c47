use super::{ImportError, Refused};
use crate::lang::Language;
use jiff::{Timestamp, tz::TimeZone};
use rempart_wire::{
    LicenceTerms,
    licence::{self, State},
};

fn day(language: Language, at: Timestamp) -> String {
    language.day(at, &TimeZone::system())
}

/// How the licence stands, in a line.
#[must_use]
pub fn terms(terms: &LicenceTerms, language: Language, now: Timestamp) -> String {
    let product = ("product", terms.product.as_str().into());
    if terms.seatless {
        return language.say("status-licence-seatless", &[product]);
    }
    let state = licence::state(&terms.facts, now);
    let key = match state {
        State::Active | State::Trial { .. } | State::Expiring { .. } => "status-licence-until",
        State::Unstarted => "status-licence-forever",
        State::Grace { .. } => "status-licence-grace",
        State::Expired { .. } => "status-licence-expired",
        State::Suspended => "status-licence-suspended",
        State::Revoked | State::Merged => "status-licence-revoked",
    };
    let until = match state {
        State::Grace { until } => day(language, until),
        _ => String::new(),
    };
    let end = terms
        .facts
        .expires_at
        .map(|at| day(language, at))
        .unwrap_or_default();
    language.say(key, &[product, ("day", end.into()), ("until", until.into())])
}

/// Why a file is not believed.
#[must_use]
pub fn refused(refused: &Refused, language: Language) -> String {
    let (key, arguments) = match refused {
        Refused::TooLong | Refused::Armour | Refused::Encoding | Refused::Form => {
            ("licence-refused-form", vec![])
        }
        Refused::Algorithm(name) => ("licence-refused-algorithm", vec![("name", name.as_str().into())]),
        Refused::Signature => ("licence-refused-signature", vec![]),
        Refused::Locked => ("licence-refused-locked", vec![]),
        Refused::Key => ("licence-refused-key", vec![]),
        Refused::Future { issued } => (
            "licence-refused-future",
            vec![("day", day(language, *issued).into())],
        ),
        Refused::Expired { expiry } => (
            "licence-refused-expired",
            vec![("day", day(language, *expiry).into())],
        ),
        Refused::OtherMachine => ("licence-refused-machine", vec![]),
    };
    language.say(key, &arguments)
}

impl ImportError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::State(error) => error.sentence(language),
            Self::Refused(error) => refused(error, language),
            Self::NoIssuer => language.say("licence-no-issuer", &[]),
            Self::Older(issued) => language.say("licence-older", &[("day", day(language, *issued).into())]),
        }
    }
}
