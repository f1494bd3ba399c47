use crate::{Limits, PartialReason};
use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::time::{Duration, Instant};

/// What is left of the limits for one file. Readers charge it as bytes come out of them; it says why they stopped.
pub(crate) struct Budget<'l> {
    pub(crate) limits: &'l Limits,
    deadline: Option<Instant>,
    unpacked: Cell<u64>,
    members: Cell<u32>,
    held: Cell<u64>,
    /// Nothing more of this file is read.
    stop: Cell<Option<PartialReason>>,
    /// The archive being read is over; the file goes on.
    cut: Cell<Option<PartialReason>>,
    failure: RefCell<Option<io::Error>>,
}

impl<'l> Budget<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            deadline: Instant::now().checked_add(limits.time),
            unpacked: Cell::new(0),
            members: Cell::new(0),
            held: Cell::new(0),
            stop: Cell::new(None),
            cut: Cell::new(None),
            failure: RefCell::new(None),
        }
    }

    /// Time left; `None` when it is over.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        match self.deadline {
            None => Some(Duration::MAX),
            Some(deadline) => deadline
                .checked_duration_since(Instant::now())
                .filter(|left| !left.is_zero()),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub(crate) fn stop(&self, why: PartialReason) {
        if self.stop.get().is_none() {
            self.stop.set(Some(why));
        }
    }

    pub(crate) fn stopped(&self) -> Option<PartialReason> {
        if self.stop.get().is_none() && self.time_left().is_none() {
            self.stop.set(Some(PartialReason::Time));
        }
        self.stop.get()
    }

    /// Whether there is time and room to look at bytes that are already here.
    pub(crate) fn may_look(&self) -> bool {
        !matches!(self.stopped(), Some(PartialReason::Time | PartialReason::Matches))
    }

    /// Why a reader over this budget failed: a limit, or else the bytes themselves.
    pub(crate) fn why(&self) -> PartialReason {
        self.stopped()
            .or(self.cut.take())
            .unwrap_or(PartialReason::Damaged)
    }

    /// What cut a member short is no matter of the next.
    pub(crate) fn mend(&self) {
        self.cut.set(None);
    }

    /// One more member; `false` when there were too many.
    pub(crate) fn count_member(&self) -> bool {
        if self.members.get() >= self.limits.members {
            self.stop(PartialReason::Members);
        } else {
            self.members.set(self.members.get() + 1);
        }
        self.stopped().is_none()
    }

    /// How large a member may become in memory now.
    pub(crate) fn room(&self) -> u64 {
        let held = self.limits.held_bytes.saturating_sub(self.held.get());
        self.limits.member_bytes.min(held)
    }

    pub(crate) fn hold(&self, bytes: u64) {
        self.held.set(self.held.get() + bytes);
    }

    pub(crate) fn release(&self, bytes: u64) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }

    /// The file itself cannot be read: kept apart, since to an archive's parser it looks like any other damage.
    pub(crate) fn fail(&self, error: io::Error) -> io::Error {
        let copy = io::Error::new(error.kind(), error.to_string());
        self.failure.borrow_mut().get_or_insert(error);
        copy
    }

    pub(crate) fn into_failure(self) -> Option<io::Error> {
        self.failure.into_inner()
    }

    fn over_ratio(&self, produced: u64, input: u64) -> bool {
        produced > self.limits.ratio_from && produced / u64::from(self.limits.ratio.max(1)) >= input.max(1)
    }

    /// The bytes that came out of an archive in all, against its size: overlapping members each look innocent alone.
    pub(crate) fn archive_over_ratio(&self, produced: u64, archive: u64) -> bool {
        self.over_ratio(produced, archive)
    }
}

/// What comes out of unpacking, charged to the budget.
pub(crate) struct Metered<'b, R> {
    inner: R,
    budget: &'b Budget<'b>,
    input: &'b Cell<u64>,
    produced: u64,
}

impl<'b, R: Read> Metered<'b, R> {
    /// `input` is what went in so far, in bytes.
    pub(crate) fn new(inner: R, budget: &'b Budget<'b>, input: &'b Cell<u64>) -> Self {
        Self {
            inner,
            budget,
            input,
            produced: 0,
        }
    }

    pub(crate) fn produced(&self) -> u64 {
        self.produced
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        if self.budget.stopped().is_some() {
            return Err(io::Error::other("over the limits"));
        }
        let left = self
            .budget
            .limits
            .total_bytes
            .saturating_sub(self.budget.unpacked.get());
        if left == 0 {
            // Exactly at the limit is within it: only a further byte is too much.
            return match self.inner.read(&mut [0])? {
                0 => Ok(0),
                _ => {
                    self.budget.stop(PartialReason::Size);
                    Err(io::Error::other("over the limits"))
                }
            };
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(out.len());
        let read = self.inner.read(&mut out[..most])?;
        self.produced += read as u64;
        self.budget.unpacked.set(self.budget.unpacked.get() + read as u64);
        if self.budget.over_ratio(self.produced, self.input.get()) {
            self.budget.cut.set(Some(PartialReason::Ratio));
            return Err(io::Error::other("over the ratio"));
        }
        Ok(read)
    }
}

/// What goes into unpacking, counted.
pub(crate) struct Counted<'c, R> {
    inner: R,
    count: &'c Cell<u64>,
}

impl<'c, R: Read> Counted<'c, R> {
    pub(crate) fn new(inner: R, count: &'c Cell<u64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Reads until `out` is full or the end; the error, if any, comes with what was read before it.
pub(crate) fn read_full(reader: &mut (impl Read + ?Sized), out: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut filled = 0;
    while filled < out.len() {
        match reader.read(&mut out[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Some(error)),
        }
    }
    (filled, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_more_comes_out_than_the_limits_say(
            total in 0u64..5_000,
            size in 0u64..10_000,
            chunk in 1usize..700,
            ratio in 1u32..50,
            input in 0u64..1_000,
        ) {
            let limits = Limits { total_bytes: total, ratio, ratio_from: 1_000, ..Limits::default() };
            let budget = Budget::new(&limits);
            let input = Cell::new(input);
            let mut metered = Metered::new(io::repeat(7).take(size), &budget, &input);
            let mut out = vec![0; chunk];
            let mut seen = 0;
            let ended = loop {
                match metered.read(&mut out) {
                    Ok(0) => break None,
                    Ok(read) => seen += read as u64,
                    Err(_) => break Some(budget.why()),
                }
            };
            prop_assert!(seen <= total.min(size));
            prop_assert!(seen <= (1_000u64).max(u64::from(ratio) * input.get().max(1)));
            match ended {
                None => prop_assert_eq!(seen, size),
                Some(PartialReason::Size) => prop_assert!(size > total),
                Some(why) => prop_assert_eq!(why, PartialReason::Ratio),
            }
        }
    }

    #[test]
    fn a_time_limit_of_nothing_stops_at_once() {
        let limits = Limits {
            time: Duration::ZERO,
            ..Limits::default()
        };
        let budget = Budget::new(&limits);
        assert_eq!(budget.stopped(), Some(PartialReason::Time));
        assert!(!budget.may_look());
    }
}
