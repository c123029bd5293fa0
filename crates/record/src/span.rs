//! Half-open ranges into an article's text, in bytes inside the program and in code points on the wire.

use serde::{Deserialize, Serialize};

/// A half-open byte range `[start, end)` into an article's text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `[start, end)`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// The text this span covers.
    ///
    /// # Panics
    /// If the span was not made for this text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A half-open range of Unicode code points into an article's text, written `[start, end]` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(from = "[u32; 2]", into = "[u32; 2]")]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl From<[u32; 2]> for CharSpan {
    fn from([start, end]: [u32; 2]) -> Self {
        Self { start, end }
    }
}

impl From<CharSpan> for [u32; 2] {
    fn from(s: CharSpan) -> Self {
        [s.start, s.end]
    }
}

/// Turns byte positions of one text into code-point positions.
///
/// ASCII text costs nothing; other text keeps one count per 128 bytes.
#[derive(Debug, Clone)]
pub struct Offsets {
    /// Code points before each block of [`BLOCK`] bytes; empty where bytes and code points coincide.
    before: Vec<u32>,
}

const BLOCK: usize = 128;

fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl Offsets {
    /// Counts the characters of `text` once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0u32;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += block.iter().filter(|b| starts_character(**b)).count() as u32;
        }
        before.push(count);
        Self { before }
    }

    /// The code-point range of a byte range of the same text.
    pub fn chars(&self, text: &str, span: Span) -> CharSpan {
        CharSpan { start: self.at(text, span.start), end: self.at(text, span.end) }
    }

    fn at(&self, text: &str, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let byte = byte as usize;
        let block = byte / BLOCK;
        let rest = &text.as_bytes()[block * BLOCK..byte];
        self.before[block] + rest.iter().filter(|b| starts_character(**b)).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_are_counted_as_std_counts_them(text in ".{0,400}") {
            let offsets = Offsets::new(&text);
            for (chars, (byte, c)) in text.char_indices().enumerate() {
                let span = Span::new(byte, byte + c.len_utf8());
                let got = offsets.chars(&text, span);
                prop_assert_eq!(got, CharSpan { start: chars as u32, end: chars as u32 + 1 });
            }
            let end = Span::new(text.len(), text.len());
            prop_assert_eq!(offsets.chars(&text, end).start as usize, text.chars().count());
        }
    }

    #[test]
    fn a_span_is_a_pair_on_the_wire() {
        let span = CharSpan { start: 3, end: 9 };
        assert_eq!(serde_json::to_string(&span).unwrap(), "[3,9]");
        assert_eq!(serde_json::from_str::<CharSpan>("[3,9]").unwrap(), span);
    }
}
