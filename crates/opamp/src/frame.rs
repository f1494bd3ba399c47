//! A message as the payload of one binary WebSocket message: a varint header, always 0, then the protobuf bytes.
//!
//! Always true: an empty protobuf message is legal; a payload without the header, or with another one, is not.

use prost::Message;

/// Largest payload most ends should accept: 4 MiB.
pub const DEFAULT_LIMIT: usize = 4 << 20;

/// Why bytes are no message.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FrameError {
    /// More bytes than the reader accepts, as they came or once unpacked.
    #[error("the message is larger than {limit} bytes")]
    TooBig {
        /// What the reader accepts.
        limit: usize,
    },
    /// The header is missing or is not 0.
    #[error("the message does not begin with an OpAMP header")]
    Header,
    /// What follows is not the protobuf message expected.
    #[error("the message is malformed: {0}")]
    Malformed(#[from] prost::DecodeError),
    /// The body is not what its `Content-Encoding` says.
    #[error("the body cannot be unpacked")]
    Unpack,
    /// A `Content-Encoding` other than gzip.
    #[error("the body's encoding is not known")]
    Encoding,
}

impl FrameError {
    /// The code to close a WebSocket with: 1009 too big, 1007 not what it should be. Before closing for anything but
    /// size, a server answers with [`ServerErrorResponse::bad_request`](crate::message::ServerErrorResponse::bad_request).
    #[must_use]
    pub const fn close_code(&self) -> u16 {
        match self {
            Self::TooBig { .. } => 1009,
            Self::Header | Self::Malformed(_) | Self::Unpack | Self::Encoding => 1007,
        }
    }

    /// The status to answer a plain HTTP request with.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::TooBig { .. } => 413,
            Self::Encoding => 415,
            Self::Header | Self::Malformed(_) | Self::Unpack => 400,
        }
    }
}

/// The payload of a WebSocket message.
#[must_use]
pub fn encode(message: &impl Message) -> Vec<u8> {
    let mut payload = Vec::with_capacity(1 + message.encoded_len());
    payload.push(0);
    message.encode_raw(&mut payload);
    payload
}

/// The message in a WebSocket message of at most `limit` bytes.
///
/// # Errors
/// The payload is too big or is no message.
pub fn decode<M: Message + Default>(payload: &[u8], limit: usize) -> Result<M, FrameError> {
    if payload.len() > limit {
        return Err(FrameError::TooBig { limit });
    }
    let mut rest = payload;
    match prost::encoding::decode_varint(&mut rest) {
        Ok(0) => Ok(M::decode(rest)?),
        _ => Err(FrameError::Header),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{AgentToServer, AnyValue, ServerToAgent, any_value::Value, *};
    use proptest::prelude::*;

    fn attribute() -> impl Strategy<Value = KeyValue> {
        let value = prop_oneof![
            ".{0,8}".prop_map(Value::Text),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            proptest::collection::vec(any::<u8>(), 0..8).prop_map(Value::Bytes),
        ];
        let value = value.prop_recursive(3, 12, 3, |inner| {
            proptest::collection::vec(inner, 0..3).prop_map(|values| {
                let values = values.into_iter().map(|value| AnyValue { value: Some(value) });
                Value::Array(ArrayValue {
                    values: values.collect(),
                })
            })
        });
        ("[a-z.]{0,8}", proptest::option::of(value)).prop_map(|(key, value)| KeyValue {
            key,
            value: Some(AnyValue { value }),
        })
    }

    prop_compose! {
        fn report()(
            uid in proptest::collection::vec(any::<u8>(), 0..20), sequence_num: u64, capabilities: u64, flags: u64,
            attributes in proptest::collection::vec(attribute(), 0..4), healthy: bool, started: u64,
            hash in proptest::collection::vec(any::<u8>(), 0..40), leaving: bool, data in ".{0,40}",
        ) -> AgentToServer {
            AgentToServer {
                instance_uid: uid,
                sequence_num,
                agent_description: Some(AgentDescription {
                    identifying_attributes: attributes.clone(),
                    non_identifying_attributes: attributes,
                }),
                capabilities,
                health: Some(ComponentHealth {
                    healthy,
                    start_time_unix_nano: started,
                    component_health_map: [(data.clone(), ComponentHealth::default())].into(),
                    ..ComponentHealth::default()
                }),
                remote_config_status: Some(RemoteConfigStatus {
                    last_remote_config_hash: hash,
                    status: ApplyStatus::Failed.into(),
                    error_message: data.clone(),
                }),
                agent_disconnect: leaving.then_some(AgentDisconnect {}),
                flags,
                custom_message: Some(CustomMessage {
                    capability: data.clone(),
                    r#type: data.clone(),
                    data: data.into_bytes(),
                }),
                ..AgentToServer::default()
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(report in report()) {
            prop_assert_eq!(decode::<AgentToServer>(&encode(&report), DEFAULT_LIMIT), Ok(report));
        }

        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode::<AgentToServer>(&bytes, DEFAULT_LIMIT);
            let _ = decode::<ServerToAgent>(&bytes, DEFAULT_LIMIT);
            let _ = decode::<AgentToServer>(&[&[0][..], &bytes].concat(), DEFAULT_LIMIT);
        }

        #[test]
        fn damaged_messages_are_answered(report in report(), at: prop::sample::Index, bit in 0u8..8, cut: prop::sample::Index) {
            let mut bytes = encode(&report);
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let _ = decode::<AgentToServer>(&bytes, DEFAULT_LIMIT);
            let _ = decode::<AgentToServer>(&bytes[..cut.index(bytes.len())], DEFAULT_LIMIT);
        }

        #[test]
        fn fields_of_a_later_version_are_skipped(report in report(), tag in 1000u32..2000, value: u64) {
            let mut bytes = encode(&report);
            prost::encoding::uint64::encode(tag, &value, &mut bytes);
            prost::encoding::string::encode(tag + 1, &"later".to_owned(), &mut bytes);
            prop_assert_eq!(decode::<AgentToServer>(&bytes, DEFAULT_LIMIT), Ok(report));
        }
    }

    #[test]
    fn an_empty_message_is_legal() {
        assert_eq!(encode(&ServerToAgent::default()), [0]);
        assert_eq!(decode::<AgentToServer>(&[0], 1), Ok(AgentToServer::default()));
    }

    #[test]
    fn a_message_without_the_header_is_malformed() {
        for payload in [&[][..], &[1], &[0x80], &[0x0a, 0x00]] {
            let error = decode::<AgentToServer>(payload, 100).unwrap_err();
            assert_eq!(error, FrameError::Header, "{payload:?}");
            assert_eq!((error.close_code(), error.http_status()), (1007, 400));
        }
    }

    #[test]
    fn a_message_over_the_limit_is_not_read() {
        let error = decode::<AgentToServer>(&[0; 11], 10).unwrap_err();
        assert_eq!(error, FrameError::TooBig { limit: 10 });
        assert_eq!((error.close_code(), error.http_status()), (1009, 413));
    }

    #[test]
    fn nesting_without_end_is_malformed() {
        let mut bytes = Vec::new();
        for _ in 0..2000 {
            let mut outer = Vec::new();
            prost::encoding::bytes::encode(1, &bytes, &mut outer);
            let mut list = Vec::new();
            prost::encoding::bytes::encode(5, &outer, &mut list);
            bytes = list;
        }
        assert!(AnyValue::decode(&bytes[..]).is_err());
    }
}
