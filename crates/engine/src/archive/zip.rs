use crate::PartialReason;
use crate::budget::Metered;
use crate::look::Look;
use crate::source::{Opened, Source};
use flate2::read::DeflateDecoder;
use std::cell::Cell;
use std::io::{Read, Seek, SeekFrom};
use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

/// The library reads the directory, entry by entry: an index of it in memory would let a small file take hundreds of
/// megabytes, and would lose all but the last of several entries of one name. The members' bytes are unpacked here,
/// since the library believes the declared size and gives nothing of a member that says less than it holds.
pub(crate) fn walk(look: &mut Look<'_>, source: Source<'_>) {
    let mut zip = match ZipIterable::try_new(source.open(), Config::default()) {
        Ok(zip) => zip,
        Err(error) => return look.partial(reason(&error)),
    };
    let entries = match zip.files() {
        Ok(entries) => entries,
        Err(error) => return look.partial(reason(&error)),
    };
    let mut bodies = source.open();
    let mut produced = 0;
    for entry in entries {
        match entry {
            Ok(entry) => produced += member(look, source.len(), &mut bodies, entry),
            Err(error) => return look.partial(reason(&error)),
        }
        if look.stopped() {
            return;
        }
        if look.budget.archive_over_ratio(produced, source.len()) {
            return look.partial(PartialReason::Ratio);
        }
    }
}

/// Looks at one entry and says how many bytes came out of it.
fn member(look: &mut Look<'_>, archive: u64, bodies: &mut Opened<'_>, entry: ZipFileEntry<'_>) -> u64 {
    if entry.encrypted() {
        look.budget.count_member();
        look.partial(PartialReason::Encrypted);
        return 0;
    }
    let method = entry.compression();
    if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
        look.budget.count_member();
        look.partial(PartialReason::Unsupported);
        return 0;
    }
    let (packed, size) = (entry.compressed_size(), entry.size());
    let name = match entry.name() {
        Ok(name) => name.into_owned().into_bytes(),
        Err(_) => entry.name_raw().to_vec(),
    };
    let start = match entry.with_reader(bodies, zip::ZipReadOptions::new()) {
        Ok(file) => file.data_start(),
        Err(error) => {
            look.budget.count_member();
            look.partial(reason(&error));
            return 0;
        }
    };
    if start.is_none_or(|start| bodies.seek(SeekFrom::Start(start)).is_err()) {
        look.partial(PartialReason::Damaged);
        return 0;
    }
    let input = Cell::new(packed.min(archive));
    let body = bodies.take(packed);
    let body: &mut dyn Read = match method {
        CompressionMethod::Stored => &mut { body },
        _ => &mut DeflateDecoder::new(body),
    };
    let budget = look.budget;
    let mut metered = Metered::new(body, budget, &input);
    look.member(&name, &mut metered, Some(size));
    metered.produced()
}

fn reason(error: &ZipError) -> PartialReason {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => PartialReason::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            PartialReason::Unsupported
        }
        _ => PartialReason::Damaged,
    }
}
