//! Packs the assets and the fonts of invoices into the binary, compressed once.

use flate2::{Compression, write::DeflateEncoder};
use std::{env, error::Error, fs, io::Write, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    memory_serve::load_directory("./assets");
    pack("regular", dejavu::sans::regular())?;
    pack("bold", dejavu::sans::bold())
}

/// Writes a font where `billing/invoice/fonts.rs` includes it from.
fn pack(weight: &str, font: &[u8]) -> Result<(), Box<dyn Error>> {
    let folder = env::var("OUT_DIR")?;
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(font)?;
    fs::write(Path::new(&folder).join(weight), packed.finish()?)?;
    Ok(())
}
