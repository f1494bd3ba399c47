/// What the first bytes (and a zip's last) say a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Anything that is not unpacked.
    Plain,
    /// A zip, alone or behind another program's bytes.
    Zip,
    /// One or several gzip streams.
    Gzip,
    /// A tar of any dialect: told by the checksum of its first header, which the oldest ones have too.
    Tar,
}

/// How many first bytes [`Kind::of`] wants to see.
pub(crate) const HEAD: usize = 512;
/// How many last bytes [`Kind::of`] wants to see: the end record of a zip without a comment.
pub(crate) const TAIL: usize = 22;

impl Kind {
    pub(crate) fn of(head: &[u8], tail: &[u8]) -> Self {
        match head {
            [b'P', b'K', 3, 4, ..]
            | [b'P', b'K', 5, 6, ..]
            | [b'P', b'K', b'0', b'0', b'P', b'K', 3, 4, ..] => Self::Zip,
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            _ if is_tar(head) => Self::Tar,
            _ if tail.len() >= TAIL && tail[tail.len() - TAIL..].starts_with(b"PK\x05\x06") => Self::Zip,
            _ => Self::Plain,
        }
    }
}

fn is_tar(head: &[u8]) -> bool {
    let (Some(header), Some(field)) = (head.get(..HEAD), head.get(148..156)) else {
        return false;
    };
    let digits = field
        .trim_ascii()
        .split(|byte| *byte == 0 || *byte == b' ')
        .next();
    let said = digits
        .filter(|digits| !digits.is_empty())
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .and_then(|digits| u32::from_str_radix(digits, 8).ok());
    let Some(said) = said else {
        return false;
    };
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    sum(header) - sum(field) + 8 * u32::from(b' ') == said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tar_is_told_by_its_checksum_and_not_by_a_word_in_it() {
        let mut header = tar::Header::new_ustar();
        header.set_size(3);
        header.set_cksum();
        assert_eq!(Kind::of(header.as_bytes(), b""), Kind::Tar);
        let mut old = tar::Header::new_old();
        old.set_size(3);
        old.set_cksum();
        assert_eq!(Kind::of(old.as_bytes(), b""), Kind::Tar);
        let mut broken = *header.as_bytes();
        broken[0] ^= 1;
        assert_eq!(Kind::of(&broken, b""), Kind::Plain);
        assert_eq!(Kind::of(&[0; HEAD], b""), Kind::Plain);
    }

    #[test]
    fn a_zip_is_told_by_its_first_or_its_last_bytes() {
        let mut end = [0; TAIL];
        end[..4].copy_from_slice(b"PK\x05\x06");
        assert_eq!(Kind::of(&end, &end), Kind::Zip);
        assert_eq!(Kind::of(b"#!/bin/sh\n", &end), Kind::Zip);
        assert_eq!(Kind::of(b"PK\x03\x04", b""), Kind::Zip);
        assert_eq!(Kind::of(b"PK", b"PK\x05\x06"), Kind::Plain);
    }
}
