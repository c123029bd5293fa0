//! Rows of text under a line of column names: CSV and TSV.
//!
//! CSV is RFC 4180 with LF or CRLF: a cell between quotes may hold commas, line ends and doubled quotes. In TSV a row
//! is a line; `\t`, `\n`, `\r` and `\\` stand for tab, line feed, carriage return and backslash, and a cell that
//! stands between quotes as a whole, with every inner quote doubled, is taken without them.

use crate::read::feed::{Feed, Piece};
use crate::read::options::{Field, FieldNames};
use crate::read::row::{At, Cell, Row};
use crate::read::{Read, notes};
use csv_core::{ReadRecordResult, Terminator};
use std::collections::VecDeque;
use std::io;

/// How cells are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Csv,
    Tsv,
}

/// Reads rows of CSV or TSV.
pub(super) struct TableRows {
    feed: Feed,
    kind: Kind,
    names: FieldNames,
    piece: Piece,
    csv: Box<csv_core::Reader>,
    cells: Cells,
    /// Field of each column, once the names have been read.
    columns: Option<Vec<Option<Field>>>,
    row: u64,
    done: bool,
}

/// The cells of one row, one behind the other.
#[derive(Default)]
struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }
}

impl TableRows {
    pub(super) fn new(feed: Feed, kind: Kind, names: FieldNames) -> Self {
        let csv = csv_core::ReaderBuilder::new().terminator(Terminator::Any(b'\n')).build();
        Self {
            feed,
            kind,
            names,
            piece: Piece::default(),
            csv: Box::new(csv),
            cells: Cells::default(),
            columns: None,
            row: 0,
            done: false,
        }
    }

    /// Reads the next row; false when there is none.
    pub(super) fn step(&mut self, out: &mut VecDeque<Read>) -> bool {
        if self.done {
            return false;
        }
        let more = self.next_row(out).unwrap_or_else(|cause| {
            out.push_back(Read::Note(self.feed.fault(&cause)));
            false
        });
        self.done = !more;
        more
    }

    fn next_row(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        let open_quote = match self.kind {
            Kind::Csv => self.take_record()?,
            Kind::Tsv => {
                self.feed.take_line(&mut self.piece)?;
                None
            }
        };
        if self.piece.size == 0 {
            return Ok(false);
        }
        if self.piece.bytes.is_empty() && !self.piece.oversize {
            return Ok(true);
        }
        if self.columns.is_some() {
            self.row += 1;
        }
        let at = At {
            place: &self.feed.place,
            line: Some(self.piece.line),
            row: Some(self.row),
            limit: self.feed.limit,
        };
        if let Some(line) = open_quote {
            out.push_back(Read::Note(notes::error(
                at.place,
                Some(line),
                "read::unclosed-quote",
                "the quote that opens on this line is never closed; what follows it is not read",
                "close it, or double it if it is part of the text",
            )));
            return Ok(false);
        }
        let header = self.columns.is_none();
        if self.piece.oversize {
            let subject = if header { "the line of column names".to_owned() } else { at.subject() };
            out.push_back(Read::Note(notes::too_large(at.place, at.line, &subject, at.limit)));
            return Ok(!header);
        }
        if let Err(note) = self.feed.text(&self.piece.bytes, self.piece.line) {
            out.push_back(Read::Note(note));
            return Ok(!header);
        }
        match self.kind {
            Kind::Csv => split_csv(&mut self.csv, &self.piece.bytes, &mut self.cells),
            Kind::Tsv => split_tsv(&self.piece.bytes, &mut self.cells),
        }
        match &self.columns {
            None => Ok(self.header(out)),
            Some(columns) => {
                if self.cells.ends.len() != columns.len() {
                    out.push_back(Read::Note(notes::error(
                        at.place,
                        at.line,
                        "read::field-count",
                        format!(
                            "{} has {} cells where {} columns are named; skipped",
                            at.subject(),
                            self.cells.ends.len(),
                            columns.len()
                        ),
                        "text with separators or line ends in it needs quotes",
                    )));
                    return Ok(true);
                }
                let mut row = Row::default();
                for (cell, field) in self.cells.iter().zip(columns) {
                    // An empty text is another finding than a missing one.
                    if let Some(field) = field.filter(|field| *field == Field::Text || !cell.is_empty()) {
                        row.set(field, Cell::Text(String::from_utf8_lossy(cell).into_owned()));
                    }
                }
                row.finish(at, &self.names, out);
                Ok(true)
            }
        }
    }

