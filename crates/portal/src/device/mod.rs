//! Enrolled computers of workspaces, what they are told, and what they tell.
//!
//! Always true: a device is enrolled with a seat or not at all, decided in one transaction; it signs in with a credential
//! of its own, on a machine that proves it holds the device's key; a retired device holds no seat and no credential. What
//! a device is now (connected, offline) is known in memory and written in batches, never a row for a heartbeat.

mod admit;
mod counts;
mod enrol;
mod health;
pub mod inbox;
mod link;
mod list;
mod list_tokens;
mod make_token;
mod memory;
pub mod order;
mod orders;
mod panel;
mod presence;
mod release;
mod rename;
mod retire;
mod revoke_token;
mod seats;
mod settings;
mod settle;
mod show;
mod store;
mod tidy;
mod view;
mod words;

use crate::base::{
    authz::Action,
    db::Db,
    job::Jobs,
    web::{Access, Routes},
};
use counts::heard_since;
use utoipa_axum::routes;

pub use counts::{Counts, OFFLINE_AFTER, counts, name};
pub use inbox::{Ended, How, Inbox, Reporter};
pub use make_token::make_token;
pub use memory::Devices;
pub use panel::{Panel, PanelOf, Panels};

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let see = Access::Workspace(Action::SeeProtection);
    let manage = Access::Workspace(Action::ManageProtection);
    let routes = routes
        .get(rempart_opamp::DEFAULT_PATH, Access::Device, link::open)
        .api(see, routes!(list::api))
        .api(see, routes!(show::api))
        .api(manage, routes!(rename::api))
        .api(manage, routes!(retire::api))
        .api(manage, routes!(release::api))
        .api(manage, routes!(settle::api))
        .api(see, routes!(orders::api_list))
        .api(see, routes!(orders::api_show))
        .api(manage, routes!(list_tokens::api))
        .api(manage, routes!(make_token::api))
        .api(manage, routes!(revoke_token::api));
    let (all, one) = (
        "/workspaces/{workspace}/devices",
        "/workspaces/{workspace}/devices/{device}",
    );
    let add = "/workspaces/{workspace}/devices/add";
    let (seats, release) = (
        "/workspaces/{workspace}/devices/seats",
        "/workspaces/{workspace}/devices/release",
    );
    let token = "/workspaces/{workspace}/enrolment-tokens/{token}/revoke";
    let below = |verb: &str| format!("{one}/{verb}");
    routes
        .get(all, see, list::page)
        .get(add, manage, make_token::form)
        .post(add, manage, make_token::page)
        .post(token, manage, revoke_token::page)
        .get(seats, see, seats::page)
        .get(release, manage, release::form)
        .post(release, manage, release::page)
        .get(one, see, show::page)
        .post(&below("rename"), manage, rename::page)
        .get(&below("retire"), manage, retire::form)
        .post(&below("retire"), manage, retire::page)
        .post(&below("settle"), manage, settle::page)
}

/// Passes what commits signal on to connected devices.
pub fn listen(db: &Db, devices: &Devices) {
    let devices = devices.clone();
    db.listen(move |signal| link::pass_on(&devices, signal));
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(order::EXPIRY, order::expire).on(tidy::JOB, tidy::run)
}
