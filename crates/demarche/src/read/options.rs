//! How inputs are to be read: format, encoding, names of the row fields, limits.

use crate::read::SourceError;
use std::str::FromStr;

/// A format of input. It is told by the ending of the file's name unless [`ReadOptions::format`] says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// One document a file, perhaps with a head of `key: value` lines (`.txt`, `.md`).
    Text,
    /// A web page; the article is taken out of it (`.html`, `.htm`).
    Html,
    /// One JSON object a line (`.jsonl`, `.ndjson`).
    JsonLines,
    /// An array of JSON objects, or one object (`.json`).
    Json,
    /// Comma-separated rows under a line of column names (`.csv`).
    Csv,
    /// Tab-separated rows under a line of column names (`.tsv`).
    Tsv,
    /// Apache Parquet (`.parquet`).
    Parquet,
    /// PETRARCH sentences or articles, RSS or Atom (`.xml`, `.rss`, `.atom`).
    Xml,
    /// Web archive (`.warc`).
    Warc,
}

impl Format {
    /// All of them, with the names that [`FromStr`] knows: the endings of files, without the dot.
    pub const NAMES: &'static [(&'static str, Format)] = &[
        ("txt", Format::Text),
        ("md", Format::Text),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("xhtml", Format::Html),
        ("jsonl", Format::JsonLines),
        ("ndjson", Format::JsonLines),
        ("json", Format::Json),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("parquet", Format::Parquet),
        ("xml", Format::Xml),
        ("rss", Format::Xml),
        ("atom", Format::Xml),
        ("warc", Format::Warc),
    ];

    /// Whether a file holds one document, named by its path, and not rows.
    pub fn is_one_document(self) -> bool {
        matches!(self, Format::Text | Format::Html)
    }
}

impl FromStr for Format {
    type Err = SourceError;
    fn from_str(name: &str) -> Result<Self, SourceError> {
        let lower = name.to_ascii_lowercase();
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == lower)
            .map(|(_, format)| *format)
            .ok_or_else(|| SourceError::UnknownFormat { name: name.to_owned() })
    }
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

/// Format and compression told by a file's name; no format if the ending says nothing.
pub(super) fn by_name(name: &str) -> (Option<Format>, Packing) {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, packing) = match file.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("gz") => (stem, Packing::Gzip),
        Some((stem, ending)) if ending.eq_ignore_ascii_case("zst") => (stem, Packing::Zstd),
        _ => (file, Packing::Plain),
    };
    let format = stem.rsplit_once('.').and_then(|(_, ending)| ending.parse().ok());
    (format, packing)
}

/// What a row can say about its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Text,
    Id,
    Title,
    Date,
    Url,
    Source,
    Language,
    Place,
}

impl Field {
    pub(super) const ALL: [Field; 8] = [
        Field::Text,
        Field::Id,
        Field::Title,
        Field::Date,
        Field::Url,
        Field::Source,
        Field::Language,
        Field::Place,
    ];

    /// The contract's name.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Id => "id",
            Field::Title => "title",
            Field::Date => "date",
            Field::Url => "url",
            Field::Source => "source",
            Field::Language => "language",
            Field::Place => "place",
        }
    }

    /// The field of that name, in any case.
    pub(super) fn named(name: &str) -> Option<Field> {
        Self::ALL.into_iter().find(|field| field.as_str().eq_ignore_ascii_case(name))
    }
}

/// The names under which rows carry their fields.
#[derive(Debug, Clone)]
pub(super) struct FieldNames {
    names: [String; 8],
}

impl FieldNames {
    /// The contract's names, with those renamed that `renamed` lists as (field, name in the input).
    pub(super) fn new(renamed: &[(String, String)]) -> Result<Self, SourceError> {
        let mut names = Field::ALL.map(|field| field.as_str().to_owned());
        for (field, name) in renamed {
            let known =
                Field::named(field).ok_or_else(|| SourceError::UnknownField { name: field.clone() })?;
            names[known as usize] = name.clone();
        }
        Ok(Self { names })
    }

    /// What the input calls a field.
    pub(super) fn of(&self, field: Field) -> &str {
        &self.names[field as usize]
    }

    /// The field that the input calls so.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| self.of(*field) == name)
    }
}

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Format of every input; `None`: by ending, and for standard input by its first bytes.
    pub format: Option<Format>,
    /// Fields that the rows carry under another name: (field of the contract, name in the input).
    pub fields: Vec<(String, String)>,
    /// Encoding of every input that has no byte order mark, as a label such as `windows-1252`; `None`: what the
    /// input declares, else UTF-8.
    pub encoding: Option<String>,
    /// Largest document or row, in bytes after decompression; a larger one is reported and skipped.
    /// Values over 4 GiB less one byte are taken for that.
    pub max_document_bytes: u64,
}

impl ReadOptions {
    /// Takes over one `FIELD=NAME` of a command line: the rows carry FIELD under NAME.
    ///
    /// # Errors
    /// If there is no `=`, or no such field.
    pub fn rename(&mut self, pair: &str) -> Result<(), SourceError> {
        let (field, name) =
            pair.split_once('=').ok_or_else(|| SourceError::UnknownField { name: pair.to_owned() })?;
        if Field::named(field).is_none() {
            return Err(SourceError::UnknownField { name: field.to_owned() });
        }
        self.fields.push((field.to_owned(), name.to_owned()));
        Ok(())
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { format: None, fields: Vec::new(), encoding: None, max_document_bytes: 64 << 20 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_format_and_compression() {
        assert_eq!(by_name("a/b.c/d.JSONL.gz"), (Some(Format::JsonLines), Packing::Gzip));
        assert_eq!(by_name("x.warc.zst"), (Some(Format::Warc), Packing::Zstd));
        assert_eq!(by_name("feed.rss.xml"), (Some(Format::Xml), Packing::Plain));
        assert_eq!(by_name("a.txt/b"), (None, Packing::Plain));
        assert_eq!(by_name("b.gz"), (None, Packing::Gzip));
    }

    #[test]
    fn only_fields_of_the_contract_can_be_renamed() {
        let mut options = ReadOptions::default();
        options.rename("text=body").unwrap();
        assert!(options.rename("headline=title").is_err());
        assert!(options.rename("text").is_err());
        let names = FieldNames::new(&options.fields).unwrap();
        assert_eq!(names.field("body"), Some(Field::Text));
        assert_eq!(names.field("text"), None);
    }
}
