//! The pages about buying: a change and its preview, orders, and the operator's list of them.

pub(super) mod change;
pub(super) mod operator;
pub(super) mod order;
pub(super) mod preview;

use super::{
    List, Purchase, Standing, desk, store,
    words::{self, Names},
};
use crate::{
    base::{
        authz,
        error::Fault,
        web::{Cx, Frame, Here, WorkspaceNav},
    },
    licence::{Licence, words::Card},
};
use rempart_wire::LicenceId;

/// A licence as every page here needs it.
struct Read {
    licence: Licence,
    nav: Option<WorkspaceNav>,
    names: Names,
    list: List,
    credit: i64,
    bill_to: Option<String>,
    open: Option<Purchase>,
}

/// The frame of a page about a licence.
pub(super) async fn frame(cx: &Cx, licence: LicenceId) -> Result<Frame, Fault> {
    Ok(read(cx, licence).await?.frame(cx).0)
}

async fn read(cx: &Cx, licence: LicenceId) -> Result<Read, Fault> {
    let (caller, server) = (cx.caller()?, cx.app.config.sales.currency);
    let now = cx.app.clock.now();
    cx.app
        .db
        .read(move |r| {
            let licence = desk::may(r, caller, licence)?;
            // The owner of a licence may see it without being a member of the workspace where it is.
            let nav = licence
                .workspace
                .and_then(|workspace| authz::nav(r, caller, workspace).ok());
            let products = crate::product::list(r)?;
            let codes: Vec<&str> = products
                .iter()
                .filter(|one| one.withdrawn_at.is_none() || one.code == licence.product)
                .map(|one| one.code.as_str())
                .collect();
            let currency = desk::currency(r, &licence)?.unwrap_or(server);
            let list = List::read(r, codes, currency, now)?;
            let (position, bill_to) = desk::position(r, &licence, &list, now)?;
            Ok(Read {
                nav,
                names: Names::read(r)?,
                credit: position.credit.amount,
                bill_to,
                open: store::order::open(r, licence.id)?,
                list,
                licence,
            })
        })
        .await
}

impl Read {
    /// The frame of a page about this licence, and where its settings are.
    fn frame(&self, cx: &Cx) -> (Frame, String) {
        match &self.nav {
            Some(nav) => (
                Frame::within(cx, nav.clone(), Here::Settings),
                format!("/workspaces/{}/settings", nav.id),
            ),
            None => (Frame::new(cx, Here::Licences), "/licences".into()),
        }
    }

    fn card(&self, cx: &Cx) -> Card {
        Card::new(cx.lang, &self.licence, cx.app.clock.now())
    }

    /// What waits for the renewal, in words.
    fn waits(&self, cx: &Cx) -> Vec<String> {
        words::waits(cx.lang, &self.names, &Standing::of(&self.licence))
    }
}
