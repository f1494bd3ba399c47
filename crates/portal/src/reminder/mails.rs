//! The mails. Each says what happens, when, to which licence, what to do, and how to have no more of its kind.

use super::{kind::Kind, store::Reader};
use crate::{
    account::Email,
    base::mail::Mail,
    licence::{GRACE, Licence, days_up},
};
use jiff::Timestamp;
use std::{borrow::Cow, collections::HashMap};

pub(super) fn reminder(
    reader: &Reader,
    kind: Kind,
    licence: &Licence,
    (portal, now): (&str, Timestamp),
) -> Mail {
    let l = reader.lang;
    let end = licence.expires_at.unwrap_or(now);
    let name = match kind {
        Kind::Days30 | Kind::Days14 | Kind::Days3 if licence.auto_renew => "renews",
        Kind::Days30 | Kind::Days14 | Kind::Days3 => "ends",
        Kind::Expired => "expired",
        Kind::GraceEnd => "grace-end",
        Kind::LowSeats => "low-seats",
    };
    let text = |value: String| value.into();
    let args = HashMap::from([
        (Cow::Borrowed("product"), text(licence.product_name.clone())),
        (Cow::Borrowed("number"), text(licence.number.clone())),
        (Cow::Borrowed("date"), text(l.date(end))),
        (
            Cow::Borrowed("until"),
            text(l.date(end.saturating_add(GRACE).unwrap_or(end))),
        ),
        (Cow::Borrowed("n"), days_up(end.duration_since(now)).into()),
        (Cow::Borrowed("free"), licence.free().into()),
        (Cow::Borrowed("seats"), licence.seats.into()),
        (
            Cow::Borrowed("workspace"),
            text(licence.workspace_name.as_ref().map_or_else(
                || l.t("mail-reminder-nowhere"),
                |name| l.t1("mail-reminder-in", "name", name),
            )),
        ),
        (
            Cow::Borrowed("link"),
            text(format!("{portal}/licences/{}", licence.id)),
        ),
        (Cow::Borrowed("mute"), text(format!("{portal}/account/reminders"))),
    ]);
    let foot = if kind.mutable() {
        "mail-reminder-foot"
    } else {
        "mail-reminder-foot-last"
    };
    let subject = l.with(&format!("mail-reminder-{name}-subject"), args.clone());
    let body = l.with(&format!("mail-reminder-{name}-text"), args.clone());
    Mail {
        to: Email::parse(&reader.email).map_or_else(|_| reader.email.clone(), |email| email.mailbox()),
        subject,
        text: format!("{body}\n\n{}", l.with(foot, args)),
    }
}
