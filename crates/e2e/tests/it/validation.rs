//! A client that we did not write, the crate `keygen-rs`, walks through the door that is there for such clients, with its
//! signature checks on, and reads the files it takes out without a network.

use crate::{computer::Computer, database::Database, programs::Portal};
use anyhow::{Context, Result, ensure};
use keygen_rs::{
    config::KeygenConfig,
    errors::Error,
    license::{
        License, LicenseCheckoutOpts, LicenseFileAlgorithm, LicenseValidationRequest, LicenseValidationScope,
    },
    license_file::LicenseFile,
    machine::{Machine, MachineCheckoutOpts},
    machine_file::MachineFile,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rempart_wire::licence_file::{IssuerKeys, LicenceFile};
use serde_json::json;

/// A workspace with a licence of two seats, and what a vendor would build into a program.
struct Sold {
    portal: Portal,
    licence: String,
    key: String,
    config: KeygenConfig,
    known: IssuerKeys,
}

impl Sold {
    async fn on(database: Database) -> Result<Self> {
        let portal = tokio::task::spawn_blocking(move || Portal::start(database)).await??;
        let owner = portal.demo()?["email"]
            .as_str()
            .context("the demo's person")?
            .to_owned();
        let sale = [
            "--product",
            "Business",
            "--seats",
            "2",
            "--kind",
            "one-off",
            "--owner",
            &owner,
        ];
        let issued = portal.command(&[&["licence", "issue"][..], &sale].concat())?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let licence = text(&issued["licence"]["id"]).context("its id")?;
        let key = text(&issued["key"]).context("its key")?;
        let api = portal.api()?;
        let made = json!({ "name": "Logiciel tiers", "mode": "local_and_remote" });
        let made = api.ok("POST", "/api/v1/workspaces", Some(made)).await?;
        let workspace = text(&made["id"]).context("its id")?;
        let path = format!("/api/v1/workspaces/{workspace}/licence");
        api.ok("PUT", &path, Some(json!({ "licence": licence }))).await?;
        let published = api.ok("GET", "/.well-known/rempart/issuer-keys", None).await?;
        let config = KeygenConfig {
            api_url: format!("{}/v1/accounts", portal.url),
            api_prefix: workspace.clone(),
            account: workspace,
            product: "Business".into(),
            license_key: Some(key.clone()),
            public_key: text(&published["keys"][0]["public_key"]),
            ..KeygenConfig::default()
        };
        ensure!(config.public_key.is_some() && config.verify_keygen_signature == Some(true));
        Ok(Self {
            known: serde_json::from_value(published)?,
            portal,
            licence,
            key,
            config,
        })
    }

    /// What only an operator, a payment or time does.
    fn make(&self, what: &str) -> Result<()> {
        self.portal.write(&format!(
            "update licence set {what} where {} = '{}'",
            self.portal.digits("id"),
            self.licence.replace('-', "")
        ))
    }

    /// The licence as the client knows it from its key alone.
    fn client(&self) -> License {
        License::from_key(&self.key).with_config(self.config.clone())
    }

    /// What a validation by key says.
    async fn says(&self, scope: LicenseValidationScope) -> Result<String> {
        let said = self
            .client()
            .validate_key(&LicenseValidationRequest::new(scope))
            .await?;
        ensure!(
            said.meta.valid == ["VALID", "TOO_MANY_MACHINES"].contains(&said.meta.code.as_str()),
            "{:?}",
            said.meta
        );
        Ok(said.meta.code)
    }

    fn public(&self) -> &str {
        self.config.public_key.as_deref().unwrap_or_default()
    }
}

fn fingerprint(fingerprint: &str) -> LicenseValidationScope {
    LicenseValidationScope {
        fingerprint: Some(fingerprint.into()),
        ..LicenseValidationScope::default()
    }
}

/// A refusal's code, as the client tells it.
#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, code: &str) {
    let right = result.as_ref().is_err_and(|error| error.is_api_code(code));
    assert!(right, "{code} wanted: {result:?}");
}

