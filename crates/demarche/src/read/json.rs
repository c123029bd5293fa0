//! JSON rows: one object a line, an array of objects, or objects one after the other.
//!
//! Only the wanted fields of an object are kept; the rest is checked and passed over, whatever its size.

use crate::read::feed::{Feed, Piece};
use crate::read::options::FieldNames;
use crate::read::row::{At, Cell, Row};
use crate::read::{Read, notes};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::VecDeque;
use std::fmt;
use std::io;

/// Where in the file the reader is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    /// One object a line.
    Lines,
    /// Before the first value.
    Start,
    /// Inside an array, before a value.
    Array,
    /// Between values that stand in no array.
    Loose,
    /// Nothing more is read.
    Done,
}

/// Reads rows of JSON.
pub(super) struct JsonRows {
    feed: Feed,
    piece: Piece,
    names: FieldNames,
    stage: Stage,
    row: u64,
}

impl JsonRows {
    /// One object a line.
    pub(super) fn lines(feed: Feed, names: FieldNames) -> Self {
        Self { feed, piece: Piece::default(), names, stage: Stage::Lines, row: 0 }
    }

    /// An array, or objects.
    pub(super) fn values(feed: Feed, names: FieldNames) -> Self {
        Self { feed, piece: Piece::default(), names, stage: Stage::Start, row: 0 }
    }

    /// Reads the next row; false when there is none.
    pub(super) fn step(&mut self, out: &mut VecDeque<Read>) -> bool {
        let more = match self.stage {
            Stage::Lines => self.line(out),
            Stage::Done => Ok(false),
            _ => self.value(out),
        };
        more.unwrap_or_else(|cause| {
            out.push_back(Read::Note(self.feed.fault(&cause)));
            self.stage = Stage::Done;
            false
        })
    }

