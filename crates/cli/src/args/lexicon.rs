//! Commands about the lexicon.

use super::{Answer, Input, LexiconSource, Work};
use clap::{Args, Subcommand};
use demarche::import::ImportFormat;
use demarche_record::Date;
use std::path::PathBuf;

/// Commands about the lexicon.
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Check the sources of a lexicon; every fault is shown with file, line and place
    #[command(after_help = "\
Examples:
  demarche lexicon check
  demarche lexicon check ~/my-lexicon
  demarche lexicon check people.toml")]
    Check {
        /// Folder of the sources of a whole lexicon, or a file to be added to the built-in one
        /// [default: data/lexicon, if there is one]
        #[arg(value_name = "DIR|FILE")]
        dir: Option<PathBuf>,
    },
    /// Show the entries that a name, an id or a role noun leads to: who, by which word, since when, and the source
    #[command(after_help = "\
Examples:
  demarche lexicon find Kremlin
  demarche lexicon find \"foreign minister\"
  demarche lexicon find Sergei Lavrov --on 2022-02-24")]
    Find {
        /// A name as it stands in text, or an id
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// Only what held on this day
        #[arg(long, alias = "date", value_name = "DATE")]
        on: Option<Date>,
        /// Print the entries for people or as JSON Lines
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: Answer,
        #[command(flatten)]
        lexicon: LexiconSource,
    },
    /// Add a file to the lexicon: all commands know what is in it from then on
    #[command(after_help = "\
FILE is a source as data/lexicon/README.md describes it. An entry with the id of one that is there
adds to it and needs neither kind nor name; faulty entries are named and left out. The file is copied
into `additions` in the program's data (DEMARCHE_DATA, else ~/.local/share/demarche); to take it back,
delete it there. The same file twice changes nothing.

Examples:
  demarche lexicon add people.toml
  demarche lexicon find \"Ana Tavik\"
  demarche code article.txt --lexicon built-in")]
    Add {
        /// Sources of the lexicon, as TOML
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Make a source of the lexicon out of another list, to look through and add
    #[command(after_help = "\
FORMAT  petrarch   dictionaries of actors and agents of PETRARCH and CAMEO
        wikidata   JSON dumps: people in office, states, organisations, parties, armed groups
        ftm        FollowTheMoney entities, as OpenSanctions gives them (JSON Lines)
        geonames   dumps such as allCountries.txt and cities15000.txt
        csv        tables with a line of column names (.tsv: parted by tabs)

Inputs may be packed with gzip or Zstandard. A row that cannot be used is named and passed over.

Examples:
  demarche lexicon import petrarch Phoenix.*.actors.txt -o phoenix.toml
  demarche lexicon import wikidata dump.json.gz --claim P31=Q5 --claim P39 -o people.toml
  demarche lexicon import geonames cities15000.txt --min-population 50000 -o towns.toml
  demarche lexicon import csv list.csv --field name=Label -o list.toml")]
    Import(Import),
    /// Names in texts that the lexicon does not know, the most frequent first, each as an entry to fill
    #[command(after_help = "\
Examples:
  demarche lexicon mine news/ -o new.toml
  demarche lexicon mine news/ --top 20 --json")]
    Mine(Mine),
    /// How much the lexicon holds, by kind and part of the world
    Counts {
        #[command(flatten)]
        lexicon: LexiconSource,
    },
}

/// `lexicon import`.
#[derive(Debug, Args)]
pub struct Import {
    /// What is read: petrarch wikidata ftm geonames csv
    #[arg(value_name = "FORMAT", value_parser = import_format)]
    pub format: ImportFormat,
    /// Files, or `-` for standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the facts come from, if it is not what the format says
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Their licence, if it is not what the format says
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,
    /// Wikidata: only items with this property, with one of these values if any are given; all given must hold
    #[arg(long = "claim", value_name = "P[=VALUE,…]")]
    pub claims: Vec<String>,
    /// Wikidata: take the members of this class too, as actors of this kind
    #[arg(long = "class", value_name = "QID=KIND")]
    pub classes: Vec<String>,
    /// FollowTheMoney: only entities with one of these topics
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,
    /// GeoNames: fewest people of a town
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub min_population: u64,
    /// GeoNames: take other names in Latin letters too
    #[arg(long)]
    pub other_names: bool,
    /// Tables: the FIELD stands under another COLUMN name
    #[arg(long = "field", value_name = "FIELD=COLUMN")]
    pub fields: Vec<String>,
    #[command(flatten)]
    pub lexicon: LexiconSource,
}

/// `lexicon mine`.
#[derive(Debug, Args)]
pub struct Mine {
    #[command(flatten)]
    pub input: Input,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// So many names at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub top: usize,
    /// Only names with so many mentions
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min: u64,
    /// Sentences for each name
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub samples: usize,
    /// JSON Lines instead of entries
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub work: Work,
}

fn import_format(name: &str) -> Result<ImportFormat, String> {
    let found = ImportFormat::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format);
    let all: Vec<&str> = ImportFormat::NAMES.iter().map(|(known, _)| *known).collect();
    found.ok_or_else(|| format!("one of {}", all.join(" ")))
}
