//! The configuration: flags, environment and one TOML file say the same things under the same names.
//!
//! Always true: a flag wins over the environment, the environment over the file, the file over the default; every wrong
//! key of the file is named; nothing is guessed. Anything but loopback needs TLS or an explicit word.

mod payment;
mod sales;

pub use payment::Stripe;
pub use sales::Sales;

use clap::{Args, CommandFactory, Parser};
use secrecy::SecretString;
use serde::Deserialize;
use std::{
    fmt::Write,
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

macro_rules! options {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $env:literal, $default:literal;)*) => {
        /// What can be configured. Absent means: not said here.
        #[derive(Debug, Clone, Default, Args, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Options {
            $(
                $(#[doc = $doc])+
                #[arg(long, env = $env, hide_env_values = true, num_args = 0..=1, default_missing_value = "true")]
                pub $name: Option<$type>,
            )*
        }

        impl Options {
            fn or(self, other: Self) -> Self {
                Self { $($name: self.$name.or(other.$name)),* }
            }
        }

        const REFERENCE: &[(&str, &str, &str, &str)] =
            &[$((stringify!($name), $env, $default, concat!($($doc),+))),*];
    };
}

options! {
    /// Folder of the database, the keys and the outbox. Made when absent, for its owner alone.
    data: PathBuf = "REMPART_DATA", "./rempart-data";
    /// Address to listen on for pages, the API and devices.
    listen: SocketAddr = "REMPART_LISTEN", "127.0.0.1:8420";
    /// Address to listen on for Prometheus; none when absent.
    metrics_listen: SocketAddr = "REMPART_METRICS_LISTEN", "none";
    /// The address people and devices use, as in links of mails: `https://rempart.example`.
    public_url: String = "REMPART_PUBLIC_URL", "http(s)://<listen>";
    /// `postgres://…` to use PostgreSQL instead of the embedded database.
    database: String = "REMPART_DATABASE", "SQLite in the data folder";
    /// Connections held to PostgreSQL.
    database_threads: usize = "REMPART_DATABASE_THREADS", "16";
    /// Certificate chain, PEM.
    tls_cert: PathBuf = "REMPART_TLS_CERT", "none";
    /// Its private key, PEM.
    tls_key: PathBuf = "REMPART_TLS_KEY", "none";
    /// Serve plain HTTP on an address that is not loopback. Passwords then travel in the clear, unless a proxy in
    /// front does TLS.
    allow_plain_http: bool = "REMPART_ALLOW_PLAIN_HTTP", "false";
    /// A proxy in front sets `X-Forwarded-For`; believe its last entry.
    behind_proxy: bool = "REMPART_BEHIND_PROXY", "false";
    /// `smtps://user:password@host:465` or `smtp://host:587?tls=required`. Without it mail lands in `<data>/outbox`.
    smtp_url: String = "REMPART_SMTP_URL", "none";
    /// Sender of mails.
    mail_from: String = "REMPART_MAIL_FROM", "Rempart <rempart@localhost>";
    /// Name and address of who sells, as on invoices; lines parted by `|`.
    seller: String = "REMPART_SELLER", "Rempart";
    /// Where to transfer the amount of an order to, as on invoices; lines parted by `|`.
    bank_text: String = "REMPART_BANK_TEXT", "none";
    /// The currency of licences nobody paid for yet, ISO 4217.
    default_currency: String = "REMPART_DEFAULT_CURRENCY", "EUR";
    /// Tax on every price, in percent with at most two decimals.
    tax_rate: String = "REMPART_TAX_RATE", "0";
    /// What the tax is called.
    tax_name: String = "REMPART_TAX_NAME", "VAT, TVA in French";
    /// What the law wants said about the tax, as on invoices; lines parted by `|`.
    tax_text: String = "REMPART_TAX_TEXT", "none";
    /// Secret key of the payment provider Stripe, `sk_…`. Without it orders are paid by hand.
    stripe_secret_key: SecretString = "REMPART_STRIPE_SECRET_KEY", "none";
    /// A file that holds it.
    stripe_secret_key_file: PathBuf = "REMPART_STRIPE_SECRET_KEY_FILE", "none";
    /// The publishable key that goes with it, `pk_…`, for the card form.
    stripe_publishable_key: String = "REMPART_STRIPE_PUBLISHABLE_KEY", "none";
    /// What Stripe signs webhooks with, `whsec_…`; while it is being replaced, both with a comma between. Webhooks go
    /// to `<public_url>/webhooks/stripe`.
    stripe_webhook_secret: SecretString = "REMPART_STRIPE_WEBHOOK_SECRET", "none";
    /// A file that holds it.
    stripe_webhook_secret_file: PathBuf = "REMPART_STRIPE_WEBHOOK_SECRET_FILE", "none";
    /// Where Stripe's API is. Only for tests.
    stripe_api: String = "REMPART_STRIPE_API", "https://api.stripe.com";
    /// What to log: a filter such as `info` or `rempart_portal=debug`.
    log: String = "REMPART_LOG", "info";
    /// One JSON object a line instead of text.
    log_json: bool = "REMPART_LOG_JSON", "false";
    /// Seed an empty data folder with people, licences and a workspace, and show mail on a page. Never for real use.
    demo: bool = "REMPART_DEMO", "false";
}

