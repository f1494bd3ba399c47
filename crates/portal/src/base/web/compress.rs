use axum::{
    body::Body,
    extract::Request,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    response::Response,
};
use futures_util::{
    TryFutureExt,
    future::{Either, MapOk},
};
use std::task::{Context, Poll};
use tower::{Layer, Service};
use tower_http::compression::{
    Compression, CompressionBody, Predicate, ResponseFuture,
    predicate::{And, DefaultPredicate},
};

/// Whether an answer with these headers may be compressed.
pub(crate) type May = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;
type Which = And<DefaultPredicate, May>;

/// Compresses answers for those who ask for it. Who does not is spared the state of a compressor, which is more than all
/// else an answer is made of.
#[derive(Clone)]
pub(crate) struct Compress(pub May);

impl<S> Layer<S> for Compress {
    type Service = Compressing<S>;

    fn layer(&self, inner: S) -> Compressing<S> {
        let which = DefaultPredicate::new().and(self.0);
        Compressing(Compression::new(inner).compress_when(which))
    }
}

#[derive(Clone)]
pub(crate) struct Compressing<S>(Compression<S, Which>);

type Whole = fn(Response<CompressionBody<Body>>) -> Response;

impl<S> Service<Request> for Compressing<S>
where
    S: Service<Request, Response = Response>,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Either<S::Future, MapOk<ResponseFuture<S::Future, Which>, Whole>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.get_mut().poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.headers().contains_key(header::ACCEPT_ENCODING) {
            let whole: Whole = |answer| answer.map(Body::new);
            Either::Right(self.0.call(request).map_ok(whole))
        } else {
            Either::Left(self.0.get_mut().call(request))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, http::HeaderName, routing::get};
    use tower::ServiceExt;

    const SIGNED: HeaderName = HeaderName::from_static("x-signed");

    /// How an answer to who asks in this way is packed.
    async fn packed(path: &str, asked: Option<&str>) -> Option<String> {
        let long = "a word and ".repeat(200);
        let signed = ([(SIGNED, "yes")], long.clone());
        let router = Router::new()
            .route("/", get(async || long))
            .route("/signed", get(async || signed))
            .layer(Compress(|_, _, headers, _| !headers.contains_key(SIGNED)));
        let mut request = Request::get(path);
        if let Some(asked) = asked {
            request = request.header(header::ACCEPT_ENCODING, asked);
        }
        let answer = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let packing = answer.headers().get(header::CONTENT_ENCODING)?;
        Some(packing.to_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn an_answer_is_packed_for_who_asks_and_never_when_it_is_signed() {
        assert_eq!(packed("/", Some("gzip, br")).await.as_deref(), Some("gzip"));
        assert_eq!(packed("/", None).await, None);
        assert_eq!(packed("/", Some("identity")).await, None);
        assert_eq!(packed("/signed", Some("gzip")).await, None);
    }
}
