//! Web archives (WARC 1.x): the pages and texts that were fetched.
//!
//! Responses of HTTP, and `resource` and `conversion` records, that hold HTML or plain text make documents; a record
//! of another type or with another content is passed over, the latter with a note.

use crate::read::feed::{Feed, Piece};
use crate::read::html::{MAX_PAGE, charset_of, page};
use crate::read::options::{Field, FieldNames};
use crate::read::row::{At, Cell, Row};
use crate::read::{Read, charset, notes};
use encoding_rs::{Encoding, UTF_8};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::collections::VecDeque;
use std::io::{self, Read as _};

/// Largest line of a record's head, and lines in a head.
const MAX_HEAD_LINE: usize = 1 << 16;
const MAX_HEAD_LINES: usize = 1000;

/// Reads documents out of a web archive.
pub(super) struct WarcRows {
    feed: Feed,
    names: FieldNames,
    given: Option<&'static Encoding>,
    limit: usize,
    piece: Piece,
    row: u64,
    done: bool,
}

#[derive(Debug, Default)]
struct Head {
    kind: String,
    id: String,
    url: String,
    content_type: String,
    length: Option<u64>,
}

/// A response taken apart.
struct Payload {
    status: u16,
    content_type: String,
    body: Result<Vec<u8>, String>,
}

impl WarcRows {
    pub(super) fn new(feed: Feed, given: Option<&'static Encoding>, names: FieldNames) -> Self {
        let limit = feed.limit;
        Self { feed, names, given, limit, piece: Piece::default(), row: 0, done: false }
    }

    /// Reads the next record; false when there is none.
    pub(super) fn step(&mut self, out: &mut VecDeque<Read>) -> bool {
        if self.done {
            return false;
        }
        let more = self.record(out).unwrap_or_else(|cause| {
            out.push_back(Read::Note(self.feed.fault(&cause)));
            false
        });
        self.done = !more;
        more
    }

    fn record(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        self.feed.limit = MAX_HEAD_LINE;
        if !self.find_start(out)? {
            return Ok(false);
        }
        self.row += 1;
        let place = self.feed.place.clone();
        let line = self.piece.line;
        let at = At { place: &place, line: Some(line), row: Some(self.row), limit: self.limit };
        let (head, complete) = self.head()?;
        let cut_off = |out: &mut VecDeque<Read>| {
            out.push_back(Read::Note(notes::error(
                &place,
                Some(line),
                "read::truncated",
                format!("{} breaks off at the end of the file; skipped", at.subject()),
                "the file may have been cut off",
            )));
        };
        if !complete {
            cut_off(out);
            return Ok(false);
        }
        let Some(length) = head.length else {
            out.push_back(Read::Note(notes::error(
                &place,
                Some(line),
                "read::bad-warc",
                format!("{} has no readable Content-Length; skipped", at.subject()),
                "",
            )));
            return Ok(true);
        };
        let wanted = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
        self.feed.limit = if wanted { self.limit } else { 0 };
        self.piece.clear();
        let mut left = length;
        let whole = length == 0
            || self.feed.take(&mut self.piece, |_| {
                left -= 1;
                left == 0
            })?;
        if !whole {
            cut_off(out);
            return Ok(false);
        }
        if !wanted {
            return Ok(true);
        }
        if self.piece.oversize {
            out.push_back(Read::Note(notes::too_large(&place, Some(line), &at.subject(), self.limit)));
            return Ok(true);
        }
        let bytes = std::mem::take(&mut self.piece.bytes);
        self.document(head, bytes, at, out);
        Ok(true)
    }

    /// Reads up to the version line of the next record.
    fn find_start(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        let mut strayed = false;
        loop {
            if !self.feed.take_line(&mut self.piece)? {
                return Ok(false);
            }
            if self.piece.bytes.starts_with(b"WARC/") {
                return Ok(true);
            }
            if !self.piece.bytes.is_empty() && !strayed {
                strayed = true;
                out.push_back(Read::Note(notes::error(
                    &self.feed.place,
                    Some(self.piece.line),
                    "read::bad-warc",
                    "a record should begin here with `WARC/`; read on from the next that does",
                    "the file may be damaged, or no web archive",
                )));
            }
        }
    }

