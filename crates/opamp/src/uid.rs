use std::fmt;

/// The 16 bytes that name one running agent; by recommendation a UUID version 7.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceUid(pub [u8; 16]);

/// An instance uid is exactly 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an instance uid has 16 bytes, this has {0}")]
pub struct NotAnInstanceUid(pub usize);

impl TryFrom<&[u8]> for InstanceUid {
    type Error = NotAnInstanceUid;
    fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| NotAnInstanceUid(bytes.len()))
    }
}

impl InstanceUid {
    /// As a message carries it.
    #[must_use]
    pub fn to_vec(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

/// As the text of a UUID.
impl fmt::Display for InstanceUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for InstanceUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InstanceUid({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_a_uuid() {
        let uid = InstanceUid(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        assert_eq!(uid.to_string(), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    }

    #[test]
    fn any_other_length_is_refused() {
        assert_eq!(InstanceUid::try_from(&[0; 15][..]), Err(NotAnInstanceUid(15)));
    }
}