/// The configuration as decided.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the option of the same name")]
pub struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    pub public_url: String,
    pub database: Option<String>,
    pub database_threads: usize,
    pub tls: Option<(PathBuf, PathBuf)>,
    pub behind_proxy: bool,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    pub stripe: Option<Stripe>,
    pub sales: Sales,
    pub log: String,
    pub log_json: bool,
    pub demo: bool,
}

/// Why a configuration is refused. Each says which key and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    Unreadable(PathBuf, std::io::Error),
    /// Keys nobody knows and values of the wrong kind, all of them.
    #[error("{path}: {faults}", path = .0.display(), faults = .1.join("; "))]
    WrongKeys(PathBuf, Vec<String>),
    /// The file is not TOML.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    Malformed(PathBuf, String),
    /// One of certificate and key without the other.
    #[error("tls_cert and tls_key go together: give both or neither")]
    HalfTls,
    /// Plain HTTP where others can listen.
    #[error(
        "listen = {0} is not loopback and there is no TLS: give tls_cert and tls_key, or allow_plain_http = true \
         if a proxy in front does TLS"
    )]
    PlainHttp(SocketAddr),
    /// Not an address people could open.
    #[error("public_url = {0} must begin with http:// or https:// and name a host")]
    PublicUrl(String),
    /// Some of what the payment provider needs, not all.
    #[error(
        "stripe_secret_key, stripe_publishable_key and stripe_webhook_secret go together: give all three or none"
    )]
    HalfStripe,
    /// Something else than keys where keys belong, or one in the other's place. They are not repeated.
    #[error("stripe_secret_key begins with sk_ or rk_, stripe_publishable_key with pk_")]
    StripeKeys,
    /// No currency of ISO 4217.
    #[error("default_currency = {0} is no currency code; one is EUR")]
    Currency(String),
    /// No percentage.
    #[error("tax_rate = {0} is no percentage with at most two decimals, below 100")]
    TaxRate(String),
    /// Keys would travel in the clear.
    #[error("stripe_api = {0} must begin with https:// (or be on 127.0.0.1, in a test)")]
    StripeApi(String),
}

