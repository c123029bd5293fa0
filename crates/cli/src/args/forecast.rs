//! The options of `forecast` and `backtest`.

use super::Period;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `forecast`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Forecast {
    /// What to do in place of a forecast.
    #[command(subcommand)]
    pub command: Option<ForecastCommand>,
    #[command(flatten)]
    pub outlook: Outlook,
}

/// A forecast of one's own events.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("about").required(true).args(["actor", "dyad"]))]
pub struct Outlook {
    /// Events as JSON Lines, as a table, or as quadruples of whole numbers; `-` for standard input
    #[arg(value_name = "EVENTS", required = true)]
    pub inputs: Vec<String>,
    /// What this actor does, and what is done to it; a name of three capital letters is a state and takes in all who
    /// belong to it
    #[arg(long, value_name = "ACTOR")]
    pub actor: Option<String>,
    /// What these two do to each other
    #[arg(long, value_name = "A:B")]
    pub dyad: Option<String>,
    /// Only events of this type
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Days to look ahead
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=366))]
    pub horizon: u32,
    /// The first day that is forecast; nothing on or after it is read [default: the day after the last event]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Most forecasts shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// Periods that events are counted by
    #[arg(long, value_enum, default_value_t, value_name = "PERIOD")]
    pub period: Period,
    /// Periods whose counts are forecast
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub ahead: u16,
    #[command(flatten)]
    pub work: Counting,
}

/// `backtest`.
#[derive(Debug, Args)]
pub struct Backtest {
    /// Events as JSON Lines, as a table, or as quadruples of whole numbers; `-` for standard input
    #[arg(value_name = "EVENTS", required = true)]
    pub inputs: Vec<String>,
    /// Take the states that actors belong to, in place of the actors
    #[arg(long)]
    pub countries: bool,
    /// Days to look ahead
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=366))]
    pub horizon: u32,
    /// Periods that events are counted by
    #[arg(long, value_enum, default_value_t, value_name = "PERIOD")]
    pub period: Period,
    #[command(flatten)]
    pub work: Counting,
}

/// How to work and what to write.
#[derive(Debug, Args)]
pub struct Counting {
    /// Also write FILE; its ending tells what: .svg the picture, .csv the table, .json this answer; may be
    /// repeated
    #[arg(long, short, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// One JSON object, also where standard output is a terminal
    #[arg(long)]
    pub json: bool,
    /// Seed of what is drawn by chance while learning
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

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
    /// Choose how the trees of `evaluate` are grown, on the last part of what they are learned from: one JSON object
    #[command(after_help = "\
Nothing but the facts to learn from is read. What it picks is given to `evaluate` as --trees, --leaves
and --rate.

Example:
  demarche forecast tune --train train.txt")]
    Tune(Tune),
}

/// `forecast tune`.
#[derive(Debug, Args)]
pub struct Tune {
    /// Facts to learn from
    #[arg(long, value_name = "FILE")]
    pub train: PathBuf,
    /// Later facts to learn from
    #[arg(long, value_name = "FILE")]
    pub valid: Option<PathBuf>,
    /// Most trees that are tried
    #[arg(long, value_name = "N", default_value_t = 80, value_parser = clap::value_parser!(u16).range(1..=2000))]
    pub trees: u16,
    /// Leaves of a tree, those that are tried
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [16, 32], value_parser = clap::value_parser!(u16).range(2..=4096))]
    pub leaves: Vec<u16>,
    /// How far a tree goes, 0 to 1, those that are tried
    #[arg(long, value_name = "SHARE", value_delimiter = ',', default_values_t = [0.1, 0.2, 0.3], value_parser = share)]
    pub rate: Vec<f32>,
    /// Seed of what is drawn by chance while learning
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// A share above 0, at most 1.
fn share(text: &str) -> Result<f32, String> {
    let share: f32 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    if share > 0.0 && share <= 1.0 { Ok(share) } else { Err("it must be above 0 and at most 1".to_owned()) }
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
    /// Trees of the combination [default: what `forecast tune` picked for a year of days]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=2000))]
    pub trees: Option<u16>,
    /// Leaves of a tree
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=4096))]
    pub leaves: Option<u16>,
    /// How far a tree goes, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub rate: Option<f32>,
    /// Leave rules over other actors out of the combination, to see what they add
    #[arg(long)]
    pub without_walks: bool,
    /// Seed of what is drawn by chance while learning
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}