async fn activates_pings_and_lets_go(sold: &Sold) -> Result<License> {
    let valid = sold
        .client()
        .validate_key(&LicenseValidationRequest::new(LicenseValidationScope::default()))
        .await?;
    assert_eq!((valid.meta.code.as_str(), valid.meta.valid), ("VALID", true));
    let licence = valid
        .license
        .context("the licence")?
        .with_config(sold.config.clone());
    assert_eq!(
        (licence.id.as_str(), licence.max_machines),
        (sold.licence.as_str(), Some(2))
    );
    assert_eq!(sold.says(fingerprint("aa")).await?, "NO_MACHINES");
    let machine = licence.activate("aa", &[]).await?;
    assert_eq!(
        (machine.fingerprint.as_str(), machine.license_id.as_deref()),
        ("aa", Some(sold.licence.as_str()))
    );
    assert_eq!(sold.says(fingerprint("aa")).await?, "VALID");
    assert_eq!(machine.ping().await?.heartbeat_status, "ALIVE");
    assert_eq!(licence.machine(&machine.id).await?.id, machine.id);
    assert_eq!(licence.machines(None).await?.data.len(), 1);
    let entitlements = licence.entitlements(None).await?.data;
    assert!(
        entitlements.iter().any(|one| one.code == "api"),
        "{entitlements:?}"
    );
    let by_id = licence
        .validate(&LicenseValidationRequest::for_fingerprint("aa".into()))
        .await?;
    assert_eq!(by_id.meta.code, "VALID");
    refused(licence.activate("aa", &[]).await, "FINGERPRINT_TAKEN");
    licence.activate("bb", &[]).await?;
    refused(licence.activate("cc", &[]).await, "MACHINE_LIMIT_EXCEEDED");
    assert_eq!(
        sold.portal
            .number("select seats_used from licence where seats = 2 and product = 'Business'")?,
        2
    );
    licence.deactivate("bb").await?;
    refused(licence.deactivate("bb").await, "NOT_FOUND");
    Ok(licence)
}

