//! What the payer of a licence is written.

use crate::{
    base::{lang::Lang, mail::Mail},
    billing::{Money, Purchase},
    licence::{GRACE, Licence},
};
use jiff::Timestamp;

fn mail(to: &str, lang: Lang, key: &str, texts: &[(&'static str, String)]) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: lang.with_texts(&format!("mail-{key}-subject"), texts),
        text: lang.with_texts(&format!("mail-{key}-text"), texts),
    }
}

/// Product and number, and until when it is protected.
fn about(lang: Lang, licence: &Licence) -> Vec<(&'static str, String)> {
    let end = licence.expires_at.unwrap_or_default();
    vec![
        ("product", licence.product.as_str().to_owned()),
        ("number", licence.number.clone()),
        ("expiry", lang.date(end)),
        (
            "grace",
            lang.date(end.saturating_add(GRACE).unwrap_or(Timestamp::MAX)),
        ),
    ]
}

pub(super) fn renewed(to: &str, lang: Lang, licence: &Licence, order: &Purchase, page: &str) -> Mail {
    let mut texts = about(lang, licence);
    texts.push(("amount", order.gross.show(lang)));
    texts.push(("reference", order.reference.clone()));
    texts.push(("page", page.to_owned()));
    let key = if order.applied { "renewed" } else { "credited" };
    mail(to, lang, key, &texts)
}

pub(super) fn refused(
    to: &str,
    lang: Lang,
    licence: &Licence,
    (reason, next): (&str, Timestamp),
    page: &str,
) -> Mail {
    let mut texts = about(lang, licence);
    texts.push(("reason", lang.t(&format!("payment-refused-{reason}"))));
    texts.push(("next", lang.date(next)));
    texts.push(("page", page.to_owned()));
    mail(to, lang, "renewal-refused", &texts)
}

pub(super) fn stopped(to: &str, lang: Lang, licence: &Licence) -> Mail {
    mail(to, lang, "renewal-stopped", &about(lang, licence))
}

pub(super) fn refunded(to: &str, lang: Lang, licence: &Licence, order: &Purchase, sum: Money) -> Mail {
    let mut texts = about(lang, licence);
    texts.push(("amount", sum.show(lang)));
    texts.push(("reference", order.reference.clone()));
    mail(to, lang, "refunded", &texts)
}