    /// The next record with its line ends; the line of a quote that is still open at the end of the file.
    fn take_record(&mut self) -> io::Result<Option<u64>> {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            CellStart,
            Bare,
            Quoted,
            QuoteInQuoted,
        }
        let mut state = State::CellStart;
        let first_line = self.feed.line();
        let (mut line, mut opened) = (first_line, first_line);
        self.piece.clear();
        let ended = self.feed.take(&mut self.piece, |byte| {
            line += u64::from(byte == b'\n');
            state = match (state, byte) {
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, _) => State::Quoted,
                (State::QuoteInQuoted, b'"') => State::Quoted,
                (State::CellStart, b'"') => {
                    opened = line;
                    State::Quoted
                }
                (_, b',') => State::CellStart,
                (_, b'\n') => return true,
                _ => State::Bare,
            };
            false
        })?;
        self.piece.trim_line_end();
        Ok((!ended && state == State::Quoted).then_some(opened))
    }

    /// Takes the column names; false if there is no text among them.
    fn header(&mut self, out: &mut VecDeque<Read>) -> bool {
        let place = &self.feed.place;
        let line = Some(self.piece.line);
        let mut columns: Vec<Option<Field>> = Vec::new();
        for cell in self.cells.iter() {
            let name = String::from_utf8_lossy(cell);
            let field = self.names.field(name.trim());
            let again = field.is_some() && columns.contains(&field);
            if again {
                out.push_back(Read::Note(notes::warning(
                    place,
                    line,
                    "read::duplicate-column",
                    format!("column `{}` stands twice; the first one is read", name.trim()),
                    "",
                )));
            }
            columns.push(field.filter(|_| !again));
        }
        let found = columns.contains(&Some(Field::Text));
        if !found {
            let named: Vec<String> = self
                .cells
                .iter()
                .take(20)
                .map(|cell| String::from_utf8_lossy(cell).chars().take(40).collect())
                .collect();
            out.push_back(Read::Note(notes::error(
                place,
                line,
                "read::missing-text",
                format!(
                    "no column is called `{}`; the columns are: {}",
                    self.names.of(Field::Text),
                    named.join(", ")
                ),
                "name the column that holds the text, as in --field text=body",
            )));
        }
        self.columns = Some(columns);
        found
    }
}

fn split_csv(reader: &mut csv_core::Reader, record: &[u8], cells: &mut Cells) {
    reader.reset();
    cells.bytes.clear();
    cells.bytes.resize(record.len() + 1, 0);
    cells.ends.clear();
    cells.ends.resize(16, 0);
    let (mut input, mut written, mut ended) = (record, 0, 0);
    loop {
        let (result, read, wrote, ends) =
            reader.read_record(input, &mut cells.bytes[written..], &mut cells.ends[ended..]);
        input = &input[read..];
        written += wrote;
        ended += ends;
        match result {
            ReadRecordResult::OutputFull => cells.bytes.resize(cells.bytes.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => cells.ends.resize(cells.ends.len() * 2, 0),
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::Record | ReadRecordResult::End => break,
        }
    }
    cells.ends.truncate(ended);
}

fn split_tsv(line: &[u8], cells: &mut Cells) {
    cells.bytes.clear();
    cells.ends.clear();
    for cell in line.split(|byte| *byte == b'\t') {
        match inside_quotes(cell) {
            Some(inner) => {
                let mut quotes = 0usize;
                for &byte in inner {
                    quotes += usize::from(byte == b'"');
                    if byte != b'"' || quotes % 2 == 1 {
                        cells.bytes.push(byte);
                    }
                }
            }
            None => unescape(cell, &mut cells.bytes),
        }
        cells.ends.push(cells.bytes.len());
    }
}

/// What stands between the quotes of a cell that is quoted as a whole.
fn inside_quotes(cell: &[u8]) -> Option<&[u8]> {
    let inner = cell.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut run = 0usize;
    for &byte in inner {
        if byte == b'"' {
            run += 1;
        } else if run % 2 == 1 {
            return None;
        }
    }
    run.is_multiple_of(2).then_some(inner)
}

fn unescape(cell: &[u8], out: &mut Vec<u8>) {
    let mut bytes = cell.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match bytes.clone().next() {
            Some(b't') => out.push(b'\t'),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b'\\') => out.push(b'\\'),
            _ => {
                out.push(byte);
                continue;
            }
        }
        bytes.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tsv(line: &str) -> Vec<String> {
        let mut cells = Cells::default();
        split_tsv(line.as_bytes(), &mut cells);
        cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
    }

    #[test]
    fn tsv_cells_are_unescaped_and_only_whole_quotes_are_taken_off() {
        assert_eq!(tsv("a\\tb\\nc\t\\\\n\t\t\\x"), ["a\tb\nc", "\\n", "", "\\x"]);
        assert_eq!(tsv("\"say \"\"no\"\"\""), ["say \"no\""]);
        assert_eq!(tsv("\"No,\" he said. \"Never.\"\t\"Open"), ["\"No,\" he said. \"Never.\"", "\"Open"]);
        assert_eq!(tsv("\"\t\"\"\t\"\"\""), ["\"", "", "\"\"\""]);
    }

    #[test]
    fn csv_cells_keep_what_stands_between_quotes() {
        let mut reader = csv_core::ReaderBuilder::new().terminator(Terminator::Any(b'\n')).build();
        let mut cells = Cells::default();
        let long = format!("{},x", "a,".repeat(40));
        for (line, expected) in [
            ("a,\"b,\"\"c\"\"\nd\",,e\rf", vec!["a", "b,\"c\"\nd", "", "e\rf"]),
            (&long, [vec!["a"; 40], vec!["", "x"]].concat()),
        ] {
            split_csv(&mut reader, line.as_bytes(), &mut cells);
            let got: Vec<&[u8]> = cells.iter().collect();
            assert_eq!(got, expected.iter().map(|cell| cell.as_bytes()).collect::<Vec<_>>());
        }
    }
}
