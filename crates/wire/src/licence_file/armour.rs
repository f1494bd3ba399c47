//! The first line, the last line, and base64 between them. There is one way to wrap a file, so that no byte of it can be
//! another without notice; only line ends may be those of another system, and the last may be missing, because mail and
//! editors do that.

use super::{BASE64, Kind, Refused};
use base64::Engine;

/// Symbols in a line.
const WIDTH: usize = 60;

fn first_line(kind: Kind) -> String {
    format!("-----BEGIN {}-----", kind.title())
}

fn last_line(kind: Kind) -> String {
    format!("-----END {}-----", kind.title())
}

pub(super) fn wrap(kind: Kind, json: &str) -> String {
    let base64 = BASE64.encode(json);
    let mut text = first_line(kind) + "\n";
    for line in base64.as_bytes().chunks(WIDTH) {
        text.extend(line.iter().copied().map(char::from));
        text.push('\n');
    }
    text + &last_line(kind) + "\n"
}

pub(super) fn unwrap(text: &str) -> Result<(Kind, Vec<u8>), Refused> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let text = text.strip_suffix(end).unwrap_or(text);
    let mut lines: Vec<&str> = text.split(end).collect();
    let (first, last) = (lines.remove(0), lines.pop().ok_or(Refused::Armour)?);
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| first == first_line(*kind) && last == last_line(*kind))
        .ok_or(Refused::Armour)?;
    let (short, full) = lines.split_last().ok_or(Refused::Armour)?;
    if full.iter().any(|line| line.len() != WIDTH) || short.is_empty() || short.len() > WIDTH {
        return Err(Refused::Armour);
    }
    let json = BASE64.decode(lines.concat()).map_err(|_| Refused::Encoding)?;
    Ok((kind, json))
}
