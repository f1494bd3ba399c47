//! `rempart serve`: opens the data folder, starts the parts, listens, and ends cleanly.

use anyhow::Context;
use axum_server::tls_rustls::RustlsConfig;
use rempart_portal::{
    account,
    app::{self, App, Parts},
    base::{
        clock::{Chance, Clock},
        config::Config,
        db::Db,
        mail::Mailer,
        secret::Secrets,
        telemetry,
    },
};
use std::{fs, net::SocketAddr, os::unix::fs::DirBuilderExt};
use threads::Served;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

mod threads;

pub(super) fn run(config: Config) -> anyhow::Result<()> {
    // A password takes 19 MiB to hash; a server at rest should not hold on to them.
    rempart_os::give_back_large_blocks();
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    telemetry::start_logs(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2) // deferred work only: requests have threads of their own
        .max_blocking_threads(8)
        .build()
        .context("no async runtime")?;
    runtime.block_on(serve(config))
}

/// `rempart operator-link`: a fresh link, made on the server itself.
pub(super) fn operator_link(config: Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = local_app(config).await?;
        match account::operator_link(&app).await? {
            Some(link) => {
                println!("{link}");
                Ok(())
            }
            None => anyhow::bail!(
                "this server has an operator already; a forgotten password is replaced with the link on the sign-in page"
            ),
        }
    })
}

/// The application as commands on the server use it: no listener, no jobs.
pub(super) async fn local_app(config: Config) -> anyhow::Result<App> {
    Ok(App::new(parts(config).await?))
}

/// Opens what the data folder and the configuration name.
async fn parts(config: Config) -> anyhow::Result<Parts> {
    let (clock, chance) = (Clock::System, Chance::from_system());
    make_folder(&config)?;
    let db = open(&config, clock.clone(), chance.clone()).await?;
    let secrets = Secrets::open(&config.data, &db, &chance).await?;
    let mailer = Mailer::new(&config)?;
    Ok(Parts {
        config,
        db,
        clock,
        chance,
        secrets,
        mailer,
    })
}

fn make_folder(config: &Config) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data)
        .with_context(|| format!("data folder {}", config.data.display()))
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let metrics = telemetry::start_metrics()?;
    tokio::spawn(telemetry::fold_metrics(metrics.clone()));
    let parts = parts(config).await?;
    let listener = listen(parts.config.listen).await?;
    let metrics_listener = match parts.config.metrics_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let app = App::new(parts);
    app::prepare(&app).await?;

    let jobs = tokio::spawn({
        let app = app.clone();
        async move { app.jobs.run(&app).await }
    });
    if let Some(listener) = metrics_listener {
        let render = axum::routing::get(move || std::future::ready(metrics.render()));
        let router = axum::Router::new().route("/metrics", render);
        tokio::spawn(axum::serve(listener, router).into_future());
    }
    if let Some(link) = account::operator_link(&app).await? {
        println!("Make the operator of this server, within 24 hours: {link}");
    }
    tracing::info!(url = app.config.public_url, "ready");
    let router = app::service(&app);
    // The routes' document took megabytes to put together.
    rempart_os::give_back_memory();
    let served = Served {
        router,
        tls: tls(&app).await?,
        address: app.config.listen,
    };
    threads::answer(listener, served, told_to_end()).await?;
    jobs.abort();
    tracing::info!("ended");
    Ok(())
}

async fn open(config: &Config, clock: Clock, chance: Chance) -> anyhow::Result<Db> {
    let config = config.clone();
    // Blocking: the PostgreSQL client brings its own runtime.
    let opened = tokio::task::spawn_blocking(move || match &config.database {
        Some(url) => Db::postgres(url, config.database_threads, clock, chance),
        None => Db::sqlite(&config.data.join("rempart.db"), clock, chance),
    });
    Ok(opened.await.context("opening the database")??)
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another with --listen"))
}

/// The certificate and key the configuration names.
async fn tls(app: &App) -> anyhow::Result<Option<RustlsConfig>> {
    let Some((cert, key)) = &app.config.tls else {
        return Ok(None);
    };
    super::readable(cert)?;
    super::readable(key)?;
    let tls = RustlsConfig::from_pem_file(cert, key).await;
    Ok(Some(tls.context("tls_cert and tls_key cannot be used")?))
}

/// Over once this process is told to end.
async fn told_to_end() {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
