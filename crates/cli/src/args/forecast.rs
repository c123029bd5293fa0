//! The options of `forecast`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Commands about forecasts.
#[derive(Debug, Subcommand)]
pub enum ForecastCommand {
    /// Measure how well the next step of a benchmark is ranked: one JSON object
    #[command(after_help = "\
Every line of a file is `subject relation object time`, whole numbers parted by tabs or blanks;
more fields are ignored.

Examples:
  demarche forecast evaluate --train train.txt --valid valid.txt --test test.txt
  demarche forecast evaluate --train train.txt --test valid.txt --ranks ranks.csv")]
    Evaluate(Evaluate),
}

/// `forecast evaluate`.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// Facts to learn from
    #[arg(long, value_name = "FILE")]
    pub train: PathBuf,
    /// Later facts to learn from
    #[arg(long, value_name = "FILE")]
    pub valid: Option<PathBuf>,
    /// Facts to ask for, later still
    #[arg(long, value_name = "FILE")]
    pub test: PathBuf,
    /// Write the rank of every query; the ending tells the format: .jsonl .csv, else tabs
    #[arg(long, value_name = "FILE")]
    pub ranks: Option<PathBuf>,
    /// Seed of what is drawn by chance while learning
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}
