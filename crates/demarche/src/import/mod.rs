//! Importing: what other lists know of actors and places, as a source of the lexicon that people look through.
//!
//! A list is read row by row and never held; what is made of it waits in a temporary file until all references are known. A
//! row that cannot be used is reported with file, line and cause, counted, and passed over. Nothing is added to a
//! lexicon here, and nothing decided that a reviewer should: what an importer had to guess is marked `# review`.
//!
//! | code of a note | what happened |
//! |---|---|
//! | `import::unfit-name` | a text that can be no name: empty, endless, unprintable, a pattern |
//! | `import::bad-row` | a row that is not as its format has it |
//! | `import::bad-date`, `import::bad-code` | a date or a code that cannot be read |
//! | `import::unknown-column` | a column that means nothing here |
//! | `read::…` | a file or line that cannot be read, as for documents |

mod columns;
mod draft;
mod geonames;
mod money;
mod petrarch;
mod petrarch_codes;
mod spool;
mod tables;
mod wikidata;
mod wikidata_claims;
mod write;

pub use draft::slug;
pub use write::quoted;

use crate::read::lines::{Lines, Opened, open};
use demarche_lexicon::Lexicon;
use demarche_record::Note;
use spool::{At, Spool};
use std::io::{self, Write};
use std::sync::atomic::Ordering;

/// Longest line, in bytes: the largest entries of Wikidata have some megabytes.
const LONGEST_LINE: usize = 64 << 20;
/// Rows between two reports of how far the run is.
const ROWS: u64 = 256;

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// PETRARCH's or CAMEO's dictionaries of actors and agents.
    Petrarch,
    /// A JSON dump of Wikidata.
    Wikidata,
    /// Entities of FollowTheMoney, as OpenSanctions gives them: JSON Lines.
    Money,
    /// A dump of GeoNames.
    GeoNames,
    /// A table with a line of column names, parted by commas or tabs.
    Table,
}

impl ImportFormat {
    /// All of them, by name.
    pub const NAMES: &'static [(&'static str, ImportFormat)] = &[
        ("petrarch", ImportFormat::Petrarch),
        ("wikidata", ImportFormat::Wikidata),
        ("ftm", ImportFormat::Money),
        ("geonames", ImportFormat::GeoNames),
        ("csv", ImportFormat::Table),
    ];

    fn source(self) -> (&'static str, &'static str) {
        match self {
            ImportFormat::Petrarch => ("PETRARCH dictionaries", "as the dictionaries'"),
            ImportFormat::Wikidata => ("Wikidata (https://www.wikidata.org/)", "CC0-1.0"),
            ImportFormat::Money => {
                ("FollowTheMoney entities; OpenSanctions (https://www.opensanctions.org/)", "CC-BY-NC-4.0")
            }
            ImportFormat::GeoNames => ("GeoNames (https://www.geonames.org/)", "CC-BY-4.0"),
            ImportFormat::Table => ("a table", "as the table's"),
        }
    }
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Where the facts come from; none: what the format says.
    pub source: Option<String>,
    /// Their licence; none: what the format says.
    pub licence: Option<String>,
    /// Of Wikidata: properties an item must have, each with the values of which it must have one; no values: any.
    pub claims: Vec<(String, Vec<String>)>,
    /// Of Wikidata: further classes and the kinds of their members.
    pub classes: Vec<(String, String)>,
    /// Of FollowTheMoney: topics of which an entity must have one; none: any.
    pub topics: Vec<String>,
    /// Of GeoNames: fewest people of a populated place.
    pub population: u64,
    /// Of GeoNames: take the other names too, those in Latin letters.
    pub other_names: bool,
    /// Of tables: columns under another name: (column, its name in the table).
    pub columns: Vec<(String, String)>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows or lines read.
    pub rows: u64,
    /// Entries written.
    pub kept: u64,
    /// Rows that could not be used; each has a note.
    pub refused: u64,
    /// Names that were none and were left out of their entries; each has a note.
    pub names_refused: u64,
    /// Entries that had come before.
    pub repeated: u64,
    /// References to what is neither in the list nor in the lexicon; they were left out.
    pub dangling: u64,
    /// Places whose name a larger place bears.
    pub smaller: u64,
}

