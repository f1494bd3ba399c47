use super::*;
use jiff::SignedDuration;
use proptest::prelude::*;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;

const KEY: &str = "7KQ2M-X4RTB-22222-22222-22222";
const FINGERPRINT: &str = "6a3f0c";

fn issuer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn known(seeds: &[u8]) -> IssuerKeys {
    seeds
        .iter()
        .map(|seed| IssuerKey::new(issuer(*seed).verifying_key()))
        .collect()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn lock(nonce: u8) -> Lock<'static> {
    Lock {
        key: KEY,
        fingerprint: FINGERPRINT,
        nonce: [nonce; 12],
    }
}

fn payload(kind: Kind, issued: i64, ttl: i64) -> Value {
    json!({
        "data": {
            "type": kind.data_type(),
            "id": "0199f0a2-0000-7000-8000-000000000001",
            "attributes": { "fingerprint": FINGERPRINT, "maxMachines": 60, "name": "Atelier Rezé" },
            "relationships": {},
        },
        "included": [{ "type": "entitlements", "id": "scan", "attributes": { "code": "scan" } }],
        "meta": Period::starting(at(issued), SignedDuration::from_secs(ttl)).to_json(),
    })
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Licence), Just(Kind::Machine)]
}

/// All a reader does.
fn believe(text: &str, known: &IssuerKeys, now: i64) -> Result<Document, Refused> {
    let file = LicenceFile::parse(text)?;
    let document = file.verify(known)?.open(Some(KEY), Some(FINGERPRINT))?;
    document.check(at(now), TOLERANCE, FINGERPRINT)?;
    Ok(document)
}

proptest! {
    #[test]
    fn a_file_is_read_as_it_was_written(kind in kinds(), encrypted: bool, nonce: u8, name in ".{0,200}", seats: u32) {
        let mut says = payload(kind, 1_000, 3_600);
        says["data"]["attributes"]["name"] = json!(name);
        says["data"]["attributes"]["maxMachines"] = json!(seats);
        let text = write(kind, &says, &issuer(1), encrypted.then(|| lock(nonce)).as_ref());
        let file = LicenceFile::parse(&text).unwrap();
        prop_assert_eq!((file.kind(), file.is_encrypted()), (kind, encrypted));
        let document = believe(&text, &known(&[2, 1]), 2_000).unwrap();
        prop_assert_eq!(&document.attributes["name"], &json!(name));
        prop_assert_eq!(&document.attributes["maxMachines"], &json!(seats));
        prop_assert_eq!(document.period.expiry, Some(at(4_600)));
        prop_assert_eq!(&document.included[0].attributes["code"], "scan");
        let dos = text.replace('\n', "\r\n");
        prop_assert_eq!(believe(&dos, &known(&[1]), 2_000).unwrap(), document.clone());
        prop_assert_eq!(believe(text.trim_end(), &known(&[1]), 2_000).unwrap(), document);
    }

    #[test]
    fn any_changed_byte_is_a_refused_file(kind in kinds(), encrypted: bool, place: prop::sample::Index, byte in 0u8..128) {
        let text = write(kind, &payload(kind, 1_000, 3_600), &issuer(1), encrypted.then(|| lock(1)).as_ref());
        let mut bytes = text.into_bytes();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let text = String::from_utf8(bytes).unwrap();
        prop_assert!(believe(&text, &known(&[1]), 2_000).is_err());
    }

    #[test]
    fn a_file_cut_short_or_with_something_in_it_is_refused(kind in kinds(), cut: prop::sample::Index, more in "[ -~\n]{1,3}") {
        let text = write(kind, &payload(kind, 1_000, 3_600), &issuer(1), None);
        let cut = cut.index(text.len() - 1);
        prop_assert!(believe(&text[..cut], &known(&[1]), 2_000).is_err());
        let longer = [&text[..cut], &more, &text[cut..]].concat();
        prop_assert!(believe(&longer, &known(&[1]), 2_000).is_err());
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        prop_assert!(believe(&text, &known(&[1]), 0).is_err());
    }

    #[test]
    fn any_envelope_is_answered(enc in "[A-Za-z0-9+/=.]{0,60}", sig in "[A-Za-z0-9+/=]{0,90}", alg in "(base64\\+ed25519|aes-256-gcm\\+ed25519|[a-z0-9+-]{0,12})") {
        let text = armour::wrap(Kind::Licence, &json!({ "enc": enc, "sig": sig, "alg": alg }).to_string());
        prop_assert!(believe(&text, &known(&[1]), 0).is_err());
    }

    #[test]
    fn whatever_an_issuer_signs_is_answered(plain in any::<Vec<u8>>(), enc in "[A-Za-z0-9+/=.]{0,60}", alg: bool) {
        let enc = if alg { BASE64.encode(plain) } else { enc };
        let sig = BASE64.encode(issuer(1).sign(signed(Kind::Licence, &enc).as_bytes()).to_bytes());
        let alg = if alg { "base64+ed25519" } else { "aes-256-gcm+ed25519" };
        let text = armour::wrap(Kind::Licence, &json!({ "enc": enc, "sig": sig, "alg": alg }).to_string());
        prop_assert!(matches!(believe(&text, &known(&[1]), 0), Err(Refused::Form | Refused::Encoding | Refused::Key)));
    }

    #[test]
    fn a_file_is_good_from_when_it_was_issued_until_it_expires(issued in 0i64..4_000_000_000, ttl in SHORTEST_TTL..=LONGEST_TTL, now in 0i64..4_000_000_000) {
        let text = write(Kind::Licence, &payload(Kind::Licence, issued, ttl), &issuer(1), None);
        let good = believe(&text, &known(&[1]), now);
        if issued > now + TOLERANCE.as_secs() {
            prop_assert_eq!(good, Err(Refused::Future { issued: at(issued) }));
        } else if now >= issued + ttl {
            prop_assert_eq!(good, Err(Refused::Expired { expiry: at(issued + ttl) }));
        } else {
            prop_assert!(good.is_ok());
        }
    }
}

