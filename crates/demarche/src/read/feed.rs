//! A stream taken piece by piece: lines, rows, elements, each held alone and none larger than a limit.

use crate::read::notes;
use crate::read::unpack::Stream;
use demarche_record::Note;
use encoding_rs::{Encoding, UTF_8};
use std::io::{self, BufRead, Read};

/// Part of a stream.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Its bytes; incomplete if it is oversize.
    pub(super) bytes: Vec<u8>,
    /// The line it starts on, from 1.
    pub(super) line: u64,
    /// Its size, held or not.
    pub(super) size: u64,
    /// Whether bytes were dropped because it is larger than the limit.
    pub(super) oversize: bool,
}

impl Piece {
    /// Makes it ready for the next part; the memory of a large one is given back.
    pub(super) fn clear(&mut self) {
        if self.bytes.capacity() > 1 << 20 {
            self.bytes = Vec::new();
        }
        self.bytes.clear();
        self.size = 0;
        self.oversize = false;
    }

    /// Drops the line end at its end, `\n` or `\r\n`.
    pub(super) fn trim_line_end(&mut self) {
        if self.bytes.last() == Some(&b'\n') {
            self.bytes.pop();
            if self.bytes.last() == Some(&b'\r') {
                self.bytes.pop();
            }
        }
    }
}

/// A stream and the place in it.
pub(super) struct Feed {
    /// The file, as the user named it.
    pub(super) place: String,
    /// Largest piece in bytes.
    pub(super) limit: usize,
    input: Stream,
    line: u64,
    packed: bool,
    charset: &'static Encoding,
}

impl Feed {
    pub(super) fn new(place: &str, input: Stream, packed: bool, limit: usize) -> Self {
        Self { place: place.to_owned(), limit, input, line: 1, packed, charset: UTF_8 }
    }

    /// Says what the stream was in before it was put into UTF-8.
    pub(super) fn in_charset(mut self, charset: &'static Encoding) -> Self {
        self.charset = charset;
        self
    }

    /// The line of the next byte.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The next byte, left where it is; nothing at the end.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Ok(buffer) => return Ok(buffer.first().copied()),
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(cause),
            }
        }
    }

    /// Passes over the byte that [`Feed::peek`] showed.
    pub(super) fn bump(&mut self) -> io::Result<()> {
        if self.peek()? == Some(b'\n') {
            self.line += 1;
        }
        if self.peek()?.is_some() {
            self.input.consume(1);
        }
        Ok(())
    }

    /// Passes over white space and shows the next byte.
    pub(super) fn skip_space(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.bump()?;
        }
        Ok(None)
    }

    /// Adds to `piece` up to and with the byte for which `is_last` says so; false if the stream ended before.
    ///
    /// Beyond the limit bytes are passed over and not held.
    pub(super) fn take(
        &mut self,
        piece: &mut Piece,
        mut is_last: impl FnMut(u8) -> bool,
    ) -> io::Result<bool> {
        if piece.size == 0 {
            piece.line = self.line;
        }
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => return Err(cause),
            };
            if buffer.is_empty() {
                return Ok(false);
            }
            let mut lines = 0;
            let mut count = 0;
            let mut done = false;
            for &byte in buffer {
                count += 1;
                lines += u64::from(byte == b'\n');
                if is_last(byte) {
                    done = true;
                    break;
                }
            }
            let room = self.limit.saturating_sub(piece.bytes.len());
            if count > room || piece.oversize {
                piece.oversize = true;
            } else {
                piece.bytes.extend_from_slice(&buffer[..count]);
            }
            piece.size += count as u64;
            self.line += lines;
            self.input.consume(count);
            if done {
                return Ok(true);
            }
        }
    }

    /// The next line into `piece`, without its end; false at the end of the stream.
    pub(super) fn take_line(&mut self, piece: &mut Piece) -> io::Result<bool> {
        piece.clear();
        self.take(piece, |byte| byte == b'\n')?;
        piece.trim_line_end();
        Ok(piece.size > 0)
    }

    /// All that is left, or nothing if it is more than the limit; then the rest is not read.
    pub(super) fn take_all(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let limit = self.limit as u64;
        self.input.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }

    /// The stream itself, from here on.
    pub(super) fn into_stream(self) -> Stream {
        self.input
    }

    /// A note that the stream broke off here.
    pub(super) fn fault(&self, cause: &io::Error) -> Note {
        notes::fault(&self.place, Some(self.line), self.packed, cause)
    }

    /// Bytes as text; where they are no UTF-8 or hold NUL, a note with the line of the first bad byte.
    pub(super) fn text<'b>(&self, bytes: &'b [u8], first_line: u64) -> Result<&'b str, Note> {
        let text = std::str::from_utf8(bytes).map_err(|cause| {
            bad_encoding(&self.place, bytes, cause.valid_up_to(), first_line, self.charset)
        })?;
        match bytes.iter().position(|byte| *byte == 0) {
            None => Ok(text),
            Some(at) => Err(nul(&self.place, Some(line_of(bytes, at, first_line)))),
        }
    }
}

/// The line of a byte in bytes that begin on `first_line`.
pub(super) fn line_of(bytes: &[u8], at: usize, first_line: u64) -> u64 {
    first_line + bytes[..at.min(bytes.len())].iter().filter(|byte| **byte == b'\n').count() as u64
}

/// A note on bytes that are not what their encoding allows; `at` is the first of them.
pub(super) fn bad_encoding(
    place: &str,
    bytes: &[u8],
    at: usize,
    first_line: u64,
    charset: &'static Encoding,
) -> Note {
    let start = bytes[..at.min(bytes.len())].iter().rposition(|byte| *byte == b'\n').map_or(0, |n| n + 1);
    let column = at - start + 1;
    let what = match bytes.get(at) {
        Some(byte) if charset == UTF_8 => format!("byte 0x{byte:02X} at column {column} is not UTF-8"),
        _ => format!("a character at column {column} is malformed for {}", charset.name()),
    };
    notes::error(
        place,
        Some(line_of(bytes, at, first_line)),
        "read::bad-encoding",
        format!("{what}; skipped"),
        "convert the file to UTF-8, or say which encoding it is in",
    )
}

/// A note on a NUL character.
pub(super) fn nul(place: &str, line: Option<u64>) -> Note {
    notes::error(
        place,
        line,
        "read::nul-byte",
        "a NUL character stands in the text; skipped",
        "the file may be damaged, or in UTF-16 without a byte order mark",
    )
}
