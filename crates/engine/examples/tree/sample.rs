//! A tree to measure on: real files of this computer, and archives made of them.

use crate::walk;
use flate2::{Compression, write::GzEncoder};
use rempart_engine::{Engine, Limits, Sources};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, ZipWriter};

/// How much of the sample is also packed: one part in so many.
const PACKED: u64 = 4;
/// Bytes that go into one archive before the next is begun.
const ARCHIVE: u64 = 8 << 20;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Copies files of `from`, chosen by the hash of their paths: on the same tree the same ones, from everywhere in it. What
/// the engine opens or does not look at whole is left out: there would be nothing to compare.
pub(crate) fn make(from: &Path, into: &Path, megabytes: u64) -> Result<()> {
    let (engine, _) = Engine::new(
        &Sources {
            built_in: true,
            ..Sources::default()
        },
        Limits::default(),
    )?;
    let mut found = Vec::new();
    walk(from, &mut found)?;
    found.retain(|(_, len)| (1..=engine.limits().whole_bytes).contains(len));
    found.sort_by_cached_key(|(path, _)| Sha256::digest(path.as_os_str().as_encoded_bytes()));

    let (plain, archives) = (into.join("plain"), into.join("archives"));
    fs::create_dir_all(&plain)?;
    fs::create_dir_all(&archives)?;
    let (wanted, mut copied, mut packed) = (megabytes * 1_000_000, 0, 0);
    let mut files = 0;
    let mut to_pack = Vec::new();
    for (path, len) in found {
        let looked_at = File::open(&path).ok().and_then(|file| engine.scan(&file).ok());
        if looked_at.is_none_or(|verdict| verdict.bytes != len || !verdict.partial.is_empty()) {
            continue;
        }
        let copy = plain.join(format!("{files:06}"));
        fs::copy(&path, &copy)?;
        files += 1;
        copied += len;
        if packed < wanted / PACKED {
            packed += len;
            to_pack.push((copy, len));
        }
        if copied >= wanted {
            break;
        }
    }
    let archives = pack(&to_pack, &archives)?;
    println!("{{\"files\":{files},\"bytes\":{copied},\"archives\":{archives},\"packed_bytes\":{packed}}}");
    Ok(())
}

/// Zips and gzipped tars in turn.
fn pack(files: &[(PathBuf, u64)], into: &Path) -> Result<usize> {
    let mut bytes = 0;
    let groups = files.chunk_by(|_, (_, next)| {
        bytes += next;
        let same = bytes < ARCHIVE;
        if !same {
            bytes = 0;
        }
        same
    });
    let mut made = 0;
    for group in groups {
        if made % 2 == 0 {
            let gzip = GzEncoder::new(
                File::create(into.join(format!("{made:03}.tar.gz")))?,
                Compression::default(),
            );
            let mut tar = tar::Builder::new(gzip);
            for (path, _) in group {
                tar.append_path_with_name(path, name(path))?;
            }
            tar.into_inner()?.finish()?;
        } else {
            let mut zip = ZipWriter::new(File::create(into.join(format!("{made:03}.zip")))?);
            for (path, _) in group {
                zip.start_file(name(path).to_string_lossy(), SimpleFileOptions::default())?;
                zip.write_all(&fs::read(path)?)?;
            }
            zip.finish()?;
        }
        made += 1;
    }
    Ok(made)
}

fn name(path: &Path) -> &Path {
    path.file_name().map_or(path, Path::new)
}
