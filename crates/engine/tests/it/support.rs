//! What the scenes share: an engine, the test file, and ways to pack bytes.

use rempart_engine::{Engine, Limits, Match, PartialReason, Sources, Verdict};
use std::io::{Cursor, Write};
use std::sync::OnceLock;

/// The EICAR test file, put together here so that no file of the repository is one.
pub(crate) fn eicar() -> Vec<u8> {
    [
        "X5O!P%@AP[4\\PZX54(P^)7CC)7}$",
        "EICAR-STANDARD",
        "-ANTIVIRUS-TEST-FILE",
        "!$H+H*",
    ]
    .concat()
    .into_bytes()
}

pub(crate) const EICAR: &str = "Rempart_Test_Eicar";

pub(crate) fn built_in() -> Sources {
    Sources {
        built_in: true,
        ..Sources::default()
    }
}

/// The built-in rules with the default limits.
pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let (engine, problems) = Engine::new(&built_in(), Limits::default()).unwrap();
        assert_eq!(problems, []);
        engine
    })
}

pub(crate) fn with_limits(limits: Limits) -> Engine {
    engine().with_limits(limits)
}

pub(crate) fn rules_of(verdict: &Verdict) -> Vec<&str> {
    verdict.matches.iter().map(|found| found.rule.as_str()).collect()
}

/// Where the test file was found.
pub(crate) fn eicar_at(verdict: &Verdict) -> Vec<&[String]> {
    let is_eicar = |found: &&Match| found.rule == EICAR;
    verdict
        .matches
        .iter()
        .filter(is_eicar)
        .map(|found| &found.members[..])
        .collect()
}

pub(crate) fn reasons(verdict: &Verdict) -> Vec<PartialReason> {
    verdict.partial.iter().map(|partial| partial.why).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    gzip_named("", bytes)
}

pub(crate) fn gzip_named(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = flate2::GzBuilder::new();
    if !name.is_empty() {
        builder = builder.filename(name);
    }
    let mut packer = builder.write(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(zip::CompressionMethod::Deflated, members)
}

pub(crate) fn zip_with(method: zip::CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
