use rempart_os::{Dir, Entry, Kind, Meta, OsError};
use std::{
    ffi::OsString,
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
    vec,
};

/// Deeper folders are reported as unreadable. Each level on the way costs an open file.
const DEEPEST: usize = 1000;

/// A file met on a walk: its open folder and its name there.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) dir: Arc<Dir>,
    pub(super) name: OsString,
}

impl Met {
    pub(super) fn path(&self) -> PathBuf {
        self.dir.path().join(&self.name)
    }
}

/// What a walk comes across.
#[derive(Debug)]
pub(super) enum Step {
    /// A name that is a regular file's, or may be.
    File(Met),
    /// A pipe, a socket, a device, or a place that is left out.
    Skipped,
    /// A folder that cannot be read.
    Unreadable(OsError),
}

/// What a walk does not enter.
#[derive(Debug, Clone)]
pub(super) struct LeaveOut {
    /// By path, when met below the place the walk began.
    paths: Vec<PathBuf>,
    /// By identity, however it is reached.
    folder: Option<Meta>,
}

impl LeaveOut {
    /// The system's own folders, and `own`: the agent's.
    pub(super) fn new(own: &Path) -> Self {
        Self {
            paths: ["/proc", "/sys", "/dev"].map(PathBuf::from).to_vec(),
            folder: Dir::open(own).and_then(|dir| dir.own_meta()).ok(),
        }
    }
}

struct Level {
    dir: Arc<Dir>,
    device: u64,
    entries: vec::IntoIter<Entry>,
}

/// Gives everything at and below `start` to `give`, depth first, until it breaks off. Symbolic links are not followed and
/// not given. `start` itself has no symbolic links in it.
///
/// # Errors
/// When `start` cannot be opened.
pub(super) fn walk(
    start: &Path,
    leave_out: &LeaveOut,
    give: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, OsError> {
    let met = |dir| {
        Step::File(Met {
            dir: Arc::new(dir),
            name: start.file_name().map(OsString::from).unwrap_or_default(),
        })
    };
    let first = match Dir::open(start) {
        Ok(dir) => dir,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let parent = Dir::open(start.parent().unwrap_or(start))?;
            return Ok(match parent.meta(start.file_name().unwrap_or_default())?.kind {
                Kind::File => give(met(parent)),
                _ => give(Step::Skipped),
            });
        }
        Err(error) => return Err(error),
    };
    let mut levels = Vec::new();
    match enter(first, None, leave_out)? {
        Some(level) => levels.push(level),
        None => return Ok(give(Step::Skipped)),
    }
    while let Some(level) = levels.last_mut() {
        let Some(entry) = level.entries.next() else {
            match level.dir.next_entries() {
                Ok(more) if !more.is_empty() => level.entries = more.into_iter(),
                done => {
                    levels.pop();
                    if let Err(error) = done
                        && give(Step::Unreadable(error)).is_break()
                    {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            continue;
        };
        let depth = levels.len();
        let flow = match visit(&levels[depth - 1], entry, depth, leave_out) {
            Visit::Below(level) => {
                levels.push(level);
                ControlFlow::Continue(())
            }
            Visit::Nothing => ControlFlow::Continue(()),
            Visit::Step(step) => give(step),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

enum Visit {
    Below(Level),
    Step(Step),
    Nothing,
}

fn visit(level: &Level, entry: Entry, depth: usize, leave_out: &LeaveOut) -> Visit {
    let kind = match entry.kind {
        Kind::Unknown => match level.dir.meta(&entry.name) {
            Ok(meta) => meta.kind,
            Err(error) => return vanished_or(error),
        },
        known => known,
    };
    match kind {
        Kind::File => Visit::Step(Step::File(Met {
            dir: level.dir.clone(),
            name: entry.name,
        })),
        Kind::Link => Visit::Nothing,
        Kind::Folder => {
            let path = level.dir.path().join(&entry.name);
            if leave_out.paths.contains(&path) {
                return Visit::Step(Step::Skipped);
            }
            if depth >= DEEPEST {
                return Visit::Step(Step::Unreadable(OsError::too_deep(path)));
            }
            let below = level.dir.open_dir(&entry.name);
            match below.and_then(|dir| enter(dir, Some(level.device), leave_out)) {
                Ok(Some(below)) => Visit::Below(below),
                Ok(None) => Visit::Step(Step::Skipped),
                Err(error) => vanished_or(error),
            }
        }
        Kind::Other | Kind::Unknown => Visit::Step(Step::Skipped),
    }
}

/// What is gone when one looks is no trouble.
fn vanished_or(error: OsError) -> Visit {
    let gone = matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    );
    // Or swapped for a file or a symbolic link since it was listed.
    if gone || error.is_link() {
        Visit::Nothing
    } else {
        Visit::Step(Step::Unreadable(error))
    }
}

/// The level of an opened folder, unless it is left out.
fn enter(dir: Dir, device: Option<u64>, leave_out: &LeaveOut) -> Result<Option<Level>, OsError> {
    let meta = dir.own_meta()?;
    let own = leave_out.folder.is_some_and(|own| own.is_same_file(&meta));
    if own || (device != Some(meta.device) && dir.is_pseudo()?) {
        return Ok(None);
    }
    Ok(Some(Level {
        dir: Arc::new(dir),
        device: meta.device,
        entries: Vec::new().into_iter(),
    }))
}
