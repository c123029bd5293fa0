//! Reading: files, folders, globs or standard input as a stream of articles and notes, in a fixed order.
//!
//! One document or batch of rows is held at a time, whatever the size of the corpus, and none larger than
//! [`ReadOptions::max_document_bytes`]. Nothing in an input makes reading fail as a whole: what cannot be used is
//! reported as a [`Note`] with file and line, and the rest comes through. What a note's `code` means:
//!
//! | code | what happened |
//! |---|---|
//! | `read::not-found` | no such file, or no file matches |
//! | `read::io` | the file cannot be read (on) |
//! | `read::unknown-format` | the ending of the name tells no format |
//! | `read::not-a-file`, `read::empty-folder`, `read::empty-file` | nothing there to read |
//! | `read::bad-compression` | damaged or cut-off gzip or Zstandard |
//! | `read::bad-encoding`, `read::unknown-encoding` | bytes that the encoding does not allow; an unknown encoding |
//! | `read::nul-byte` | a NUL character in a text |
//! | `read::too-large`, `read::too-many-tags` | over a limit |
//! | `read::deep-nesting` | tags nested too deep were left out of a page |
//! | `read::truncated` | the file ends inside a row |
//! | `read::bad-json`, `read::bad-xml`, `read::unknown-xml`, `read::bad-parquet`, `read::bad-warc` | malformed |
//! | `read::unclosed-quote`, `read::field-count`, `read::duplicate-column` | malformed CSV or TSV |
//! | `read::missing-text`, `read::empty-text`, `read::wrong-type` | a row without usable text, or with a field of the wrong type |
//! | `read::bad-date` | a date that cannot be read; the article comes without |
//! | `read::front-matter` | a head of a text file that is not as it should be |
//! | `read::no-article`, `read::no-document` | a page without article; a record of an archive that is no document |
//!
//! A document without an id of its own is named by its path, as the user gave it, and if the file has rows by
//! `path#row`, the row counted from 1. Articles are not split, checked for language or sorted here.

mod charset;
mod dates;
mod element;
mod feed;
mod html;
mod inputs;
mod json;
pub(crate) mod lines;
mod markup;
mod notes;
mod options;
mod page_head;
mod parquet;
mod row;
mod syndication;
mod table;
mod tame;
mod text;
mod unpack;
mod warc;
mod xml;

pub use options::{Format, ReadOptions};

use demarche_record::{Article, Note};
use encoding_rs::Encoding;
use feed::Feed;
use inputs::{Input, Inputs};
use options::{FieldNames, Packing, by_name};
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use unpack::Stream;

/// What the stream of sources yields.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// A document.
    Article(Article),
    /// A problem; one that concerns an article that comes through stands right before it.
    Note(Note),
}

/// Why nothing can be read at all: unusable arguments.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Nothing was named.
    #[error("no input is named; name files, folders or globs, or `-` for standard input")]
    NoInput,
    /// Standard input cannot be read twice.
    #[error("standard input (`-`) is named twice")]
    StdinTwice,
    /// A pattern that is malformed.
    #[error("the pattern `{pattern}` is malformed: {cause}")]
    BadGlob {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A field to rename that does not exist.
    #[error(
        "`{name}` names no field; write FIELD=NAME with text, id, title, date, url, source, language or place"
    )]
    UnknownField {
        /// What was written.
        name: String,
    },
    /// A format that does not exist.
    #[error("`{name}` is no format; txt, md, html, jsonl, json, csv, tsv, parquet, xml and warc are")]
    UnknownFormat {
        /// What was written.
        name: String,
    },
    /// An encoding that does not exist.
    #[error("`{label}` is no encoding of the WHATWG standard, such as utf-8 or windows-1252")]
    UnknownEncoding {
        /// What was written.
        label: String,
    },
}

/// A stream of articles and notes over any number of inputs.
pub struct Sources {
    inputs: Option<Inputs>,
    stdin: Option<(String, Box<dyn io::Read + Send>)>,
    format: Option<Format>,
    encoding: Option<&'static Encoding>,
    names: FieldNames,
    limit: usize,
    reader: Option<Reader>,
    ready: VecDeque<Read>,
}

enum Reader {
    Json(json::JsonRows),
    Table(table::TableRows),
    Parquet(Box<parquet::ParquetRows>),
    Xml(xml::XmlRows),
    Warc(warc::WarcRows),
}

