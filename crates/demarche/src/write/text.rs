//! Records as CSV and TSV.
//!
//! Lists are joined with `|`; a `|` or `\` inside an element is preceded by `\`. An empty cell is an absent value.
//! Cells are written as they are: a text that begins with `=`, `+`, `-` or `@` stays so, and a spreadsheet that opens
//! the file may take it for a formula. In CSV a cell with commas, quotes or line ends stands between quotes; in TSV tab,
//! line feed, carriage return and backslash are written `\t`, `\n`, `\r` and `\\`.

use crate::write::columns::{Cell, Schema};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes rows.
pub(super) struct TextRows<W: Write> {
    sink: Sink<W>,
    cell: String,
}

enum Sink<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Tsv { out: W, first: bool },
}

impl<W: Write> TextRows<W> {
    pub(super) fn csv(out: W) -> Self {
        Self { sink: Sink::Csv(Box::new(csv::Writer::from_writer(out))), cell: String::new() }
    }

    pub(super) fn tsv(out: W) -> Self {
        Self { sink: Sink::Tsv { out, first: true }, cell: String::new() }
    }

    /// Writes the line of names.
    pub(super) fn header<R>(&mut self, schema: &Schema<R>) -> io::Result<()> {
        for column in &schema.columns {
            self.put(&column.name)?;
        }
        for joined in &schema.joined {
            self.put(&joined.name)?;
        }
        self.end_row()
    }

    /// Writes one record.
    pub(super) fn row<R>(&mut self, schema: &Schema<R>, record: &R) -> io::Result<()> {
        let mut cell = std::mem::take(&mut self.cell);
        for column in &schema.columns {
            cell.clear();
            match (column.get)(record) {
                Cell::Empty => {}
                Cell::Text(text) => cell.push_str(text),
                Cell::Count(count) => write_to(&mut cell, count),
                Cell::Number(number) if number.is_finite() => write_to(&mut cell, number),
                Cell::Number(_) => {}
                Cell::Day(day) => write_to(&mut cell, day),
                Cell::Words(words) => {
                    words.iter().enumerate().for_each(|(at, word)| join(&mut cell, at, word))
                }
            }
            self.put(&cell)?;
        }
        for joined in &schema.joined {
            cell.clear();
            let mut at = 0;
            (joined.each)(record, &mut |word| {
                join(&mut cell, at, word);
                at += 1;
            });
            self.put(&cell)?;
        }
        self.cell = cell;
        self.end_row()
    }

    fn put(&mut self, cell: &str) -> io::Result<()> {
        match &mut self.sink {
            Sink::Csv(writer) => writer.write_field(cell).map_err(io::Error::from),
            Sink::Tsv { out, first } => {
                if !std::mem::take(first) {
                    out.write_all(b"\t")?;
                }
                let mut rest = cell;
                while let Some(at) = rest.find(['\t', '\n', '\r', '\\']) {
                    out.write_all(&rest.as_bytes()[..at])?;
                    out.write_all(match rest.as_bytes()[at] {
                        b'\t' => b"\\t",
                        b'\n' => b"\\n",
                        b'\r' => b"\\r",
                        _ => b"\\\\",
                    })?;
                    rest = &rest[at + 1..];
                }
                out.write_all(rest.as_bytes())
            }
        }
    }

    fn end_row(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Csv(writer) => writer.write_record(None::<&[u8]>).map_err(io::Error::from),
            Sink::Tsv { out, first } => {
                *first = true;
                out.write_all(b"\n")
            }
        }
    }

    /// The rest is written out.
    pub(super) fn into_inner(self) -> io::Result<W> {
        match self.sink {
            Sink::Csv(writer) => writer.into_inner().map_err(|cause| cause.into_error()),
            Sink::Tsv { out, .. } => Ok(out),
        }
    }
}

fn write_to(cell: &mut String, value: impl std::fmt::Display) {
    // Writing to a String cannot fail.
    let _ = write!(cell, "{value}");
}

fn join(cell: &mut String, at: usize, word: &str) {
    if at > 0 {
        cell.push('|');
    }
    for c in word.chars() {
        if matches!(c, '|' | '\\') {
            cell.push('\\');
        }
        cell.push(c);
    }
}
