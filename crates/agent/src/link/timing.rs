use std::time::Duration;

/// How patient the connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// To reach the portal and open a connection.
    pub connect: Duration,
    /// For an answer to something said.
    pub answer: Duration,
    /// Before trying again after one failure; doubles with each.
    pub first_wait: Duration,
    /// Before trying again after many failures.
    pub longest_wait: Duration,
    /// Without a word from the portal, before it is asked for a sign of life; after three times as long the connection
    /// counts as lost.
    pub ping: Duration,
    /// For the portal to acknowledge events before they are told again.
    pub resend: Duration,
    /// Between two reports of a scan's progress.
    pub progress: Duration,
    /// Without a word from the portal, before `run --once` takes it that there is no more.
    pub quiet: Duration,
    /// For a scan to stop and its result to be told, when the daemon is to end.
    pub farewell: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            answer: Duration::from_secs(20),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(300),
            ping: Duration::from_secs(30),
            resend: Duration::from_secs(30),
            progress: Duration::from_millis(250),
            quiet: Duration::from_millis(700),
            farewell: Duration::from_secs(5),
        }
    }
}
