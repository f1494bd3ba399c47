use crate::UNNAMED;
use crate::budget::{Counted, Metered};
use crate::look::Look;
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::io::Read;

/// Several streams one after the other are one member, as gzip itself sees them.
pub(crate) fn walk(look: &mut Look<'_>, packed: &mut dyn Read) {
    let input = Cell::new(0);
    let decoder = MultiGzDecoder::new(Counted::new(packed, &input));
    let name = decoder.header().and_then(|header| header.filename());
    let name = name
        .filter(|name| !name.is_empty())
        .unwrap_or(UNNAMED.as_bytes())
        .to_vec();
    let budget = look.budget;
    look.member(&name, &mut Metered::new(decoder, budget, &input), None);
}
