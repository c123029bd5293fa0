//! A row's fields into an article.

use crate::read::options::{Field, FieldNames};
use crate::read::{Read, dates, feed, notes};
use demarche_record::{Article, Note};
use std::collections::VecDeque;

/// What stands in a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A number, as written.
    Number(String),
    /// Something that no field can be: its kind.
    Other(&'static str),
}

/// The fields of one row.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: [Option<Cell>; 8],
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    /// The file.
    pub(super) place: &'a str,
    /// Line the row starts on.
    pub(super) line: Option<u64>,
    /// Number of the row, from 1; nothing for a file of one document.
    pub(super) row: Option<u64>,
    /// Largest text in bytes.
    pub(super) limit: usize,
}

impl At<'_> {
    /// The row as a subject of a sentence.
    pub(super) fn subject(&self) -> String {
        match self.row {
            Some(row) => format!("row {row}"),
            None => "the document".to_owned(),
        }
    }
}

impl Row {
    pub(super) fn set(&mut self, field: Field, cell: Cell) {
        self.cells[field as usize] = Some(cell);
    }

    /// Sets a field to words, unless they are nothing but space.
    pub(super) fn put(&mut self, field: Field, words: &str) {
        if !words.trim().is_empty() {
            self.set(field, Cell::Text(words.to_owned()));
        }
    }

    /// Sets a field that has nothing yet.
    pub(super) fn put_if_absent(&mut self, field: Field, words: &str) {
        if self.cells[field as usize].is_none() {
            self.put(field, words);
        }
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.cells[field as usize].is_some()
    }

    /// Makes the article of the row, or says why there is none; notes stand before their article.
    pub(super) fn finish(mut self, at: At<'_>, names: &FieldNames, out: &mut VecDeque<Read>) {
        let mut remarks = Vec::new();
        let text = match self.text(at, names) {
            Ok(text) => text,
            Err(note) => return out.push_back(Read::Note(note)),
        };
        let mut words = |field: Field| match self.cells[field as usize].take() {
            None => None,
            Some(Cell::Text(words) | Cell::Number(words)) => {
                let trimmed = words.trim();
                (!trimmed.is_empty()).then(|| trimmed.to_owned())
            }
            Some(Cell::Other(kind)) => {
                remarks.push(notes::warning(
                    at.place,
                    at.line,
                    "read::wrong-type",
                    format!("`{}` of {} is {kind} and is left out", names.of(field), at.subject()),
                    "it should be a string",
                ));
                None
            }
        };
        let (id, title, date) = (words(Field::Id), words(Field::Title), words(Field::Date));
        let (url, source) = (words(Field::Url), words(Field::Source));
        let (language, place) = (words(Field::Language), words(Field::Place));
        let all = [&id, &title, &date, &url, &source, &language, &place];
        if all.iter().any(|words| words.as_ref().is_some_and(|words| words.contains('\0'))) {
            return out.push_back(Read::Note(feed::nul(at.place, at.line)));
        }
        let date = date.and_then(|words| {
            let day = dates::parse(&words);
            if day.is_none() {
                remarks.push(bad_date(at, &words));
            }
            day
        });
        let id = id.unwrap_or_else(|| match at.row {
            Some(row) => format!("{}#{row}", at.place),
            None => at.place.to_owned(),
        });
        out.extend(remarks.into_iter().map(Read::Note));
        out.push_back(Read::Article(Article { id, text, title, date, place, url, source, language }));
    }

    fn text(&mut self, at: At<'_>, names: &FieldNames) -> Result<String, Note> {
        let subject = at.subject();
        let name = names.of(Field::Text);
        let kind = match self.cells[Field::Text as usize].take() {
            Some(Cell::Text(text)) => {
                if text.len() > at.limit {
                    return Err(notes::too_large(at.place, at.line, &subject, at.limit));
                }
                if text.contains('\0') {
                    return Err(feed::nul(at.place, at.line));
                }
                if text.trim().is_empty() {
                    return Err(notes::warning(
                        at.place,
                        at.line,
                        "read::empty-text",
                        format!("{subject} has no text in it; skipped"),
                        "",
                    ));
                }
                return Ok(text);
            }
            None => {
                return Err(notes::error(
                    at.place,
                    at.line,
                    "read::missing-text",
                    format!("{subject} has no `{name}`; skipped"),
                    "name the field that holds the text, as in --field text=body",
                ));
            }
            Some(Cell::Number(_)) => "a number",
            Some(Cell::Other(kind)) => kind,
        };
        Err(notes::error(
            at.place,
            at.line,
            "read::wrong-type",
            format!("`{name}` of {subject} is {kind}; skipped"),
            "it should be a string",
        ))
    }
}

/// A note on a date that cannot be read.
pub(super) fn bad_date(at: At<'_>, words: &str) -> Note {
    let shown: String = words.chars().take(40).collect();
    notes::warning(
        at.place,
        at.line,
        "read::bad-date",
        format!("the date `{shown}` of {} cannot be read; taken as unknown", at.subject()),
        "write dates as 2025-07-03",
    )
}