#[test]
fn a_thousand_files_with_one_bit_changed_are_refused() {
    let mut chance = StdRng::seed_from_u64(3);
    let mut refused = 0;
    for round in 0..1_000u16 {
        let kind = Kind::ALL[usize::from(round % 2)];
        let lock = (round % 4 < 2).then(|| lock(1));
        let text = write(kind, &payload(kind, 1_000, 3_600), &issuer(1), lock.as_ref());
        assert!(believe(&text, &known(&[1]), 2_000).is_ok());
        let mut bytes = text.into_bytes();
        let (place, bit) = (chance.random_range(0..bytes.len()), chance.random_range(0..8));
        bytes[place] ^= 1 << bit;
        let believed = String::from_utf8(bytes).map(|text| believe(&text, &known(&[1]), 2_000).is_ok());
        assert_ne!(believed, Ok(true));
        refused += 1;
    }
    assert_eq!(refused, 1_000);
}

#[test]
fn every_bit_of_one_file_counts() {
    let text = write(
        Kind::Machine,
        &payload(Kind::Machine, 1_000, 3_600),
        &issuer(1),
        Some(&lock(1)),
    );
    for place in 0..text.len() {
        for bit in 0..7 {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1 << bit;
            let text = String::from_utf8(bytes).unwrap();
            assert!(
                believe(&text, &known(&[1]), 2_000).is_err(),
                "byte {place}, bit {bit}"
            );
        }
    }
}

#[test]
fn each_refusal_says_which() {
    let plain = write(
        Kind::Licence,
        &payload(Kind::Licence, 1_000, 3_600),
        &issuer(1),
        None,
    );
    let sealed = write(
        Kind::Licence,
        &payload(Kind::Licence, 1_000, 3_600),
        &issuer(1),
        Some(&lock(1)),
    );
    let machine = write(
        Kind::Machine,
        &payload(Kind::Machine, 1_000, 3_600),
        &issuer(1),
        Some(&lock(1)),
    );
    let refused = |text: &str| believe(text, &known(&[1]), 2_000).unwrap_err();
    assert_eq!(refused(&"A".repeat(LONGEST + 1)), Refused::TooLong);
    assert_eq!(refused("Bonjour"), Refused::Armour);
    assert_eq!(refused(&plain.replace("LICENSE", "MACHINE")), Refused::Signature);
    assert_eq!(believe(&plain, &known(&[2]), 2_000), Err(Refused::Signature));
    assert_eq!(
        believe(&plain, &IssuerKeys::none(), 2_000),
        Err(Refused::Signature)
    );
    let file = LicenceFile::parse(&sealed).unwrap();
    let verified = file.verify(&known(&[3, 1])).unwrap();
    assert_eq!(*verified.issuer(), KeyId::of(&issuer(1).verifying_key()));
    assert_eq!(verified.open(None, None), Err(Refused::Locked));
    assert_eq!(
        verified.open(Some("7KQ2M-X4RTB-22222-22222-22223"), None),
        Err(Refused::Key)
    );
    let file = LicenceFile::parse(&machine).unwrap();
    let verified = file.verify(&known(&[1])).unwrap();
    assert_eq!(verified.open(Some(KEY), Some("another")), Err(Refused::Key));
    let document = verified.open(Some(KEY), Some(FINGERPRINT)).unwrap();
    assert_eq!(
        document.check(at(2_000), TOLERANCE, "another"),
        Err(Refused::OtherMachine)
    );
    let other = json!({ "enc": "", "sig": "", "alg": "base64+rsa-sha256" }).to_string();
    let other = armour::wrap(Kind::Licence, &other);
    assert_eq!(
        refused(&other),
        Refused::Algorithm("base64+rsa-sha256".to_owned())
    );
}

