use crate::state::{StateError, flush_folder, private};
use rempart_wire::Event;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// Events written together into one file.
pub(super) const BATCH: usize = 256;
const SUFFIX: &str = ".events";
const TEMPORARY: &str = ".tmp";
const ASIDE_LIMIT: u64 = 1 << 20;

/// One file of the spool, as its name tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpoolFile {
    /// Its place in the order.
    pub(super) number: u64,
    /// Events in it.
    pub(super) events: u64,
    /// Its size.
    pub(super) bytes: u64,
}

impl SpoolFile {
    fn name(&self) -> String {
        format!("{:016x}-{}-{}{SUFFIX}", self.number, self.events, self.bytes)
    }

    fn parse(name: &str) -> Option<Self> {
        let mut parts = name.strip_suffix(SUFFIX)?.split('-');
        let file = Self {
            number: u64::from_str_radix(parts.next()?, 16).ok()?,
            events: parts.next()?.parse().ok()?,
            bytes: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(file)
    }
}

/// The files of a spool, oldest first.
pub(super) fn list(folder: &Path) -> Result<Vec<SpoolFile>, StateError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(StateError::at(folder))? {
        let name = entry.map_err(StateError::at(folder))?.file_name();
        files.extend(name.to_str().and_then(SpoolFile::parse));
    }
    files.sort_unstable();
    Ok(files)
}

/// Writes a new file: whole or not at all.
pub(super) fn write(folder: &Path, number: u64, events: &[Event]) -> Result<SpoolFile, StateError> {
    let text: Vec<u8> = events.iter().flat_map(line).collect();
    let file = SpoolFile {
        number,
        events: events.len() as u64,
        bytes: text.len() as u64,
    };
    let temporary = folder.join(TEMPORARY);
    let path = folder.join(file.name());
    private()
        .create(true)
        .truncate(true)
        .open(&temporary)
        .and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()
        })
        .map_err(StateError::at(&temporary))?;
    fs::rename(&temporary, &path).map_err(StateError::at(&path))?;
    flush_folder(folder).map_err(StateError::at(folder))?;
    Ok(file)
}

/// Leaves only `events` of a file. A crash half-way leaves both versions; readers take each event once.
pub(super) fn replace(folder: &Path, file: &SpoolFile, events: &[Event]) -> Result<(), StateError> {
    if !events.is_empty() && write(folder, file.number, events)? == *file {
        return Ok(());
    }
    remove(&folder.join(file.name()))
}

fn remove(path: &Path) -> Result<(), StateError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(StateError::Io {
            path: path.to_path_buf(),
            source,
        }),
        _ => Ok(()),
    }
}

/// The events of a file, and the lines that are none.
pub(super) fn read(folder: &Path, file: &SpoolFile) -> Result<(Vec<Event>, Vec<Vec<u8>>), StateError> {
    let path: PathBuf = folder.join(file.name());
    let text = fs::read(&path).map_err(StateError::at(&path))?;
    let (mut events, mut damaged) = (Vec::new(), Vec::new());
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match parse(line) {
            Some(event) => events.push(event),
            None => damaged.push(line.to_vec()),
        }
    }
    Ok((events, damaged))
}

/// Keeps damaged lines for whoever wants to know, within a limit.
pub(super) fn set_aside(folder: &Path, lines: &[Vec<u8>]) -> Result<(), StateError> {
    let path = folder.join("events");
    let mut options = OpenOptions::new();
    let mut file = options
        .append(true)
        .create(true)
        .mode(0o600)
        .open(&path)
        .map_err(StateError::at(&path))?;
    let size = file.metadata().map_err(StateError::at(&path))?.len();
    let mut text = lines.join(&b'\n');
    text.push(b'\n');
    if size + text.len() as u64 <= ASIDE_LIMIT {
        file.write_all(&text).map_err(StateError::at(&path))?;
    }
    Ok(())
}

/// How an event is written.
pub(super) fn line(event: &Event) -> Vec<u8> {
    // An event is made of strings and numbers: writing it as JSON cannot fail, and an empty line would be noticed.
    let json = serde_json::to_vec(event).unwrap_or_default();
    let mut line = checksum(&json).into_bytes();
    line.push(b' ');
    line.extend_from_slice(&json);
    line.push(b'\n');
    line
}

fn parse(line: &[u8]) -> Option<Event> {
    let (sum, json) = line.split_at_checked(17)?;
    let expected = checksum(json);
    (sum.strip_suffix(b" ")? == expected.as_bytes())
        .then(|| serde_json::from_slice(json).ok())
        .flatten()
}

fn checksum(json: &[u8]) -> String {
    blake3::hash(json).to_hex()[..16].to_owned()
}
