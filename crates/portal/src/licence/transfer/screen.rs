//! The page of an offer: what will happen, for the one who makes it and for the one who answers it.

use super::{Effect, Offer};
use crate::{
    account::Email,
    base::{
        error::{Code, Fault},
        lang::Lang,
        web::{Cx, Frame, Here, Params, Said, render},
    },
    licence::{Licence, store, words::Card},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::LicenceId;

#[derive(Template)]
#[template(path = "licence/transfer/screen.html")]
struct Page {
    frame: Frame,
    card: Card,
    offer: Option<Offer>,
    /// Whether the reader answers the offer rather than makes it.
    answers: bool,
    /// What accepting does.
    effects: Vec<String>,
    /// Until when it can be answered, in words.
    until: String,
    typed: String,
    said: Said,
}

fn words(l: Lang, effect: &Effect, answers: bool) -> Vec<String> {
    let side = if answers { "you" } else { "them" };
    let mut said = vec![l.t(&format!("transfer-owner-{side}"))];
    match (&effect.leaves, &effect.stays) {
        (Some((name, devices)), _) => said.push(l.t2("transfer-leaves", ("workspace", name), ("n", devices))),
        (None, Some(name)) => said.push(l.t1("transfer-stays", "workspace", name)),
        (None, None) => {}
    }
    said.push(l.t("transfer-time"));
    said.push(l.t(&format!("transfer-back-{side}")));
    said
}

struct Read {
    licence: Licence,
    offer: Option<Offer>,
    answers: bool,
    effect: Effect,
}

async fn read(cx: &Cx, id: LicenceId) -> Result<Read, Fault> {
    let person = cx.person()?;
    let (account, own, now) = (person.account, Email::parse(&person.email)?, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let licence = store::find::by_id(r, id)?.ok_or(Code::NotFound)?;
            let offer = store::transfer::open(r, id)?.filter(|offer| offer.expires_at > now);
            let owns = licence.owner == Some(account);
            let answers = !owns && offer.as_ref().is_some_and(|offer| offer.email_key == own.key());
            if !owns && !answers {
                return Err(Code::NotFound.into());
            }
            let effect = Effect::of(r, &licence, answers.then_some(account))?;
            Ok(Read {
                licence,
                offer,
                answers,
                effect,
            })
        })
        .await
}

async fn show(cx: &Cx, id: LicenceId, refused: Option<(String, Fault)>) -> Result<Response, Fault> {
    let l = cx.lang;
    let read = read(cx, id).await?;
    let page = render(&Page {
        frame: Frame::new(cx, Here::Licences),
        card: Card::new(l, &read.licence, cx.app.clock.now()),
        effects: words(l, &read.effect, read.answers),
        until: match &read.offer {
            None => String::new(),
            Some(offer) if read.answers => l.t1("transfer-until-you", "until", l.date_time(offer.expires_at)),
            Some(offer) => {
                let until = l.date_time(offer.expires_at);
                l.t2("transfer-until-them", ("email", &offer.email), ("until", until))
            }
        },
        offer: read.offer,
        answers: read.answers,
        typed: refused
            .as_ref()
            .map(|(typed, _)| typed.clone())
            .unwrap_or_default(),
        said: refused
            .as_ref()
            .map(|(_, fault)| Said::from_fault(fault, l))
            .unwrap_or_default(),
    })?;
    Ok(match refused {
        Some((_, fault)) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn page(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    show(&cx, licence, None).await
}

/// The page again, with what was typed and why it was refused.
pub(super) async fn refused(cx: &Cx, id: LicenceId, typed: String, fault: Fault) -> Result<Response, Fault> {
    show(cx, id, Some((typed, fault))).await
}
