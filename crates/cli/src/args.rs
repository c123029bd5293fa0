//! The command line: commands, options and their help. What they mean is done elsewhere.

mod forecast;
mod lexicon;
mod networks;

pub use forecast::{Backtest, Evaluate, Forecast, ForecastCommand, Outlook, Tune};
pub use lexicon::{Import, LexiconCommand, Mine};
pub use networks::{Balance, Impact, Network, Period, WhatIf};

use crate::values::{Zones, format, size, zones};
use clap::{Args, Parser, Subcommand, ValueEnum};
use demarche::read::Format;
use demarche_record::{Date, EventType, UnknownName};
use std::path::PathBuf;

const ABOUT: &str = "Turns news text into a sourced, dated record of political life: who did what to whom, who says \
so, since when.";

const LONG_ABOUT: &str = "\
demarche reads news articles and writes what they report as records: events (who did what to
whom, in the sixteen types of PLOVER), lasting ties (who is what to whom) and mentions. It works
offline and by rules that can be read: every record names its sentence, its words, the rule that
made it and the versions of program, lexicon and text model. The same input gives the same bytes,
on any number of threads.

Input: files, folders, globs or `-` for standard input. The ending of a name tells the format:
.txt .md (one document each), .html (the article is taken out of the page), .jsonl .json .csv
.tsv .parquet (one document a row), .xml (PETRARCH, RSS, Atom), .warc; .gz and .zst on any of
them. Rows carry `text`, and may carry `id`, `title`, `date` (of publication), `url`, `source`
(publisher), `language`, `place`.

Output: JSON Lines on standard output; a table where standard output is a terminal. `-o FILE`
takes the format from the ending. Messages and progress go to standard error.";

const AFTER: &str = "\
Exit status:
  0    all inputs were read
  1    some input failed; each is named, the rest is written
  2    the arguments cannot be used
  130  interrupted

Environment:
  NO_COLOR        if set and not empty, no colours
  CLICOLOR_FORCE  if set and not 0, colours even where the output is no terminal
  DEMARCHE_DATA   folder of the program's data: models are looked for in its folder `models`, then
                  beside the program, in ./data and in ~/.local/share/demarche; what was added to the
                  lexicon lies in its folder `additions`, else in ~/.local/share/demarche";

/// Everything on the command line.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, about = ABOUT, long_about = LONG_ABOUT, after_long_help = AFTER)]
#[command(max_term_width = 100, propagate_version = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Only errors on standard error: no progress, no warnings, no summary
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// Where the output is a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Events: who did what to whom
    #[command(after_help = "\
Examples:
  demarche code article.txt
  demarche code news/ -o events.parquet
  demarche code 'archive/*.jsonl.gz' --field text=body --field date=published > events.jsonl
  curl -s https://example.org/feed.xml | demarche code - --format xml --table")]
    Code(Records),
    /// Lasting ties: who is what to whom
    #[command(after_help = "\
Examples:
  demarche relations article.txt
  demarche relations news/ -o ties.csv")]
    Relations(Records),
    /// Mentions of persons, bodies, places, times, quantities and things
    #[command(after_help = "\
Examples:
  demarche entities article.txt
  demarche entities news/ -o mentions.tsv")]
    Entities(Records),
    /// Readers' comments: for and against whom they are, and which could stand below any article
    #[command(after_help = "\
A paragraph in the readers' part of a page is a comment; `--zones` cannot be given.

Examples:
  demarche comments page.html
  demarche comments pages/ -o comments.csv")]
    Comments(Records),
    /// Attacks: who did them and how surely, to whom and what, with what, how many were harmed
    #[command(after_help = "\
Every record is one incident, put together from all that an article tells of it.

Examples:
  demarche attacks article.txt
  demarche attacks news/ -o attacks.parquet")]
    Attacks(Records),
    /// Sentences, words and trees as CoNLL-U
    #[command(after_help = "\
Examples:
  demarche parse article.txt
  demarche parse news/ -o news.conllu")]
    Parse(Parse),
    /// For sentences with a marked source and target: which type of event it is
    #[command(after_help = "\
Every line of the input is a JSON object with `id`, `sentence`, `source`, `target` and perhaps
`source_span` and `target_span` (code points). Every line of the output has `id`, `type`, `quad`,
`confidence` and `scores`.

Examples:
  demarche classify pairs.jsonl > answers.jsonl
  demarche classify - -o answers.jsonl < pairs.jsonl")]
    Classify(Classify),
    /// Why a text gives the records it gives: its tree, its actors, the rules that were tried
    #[command(after_help = "\
Examples:
  demarche explain \"Russia recognised the Taliban government on Thursday.\" --date 2025-07-04
  demarche explain - --format json < sentence.txt")]
    Explain(Explain),
    /// What the event types mean, with sentences and the records they give
    #[command(after_help = "\
Examples:
  demarche codebook
  demarche codebook REJECT")]
    Codebook {
        /// The type; without one, all are listed
        #[arg(value_name = "TYPE", value_parser = event_type)]
        kind: Option<EventType>,
    },
    /// How far a network of friends and foes is from two camps, and who is torn between them
    #[command(after_help = "\
NETWORK is a table `source,target,sign[,weight]` with signs 1 and -1; or events or ties as JSON
Lines, as `demarche code` and `demarche relations` write them; or a table of events with the
columns date, source, target and goldstein. Of records those count that are said to have happened
or to hold: for events the Goldstein values of a pair are summed, for ties friendly ones count 1
and hostile ones -1.

