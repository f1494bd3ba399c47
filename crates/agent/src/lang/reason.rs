use super::Language;
use std::{
    io::{Error, ErrorKind},
    path::Path,
};

impl Language {
    /// Why the system refused, in words.
    #[must_use]
    pub fn reason(self, error: &Error) -> String {
        let key = match error.kind() {
            ErrorKind::NotFound => "reason-not-found",
            ErrorKind::PermissionDenied => "reason-permission",
            ErrorKind::AlreadyExists => "reason-exists",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "reason-full",
            ErrorKind::ReadOnlyFilesystem => "reason-read-only",
            ErrorKind::NotADirectory => "reason-not-a-folder",
            ErrorKind::InvalidFilename => "reason-too-deep",
            ErrorKind::InvalidInput => "reason-not-absolute",
            // ELOOP and EIO, for which there is no kind yet.
            _ if error.raw_os_error() == Some(40) => "reason-link",
            _ if error.raw_os_error() == Some(5) => "reason-disk",
            _ => return error.to_string(),
        };
        self.say(key, &[])
    }

    /// A path and why it cannot be used.
    #[must_use]
    pub fn unusable(self, path: &Path, error: &Error) -> String {
        let arguments = [
            ("path", shown(path).into()),
            ("reason", self.reason(error).into()),
        ];
        self.say("unusable", &arguments)
    }
}

/// A path for people: what could command the terminal, and what is no text, is escaped.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            // Also marks that turn the direction of writing, which make one name look like another.
            if c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            {
                shown.extend(c.escape_default());
            } else {
                shown.push(c);
            }
        }
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
    }
    shown
}
