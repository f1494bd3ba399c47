//! The operator's pages about batches: all of them, and one while it is written and until its keys are gone.

use super::{BatchView, create};
use crate::base::{
    error::Fault,
    lang::Lang,
    web::{Cx, Frame, Here, Params, render},
};
use askama::Template;
use axum::response::Response;
use rempart_wire::LicenceBatchId;

#[derive(Template)]
#[template(path = "licence/batch/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

/// A batch with the colour, icon and word of its state.
struct Row {
    batch: BatchView,
    state: (&'static str, &'static str, String),
}

#[derive(Template)]
#[template(path = "licence/batch/show.html")]
struct ShowPage {
    frame: Frame,
    batch: BatchView,
    state: (&'static str, &'static str, String),
    title: String,
    progress: String,
    /// When the keys go, or went.
    until: String,
    redeem_by: String,
}

/// Colour, icon and word of a state.
fn state(l: Lang, batch: &BatchView) -> (&'static str, &'static str, String) {
    let (tone, icon) = match batch.state {
        "writing" => ("chosen", "clock"),
        "ready" => ("ok", "key"),
        "taken" => ("warn", "clock"),
        _ => ("off", "off"),
    };
    (tone, icon, l.t(&format!("batch-{}", batch.state)))
}

pub(super) async fn list(cx: Cx) -> Result<Response, Fault> {
    let rows = create::all(&cx).await?.into_iter().map(|batch| Row {
        state: state(cx.lang, &batch),
        batch,
    });
    render(&ListPage {
        frame: Frame::new(&cx, Here::Operator),
        rows: rows.collect(),
    })
}

pub(super) async fn show(cx: Cx, Params(batch): Params<LicenceBatchId>) -> Result<Response, Fault> {
    let batch = create::one(&cx, batch).await?;
    let l = cx.lang;
    render(&ShowPage {
        frame: Frame::new(&cx, Here::Operator),
        state: state(l, &batch),
        title: match batch.count {
            1 => l.t1("batch-of-one", "product", &batch.product_name),
            many => l.t2(
                "batch-of",
                ("n", l.number(many)),
                ("product", &batch.product_name),
            ),
        },
        progress: l.t2(
            "batch-progress",
            ("done", l.number(batch.done)),
            ("all", l.number(batch.count)),
        ),
        until: batch.keys_until.map(|at| l.date_time(at)).unwrap_or_default(),
        redeem_by: batch
            .redeem_by
            .map_or_else(|| l.t("batch-no-lapse"), |at| l.date_time(at)),
        batch,
    })
}
