use super::*;
use proptest::prelude::*;

fn secrets(all: &[&str]) -> Vec<SecretString> {
    all.iter().map(|secret| SecretString::from(*secret)).collect()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn check(payload: &[u8], header: &str, known: &[SecretString], now: i64) -> Result<(), NotTheirs> {
    verify(payload, header, known, at(now), TOLERANCE)
}

/// Made with OpenSSL, so that signing and verifying are not wrong in the same way:
/// `printf '1614265330.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test`.
#[test]
fn a_signature_made_elsewhere_is_accepted() {
    let header = "t=1614265330,v1=347e9afe3d74ec4c5cbefd270edc9246513ae3da7b375223e302560fbd4146eb,v0=00";
    assert_eq!(
        check(
            br#"{"id":"evt_1"}"#,
            header,
            &secrets(&["whsec_test"]),
            1_614_265_330
        ),
        Ok(())
    );
}

#[test]
fn a_header_that_is_no_signature_is_refused() {
    let known = secrets(&["whsec_test"]);
    let good = sign(b"{}", 1_000_000, &known);
    for header in [
        "",
        "t=",
        "v1=",
        "t=1,v1",
        "t=x,v1=00",
        "t=+1,v1=00",
        "t=1,v1=zz",
        "t=1",
        "t=1,v0=00",
        "nonsense",
    ] {
        assert_eq!(
            check(b"{}", header, &known, 1),
            Err(NotTheirs::Malformed),
            "{header:?}"
        );
    }
    assert_eq!(
        check(b"{}", &format!("t=5,{good}"), &known, 5),
        Err(NotTheirs::Malformed)
    );
    assert_eq!(check(b"{}", &good, &[], 1_000_000), Err(NotTheirs::NoMatch));
}

proptest! {
    /// While a secret is replaced each side knows one or both; one in common is enough, none is not.
    #[test]
    fn one_secret_in_common_is_enough(
        payload in prop::collection::vec(any::<u8>(), 0..300),
        time in 0i64..4_000_000_000,
        theirs in prop::collection::vec(0u8..6, 1..4),
        ours in prop::collection::vec(0u8..6, 1..4),
    ) {
        let named = |numbers: &[u8]| numbers.iter().map(|n| SecretString::from(format!("whsec_{n}"))).collect::<Vec<_>>();
        let header = sign(&payload, time, &named(&theirs));
        let shared = theirs.iter().any(|secret| ours.contains(secret));
        let wanted = if shared { Ok(()) } else { Err(NotTheirs::NoMatch) };
        prop_assert_eq!(check(&payload, &header, &named(&ours), time), wanted);
    }

    /// A changed byte of the body, the time or the signature is found.
    #[test]
    fn nothing_signed_can_be_changed(
        payload in prop::collection::vec(any::<u8>(), 1..300),
        time in 1i64..4_000_000_000,
        place in any::<prop::sample::Index>(),
        flip in 1u8..=255,
    ) {
        let known = secrets(&["whsec_test"]);
        let header = sign(&payload, time, &known);
        let mut other = payload.clone();
        other[place.index(payload.len())] ^= flip;
        prop_assert_eq!(check(&other, &header, &known, time), Err(NotTheirs::NoMatch));
        let later = header.replacen(&format!("t={time}"), &format!("t={}", time + 1), 1);
        prop_assert_eq!(check(&payload, &later, &known, time), Err(NotTheirs::NoMatch));
        let (head, signature) = header.split_once("v1=").unwrap();
        let mut signature = hex::decode(signature).unwrap();
        signature[place.index(32)] ^= flip;
        let forged = format!("{head}v1={}", hex::encode(&signature));
        prop_assert_eq!(check(&payload, &forged, &known, time), Err(NotTheirs::NoMatch));
        let short = format!("{head}v1={}", hex::encode(&signature[..place.index(32)]));
        prop_assert_eq!(check(&payload, &short, &known, time), Err(NotTheirs::NoMatch));
    }

    /// Five minutes on either side, to the second.
    #[test]
    fn an_old_one_sent_again_is_refused(time in 1_000i64..4_000_000_000, off in -700i64..700) {
        let known = secrets(&["whsec_test"]);
        let header = sign(b"{}", time, &known);
        let wanted = if off.abs() <= 300 { Ok(()) } else { Err(NotTheirs::Untimely) };
        prop_assert_eq!(check(b"{}", &header, &known, time + off), wanted);
    }

    /// Whatever arrives, it is refused and nothing breaks.
    #[test]
    fn no_header_is_believed_by_chance(header in ".{0,200}", payload in prop::collection::vec(any::<u8>(), 0..50)) {
        prop_assert!(check(&payload, &header, &secrets(&["whsec_test"]), 0).is_err());
    }
}