impl Sources {
    /// Starts on files, folders (walked with all below them in order of names, hidden files left out), globs or `-`.
    ///
    /// # Errors
    /// Only for arguments that cannot be used whatever the files hold. A file that does not exist is a note.
    pub fn open(inputs: &[String], options: ReadOptions) -> Result<Self, SourceError> {
        let mut sources = Self::new(options)?;
        sources.inputs = Some(Inputs::new(inputs)?);
        Ok(sources)
    }

    /// Starts on a stream of bytes that is called `name`, read as standard input would be: compressed or not, JSON
    /// Lines if the first character is `{`, one text otherwise, unless the options name a format.
    ///
    /// # Errors
    /// If the options cannot be used.
    pub fn from_reader(
        name: &str,
        reader: Box<dyn io::Read + Send>,
        options: ReadOptions,
    ) -> Result<Self, SourceError> {
        let mut sources = Self::new(options)?;
        sources.stdin = Some((name.to_owned(), reader));
        Ok(sources)
    }

    fn new(options: ReadOptions) -> Result<Self, SourceError> {
        let encoding = match options.encoding {
            Some(label) => {
                Some(Encoding::for_label(label.as_bytes()).ok_or(SourceError::UnknownEncoding { label })?)
            }
            None => None,
        };
        let limit = options.max_document_bytes.min(u64::from(u32::MAX));
        Ok(Self {
            inputs: None,
            stdin: None,
            format: options.format,
            encoding,
            names: FieldNames::new(&options.fields)?,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            reader: None,
            ready: VecDeque::new(),
        })
    }

    /// Opens the next input; false when there is none.
    fn open_next(&mut self) -> bool {
        if let Some((name, reader)) = self.stdin.take() {
            self.open_unnamed(&name, reader);
            return true;
        }
        let Some(inputs) = &mut self.inputs else {
            return false;
        };
        match inputs.next(&mut self.ready) {
            None => false,
            Some(Input::Stdin) => {
                self.open_unnamed("-", Box::new(io::stdin()));
                true
            }
            Some(Input::File { path, named }) => {
                let name = path.to_string_lossy().into_owned();
                let (format, packing) = by_name(&name);
                match (self.format.or(format), File::open(&path)) {
                    (_, Err(cause)) => {
                        let code = if cause.kind() == io::ErrorKind::NotFound {
                            "read::not-found"
                        } else {
                            "read::io"
                        };
                        self.note(notes::error(&name, None, code, format!("cannot be opened: {cause}"), ""));
                    }
                    (None, Ok(_)) => {
                        let message = "the ending of its name tells no format; skipped";
                        let hint = "name the format, as in --format txt";
                        let code = "read::unknown-format";
                        // What lies in a folder beside the documents is no failure of the input.
                        self.note(if named {
                            notes::error(&name, None, code, message, hint)
                        } else {
                            notes::warning(&name, None, code, message, hint)
                        });
                    }
                    (Some(format), Ok(file)) => {
                        let plain = (packing == Packing::Plain).then(|| file.try_clone().ok()).flatten();
                        let stream = unpack::unpack(Box::new(file), packing);
                        self.start(&name, format, stream, packing != Packing::Plain, plain);
                    }
                }
                true
            }
        }
    }

    /// Opens a stream that has no ending: what it holds is told by its first bytes.
    fn open_unnamed(&mut self, name: &str, reader: Box<dyn io::Read + Send>) {
        let stream = unpack::unpack(reader, Packing::Plain);
        let opened = unpack::peek(stream, 4).and_then(|(start, stream)| {
            let packing = unpack::by_magic(&start);
            let stream = match packing {
                Packing::Plain => stream,
                _ => unpack::unpack(Box::new(stream), packing),
            };
            let (start, stream) = unpack::peek(stream, 4096)?;
            Ok((start, stream, packing))
        });
        match opened {
            Err(cause) => self.note(notes::fault(name, None, true, &cause)),
            Ok((start, stream, packing)) => {
                let first = start.iter().find(|byte| {
                    // A byte order mark and the NULs of UTF-16 are passed over like space.
                    !byte.is_ascii_whitespace() && !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
                });
                let told = if first == Some(&b'{') { Format::JsonLines } else { Format::Text };
                self.start(name, self.format.unwrap_or(told), stream, packing != Packing::Plain, None);
            }
        }
    }

