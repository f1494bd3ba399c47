//! A person's licences: the personal ones, attached to no workspace, first; then the others, each with where it is.

use super::{Licence, LicenceView, store};
use crate::base::{
    error::Fault,
    web::{Cx, Json, List, Problems},
};

pub(super) async fn run(cx: &Cx) -> Result<Vec<Licence>, Fault> {
    let account = cx.person()?.account;
    Ok(cx.app.db.read(move |r| store::find::owned(r, account)).await?)
}

/// List your licences. Personal licences, attached to no workspace, come first.
#[utoipa::path(get, path = "/api/v1/licences",
    responses((status = 200, description = "All of them.", body = List<LicenceView>), Problems))]
pub(super) async fn api(cx: Cx) -> Result<Json<List<LicenceView>>, Fault> {
    let now = cx.app.clock.now();
    let licences = run(&cx).await?;
    Ok(Json(List {
        items: licences
            .iter()
            .map(|licence| LicenceView::new(licence, now))
            .collect(),
        next: None,
    }))
}
