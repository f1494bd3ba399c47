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
    // Nothing is searched for but two line ends, and lines are told by their length: it shows beside a signature's check.
    let (first, rest) = text.split_once('\n').ok_or(Refused::Armour)?;
    let (first, end) = match first.strip_suffix('\r') {
        Some(first) => (first, "\r\n"),
        None => (first, "\n"),
    };
    let rest = rest.strip_suffix(end).unwrap_or(rest);
    let (body, last) = rest.rsplit_once('\n').ok_or(Refused::Armour)?;
    let body = body
        .strip_suffix(end.trim_end_matches('\n'))
        .ok_or(Refused::Armour)?;
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| titled(first, BEGIN) == Some(kind.title()) && titled(last, END) == Some(kind.title()))
        .ok_or(Refused::Armour)?;
    let mut base64 = Vec::with_capacity(body.len());
    let mut lines = body.as_bytes().chunks(WIDTH + end.len());
    let short = lines.next_back().ok_or(Refused::Armour)?;
    for line in lines {
        let (line, its_end) = line.split_at(WIDTH);
        if its_end != end.as_bytes() {
            return Err(Refused::Armour);
        }
        base64.extend_from_slice(line);
    }
    if short.len() > WIDTH {
        return Err(Refused::Armour);
    }
    base64.extend_from_slice(short);
    let length = base64_simd::STANDARD
        .decode_inplace(&mut base64)
        .map_err(|_| Refused::Encoding)?
        .len();
    base64.truncate(length);
    Ok((kind, base64))
}
