//! The figures of the last runs as data, and the page made from them. Scores and bench results lie as JSON in the
//! target folder, so that either chore can write the whole page; nothing on it is typed by hand.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::failure::Failure;
use crate::table::markdown;
use crate::workspace::Workspace;

/// What a figure was measured on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Short hash of the commit.
    pub commit: String,
    /// Day of that commit, ISO 8601.
    pub date: String,
    /// Whether files outside `docs/` differed from that commit.
    pub changed: bool,
    /// The processor's name.
    pub processor: String,
    /// Cores the process may use.
    pub cores: usize,
    /// Bytes of memory; 0 = unknown.
    pub memory: u64,
}

/// One figure of one set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The set's name.
    pub set: String,
    /// What the program was asked to do there.
    pub what: String,
    /// The measure's name.
    pub measure: String,
    /// The figure as printed.
    pub figure: String,
    /// The bar as printed; empty = none.
    pub bar: String,
    /// Whether the bar is met; none without a bar.
    pub met: Option<bool>,
}

/// One run of `cargo xtask scores`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Where the figures come from.
    pub origin: Origin,
    /// All figures in the table's order.
    pub figures: Vec<Figure>,
    /// Sets that were skipped or failed, a line each.
    pub absent: Vec<String>,
    /// The commands that made each set's figures: name, lines.
    pub commands: Vec<(String, Vec<String>)>,
}

/// One timed run of the program over the corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Threads the program was given.
    pub threads: usize,
    /// Wall time of the whole process, seconds.
    pub seconds: f64,
    /// Peak resident memory, bytes.
    pub peak: u64,
    /// Documents, sentences, words and events as the program counted them.
    pub counts: BTreeMap<String, u64>,
    /// Processor seconds by stage, summed over threads, as the program measured them.
    pub stages: BTreeMap<String, f64>,
}

/// The text engine with one model, or a peer, on a part of the corpus; one thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Engine {
    /// The model's or the peer's name.
    pub name: String,
    /// Bytes of the model's file; none for a peer.
    pub size: Option<u64>,
    /// Least seconds from the bytes of the file to an engine that can read.
    pub load: f64,
    /// Words it found.
    pub words: u64,
    /// Least seconds of reading them all.
    pub seconds: f64,
}

/// One run of `cargo xtask bench`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bench {
    /// Where the figures come from.
    pub origin: Origin,
    /// Bytes of the corpus.
    pub bytes: u64,
    /// The seed that it was made from.
    pub seed: u64,
    /// A run for each number of threads.
    pub runs: Vec<Run>,
    /// Least wall time of five runs on one sentence, seconds.
    pub load: f64,
    /// The text engine by itself.
    #[serde(default)]
    pub engines: Vec<Engine>,
}

const HEAD: &str = "# Scores

Written by `cargo xtask scores --write` and `cargo xtask bench --write`; no figure here is typed by hand. The development
data lie outside the repository, in `../shared/gold`; other parts of the same sets are kept aside and are not used here.
";

/// Keeps a result for the page. Fails where the file cannot be written.
pub fn keep<T: Serialize>(workspace: &Workspace, name: &str, result: &T) -> Result<(), Failure> {
    let path = workspace.target().join(name);
    let text = serde_json::to_string_pretty(result).map_err(|fault| Failure::content(&path, fault))?;
    write(&path, &(text + "\n"))
}

/// Writes a file, making its folder. Fails where either cannot be done.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    std::fs::write(path, text).map_err(Failure::file(path))
}

fn kept<T: DeserializeOwned>(workspace: &Workspace, name: &str) -> Result<Option<T>, Failure> {
    let path = workspace.target().join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(None);
    };
    serde_json::from_str(&text).map(Some).map_err(|fault| Failure::content(&path, fault))
}

/// Writes `docs/scores.md` from the results that are kept. Fails where one is unreadable or the page cannot be written.
pub fn write_page(workspace: &Workspace) -> Result<(), Failure> {
    let scores: Option<Scores> = kept(workspace, "scores.json")?;
    let bench: Option<Bench> = kept(workspace, "bench.json")?;
    let path = workspace.root().join("docs/scores.md");
    write(&path, &page(scores.as_ref(), bench.as_ref()))?;
    eprintln!("written: {}", path.display());
    Ok(())
}

/// The page's text.
fn page(scores: Option<&Scores>, bench: Option<&Bench>) -> String {
    let mut page = HEAD.to_owned();
    if let Some(scores) = scores {
        page += "\n## Development data\n\n";
        page += &origin(&scores.origin);
        page += "\n";
        page += &scores_table(scores);
        for line in &scores.absent {
            page += &format!("\n- {line}");
        }
        page += if scores.absent.is_empty() { "" } else { "\n" };
        page += "\nBars are those of the project's goals; a measure without one is there to be watched. ";
        page += "Each set's figures come from these commands (`demarche` is the release binary):\n";
        for (set, lines) in &scores.commands {
            page += &format!("\n{set}:\n\n```sh\n{}\n```\n", lines.join("\n"));
        }
    }
    if let Some(bench) = bench {
        page += "\n## Speed and memory\n\n";
        page += &origin(&bench.origin);
        page += "\n";
        page += &bench_tables(bench);
    }
    page
}

fn origin(origin: &Origin) -> String {
    let changed = if origin.changed { ", with changes that were not committed" } else { "" };
    format!(
        "Commit {} of {}{changed}; {}, {} cores, {:.1} GiB of memory.\n",
        origin.commit,
        origin.date,
        origin.processor,
        origin.cores,
        origin.memory as f64 / f64::from(1 << 30),
    )
}

