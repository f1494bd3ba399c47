//! What `--demo` puts into an empty database, so that a newcomer has something to look at: a person with three licences
//! and a workspace, and the server's operator. How to get in is written to `<data>/demo.json`, for its owner alone.
//!
//! Always true: a database with a single account in it is left as it is; passwords and keys are drawn anew for every data
//! folder; the file is complete before anything it tells is true.

use crate::{
    account::{self, Email, NewAccount, Password},
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        authz::{self, Caller, Grant, may},
        clock::Chance,
        db::Tx,
        error::{Code, Fault},
        lang::Lang,
        secret::Secrets,
    },
    device,
    licence::{self, Kind, LicenceView, Terms},
    product::{self, PriceNew, ProductCode},
    workspace::{self, WorkspaceName},
};
use jiff::SignedDuration;
use rand::RngExt;
use rempart_wire::{ALPHABET, AccountId, LicenceId, ManagementMode, WorkspaceId};
use serde::Serialize;
use std::{
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

const PERSON: (&str, &str) = ("Camille Lefèvre", "camille@lefevre-bois.example");
const OPERATOR: (&str, &str) = ("Exploitation", "exploitation@rempart.example");
const WORKSPACE: &str = "Ébénisterie Lefèvre";

/// What `demo.json` tells.
#[derive(Serialize)]
struct Told {
    email: String,
    password: String,
    operator_email: String,
    operator_password: String,
    api_key: String,
    operator_api_key: String,
    /// Enrols computers into the workspace for thirty days.
    enrolment_token: String,
    workspace: Place,
    licences: Vec<LicenceView>,
    /// A key nobody has typed yet.
    unused_key: String,
}

#[derive(Serialize)]
struct Place {
    id: WorkspaceId,
    name: &'static str,
}

/// Seeds an empty database.
///
/// # Errors
/// When the database or the data folder cannot be written.
pub async fn seed(app: &App) -> anyhow::Result<()> {
    if account::any(app).await? {
        return Ok(());
    }
    let (password, operator_password) = (readable(&app.chance), readable(&app.chance));
    let person = new_account(app, PERSON, &password).await?;
    let operator = new_account(app, OPERATOR, &operator_password).await?;
    let (file, secrets) = (app.config.data.join("demo.json"), app.secrets.clone());
    app.db
        .write(move |mut tx| {
            let told = fill(
                &mut tx,
                &secrets,
                (&person, &operator),
                (password, operator_password),
            )?;
            write(&file, &told)?;
            let event = AuditEvent::new(AuditActor::Server, "demo.seed");
            Ok::<_, Fault>(tx.commit(event, ())?)
        })
        .await?;
    Ok(())
}

async fn new_account(app: &App, (name, email): (&str, &str), password: &str) -> Result<NewAccount, Fault> {
    let password = Password::given(password).ok_or(Code::Internal)?;
    Ok(NewAccount {
        email: Email::parse(email)?,
        name: name.to_owned(),
        password_hash: account::hash_password(app, password).await?,
        lang: Lang::Fr,
    })
}

fn fill(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    (person, operator): (&NewAccount, &NewAccount),
    (password, operator_password): (String, String),
) -> Result<Told, Fault> {
    let camille = account::create(tx, person, false)?;
    let exploitation = account::create(tx, operator, true)?;
    let terms = |product, kind, seats| Terms {
        product,
        kind,
        seats,
        months: 12,
        reseller_name: None,
        reseller_contact: None,
        owner: Some(camille),
        redeem_by: None,
    };
    let (business, _) = licence::issue(tx, secrets, &terms(ProductCode::BUSINESS, Kind::Subscription, 5))?;
    let (home, _) = licence::issue(tx, secrets, &sold(terms(ProductCode::HOME, Kind::OneOff, 3)))?;
    let (expired, _) = licence::issue(tx, secrets, &terms(ProductCode::BUSINESS, Kind::OneOff, 10))?;
    let long_ago = tx.now().saturating_sub(SignedDuration::from_hours(24 * 430));
    licence::start_period(tx, expired, long_ago.unwrap_or(tx.now()))?;
    price(tx)?;
    let unowned = Terms {
        owner: None,
        ..terms(ProductCode::HOME, Kind::OneOff, 5)
    };
    let (_, unused) = licence::issue(tx, secrets, &unowned)?;
    let workspace = place(tx, camille, business)?;
    let caller = Caller {
        account: camille,
        operator: false,
    };
    let grant: Grant<may::ManageProtection> = authz::grant(tx, caller, workspace)?;
    let (_, enrolment_token) = device::make_token(tx, &grant, SignedDuration::from_hours(30 * 24), None)?;
    let mut licences = Vec::new();
    for id in [business, home, expired] {
        licences.push(licence::show(tx, id)?);
    }
    Ok(Told {
        email: PERSON.1.to_owned(),
        password,
        operator_email: OPERATOR.1.to_owned(),
        operator_password,
        api_key: account::give_api_key(tx, camille)?,
        operator_api_key: account::give_api_key(tx, exploitation)?,
        enrolment_token,
        workspace: Place {
            id: workspace,
            name: WORKSPACE,
        },
        licences,
        unused_key: unused.to_string(),
    })
}

/// What a seat costs for a term, in euro cents.
fn price(tx: &mut Tx<'_>) -> Result<(), Fault> {
    for (product, months, unit_amount) in [
        (ProductCode::HOME, 12, 2_990),
        (ProductCode::BUSINESS, 1, 220),
        (ProductCode::BUSINESS, 12, 1_980),
        (ProductCode::BUSINESS, 24, 3_480),
        (ProductCode::ENTERPRISE, 12, 2_900),
    ] {
        let new = PriceNew {
            currency: "EUR".to_owned(),
            months,
            unit_amount,
            ..PriceNew::default()
        };
        product::add_price(tx, &product, &new)?;
    }
    Ok(())
}

fn sold(terms: Terms) -> Terms {
    Terms {
        reseller_name: Some("Nantes Informatique".to_owned()),
        reseller_contact: Some("bonjour@nantes-informatique.example".to_owned()),
        ..terms
    }
}

/// The workspace with its licence.
fn place(tx: &mut Tx<'_>, owner: AccountId, licence: LicenceId) -> Result<WorkspaceId, Fault> {
    let name = WorkspaceName::parse(WORKSPACE)?;
    let id = workspace::create(tx, owner, &name, ManagementMode::LocalAndRemote)?;
    licence::assign(tx, owner, licence, id)?;
    Ok(id)
}

/// Two words and eight symbols: easily read off a screen, 40 random bits.
fn readable(chance: &Chance) -> String {
    const WORDS: [&str; 8] = [
        "granit", "ardoise", "basalte", "marbre", "schiste", "silex", "quartz", "calcaire",
    ];
    chance.with(|chance| {
        let word = |chance: &mut rand::rngs::StdRng| WORDS[chance.random_range(0..WORDS.len())];
        let mut group = || -> (String, &str) {
            let symbols = (0..4).map(|_| char::from(ALPHABET[chance.random_range(0..ALPHABET.len())]));
            let symbols = symbols.collect();
            (symbols, word(chance))
        };
        let ((one, first), (two, second)) = (group(), group());
        format!("{first}-{one}-{second}-{two}")
    })
}

/// Writes the file whole or not at all.
fn write(file: &Path, told: &Told) -> Result<(), Fault> {
    let broken =
        |error: &dyn std::fmt::Display| Fault::new(Code::Internal).because(format!("demo.json: {error}"));
    let text = serde_json::to_string_pretty(told).map_err(|error| broken(&error))?;
    let mut part: PathBuf = file.to_owned();
    part.set_extension("json.part");
    drop(std::fs::remove_file(&part));
    let mut options = OpenOptions::new();
    let mut open = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)
        .map_err(|error| broken(&error))?;
    open.write_all(text.as_bytes())
        .and_then(|()| open.sync_all())
        .and_then(|()| std::fs::rename(&part, file))
        .map_err(|error| broken(&error))
}

