use rempart_os::{FolderWatch, OsError, Seen};
use std::{path::Path, sync::Arc};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Tells the daemon which files appear in its folders, within a moment and without looking again and again.
#[derive(Debug)]
pub(super) struct Watch {
    watch: Arc<FolderWatch>,
    seen: UnboundedReceiver<Seen>,
}

impl Watch {
    /// Watches nothing yet.
    pub(super) fn start() -> Result<Self, OsError> {
        let watch = Arc::new(FolderWatch::new()?);
        let (sender, seen) = unbounded_channel();
        let waiting = watch.clone();
        let thread = std::thread::Builder::new()
            .name("files".to_owned())
            .spawn(move || {
                while let Some(seen) = waiting.wait() {
                    if sender.send(seen).is_err() {
                        return;
                    }
                }
            });
        thread.map_err(|source| OsError {
            path: "thread".into(),
            source,
        })?;
        Ok(Self { watch, seen })
    }

    /// Watches a folder too.
    pub(super) fn add(&self, folder: &Path) -> Result<(), OsError> {
        self.watch.add(folder)
    }

    /// What is seen next. Nothing is lost when the wait is given up.
    pub(super) async fn next(&mut self) -> Seen {
        match self.seen.recv().await {
            Some(seen) => seen,
            None => std::future::pending().await,
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watch.close();
    }
}
