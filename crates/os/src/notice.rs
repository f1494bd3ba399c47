use crate::OsError;
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use std::{
    ffi::OsString,
    mem::MaybeUninit,
    os::{fd::OwnedFd, unix::ffi::OsStringExt},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// Says which names appear in some folders. One thread waits, any thread adds folders or ends the waiting.
#[derive(Debug)]
pub struct FolderWatch {
    fd: OwnedFd,
    watches: Mutex<Vec<i32>>,
    closed: AtomicBool,
}

/// What was seen, one or more things at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Names of files made in, moved into or removed from the folders, without the folders.
    pub names: Vec<OsString>,
    /// There was more than could be remembered: look everywhere.
    pub missed: bool,
}

impl FolderWatch {
    /// Watches nothing yet.
    ///
    /// # Errors
    /// When the system has no watch left to give.
    pub fn new() -> Result<Self, OsError> {
        let fd = inotify::init(CreateFlags::CLOEXEC);
        Ok(Self {
            fd: fd.map_err(|error| OsError::new(Path::new("inotify"), error))?,
            watches: Mutex::default(),
            closed: AtomicBool::new(false),
        })
    }

    /// Watches a folder too. What happened in it before is not told.
    ///
    /// # Errors
    /// When the folder cannot be watched.
    pub fn add(&self, folder: &Path) -> Result<(), OsError> {
        let what = WatchFlags::CREATE | WatchFlags::MOVED_TO | WatchFlags::DELETE | WatchFlags::ONLYDIR;
        let watch =
            inotify::add_watch(&self.fd, folder, what).map_err(|error| OsError::new(folder, error))?;
        self.watches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(watch);
        Ok(())
    }

    /// Waits until there is something to tell; `None` once it was closed.
    pub fn wait(&self) -> Option<Seen> {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(&self.fd, &mut buffer);
        let mut seen = Seen::default();
        loop {
            if self.closed.load(Ordering::Acquire) {
                return None;
            }
            match reader.next() {
                Ok(event) => {
                    seen.missed |= event.events().contains(ReadFlags::QUEUE_OVERFLOW);
                    let name = event.file_name().map(|name| name.to_bytes().to_vec());
                    seen.names.extend(name.map(OsString::from_vec));
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return None,
            }
            if reader.is_buffer_empty() && seen != Seen::default() {
                return Some(seen);
            }
        }
    }

    /// Ends the waiting, also one that has begun.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        // Ceasing to watch a folder is itself told, which is what wakes the thread that waits.
        for watch in watches.drain(..) {
            let _ = inotify::remove_watch(&self.fd, watch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_made_and_moved_into_a_folder_are_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let watch = FolderWatch::new().unwrap();
        fs::write(folder.path().join("before"), "").unwrap();
        watch.add(folder.path()).unwrap();
        fs::write(folder.path().join("made"), "").unwrap();
        fs::rename(folder.path().join("made"), folder.path().join("moved")).unwrap();
        assert_eq!(watch.wait().unwrap().names, ["made", "moved"]);
        fs::write(folder.path().join("later"), "").unwrap();
        assert_eq!(watch.wait().unwrap().names, ["later"]);
    }

    #[test]
    fn closing_ends_the_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let watch = FolderWatch::new().unwrap();
        watch.add(folder.path()).unwrap();
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| watch.wait());
            watch.close();
            assert_eq!(waiting.join().unwrap(), None);
        });
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let missing = FolderWatch::new().unwrap().add(Path::new("/no/such/folder"));
        assert!(missing.unwrap_err().to_string().contains("/no/such/folder"));
    }
}
