use crate::source::read_full_at;
use boreal::memory::{FragmentedMemory, MemoryParams, Region, RegionDescription};
use std::fs::File;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Bytes read at a time of a file that is not read at once.
pub(crate) const WINDOW: usize = 4 << 20;
/// Bytes that a window shares with the one before it.
const OVERLAP: u64 = 64 << 10;
/// How far the second cut is moved from the first. Odd, so that no alignment hides a window's edge.
const SHIFT: u64 = 300_007;

/// Where the windows are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    First,
    /// Elsewhere: what matches in both is in the file, not in the cutting.
    Second,
}

/// The parts of a file that are looked at, beginning and end of each: all of it, or beginning and end of a very large one.
pub(crate) fn parts(len: u64, most: u64, cut: Cut) -> Vec<(u64, u64)> {
    if len <= most {
        return vec![(0, len)];
    }
    let tail = most / 16;
    let (head_end, tail_start) = (most - tail, len - tail);
    match cut {
        Cut::First => vec![(0, head_end), (tail_start, len)],
        Cut::Second => vec![
            (0, head_end.saturating_sub(SHIFT)),
            ((tail_start + SHIFT).min(len), len),
        ],
    }
}

/// What went wrong while windows were read.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) failure: Option<io::Error>,
    pub(crate) shrank: bool,
    pub(crate) late: bool,
}

/// A file in windows, as boreal wants to see it: overlapping on the first pass, which looks for strings, and end to end
/// on any later one, which reads ranges for conditions.
#[derive(Debug)]
pub(crate) struct Windows<'a> {
    file: &'a File,
    parts: Vec<(u64, u64)>,
    buffer: &'a mut [u8],
    outcome: &'a Mutex<Outcome>,
    deadline: Option<Instant>,
    first: u64,
    again: bool,
    part: usize,
    next: u64,
    current: Option<(u64, u64)>,
    loaded: Option<(u64, u64)>,
}

impl<'a> Windows<'a> {
    /// `buffer` holds at least [`WINDOW`] bytes.
    pub(crate) fn new(
        file: &'a File,
        parts: Vec<(u64, u64)>,
        cut: Cut,
        buffer: &'a mut [u8],
        outcome: &'a Mutex<Outcome>,
        deadline: Option<Instant>,
    ) -> Self {
        let next = parts.first().map_or(0, |part| part.0);
        let first = match cut {
            Cut::First => WINDOW as u64,
            Cut::Second => WINDOW as u64 - SHIFT,
        };
        Self {
            file,
            parts,
            buffer,
            outcome,
            deadline,
            first,
            again: false,
            part: 0,
            next,
            current: None,
            loaded: None,
        }
    }

    fn note(&self, note: impl FnOnce(&mut Outcome)) {
        note(&mut self.outcome.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl FragmentedMemory for Windows<'_> {
    fn next(&mut self, _: &MemoryParams) -> Option<RegionDescription> {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.note(|outcome| outcome.late = true);
            return None;
        }
        let (start, end) = loop {
            let part = *self.parts.get(self.part)?;
            if self.next < part.1 {
                break part;
            }
            self.part += 1;
            self.next = self.parts.get(self.part)?.0;
        };
        let from = if self.next == start || self.again {
            self.next
        } else {
            self.next - OVERLAP
        };
        let most = if from == 0 { self.first } else { WINDOW as u64 };
        let len = most.min(end - from);
        self.next = from + len;
        self.current = Some((from, len));
        Some(RegionDescription {
            start: usize::try_from(from).ok()?,
            length: usize::try_from(len).ok()?,
        })
    }

    fn fetch(&mut self, _: &MemoryParams) -> Option<Region<'_>> {
        let (from, len) = self.current?;
        let start = usize::try_from(from).ok()?;
        let wanted = usize::try_from(len).ok()?;
        if self.loaded != self.current {
            self.loaded = None;
            match read_full_at(self.file, from, &mut self.buffer[..wanted]) {
                Ok(read) if read == wanted => self.loaded = self.current,
                Ok(read) => {
                    self.note(|outcome| outcome.shrank = true);
                    // A later pass is promised whole windows and would slice past a short one.
                    return (!self.again).then(|| Region {
                        start,
                        mem: &self.buffer[..read],
                    });
                }
                Err(error) => {
                    self.note(|outcome| outcome.failure = Some(error));
                    return None;
                }
            }
        }
        Some(Region {
            start,
            mem: &self.buffer[..wanted],
        })
    }

    fn reset(&mut self) {
        self.again = true;
        self.part = 0;
        self.next = self.parts.first().map_or(0, |part| part.0);
        self.current = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn windows_cover_every_byte_of_every_part_and_no_other(
            len in 0u64..40_000_000,
            most in 1_000_000u64..30_000_000,
            second in any::<bool>(),
            again in any::<bool>(),
        ) {
            let cut = if second { Cut::Second } else { Cut::First };
            let file = tempfile::tempfile()?;
            file.set_len(len)?;
            let parts = parts(len, most, cut);
            let mut buffer = vec![0; WINDOW];
            let outcome = Mutex::default();
            let mut windows = Windows::new(&file, parts.clone(), cut, &mut buffer, &outcome, None);
            if again {
                windows.reset();
            }
            let scanner = boreal::Compiler::new().finalize();
            let params = memory_params(&scanner);
            let mut covered: Vec<(u64, u64)> = Vec::new();
            while let Some(region) = windows.next(&params) {
                let (start, end) = (region.start as u64, (region.start + region.length) as u64);
                prop_assert!(region.length <= WINDOW);
                prop_assert_eq!(windows.fetch(&params).map(|region| region.mem.len()), Some(region.length));
                match covered.last_mut() {
                    Some(last) if start <= last.1 && end > last.1 => {
                        prop_assert_eq!(last.1 - start, if again { 0 } else { OVERLAP });
                        last.1 = end;
                    }
                    _ => covered.push((start, end)),
                }
            }
            let wanted: Vec<_> = parts.into_iter().filter(|part| part.0 < part.1).collect();
            prop_assert_eq!(covered, wanted);
        }
    }

    fn memory_params(_: &boreal::Scanner) -> MemoryParams {
        MemoryParams {
            max_fetched_region_size: usize::MAX,
            memory_chunk_size: None,
            can_refetch_regions: true,
        }
    }
}
