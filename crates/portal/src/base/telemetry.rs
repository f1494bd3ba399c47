//! Logs and metrics. Logs are structured and never hold secrets; metrics are read on a listener of their own.

use super::config::Config;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Tens of thousands of times at most are waiting to be folded.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// Starts logging to standard error.
///
/// # Errors
/// When the filter cannot be read.
pub fn start_logs(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|error| anyhow::anyhow!("log = {:?} is no filter: {error}", config.log))?;
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // A line nobody can read is no reason to panic, which is how the library would tell us.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    if config.log_json {
        logs.json().init()
    } else {
        logs.with_target(false).init()
    }
    Ok(())
}

/// Starts counting. The handle renders what was counted in Prometheus' text format.
///
/// # Errors
/// When counting was started before.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let buckets = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
    ];
    let handle = PrometheusBuilder::new()
        .set_buckets(&buckets)?
        .install_recorder()?;
    metrics::describe_histogram!(
        "rempart_http_seconds",
        "Time to answer, by route, method and status"
    );
    Ok(handle)
}

/// Folds measured times into their histograms, for ever. Until then each is kept, whether or not anybody reads them.
pub async fn fold_metrics(metrics: PrometheusHandle) {
    loop {
        tokio::time::sleep(FOLD_EVERY).await;
        metrics.run_upkeep();
    }
}

/// Counts and times a request under its route, never under its address: addresses hold ids.
pub async fn measure(clock: super::clock::Clock, request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let method = request.method().as_str().to_owned();
    let began = clock.now();
    let response = next.run(request).await;
    let seconds = clock.now().duration_since(began).as_secs_f64();
    let status = response.status().as_u16().to_string();
    metrics::histogram!("rempart_http_seconds", "route" => route, "method" => method, "status" => status)
        .record(seconds);
    response
}
