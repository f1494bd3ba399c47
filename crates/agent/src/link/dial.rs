use super::{LinkError, endpoint::Endpoint, socket, socket::Returning, socket::Socket, socket::Wire};
use rempart_wire::Refusal;
use rustls::{ClientConfig, pki_types::ServerName};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::{
    self,
    client::IntoClientRequest,
    http::{HeaderMap, HeaderValue, Response, header},
};
use zeroize::Zeroizing;

/// Longest explanation read from a portal that refuses.
const EXPLANATION_LIMIT: usize = 64 << 10;

/// Whom to connect to, and as whom.
#[derive(Clone)]
pub(super) struct Dial {
    /// Where.
    pub(super) endpoint: Endpoint,
    /// The token or credential to show.
    pub(super) bearer: Zeroizing<String>,
    /// How to speak TLS there.
    pub(super) tls: Option<Arc<ClientConfig>>,
    /// How long opening may take.
    pub(super) connect: Duration,
    /// How long answers may take.
    pub(super) answer: Duration,
}

impl Dial {
    /// Opens a connection.
    pub(super) async fn open(self) -> Result<Socket, LinkError> {
        match timeout(self.connect, self.handshake()).await {
            Ok(opened) => opened,
            Err(_) => Err(self.unreachable("no answer")),
        }
    }

    async fn handshake(&self) -> Result<Socket, LinkError> {
        let mut request = self
            .endpoint
            .uri()
            .into_client_request()
            .map_err(|error| self.unreachable(error))?;
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", self.bearer.as_str()))
            .map_err(|_| Refusal::new("token_unknown", "the token contains characters that no token has"))?;
        bearer.set_sensitive(true);
        let agent = HeaderValue::from_static(concat!("rempart-agent/", env!("CARGO_PKG_VERSION")));
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        request.headers_mut().insert(header::USER_AGENT, agent);
        let (wire, lost) = Returning::new(self.wire().await?);
        let opened =
            tokio_tungstenite::client_async_with_config(request, wire, Some(socket::buffers())).await;
        match opened {
            Ok((stream, response)) => {
                let challenge = text(response.headers(), rempart_wire::CHALLENGE_HEADER)
                    .ok_or_else(|| self.not_a_portal("no challenge"))?;
                let endpoint = self.endpoint.to_string();
                Ok(Socket::new(stream, challenge.to_owned(), endpoint, self.answer))
            }
            Err(tungstenite::Error::Http(response)) => Err(self.refused(*response, lost.take()).await),
            Err(error @ (tungstenite::Error::Protocol(_) | tungstenite::Error::HttpFormat(_))) => {
                Err(self.not_a_portal(error))
            }
            Err(error) => Err(self.unreachable(error)),
        }
    }

    async fn wire(&self) -> Result<Box<dyn Wire>, LinkError> {
        let (host, port) = (self.endpoint.host(), self.endpoint.port());
        let tcp = TcpStream::connect((host, port))
            .await
            .map_err(|error| self.unreachable(error))?;
        tcp.set_nodelay(true).map_err(|error| self.unreachable(error))?;
        let Some(tls) = self.tls.as_ref().filter(|_| self.endpoint.encrypted()) else {
            return Ok(Box::new(tcp));
        };
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| LinkError::Address(self.endpoint.to_string()))?;
        let tls = TlsConnector::from(tls.clone());
        let stream = tls
            .connect(name, tcp)
            .await
            .map_err(|error| self.unreachable(error))?;
        Ok(Box::new(stream))
    }

    /// What a portal that does not open the connection means.
    async fn refused(&self, response: Response<Option<Vec<u8>>>, wire: Option<Box<dyn Wire>>) -> LinkError {
        let (head, body) = response.into_parts();
        let body = whole_body(&head.headers, body.unwrap_or_default(), wire).await;
        match head.status.as_u16() {
            429 | 503 => LinkError::Busy {
                retry_after: text(&head.headers, "retry-after")
                    .and_then(|seconds| seconds.trim().parse().ok())
                    .map(Duration::from_secs),
            },
            401 | 403 => match serde_json::from_slice::<Problem>(&body) {
                Ok(problem) => problem.into(),
                Err(_) => self.not_a_portal(head.status),
            },
            _ => self.not_a_portal(head.status),
        }
    }

    fn unreachable(&self, reason: impl ToString) -> LinkError {
        LinkError::Unreachable {
            endpoint: self.endpoint.to_string(),
            reason: reason.to_string(),
        }
    }

    fn not_a_portal(&self, reason: impl ToString) -> LinkError {
        LinkError::NotAPortal {
            endpoint: self.endpoint.to_string(),
            reason: reason.to_string(),
        }
    }
}

/// A problem document (RFC 9457), as far as it matters here.
#[derive(Deserialize)]
struct Problem {
    code: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    workspace: Option<String>,
}

impl From<Problem> for LinkError {
    fn from(problem: Problem) -> Self {
        let sentence = if problem.detail.is_empty() {
            problem.title
        } else {
            problem.detail
        };
        Self::Refused(Refusal {
            code: problem.code,
            sentence,
            workspace: problem.workspace,
        })
    }
}

/// What came with the head, and the rest from the wire.
async fn whole_body(headers: &HeaderMap, mut body: Vec<u8>, wire: Option<Box<dyn Wire>>) -> Vec<u8> {
    let length = text(headers, "content-length").and_then(|length| length.trim().parse::<usize>().ok());
    let missing = length
        .unwrap_or(EXPLANATION_LIMIT)
        .min(EXPLANATION_LIMIT)
        .saturating_sub(body.len());
    if let Some(wire) = wire.filter(|_| missing > 0) {
        let rest = wire.take(u64::try_from(missing).unwrap_or(0));
        tokio::pin!(rest);
        // Without a length the body ends with the connection; what came until then has to do.
        let _ = timeout(Duration::from_secs(3), rest.read_to_end(&mut body)).await;
    }
    body
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