async fn sees_every_refusal(sold: &Sold, licence: &License) -> Result<()> {
    let product = LicenseValidationScope {
        product: Some("Home".into()),
        ..LicenseValidationScope::default()
    };
    assert_eq!(sold.says(product).await?, "PRODUCT_SCOPE_MISMATCH");
    let entitlements = LicenseValidationScope {
        entitlements: Some(vec!["audit".into()]),
        ..LicenseValidationScope::default()
    };
    assert_eq!(sold.says(entitlements).await?, "ENTITLEMENTS_MISSING");
    assert_eq!(sold.says(fingerprint("zz")).await?, "FINGERPRINT_SCOPE_MISMATCH");
    let nobodys = License::from_key("22222-22222-22222-22222-22222").with_config(sold.config.clone());
    let unknown = nobodys.validate_key(&LicenseValidationRequest::default()).await?;
    assert_eq!(
        (unknown.meta.code.as_str(), unknown.license.is_none()),
        ("NOT_FOUND", true)
    );
    let shown_nothing = KeygenConfig {
        license_key: None,
        ..sold.config.clone()
    };
    refused(
        licence.clone().with_config(shown_nothing).machines(None).await,
        "TOKEN_MISSING",
    );
    for (what, said, code) in [
        ("expires_at = 1", "EXPIRED", "LICENSE_EXPIRED"),
        ("suspended_at = 1", "SUSPENDED", "LICENSE_SUSPENDED"),
        ("revoked_at = 1", "BANNED", "LICENSE_BANNED"),
    ] {
        sold.make(what)?;
        assert_eq!(sold.says(fingerprint("zz")).await?, said);
        refused(licence.activate("dd", &[]).await, code);
        refused(licence.checkout(&LicenseCheckoutOpts::new()).await, code);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_we_did_not_write_validates_activates_and_sees_each_refusal() -> Result<()> {
    for database in tokio::task::spawn_blocking(|| Database::both("validation")).await?? {
        let sold = Sold::on(database).await?;
        let licence = activates_pings_and_lets_go(&sold).await?;
        sees_every_refusal(&sold, &licence).await?;
        // With a key that is not the server's, the client believes nothing, not even a refusal.
        let elsewhere = KeygenConfig {
            public_key: Some("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a".into()),
            ..sold.config.clone()
        };
        let other = licence.with_config(elsewhere);
        assert!(matches!(
            other.machines(None).await,
            Err(Error::KeygenSignatureInvalid { .. })
        ));
        assert!(matches!(
            other.deactivate("nobody").await,
            Err(Error::KeygenSignatureInvalid { .. })
        ));
    }
    Ok(())
}

/// The four files there are.
struct Files {
    licence_plain: LicenseFile,
    licence_locked: LicenseFile,
    machine_plain: MachineFile,
    machine_locked: MachineFile,
}

async fn take_out(sold: &Sold) -> Result<(Machine, Files)> {
    let valid = sold
        .client()
        .validate_key(&LicenseValidationRequest::default())
        .await?;
    let licence = valid
        .license
        .context("the licence")?
        .with_config(sold.config.clone());
    let machine = licence.activate("aa", &[]).await?;
    let include = LicenseCheckoutOpts::with_include(vec!["entitlements".into()]);
    let machine_locked = machine.checkout(&MachineCheckoutOpts::with_ttl(86_400)).await?;
    // The client asks for machine files encrypted only: the plain one is fetched by hand.
    let path = format!(
        "{}/{}/machines/{}/actions/check-out",
        sold.config.api_url, sold.config.account, machine.id
    );
    let plain = reqwest::Client::new()
        .get(path)
        .header("authorization", format!("License {}", sold.key))
        .send()
        .await?
        .error_for_status()?;
    let files = Files {
        licence_plain: licence.checkout(&include.clone().with_encrypt(false)).await?,
        licence_locked: licence.checkout(&include.with_encrypt(true)).await?,
        machine_plain: MachineFile {
            certificate: plain.text().await?,
            ..machine_locked.clone()
        },
        machine_locked,
    };
    let text = licence
        .checkout_certificate(&LicenseCheckoutOpts::with_ttl(3_600))
        .await?;
    assert!(text.starts_with("-----BEGIN LICENSE FILE-----\n"));
    Ok((machine, files))
}

const PLAIN: LicenseFileAlgorithm = LicenseFileAlgorithm::Base64Ed25519;
const LOCKED: LicenseFileAlgorithm = LicenseFileAlgorithm::Aes256GcmEd25519;

/// Whether the client believes each file, as far as it goes: signature first, then what is inside.
fn believes(sold: &Sold, which: usize, files: &Files) -> bool {
    let machine_key = format!("{}aa", sold.key);
    match which {
        0 => files
            .licence_plain
            .verify_and_decode(sold.public(), PLAIN)
            .is_ok(),
        1 => files
            .licence_locked
            .verify_and_decrypt(sold.public(), &sold.key, LOCKED)
            .is_ok(),
        2 => files.machine_plain.verify().is_ok(),
        _ => files.machine_locked.verify().is_ok() && files.machine_locked.decrypt(&machine_key).is_ok(),
    }
}

fn certificate(files: &mut Files, which: usize) -> &mut String {
    match which {
        0 => &mut files.licence_plain.certificate,
        1 => &mut files.licence_locked.certificate,
        2 => &mut files.machine_plain.certificate,
        _ => &mut files.machine_locked.certificate,
    }
}

/// Whether our own reader does.
fn we_believe(sold: &Sold, text: &str) -> bool {
    let read =
        LicenceFile::parse(text).and_then(|file| file.verify(&sold.known)?.open(Some(&sold.key), Some("aa")));
    read.is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_we_did_not_write_believes_our_files_and_none_of_a_thousand_changed_ones() -> Result<()> {
    let mut changed = 0;
    for database in tokio::task::spawn_blocking(|| Database::both("files")).await?? {
        let sold = Sold::on(database).await?;
        // Files of machines are checked with what is set for the whole process.
        keygen_rs::config::set_config(sold.config.clone())?;
        let (machine, mut files) = take_out(&sold).await?;
        let opened = files.licence_plain.verify_and_decode(sold.public(), PLAIN)?;
        assert_eq!(
            (opened.license.id.as_str(), opened.license.max_machines),
            (sold.licence.as_str(), Some(2))
        );
        let opened = files
            .licence_locked
            .verify_and_decrypt(sold.public(), &sold.key, LOCKED)?;
        assert!(
            opened
                .offline_entitlements()
                .is_some_and(|some| some.iter().any(|one| one.code == "api"))
        );
        assert!(
            files
                .licence_locked
                .decrypt("22222-22222-22222-22222-22222")
                .is_err()
        );
        files.machine_locked.verify()?;
        let opened = files.machine_locked.decrypt(&format!("{}aa", sold.key))?;
        assert_eq!(
            (opened.machine.id, opened.license.id),
            (machine.id, sold.licence.clone())
        );
        assert!(files.machine_locked.decrypt(&format!("{}bb", sold.key)).is_err());
        let mut chance = StdRng::seed_from_u64(3);
        for round in 0..1_000 {
            let which = round % 4;
            let good = certificate(&mut files, which).clone();
            assert!(
                believes(&sold, which, &files) && we_believe(&sold, &good),
                "as it was: {which}"
            );
            let bad = change(&good, &mut chance);
            certificate(&mut files, which).clone_from(&bad);
            assert!(!believes(&sold, which, &files), "the client believes {bad}");
            assert!(!we_believe(&sold, &bad), "we believe {bad}");
            *certificate(&mut files, which) = good;
            changed += 1;
        }
    }
    assert!(changed >= 1_000);
    Ok(())
}

/// The file with one symbol between its first line and its last turned into another.
fn change(text: &str, chance: &mut StdRng) -> String {
    const SYMBOLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-. ";
    let mut bytes = text.as_bytes().to_vec();
    let (from, to) = (
        text.find('\n').unwrap_or(0) + 1,
        text.rfind("-----END").unwrap_or(1) - 1,
    );
    loop {
        let (place, symbol) = (
            chance.random_range(from..to),
            SYMBOLS[chance.random_range(0..SYMBOLS.len())],
        );
        // Line ends are not the file's own: the client passes over them.
        if bytes[place] != symbol && bytes[place] != b'\n' {
            bytes[place] = symbol;
            return String::from_utf8_lossy(&bytes).into_owned();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_that_lost_its_network_takes_its_licence_from_a_file() -> Result<()> {
    for database in tokio::task::spawn_blocking(|| Database::both("offline")).await?? {
        let sold = Sold::on(database).await?;
        let api = sold.portal.api()?;
        let computer = Computer::new()?;
        let enrolled = computer.enrol(&sold.portal.url, &api.token(&sold.config.account).await?, &[])?;
        ensure!(enrolled.status.success(), "{}", Computer::said(&enrolled));
        ensure!(computer.run(&["run", "--once"])?.status.success());
        let show = || -> Result<serde_json::Value> {
            Ok(serde_json::from_slice(
                &computer.run(&["licence", "show", "--json"])?.stdout,
            )?)
        };
        assert_eq!(
            (&show()?["source"], &show()?["state"]),
            (&json!("portal"), &json!("active"))
        );
        // The licence is extended; the computer hears of it no more, until a file tells it.
        let devices = api
            .ok(
                "GET",
                &format!("/api/v1/workspaces/{}/devices", sold.config.account),
                None,
            )
            .await?;
        let device = devices["items"][0]["id"].clone();
        let path = format!("/api/v1/licences/{}/file", sold.licence);
        sold.make("expires_at = 32503680000000000")?;
        let wanted = json!({ "days": 2, "device": device, "encrypted": true, "key": sold.key });
        let file = api.ok("POST", &path, Some(wanted)).await?;
        let (text, key) = (
            file["file"].as_str().context("a file")?.to_owned(),
            sold.key.clone(),
        );
        drop(sold.portal.kill()?);
        let folder = tempfile::tempdir()?;
        let at = folder.path().join("licence.lic");
        std::fs::write(&at, &text)?;
        let at = at.display().to_string();
        let locked = computer.run(&["licence", "import", &at])?;
        ensure!(
            !locked.status.success() && Computer::said(&locked).contains("--key"),
            "{}",
            Computer::said(&locked)
        );
        let taken = computer.run(&["licence", "import", &at, "--key", &key])?;
        ensure!(taken.status.success(), "{}", Computer::said(&taken));
        let shown = show()?;
        assert_eq!(
            (&shown["source"], &shown["licence"]["expires_at"]),
            (&json!("file"), &json!("3000-01-01T00:00:00Z"))
        );
        let changed = text.replacen(
            "-----BEGIN MACHINE FILE-----\ne",
            "-----BEGIN MACHINE FILE-----\nf",
            1,
        );
        ensure!(changed != text, "the file begins as base64 of JSON does");
        std::fs::write(&at, changed)?;
        ensure!(
            !computer
                .run(&["licence", "import", &at, "--key", &key])?
                .status
                .success()
        );
    }
    Ok(())
}
