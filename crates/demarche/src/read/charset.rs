//! Any declared encoding into UTF-8, as a stream.
//!
//! What is malformed becomes the byte 0xFF, which no UTF-8 text holds, so that one check in the readers finds bad
//! encodings of every kind at their row and line.

use crate::read::unpack::{Stream, peek};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};
use std::io::{self, BufRead, BufReader, Read};

/// The stream in UTF-8 without byte order mark, and what it was in before.
///
/// A byte order mark decides; without one `declared`; without that UTF-8.
pub(super) fn to_utf8(
    input: Stream,
    declared: Option<&'static Encoding>,
) -> io::Result<(Stream, &'static Encoding)> {
    let (start, mut input) = peek(input, 3)?;
    let (encoding, mark) = match Encoding::for_bom(&start) {
        Some(found) => found,
        None => (declared.unwrap_or(UTF_8), 0),
    };
    io::copy(&mut input.by_ref().take(mark as u64), &mut io::sink())?;
    if encoding == UTF_8 {
        return Ok((input, encoding));
    }
    let transcoder = Transcoder {
        input,
        decoder: encoding.new_decoder_without_bom_handling(),
        out: Vec::new(),
        at: 0,
        ended: false,
    };
    Ok((Box::new(BufReader::with_capacity(1 << 16, transcoder)), encoding))
}

/// A whole text in UTF-8, by its byte order mark or else as `declared`; an error is the place of the first bad byte.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<(String, &'static Encoding), usize> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (declared.unwrap_or(UTF_8), 0),
    };
    let body = &bytes[mark..];
    if encoding == UTF_8 {
        return match std::str::from_utf8(body) {
            Ok(text) => Ok((text.to_owned(), encoding)),
            Err(cause) => Err(mark + cause.valid_up_to()),
        };
    }
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => Ok((text.into_owned(), encoding)),
        None => Err(mark + first_malformed(body, encoding)),
    }
}

fn first_malformed(body: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = [0u8; 4096];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&body[at..], &mut out, true);
        at += read;
        match result {
            DecoderResult::Malformed(length, after) => {
                return at.saturating_sub(usize::from(length) + usize::from(after));
            }
            DecoderResult::InputEmpty => return body.len(),
            DecoderResult::OutputFull => {}
        }
    }
}

/// The encoding an XML declaration at the start names: its label, and the encoding if the label is known.
pub(super) fn xml_declaration(start: &[u8]) -> Option<(String, Option<&'static Encoding>)> {
    let start = start.strip_prefix(b"<?xml")?;
    let end = start.windows(2).position(|pair| pair == b"?>")?;
    let declaration = String::from_utf8_lossy(&start[..end]).into_owned();
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = rest[1..].split_once(quote)?;
    Some((label.to_owned(), Encoding::for_label(label.as_bytes())))
}

struct Transcoder {
    input: Stream,
    decoder: Decoder,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let ready = &self.out[self.at..];
            if !ready.is_empty() {
                let count = ready.len().min(buffer.len());
                buffer[..count].copy_from_slice(&ready[..count]);
                self.at += count;
                return Ok(count);
            }
            if self.ended {
                return Ok(0);
            }
            let source = self.input.fill_buf()?;
            let last = source.is_empty();
            self.out.resize(1 << 14, 0);
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(source, &mut self.out, last);
            self.input.consume(read);
            self.out.truncate(written);
            self.at = 0;
            match result {
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.out.push(0xFF),
            }
        }
    }
}