impl Options {
    /// Reads a file of options.
    ///
    /// # Errors
    /// When it cannot be read, is no TOML, or has wrong keys or values; all of them are named.
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.into(), error))?;
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| ConfigError::Malformed(path.into(), error.to_string()))?;
        let known: Vec<&str> = REFERENCE.iter().map(|(name, ..)| *name).collect();
        let (said, unknown): (Vec<_>, Vec<_>) = table
            .into_iter()
            .partition(|(key, _)| known.contains(&key.as_str()));
        let mut faults = Vec::new();
        let mut options = Self::default();
        for (key, value) in said {
            // One key at a time, so that a second mistake is not hidden by the first.
            let alone = toml::Table::from_iter([(key.clone(), value)]);
            match alone.try_into::<Self>() {
                Ok(one) => options = options.or(one),
                Err(error) => faults.push(format!("{key}: {}", error.message())),
            }
        }
        if !unknown.is_empty() {
            let keys: Vec<String> = unknown.into_iter().map(|(key, _)| key).collect();
            let (keys, known) = (keys.join(", "), known.join(", "));
            faults.push(format!("unknown keys: {keys}. Known are: {known}"));
        }
        if !faults.is_empty() {
            return Err(ConfigError::WrongKeys(path.into(), faults));
        }
        Ok(options)
    }

    /// Flags and environment over the file over defaults.
    ///
    /// # Errors
    /// When the whole does not make sense or would not be safe.
    pub fn decide(self, file: Self) -> Result<Config, ConfigError> {
        let said = self.or(file);
        let stripe = Stripe::decide(&said)?;
        let sales = Sales::decide(&said)?;
        let tls = match (said.tls_cert, said.tls_key) {
            (Some(cert), Some(key)) => Some((cert, key)),
            (None, None) => None,
            _ => return Err(ConfigError::HalfTls),
        };
        let listen = said
            .listen
            .unwrap_or_else(|| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8420));
        if tls.is_none() && !listen.ip().is_loopback() && said.allow_plain_http != Some(true) {
            return Err(ConfigError::PlainHttp(listen));
        }
        let scheme = if tls.is_some() { "https" } else { "http" };
        let public_url = said.public_url.unwrap_or_else(|| format!("{scheme}://{listen}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        let host = public_url
            .strip_prefix("https://")
            .or_else(|| public_url.strip_prefix("http://"));
        if host.is_none_or(str::is_empty) {
            return Err(ConfigError::PublicUrl(public_url));
        }
        Ok(Config {
            stripe,
            sales,
            data: said.data.unwrap_or_else(|| PathBuf::from("rempart-data")),
            listen,
            metrics_listen: said.metrics_listen,
            public_url,
            database: said.database,
            database_threads: said.database_threads.unwrap_or(16),
            tls,
            behind_proxy: said.behind_proxy.unwrap_or(false),
            smtp_url: said.smtp_url,
            mail_from: said
                .mail_from
                .unwrap_or_else(|| "Rempart <rempart@localhost>".into()),
            log: said.log.unwrap_or_else(|| "info".into()),
            log_json: said.log_json.unwrap_or(false),
            demo: said.demo.unwrap_or(false),
        })
    }
}

impl Config {
    /// Whether people come by TLS: then cookies are `Secure` and browsers are told to insist.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[derive(Parser)]
struct Reference {
    #[command(flatten)]
    options: Options,
}

/// The reference of all options as Markdown: `docs/configuration.md`.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(
        "# Configuration\n\nGenerated by `cargo xtask gen`; do not edit.\n\nEvery option can be a flag of \
         `rempart serve`, a variable of the environment, or a key of the TOML file named with `--config`. A flag wins \
         over the environment, the environment over the file.\n\n| key | flag | environment | default | meaning |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for (name, env, default, doc) in REFERENCE {
        let flag = name.replace('_', "-");
        let _ = writeln!(
            out,
            "| `{name}` | `--{flag}` | `{env}` | {default} | {} |",
            doc.trim()
        );
    }
    debug_assert!(Reference::command().get_arguments().count() >= REFERENCE.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<Options, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rempart.toml");
        fs::write(&path, text).unwrap();
        Options::from_file(&path)
    }

    #[test]
    fn every_wrong_key_is_named() {
        let text = "listn = '127.0.0.1:1'\nlog = 'debug'\ndatabse = 'x'\ndemo = 'yes'\nlisten = 'here'";
        let error = file(text).unwrap_err().to_string();
        for named in ["databse, listn", "demo: ", "listen: ", "Known are: data, listen"] {
            assert!(error.contains(named), "{named}: {error}");
        }
        assert!(!error.contains("log: "), "{error}");
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let flags = Options {
            log: Some("trace".into()),
            ..Options::default()
        };
        let config = flags
            .decide(file("log = 'debug'\nlisten = '127.0.0.1:9'").unwrap())
            .unwrap();
        assert_eq!(
            (config.log.as_str(), config.listen.port(), config.log_json),
            ("trace", 9, false)
        );
    }

    #[test]
    fn plain_http_for_others_needs_an_explicit_word() {
        let open = Options {
            listen: "0.0.0.0:80".parse().ok(),
            ..Options::default()
        };
        assert!(matches!(
            open.clone().decide(Options::default()),
            Err(ConfigError::PlainHttp(_))
        ));
        let said = Options {
            allow_plain_http: Some(true),
            ..open
        };
        assert!(said.decide(Options::default()).is_ok());
    }

    #[test]
    fn half_a_certificate_is_none() {
        let half = Options {
            tls_cert: Some("a.pem".into()),
            ..Options::default()
        };
        assert!(matches!(
            half.decide(Options::default()),
            Err(ConfigError::HalfTls)
        ));
    }
}
