//! Words into what the encoders see: WordPiece numbers, a shape, hashes of the spelling.
//!
//! `crates/train/python/pieces.py` does the same; the fixture of the trainer holds both to it.

use super::punctuation::is_punctuation;
use crate::bytes::Reader;
use crate::model::ModelError;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most pieces of one word; further ones are left out.
pub const MOST_PIECES: usize = 8;
/// Longest run of letters that is looked up, in characters.
const LONGEST_RUN: usize = 100;
/// Number of shapes.
pub const SHAPES: usize = 24;
/// Numbers from [`hashes`].
pub const HASHES: usize = 6;

/// What a word looks like: 0 no letters, 1 small, 2 first capital, 3 all capitals, 4 one capital alone, 5 mixed; plus 6
/// after a blank, plus 12 at the beginning of a paragraph.
pub fn shape(form: &str, after_blank: bool, opens: bool) -> u8 {
    let mut letters = form.chars().filter_map(|c| match (c.is_uppercase(), c.is_lowercase()) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    });
    let kind = match letters.next() {
        None => 0,
        Some(first) => {
            let (mut capitals, mut smalls) = (0, 0);
            for capital in letters {
                *(if capital { &mut capitals } else { &mut smalls }) += 1;
            }
            match (first, capitals, smalls) {
                (false, 0, _) => 1,
                (true, 0, 0) => 4,
                (true, _, 0) => 3,
                (true, 0, _) => 2,
                _ => 5,
            }
        }
    };
    kind + 6 * u8::from(after_blank) + 12 * u8::from(opens)
}

/// The vocabulary of pieces.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// All pieces, one after the other.
    text: String,
    /// End of every piece in `text`.
    ends: Vec<u32>,
    /// Numbers of pieces plus one by hash, 0 where there is none; its size is a power of two.
    table: Vec<u32>,
    /// Opens every window.
    pub begin: u32,
    /// Closes paragraphs and windows.
    pub end: u32,
    unknown: u32,
}

/// Room for cutting words.
#[derive(Debug, Clone, Default)]
pub struct CutRoom {
    plain: String,
    hashes: Vec<(usize, u64)>,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn hash(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Vocabulary {
    /// Reads a list of pieces.
    ///
    /// # Errors
    /// If the list is cut short or lacks the pieces that mark beginning, end and the unknown.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.length()?;
        let (mut text, mut ends) = (String::new(), Vec::new());
        for _ in 0..count {
            text.push_str(reader.text()?);
            ends.push(text.len() as u32);
        }
        let mut vocabulary = Self {
            text,
            ends,
            table: vec![0; (count * 2).next_power_of_two().max(2)],
            begin: 0,
            end: 0,
            unknown: 0,
        };
        for number in 0..count as u32 {
            let mut at = vocabulary.place(hash(SEED, vocabulary.piece(number).as_bytes()));
            while vocabulary.table[at] != 0 {
                at = (at + 1) % vocabulary.table.len();
            }
            vocabulary.table[at] = number + 1;
        }
        let mark = |name: &'static str| {
            vocabulary
                .find(hash(SEED, name.as_bytes()), false, name)
                .ok_or(ModelError::Malformed("the vocabulary lacks its marks"))
        };
        let (begin, end, unknown) = (mark("[CLS]")?, mark("[SEP]")?, mark("[UNK]")?);
        Ok(Self { begin, end, unknown, ..vocabulary })
    }

    /// Number of pieces.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn piece(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.text[start..self.ends[number] as usize]
    }

    fn place(&self, hash: u64) -> usize {
        (hash ^ hash >> 32) as usize & (self.table.len() - 1)
    }

    /// The piece with this hash and spelling, behind "##" if it `goes_on`.
    fn find(&self, hash: u64, goes_on: bool, spelling: &str) -> Option<u32> {
        let mut at = self.place(hash);
        loop {
            let number = self.table[at].checked_sub(1)?;
            let piece = self.piece(number);
            let same = if goes_on { piece.strip_prefix("##") == Some(spelling) } else { piece == spelling };
            if same {
                return Some(number);
            }
            at = (at + 1) % self.table.len();
        }
    }

    /// Appends the pieces of a word to `out`: at least one, at most [`MOST_PIECES`].
    pub fn cut(&self, form: &str, room: &mut CutRoom, out: &mut Vec<u32>) {
        let first = out.len();
        let CutRoom { plain, hashes } = room;
        plain.clear();
        if form.is_ascii() {
            plain.push_str(form);
            plain.make_ascii_lowercase();
        } else {
            plain.extend(form.to_lowercase().nfd().filter(|&c| !is_combining_mark(c)));
        }
        let mut start = None;
        let chars = plain.char_indices().chain([(plain.len(), ' ')]);
        for (at, c) in chars {
            let alone = is_punctuation(c) || is_chinese(c);
            if !alone && !is_gap(c) {
                start = start.or(Some(at));
                continue;
            }
            if let Some(start) = start.take() {
                self.cut_run(&plain[start..at], hashes, out);
            }
            if alone {
                self.cut_run(&plain[at..at + c.len_utf8()], hashes, out);
            }
            if out.len() - first >= MOST_PIECES {
                break;
            }
        }
        out.truncate(first + MOST_PIECES);
        if out.len() == first {
            out.push(self.unknown);
        }
    }

    /// The pieces of a run without punctuation, the longest first.
    fn cut_run(&self, run: &str, hashes: &mut Vec<(usize, u64)>, out: &mut Vec<u32>) {
        let first = out.len();
        if run.chars().nth(LONGEST_RUN).is_some() {
            out.push(self.unknown);
            return;
        }
        let goes_on_seed = hash(SEED, b"##");
        let mut start = 0;
        while start < run.len() {
            let goes_on = start > 0;
            hashes.clear();
            let mut so_far = if goes_on { goes_on_seed } else { SEED };
            let rest = &run[start..];
            for (at, c) in rest.char_indices() {
                let end = at + c.len_utf8();
                so_far = hash(so_far, &rest.as_bytes()[at..end]);
                hashes.push((end, so_far));
            }
            let found = hashes
                .iter()
                .rev()
                .find_map(|&(end, hash)| Some((end, self.find(hash, goes_on, &rest[..end])?)));
            let Some((end, number)) = found else {
                out.truncate(first);
                out.push(self.unknown);
                return;
            };
            out.push(number);
            start += end;
        }
    }
}

fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Blanks, and characters that control or format and show nothing.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// FNV-1a of 32 bits, stirred once more.
fn stirred(bytes: impl Iterator<Item = u8>, seed: u32) -> u32 {
    let hash =
        bytes.fold(2_166_136_261 ^ seed, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
    let hash = (hash ^ hash >> 15).wrapping_mul(0x2C1B_3C6D);
    hash ^ hash >> 12
}

/// Appends the hashes of a word's spelling: all of it, its last two, three and four letters, its first three, and its
/// pattern of capitals, small letters and digits; each below `rows`.
pub fn hashes(form: &str, rows: u32, room: &mut String, out: &mut Vec<u32>) {
    let digit = |c: char| if c.is_ascii_digit() { '0' } else { c };
    room.clear();
    if form.is_ascii() {
        room.extend(form.chars().take(32).map(|c| digit(c.to_ascii_lowercase())));
    } else {
        room.extend(form.to_lowercase().chars().take(32).map(digit));
    }
    let count = room.chars().count();
    let from = |n: usize| room.char_indices().nth(count.saturating_sub(n)).map_or(0, |(at, _)| at);
    let to = room.char_indices().nth(3).map_or(room.len(), |(at, _)| at);
    let parts = [&room[..], &room[from(2)..], &room[from(3)..], &room[from(4)..], &room[..to]];
    for (k, part) in parts.into_iter().enumerate() {
        out.push(stirred(part.bytes(), (k as u32).wrapping_mul(0x9E37_79B1)) % rows);
    }
    let pattern = form.chars().take(32).map(|c| match c {
        _ if c.is_uppercase() => 'X',
        _ if c.is_lowercase() => 'x',
        _ => digit(c),
    });
    let mut buffer = [0; 4];
    let seed = 5u32.wrapping_mul(0x9E37_79B1);
    let mut hash = 2_166_136_261 ^ seed;
    for c in pattern {
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
        }
    }
    let hash = (hash ^ hash >> 15).wrapping_mul(0x2C1B_3C6D);
    out.push((hash ^ hash >> 12) % rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::Writer;

    fn vocabulary(pieces: &[&str]) -> Vocabulary {
        let mut writer = Writer::default();
        writer.number(pieces.len() as u64);
        pieces.iter().for_each(|piece| writer.text(piece));
        Vocabulary::read(&mut Reader::new(&writer.bytes)).unwrap()
    }

    #[test]
    fn the_longest_piece_is_taken() {
        let v = vocabulary(&["[UNK]", "[CLS]", "[SEP]", "un", "unit", "##ed", "##s", ".", "e"]);
        let cut = |word: &str| {
            let mut out = Vec::new();
            v.cut(word, &mut CutRoom::default(), &mut out);
            out
        };
        assert_eq!(cut("United"), [4, 5]);
        assert_eq!(cut("unity"), [0]);
        assert_eq!(cut("é.UNS"), [8, 7, 3, 6]);
        assert_eq!(cut("\u{200b}"), [0]);
        assert_eq!(cut(&".".repeat(50)), [7; MOST_PIECES]);
        assert_eq!(cut(&"e".repeat(101)), [0]);
    }

    #[test]
    fn shapes_tell_capitals() {
        let of = |form| shape(form, false, false);
        assert_eq!(["7%", "un", "Un", "UN", "A", "iPhone", "McX", "U.S."].map(of), [0, 1, 2, 3, 4, 5, 5, 3]);
        assert_eq!(shape("un", true, true), 19);
    }

    #[test]
    fn hashes_are_below_the_bound() {
        let mut out = Vec::new();
        for word in ["", "a", "Zürich", "1990s", "\u{130}", &"long".repeat(40)] {
            hashes(word, 40_000, &mut String::new(), &mut out);
        }
        assert_eq!(out.len(), 6 * HASHES);
        assert!(out.iter().all(|&h| h < 40_000));
    }
}
