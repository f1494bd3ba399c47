//! The first line, the last line, and base64 between them. There is one way to wrap a file, so that no byte of it can be
//! another without notice; only line ends may be those of another system, and the last may be missing, because mail and
//! editors do that.

use super::{BASE64, Kind, Refused};
use base64::Engine;

/// Symbols in a line.
const WIDTH: usize = 60;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

pub(super) fn wrap(kind: Kind, json: &str) -> String {
    let base64 = BASE64.encode(json);
    let title = kind.title();
    let mut text = format!("{BEGIN}{title}{DASHES}\n");
    for line in base64.as_bytes().chunks(WIDTH) {
        text.extend(line.iter().copied().map(char::from));
        text.push('\n');
    }
    text + &format!("{END}{title}{DASHES}\n")
}

/// What stands between a line's dashes.
fn titled<'a>(line: &'a str, begin: &str) -> Option<&'a str> {
    line.strip_prefix(begin)?.strip_suffix(DASHES)
}

pub(super) fn unwrap(text: &str) -> Result<(Kind, Vec<u8>), Refused> {
    // Searching for one byte is several times faster than for two: it shows beside a signature's check.
    let (first, rest) = text.split_once('\n').ok_or(Refused::Armour)?;
    let (first, end) = match first.strip_suffix('\r') {
        Some(first) => (first, "\r"),
        None => (first, ""),
    };
    let rest = match rest.strip_suffix('\n') {
        Some(rest) => rest.strip_suffix(end).ok_or(Refused::Armour)?,
        None => rest,
    };
    let mut lines = rest.split('\n');
    let last = lines.next_back().and_then(|line| titled(line, END));
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| titled(first, BEGIN) == Some(kind.title()) && last == Some(kind.title()))
        .ok_or(Refused::Armour)?;
    let (mut base64, mut full) = (String::with_capacity(rest.len()), true);
    for line in lines {
        let line = line.strip_suffix(end).ok_or(Refused::Armour)?;
        // Only the last line may be shorter than others.
        if !full || line.is_empty() || line.len() > WIDTH {
            return Err(Refused::Armour);
        }
        full = line.len() == WIDTH;
        base64.push_str(line);
    }
    if base64.is_empty() {
        return Err(Refused::Armour);
    }
    let json = BASE64.decode(base64).map_err(|_| Refused::Encoding)?;
    Ok((kind, json))
}
