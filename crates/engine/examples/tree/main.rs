//! Scans a folder with the engine and with bare boreal, same files and same rules, and prints MB/s of both.
//!
//! `tree FOLDER [THREADS…]` measures; the two take turns every few megabytes, so that whatever else the computer does
//! falls on both. MB are those looked at: with `--unpack`, in which the floor opens archives too, what came out of them.
//! `--rounds=N` measures so often, `--json` prints one object a round, `--rules=FOLDER` takes rules from there instead of
//! the built-in ones. `--whole` lets bare boreal read its rules, walk and scan once, for whoever holds the watch.
//! `--matches` lists what the engine finds instead.
//!
//! `tree sample FROM INTO MEGABYTES` copies files that are no archives into `INTO/plain`, and a part of them, packed, into
//! `INTO/archives`.

mod floor;
mod sample;

use floor::Floor;
use rempart_engine::{Engine, Limits, Sources};
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Bytes on disk after which the other one takes its turn.
const TURN: u64 = 32 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    if let [verb, from, into, megabytes] = words.as_slice()
        && verb == "sample"
    {
        return sample::make(Path::new(from), Path::new(into), megabytes.parse()?);
    }
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    let value = |name: &str| flags.iter().find_map(|flag| flag.strip_prefix(name));
    let folder = words
        .first()
        .ok_or("usage: tree FOLDER [THREADS…] [--unpack] [--rounds=N] [--json] [--whole] [--matches] [--rules=FOLDER]")?;
    let threads: Vec<usize> = match &words[1..] {
        [] => vec![1, 2],
        some => some.iter().map(|word| word.parse()).collect::<Result<_, _>>()?,
    };
    let rules = value("--rules=").map(PathBuf::from);
    let floor = Floor::new(rules.as_deref(), has("--unpack"))?;
    let mut files = Vec::new();
    walk(Path::new(folder), &mut files)?;
    if has("--whole") {
        for &threads in &threads {
            time(threads, &files, &|path| floor.scan(path).is_ok());
        }
        return Ok(());
    }
    let sources = Sources {
        built_in: rules.is_none(),
        folder: rules,
        known_bad: None,
    };
    let (engine, problems) = Engine::new(&sources, Limits::default())?;
    for problem in problems {
        eprintln!("{problem}");
    }
    if has("--matches") {
        matches(&engine, &files);
        return Ok(());
    }
    let bytes = looked_at(&floor, &engine, &files)?;
    eprintln!(
        "{} rules, {} files, {:.0} MB",
        engine.rules(),
        files.len(),
        bytes as f64 / 1e6
    );
    let rounds = value("--rounds=").map_or(Ok(3), str::parse)?;
    for threads in threads {
        for _ in 0..rounds {
            let took = in_turns(threads, &files, &floor, &engine);
            let [bare, ours] = took.map(|time| bytes as f64 / 1e6 / time.as_secs_f64());
            if has("--json") {
                println!("{{\"threads\":{threads},\"bare_mb_s\":{bare:.1},\"engine_mb_s\":{ours:.1}}}");
            } else {
                let ratio = ours / bare;
                println!(
                    "{threads} thread(s): bare boreal {bare:.0} MB/s, engine {ours:.0} MB/s, ratio {ratio:.2}"
                );
            }
        }
    }
    Ok(())
}

/// The bytes both look at: were they not the same, nothing could be compared. Reads every file, so that the disk is not
/// measured.
fn looked_at(floor: &Floor, engine: &Engine, files: &[(PathBuf, u64)]) -> Result<u64, Box<dyn Error>> {
    let mut total = 0;
    for (path, _) in files {
        let ours = engine.scan(&File::open(path)?)?.bytes;
        let theirs = floor.scan(path)?;
        if ours != theirs {
            return Err(format!(
                "{}: the engine looks at {ours} bytes, the floor at {theirs}",
                path.display()
            )
            .into());
        }
        total += ours;
    }
    Ok(total)
}

/// One round: floor and engine on every few megabytes, now the one first, now the other.
fn in_turns(threads: usize, files: &[(PathBuf, u64)], floor: &Floor, engine: &Engine) -> [Duration; 2] {
    let mut took = [Duration::ZERO; 2];
    let mut left = files;
    for turn in 0.. {
        let mut bytes = 0;
        let until = left.iter().position(|(_, len)| {
            bytes += len;
            bytes > TURN
        });
        let (now, later) = left.split_at(until.map_or(left.len(), |until| until.max(1)));
        if now.is_empty() {
            break;
        }
        let first = turn % 2;
        for who in [first, 1 - first] {
            took[who] += match who {
                0 => time(threads, now, &|path| floor.scan(path).is_ok()),
                _ => time(threads, now, &|path| {
                    File::open(path).is_ok_and(|file| engine.scan(&file).is_ok())
                }),
            };
        }
        left = later;
    }
    took
}

/// Every regular file below, by name.
fn walk(folder: &Path, files: &mut Vec<(PathBuf, u64)>) -> std::io::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), files).ok();
        } else if kind.is_file() {
            files.push((entry.path(), entry.metadata()?.len()));
        }
    }
    Ok(())
}

fn time(threads: usize, files: &[(PathBuf, u64)], scan: &(dyn Fn(&Path) -> bool + Sync)) -> Duration {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((path, _)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    std::hint::black_box(scan(path));
                }
            });
        }
    });
    start.elapsed()
}

fn matches(engine: &Engine, files: &[(PathBuf, u64)]) {
    let next = AtomicUsize::new(0);
    let (bytes, found, partial) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let out = Mutex::new(());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((path, _)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let scanned = File::open(path)
                        .map_err(Into::into)
                        .and_then(|file| engine.scan(&file));
                    let _turn = out.lock();
                    match scanned {
                        Err(error) => println!("{}: {error}", path.display()),
                        Ok(verdict) => {
                            bytes.fetch_add(verdict.bytes, Ordering::Relaxed);
                            found.fetch_add(verdict.matches.len() as u64, Ordering::Relaxed);
                            partial.fetch_add(u64::from(!verdict.partial.is_empty()), Ordering::Relaxed);
                            for found in verdict.matches {
                                println!("MATCH {} {} {:?}", found.rule, path.display(), found.members);
                            }
                            for partial in verdict.partial {
                                println!(
                                    "partial {} {} {:?}",
                                    partial.why.as_str(),
                                    path.display(),
                                    partial.members
                                );
                            }
                        }
                    }
                }
            });
        }
    });
    let mb = bytes.into_inner() as f64 / 1e6;
    println!(
        "{mb:.0} MB unpacked, {} matches, {} files in part",
        found.into_inner(),
        partial.into_inner()
    );
}
