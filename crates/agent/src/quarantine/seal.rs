use super::{QuarantineError, Store};
use chacha20poly1305::{AeadInOut, XChaCha20Poly1305, XNonce};
use rempart_wire::QuarantineId;
use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

// An item's file: the mark, a random prefix, the contents in sealed chunks, a sealed description, its length (4 bytes).
// Each nonce is prefix, number, and whether it is the last (the STREAM construction), so that chunks can be neither
// changed nor moved nor cut off; the item's id goes into every seal, so that items cannot be swapped.

const MARK: &[u8; 16] = b"rempart-held/1\n\0";
const PREFIX: usize = 19;
const HEADER: u64 = MARK.len() as u64 + PREFIX as u64;
const TAG: usize = 16;
/// Bytes sealed at a time: what a big file costs in memory.
pub(super) const CHUNK: usize = 64 << 10;
/// Descriptions are small; a larger number is damage.
const LARGEST_DESCRIPTION: usize = 16 << 20;

/// Writes one item's file.
pub(super) struct Sealer<'a> {
    store: &'a Store,
    file: File,
    path: PathBuf,
    item: QuarantineId,
    prefix: [u8; PREFIX],
    number: u32,
    chunk: Vec<u8>,
}

impl<'a> Sealer<'a> {
    pub(super) fn new(
        store: &'a Store,
        file: File,
        path: PathBuf,
        item: QuarantineId,
    ) -> Result<Self, QuarantineError> {
        let prefix = store.world.chance.bytes();
        let mut sealer = Self {
            store,
            file,
            path,
            item,
            prefix,
            number: 0,
            chunk: Vec::with_capacity(CHUNK + TAG),
        };
        sealer.write(MARK)?;
        sealer.write(&prefix)?;
        Ok(sealer)
    }

    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<(), QuarantineError> {
        while !bytes.is_empty() {
            let room = CHUNK - self.chunk.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
            if self.chunk.len() == CHUNK {
                self.seal(false)?;
            }
        }
        Ok(())
    }

    /// Ends the file with its description; on disk when this returns.
    pub(super) fn finish(mut self, description: &[u8]) -> Result<File, QuarantineError> {
        if !self.chunk.is_empty() {
            self.seal(false)?;
        }
        self.chunk.extend_from_slice(description);
        let length = u32::try_from(description.len() + TAG)
            .map_err(|_| QuarantineError::Damaged(self.path.clone()))?;
        self.seal(true)?;
        self.write(&length.to_be_bytes())?;
        self.store.step("flush item", &self.store.folder)?;
        self.file.sync_all().map_err(io_at(&self.path))?;
        Ok(self.file)
    }

    fn seal(&mut self, last: bool) -> Result<(), QuarantineError> {
        let nonce = nonce(self.prefix, self.number, last);
        let sealed = self
            .store
            .cipher
            .encrypt_in_place(&nonce, self.item.0.as_bytes(), &mut self.chunk);
        sealed.map_err(|_| QuarantineError::Damaged(self.path.clone()))?;
        self.number = self
            .number
            .checked_add(1)
            .ok_or_else(|| QuarantineError::Damaged(self.path.clone()))?;
        let chunk = std::mem::take(&mut self.chunk);
        self.write(&chunk)?;
        self.chunk = chunk;
        self.chunk.clear();
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), QuarantineError> {
        self.store.step("write", &self.store.folder)?;
        self.file.write_all(bytes).map_err(io_at(&self.path))
    }
}

/// Reads one item's file.
pub(super) struct Opener<'a> {
    cipher: &'a XChaCha20Poly1305,
    file: &'a File,
    path: &'a Path,
    item: QuarantineId,
    prefix: [u8; PREFIX],
    /// Sealed contents, in bytes.
    body: u64,
    description: usize,
}

impl<'a> Opener<'a> {
    pub(super) fn new(
        store: &'a Store,
        file: &'a File,
        path: &'a Path,
        item: QuarantineId,
    ) -> Result<Self, QuarantineError> {
        let damaged = || QuarantineError::Damaged(path.to_path_buf());
        let length = (&*file).seek(SeekFrom::End(0)).map_err(io_at(path))?;
        let mut mark = [0; MARK.len()];
        let (mut prefix, mut ending) = ([0; PREFIX], [0; 4]);
        let end = length
            .checked_sub(4)
            .filter(|end| *end >= HEADER)
            .ok_or_else(damaged)?;
        file.read_exact_at(&mut mark, 0).map_err(io_at(path))?;
        file.read_exact_at(&mut prefix, MARK.len() as u64)
            .map_err(io_at(path))?;
        file.read_exact_at(&mut ending, end).map_err(io_at(path))?;
        let description = u32::from_be_bytes(ending) as usize;
        let body = (end - HEADER).checked_sub(description as u64);
        let body = body.filter(|_| mark == *MARK && (TAG..LARGEST_DESCRIPTION).contains(&description));
        Ok(Self {
            cipher: &store.cipher,
            file,
            path,
            item,
            prefix,
            body: body.ok_or_else(damaged)?,
            description,
        })
    }

    pub(super) fn description(&self) -> Result<Vec<u8>, QuarantineError> {
        let number = u32::try_from(self.body.div_ceil((CHUNK + TAG) as u64));
        let number = number.map_err(|_| QuarantineError::Damaged(self.path.to_path_buf()))?;
        self.chunk(HEADER + self.body, self.description, number, true)
    }

    /// Gives the contents, chunk after chunk, each checked before it is given.
    pub(super) fn contents(
        &self,
        mut take: impl FnMut(&[u8]) -> Result<(), QuarantineError>,
    ) -> Result<(), QuarantineError> {
        let (mut at, mut number) = (0, 0);
        while at < self.body {
            let length = (self.body - at).min((CHUNK + TAG) as u64);
            let chunk = self.chunk(HEADER + at, usize::try_from(length).unwrap_or(0), number, false)?;
            take(&chunk)?;
            at += length;
            number += 1;
        }
        Ok(())
    }

    fn chunk(&self, at: u64, length: usize, number: u32, last: bool) -> Result<Vec<u8>, QuarantineError> {
        let mut chunk = vec![0; length];
        self.file
            .read_exact_at(&mut chunk, at)
            .map_err(io_at(self.path))?;
        let nonce = nonce(self.prefix, number, last);
        self.cipher
            .decrypt_in_place(&nonce, self.item.0.as_bytes(), &mut chunk)
            .map_err(|_| QuarantineError::Damaged(self.path.to_path_buf()))?;
        Ok(chunk)
    }
}

fn nonce(prefix: [u8; PREFIX], number: u32, last: bool) -> XNonce {
    let mut nonce = [0; PREFIX + 5];
    nonce[..PREFIX].copy_from_slice(&prefix);
    nonce[PREFIX..PREFIX + 4].copy_from_slice(&number.to_be_bytes());
    nonce[PREFIX + 4] = u8::from(last);
    nonce.into()
}

pub(super) fn io_at(path: &Path) -> impl FnOnce(std::io::Error) -> QuarantineError {
    let path = path.to_path_buf();
    move |source| QuarantineError::Io { path, source }
}