#[test]
fn what_it_says_of_the_licence_is_read_from_either_kind() {
    let facts = json!({ "trial": true, "expires_at": at(9_000) });
    let licence = json!({ "name": "RB-1", "expiry": at(5_000), "suspended": true, "metadata": { "product": "Home", "facts": facts } });
    let mut says = payload(Kind::Licence, 1_000, 3_600);
    says["data"]["attributes"] = licence.clone();
    let terms = |kind, says: &Value| {
        believe(&write(kind, says, &issuer(1), None), &known(&[1]), 2_000)
            .unwrap()
            .terms()
    };
    let own = terms(Kind::Licence, &says).unwrap();
    assert_eq!(
        (own.product.as_str(), own.number.as_str(), own.facts.trial),
        ("Home", "RB-1", true)
    );
    assert_eq!(
        (own.facts.expires_at, own.facts.suspended),
        (Some(at(9_000)), false)
    );
    let mut machine = payload(Kind::Machine, 1_000, 3_600);
    assert_eq!(terms(Kind::Machine, &machine), Err(Refused::Form));
    machine["included"] = json!([{ "type": "licenses", "id": "1", "attributes": licence }]);
    assert_eq!(terms(Kind::Machine, &machine), Ok(own));
    // Of another server's making.
    says["data"]["attributes"] = json!({ "expiry": at(5_000), "suspended": true, "status": "BANNED" });
    let other = terms(Kind::Licence, &says).unwrap().facts;
    assert_eq!(
        (other.expires_at, other.suspended, other.revoked),
        (Some(at(5_000)), true, true)
    );
}

#[test]
fn what_an_algorithm_name_promises_is_what_is_inside() {
    // The name is not signed: a file that is encrypted and says it is plain, and the other way round, must not be read.
    for (lock, other) in [(None, Algorithm::Encrypted), (Some(lock(1)), Algorithm::Plain)] {
        let text = write(
            Kind::Licence,
            &payload(Kind::Licence, 1_000, 3_600),
            &issuer(1),
            lock.as_ref(),
        );
        let (_, json) = armour::unwrap(&text).unwrap();
        let mut envelope: Value = serde_json::from_slice(&json).unwrap();
        envelope["alg"] = json!(other.as_str());
        let text = armour::wrap(Kind::Licence, &envelope.to_string());
        assert!(matches!(
            believe(&text, &known(&[1]), 2_000),
            Err(Refused::Form | Refused::Encoding)
        ));
    }
}

#[test]
fn issuer_keys_are_published_and_read_again() {
    let keys = known(&[1, 2]);
    let json = serde_json::to_value(&keys).unwrap();
    assert_eq!(json["keys"][0]["algorithm"], "ed25519");
    assert_eq!(json["keys"][0]["public_key"].as_str().unwrap().len(), 64);
    assert_eq!(
        json["keys"][1]["id"],
        KeyId::of(&issuer(2).verifying_key()).as_str()
    );
    assert_eq!(serde_json::from_value::<IssuerKeys>(json).unwrap(), keys);
    // The neutral element: every signature of one text would fit another.
    let weak = format!("01{}", "00".repeat(31));
    let off_the_curve = format!("02{}", "00".repeat(31));
    for none in [weak.as_str(), "", "zz", &off_the_curve] {
        assert_eq!(IssuerKey::parse(none), Err(UnreadableKey), "{none}");
    }
}
