//! Scans a folder with the engine and with bare boreal (its own `scan_file`), same files and same rules, and prints MB/s
//! of both, the best of three rounds: `tree FOLDER [THREADS…]`. MB are those on disk, for both; since bare boreal does not
//! open archives, `--plain` leaves those out. `--rules=FOLDER` takes rules from there instead of the built-in ones,
//! `--json` prints one object a line, `--matches` lists what the engine finds instead of measuring.
use boreal::scanner::ScanParams;
use rempart_engine::{Engine, Limits, Sources};
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    let folder = words
        .first()
        .ok_or("usage: tree FOLDER [THREADS…] [--plain] [--json] [--matches] [--rules=FOLDER]")?;
    let threads: Vec<usize> = match &words[1..] {
        [] => vec![1, 2],
        some => some.iter().map(|word| word.parse()).collect::<Result<_, _>>()?,
    };
    let rules = flags
        .iter()
        .find_map(|flag| flag.strip_prefix("--rules="))
        .map(PathBuf::from);
    let sources = Sources {
        built_in: rules.is_none(),
        folder: rules.clone(),
        known_bad: None,
    };
    let (engine, problems) = Engine::new(&sources, Limits::default())?;
    for problem in problems {
        eprintln!("{problem}");
    }
    let mut files = Vec::new();
    walk(Path::new(folder), &mut files)?;
    if has("--plain") {
        files.retain(|(path, _)| !is_archive(path));
    }
    let bytes: u64 = files.iter().map(|(_, len)| len).sum();
    eprintln!(
        "{} rules, {} files, {:.0} MB",
        engine.rules(),
        files.len(),
        bytes as f64 / 1e6
    );
    let bare = bare(rules.as_deref())?;

    if has("--matches") {
        matches(&engine, &files);
        return Ok(());
    }
    for (path, _) in &files {
        std::fs::read(path).ok();
    }
    for threads in threads {
        let mut best = [Duration::MAX; 2];
        for _ in 0..ROUNDS {
            best[0] = best[0].min(time(threads, &files, &|path| bare.scan_file(path).is_ok()));
            best[1] = best[1].min(time(threads, &files, &|path| {
                File::open(path).is_ok_and(|file| engine.scan(&file).is_ok())
            }));
        }
        let [bare, ours] = best.map(|time| bytes as f64 / 1e6 / time.as_secs_f64());
        if has("--json") {
            println!(
                "{{\"threads\":{threads},\"bare_mb_s\":{bare:.1},\"engine_mb_s\":{ours:.1},\"ratio\":{:.3}}}",
                ours / bare
            );
        } else {
            println!(
                "{threads} thread(s): bare boreal {bare:.0} MB/s, engine {ours:.0} MB/s, ratio {:.2}",
                ours / bare
            );
        }
    }
    Ok(())
}

fn bare(rules: Option<&Path>) -> Result<boreal::Scanner, Box<dyn Error>> {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut compiler = boreal::Compiler::new();
    for entry in std::fs::read_dir(rules.unwrap_or(&built_in))? {
        let path = entry?.path();
        compiler
            .add_rules_file_in_namespace(&path, path.to_string_lossy())
            .map_err(|error| error.to_string())?;
    }
    let mut scanner = compiler.finalize();
    scanner.set_scan_params(ScanParams::default());
    Ok(scanner)
}

fn walk(folder: &Path, files: &mut Vec<(PathBuf, u64)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), files).ok();
        } else if kind.is_file() {
            files.push((entry.path(), entry.metadata()?.len()));
        }
    }
    Ok(())
}

fn is_archive(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(512).read_to_end(&mut head));
    read.is_ok()
        && (head.starts_with(b"PK")
            || head.starts_with(&[0x1f, 0x8b])
            || head.get(257..262) == Some(b"ustar"))
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