Examples:
  demarche balance ties.csv
  demarche balance ties.csv -o camps.svg -o network.gexf
  demarche code news/ | demarche balance - --from 2014-01-01 --until 2014-12-31 --countries")]
    Balance(Balance),
    /// What another tie would do to the balance: camps, triangles, who is pressed
    #[command(after_help = "\
A tie is SOURCE:TARGET:SIGN, with + for friendly, - for hostile and 0 for none.

Examples:
  demarche what-if ties.csv --tie RUS:taliban:+
  demarche what-if ties.csv --tie USA:FRA:0 --tie FRA:RUS:+ -o after.svg")]
    WhatIf(WhatIf),
    /// Did it work? Events before and after a day, and whether the data can tell
    #[command(after_help = "\
EVENTS are JSON Lines as `demarche code` writes them, or a table with the columns date, source, target
and goldstein.

Examples:
  demarche impact events.jsonl --dyad RUS:UKR --date 2014-03-18
  demarche impact events.csv --country IRN --date 2015-07-14 --period week -o iran.svg")]
    Impact(Impact),
    /// Who and what can be named, and the rules
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// What comes next for an actor or between two, how likely, when, how often, and why
    #[command(after_help = "\
EVENTS are JSON Lines as `demarche code` writes them, or a table with the columns date, source, type
and target. `demarche forecast evaluate` measures rankings on a benchmark.

Examples:
  demarche forecast events.jsonl --dyad RUS:UKR
  demarche forecast events.csv --actor IRN --horizon 7 --as-of 2015-07-14 -o iran.svg")]
    Forecast(Box<Forecast>),
    /// How good such forecasts are: made again and again in the past of these events, and scored
    #[command(after_help = "\
EVENTS are JSON Lines as `demarche code` writes them, a table with the columns date, source, type
and target, or quadruples `subject relation object time` of whole numbers.

Examples:
  demarche backtest events.jsonl --countries
  demarche backtest train.txt valid.txt --period week -o reliability.svg")]
    Backtest(Backtest),
}

/// An event type, in letters of any size.
fn event_type(name: &str) -> Result<EventType, UnknownName> {
    name.to_uppercase().parse()
}

/// How to answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Answer {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// `code`, `relations`, `entities`, `attacks`, `comments`.
#[derive(Debug, Args)]
pub struct Records {
    #[command(flatten)]
    pub input: Input,
    /// Write to this file; its ending tells the format: .jsonl .csv .tsv .parquet .arrow
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A table for people, also where standard output is no terminal
    #[arg(long, conflicts_with = "output")]
    pub table: bool,
    /// JSON Lines, also where standard output is a terminal
    #[arg(long, conflicts_with_all = ["output", "table"])]
    pub json: bool,
    /// Parts of an article to take records from: `all`, or some of headline, body, quote, comment and boilerplate
    /// [default: headline,body,quote]
    #[arg(long, value_name = "ZONES", value_parser = zones)]
    pub zones: Option<Zones>,
    #[command(flatten)]
    pub work: Work,
}

/// `parse`.
#[derive(Debug, Args)]
pub struct Parse {
    #[command(flatten)]
    pub input: Input,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub work: Work,
}

/// `classify`.
#[derive(Debug, Args)]
pub struct Classify {
    /// JSON Lines, or `-` for standard input
    #[arg(value_name = "PAIRS")]
    pub inputs: Vec<String>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub work: Work,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The text, or `-` for standard input
    pub text: String,
    /// The day it was published: "Thursday" and offices are read as of then
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Answer,
    #[command(flatten)]
    pub lexicon: LexiconSource,
    #[command(flatten)]
    pub model: ModelSource,
}

/// What to read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub struct Input {
    /// Files, folders, globs, or `-` for standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Format of the input, whatever its name says: txt md html jsonl json csv tsv parquet xml warc
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub format: Option<Format>,
    /// The rows carry FIELD under another NAME, as in `text=body`; may be repeated
    #[arg(long = "field", value_name = "FIELD=NAME")]
    pub fields: Vec<String>,
    /// Encoding of inputs that do not tell theirs, as in windows-1252 [default: utf-8]
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Largest document, in bytes or with K, M or G; a larger one is named and skipped
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    pub max_document: u64,
    /// Pass over the first N documents
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub skip: u64,
    /// Stop after N documents
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
}

/// How to work.
#[derive(Debug, Args)]
#[command(next_help_heading = "Work")]
pub struct Work {
    /// Threads [default: one for each processor]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Write figures of the run as JSON: documents, sentences, words, records, seconds by stage, peak memory
    #[arg(long, value_name = "FILE")]
    pub stats: Option<PathBuf>,
    #[command(flatten)]
    pub lexicon: LexiconSource,
    #[command(flatten)]
    pub model: ModelSource,
}

/// Which lexicon.
#[derive(Debug, Args)]
pub struct LexiconSource {
    /// Folder of a lexicon's sources to use in place of the built-in lexicon and of what was added to it; `built-in`: the
    /// built-in lexicon without additions
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
}

/// Which models.
#[derive(Debug, Args)]
pub struct ModelSource {
    /// Text model: `fast` is built in and the default; `accurate` reads better and slower and is a file of its own; or
    /// the path of a model
    #[arg(long, value_name = "NAME|FILE")]
    pub model: Option<PathBuf>,
    /// Who decides between readings: `choice`, the built-in models that weigh what the rules propose, or `none`, the
    /// rules alone
    #[arg(long, value_enum, default_value_t, value_name = "SCORER")]
    pub scorer: Scorer,
}

/// Who decides between readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Scorer {
    /// The models of choice.
    #[default]
    Choice,
    /// The rules alone.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
