//! What reading a licence file costs beside the signature in it: parse, verify, open and check, against one bare Ed25519
//! verification of the same bytes, in turns.
//!
//! `verify SECONDS ROUNDS` prints one JSON object a round: files a second and bare verifications a second, plain and
//! encrypted.

use anyhow::{Context, Result};
use ed25519_dalek::{Signer, SigningKey};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::licence_file::{self, IssuerKey, IssuerKeys, Kind, LicenceFile, Lock, Period, TOLERANCE};
use serde_json::json;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const KEY: &str = "7KQ2M-X4RTB-9FHJD-ZWNC8-H4VPB";
const FINGERPRINT: &str = "8b1f0c52a9";

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let mut number = || -> Result<f64> { Ok(words.next().context("usage: verify SECONDS ROUNDS")?.parse()?) };
    let (length, rounds) = (Duration::from_secs_f64(number()?), number()? as usize);
    let signing = SigningKey::from_bytes(&[7; 32]);
    let known = IssuerKeys::from_iter([IssuerKey::new(signing.verifying_key())]);
    let now = Timestamp::from_second(1_800_000_000)?;
    let payload = payload(now);
    let lock = Lock {
        key: KEY,
        fingerprint: FINGERPRINT,
        nonce: [9; 12],
    };
    let plain = licence_file::write(Kind::Machine, &payload, &signing, None);
    let sealed = licence_file::write(Kind::Machine, &payload, &signing, Some(&lock));
    let read = |text: &str, key: Option<&str>| -> Result<()> {
        let file = LicenceFile::parse(text)?;
        let document = file.verify(&known)?.open(key, Some(FINGERPRINT))?;
        document.check(now, TOLERANCE, FINGERPRINT)?;
        black_box(document);
        Ok(())
    };
    // As many bytes as the plain file's signature covers: its kind and its payload in base64.
    let bytes = vec![b'x'; "machine/".len() + payload.to_string().len().div_ceil(3) * 4];
    let signature = signing.sign(&bytes);
    for _ in 0..rounds {
        let [plain, bare, sealed] = rates(
            length,
            [
                &|| read(&plain, None),
                &|| {
                    Ok(signing
                        .verifying_key()
                        .verify_strict(black_box(&bytes), &signature)?)
                },
                &|| read(&sealed, Some(KEY)),
            ],
        )?;
        println!(r#"{{"plain":{plain:.0},"encrypted":{sealed:.0},"bare":{bare:.0}}}"#);
    }
    Ok(())
}

fn payload(now: Timestamp) -> serde_json::Value {
    let period = Period::starting(now, SignedDuration::from_hours(24 * 30));
    json!({
        "data": {
            "type": "machines",
            "id": "01a2b3c4-d5e6-7f80-9a1b-2c3d4e5f6071",
            "attributes": { "fingerprint": FINGERPRINT, "name": "comptoir-2", "created": now },
            "relationships": { "license": { "data": { "type": "licenses", "id": "01a2b3c4-d5e6-7f80-9a1b-2c3d4e5f6072" } } }
        },
        "included": [{
            "type": "licenses",
            "id": "01a2b3c4-d5e6-7f80-9a1b-2c3d4e5f6072",
            "attributes": { "number": "RB-2027-4839-2074", "product": "Business", "state": "active", "maxMachines": 25,
                            "expiry": "2028-01-15T08:00:00Z", "suspended": false }
        }],
        "meta": period.to_json()
    })
}

/// How often a second each is done. They take turns of under a millisecond, so that whatever else the machine does is
/// felt by all of them.
fn rates<const N: usize>(length: Duration, runs: [&dyn Fn() -> Result<()>; N]) -> Result<[f64; N]> {
    let (began, mut turns, mut spent) = (Instant::now(), 0u32, [Duration::ZERO; N]);
    while began.elapsed() < length * N as u32 {
        for (run, spent) in runs.iter().zip(&mut spent) {
            let turn = Instant::now();
            for _ in 0..16 {
                run()?;
            }
            *spent += turn.elapsed();
        }
        turns += 1;
    }
    Ok(spent.map(|spent| f64::from(turns * 16) / spent.as_secs_f64()))
}