    fn start(&mut self, name: &str, format: Format, stream: Stream, packed: bool, plain: Option<File>) {
        let names = self.names.clone();
        let out = &mut self.ready;
        match format {
            Format::Text => {
                text::read(Feed::new(name, stream, packed, self.limit), self.encoding, out);
            }
            Format::Html => {
                html::read(Feed::new(name, stream, packed, self.limit), self.encoding, &names, out);
            }
            Format::Parquet => {
                self.reader = parquet::ParquetRows::open(name, plain, stream, self.limit, names, out)
                    .map(|rows| Reader::Parquet(Box::new(rows)));
            }
            Format::Warc => {
                if let Some(feed) = filled(Feed::new(name, stream, packed, self.limit), out) {
                    self.reader = Some(Reader::Warc(warc::WarcRows::new(feed, self.encoding, names)));
                }
            }
            Format::JsonLines | Format::Json | Format::Csv | Format::Tsv | Format::Xml => {
                let Some(feed) = decoded(name, stream, packed, self.limit, self.encoding, format, out) else {
                    return;
                };
                self.reader = Some(match format {
                    Format::JsonLines => Reader::Json(json::JsonRows::lines(feed, names)),
                    Format::Json => Reader::Json(json::JsonRows::values(feed, names)),
                    Format::Csv => Reader::Table(table::TableRows::new(feed, table::Kind::Csv, names)),
                    Format::Tsv => Reader::Table(table::TableRows::new(feed, table::Kind::Tsv, names)),
                    _ => Reader::Xml(xml::XmlRows::new(feed, names)),
                });
            }
        }
    }

    fn note(&mut self, note: Note) {
        self.ready.push_back(Read::Note(note));
    }
}

/// The feed, unless there is nothing in it.
fn filled(mut feed: Feed, out: &mut VecDeque<Read>) -> Option<Feed> {
    match feed.peek() {
        Ok(Some(_)) => return Some(feed),
        Ok(None) => out.push_back(Read::Note(notes::empty(&feed.place))),
        Err(cause) => out.push_back(Read::Note(feed.fault(&cause))),
    }
    None
}

/// A feed of UTF-8.
fn decoded(
    name: &str,
    stream: Stream,
    packed: bool,
    limit: usize,
    given: Option<&'static Encoding>,
    format: Format,
    out: &mut VecDeque<Read>,
) -> Option<Feed> {
    let mut stream = filled(Feed::new(name, stream, packed, limit), out)?.into_stream();
    let mut declared = given;
    let result = (|| {
        if format == Format::Xml && given.is_none() {
            let (start, again) = unpack::peek(stream, 1024)?;
            stream = again;
            match charset::xml_declaration(&start) {
                Some((label, None)) => return Ok(Err(label)),
                Some((_, encoding)) => declared = encoding,
                None => {}
            }
        }
        charset::to_utf8(stream, declared).map(Ok)
    })();
    match result {
        Ok(Ok((stream, charset))) => Some(Feed::new(name, stream, packed, limit).in_charset(charset)),
        Ok(Err(label)) => {
            let shown: String = label.chars().take(40).collect();
            out.push_back(Read::Note(notes::error(
                name,
                Some(1),
                "read::unknown-encoding",
                format!("the encoding `{shown}` that the file declares is not known; skipped"),
                "say which encoding it is in",
            )));
            None
        }
        Err(cause) => {
            out.push_back(Read::Note(notes::fault(name, None, packed, &cause)));
            None
        }
    }
}

impl Reader {
    fn step(&mut self, out: &mut VecDeque<Read>) -> bool {
        match self {
            Reader::Json(rows) => rows.step(out),
            Reader::Table(rows) => rows.step(out),
            Reader::Parquet(rows) => rows.step(out),
            Reader::Xml(rows) => rows.step(out),
            Reader::Warc(rows) => rows.step(out),
        }
    }
}

impl Iterator for Sources {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        loop {
            if let Some(read) = self.ready.pop_front() {
                return Some(read);
            }
            match &mut self.reader {
                Some(reader) => {
                    if !reader.step(&mut self.ready) {
                        self.reader = None;
                    }
                }
                None => {
                    if !self.open_next() {
                        return self.ready.pop_front();
                    }
                }
            }
        }
    }
}