    fn line(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        if !self.feed.take_line(&mut self.piece)? {
            return Ok(false);
        }
        if !self.piece.oversize && self.piece.bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(true);
        }
        self.parse(out);
        Ok(true)
    }

    fn value(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        let mut next = self.feed.skip_space()?;
        if self.stage == Stage::Start {
            self.stage = Stage::Loose;
            if next == Some(b'[') {
                self.feed.bump()?;
                self.stage = Stage::Array;
                next = self.feed.skip_space()?;
                if next == Some(b']') {
                    return self.close(out);
                }
            }
        }
        let Some(first) = next else {
            if self.stage == Stage::Array {
                self.cut_off(self.feed.line(), "the array of rows is never closed", out);
            }
            self.stage = Stage::Done;
            return Ok(false);
        };
        self.piece.clear();
        let whole = self.take_value(first)?;
        if !whole {
            self.row += 1;
            let message = format!("row {} breaks off at the end of the file; skipped", self.row);
            self.cut_off(self.piece.line, &message, out);
            return Ok(false);
        }
        self.parse(out);
        if self.stage == Stage::Array {
            match self.feed.skip_space()? {
                Some(b',') => self.feed.bump()?,
                Some(b']') => return self.close(out),
                None => {}
                Some(byte) => {
                    let found = char::from(byte).escape_default();
                    out.push_back(Read::Note(notes::error(
                        &self.feed.place,
                        Some(self.feed.line()),
                        "read::bad-json",
                        format!("`,` or `]` is expected after row {}, `{found}` found", self.row),
                        "the rest of the file is read as if the comma stood there",
                    )));
                    if !matches!(byte, b'{' | b'"' | b'[') {
                        self.feed.bump()?;
                    }
                }
            }
        }
        Ok(true)
    }

    /// After the closing bracket: nothing more may come.
    fn close(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        self.feed.bump()?;
        self.stage = Stage::Done;
        if self.feed.skip_space()?.is_some() {
            out.push_back(Read::Note(notes::error(
                &self.feed.place,
                Some(self.feed.line()),
                "read::bad-json",
                "something follows the array of rows; it is not read",
                "put one object a line and name the file .jsonl, or make it one array",
            )));
        }
        Ok(false)
    }

    fn cut_off(&mut self, line: u64, message: &str, out: &mut VecDeque<Read>) {
        self.stage = Stage::Done;
        out.push_back(Read::Note(notes::error(
            &self.feed.place,
            Some(line),
            "read::truncated",
            message,
            "the file may have been cut off",
        )));
    }

    /// One value into the piece; false if the file ends inside it.
    fn take_value(&mut self, first: u8) -> io::Result<bool> {
        match first {
            b'{' | b'[' => {
                let (open, close) = if first == b'{' { (b'{', b'}') } else { (b'[', b']') };
                let (mut depth, mut quoted, mut escaped) = (0u64, false, false);
                self.feed.take(&mut self.piece, |byte| {
                    if quoted {
                        if escaped {
                            escaped = false;
                        } else if byte == b'\\' {
                            escaped = true;
                        } else if byte == b'"' {
                            quoted = false;
                        }
                    } else if byte == b'"' {
                        quoted = true;
                    } else if byte == open {
                        depth += 1;
                    } else if byte == close {
                        depth -= 1;
                    }
                    depth == 0
                })
            }
            b'"' => {
                let (mut opened, mut escaped) = (false, false);
                self.feed.take(&mut self.piece, |byte| {
                    if escaped {
                        escaped = false;
                    } else if byte == b'\\' {
                        escaped = true;
                    } else if byte == b'"' {
                        return std::mem::replace(&mut opened, true);
                    }
                    false
                })
            }
            _ => {
                while let Some(byte) = self.feed.peek()? {
                    let ends = byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'{' | b'[' | b'"');
                    if ends && self.piece.size > 0 {
                        break;
                    }
                    self.feed.take(&mut self.piece, |_| true)?;
                }
                Ok(true)
            }
        }
    }

    fn parse(&mut self, out: &mut VecDeque<Read>) {
        self.row += 1;
        let at = At {
            place: &self.feed.place,
            line: Some(self.piece.line),
            row: Some(self.row),
            limit: self.feed.limit,
        };
        if self.piece.oversize {
            return out.push_back(Read::Note(notes::too_large(at.place, at.line, &at.subject(), at.limit)));
        }
        let text = match self.feed.text(&self.piece.bytes, self.piece.line) {
            Ok(text) => text,
            Err(note) => return out.push_back(Read::Note(note)),
        };
        let mut source = serde_json::Deserializer::from_str(text);
        match (RowSeed { names: &self.names })
            .deserialize(&mut source)
            .and_then(|row| source.end().map(|()| row))
        {
            Ok(row) => row.finish(at, &self.names, out),
            Err(cause) => out.push_back(Read::Note(notes::error(
                at.place,
                Some(self.piece.line + (cause.line() as u64).saturating_sub(1)),
                "read::bad-json",
                format!("{} is no JSON object: {cause}; skipped", at.subject()),
                "",
            ))),
        }
    }
}

struct RowSeed<'n> {
    names: &'n FieldNames,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Row;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Row, D::Error> {
        source.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
        let mut row = Row::default();
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match self.names.field(&key) {
                Some(field) => {
                    if let Some(cell) = map.next_value_seed(CellSeed)? {
                        row.set(field, cell);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(row)
    }
}

struct CellSeed;

impl<'de> DeserializeSeed<'de> for CellSeed {
    type Value = Option<Cell>;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<Cell>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed {
    type Value = Option<Cell>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Self::Value, E> {
        Ok(Some(Cell::Text(words.to_owned())))
    }

    fn visit_string<E: Error>(self, words: String) -> Result<Self::Value, E> {
        Ok(Some(Cell::Text(words)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Cell::Number(number.to_string())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Cell::Number(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Cell::Number(number.to_string())))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Some(Cell::Other("a truth value")))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Some(Cell::Other("an array")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some(Cell::Other("an object")))
    }
}
