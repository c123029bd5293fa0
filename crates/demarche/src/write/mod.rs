//! Writing: events, ties, mentions or comments as JSON Lines, CSV, TSV, Parquet or Arrow.
//!
//! JSON Lines carry the records as they are; the columns of the other formats are those of `columns`. A file appears
//! under its name when it is finished, and not before: a run that breaks off leaves what was there. At most a batch of
//! records (and in Parquet a row group in its encoded form) is held in memory. What is worth recording is decided
//! elsewhere.

mod attacks;
mod batch;
mod columns;
mod comments;
mod parts;
mod rows;
mod target;
mod text;

use arrow_schema::ArrowError;
use demarche_record::{Attack, Comment, Event, MentionRecord, Tie};
use parquet::errors::ParquetError;
use rows::Rows;
use std::io;
use std::path::{Path, PathBuf};
use target::Output;

/// Where records go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output, as JSON Lines.
    Stdout,
    /// A file, in the format of its ending: `.jsonl .csv .tsv .parquet .arrow`.
    File(PathBuf),
}

/// The kind of records a writer takes; one writer takes one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// Events.
    Event,
    /// Ties.
    Tie,
    /// Mentions.
    Mention,
    /// Readers' comments.
    Comment,
    /// Attacks.
    Attack,
}

