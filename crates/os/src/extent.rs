use rustix::{
    fs::{self, SeekFrom},
    io::Errno,
};
use std::{fs::File, io};

/// A stretch of a file that is stored, and not a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Where it begins.
    pub start: u64,
    /// How long it is.
    pub length: u64,
}

/// The stored stretches among the first `size` bytes, in order. After `limit` of them the rest counts as one. The
/// whole file where the file system does not tell. Moves the file's position.
///
/// # Errors
/// When the disk fails.
pub fn data_extents(file: &File, size: u64, limit: usize) -> io::Result<Vec<Extent>> {
    let mut extents = Vec::new();
    let mut at = 0;
    while at < size {
        let start = match fs::seek(file, SeekFrom::Data(at)) {
            Ok(start) if start < size => start,
            Ok(_) | Err(Errno::NXIO) => break,
            Err(Errno::INVAL) => at,
            Err(error) => return Err(error.into()),
        };
        let end = match fs::seek(file, SeekFrom::Hole(start)) {
            Ok(end) if extents.len() + 1 < limit => end.min(size),
            Ok(_) | Err(Errno::INVAL | Errno::NXIO) => size,
            Err(error) => return Err(error.into()),
        };
        extents.push(Extent {
            start,
            length: end - start,
        });
        at = end;
    }
    Ok(extents)
}
