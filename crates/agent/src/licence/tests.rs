use super::*;
use crate::state::{Credential, Enrolment};
use ed25519_dalek::SigningKey;
use jiff::SignedDuration;
use rempart_wire::{
    DeviceId, DeviceSettings, ManagementMode,
    licence::{self, Facts, State},
    licence_file::{self, IssuerKey, Kind, Lock},
};
use serde_json::{Value, json};

const KEY: &str = "7KQ2M-X4RTB";

fn issuer() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn issuers() -> IssuerKeys {
    [IssuerKey::new(issuer().verifying_key())].into_iter().collect()
}

struct Computer {
    _folder: tempfile::TempDir,
    state: StateDir,
    world: World,
}

impl Computer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            state: StateDir::open(folder.path().join("state")).unwrap(),
            world: World::real(),
            _folder: folder,
        }
    }

    fn ago(&self, hours: i64) -> Timestamp {
        self.world.now() - SignedDuration::from_hours(hours)
    }

    /// Enrolled, with a word of the portal on the licence, heard so many hours ago.
    fn enrol(&self, hours: i64, facts: Facts) {
        let enrolment = Enrolment {
            portal: "https://portail.example".to_owned(),
            device: DeviceId(uuid::Uuid::from_u128(1)),
            credential: Credential::new("secret"),
        };
        self.state.set_enrolment(&enrolment).unwrap();
        let settings = DeviceSettings {
            mode: ManagementMode::LocalAndRemote,
            workspace: "Atelier".to_owned(),
            portal: "https://portail.example".to_owned(),
            licence: Some(LicenceTerms {
                product: "Business".to_owned(),
                number: "RB-1".to_owned(),
                facts,
                seatless: false,
            }),
            issuers: issuers(),
        };
        self.state.set_settings(&settings, b"hash").unwrap();
        self.state.set_last_contact(self.ago(hours)).unwrap();
    }

    /// A file issued so many hours ago, good for a day, of a licence that ends in so many hours.
    fn file(&self, (issued, ends): (i64, i64)) -> Value {
        let facts = Facts {
            expires_at: Some(self.ago(-ends)),
            ..Facts::default()
        };
        json!({
            "data": {
                "type": "licenses", "id": "1",
                "attributes": { "name": format!("RB-{issued}"), "metadata": { "product": "Business", "facts": facts } },
            },
            "meta": Period::starting(self.ago(issued), SignedDuration::from_hours(24)).to_json(),
        })
    }

    fn import(&self, says: &Value) -> Result<Held, ImportError> {
        let text = licence_file::write(Kind::Licence, says, &issuer(), None);
        import(&self.state, &self.world, (text, None), IssuerKeys::none())
    }

    fn number(&self) -> Option<String> {
        standing(&self.state, &self.world)
            .unwrap()
            .terms
            .map(|terms| terms.number)
    }
}

#[test]
fn an_enrolled_computer_believes_a_file_of_its_portal_without_asking_anybody() {
    let computer = Computer::new();
    computer.enrol(48, Facts::default());
    assert_eq!(computer.number().as_deref(), Some("RB-1"));
    let held = computer.import(&computer.file((2, 1_000))).unwrap();
    assert_eq!((held.terms.number.as_str(), held.alone), ("RB-2", false));
    let now = standing(&computer.state, &computer.world).unwrap();
    assert_eq!(
        now.terms.as_ref().map(|terms| terms.number.as_str()),
        Some("RB-2")
    );
    assert!(matches!(now.source, Some(Source::File(Some(_)))));
}

#[test]
fn it_obeys_what_the_file_says() {
    let computer = Computer::new();
    computer.enrol(48, Facts::default());
    let state = |ends: i64| {
        computer.import(&computer.file((2, ends))).unwrap();
        let terms = standing(&computer.state, &computer.world).unwrap().terms.unwrap();
        licence::state(&terms.facts, computer.world.now())
    };
    assert_eq!(state(24 * 60), State::Active);
    assert!(matches!(state(-24), State::Grace { .. }));
    let expired = state(-24 * 15);
    assert!(matches!(expired, State::Expired { .. }));
    assert!(expired.permits().protection && !expired.permits().rule_updates);
}

