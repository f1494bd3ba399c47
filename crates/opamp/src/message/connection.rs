use super::ApplyStatus;
use prost::Message;
use std::{collections::BTreeMap, fmt};

/// Settings the server offers for an agent's connections.
#[derive(Clone, PartialEq, Message)]
pub struct ConnectionSettingsOffers {
    /// Tells one offer from another; the agent echoes it in [`ConnectionSettingsStatus`].
    #[prost(bytes = "vec", tag = "1")]
    pub hash: Vec<u8>,
    /// For the OpAMP connection itself.
    #[prost(message, optional, tag = "2")]
    pub opamp: Option<OpAmpConnectionSettings>,
    /// For the agent's own metrics.
    #[prost(message, optional, tag = "3")]
    pub own_metrics: Option<TelemetryConnectionSettings>,
    /// For the agent's own traces.
    #[prost(message, optional, tag = "4")]
    pub own_traces: Option<TelemetryConnectionSettings>,
    /// For the agent's own logs.
    #[prost(message, optional, tag = "5")]
    pub own_logs: Option<TelemetryConnectionSettings>,
    /// For connections only the agent knows, by name.
    #[prost(btree_map = "string, message", tag = "6")]
    pub other_connections: BTreeMap<String, OtherConnectionSettings>,
}

/// How to reach the OpAMP server.
#[derive(Clone, PartialEq, Message)]
pub struct OpAmpConnectionSettings {
    /// Its address; empty: as before.
    #[prost(string, tag = "1")]
    pub destination_endpoint: String,
    /// Headers for the request, credentials among them.
    #[prost(message, optional, tag = "2")]
    pub headers: Option<Headers>,
    /// A client certificate to show.
    #[prost(message, optional, tag = "3")]
    pub certificate: Option<TlsCertificate>,
    /// How often to speak with nothing to say; 0: as before.
    #[prost(uint64, tag = "4")]
    pub heartbeat_interval_seconds: u64,
    /// How to speak TLS.
    #[prost(message, optional, tag = "5")]
    pub tls: Option<TlsConnectionSettings>,
    /// A proxy to go through.
    #[prost(message, optional, tag = "6")]
    pub proxy: Option<ProxyConnectionSettings>,
}

/// Where to send telemetry.
#[derive(Clone, PartialEq, Message)]
pub struct TelemetryConnectionSettings {
    /// The address.
    #[prost(string, tag = "1")]
    pub destination_endpoint: String,
    /// Headers for the request.
    #[prost(message, optional, tag = "2")]
    pub headers: Option<Headers>,
    /// A client certificate to show.
    #[prost(message, optional, tag = "3")]
    pub certificate: Option<TlsCertificate>,
    /// How to speak TLS.
    #[prost(message, optional, tag = "4")]
    pub tls: Option<TlsConnectionSettings>,
    /// A proxy to go through.
    #[prost(message, optional, tag = "5")]
    pub proxy: Option<ProxyConnectionSettings>,
}

/// A connection only the agent knows.
#[derive(Clone, PartialEq, Message)]
pub struct OtherConnectionSettings {
    /// The address.
    #[prost(string, tag = "1")]
    pub destination_endpoint: String,
    /// Headers for the request.
    #[prost(message, optional, tag = "2")]
    pub headers: Option<Headers>,
    /// A client certificate to show.
    #[prost(message, optional, tag = "3")]
    pub certificate: Option<TlsCertificate>,
    /// Settings only the agent understands.
    #[prost(btree_map = "string, string", tag = "4")]
    pub other_settings: BTreeMap<String, String>,
    /// How to speak TLS.
    #[prost(message, optional, tag = "5")]
    pub tls: Option<TlsConnectionSettings>,
    /// A proxy to go through.
    #[prost(message, optional, tag = "6")]
    pub proxy: Option<ProxyConnectionSettings>,
}

