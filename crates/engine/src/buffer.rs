use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

/// What one thread keeps between files, so that a scan allocates next to nothing.
const KEPT_BYTES: usize = 40 << 20;
/// Buffers are of so many bytes, or a multiple.
const STEP: usize = 64 << 10;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Gives back the memory that this thread keeps between files: 40 MiB at most. For a thread that has scanned and will not
/// for a while; one that ends does it by itself.
pub fn release_buffers() {
    SPARE.with_borrow_mut(Vec::clear);
}

/// Bytes to read into, given back to the thread when dropped. Always initialised over its whole length, so that
/// taking one again costs no zeroing; what it holds then is left from another file.
pub(crate) struct Buffer(Vec<u8>);

impl Buffer {
    pub(crate) fn of_at_least(len: usize) -> Self {
        let spare = SPARE.with_borrow_mut(|spare| {
            let at = spare.iter().position(|bytes| bytes.len() >= len)?;
            Some(spare.swap_remove(at))
        });
        Self(spare.unwrap_or_else(|| vec![0; len.max(1).next_multiple_of(STEP)]))
    }

    /// Twice as long, with what it holds.
    pub(crate) fn double(&mut self) {
        let len = self.0.len() * 2;
        self.0.resize(len, 0);
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.0);
        if bytes.len() > KEPT_BYTES {
            return;
        }
        // When the thread is ending its spare buffers may be gone already; then this one goes too.
        let _ = SPARE.try_with(|spare| {
            let Ok(mut spare) = spare.try_borrow_mut() else {
                return;
            };
            while spare.iter().map(Vec::len).sum::<usize>() + bytes.len() > KEPT_BYTES {
                spare.remove(0);
            }
            spare.push(bytes);
        });
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> usize {
        SPARE.with_borrow(|spare| spare.iter().map(Vec::len).sum())
    }

    #[test]
    fn a_thread_keeps_no_more_than_it_may() {
        let all: Vec<Buffer> = (0..40).map(|step| Buffer::of_at_least(step << 20)).collect();
        drop(all);
        drop(Buffer::of_at_least(64 << 20));
        assert!(kept() > 0 && kept() <= KEPT_BYTES, "{}", kept());
        release_buffers();
        assert_eq!(kept(), 0);
    }

    #[test]
    fn a_buffer_is_as_long_as_asked_and_is_used_again() {
        let first = Buffer::of_at_least(100_000);
        assert!(first.len() >= 100_000);
        let address = first.as_ptr();
        drop(first);
        assert_eq!(Buffer::of_at_least(90_000).as_ptr(), address);
    }
}