#[cfg(test)]
mod tests {
    use super::seed;
    use crate::base::{db::Read, testing::scenes};
    use std::os::unix::fs::PermissionsExt;

    scenes! {
        async fn an_empty_database_gets_a_person_with_three_licences_and_a_workspace(scene: Scene) {
            seed(&scene.app).await.unwrap();
            let path = scene.folder().join("demo.json");
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            let told: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let text = |key: &str| told[key].as_str().unwrap().to_owned();

            let camille = scene.visitor();
            let signed_in = camille.post("/sign-in", &[("email", &text("email")), ("password", &text("password"))]).await;
            assert_eq!(signed_in.code, 303, "{}", signed_in.body);
            let program = scene.api(&text("api_key"));
            let states = program.get("/api/v1/licences").await.status(200).json();
            let mut states: Vec<&str> = states["items"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
            states.sort_unstable();
            assert_eq!(states, ["active", "expired", "unstarted"]);
            let workspace = program.get(&format!("/api/v1/workspaces/{}", told["workspace"]["id"].as_str().unwrap())).await;
            assert_eq!(workspace.status(200).json()["licence"]["seats"], 5);
            program.post("/api/v1/licences", serde_json::json!({ "key": text("unused_key") })).await.status(201);
            let tokens = format!("/api/v1/workspaces/{}/enrolment-tokens", told["workspace"]["id"].as_str().unwrap());
            let tokens = program.get(&tokens).await.status(200);
            let end = &text("enrolment_token")[text("enrolment_token").len() - 4..];
            assert!(tokens.body.contains(end), "{}", tokens.body);
            scene.api(&text("operator_api_key")).get("/api/v1/account").await.status(200);

            seed(&scene.app).await.unwrap();
            let accounts = scene.app.db.read::<_, crate::base::db::DbError, _>(|r| r.count("select count(*) from account", &[])).await.unwrap();
            assert_eq!(accounts, 2);
            let again: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(again, told);
        }
    }
}