/// Why records could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The name of the file tells no format.
    #[error("the ending of `{path}` tells no format of output; .jsonl .csv .tsv .parquet and .arrow do")]
    UnknownEnding {
        /// The file.
        path: String,
    },
    /// A record of another kind than the writer was made for.
    #[error("the writer was made for {expected:?} records and was given a {given:?}")]
    WrongKind {
        /// What it was made for.
        expected: RecordKind,
        /// What it was given.
        given: RecordKind,
    },
    /// The target cannot be written.
    #[error("`{path}` cannot be written: {cause}")]
    Io {
        /// The file, or `standard output`.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// Records cannot be encoded.
    #[error("`{path}` cannot be encoded: {message}")]
    Encoding {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
}

impl WriteError {
    /// Whether the reader at the other end of a pipe has gone, which is no fault.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, WriteError::Io { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    JsonLines,
    Csv,
    Tsv,
    Parquet,
    Arrow,
}

/// Takes records of one kind to one target.
///
/// Nothing appears under the file's name before [`Writer::finish`]; a writer that is dropped takes its temporary file
/// with it.
pub struct Writer {
    path: String,
    sink: Sink,
}

enum Sink {
    Event(Box<Rows<Event>>),
    Tie(Box<Rows<Tie>>),
    Mention(Box<Rows<MentionRecord>>),
    Comment(Box<Rows<Comment>>),
    Attack(Box<Rows<Attack>>),
}

impl Writer {
    /// Opens a target.
    ///
    /// # Errors
    /// If the ending tells no format or the target cannot be opened.
    pub fn create(target: Target, kind: RecordKind) -> Result<Self, WriteError> {
        let (path, format, output) = match &target {
            Target::Stdout => ("standard output".to_owned(), Format::JsonLines, Ok(Output::stdout())),
            Target::File(path) => {
                let name = path.to_string_lossy().into_owned();
                let format = by_ending(path).ok_or(WriteError::UnknownEnding { path: name.clone() })?;
                (name, format, Output::file(path))
            }
        };
        let output = output.map_err(|cause| WriteError::Io { path: path.clone(), cause })?;
        let sink = match kind {
            RecordKind::Event => {
                Rows::new(output, format, columns::events()).map(|rows| Sink::Event(Box::new(rows)))
            }
            RecordKind::Tie => {
                Rows::new(output, format, columns::ties()).map(|rows| Sink::Tie(Box::new(rows)))
            }
            RecordKind::Mention => {
                Rows::new(output, format, columns::mentions()).map(|rows| Sink::Mention(Box::new(rows)))
            }
            RecordKind::Comment => {
                Rows::new(output, format, comments::comments()).map(|rows| Sink::Comment(Box::new(rows)))
            }
            RecordKind::Attack => {
                Rows::new(output, format, attacks::attacks()).map(|rows| Sink::Attack(Box::new(rows)))
            }
        };
        match sink {
            Ok(sink) => Ok(Self { path, sink }),
            Err(fault) => Err(fault.at(&path)),
        }
    }

    /// Writes an event.
    ///
    /// # Errors
    /// If the target cannot be written, or the writer was made for another kind.
    pub fn event(&mut self, event: &Event) -> Result<(), WriteError> {
        match &mut self.sink {
            Sink::Event(rows) => rows.push(event).map_err(|fault| fault.at(&self.path)),
            _ => Err(self.wrong(RecordKind::Event)),
        }
    }

    /// Writes a tie.
    ///
    /// # Errors
    /// As [`Writer::event`].
    pub fn tie(&mut self, tie: &Tie) -> Result<(), WriteError> {
        match &mut self.sink {
            Sink::Tie(rows) => rows.push(tie).map_err(|fault| fault.at(&self.path)),
            _ => Err(self.wrong(RecordKind::Tie)),
        }
    }

    /// Writes a mention.
    ///
    /// # Errors
    /// As [`Writer::event`].
    pub fn mention(&mut self, mention: &MentionRecord) -> Result<(), WriteError> {
        match &mut self.sink {
            Sink::Mention(rows) => rows.push(mention).map_err(|fault| fault.at(&self.path)),
            _ => Err(self.wrong(RecordKind::Mention)),
        }
    }

    /// Writes a comment.
    ///
    /// # Errors
    /// As [`Writer::event`].
    pub fn comment(&mut self, comment: &Comment) -> Result<(), WriteError> {
        match &mut self.sink {
            Sink::Comment(rows) => rows.push(comment).map_err(|fault| fault.at(&self.path)),
            _ => Err(self.wrong(RecordKind::Comment)),
        }
    }

    /// Writes an attack.
    ///
    /// # Errors
    /// As [`Writer::event`].
    pub fn attack(&mut self, attack: &Attack) -> Result<(), WriteError> {
        match &mut self.sink {
            Sink::Attack(rows) => rows.push(attack).map_err(|fault| fault.at(&self.path)),
            _ => Err(self.wrong(RecordKind::Attack)),
        }
    }

    /// Sends on what is held, where the format allows: the lines so far of JSON Lines can then be seen by whoever
    /// reads the pipe.
    ///
    /// # Errors
    /// If the target cannot be written.
    pub fn flush(&mut self) -> Result<(), WriteError> {
        let done = match &mut self.sink {
            Sink::Event(rows) => rows.flush(),
            Sink::Tie(rows) => rows.flush(),
            Sink::Mention(rows) => rows.flush(),
            Sink::Comment(rows) => rows.flush(),
            Sink::Attack(rows) => rows.flush(),
        };
        done.map_err(|cause| Fault::Io(cause).at(&self.path))
    }

    /// Writes the end; a file then stands under its name, with or without records.
    ///
    /// # Errors
    /// If the target cannot be written; then no file appears.
    pub fn finish(self) -> Result<(), WriteError> {
        let done = match self.sink {
            Sink::Event(rows) => rows.finish(),
            Sink::Tie(rows) => rows.finish(),
            Sink::Mention(rows) => rows.finish(),
            Sink::Comment(rows) => rows.finish(),
            Sink::Attack(rows) => rows.finish(),
        };
        done.map_err(|fault| fault.at(&self.path))
    }

    fn wrong(&self, given: RecordKind) -> WriteError {
        let expected = match self.sink {
            Sink::Event(_) => RecordKind::Event,
            Sink::Tie(_) => RecordKind::Tie,
            Sink::Mention(_) => RecordKind::Mention,
            Sink::Comment(_) => RecordKind::Comment,
            Sink::Attack(_) => RecordKind::Attack,
        };
        WriteError::WrongKind { expected, given }
    }
}

fn by_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "parquet" => Some(Format::Parquet),
        "arrow" => Some(Format::Arrow),
        _ => None,
    }
}

/// What went wrong, before it is known where.
enum Fault {
    Io(io::Error),
    Encoding(String),
}

impl Fault {
    fn at(self, path: &str) -> WriteError {
        let path = path.to_owned();
        match self {
            Fault::Io(cause) => WriteError::Io { path, cause },
            Fault::Encoding(message) => WriteError::Encoding { path, message },
        }
    }
}

impl From<io::Error> for Fault {
    fn from(cause: io::Error) -> Self {
        Fault::Io(cause)
    }
}

impl From<ArrowError> for Fault {
    fn from(cause: ArrowError) -> Self {
        match cause {
            ArrowError::IoError(_, cause) => Fault::Io(cause),
            cause => Fault::Encoding(cause.to_string()),
        }
    }
}

impl From<ParquetError> for Fault {
    fn from(cause: ParquetError) -> Self {
        match cause {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(cause) => Fault::Io(*cause),
                Err(inner) => Fault::Encoding(inner.to_string()),
            },
            cause => Fault::Encoding(cause.to_string()),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(cause: serde_json::Error) -> Self {
        match cause.io_error_kind() {
            Some(_) => Fault::Io(cause.into()),
            None => Fault::Encoding(cause.to_string()),
        }
    }
}
