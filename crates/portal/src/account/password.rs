//! Passwords: how they are read, judged, hashed and checked.
//!
//! Always true: a password is compared in one Unicode form (NFKC), so that keyboards do not matter; it is hashed with
//! Argon2id on a blocking thread, two at a time; checking against an account that is not there costs the same.

use crate::{
    app::App,
    base::{
        error::{Code, Fault},
        lang::Lang,
    },
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};
use tokio::{sync::Semaphore, task::spawn_blocking};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Entropy, Score};

use super::advice;

/// The longest password, in characters.
const LONGEST: usize = 1000;
/// OWASP's parameters: 19 MiB, two passes, one lane.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Checked when there is no account: nobody's password, hashed with the parameters above.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCEhIQ$lIZ/6aXr9sSUuf5QOjkU6oUOMQ3eWPQNvdzdzdzdzd0";

/// A password as typed, in Unicode's NFKC. Never shown, not even to a debugger.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// Reads a password that is to be checked. `None` when it is empty or longer than any we accept: it matches nothing.
    #[must_use]
    pub fn given(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.chars().count() <= LONGEST;
        fits.then(|| Self(text.nfkc().collect()))
    }

    /// Reads a password that is being chosen. `about` is what a guesser would know: the person's name and address.
    ///
    /// # Errors
    /// `password_weak`, with the reason in the reader's language.
    pub fn chosen(text: &str, about: &[&str], lang: Lang) -> Result<Self, Fault> {
        let weak = |reason: String| {
            Fault::new(Code::PasswordWeak)
                .at("password")
                .arg("reason", reason)
        };
        if text.chars().count() > LONGEST {
            return Err(weak(lang.t("password-too-long")));
        }
        let password = Self(text.nfkc().collect());
        let strength = Strength::of(&password, about);
        if strength.is_enough() {
            Ok(password)
        } else {
            Err(weak(strength.reason(lang)))
        }
    }
}

/// How well a password would stand up to guessing.
pub(super) struct Strength(Entropy);

impl Strength {
    pub(super) fn of(password: &Password, about: &[&str]) -> Self {
        let about: Vec<&str> = about
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]))
            .filter(|word| word.chars().count() > 1)
            .take(40)
            .chain(["rempart"])
            .collect();
        Self(zxcvbn::zxcvbn(&password.0, &about))
    }

    /// 0 to 4.
    pub(super) fn score(&self) -> u8 {
        self.0.score().into()
    }

    /// More than 10⁸ guesses: out of reach for whoever must ask us each time.
    pub(super) fn is_enough(&self) -> bool {
        self.0.score() >= Score::Three
    }

    /// What is wrong with it and what would help.
    pub(super) fn reason(&self, lang: Lang) -> String {
        advice::reason(self.0.feedback(), lang)
    }
}

/// Hashes passwords, two at a time: each takes 19 MiB and a core.
#[derive(Debug)]
pub(super) struct Hasher {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    worked: AtomicU64,
}

/// So many at once wait for their turn; the rest are told to come back. About two seconds' worth.
const QUEUE: usize = 100;

impl Default for Hasher {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(2)),
            waiting: AtomicUsize::new(0),
            worked: AtomicU64::new(0),
        }
    }
}

