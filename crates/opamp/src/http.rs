//! A message as the body of a plain HTTP request or answer: the protobuf bytes alone, possibly gzipped.
//!
//! Always true: neither the bytes received nor what they unpack to exceed the reader's limit.

use crate::frame::FrameError;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use prost::Message;
use std::io::{Read, Write};

/// Tells an OpAMP request from a WebSocket upgrade on the same path.
pub const CONTENT_TYPE: &str = "application/x-protobuf";
/// Header that carries the instance uid as the text of a UUID.
pub const INSTANCE_UID_HEADER: &str = "OpAMP-Instance-UID";

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    /// As it is.
    #[default]
    None,
    /// With gzip.
    Gzip,
}

impl Packing {
    /// What a `Content-Encoding` header means; absent is as it is.
    ///
    /// # Errors
    /// It is an encoding this protocol does not use.
    pub fn of(content_encoding: Option<&str>) -> Result<Self, FrameError> {
        match content_encoding.map(str::trim) {
            None | Some("" | "identity") => Ok(Self::None),
            Some(name) if name.eq_ignore_ascii_case("gzip") => Ok(Self::Gzip),
            Some(_) => Err(FrameError::Encoding),
        }
    }
}

/// A body.
///
/// # Errors
/// Never in practice: packing into memory does not fail.
pub fn encode(message: &impl Message, packing: Packing) -> Result<Vec<u8>, FrameError> {
    let plain = message.encode_to_vec();
    if packing == Packing::None {
        return Ok(plain);
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let written = packed.write_all(&plain).and_then(|()| packed.finish());
    written.map_err(|_| FrameError::Unpack)
}

/// The message in a body; both the body and what it unpacks to have at most `limit` bytes.
///
/// # Errors
/// The body is too big or is no message.
pub fn decode<M: Message + Default>(body: &[u8], packing: Packing, limit: usize) -> Result<M, FrameError> {
    if body.len() > limit {
        return Err(FrameError::TooBig { limit });
    }
    if packing == Packing::None {
        return Ok(M::decode(body)?);
    }
    let mut plain = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    GzDecoder::new(body)
        .take(most)
        .read_to_end(&mut plain)
        .map_err(|_| FrameError::Unpack)?;
    if plain.len() > limit {
        return Err(FrameError::TooBig { limit });
    }
    Ok(M::decode(&plain[..])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{AgentToServer, CustomMessage};
    use proptest::prelude::*;

    fn big(bytes: usize) -> AgentToServer {
        AgentToServer {
            custom_message: Some(CustomMessage {
                data: vec![0; bytes],
                ..CustomMessage::default()
            }),
            ..AgentToServer::default()
        }
    }

    #[test]
    fn a_body_is_read_as_it_was_written() {
        for packing in [Packing::None, Packing::Gzip] {
            let body = encode(&big(1000), packing).unwrap();
            assert_eq!(decode(&body, packing, 2000), Ok(big(1000)));
        }
    }

    #[test]
    fn a_small_body_that_unpacks_to_a_big_one_is_too_big() {
        let body = encode(&big(1 << 20), Packing::Gzip).unwrap();
        assert!(body.len() < 100_000);
        let read = decode::<AgentToServer>(&body, Packing::Gzip, 100_000);
        assert_eq!(read, Err(FrameError::TooBig { limit: 100_000 }));
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        assert_eq!(Packing::of(Some("GZIP")), Ok(Packing::Gzip));
        assert_eq!(Packing::of(None), Ok(Packing::None));
        assert_eq!(Packing::of(Some("br")).unwrap_err().http_status(), 415);
    }

    proptest! {
        #[test]
        fn any_body_is_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode::<AgentToServer>(&bytes, Packing::Gzip, 1000);
            let _ = decode::<AgentToServer>(&bytes, Packing::None, 1000);
        }
    }
}
