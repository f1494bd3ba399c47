//! The application: what every request shares, and the router, a line per slice.

use crate::{
    account, activation,
    base::{
        clock::{Chance, Clock},
        config::Config,
        db::{Db, Signal},
        error::Code,
        job::Jobs,
        mail::{self, Mailer},
        secret::Secrets,
        web::{self, Door, RouteInfo, Routes, SecurityHeaders},
    },
    billing, closure, demo, detection, device, health, issuer, licence, operator, overview, product,
    quarantine, reminder, scan, workspace,
};
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use std::{ops::Deref, sync::Arc};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, csrf::CsrfLayer};
use utoipa::OpenApi;

/// What every request shares; clones are cheap.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What an application is put together of.
#[derive(Clone)]
pub struct Parts {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub chance: Chance,
    /// Secrets of the server itself.
    pub secrets: Secrets,
    /// How mail leaves.
    pub mailer: Mailer,
}

/// The parts.
pub struct Shared {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub chance: Chance,
    /// Secrets of the server itself.
    pub secrets: Secrets,
    /// The payment provider, where one is configured.
    pub payments: billing::stripe::Provider,
    /// How mail leaves.
    pub mailer: Mailer,
    /// Deferred work.
    pub jobs: Jobs,
    /// What the account slice keeps in memory: sign-in limits.
    pub accounts: account::State,
    /// The key this server signs with, as it was last looked up.
    pub issuer: issuer::State,
    /// Devices connected to this portal, and those who take what they tell.
    pub devices: device::Devices,
    /// What other slices draw on a device's page.
    pub panels: device::Panels,
    /// What other slices do when a workspace gets a mode.
    pub on_mode: &'static [workspace::OnMode],
    /// What other slices do when a licence goes to another account.
    pub on_hand_over: &'static [licence::OnHandOver],
}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self::with_inbox(parts, inbox())
    }

    /// As [`App::new`], with other slices to take what devices tell.
    #[must_use]
    pub fn with_inbox(parts: Parts, inbox: device::Inbox) -> Self {
        let Parts {
            config,
            db,
            clock,
            chance,
            secrets,
            mailer,
        } = parts;
        let jobs = Jobs::default().on(mail::JOB, mail::run);
        let jobs = account::jobs(jobs);
        let jobs = licence::jobs(jobs);
        let jobs = workspace::jobs(jobs);
        let jobs = device::jobs(jobs);
        let jobs = reminder::jobs(jobs);
        let jobs = scan::jobs(jobs);
        let jobs = billing::jobs(jobs);
        let jobs = activation::jobs(jobs);
        let jobs = closure::jobs(jobs);
        let devices = device::Devices::new(inbox);
        device::listen(&db, &devices);
        let runner = jobs.clone();
        db.listen(move |signal| {
            if signal == Signal::Job {
                runner.wake();
            }
        });
        let accounts = account::State::default();
        let payments = billing::stripe::Provider::new(config.stripe.as_ref());
        Self(Arc::new(Shared {
            payments,
            config,
            db,
            clock,
            chance,
            secrets,
            mailer,
            jobs,
            accounts,
            issuer: issuer::State::default(),
            devices,
            panels: panels(),
            on_mode: &[device::order::mode_changed],
            on_hand_over: &[billing::handed_over],
        }))
    }
}

/// The slices that take what devices tell.
fn inbox() -> device::Inbox {
    device::Inbox::default()
        .on(scan::record)
        .on(detection::record)
        .on(quarantine::record)
        .on_end(scan::ended)
        .on_end(quarantine::ended)
}

/// What other slices draw on a device's page.
fn panels() -> device::Panels {
    device::Panels::default()
        .on(scan::panel)
        .on(detection::panel)
        .on(quarantine::panel)
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Rempart", description = "Portal and console of Rempart. Errors are problem documents (RFC 9457) with a stable `code`.", license(name = "Apache-2.0 OR MIT")),
    components(schemas(web::Problem)),
    security(("bearer" = []))
)]
struct Document;