/// The one table of `cargo xtask scores`.
pub fn scores_table(scores: &Scores) -> String {
    let rows: Vec<Vec<String>> = scores
        .figures
        .iter()
        .map(|f| {
            let met = f.met.map_or("", |met| if met { "yes" } else { "no" });
            let (set, what, measure) = (f.set.clone(), f.what.clone(), f.measure.clone());
            vec![set, what, measure, f.figure.clone(), f.bar.clone(), met.to_owned()]
        })
        .collect();
    markdown(&["set", "what", "measure", "figure", "bar", "met"], &[3, 4], &rows)
}

/// The stages in the order in which an article passes them.
const STAGES: [&str; 6] = ["read", "split", "parse", "find", "code", "write"];
/// Sentences a second that two threads must reach.
const RATE_BAR: f64 = 5000.0;
/// Bytes of memory that an input of [`BIG`] bytes or more must stay under.
const PEAK_BAR: u64 = 300_000_000;
/// Bytes of an input that shows whether memory is bounded.
const BIG: u64 = 1_000_000_000;

/// A row for every model and peer.
fn engines_table(engines: &[Engine]) -> String {
    let rows: Vec<Vec<String>> = engines
        .iter()
        .map(|engine| {
            vec![
                engine.name.clone(),
                engine.size.map_or_else(String::new, |size| format!("{:.1}", size as f64 / 1e6)),
                format!("{:.0}", engine.load * 1e3),
                engine.words.to_string(),
                format!("{:.0}", engine.words as f64 / engine.seconds),
            ]
        })
        .collect();
    markdown(&["engine", "model, MB", "ready in, ms", "words", "words/s"], &[1, 2, 3, 4], &rows)
}

/// The tables of `cargo xtask bench`: end to end, by stage, and what they were measured on.
pub fn bench_tables(bench: &Bench) -> String {
    let mut rows = Vec::new();
    for run in &bench.runs {
        let count = |key: &str| run.counts.get(key).copied().unwrap_or(0) as f64;
        let mut row = |measure: &str, figure: String, bar: &str, met: Option<bool>| {
            let threads = format!("{} thread{}", run.threads, if run.threads == 1 { "" } else { "s" });
            let met = met.map_or("", |met| if met { "yes" } else { "no" });
            rows.push(vec![threads, measure.to_owned(), figure, bar.to_owned(), met.to_owned()]);
        };
        let rate = count("sentences") / run.seconds;
        let barred = run.threads == 2;
        row(
            "sentences/s",
            format!("{rate:.0}"),
            if barred { "5000" } else { "" },
            barred.then_some(rate >= RATE_BAR),
        );
        row("words/s", format!("{:.0}", count("words") / run.seconds), "", None);
        row("MB/s", format!("{:.2}", bench.bytes as f64 / 1e6 / run.seconds), "", None);
        row("wall time, s", format!("{:.2}", run.seconds), "", None);
        let (peak, barred) = (format!("{:.1}", run.peak as f64 / 1e6), bench.bytes >= BIG);
        row("peak memory, MB", peak, if barred { "300" } else { "" }, barred.then_some(run.peak < PEAK_BAR));
    }
    rows.push(vec![
        "one sentence".into(),
        "load to exit, s".into(),
        format!("{:.3}", bench.load),
        String::new(),
        String::new(),
    ]);
    let mut out = markdown(&["run", "measure", "figure", "bar", "met"], &[2, 3], &rows);
    if let Some(run) = bench.runs.first() {
        let count = |key: &str| run.counts.get(key).copied().unwrap_or(0);
        let sum: f64 = run.stages.values().sum();
        let place = |stage: &str| STAGES.iter().position(|known| *known == stage).unwrap_or(STAGES.len());
        let mut stages: Vec<_> = run.stages.iter().collect();
        stages.sort_by_key(|(stage, _)| place(stage));
        let stages: Vec<Vec<String>> = stages
            .into_iter()
            .map(|(stage, &seconds)| {
                let rate = if seconds > 0.0 { count("sentences") as f64 / seconds } else { 0.0 };
                let share = if sum > 0.0 { 100.0 * seconds / sum } else { 0.0 };
                vec![stage.clone(), format!("{seconds:.2}"), format!("{share:.1}"), format!("{rate:.0}")]
            })
            .collect();
        out += &format!("\nStages, {} thread(s):\n\n", run.threads);
        out +=
            &markdown(&["stage", "processor seconds", "share, %", "sentences/s alone"], &[1, 2, 3], &stages);
        if !bench.engines.is_empty() {
            out += "\nThe text engine alone, raw text to trees, the first part of the corpus, 1 thread:\n\n";
            out += &engines_table(&bench.engines);
        }
        out += &format!(
            "\nThe corpus: {:.1} MB of JSON Lines generated from the examples and the lexicon's sentences (seed {}), {} \
             articles, {} sentences, {:.1} words a sentence, {} events coded. Made and measured by `cargo xtask bench`.",
            bench.bytes as f64 / 1e6,
            bench.seed,
            count("documents"),
            count("sentences"),
            count("words") as f64 / (count("sentences").max(1)) as f64,
            count("events"),
        );
        if bench.bytes < BIG {
            out += " The memory bar is for an input of 1 GB: `cargo xtask bench --size 1024`.";
        }
        out += "\n";
    }
    out
}