/// How to speak TLS.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct TlsConnectionSettings {
    /// Authorities to trust, in PEM.
    #[prost(string, tag = "1")]
    pub ca_pem_contents: String,
    /// Whether the system's authorities are trusted too.
    #[prost(bool, tag = "2")]
    pub include_system_ca_certs_pool: bool,
    /// Whether the server's certificate goes unchecked.
    #[prost(bool, tag = "3")]
    pub insecure_skip_verify: bool,
    /// Oldest version to speak.
    #[prost(string, tag = "4")]
    pub min_version: String,
    /// Newest version to speak.
    #[prost(string, tag = "5")]
    pub max_version: String,
    /// Cipher suites to offer; empty: the usual ones.
    #[prost(string, repeated, tag = "6")]
    pub cipher_suites: Vec<String>,
}

/// A proxy to go through.
#[derive(Clone, PartialEq, Message)]
pub struct ProxyConnectionSettings {
    /// Its address.
    #[prost(string, tag = "1")]
    pub url: String,
    /// Headers for it.
    #[prost(message, optional, tag = "2")]
    pub connect_headers: Option<Headers>,
}

/// Headers of a request.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Headers {
    /// In order.
    #[prost(message, repeated, tag = "1")]
    pub headers: Vec<Header>,
}

/// One header. Its value may be a credential and is left out of debug output.
#[derive(Clone, PartialEq, Eq, Message)]
#[prost(skip_debug)]
pub struct Header {
    /// Its name.
    #[prost(string, tag = "1")]
    pub key: String,
    /// Its value.
    #[prost(string, tag = "2")]
    pub value: String,
}

/// A certificate and what belongs to it, all in PEM. Debug output leaves the private key out.
#[derive(Clone, PartialEq, Eq, Message)]
#[prost(skip_debug)]
pub struct TlsCertificate {
    /// The certificate.
    #[prost(bytes = "vec", tag = "1")]
    pub cert: Vec<u8>,
    /// Its private key, when the server made it.
    #[prost(bytes = "vec", tag = "2")]
    pub private_key: Vec<u8>,
    /// The authority that signed it.
    #[prost(bytes = "vec", tag = "3")]
    pub ca_cert: Vec<u8>,
}

/// An agent asks for connection settings.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ConnectionSettingsRequest {
    /// For the OpAMP connection.
    #[prost(message, optional, tag = "1")]
    pub opamp: Option<OpAmpConnectionSettingsRequest>,
}

/// An agent asks for settings of its OpAMP connection.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct OpAmpConnectionSettingsRequest {
    /// It asks for a certificate.
    #[prost(message, optional, tag = "1")]
    pub certificate_request: Option<CertificateRequest>,
}

/// A request for a certificate.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CertificateRequest {
    /// A PKCS#10 signing request in PEM.
    #[prost(bytes = "vec", tag = "1")]
    pub csr: Vec<u8>,
}

/// What became of offered connection settings.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct ConnectionSettingsStatus {
    /// Hash of the last offer received.
    #[prost(bytes = "vec", tag = "1")]
    pub last_connection_settings_hash: Vec<u8>,
    /// What became of it.
    #[prost(enumeration = "ApplyStatus", tag = "2")]
    pub status: i32,
    /// Why it failed.
    #[prost(string, tag = "3")]
    pub error_message: String,
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for TlsCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsCertificate").finish_non_exhaustive()
    }
}

impl Headers {
    /// The value under a name, whatever its case.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|header| header.key.eq_ignore_ascii_case(key))
            .map(|header| header.value.as_str())
    }
}

impl FromIterator<(String, String)> for Headers {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(headers: T) -> Self {
        let headers = headers.into_iter().map(|(key, value)| Header { key, value });
        Self {
            headers: headers.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_keeps_credentials() {
        let headers: Headers = [("Authorization".to_owned(), "Bearer hush".to_owned())]
            .into_iter()
            .collect();
        assert_eq!(headers.get("authorization"), Some("Bearer hush"));
        assert!(!format!("{headers:?}").contains("hush"));
    }
}
