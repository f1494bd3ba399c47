//! The mails of accounts. They name nobody and repeat nothing a visitor typed: whoever signs up somebody else's address
//! must not be able to write to it.

use super::email::Email;
use crate::base::{lang::Lang, mail::Mail};

fn mail(to: &str, subject: String, text: String) -> Mail {
    // What was stored was parsed before; the domain goes out as mail servers know it.
    let to = Email::parse(to).map_or_else(|_| to.to_owned(), |email| email.mailbox());
    Mail { to, subject, text }
}

pub(super) fn confirm(to: &str, lang: Lang, link: &str) -> Mail {
    mail(
        to,
        lang.t("mail-confirm-subject"),
        lang.t1("mail-confirm-text", "link", link),
    )
}

pub(super) fn already(to: &str, lang: Lang, sign_in: &str, forgot: &str) -> Mail {
    let text = lang.t2("mail-already-text", ("signin", sign_in), ("forgot", forgot));
    mail(to, lang.t("mail-already-subject"), text)
}

pub(super) fn reset(to: &str, lang: Lang, link: &str) -> Mail {
    mail(
        to,
        lang.t("mail-reset-subject"),
        lang.t1("mail-reset-text", "link", link),
    )
}

pub(super) fn password_changed(to: &str, lang: Lang, at: &str, forgot: &str) -> Mail {
    let text = lang.t2("mail-changed-text", ("at", at), ("forgot", forgot));
    mail(to, lang.t("mail-changed-subject"), text)
}