    /// The head of a record, and whether it was there to its end.
    fn head(&mut self) -> io::Result<(Head, bool)> {
        let mut head = Head::default();
        for _ in 0..MAX_HEAD_LINES {
            if !self.feed.take_line(&mut self.piece)? {
                return Ok((head, false));
            }
            if self.piece.bytes.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(&self.piece.bytes);
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-record-id" => head.id = value.trim_matches(['<', '>']).to_owned(),
                "warc-target-uri" => head.url = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => head.content_type = value.to_owned(),
                "content-length" => head.length = value.parse().ok(),
                _ => {}
            }
        }
        Ok((head, true))
    }

    fn document(&self, head: Head, bytes: Vec<u8>, at: At<'_>, out: &mut VecDeque<Read>) {
        let is_http = head.kind == "response";
        if is_http && !head.content_type.to_ascii_lowercase().starts_with("application/http") {
            return out.push_back(Read::Note(passed(at, &head, "it is no response of HTTP")));
        }
        let payload = if is_http {
            match response(&bytes, self.limit) {
                Some(payload) => payload,
                None => {
                    return out.push_back(Read::Note(notes::error(
                        at.place,
                        at.line,
                        "read::bad-warc",
                        format!("{} holds no readable response; skipped", at.subject()),
                        "",
                    )));
                }
            }
        } else {
            Payload { status: 200, content_type: head.content_type.clone(), body: Ok(bytes) }
        };
        if !(200..300).contains(&payload.status) {
            return out.push_back(Read::Note(passed(
                at,
                &head,
                &format!("its status is {}", payload.status),
            )));
        }
        let kind = payload.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_html = matches!(kind.as_str(), "text/html" | "application/xhtml+xml");
        if !is_html && kind != "text/plain" {
            let shown: String = kind.chars().take(60).collect();
            return out.push_back(Read::Note(passed(at, &head, &format!("its content is `{shown}`"))));
        }
        let body = match payload.body {
            Ok(body) => body,
            Err(message) => {
                return out.push_back(Read::Note(notes::error(
                    at.place,
                    at.line,
                    "read::bad-warc",
                    format!("the content of {} cannot be unpacked: {message}; skipped", at.subject()),
                    "",
                )));
            }
        };
        let mut row = Row::default();
        row.put(Field::Id, &head.id);
        row.put(Field::Url, &head.url);
        let served =
            charset_of(&payload.content_type).and_then(|label| Encoding::for_label(label.as_bytes()));
        if is_html {
            if body.len() > MAX_PAGE {
                let note = notes::too_large(at.place, at.line, &at.subject(), MAX_PAGE);
                return out.push_back(Read::Note(note));
            }
            return page(&body, self.given, served, at, row, &self.names, out);
        }
        let declared = self.given.or(served);
        match charset::decode(&body, declared) {
            Ok((text, _)) => {
                row.set(Field::Text, Cell::Text(text));
                row.finish(at, &self.names, out);
            }
            Err(bad) => {
                let note = crate::read::feed::bad_encoding(
                    at.place,
                    &body,
                    bad,
                    at.line.unwrap_or(1),
                    declared.unwrap_or(UTF_8),
                );
                out.push_back(Read::Note(note));
            }
        }
    }
}

fn passed(at: At<'_>, head: &Head, why: &str) -> demarche_record::Note {
    let url: String = head.url.chars().take(200).collect();
    notes::info(at.place, "read::no-document", format!("{} ({url}) is passed over: {why}", at.subject()), "")
}

/// Takes a response of HTTP apart.
fn response(bytes: &[u8], limit: usize) -> Option<Payload> {
    let mut rest = bytes;
    let status_line = header_line(&mut rest)?;
    let status = status_line.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let (mut content_type, mut transfer, mut packing) = (String::new(), String::new(), String::new());
    loop {
        let line = header_line(&mut rest)?;
        if line.is_empty() {
            break;
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        match key.trim().to_ascii_lowercase().as_str() {
            "content-type" => content_type = value.trim().to_owned(),
            "transfer-encoding" => transfer = value.trim().to_ascii_lowercase(),
            "content-encoding" => packing = value.trim().to_ascii_lowercase(),
            _ => {}
        }
    }
    // Many archives keep these two headers although they store the content as it was after them.
    let joined = (transfer == "chunked").then(|| join_chunks(rest)).flatten();
    let body = match joined {
        Some(joined) => joined,
        None => rest.to_vec(),
    };
    let body = match packing.as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            inflate(MultiGzDecoder::new(&body[..]), limit)
        }
        "deflate" => inflate(ZlibDecoder::new(&body[..]), limit)
            .or_else(|_| inflate(DeflateDecoder::new(&body[..]), limit))
            .or(Ok(body)),
        "br" | "zstd" if std::str::from_utf8(&body).is_err() => {
            Err(format!("the compression `{packing}` is not known here"))
        }
        _ => Ok(body),
    };
    Some(Payload { status, content_type, body })
}

fn header_line(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let line = &rest[..end];
    *rest = &rest[end + 1..];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    Some(String::from_utf8_lossy(line).into_owned())
}

fn inflate(decoder: impl io::Read, limit: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    decoder.take(limit as u64 + 1).read_to_end(&mut body).map_err(|cause| cause.to_string())?;
    if body.len() > limit { Err(format!("it is larger than {limit} bytes")) } else { Ok(body) }
}

/// The chunks joined; nothing if they are none.
fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = header_line(&mut rest)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_anything_else_is_left() {
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        let payload = response(chunked, 100).unwrap();
        assert_eq!((payload.status, payload.body), (200, Ok(b"abcde".to_vec())));
        let plain = b"HTTP/1.1 404 No\nTransfer-Encoding: chunked\n\nabc";
        let payload = response(plain, 100).unwrap();
        assert_eq!((payload.status, payload.body), (404, Ok(b"abc".to_vec())));
        assert!(response(b"HTTP/1.1 200 OK\r\n", 100).is_none());
    }
}
