use super::LinkError;
use tokio_tungstenite::tungstenite::http::Uri;

/// Where a portal listens for devices: a WebSocket address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    uri: Uri,
    host: String,
    port: u16,
    encrypted: bool,
}

impl Endpoint {
    /// From what a person or a portal gives: `https://portal.example`, with or without the path for devices, or a
    /// WebSocket address. Unencrypted connections are for this machine, unless `insecure_http`.
    pub(crate) fn parse(text: &str, insecure_http: bool) -> Result<Self, LinkError> {
        let bad = || LinkError::Address(text.to_owned());
        let given: Uri = text.trim().parse().map_err(|_| bad())?;
        let encrypted = match given.scheme_str() {
            Some("https" | "wss") => true,
            Some("http" | "ws") => false,
            _ => return Err(bad()),
        };
        let authority = given
            .authority()
            .filter(|authority| !authority.as_str().contains('@'));
        let authority = authority.ok_or_else(bad)?.clone();
        let base = given.path().trim_end_matches('/');
        let base = base.strip_suffix(rempart_opamp::DEFAULT_PATH).unwrap_or(base);
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let port = authority.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        if host.is_empty() || given.query().is_some() {
            return Err(bad());
        }
        if !encrypted && !insecure_http && !is_loopback(&host) {
            return Err(LinkError::Unencrypted(text.trim().to_owned()));
        }
        let scheme = if encrypted { "wss" } else { "ws" };
        let uri = format!("{scheme}://{authority}{base}{}", rempart_opamp::DEFAULT_PATH);
        Ok(Self {
            uri: uri.parse().map_err(|_| bad())?,
            host,
            port,
            encrypted,
        })
    }

    /// The address to ask for.
    pub(crate) const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The machine's name or address.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The port there.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Whether TLS is spoken.
    pub(crate) const fn encrypted(&self) -> bool {
        self.encrypted
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.uri.fmt(f)
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn uri(text: &str) -> String {
        Endpoint::parse(text, false).unwrap().to_string()
    }

    #[test]
    fn the_path_for_devices_is_added_once() {
        let expected = "wss://portal.example/v1/opamp";
        for given in [
            "https://portal.example",
            "https://portal.example/",
            "wss://portal.example/v1/opamp",
            " https://portal.example/v1/opamp/ ",
        ] {
            assert_eq!(uri(given), expected, "{given}");
        }
        assert_eq!(
            uri("https://portal.example:8443/rempart/"),
            "wss://portal.example:8443/rempart/v1/opamp"
        );
    }

    #[test]
    fn only_this_machine_is_spoken_to_unencrypted() {
        assert_eq!(uri("http://127.0.0.1:8420"), "ws://127.0.0.1:8420/v1/opamp");
        assert_eq!(uri("http://localhost:8420"), "ws://localhost:8420/v1/opamp");
        assert_eq!(uri("http://[::1]:8420"), "ws://[::1]:8420/v1/opamp");
        for given in [
            "http://portal.example",
            "ws://10.0.0.1",
            "http://127.0.0.1.example",
            "http://localhost.example",
        ] {
            let refused = Endpoint::parse(given, false).unwrap_err();
            assert_eq!(refused.code(), "portal_unencrypted", "{given}");
            assert!(Endpoint::parse(given, true).is_ok());
        }
    }

    #[test]
    fn what_is_no_address_is_named() {
        for given in [
            "",
            "portal.example",
            "ftp://x",
            "https://",
            "https://u:p@x",
            "https://x/?q=1",
            "::",
        ] {
            let refused = Endpoint::parse(given, true).unwrap_err();
            assert_eq!(refused.code(), "portal_address_invalid", "{given}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,40}") {
            let _ = Endpoint::parse(&text, true);
        }
    }
}
