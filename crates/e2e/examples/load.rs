//! A closed loop over kept-alive connections: each asks, reads the whole answer, and asks again.
//!
//! `load ADDRESS PATH CONNECTIONS SECONDS [@FILE] [HEADER: VALUE]…` prints one JSON object. With a file, each of its lines
//! is posted in turn as JSON. Bounded in time; loopback only.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [address, path, connections, seconds, headers @ ..] = words.as_slice() else {
        bail!("usage: load ADDRESS PATH CONNECTIONS SECONDS [@FILE] [HEADER: VALUE]…")
    };
    let address: SocketAddr = address.parse().context("ADDRESS")?;
    ensure!(address.ip().is_loopback(), "only this computer is ever loaded");
    let connections: usize = connections.parse().context("CONNECTIONS")?;
    let length = Duration::from_secs_f64(seconds.parse().context("SECONDS")?);
    let (files, headers): (Vec<&String>, Vec<&String>) =
        headers.iter().partition(|word| word.starts_with('@'));
    let mut said: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    said.push_str("\r\n");
    let requests: Vec<String> = match files.first() {
        None => vec![format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{said}")],
        Some(file) => fs::read_to_string(&file[1..])
            .with_context(|| (*file).clone())?
            .lines()
            .map(|body| {
                format!(
                    "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
                     content-length: {}\r\n{said}{body}",
                    body.len()
                )
            })
            .collect(),
    };
    ensure!(!requests.is_empty(), "nothing to ask");

    let start = Instant::now();
    let mut times = Vec::new();
    std::thread::scope(|scope| -> Result<()> {
        let asked: Vec<_> = (0..connections)
            .map(|number| {
                let (requests, first) = (&requests, number * requests.len() / connections);
                scope.spawn(move || ask(address, (requests, first), length))
            })
            .collect();
        for thread in asked {
            let theirs = thread
                .join()
                .map_err(|_| anyhow::anyhow!("a connection's thread panicked"))?;
            times.extend(theirs?);
        }
        Ok(())
    })?;
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    times.sort_unstable();
    ensure!(!times.is_empty(), "no answer at all");
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    println!(
        r#"{{"requests":{},"per_second":{rate:.0},"p50_us":{:.1},"p99_us":{:.1}}}"#,
        times.len(),
        at(0.50),
        at(0.99)
    );
    Ok(())
}

/// One connection's answer times. The first tenth warms up and does not count.
fn ask(
    address: SocketAddr,
    (requests, first): (&[String], usize),
    length: Duration,
) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream.try_clone()?);
    let (start, mut times) = (Instant::now(), Vec::new());
    let mut turn = requests.iter().cycle().skip(first);
    while start.elapsed() < length {
        let asked = Instant::now();
        stream.write_all(turn.next().context("nothing to ask")?.as_bytes())?;
        read_answer(&mut reader)?;
        if start.elapsed() > length / 10 {
            times.push(asked.elapsed());
        }
    }
    Ok(times)
}

/// Reads one answer, of a said length or in chunks. Anything but 200 is an error: it would be measured for nothing.
fn read_answer(reader: &mut impl BufRead) -> Result<()> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    ensure!(line.starts_with("HTTP/1.1 200"), "answered {}", line.trim());
    let (mut length, mut chunked) = (0, false);
    loop {
        line.clear();
        ensure!(
            reader.read_line(&mut line)? > 0,
            "the connection ended in the middle of an answer"
        );
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        chunked |= header == "transfer-encoding: chunked";
    }
    if !chunked {
        return skip(reader, length);
    }
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim(), 16).with_context(|| format!("chunk size {line:?}"))?;
        skip(reader, size + 2)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn skip(reader: &mut impl BufRead, length: u64) -> Result<()> {
    let read = std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
    ensure!(read == length, "the connection ended in the middle of an answer");
    Ok(())
}
