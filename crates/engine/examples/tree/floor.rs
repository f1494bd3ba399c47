//! The floor: bare boreal and what a program around it cannot do without. It reads a file into a buffer it keeps, scans
//! it, and, if asked to, does the same with what comes out of a gzip, tar or zip. No limits, no names, no verdict.

use boreal::scanner::ScanParams;
use boreal::{Compiler, Scanner};
use flate2::read::MultiGzDecoder;
use std::cell::RefCell;
use std::error::Error;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

thread_local! {
    static FILE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static MEMBER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub(crate) struct Floor {
    scanner: Scanner,
    unpack: bool,
}

impl Floor {
    pub(crate) fn new(rules: Option<&Path>, unpack: bool) -> Result<Self> {
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let mut compiler = Compiler::new();
        for entry in std::fs::read_dir(rules.unwrap_or(&built_in))? {
            let path = entry?.path();
            compiler
                .add_rules_file_in_namespace(&path, path.to_string_lossy())
                .map_err(|error| error.to_string())?;
        }
        let mut scanner = compiler.finalize();
        scanner.set_scan_params(ScanParams::default());
        Ok(Self { scanner, unpack })
    }

    /// Scans a file and says how many bytes it looked at; the bytes of an archive that it opened are not counted again.
    pub(crate) fn scan(&self, path: &Path) -> Result<u64> {
        FILE.with_borrow_mut(|bytes| {
            fill(bytes, &mut File::open(path)?)?;
            let members = if self.unpack { self.members(bytes)? } else { None };
            self.look(bytes)?;
            Ok(members.unwrap_or(bytes.len() as u64))
        })
    }

    fn look(&self, bytes: &[u8]) -> Result<()> {
        let scanned = self.scanner.scan_mem(bytes);
        scanned
            .map(|result| drop(std::hint::black_box(result)))
            .map_err(|(error, _)| error.to_string().into())
    }

    fn members(&self, archive: &[u8]) -> Result<Option<u64>> {
        let mut total = 0;
        if archive.starts_with(b"PK\x03\x04") {
            let mut zip = zip::ZipArchive::new(Cursor::new(archive))?;
            for at in 0..zip.len() {
                total += self.member(&mut zip.by_index(at)?)?;
            }
        } else if archive.starts_with(&[0x1f, 0x8b]) {
            let mut tar = tar::Archive::new(MultiGzDecoder::new(archive));
            for entry in tar.entries()? {
                total += self.member(&mut entry?)?;
            }
        } else {
            return Ok(None);
        }
        Ok(Some(total))
    }

    fn member(&self, reader: &mut dyn Read) -> Result<u64> {
        MEMBER.with_borrow_mut(|bytes| {
            fill(bytes, reader)?;
            self.look(bytes)?;
            Ok(bytes.len() as u64)
        })
    }
}

fn fill(bytes: &mut Vec<u8>, reader: &mut dyn Read) -> io::Result<usize> {
    bytes.clear();
    reader.read_to_end(bytes)
}