#[test]
fn the_newest_word_counts() {
    let computer = Computer::new();
    computer.enrol(1, Facts::default());
    computer.import(&computer.file((2, 1_000))).unwrap();
    assert_eq!(
        computer.number().as_deref(),
        Some("RB-1"),
        "the portal was heard after the file was issued"
    );
    computer.state.set_last_contact(computer.ago(3)).unwrap();
    assert_eq!(computer.number().as_deref(), Some("RB-2"));
    let older = computer.import(&computer.file((5, 1_000)));
    assert!(matches!(older, Err(ImportError::Older(_))), "{older:?}");
    computer.import(&computer.file((1, 1_000))).unwrap();
    assert_eq!(computer.number().as_deref(), Some("RB-1"));
}

#[test]
fn without_a_known_issuer_nothing_is_believed() {
    let computer = Computer::new();
    let says = computer.file((1, 1_000));
    assert!(matches!(computer.import(&says), Err(ImportError::NoIssuer)));
    assert_eq!(
        standing(&computer.state, &computer.world).unwrap(),
        Standing::default()
    );
    // Keys handed over with the file are as good as those learnt, and are kept with it.
    let text = licence_file::write(Kind::Licence, &says, &issuer(), None);
    import(&computer.state, &computer.world, (text.clone(), None), issuers()).unwrap();
    assert_eq!(computer.number().as_deref(), Some("RB-1"));
    let other = SigningKey::from_bytes(&[2; 32]);
    let forged = licence_file::write(Kind::Licence, &says, &other, None);
    let refused = import(&computer.state, &computer.world, (forged, None), issuers());
    assert!(matches!(refused, Err(ImportError::Refused(Refused::Signature))));
}

#[test]
fn what_is_expired_from_the_future_or_of_another_machine_is_refused_and_changes_nothing() {
    let computer = Computer::new();
    computer.enrol(48, Facts::default());
    let refused = |says: &Value| match computer.import(says) {
        Err(ImportError::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    assert!(matches!(
        refused(&computer.file((25, 1_000))),
        Refused::Expired { .. }
    ));
    assert!(matches!(
        refused(&computer.file((-1, 1_000))),
        Refused::Future { .. }
    ));
    let text = |fingerprint: &str, lock: Option<&Lock<'_>>| {
        let licence = computer.file((1, 1_000))["data"].clone();
        let says = json!({
            "data": { "type": "machines", "id": "2", "attributes": { "fingerprint": fingerprint } },
            "included": [licence],
            "meta": Period::starting(computer.ago(1), SignedDuration::from_hours(24)).to_json(),
        });
        licence_file::write(Kind::Machine, &says, &issuer(), lock)
    };
    let take = |text: String, key: Option<&str>| {
        import(&computer.state, &computer.world, (text, key), IssuerKeys::none())
    };
    assert!(matches!(
        take(text("elsewhere", None), None),
        Err(ImportError::Refused(Refused::OtherMachine))
    ));
    assert_eq!(computer.number().as_deref(), Some("RB-1"));
    let own = rempart_os::fingerprint();
    assert!(take(text(&own, None), None).unwrap().alone);
    let lock = Lock {
        key: KEY,
        fingerprint: &own,
        nonce: [7; 12],
    };
    assert!(matches!(
        take(text(&own, Some(&lock)), None),
        Err(ImportError::Refused(Refused::Locked))
    ));
    assert!(matches!(
        take(text(&own, Some(&lock)), Some("other")),
        Err(ImportError::Refused(Refused::Key))
    ));
    take(text(&own, Some(&lock)), Some(KEY)).unwrap();
    // It opens again by itself.
    assert!(
        standing(&computer.state, &computer.world)
            .unwrap()
            .refused
            .is_none()
    );
}
