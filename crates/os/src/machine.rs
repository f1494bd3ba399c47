use crate::OsError;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

const MACHINE_IDS: [&str; 2] = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/// A stable, one-way fingerprint of this machine: 64 hexadecimal digits. From the machine id, or from the host's name
/// where there is none.
#[must_use]
pub fn fingerprint() -> String {
    let places: Vec<PathBuf> = MACHINE_IDS.iter().map(PathBuf::from).collect();
    fingerprint_from(&places).unwrap_or_else(|| digest(&hostname()))
}

/// The fingerprint that the first of `places` with anything in it gives.
#[must_use]
pub fn fingerprint_from(places: &[PathBuf]) -> Option<String> {
    places
        .iter()
        .filter_map(|place| fs::read_to_string(place).ok())
        .map(|id| id.trim().to_owned())
        .find(|id| !id.is_empty())
        .map(|id| digest(&id))
}

/// The machine id itself should not leave the machine, says its manual: hash it with a word of one's own.
fn digest(id: &str) -> String {
    hex::encode(Sha256::new().chain_update("rempart").chain_update(id).finalize())
}

/// The name of the system as its makers write it.
#[must_use]
pub fn description() -> String {
    ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .filter_map(|place| fs::read_to_string(place).ok())
        .find_map(|text| pretty_name(&text))
        .unwrap_or_else(|| "Linux".to_owned())
}

fn pretty_name(text: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    let value = value.trim().trim_matches(|c| matches!(c, '"' | '\''));
    (!value.is_empty()).then(|| value.to_owned())
}

/// This computer's name.
#[must_use]
pub fn hostname() -> String {
    nix::unistd::gethostname()
        .ok()
        .and_then(|name| name.into_string().ok())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "localhost".to_owned())
}

/// Bytes of memory this process occupies.
///
/// # Errors
/// When the system cannot say.
pub fn resident_memory() -> Result<u64, OsError> {
    let path = Path::new("/proc/self/status");
    let text = fs::read_to_string(path).map_err(|error| OsError::new(path, error))?;
    let kibibytes: Option<u64> = text
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|value| value.trim().strip_suffix(" kB")?.parse().ok());
    let kibibytes =
        kibibytes.ok_or_else(|| OsError::new(path, io::Error::from(io::ErrorKind::InvalidData)))?;
    Ok(kibibytes * 1024)
}

/// Gives memory that is free but kept by the allocator back to the system. Worth it after much work: what threads that
/// have ended used is otherwise kept for threads to come.
pub fn give_back_memory() {
    #[cfg(target_env = "gnu")]
    #[expect(unsafe_code, reason = "the only way to ask the C library's allocator")]
    // SAFETY: takes a number, may be called at any time from any thread, and touches only what is free.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// From now on, a block of a megabyte or more goes back to the system when it is freed. The allocator otherwise learns from
/// the first large one that it had better keep them.
pub fn give_back_large_blocks() {
    #[cfg(target_env = "gnu")]
    #[expect(unsafe_code, reason = "the only way to tell the C library's allocator")]
    // SAFETY: takes two numbers, changes only where blocks to come are taken from, and locks for itself.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 1 << 20);
    }
}

/// Lets this process open at least `wanted` files at once where the administrator allows it. Deep trees need it.
pub fn allow_many_open_files(wanted: u64) {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
    if limit.current.is_some_and(|current| current < most) {
        let raised = Rlimit {
            current: Some(most),
            maximum: limit.maximum,
        };
        // Without it, very deep folders are reported as unreadable: nothing worse.
        let _ = setrlimit(Resource::Nofile, raised);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_blocks_are_not_kept_once_they_are_freed() {
        give_back_large_blocks();
        let before = resident_memory().unwrap();
        for mebibytes in [24, 20, 16] {
            std::hint::black_box(vec![1_u8; mebibytes << 20]);
        }
        let kept = resident_memory().unwrap().saturating_sub(before);
        assert!(kept < 8 << 20, "{kept} bytes are kept");
    }

    #[test]
    fn the_fingerprint_comes_from_the_first_place_with_an_id() {
        let folder = tempfile::tempdir().unwrap();
        let places: Vec<PathBuf> = ["missing", "empty", "id"]
            .iter()
            .map(|name| folder.path().join(name))
            .collect();
        fs::write(&places[1], "\n").unwrap();
        fs::write(&places[2], "0123456789abcdef0123456789abcdef\n").unwrap();
        let fingerprint = fingerprint_from(&places).unwrap();
        assert_eq!(fingerprint, digest("0123456789abcdef0123456789abcdef"));
        assert_eq!(fingerprint.len(), 64);
        assert_eq!(fingerprint_from(&places[..2]), None);
    }

    #[test]
    fn this_machine_has_a_name_a_system_and_a_stable_fingerprint() {
        assert_eq!(fingerprint(), fingerprint());
        assert!(!hostname().is_empty());
        assert!(!description().is_empty());
        assert!(resident_memory().unwrap() > 100_000);
    }

    #[test]
    fn memory_that_is_free_goes_back() {
        // Something small stays in use between the large, so that the allocator does not give it back by itself.
        let work = || {
            let pairs = (0..2_000u32).map(|n| (vec![1u8; 40_000], Box::new(n)));
            let (_large, small): (Vec<_>, Vec<_>) = pairs.unzip();
            small
        };
        let small = std::thread::spawn(work).join().unwrap();
        assert!(resident_memory().unwrap() > 60 << 20);
        give_back_memory();
        assert!(resident_memory().unwrap() < 30 << 20);
        assert_eq!(small.len(), 2_000);
    }

    #[test]
    fn the_pretty_name_is_read_with_and_without_quotes() {
        let text = "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";
        assert_eq!(pretty_name(text).unwrap(), "Debian GNU/Linux 12 (bookworm)");
        assert_eq!(pretty_name("PRETTY_NAME=Arch").unwrap(), "Arch");
        assert_eq!(pretty_name("NAME=x"), None);
    }
}
