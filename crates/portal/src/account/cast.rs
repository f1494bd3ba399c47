//! People with passwords, and links out of mails, for the scenes of this slice.

use super::{Email, NewAccount, Password, create, hash_password};
use crate::base::{
    audit::{AuditActor, AuditEvent},
    db::DbError,
    lang::Lang,
    mail::Mail,
    testing::{Answer, Browser, Scene},
};

/// A password strong enough for anybody.
pub(crate) const GOOD: &str = "quatre gros hérissons timides";
/// Another.
pub(super) const OTHER: &str = "trois lampes sous la pluie fine";

/// Gives `NAME@example.org` an account with the password [`GOOD`]; nobody is signed in.
pub(super) async fn account(scene: &Scene, name: &str) {
    let new = NewAccount {
        email: Email::parse(&format!("{name}@example.org")).unwrap(),
        name: name.to_owned(),
        password_hash: hash_password(&scene.app, Password::given(GOOD).unwrap())
            .await
            .unwrap(),
        lang: Lang::Fr,
    };
    let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        create(&mut tx, &new, false)?;
        tx.commit(AuditEvent::new(AuditActor::Server, "test.account"), ())
    });
    written.await.unwrap();
}

pub(crate) async fn sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    browser
        .post("/sign-in", &[("email", email), ("password", password)])
        .await
}

pub(super) async fn sign_up(browser: &Browser, email: &str, password: &str) -> Answer {
    let fields = [
        ("email", email),
        ("name", "Camille Petit"),
        ("password", password),
    ];
    browser.post("/sign-up", &fields).await
}

/// Gives somebody who is signed in the password [`GOOD`].
pub(crate) async fn give_password(scene: &Scene, whose: &Browser) {
    let hash = hash_password(&scene.app, Password::given(GOOD).unwrap())
        .await
        .unwrap();
    let account = whose.account;
    let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        super::store::set_password(&mut tx, account, &hash)?;
        tx.commit(AuditEvent::new(AuditActor::Server, "test.password"), ())
    });
    written.await.unwrap();
}

/// A browser signed in as `NAME@example.org`, which has an account.
pub(super) async fn signed_in(scene: &Scene, name: &str) -> Browser {
    let browser = scene.visitor();
    sign_in(&browser, &format!("{name}@example.org"), GOOD)
        .await
        .leads_to("/");
    browser
}

/// The path of the one link with `kind` in its path.
pub(super) fn link(mail: &Mail, kind: &str) -> String {
    let mut links = mail
        .text
        .split_whitespace()
        .filter(|word| word.starts_with("http"));
    let link = links
        .find(|link| link.contains(kind))
        .unwrap_or_else(|| panic!("no {kind} in {}", mail.text));
    link.strip_prefix("http://127.0.0.1:8420").unwrap().to_owned()
}

/// An answer without what differs between any two requests.
pub(super) fn essence(answer: &Answer) -> (u16, String, String) {
    (answer.code, answer.location().to_owned(), answer.body.clone())
}
