use std::time::Duration;

/// How long to wait before the next attempt to connect: doubling, with a ceiling, and spread by chance so that a fleet
/// does not come back all at once.
#[derive(Debug, Clone)]
pub struct Backoff {
    first: Duration,
    most: Duration,
    failures: u32,
}

impl Backoff {
    /// Waits around `first` after one failure and around `most` after many.
    #[must_use]
    pub const fn new(first: Duration, most: Duration) -> Self {
        Self {
            first,
            most,
            failures: 0,
        }
    }

    /// An attempt failed: how long to wait. `chance` is drawn evenly from 0 to 1; the wait is between half of the full one
    /// and all of it. What the server asked for (`retry_after`) is never undercut, and overrun by a tenth at most.
    pub fn failed(&mut self, chance: f64, retry_after: Option<Duration>) -> Duration {
        let chance = if chance.is_finite() {
            chance.clamp(0.0, 1.0)
        } else {
            1.0
        };
        let full = self
            .first
            .saturating_mul(2u32.saturating_pow(self.failures))
            .min(self.most);
        self.failures = self.failures.saturating_add(1);
        match retry_after {
            Some(asked) if asked >= full => asked.saturating_add((asked / 10).mul_f64(chance)),
            Some(asked) => asked.max(full.mul_f64(0.5 + chance / 2.0)),
            None => full.mul_f64(0.5 + chance / 2.0),
        }
    }

    /// An attempt worked: the next failure counts as the first.
    pub const fn worked(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_wait_grows_within_its_bounds(chances in proptest::collection::vec(-0.5f64..1.5, 1..60)) {
            let (first, most) = (Duration::from_millis(500), Duration::from_secs(60));
            let mut backoff = Backoff::new(first, most);
            for (attempt, chance) in chances.into_iter().enumerate() {
                let full = first.saturating_mul(2u32.saturating_pow(u32::try_from(attempt)?)).min(most);
                let wait = backoff.failed(chance, None);
                prop_assert!(wait >= full / 2 && wait <= full, "{attempt}: {wait:?}");
            }
            backoff.worked();
            prop_assert!(backoff.failed(1.0, None) <= first);
        }

        #[test]
        fn what_the_server_asks_for_is_never_undercut(asked in 0u64..1 << 40, chance in 0f64..1.0, failures in 0..10) {
            let asked = Duration::from_millis(asked);
            let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(60));
            (0..failures).for_each(|_| { backoff.failed(chance, None); });
            prop_assert!(backoff.failed(chance, Some(asked)) >= asked);
        }
    }
}
