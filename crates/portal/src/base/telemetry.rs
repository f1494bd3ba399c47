//! Logs and metrics. Logs are structured and never hold secrets; metrics are read on a listener of their own.

use super::config::Config;
use axum::http::{Method, StatusCode};
use metrics::Histogram;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tracing_subscriber::EnvFilter;

/// Tens of thousands of times at most are waiting to be folded.
const FOLD_EVERY: Duration = Duration::from_secs(5);
/// Methods and statuses of a route that are told apart.
const MOST_KNOWN: usize = 64;

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

/// Times of one route's answers, under its path with parameters, never under an address: addresses hold ids.
#[derive(Debug)]
pub struct Timed {
    path: Arc<str>,
    /// Looked up once for each method and status: that costs more than many an answer.
    known: RwLock<Vec<(Method, StatusCode, Histogram)>>,
}

impl Timed {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(route: &str) -> Self {
        Self {
            path: route.into(),
            known: RwLock::default(),
        }
    }

    /// Counts an answer.
    pub fn answered(&self, method: &Method, status: StatusCode, seconds: f64) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let same = |(m, s, _): &&(Method, StatusCode, Histogram)| m == method && *s == status;
        if let Some((_, _, times)) = known.iter().find(same) {
            times.record(seconds);
            return;
        }
        // Methods are whatever a client writes; those of a route and their statuses are few.
        if known.len() >= MOST_KNOWN {
            return;
        }
        drop(known);
        let times = metrics::histogram!("rempart_http_seconds", "route" => Arc::clone(&self.path),
            "method" => method.as_str().to_owned(), "status" => status.as_str().to_owned());
        times.record(seconds);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.push((method.clone(), status, times));
    }
}