/// The parts the router is built of: axum's, the list of routes, the API's document.
pub fn routes(app: &App) -> (Router<App>, Vec<RouteInfo>, utoipa::openapi::OpenApi) {
    let mut document = Document::openapi();
    let bearer = utoipa::openapi::security::HttpBuilder::new()
        .scheme(utoipa::openapi::security::HttpAuthScheme::Bearer)
        .description(Some("An account's API key."))
        .build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("bearer", utoipa::openapi::security::SecurityScheme::Http(bearer));
    let routes = Routes::new(app.clone(), document);
    let routes = health::routes(routes);
    let routes = account::routes(routes);
    let routes = closure::routes(routes);
    let routes = operator::routes(routes);
    let routes = product::routes(routes);
    let routes = workspace::routes(routes);
    let routes = licence::routes(routes);
    let routes = billing::routes(routes);
    let routes = issuer::routes(routes);
    let routes = activation::routes(routes);
    let routes = reminder::routes(routes);
    let routes = device::routes(routes);
    let routes = scan::routes(routes);
    let routes = detection::routes(routes);
    let routes = quarantine::routes(routes);
    let routes = overview::routes(routes);
    routes
        .assets(memory_serve::load!().index_file(None).into_router())
        .build()
}

/// What every request passes first: who asks, security headers, a signature where answers are signed. One function,
/// because each layer of its own is two allocations more for every request.
async fn front(State(app): State<App>, request: Request, next: Next) -> Response {
    let (door, asked) = (Door::of(request.uri()), activation::Asked::of(&app, &request));
    let mut response = web::identify(app.clone(), request, next).await;
    let headers = SecurityHeaders {
        secure: app.config.secure(),
    };
    web::secure(headers, door, &mut response);
    match asked {
        Some(asked) => activation::sign(&app, &asked, response).await,
        None => response,
    }
}

/// The whole service.
pub fn service(app: &App) -> Router {
    let (router, _, _) = routes(app);
    // The outermost first.
    let layers = ServiceBuilder::new()
        // A signed answer's digest is of its body as it was signed.
        .layer(web::Compress(|_, _, headers, _| {
            !headers.contains_key(activation::SIGNATURE)
        }))
        .layer(from_fn_with_state(app.clone(), front))
        .layer(CatchPanicLayer::custom(|_| {
            Code::Internal.status().into_response()
        }))
        .layer(
            CsrfLayer::new()
                // Nothing there reads a cookie: there is nothing to forge.
                .with_insecure_bypass(|_, uri| uri.path().starts_with(activation::PREFIX))
                .with_rejection_response(|_| {
                    crate::base::error::Fault::new(Code::CrossOrigin).into_response()
                }),
        );
    router
        .fallback(web::fallback)
        .method_not_allowed_fallback(web::method_not_allowed)
        .layer(layers)
        .with_state(app.clone())
}

/// What is done once at every start, before listening: keys made, demo seeded.
///
/// # Errors
/// When the database cannot be used.
pub async fn prepare(app: &App) -> anyhow::Result<()> {
    app.db.ping().await?;
    account::prepare(app).await?;
    reminder::prepare(app).await?;
    issuer::prepare(app).await?;
    billing::prepare(app).await?;
    if app.config.demo {
        demo::seed(app).await?;
    }
    Ok(())
}

/// The API's document as JSON, for `docs/openapi.json`.
///
/// # Errors
/// When a database in memory cannot be opened.
pub fn openapi() -> anyhow::Result<String> {
    let folder = std::env::temp_dir().join(format!("rempart-openapi-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let options = crate::base::config::Options {
        data: Some(folder.clone()),
        ..Default::default()
    };
    let config = options.decide(Default::default())?;
    let (clock, chance) = (Clock::System, Chance::from_system());
    let db = Db::sqlite(&folder.join("rempart.db"), clock.clone(), chance.clone())?;
    let mailer = Mailer::new(&config)?;
    let secrets = Secrets::drawn(&chance);
    let app = App::new(Parts {
        config,
        db,
        clock,
        chance,
        secrets,
        mailer,
    });
    let document = routes(&app).2.to_pretty_json()?;
    std::fs::remove_dir_all(&folder)?;
    Ok(document + "\n")
}

#[cfg(test)]
mod tests;