/// What the caller is told on the way.
#[derive(Debug)]
pub enum Step {
    /// A problem.
    Note(Note),
    /// So many bytes of the input, as they lie there, were read, and so many rows.
    Progress {
        /// Bytes.
        bytes: u64,
        /// Rows.
        rows: u64,
    },
}

/// Why an import cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The temporary file.
    #[error("what was read cannot be kept in a temporary file")]
    Spool(#[source] io::Error),
    /// The output.
    #[error("the output cannot be written")]
    Write(#[source] io::Error),
}

/// Reads files (or standard input for `-`), packed or not, and writes a source of the lexicon.
///
/// # Errors
/// If the output or the temporary file cannot be written. What is wrong with the inputs is told as notes.
pub fn import(
    format: ImportFormat,
    inputs: &[String],
    options: &ImportOptions,
    lexicon: &Lexicon,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(Step),
) -> Result<Tally, ImportError> {
    let (source, licence) = format.source();
    let named = ImportFormat::NAMES.iter().find(|(_, f)| *f == format).map_or("", |(name, _)| name);
    let remark = format!(
        "Made by `demarche lexicon import {named}`. Look it through before it is added to a lexicon."
    );
    let source = [options.source.clone().unwrap_or_else(|| source.to_owned())];
    let licence = options.licence.as_deref().unwrap_or(licence);
    let header = write::header(&remark, &source, licence);
    out.write_all(header.as_bytes()).map_err(ImportError::Write)?;
    let mut spool = Spool::new(lexicon)?;
    let mut petrarch = petrarch::Dictionary::default();
    let mut before = 0;
    for name in inputs {
        let opened = match open(name) {
            Ok(opened) => opened,
            Err(note) => {
                spool.tally.refused += 1;
                tell(Step::Note(note));
                continue;
            }
        };
        let read = opened.read.clone();
        let mut watch = |spool: &mut Spool<'_>| {
            spool.tally.rows += 1;
            spool.notes.drain(..).for_each(|note| tell(Step::Note(note)));
            if spool.tally.rows.is_multiple_of(ROWS) {
                tell(Step::Progress { bytes: before + read.load(Ordering::Relaxed), rows: spool.tally.rows });
            }
        };
        if format == ImportFormat::Table {
            columns::read(name, opened, options, &mut spool, &mut watch)?;
        } else {
            lines(name, opened, &mut spool, &mut watch, &mut |spool, at, line| match format {
                ImportFormat::Petrarch => {
                    petrarch.line(line, at, spool);
                    Ok(())
                }
                ImportFormat::Wikidata => wikidata::line(line, at, options, spool),
                ImportFormat::Money => money::line(line, at, options, spool),
                _ => geonames::line(line, at, options, spool),
            })?;
        }
        petrarch.end_file();
        watch_notes(&mut spool, tell);
        before += read.load(Ordering::Relaxed);
    }
    petrarch.finish(&mut spool)?;
    watch_notes(&mut spool, tell);
    let (tally, notes) = spool.finish(out)?;
    notes.into_iter().for_each(|note| tell(Step::Note(note)));
    Ok(tally)
}

fn watch_notes(spool: &mut Spool<'_>, tell: &mut dyn FnMut(Step)) {
    spool.notes.drain(..).for_each(|note| tell(Step::Note(note)));
}

/// Takes one line.
type TakeLine<'t> = dyn FnMut(&mut Spool<'_>, At<'_>, &str) -> Result<(), ImportError> + 't;

/// Gives the lines of a file to an importer.
fn lines(
    name: &str,
    opened: Opened,
    spool: &mut Spool<'_>,
    watch: &mut dyn FnMut(&mut Spool<'_>),
    take: &mut TakeLine<'_>,
) -> Result<(), ImportError> {
    let mut lines = Lines::new(name, opened, LONGEST_LINE);
    while let Some(line) = lines.next() {
        match line {
            Ok((line, text)) => take(spool, At { place: name, line }, text)?,
            Err(note) => {
                spool.tally.refused += 1;
                spool.notes.push(note);
            }
        }
        watch(spool);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
