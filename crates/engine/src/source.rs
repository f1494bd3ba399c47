use crate::budget::{Budget, read_full};
use crate::buffer::Buffer;
use crate::kind::{HEAD, Kind, TAIL};
use crate::window::{Cut, parts};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

/// Bytes to look at, of a known length and readable from anywhere.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// All here.
    Bytes(&'a [u8]),
    /// Too large to be here.
    File {
        file: &'a File,
        len: u64,
        budget: &'a Budget<'a>,
    },
}

impl<'a> Source<'a> {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { len, .. } => *len,
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Bytes(bytes) => {
                let head = &bytes[..bytes.len().min(HEAD)];
                Kind::of(head, &bytes[bytes.len().saturating_sub(TAIL)..])
            }
            Self::File { len, .. } => {
                let (mut head, mut tail) = ([0; HEAD], [0; TAIL]);
                let mut reader = self.open();
                let (head_len, _) = read_full(&mut reader, &mut head);
                let tail_len = match reader.seek(SeekFrom::Start(len.saturating_sub(TAIL as u64))) {
                    Ok(_) => read_full(&mut reader, &mut tail).0,
                    Err(_) => 0,
                };
                Kind::of(&head[..head_len], &tail[..tail_len])
            }
        }
    }

    pub(crate) fn open(&self) -> Opened<'a> {
        match *self {
            Self::Bytes(bytes) => Opened::Bytes(Cursor::new(bytes)),
            Self::File { file, len, budget } => Opened::File(BufReader::with_capacity(
                64 << 10,
                FileAt {
                    file,
                    len,
                    at: 0,
                    budget,
                },
            )),
        }
    }

    /// Bytes that are looked at: all, but for a very large file.
    pub(crate) fn looked_at(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { .. } => self.parts().iter().map(|(from, to)| to - from).sum(),
        }
    }

    /// Whether some of it is not looked at.
    pub(crate) fn is_cut(&self) -> bool {
        self.looked_at() < self.len()
    }

    fn parts(&self) -> Vec<(u64, u64)> {
        match self {
            Self::Bytes(bytes) => vec![(0, bytes.len() as u64)],
            Self::File { len, budget, .. } => parts(*len, budget.limits.file_bytes, Cut::First),
        }
    }

    /// Of what is looked at. A file that cannot be read to the end makes the whole scan an error, so that what comes
    /// back then is never seen.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        match self {
            Self::Bytes(bytes) => Sha256::digest(bytes).into(),
            Self::File { file, budget, .. } => {
                let mut hash = Sha256::new();
                let mut buffer = Buffer::of_at_least(1 << 20);
                for (mut at, end) in self.parts() {
                    while at < end {
                        let most = usize::try_from(end - at).unwrap_or(usize::MAX).min(buffer.len());
                        match read_full_at(file, at, &mut buffer[..most]) {
                            Ok(0) => break,
                            Ok(read) => {
                                hash.update(&buffer[..read]);
                                at += read as u64;
                            }
                            Err(error) => {
                                budget.fail(error);
                                break;
                            }
                        }
                    }
                }
                hash.finalize().into()
            }
        }
    }
}

/// A [`Source`] being read.
pub(crate) enum Opened<'a> {
    Bytes(Cursor<&'a [u8]>),
    File(BufReader<FileAt<'a>>),
}

impl Read for Opened<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bytes(cursor) => cursor.read(out),
            Self::File(file) => file.read(out),
        }
    }
}

impl Seek for Opened<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Bytes(cursor) => cursor.seek(to),
            Self::File(file) => file.seek(to),
        }
    }
}

/// A place of its own in a file that several readers share. Ends where the file ended when it was opened.
pub(crate) struct FileAt<'a> {
    file: &'a File,
    len: u64,
    at: u64,
    budget: &'a Budget<'a>,
}

impl Read for FileAt<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = left.min(out.len());
        if most == 0 {
            return Ok(0);
        }
        let read = read_at(self.file, self.at, &mut out[..most]).map_err(|error| self.budget.fail(error))?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for FileAt<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.at)
    }
}

/// One read at a place; moves the file's own cursor, which nobody else relies on.
pub(crate) fn read_at(mut file: &File, at: u64, out: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    loop {
        match file.read(out) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Reads from a place until `out` is full or the file ends.
pub(crate) fn read_full_at(file: &File, at: u64, out: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < out.len() {
        match read_at(file, at + filled as u64, &mut out[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}