impl Hasher {
    pub(super) async fn hash(&self, password: Password, salt: [u8; 16]) -> Result<String, Fault> {
        self.work(move || {
            let hash: PasswordHash = argon2()?
                .hash_password_with_salt(password.0.as_bytes(), &salt)
                .map_err(broken)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one `hash` was made of. Without a usable hash the answer is no, after the same work.
    pub(super) async fn matches(
        &self,
        password: Option<Password>,
        hash: Option<String>,
    ) -> Result<bool, Fault> {
        self.work(move || {
            let known = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let there = known.is_some() && password.is_some();
            let hash = match known {
                Some(hash) => hash,
                None => PasswordHash::new(NOBODY).map_err(broken)?,
            };
            let bytes = password.as_ref().map_or("", |password| &password.0).as_bytes();
            Ok(argon2()?.verify_password(bytes, &hash).is_ok() && there)
        })
        .await
    }

    /// How many hashes were made so far.
    #[cfg(test)]
    pub(super) fn worked(&self) -> u64 {
        self.worked.load(Ordering::SeqCst)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let waiting = Waiting::new(&self.waiting);
        if waiting.before > QUEUE {
            return Err(Fault::new(Code::Unavailable).because("too many passwords to hash at once"));
        }
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(broken)?;
        drop(waiting);
        self.worked.fetch_add(1, Ordering::SeqCst);
        // The place goes along: a visitor who hangs up leaves the work running.
        spawn_blocking(move || {
            let _place = place;
            work()
        })
        .await
        .map_err(broken)?
    }
}

/// One who waits for a place, counted until dropped.
struct Waiting<'a> {
    counter: &'a AtomicUsize,
    before: usize,
}

impl<'a> Waiting<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        let before = counter.fetch_add(1, Ordering::SeqCst);
        Self { counter, before }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.counter.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Hashes a password for keeping.
///
/// # Errors
/// `unavailable` when too many wait for the same.
pub async fn hash_password(app: &App, password: Password) -> Result<String, Fault> {
    let mut salt = [0; 16];
    salt.copy_from_slice(&app.chance.bytes32()[..16]);
    app.accounts.hasher.hash(password, salt).await
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: impl fmt::Display) -> Fault {
    Fault::new(Code::Internal).because(format!("password hashing: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "quatre gros hérissons timides";

    #[test]
    fn nobodys_hash_costs_what_anybodys_does() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&hash).unwrap();
        let cost = (params.m_cost(), params.t_cost(), params.p_cost());
        assert_eq!(cost, (MEMORY, PASSES, LANES));
        assert_eq!(hash.hash.unwrap().len(), 32);
    }

    #[tokio::test]
    async fn a_password_matches_however_its_accents_were_typed_and_nothing_else_does() {
        let hasher = Hasher::default();
        let composed = Password::given("Él\u{e8}ve n\u{b0}\u{ff11} à Rezé").unwrap();
        let decomposed = Password::given("E\u{301}le\u{300}ve n\u{b0}1 a\u{300} Reze\u{301}").unwrap();
        let hash = hasher.hash(composed, [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let other = Password::given("eleve n°1 a reze");
        assert!(
            hasher
                .matches(Some(decomposed), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!hasher.matches(other, Some(hash.clone())).await.unwrap());
        assert!(!hasher.matches(None, Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn no_account_and_a_broken_hash_match_nothing_after_the_same_work() {
        let hasher = Hasher::default();
        for hash in [None, Some(String::new()), Some("$argon2id$broken".into())] {
            assert!(!hasher.matches(Password::given(GOOD), hash).await.unwrap());
        }
        assert_eq!(hasher.worked(), 3);
    }

    #[test]
    fn a_thousand_characters_of_any_script_are_a_password_and_one_more_is_not() {
        let long: String = "héç字🐢".chars().cycle().take(1000).collect();
        assert!(Password::given(&long).is_some());
        assert!(Password::given(&format!("{long}x")).is_none());
        assert!(Password::given("").is_none());
        let fault = Password::chosen(&format!("{long}x"), &[], Lang::En).unwrap_err();
        assert_eq!((fault.code, fault.target), (Code::PasswordWeak, Some("password")));
    }

    #[test]
    fn what_a_guesser_knows_of_the_person_makes_no_password() {
        let about = ["Camille Petitjean", "camille.petitjean@atelier-reze.example"];
        for weak in [
            "",
            "azerty123",
            "petitjeancamille",
            "atelier-reze",
            "Rempart2027",
            "motdepasse",
        ] {
            let fault = Password::chosen(weak, &about, Lang::Fr).unwrap_err();
            let reason = &fault.args[0].1;
            assert!(reason.ends_with('.') && reason.len() > 10, "{weak}: {reason}");
        }
        assert!(Password::chosen(GOOD, &about, Lang::Fr).is_ok());
    }

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(format!("{:?}", Password::given(GOOD)), "Some(Password(…))");
    }
}
