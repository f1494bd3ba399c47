use crate::RuleProblem;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// SHA-256 of files known to be harmful. Sorted, so that a million of them are 48 MB and a look-up is twenty steps.
#[derive(Debug, Default)]
pub(crate) struct KnownBad {
    entries: Vec<Entry>,
    names: Vec<Box<str>>,
    /// Sizes of the entries that say theirs, sorted.
    sizes: Vec<u64>,
    any_size: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    sha256: [u8; 32],
    size: Option<u64>,
    name: Option<u32>,
}

impl KnownBad {
    /// Reads `sha256[,size] [name]` lines; `#` begins a comment line. A line that is none of it is a problem, and the
    /// others count.
    pub(crate) fn read(path: &Path) -> io::Result<(Self, Vec<RuleProblem>)> {
        let mut set = Self::default();
        let mut problems = Vec::new();
        let mut reader = BufReader::new(File::open(path)?);
        let mut line = Vec::new();
        for number in 1u32.. {
            line.clear();
            if reader.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if let Err(message) = set.add(text) {
                problems.push(RuleProblem {
                    file: path.to_owned(),
                    line: Some(number),
                    message: message.to_owned(),
                });
            }
        }
        set.seal();
        Ok((set, problems))
    }

    fn add(&mut self, line: &str) -> Result<(), &'static str> {
        let (key, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (hash, size) = match key.split_once(',') {
            Some((hash, size)) => (hash, Some(size)),
            None => (key, None),
        };
        let mut sha256 = [0; 32];
        hex::decode_to_slice(hash, &mut sha256)
            .map_err(|_| "not a SHA-256: 64 hexadecimal digits are expected")?;
        let size = size
            .map(|size| {
                size.parse()
                    .map_err(|_| "the size after the comma is not a number")
            })
            .transpose()?;
        let name = match name.trim() {
            "" => None,
            name => {
                let at = u32::try_from(self.names.len()).map_err(|_| "too many names")?;
                self.names.push(name.into());
                Some(at)
            }
        };
        self.entries.push(Entry { sha256, size, name });
        Ok(())
    }

    fn seal(&mut self) {
        self.entries.sort_unstable();
        self.any_size = self.entries.iter().any(|entry| entry.size.is_none());
        self.sizes = self.entries.iter().filter_map(|entry| entry.size).collect();
        self.sizes.sort_unstable();
        self.sizes.dedup();
        self.entries.dedup_by_key(|entry| entry.sha256);
        self.entries.shrink_to_fit();
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether bytes of this length are worth hashing. Bytes whose length is not known yet are, as soon as there is any entry.
    pub(crate) fn wants(&self, len: Option<u64>) -> bool {
        match len {
            _ if self.any_size => true,
            Some(len) => self.sizes.binary_search(&len).is_ok(),
            None => !self.entries.is_empty(),
        }
    }

    /// The entry's name (empty when it has none), if this is one.
    pub(crate) fn get(&self, sha256: &[u8; 32]) -> Option<&str> {
        let at = self
            .entries
            .binary_search_by(|entry| entry.sha256.cmp(sha256))
            .ok()?;
        let name = self.entries[at]
            .name
            .and_then(|name| self.names.get(name as usize));
        Some(name.map_or("", |name| name))
    }

    pub(crate) fn hashes(&self) -> impl Iterator<Item = &[u8; 32]> {
        self.entries.iter().map(|entry| &entry.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "BBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn read(text: &str) -> (KnownBad, Vec<Option<u32>>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("known-bad");
        std::fs::write(&path, text).unwrap();
        let (set, problems) = KnownBad::read(&path).unwrap();
        (set, problems.into_iter().map(|problem| problem.line).collect())
    }

    #[test]
    fn hashes_sizes_names_and_comments_are_read() {
        let (set, problems) = read(&format!("# ours\r\n{A},68 The test file\r\n\n  {B}\n"));
        assert!(problems.is_empty());
        assert_eq!(
            (set.get(&[0xaa; 32]), set.get(&[0xbb; 32]), set.get(&[0; 32])),
            (Some("The test file"), Some(""), None)
        );
    }

    #[test]
    fn a_wrong_line_is_named_and_the_others_count() {
        let (set, problems) = read(&format!("{A}\nnonsense\n{A}ff\n{B},12x\n{B},12\n"));
        assert_eq!(problems, [Some(2), Some(3), Some(4)]);
        assert_eq!(set.len(), 2);
    }

    #[test]
    fn only_sizes_in_the_set_are_worth_hashing_unless_an_entry_has_none() {
        let (sized, _) = read(&format!("{A},68\n{B},70\n"));
        assert_eq!(
            [68, 69, 70].map(|len| sized.wants(Some(len))),
            [true, false, true]
        );
        assert!(sized.wants(None));
        let (unsized_entry, _) = read(&format!("{A},68\n{B}\n"));
        assert!(unsized_entry.wants(Some(69)));
        assert!(!KnownBad::default().wants(None));
    }

    #[test]
    fn a_hash_listed_twice_keeps_every_size() {
        let (set, _) = read(&format!("{A},68\n{A},69 twice\n"));
        assert_eq!(
            (set.len(), set.wants(Some(68)), set.wants(Some(69))),
            (1, true, true)
        );
    }
}
