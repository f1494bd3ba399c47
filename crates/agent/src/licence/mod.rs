//! What this computer knows of its licence: what the portal said, or a file from it where there is no network.
//!
//! Always true: a file counts only with the signature of an issuer known here (learnt from the portal at enrolment and
//! since, or handed over by whoever runs the command), and is checked anew, clock and machine included, each time it is
//! asked for; the newest word counts, which is a file issued after the portal was last heard, or else the portal's; an
//! older file never replaces a newer one. A lapse never turns protection off.

mod sentence;
#[cfg(test)]
mod tests;

pub use sentence::{refused, terms};

use crate::{
    state::{Record, StateDir, StateError},
    world::World,
};
use jiff::Timestamp;
use rempart_wire::{
    LicenceKey, LicenceTerms,
    licence_file::{IssuerKeys, LicenceFile, Period, Refused, TOLERANCE},
};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

const FILE: Record = Record::new("licence-file");

/// The key an encrypted file opens with.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
struct Key(String);

/// A file as it is kept: as it came, so that it can be checked again.
#[derive(Serialize, Deserialize)]
struct Stored {
    file: String,
    key: Option<Key>,
    /// Keys that were handed over with it.
    issuers: IssuerKeys,
}

/// A file that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What it says of the licence.
    pub terms: LicenceTerms,
    /// For how long it is good.
    pub period: Period,
    /// Id of the key it is signed with.
    pub issuer: String,
    /// Whether it is for this computer alone.
    pub alone: bool,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The agent's memory.
    #[error(transparent)]
    State(#[from] StateError),
    /// The file is not to be believed, or not here and now.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No issuer's key is known here and none was handed over.
    #[error("no issuer key is known here")]
    NoIssuer,
    /// The one that is here is newer.
    #[error("the file that is here was issued later, at {0}")]
    Older(
        /// When that was.
        Timestamp,
    ),
}

/// Where a word on the licence is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The portal.
    Portal,
    /// A file, good until then.
    File(Option<Timestamp>),
}

/// What counts now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The licence, if there is one.
    pub terms: Option<LicenceTerms>,
    /// Where that is from.
    pub source: Option<Source>,
    /// Why the file that is here does not count.
    pub refused: Option<Refused>,
}

fn known(state: &StateDir, given: &IssuerKeys) -> Result<IssuerKeys, StateError> {
    let learnt = state
        .settings()?
        .map(|settings| settings.issuers)
        .unwrap_or_default();
    Ok(learnt.iter().chain(given.iter()).cloned().collect())
}

fn check(stored: &Stored, known: &IssuerKeys, now: Timestamp) -> Result<Held, Refused> {
    let fingerprint = rempart_os::fingerprint();
    let file = LicenceFile::parse(&stored.file)?;
    let verified = file.verify(known)?;
    let key = stored.key.as_ref().map(|key| key.0.as_str());
    let document = verified.open(key, Some(&fingerprint))?;
    document.check(now, TOLERANCE, &fingerprint)?;
    Ok(Held {
        terms: document.terms()?,
        period: document.period,
        issuer: verified.issuer().to_string(),
        alone: document.fingerprint().is_some(),
    })
}

/// Takes a file in. Nothing changes unless it counts.
///
/// # Errors
/// [`ImportError`].
pub fn import(
    state: &StateDir,
    world: &World,
    (text, key): (String, Option<&str>),
    given: IssuerKeys,
) -> Result<Held, ImportError> {
    let known = known(state, &given)?;
    if known.is_empty() {
        return Err(ImportError::NoIssuer);
    }
    // A key of ours is written in one way, however it was typed.
    let written = |typed: &str| {
        typed
            .parse::<LicenceKey>()
            .map_or_else(|_| typed.trim().to_owned(), |key| key.to_string())
    };
    let stored = Stored {
        file: text,
        key: key.map(|typed| Key(written(typed))),
        issuers: given,
    };
    let held = check(&stored, &known, world.now())?;
    if let Some(Ok(present)) = present(state, world)?
        && present.period.issued > held.period.issued
    {
        return Err(ImportError::Older(present.period.issued));
    }
    state.write(FILE, &stored)?;
    Ok(held)
}

/// The file that is here, when there is one, and whether it counts.
fn present(state: &StateDir, world: &World) -> Result<Option<Result<Held, Refused>>, StateError> {
    let Some(stored) = state.read::<Stored>(FILE)? else {
        return Ok(None);
    };
    let known = known(state, &stored.issuers)?;
    Ok(Some(check(&stored, &known, world.now())))
}

/// What counts now.
///
/// # Errors
/// When the agent's memory cannot be read.
pub fn standing(state: &StateDir, world: &World) -> Result<Standing, StateError> {
    let settings = state.settings()?;
    let heard = settings.as_ref().and(state.last_contact()?);
    let (file, refused) = match present(state, world)? {
        None => (None, None),
        Some(Ok(held)) => (Some(held), None),
        Some(Err(refused)) => (None, Some(refused)),
    };
    let newest =
        file.filter(|file| settings.is_none() || heard.is_none_or(|heard| file.period.issued > heard));
    Ok(match (newest, settings) {
        (Some(file), _) => Standing {
            terms: Some(file.terms),
            source: Some(Source::File(file.period.expiry)),
            refused,
        },
        (None, Some(settings)) => Standing {
            terms: settings.licence,
            source: Some(Source::Portal),
            refused,
        },
        (None, None) => Standing {
            refused,
            ..Standing::default()
        },
    })
}
