//! Options of the commands about who stands with whom and whether something worked.

use clap::{Args, ValueEnum};
use demarche_record::Date;
use std::path::PathBuf;

/// `balance`.
#[derive(Debug, Args)]
pub struct Balance {
    #[command(flatten)]
    pub network: Network,
    /// Also write FILE; its ending tells what: .svg the picture, .graphml .gexf the network, .csv the ties, .json this
    /// answer; may be repeated
    #[arg(long, short, value_name = "FILE")]
    pub output: Vec<PathBuf>,
}

/// `what-if`.
#[derive(Debug, Args)]
pub struct WhatIf {
    #[command(flatten)]
    pub network: Network,
    /// The tie of two actors from now on, as in RUS:taliban:+ (friendly), RUS:USA:- (hostile), FRA:USA:0 (none); may be
    /// repeated
    #[arg(long = "tie", value_name = "A:B:SIGN", required = true, allow_hyphen_values = true)]
    pub ties: Vec<String>,
    /// Also write FILE; its ending tells what: .svg the picture after the change, .graphml .gexf the network, .csv the
    /// ties, .json this answer; may be repeated
    #[arg(long, short, value_name = "FILE")]
    pub output: Vec<PathBuf>,
}

/// Where a signed network comes from and how hard it is worked on.
#[derive(Debug, Args)]
pub struct Network {
    /// A table of ties, or events or ties as JSON Lines; `-` for standard input
    #[arg(value_name = "NETWORK")]
    pub input: String,
    /// Only records on or after this day
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only records on or before this day
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Two actors are friends where their records sum to this or more
    #[arg(long, value_name = "SUM", default_value_t = 1.0)]
    pub friendly_at: f64,
    /// Two actors are foes where their records sum to this or less
    #[arg(long, value_name = "SUM", default_value_t = -1.0, allow_hyphen_values = true)]
    pub hostile_at: f64,
    /// Take the states that actors belong to, in place of the actors
    #[arg(long)]
    pub countries: bool,
    /// Stop looking after so many seconds; the answer then says what is proven
    #[arg(long, value_name = "SECONDS")]
    pub limit: Option<f64>,
    /// One JSON object, also where standard output is a terminal
    #[arg(long)]
    pub json: bool,
}

/// `impact`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("who").required(true).args(["dyad", "country"]))]
pub struct Impact {
    /// Events as JSON Lines or as a table; `-` for standard input
    #[arg(value_name = "EVENTS")]
    pub input: String,
    /// Events between these two, in either direction; names of three capital letters are states and take in all who
    /// belong to them
    #[arg(long, value_name = "A:B")]
    pub dyad: Option<String>,
    /// Events with this actor on either side; a name of three capital letters is a state
    #[arg(long, value_name = "ACTOR")]
    pub country: Option<String>,
    /// The day on which it happened: the first day of after
    #[arg(long, value_name = "DATE")]
    pub date: Date,
    /// Length of a period; periods are counted from the date in both directions
    #[arg(long, value_enum, default_value_t, value_name = "PERIOD")]
    pub period: Period,
    /// Only events on or after this day
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Only events on or before this day
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Also write FILE; its ending tells what: .svg the picture, .csv the series, .json this answer; may be repeated
    #[arg(long, short, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// One JSON object, also where standard output is a terminal
    #[arg(long)]
    pub json: bool,
}

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Period {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month, from the day of the month of the date.
    #[default]
    Month,
}
