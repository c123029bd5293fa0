//! Runs the program as its users do and watches the clock and the memory of the process.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::failure::Failure;
use crate::results::Run;
use crate::workspace::typed;

/// What `demarche code --stats FILE` writes, as far as it is used here.
#[derive(Deserialize)]
struct Stats {
    documents: u64,
    sentences: u64,
    words: u64,
    events: u64,
    /// Processor seconds by stage, summed over threads.
    stages: std::collections::BTreeMap<String, f64>,
}

/// Codes a corpus once. The events go nowhere, so that no disk is measured. Fails where the program does, or writes
/// no statistics.
pub fn code(program: &Path, corpus: &Path, folder: &Path, threads: usize) -> Result<Run, Failure> {
    let path = folder.join(format!("stats-{threads}.json"));
    let mut command = Command::new(program);
    command.arg("code").arg(corpus).arg("--threads").arg(threads.to_string()).arg("--stats").arg(&path);
    let (seconds, peak) = watched(&mut command)?;
    let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
    let stats: Stats = serde_json::from_str(&text).map_err(|fault| Failure::content(&path, fault))?;
    let counts = [
        ("documents", stats.documents),
        ("sentences", stats.sentences),
        ("words", stats.words),
        ("events", stats.events),
    ];
    let counts = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    Ok(Run { threads, seconds, peak, counts, stages: stats.stages })
}

/// Least wall time in seconds of five runs on one sentence: what it costs to start.
pub fn load(program: &Path, folder: &Path) -> Result<f64, Failure> {
    let path = folder.join("one.txt");
    std::fs::write(&path, "Russia recognised the Taliban government on Thursday.\n")
        .map_err(Failure::file(&path))?;
    let mut least = f64::INFINITY;
    for _ in 0..5 {
        let mut command = Command::new(program);
        command.arg("code").arg(&path).stdout(Stdio::null());
        let start = Instant::now();
        let done = command.output().map_err(|cause| failed(&command, cause))?;
        least = least.min(start.elapsed().as_secs_f64());
        if !done.status.success() {
            return Err(failed(&command, String::from_utf8_lossy(&done.stderr)));
        }
    }
    Ok(least)
}

/// Wall seconds and peak resident bytes of a command. The peak is the kernel's own high-water mark, asked for until
/// the end, so nothing is missed between two looks but growth in the last 5 ms.
fn watched(command: &mut Command) -> Result<(f64, u64), Failure> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().map_err(|cause| failed(command, cause))?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().map_err(|cause| failed(command, cause))? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let seconds = start.elapsed().as_secs_f64();
    if status.success() { Ok((seconds, peak)) } else { Err(failed(command, status)) }
}

/// Peak resident bytes of a running process, as Linux counts them; none elsewhere.
fn high_water(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kib| kib * 1024)
}

fn failed(command: &Command, cause: impl std::fmt::Display) -> Failure {
    Failure::Command { command: typed(command), detail: format!("failed: {cause}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_a_peak() {
        if cfg!(target_os = "linux") {
            assert!(high_water(std::process::id()).unwrap() > 1 << 20);
        }
    }

    #[test]
    fn a_failing_command_is_a_failure() {
        assert!(watched(&mut Command::new("/nowhere/demarche")).is_err());
    }
}
