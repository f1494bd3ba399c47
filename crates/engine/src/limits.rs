use std::time::Duration;

/// How far the engine goes for one file. Meeting a limit is a [`crate::Partial`], never an error and never a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Archives around a member: 8 by default, at most 32. An archive deeper than that is looked at but not opened.
    pub depth: u32,
    /// Bytes of one member: 64 MiB. Of a larger one the beginning is looked at.
    pub member_bytes: u64,
    /// Bytes that come out of unpacking one file, each layer counted: 4 GiB.
    pub total_bytes: u64,
    /// Bytes of members held in memory at a time: 128 MiB.
    pub held_bytes: u64,
    /// Members of all archives in one file: 100,000.
    pub members: u32,
    /// Bytes that come out of an archive for each byte that went in: 200.
    pub ratio: u32,
    /// The ratio counts once this much came out: 16 MiB, since a small file of zeros is no bomb.
    pub ratio_from: u64,
    /// A file up to this size is read at once: 32 MiB. A larger one is read in windows, and only for
    /// the rules of a folder: the built-in ones are about files no larger than 32 MiB.
    pub whole_bytes: u64,
    /// Of a file larger than this, only the beginning and the end are looked at: 2 GiB.
    pub file_bytes: u64,
    /// Matches reported for one file: 64.
    pub matches: u32,
    /// Time for one file, its members included: 60 seconds. A foreign rule that no literal anchors is not interrupted
    /// within one member.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            depth: 8,
            member_bytes: 64 * MIB,
            total_bytes: 4096 * MIB,
            held_bytes: 128 * MIB,
            members: 100_000,
            ratio: 200,
            ratio_from: 16 * MIB,
            whole_bytes: 32 * MIB,
            file_bytes: 2048 * MIB,
            matches: 64,
            time: Duration::from_secs(60),
        }
    }
}

impl Limits {
    /// Depth that the stack of an ordinary thread certainly carries.
    const MOST_DEPTH: u32 = 32;

    pub(crate) fn clamped(mut self) -> Self {
        self.depth = self.depth.min(Self::MOST_DEPTH);
        self
    }
}
