//! The verdict on a licence: one pure function, whose order is a promise.

use super::Scope;
use crate::{activation::policy::Policy, issuer::Machine, licence::State};
use jiff::Timestamp;

macro_rules! verdicts {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What is said of a licence; the codes are those clients know.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Verdict { $($(#[$doc])* $name),* }

        impl Verdict {
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it stands in answers.
            pub(super) const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

verdicts! {
    /// Good.
    Valid = "VALID";
    /// No such licence here.
    NotFound = "NOT_FOUND";
    /// Revoked.
    Banned = "BANNED";
    /// Suspended.
    Suspended = "SUSPENDED";
    /// Expired, and its grace period over.
    Expired = "EXPIRED";
    /// For another environment: there are none here.
    EnvironmentScopeMismatch = "ENVIRONMENT_SCOPE_MISMATCH";
    /// For another product.
    ProductScopeMismatch = "PRODUCT_SCOPE_MISMATCH";
    /// Under another policy: there are none here.
    PolicyScopeMismatch = "POLICY_SCOPE_MISMATCH";
    /// For another user: there are none here.
    UserScopeMismatch = "USER_SCOPE_MISMATCH";
    /// Entitlements were asked for, and none named.
    EntitlementsScopeEmpty = "ENTITLEMENTS_SCOPE_EMPTY";
    /// The product does not allow all that was asked for.
    EntitlementsMissing = "ENTITLEMENTS_MISSING";
    /// No machine is activated; the licence has one seat.
    NoMachine = "NO_MACHINE";
    /// No machine is activated.
    NoMachines = "NO_MACHINES";
    /// Not a machine of this licence.
    MachineScopeMismatch = "MACHINE_SCOPE_MISMATCH";
    /// Fingerprints were asked for, and none given.
    FingerprintScopeEmpty = "FINGERPRINT_SCOPE_EMPTY";
    /// No machine of this licence has this fingerprint.
    FingerprintScopeMismatch = "FINGERPRINT_SCOPE_MISMATCH";
    /// The product asks for heartbeats, and the machine never sent one.
    HeartbeatNotStarted = "HEARTBEAT_NOT_STARTED";
    /// The machine's heartbeat stopped.
    HeartbeatDead = "HEARTBEAT_DEAD";
    /// Bound to other components: none are here.
    ComponentsScopeMismatch = "COMPONENTS_SCOPE_MISMATCH";
    /// For another file: there are none here.
    ChecksumScopeMismatch = "CHECKSUM_SCOPE_MISMATCH";
    /// For another release: there are none here.
    VersionScopeMismatch = "VERSION_SCOPE_MISMATCH";
    /// More seats are in use than there are; nothing stops.
    TooManyMachines = "TOO_MANY_MACHINES";
}

impl Verdict {
    /// Whether the licence is good. Too many machines stop nothing.
    pub(super) const fn valid(self) -> bool {
        matches!(self, Self::Valid | Self::TooManyMachines)
    }

    /// Key of its sentence.
    pub(super) fn sentence_key(self) -> String {
        format!("validation-{}", self.code().to_lowercase().replace('_', "-"))
    }
}

/// What the verdict depends on, besides the scope.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub state: State,
    pub seats: u64,
    pub seats_used: u64,
    pub product: &'a str,
    pub policy: &'a Policy,
    /// The machines that the scope names and the licence has.
    pub machines: Vec<Machine>,
    pub any_machine: bool,
}

/// The first thing that is wrong: its ban, its suspension, its expiry, what must fit, then counts.
pub(super) fn decide(facts: &Facts<'_>, scope: &Scope, now: Timestamp) -> Verdict {
    let wrong = standing(facts.state)
        .or_else(|| elsewhere(facts, scope))
        .or_else(|| allowed(facts, scope))
        .or_else(|| fitting(facts, scope, now));
    match wrong {
        Some(wrong) => wrong,
        None if facts.seats_used > facts.seats => Verdict::TooManyMachines,
        None => Verdict::Valid,
    }
}

fn standing(state: State) -> Option<Verdict> {
    match state {
        State::Revoked => Some(Verdict::Banned),
        State::Suspended => Some(Verdict::Suspended),
        State::Expired { .. } | State::Merged => Some(Verdict::Expired),
        State::Unstarted
        | State::Active
        | State::Trial { .. }
        | State::Expiring { .. }
        | State::Grace { .. } => None,
    }
}

/// What has no counterpart here never fits: to pass over it in silence would say that it did.
fn elsewhere(facts: &Facts<'_>, scope: &Scope) -> Option<Verdict> {
    let product = scope.product.as_ref();
    [
        (scope.environment.is_some(), Verdict::EnvironmentScopeMismatch),
        (
            product.is_some_and(|product| product != facts.product),
            Verdict::ProductScopeMismatch,
        ),
        (scope.policy.is_some(), Verdict::PolicyScopeMismatch),
        (scope.user.is_some(), Verdict::UserScopeMismatch),
        (
            scope.components.as_ref().is_some_and(|some| !some.is_empty()),
            Verdict::ComponentsScopeMismatch,
        ),
        (scope.checksum.is_some(), Verdict::ChecksumScopeMismatch),
        (scope.version.is_some(), Verdict::VersionScopeMismatch),
    ]
    .into_iter()
    .find_map(|(wrong, verdict)| wrong.then_some(verdict))
}

fn allowed(facts: &Facts<'_>, scope: &Scope) -> Option<Verdict> {
    let wanted = scope.entitlements.as_ref()?;
    if wanted.is_empty() {
        return Some(Verdict::EntitlementsScopeEmpty);
    }
    let has = |code: &String| {
        facts
            .policy
            .entitlements
            .iter()
            .any(|one| one.code.eq_ignore_ascii_case(code))
    };
    (!wanted.iter().all(has)).then_some(Verdict::EntitlementsMissing)
}

fn fitting(facts: &Facts<'_>, scope: &Scope, now: Timestamp) -> Option<Verdict> {
    let fingerprints = scope.fingerprints();
    if scope.machine.is_none() && fingerprints.is_none() {
        return None;
    }
    if fingerprints.as_ref().is_some_and(Vec::is_empty) {
        return Some(Verdict::FingerprintScopeEmpty);
    }
    if !facts.any_machine {
        return Some(if facts.seats == 1 {
            Verdict::NoMachine
        } else {
            Verdict::NoMachines
        });
    }
    let named = |machine: &&Machine| scope.machine == Some(machine.id.to_string());
    if scope.machine.is_some() && !facts.machines.iter().any(|machine| named(&machine)) {
        return Some(Verdict::MachineScopeMismatch);
    }
    let fits = |machine: &&Machine| match &fingerprints {
        None => named(machine),
        Some(some) => some.contains(&machine.fingerprint.as_str()),
    };
    let fitting: Vec<&Machine> = facts.machines.iter().filter(fits).collect();
    if fitting.is_empty() {
        return Some(Verdict::FingerprintScopeMismatch);
    }
    if !facts.policy.heartbeat_required {
        return None;
    }
    // One that is heard is enough.
    let statuses: Vec<&str> = fitting
        .iter()
        .map(|machine| machine.heartbeat.status(now))
        .collect();
    match statuses {
        some if some.contains(&"ALIVE") => None,
        some if some.contains(&"DEAD") => Some(Verdict::HeartbeatDead),
        _ => Some(Verdict::HeartbeatNotStarted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{base::lang::Lang, issuer::Heartbeat, product::Entitlement};
    use jiff::SignedDuration;
    use proptest::prelude::*;

    fn policy() -> Policy {
        Policy {
            heartbeat: Some(600),
            heartbeat_required: true,
            entitlements: vec![Entitlement {
                code: "api".into(),
                name: "API".into(),
            }],
        }
    }

    fn machine(fingerprint: &str, last: Option<i64>) -> Machine {
        Machine {
            id: uuid::Uuid::from_u128(7),
            fingerprint: fingerprint.into(),
            name: None,
            hostname: None,
            platform: None,
            cores: None,
            created_at: Timestamp::UNIX_EPOCH,
            seen_at: Timestamp::UNIX_EPOCH,
            heartbeat: Heartbeat {
                every: Some(600),
                last: last.map(|at| Timestamp::from_second(at).unwrap()),
            },
            metadata: serde_json::json!({}),
        }
    }

    fn states() -> impl Strategy<Value = State> {
        let at = Timestamp::UNIX_EPOCH;
        prop_oneof![
            Just(State::Active),
            Just(State::Expiring { days: 3 }),
            Just(State::Grace { until: at }),
            Just(State::Expired { at }),
            Just(State::Suspended),
            Just(State::Revoked),
            Just(State::Merged),
        ]
    }

    fn scopes() -> impl Strategy<Value = Scope> {
        let some = |texts: &'static [&'static str]| {
            proptest::option::of(proptest::sample::select(texts).prop_map(str::to_owned))
        };
        let many = |texts: &'static [&'static str]| {
            proptest::option::of(proptest::collection::vec(
                proptest::sample::select(texts).prop_map(str::to_owned),
                0..3,
            ))
        };
        (
            some(&["Business", "Home"]),
            some(&["p"]),
            some(&["aa", "bb", ""]),
            many(&["aa", "bb"]),
            many(&["api", "audit"]),
        )
            .prop_map(
                |(product, policy, fingerprint, fingerprints, entitlements)| Scope {
                    product,
                    policy,
                    fingerprint,
                    fingerprints,
                    entitlements,
                    ..Scope::default()
                },
            )
    }

    proptest! {
        #[test]
        fn what_is_wrong_earlier_in_the_order_is_what_is_said(state in states(), scope in scopes(), any: bool, over: bool, beat in proptest::option::of(0i64..2_000)) {
            let policy = policy();
            let wants = |fingerprint: &str| scope.fingerprints().is_some_and(|some| some.contains(&fingerprint));
            let machines: Vec<Machine> = [machine("aa", beat)].into_iter().filter(|one| any && wants(&one.fingerprint)).collect();
            let facts = Facts { state, seats: 2, seats_used: if over { 3 } else { 2 }, product: "Business", policy: &policy, machines, any_machine: any };
            let verdict = decide(&facts, &scope, Timestamp::from_second(1_000).unwrap());
            // Told again, as a list of questions.
            let asked = scope.fingerprints();
            let questions = [
                (state == State::Revoked, Verdict::Banned),
                (state == State::Suspended, Verdict::Suspended),
                (matches!(state, State::Expired { .. } | State::Merged), Verdict::Expired),
                (scope.product.as_deref() == Some("Home"), Verdict::ProductScopeMismatch),
                (scope.policy.is_some(), Verdict::PolicyScopeMismatch),
                (scope.entitlements == Some(vec![]), Verdict::EntitlementsScopeEmpty),
                (scope.entitlements.iter().flatten().any(|one| one == "audit"), Verdict::EntitlementsMissing),
                (asked == Some(vec![]), Verdict::FingerprintScopeEmpty),
                (asked.is_some() && !any, Verdict::NoMachines),
                (asked.is_some() && !wants("aa"), Verdict::FingerprintScopeMismatch),
                (asked.is_some() && beat.is_none(), Verdict::HeartbeatNotStarted),
                (asked.is_some() && beat.is_some_and(|at| 1_000 - at > 600), Verdict::HeartbeatDead),
                (over, Verdict::TooManyMachines),
            ];
            let expected = questions.into_iter().find(|(wrong, _)| *wrong).map_or(Verdict::Valid, |(_, verdict)| verdict);
            prop_assert_eq!(verdict, expected);
        }

        #[test]
        fn a_beat_lasts_as_long_as_the_product_says(late in -900i64..900) {
            let now = Timestamp::from_second(10_000).unwrap();
            let heartbeat = Heartbeat { every: Some(600), last: now.checked_sub(SignedDuration::from_secs(600 + late)).ok() };
            prop_assert_eq!(heartbeat.status(now), if late > 0 { "DEAD" } else { "ALIVE" });
        }
    }

    #[test]
    fn a_licence_of_one_seat_has_no_machine_others_have_no_machines() {
        let policy = Policy::default();
        let scope = Scope {
            fingerprint: Some("aa".into()),
            ..Scope::default()
        };
        let facts = |seats| Facts {
            state: State::Active,
            seats,
            seats_used: 0,
            product: "Home",
            policy: &policy,
            machines: vec![],
            any_machine: false,
        };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(decide(&facts(1), &scope, now), Verdict::NoMachine);
        assert_eq!(decide(&facts(2), &scope, now), Verdict::NoMachines);
        assert_eq!(decide(&facts(2), &Scope::default(), now), Verdict::Valid);
    }

    #[test]
    fn every_verdict_has_its_sentence_in_both_languages() {
        for verdict in Verdict::ALL {
            for lang in Lang::ALL {
                assert!(
                    lang.knows(&verdict.sentence_key()),
                    "{} in {}",
                    verdict.code(),
                    lang.as_str()
                );
            }
        }
    }
}
