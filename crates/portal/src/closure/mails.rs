//! What is written when an account is closed, opened again and forgotten, and to those who are left with a licence.

use crate::{
    account::{Email, Person},
    base::{lang::Lang, mail::Mail},
    licence::Licence,
};
use jiff::Timestamp;

fn mail(to: &Person, subject: String, text: String) -> Mail {
    Mail {
        to: Email::parse(&to.email).map_or_else(|_| to.email.clone(), |email| email.mailbox()),
        subject,
        text,
    }
}

pub(super) fn closed(to: &Person, until: Timestamp, url: &str) -> Mail {
    let l = to.lang;
    let text = l.t2(
        "mail-closed-text",
        ("until", l.date_time(until)),
        ("link", format!("{url}/sign-in")),
    );
    mail(to, l.t("mail-closed-subject"), text)
}

pub(super) fn reopened(to: &Person, url: &str) -> Mail {
    let l = to.lang;
    mail(
        to,
        l.t("mail-reopened-subject"),
        l.t1("mail-reopened-text", "link", format!("{url}/forgot-password")),
    )
}

pub(super) fn erased(to: &Person) -> Mail {
    let l = to.lang;
    mail(to, l.t("mail-erased-subject"), l.t("mail-erased-text"))
}

/// To the owner of a workspace in which `whose` left a licence, or paid for its renewals.
pub(super) fn left_behind(
    to: &Person,
    whose: &str,
    (licence, inherited, stopped): (&Licence, bool, bool),
    until: Timestamp,
    link: &str,
) -> Mail {
    let l = to.lang;
    let workspace = licence.workspace_name.clone().unwrap_or_default();
    let args = [
        ("name", whose.to_owned()),
        ("workspace", workspace),
        ("product", licence.product_name.clone()),
        ("number", licence.number.clone()),
        ("what", what(l, licence, (inherited, stopped), until)),
        ("link", link.to_owned()),
    ];
    mail(
        to,
        l.with_texts("mail-left-subject", &args),
        l.with_texts("mail-left-text", &args),
    )
}

/// What it comes to, a sentence each.
fn what(l: Lang, licence: &Licence, (inherited, stopped): (bool, bool), until: Timestamp) -> String {
    let mut said = Vec::new();
    if let Some(end) = licence.expires_at {
        said.push(l.t1("mail-left-until", "date", l.date(end)));
    }
    if stopped {
        said.push(l.t("mail-left-stopped"));
    }
    if inherited {
        said.push(l.t1("mail-left-inherited", "date", l.date(until)));
    }
    said.join("\n")
}
