//! How a licence is paid for: with which card, as far as it may be shown (brand, last four digits, expiry); whether it
//! renews by itself, what is charged next and when, or why it cannot; and until when protection runs.

use super::{
    allowed::Allowed,
    payer::ShownCard,
    renewal::{Affairs, hindrance},
};
use crate::{
    base::{
        authz,
        error::Fault,
        lang::Lang,
        web::{Cx, Frame, Here, Json, Params, Problems, Said, WorkspaceNav, render},
    },
    billing::{Money, renew},
    licence::{GRACE, words::Card},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde::Serialize;
use utoipa::ToSchema;

/// How a licence is paid for.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicencePayment)]
pub(super) struct View {
    /// Whether this server takes cards at all.
    takes_cards: bool,
    /// The card renewals are paid with; absent when there is none.
    card: Option<ShownCard>,
    /// Whether the card is yours: another person's is only replaced by one of yours.
    yours: bool,
    /// Whether the licence renews by itself.
    auto_renewal: bool,
    /// Why it cannot renew by itself, when it cannot: `no-card`, `card-expires`, `expired`, `unstarted`, `one-off`,
    /// `trial`, `unusable`, `no-price`, `not-configured`.
    hindrance: Option<&'static str>,
    /// What is charged next; when renewal by itself is off, what would be.
    next_charge: Option<NextCharge>,
    /// The charge that was refused, when one was.
    refused: Option<Refused>,
    /// When the licence expires.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// What is charged next.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceNextCharge)]
struct NextCharge {
    /// With tax, in whole minor units.
    amount: i64,
    /// ISO 4217.
    currency: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Months it pays for.
    months: u32,
    #[serde(skip)]
    sum: Money,
}

/// A charge that was refused.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceRefusedCharge)]
struct Refused {
    /// How often.
    tries: u32,
    /// When it is tried again.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_try_at: Option<Timestamp>,
}

impl NextCharge {
    fn of(agreed: &renew::Agreed) -> Result<Self, Fault> {
        let sum = agreed.gross()?;
        Ok(Self {
            amount: sum.amount,
            currency: sum.currency.as_str().to_owned(),
            at: agreed.charge_at,
            months: agreed.after().term_months,
            sum,
        })
    }
}

impl View {
    /// The sentences of the page about renewal by itself.
    fn words(&self, l: &Lang) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(charge) = &self.next_charge {
            let key = if self.auto_renewal {
                "renewal-next"
            } else {
                "renewal-would"
            };
            let texts = [("amount", charge.sum.show(*l)), ("date", l.date(charge.at))];
            words.push(l.with_number(key, &texts, ("months", charge.months.into())));
        }
        if let (false, Some(end)) = (self.auto_renewal, self.expires_at) {
            let grace = end.saturating_add(GRACE).unwrap_or(Timestamp::MAX);
            let texts = [("date", l.date(end)), ("grace", l.date(grace))];
            words.push(l.with_texts("renewal-off-until", &texts));
        }
        words
    }

    fn why_not(&self, l: &Lang) -> Option<String> {
        let reason = self.hindrance?;
        Some(if reason == "no-price" {
            l.t("renewal-no-price")
        } else {
            l.t(&format!("renewal-why-{reason}"))
        })
    }

    fn trouble(&self, l: &Lang) -> Option<String> {
        let refused = self.refused.as_ref()?;
        Some(match refused.next_try_at {
            Some(next) => l.with_number(
                "renewal-failing",
                &[("date", l.date(next))],
                ("tries", refused.tries.into()),
            ),
            None => l.t("renewal-failing-last"),
        })
    }
}

/// What a page needs besides.
pub(super) struct Read {
    pub allowed: Allowed,
    pub nav: Option<WorkspaceNav>,
    pub view: View,
}

pub(super) async fn run(cx: &Cx, licence: LicenceId) -> Result<Read, Fault> {
    let (caller, takes_cards) = (cx.caller()?, cx.app.payments.is_configured());
    let (sales, now) = (cx.app.config.sales.clone(), cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let allowed = Allowed::new(r, caller, licence)?;
            let nav = allowed
                .workspace()
                .map(|workspace| authz::nav(r, caller, workspace));
            let nav = nav.transpose()?;
            let affairs = Affairs::read(r, licence)?;
            let running = affairs
                .live
                .as_ref()
                .filter(|live| !live.ends && affairs.wanted());
            let agreed = match running {
                Some(live) => Some(live.agreed.clone()),
                None => renew::agree(r, &allowed.licence, &sales, now).ok(),
            };
            let priced = agreed.is_some();
            let hindrance = if takes_cards {
                let found = hindrance(&allowed.licence, affairs.payer.as_ref(), now);
                found.or_else(|| (!priced).then_some("no-price"))
            } else {
                Some("not-configured")
            };
            // What would be charged is said only where it could be.
            let agreed = agreed.filter(|_| hindrance.is_none());
            let payer = affairs.payer.as_ref();
            let view = View {
                takes_cards,
                yours: payer.is_none_or(|payer| payer.account == caller.account),
                card: payer.and_then(|payer| payer.card.clone()),
                auto_renewal: affairs.wanted(),
                hindrance,
                next_charge: agreed.as_ref().map(NextCharge::of).transpose()?,
                refused: affairs.failing().map(|failing| Refused {
                    tries: failing.failures,
                    next_try_at: failing.next_try_at,
                }),
                expires_at: allowed.licence.expires_at,
            };
            Ok(Read { allowed, nav, view })
        })
        .await
}

/// How a licence is paid for: the card as far as it may be shown, whether it renews by itself, and what is charged next.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/payment", params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "How it is paid for.", body = View), Problems))]
pub(super) async fn api(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Json<View>, Fault> {
    Ok(Json(run(&cx, licence).await?.view))
}

#[derive(Template)]
#[template(path = "billing/stripe/show.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    title: Card,
    back: String,
    view: View,
    said: Said,
}

/// The frame of a page about a licence, and where its other settings are.
pub(super) fn frame(cx: &Cx, read: &Read) -> (Frame, String) {
    match &read.nav {
        Some(nav) => (
            Frame::within(cx, nav.clone(), Here::Settings),
            format!("/workspaces/{}/settings", nav.id),
        ),
        None => (Frame::new(cx, Here::Licences), "/licences".into()),
    }
}

/// The page, with what was refused.
pub(super) async fn again(cx: &Cx, licence: LicenceId, refused: Option<&Fault>) -> Result<Response, Fault> {
    let read = run(cx, licence).await?;
    let (frame, back) = frame(cx, &read);
    let page = render(&Page {
        frame,
        licence,
        back,
        title: Card::new(cx.lang, &read.allowed.licence, cx.app.clock.now()),
        view: read.view,
        said: refused
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    })?;
    Ok(match refused {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn page(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    again(&cx, licence, None).await
}
