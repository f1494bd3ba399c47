//! The fonts invoices are written with: DejaVu Sans, which knows the letters of most names. They lie packed in the program
//! and are unpacked for the first invoice.

use std::{io::Read, sync::LazyLock};

macro_rules! packed {
    ($weight:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $weight))
    };
}

static REGULAR: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(packed!("regular")));
static BOLD: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(packed!("bold")));

pub(super) fn regular() -> &'static [u8] {
    &REGULAR
}

pub(super) fn bold() -> &'static [u8] {
    &BOLD
}

/// The font; nothing that is one when the program was put together wrongly, which whoever reads it finds out.
fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut font = Vec::new();
    let read = flate2::read::DeflateDecoder::new(packed).read_to_end(&mut font);
    if let Err(error) = read {
        tracing::error!(%error, "a font cannot be unpacked");
    }
    font
}
