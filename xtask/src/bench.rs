//! `cargo xtask bench`: sentences a second end to end and by stage, load time and peak memory, in one run on a
//! generated corpus. Nothing is judged here but by the bars of the table; no test depends on a time.

mod corpus;
mod engines;
mod measure;
mod phrasebook;

use std::path::PathBuf;

use crate::failure::Failure;
use crate::results::{self, Bench};
use crate::workspace::Workspace;

/// What is measured.
#[derive(clap::Args)]
pub struct Options {
    /// Size of the corpus in MiB (1024 shows whether memory is bounded).
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    size: u64,
    /// End the corpus after this many sentences, if that is sooner.
    #[arg(long, value_name = "N")]
    sentences: Option<u64>,
    /// The seed of the corpus.
    #[arg(long, default_value_t = 1990)]
    seed: u64,
    /// Numbers of threads, a run each; the first also gives the stages.
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    threads: Vec<usize>,
    /// The program to measure, instead of building it.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// KiB of the corpus that every model of the text engine reads by itself; 0: none does.
    #[arg(long, value_name = "KIB", default_value_t = 256)]
    engines: u64,
    /// A Python with spaCy (xtask/peers/requirements.txt), which reads the same.
    #[arg(long, value_name = "PYTHON")]
    peer: Option<PathBuf>,
    /// Write the figures into docs/scores.md too.
    #[arg(long)]
    write: bool,
}

/// Generates the corpus, measures, prints the tables and keeps them in `bench.json` of the target folder. Fails where
/// the program cannot be built or run.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(), Failure> {
    let program = workspace.program(options.binary.as_deref())?;
    let folder = workspace.target().join("bench");
    std::fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
    let path = folder.join("corpus.jsonl");
    let book = phrasebook::gather(workspace.root())?;
    let limit = corpus::Limit { bytes: options.size << 20, sentences: options.sentences.unwrap_or(u64::MAX) };
    let bytes = corpus::write(&book, options.seed, limit, &path)?;
    eprintln!("corpus: {}, {:.1} MB", path.display(), bytes as f64 / 1e6);
    let load = measure::load(&program, &folder)?;
    let mut runs = Vec::new();
    for &threads in &options.threads {
        eprintln!("coding on {threads} thread(s)");
        runs.push(measure::code(&program, &path, &folder, threads)?);
    }
    let engines = match options.engines {
        0 => Vec::new(),
        kib => engines::run(workspace, &path, &folder, kib << 10, options.peer.as_deref())?,
    };
    let bench = Bench { origin: workspace.origin(), bytes, seed: options.seed, runs, load, engines };
    print!("{}", results::bench_tables(&bench));
    results::keep(workspace, "bench.json", &bench)?;
    if options.write {
        results::write_page(workspace)?;
    }
    Ok(())
}
