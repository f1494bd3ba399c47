use crate::budget::{Budget, Metered};
use crate::look::Look;
use std::cell::Cell;
use std::io::{self, Read};
use tar::{Archive, Entry, EntryType};

/// What the library may read to come to the next member: headers, long names and extended attributes, which it keeps
/// in memory whatever their size.
const MOST_HEADERS: u64 = 1 << 20;

pub(crate) fn walk(look: &mut Look<'_>, packed: &mut dyn Read) {
    let budget = look.budget;
    let at = Cell::new(0);
    let end = Cell::new(MOST_HEADERS);
    let mut archive = Archive::new(Guarded {
        inner: packed,
        budget,
        at: &at,
        end: &end,
    });
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(_) => return failed(look),
    };
    for entry in entries {
        let Ok(mut entry) = entry else {
            return failed(look);
        };
        let next = entry.raw_file_position().saturating_add(raw_size(&entry));
        end.set(u64::MAX);
        if holds_bytes(entry.header().entry_type()) {
            let name = entry.path_bytes().into_owned();
            let (size, input) = (entry.size(), Cell::new(raw_size(&entry)));
            look.member(&name, &mut Metered::new(&mut entry, budget, &input), Some(size));
        } else {
            budget.count_member();
        }
        if look.stopped() {
            return;
        }
        end.set(next.max(at.get()).saturating_add(MOST_HEADERS));
    }
}

fn failed(look: &mut Look<'_>) {
    let why = look.budget.why();
    look.partial(why);
}

fn holds_bytes(kind: EntryType) -> bool {
    !(kind.is_dir()
        || kind.is_symlink()
        || kind.is_hard_link()
        || kind.is_fifo()
        || kind.is_block_special()
        || kind.is_character_special()
        || kind.is_pax_global_extensions())
}

/// What a member takes in the archive: less than its size when it has holes.
fn raw_size<R: Read>(entry: &Entry<'_, R>) -> u64 {
    match entry.header().entry_type() {
        EntryType::GNUSparse => entry.header().entry_size().unwrap_or(0),
        _ => entry.size(),
    }
}

/// Lets the library read up to `end` and no further, and not for longer than the file's time.
struct Guarded<'g> {
    inner: &'g mut dyn Read,
    budget: &'g Budget<'g>,
    at: &'g Cell<u64>,
    end: &'g Cell<u64>,
}

impl Read for Guarded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.budget.stopped().is_some() {
            return Err(io::Error::other("over the limits"));
        }
        let left = self.end.get().saturating_sub(self.at.get());
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(out.len());
        if most == 0 && !out.is_empty() {
            return Err(io::Error::other("headers without end"));
        }
        let read = self.inner.read(&mut out[..most])?;
        self.at.set(self.at.get() + read as u64);
        Ok(read)
    }
}
