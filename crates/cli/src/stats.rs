//! The figures of a run, as `--stats` writes them.

use crate::failure::Failure;
use crate::progress::Tally;
use demarche::engine::Summary;
use demarche_record::Version;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// One JSON object.
#[derive(Debug, Serialize)]
struct Stats<'a> {
    documents: u64,
    /// Inputs, rows and documents that could not be used.
    failed: u64,
    sentences: u64,
    words: u64,
    /// Bytes of text.
    bytes: u64,
    records: u64,
    /// The records again, under what they are called: `events`, `ties` …
    #[serde(flatten)]
    called: BTreeMap<&'a str, u64>,
    /// From the first byte read to the last written, without loading.
    seconds: f64,
    /// Seconds of work by stage; those of the threads are summed.
    stages: BTreeMap<&'static str, f64>,
    threads: usize,
    /// Most memory held at any time, in bytes; null where the system does not say.
    peak_memory: Option<u64>,
    version: &'a Version,
}

/// What [`write()`] is given.
pub struct Figures<'a> {
    /// What was counted.
    pub tally: Tally,
    /// What the engine says.
    pub summary: Summary,
    /// What the records are called.
    pub records: &'static str,
    /// Wall time.
    pub elapsed: Duration,
    /// Time spent writing.
    pub writing: Duration,
    /// Threads that worked.
    pub threads: usize,
    /// What worked.
    pub version: &'a Version,
}

/// Writes the figures to a file.
pub fn write(path: &Path, figures: &Figures<'_>) -> Result<(), Failure> {
    let Figures { tally, summary, .. } = figures;
    let timing = &summary.timing;
    let stages = [
        ("read", summary.reading),
        ("split", timing.split),
        ("parse", timing.parse),
        ("find", timing.find),
        ("code", timing.code),
        ("write", figures.writing),
    ];
    let stats = Stats {
        documents: tally.documents,
        failed: summary.errors,
        sentences: tally.sentences,
        words: tally.words,
        bytes: tally.bytes,
        records: tally.records,
        called: BTreeMap::from([(figures.records, tally.records)]),
        seconds: seconds(figures.elapsed),
        stages: stages.map(|(name, time)| (name, seconds(time))).into(),
        threads: figures.threads,
        peak_memory: crate::spent::peak_memory(),
        version: figures.version,
    };
    let mut text =
        serde_json::to_string_pretty(&stats).map_err(|cause| Failure::unwritable(path, cause.into()))?;
    text.push('\n');
    std::fs::write(path, text).map_err(|cause| Failure::unwritable(path, cause))
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e6
}
