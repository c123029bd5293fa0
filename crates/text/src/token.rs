//! Text into tokens and syntactic words.
//!
//! Blank space always divides. Inside a chunk between blanks, every gap next to a sign, between letters and digits
//! or before "n't" is judged by a linear model: joined, divided, or divided within one multiword token. Words
//! written as one that are two ("cannot") stand in a list.

use crate::atoms::folded;
use crate::bytes::{Reader, Writer};
use crate::hash::{key, mix, of_chars};
use crate::model::ModelError;
use crate::rows::{Row, Rows};
use crate::weights::Lookup;
use crate::{Mwt, Word};
use demarche_record::Span;
use std::ops::Range;

/// What a gap is: [`Gap::Joined`], [`Gap::Divided`], [`Gap::Within`] in the order of the model's classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Both sides belong to one word.
    Joined,
    /// A token ends here.
    Divided,
    /// A word ends here, its token goes on.
    Within,
}

impl Gap {
    /// The gap with this class number.
    pub fn from_class(class: usize) -> Gap {
        [Gap::Joined, Gap::Divided, Gap::Within][class.min(2)]
    }
}

/// Coarse kind of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Small,
    Capital,
    Digit,
    Sign,
    Outside,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' => Kind::Small,
        'A'..='Z' => Kind::Capital,
        '0'..='9' => Kind::Digit,
        '\0'..='\u{7f}' => Kind::Sign,
        '\u{80}'..='\u{bf}' if !matches!(c, 'ª' | 'º' | 'µ') => Kind::Sign,
        '×' | '÷' | '\u{2010}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{2bff}' => {
            Kind::Sign
        }
        '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{1f000}'..='\u{1faff}' => Kind::Sign,
        '،' | '؛' | '؟' => Kind::Sign,
        _ if c.is_uppercase() => Kind::Capital,
        _ => Kind::Small,
    }
}

/// Where in a chunk an address stands: from "http://" or "www." on, or all around an "@"; without the signs that may
/// close a sentence or bracket behind it. Empty where there is none.
fn address(folded: &[char]) -> Range<usize> {
    let begins = |opening: &str| {
        let mut windows = folded.windows(opening.len());
        windows.position(|window| window.iter().copied().eq(opening.chars()))
    };
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '%' | '+');
    let page = ["http://", "https://", "ftp://", "www."].into_iter().filter_map(begins).min();
    let range = match (page, folded.iter().position(|&c| c == '@')) {
        (Some(start), _) => start..folded.len(),
        (None, Some(at)) => {
            let before = folded[..at].iter().rev().take_while(|c| part(c)).count();
            let after = folded[at + 1..].iter().take_while(|c| part(c)).count();
            if before == 0 || after == 0 { 0..0 } else { at - before..at + 1 + after }
        }
        (None, None) => 0..0,
    };
    let closing =
        |c: &char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '>' | '"' | '\'' | '-');
    let tail = folded[range.clone()].iter().rev().take_while(|c| closing(c)).count();
    range.start..range.end - tail
}

/// A piece of text between blanks, opened up character by character.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    folded: Vec<char>,
    kinds: Vec<u8>,
    /// Byte place of every character in the text, and of the end.
    places: Vec<u32>,
    whole: u32,
    /// Characters that make up an address of a page or of mail; gaps inside are never asked about.
    address: Range<usize>,
    /// Kind of the first character of the next chunk; 5 at the end of a paragraph.
    next: u32,
}

impl Chunk {
    /// Opens the bytes `start..end` of `text`; `next` is the first character of the chunk that follows in the paragraph.
    pub fn open(&mut self, text: &str, start: usize, end: usize, next: Option<char>) {
        self.folded.clear();
        self.kinds.clear();
        self.places.clear();
        let chunk = &text[start..end];
        for (at, c) in chunk.char_indices() {
            self.folded.push(folded(c));
            self.kinds.push(kind(c) as u8);
            self.places.push((start + at) as u32);
        }
        self.places.push(end as u32);
        self.whole = of_chars(self.folded.iter().take(32).copied());
        self.address = address(&self.folded);
        self.next = next.map_or(5, |c| kind(c) as u32);
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Byte place of character `i`, or of the end.
    pub fn place(&self, i: usize) -> u32 {
        self.places[i]
    }

    /// Whether the model is asked about the gap before character `i`, `0 < i < len`.
    pub fn is_open_gap(&self, i: usize) -> bool {
        if self.address.start < i && i < self.address.end {
            return false;
        }
        let (left, right) = (self.kind_at(i as isize - 1), self.kind_at(i as isize));
        let letter = |k: Kind| k == Kind::Small || k == Kind::Capital;
        left == Kind::Sign
            || right == Kind::Sign
            || letter(left) != letter(right)
            || (self.char_at(i as isize) == 'n'
                && self.char_at(i as isize + 1) == '\''
                && self.char_at(i as isize + 2) == 't')
    }

    fn kind_at(&self, i: isize) -> Kind {
        match usize::try_from(i).ok().and_then(|i| self.kinds.get(i)) {
            Some(0) => Kind::Small,
            Some(1) => Kind::Capital,
            Some(2) => Kind::Digit,
            Some(3) => Kind::Sign,
            _ => Kind::Outside,
        }
    }

    fn char_at(&self, i: isize) -> char {
        usize::try_from(i).ok().and_then(|i| self.folded.get(i)).copied().unwrap_or('\u{1}')
    }

    /// Letters and digits that end just before `end`, at most twelve.
    fn run_before(&self, end: usize) -> &[char] {
        let mut start = end;
        while start > 0 && end - start < 12 && self.kinds[start - 1] < 3 {
            start -= 1;
        }
        &self.folded[start..end]
    }

    fn run_after(&self, start: usize) -> &[char] {
        let mut end = start;
        while end < self.len() && end - start < 12 && self.kinds[end] < 3 {
            end += 1;
        }
        &self.folded[start..end]
    }

    /// The features of the gap before character `i`, when the last gap that was not joined is before `word`.
    pub fn features(&self, i: usize, word: usize, keys: &mut Vec<u32>) {
        keys.clear();
        let at = |d: isize| self.char_at(i as isize + d) as u32;
        let kinds = |range: std::ops::Range<isize>| {
            range.fold(0u32, |code, d| code * 6 + self.kind_at(i as isize + d) as u32)
        };
        let text = |chars: &[char]| of_chars(chars.iter().copied());
        let left = text(self.run_before(i));
        let right = text(self.run_after(i));
        // Across the sign on either side, so that both gaps of "e-mail" see both halves.
        let far_left = if i > 0 { text(self.run_before(i - 1)) } else { 0 };
        let far_right = if i + 1 < self.len() { text(self.run_after(i + 1)) } else { 0 };
        let current = text(&self.folded[word.max(i.saturating_sub(12))..i]);
        let rest = text(&self.folded[i..self.len().min(i + 12)]);
        let to_end = (self.len() - i).min(4) as u32;
        let from_start = i.min(4) as u32;
        let address = u32::from(!self.address.is_empty());
        keys.extend_from_slice(&[
            key(1, &[]),
            key(2, &[at(-1), at(0)]),
            key(3, &[at(-2), at(-1), at(0)]),
            key(4, &[at(-1), at(0), at(1)]),
            key(5, &[at(-2), at(-1), at(0), at(1)]),
            key(6, &[kinds(-2..2)]),
            key(7, &[kinds(-3..3)]),
            key(8, &[kinds(-4..2)]),
            key(9, &[kinds(-2..4)]),
            key(10, &[at(-1), kinds(0..3)]),
            key(11, &[at(0), kinds(-3..0)]),
            key(12, &[current, at(0)]),
            key(13, &[rest]),
            key(14, &[rest, self.kind_at(i as isize - 1) as u32]),
            key(15, &[current, rest]),
            key(16, &[left, at(0)]),
            key(17, &[left, right]),
            key(18, &[at(-1), right]),
            key(19, &[left, at(0), far_right]),
            key(20, &[far_left, at(-1), right]),
            key(21, &[far_left, at(-1)]),
            key(22, &[at(0), far_right]),
            key(23, &[self.whole, i as u32]),
            key(24, &[address, at(-1), at(0)]),
            key(25, &[address, kinds(-1..1), to_end, from_start]),
            key(26, &[at(0), to_end, self.next]),
            key(27, &[at(-1), at(0), to_end, self.next, kinds(-2..-1)]),
            key(28, &[left, at(0), to_end, self.next]),
            key(29, &[at(-1), at(0), from_start]),
            key(30, &[mix(u64::from(current), u64::from(address)) as u32, kinds(0..2)]),
            key(31, &[(i - word).min(6) as u32, at(-1), at(0), kinds(-2..-1)]),
        ]);
    }
}

/// The judge of gaps.
#[derive(Debug, Clone)]
pub struct Tokeniser {
    gaps: Rows,
    /// Words of letters alone that are two words: spelling to length of the first, in characters.
    fused: Lookup,
}

/// Room the tokeniser needs, kept from chunk to chunk.
#[derive(Debug, Clone, Default)]
pub struct TokenRoom {
    chunk: Chunk,
    keys: Vec<u32>,
}

impl Tokeniser {
    /// Writes the part: weights of the gap classes and the list of fused words, both sorted by key.
    pub fn write(gaps: &[Row], fused: &[(u32, u32)], writer: &mut Writer) {
        Rows::write(gaps, 3, writer);
        Lookup::write(fused, writer);
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not this part.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok(Self { gaps: Rows::read(reader)?, fused: Lookup::read(reader)? })
    }

    /// Appends the words of `text[start..end]`, a paragraph, to `words`. Every character that is not blank is in
    /// exactly one word.
    pub fn words(&self, text: &str, start: usize, end: usize, room: &mut TokenRoom, words: &mut Vec<Word>) {
        let paragraph = &text[start..end];
        let base = paragraph.as_ptr() as usize;
        let mut chunks = paragraph.split_whitespace().peekable();
        while let Some(chunk) = chunks.next() {
            let from = start + (chunk.as_ptr() as usize - base);
            let next = chunks.peek().and_then(|c| c.chars().next());
            self.divide(text, from, from + chunk.len(), next, room, words);
        }
    }

    fn divide(
        &self,
        text: &str,
        from: usize,
        to: usize,
        next: Option<char>,
        room: &mut TokenRoom,
        words: &mut Vec<Word>,
    ) {
        let chunk = &text[from..to];
        let first = words.len();
        if chunk.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.push_letters(chunk, from, words);
        } else {
            room.chunk.open(text, from, to, next);
            let chunk = &room.chunk;
            let (mut word, mut within) = (0, false);
            for i in 1..=chunk.len() {
                let gap = if i == chunk.len() {
                    Gap::Divided
                } else if chunk.is_open_gap(i) {
                    chunk.features(i, word, &mut room.keys);
                    let mut sums = [0i32; 256];
                    self.gaps.score(&room.keys, &mut sums);
                    Gap::from_class(self.gaps.best(&sums))
                } else {
                    Gap::Joined
                };
                if gap == Gap::Joined {
                    continue;
                }
                let span = Span { start: chunk.place(word), end: chunk.place(i) };
                let piece = span.of(text);
                if gap == Gap::Divided && !within && piece.bytes().all(|b| b.is_ascii_alphabetic()) {
                    self.push_letters(piece, span.start as usize, words);
                } else {
                    let mwt = match (within, gap) {
                        (true, _) => Mwt::Rest,
                        (false, Gap::Within) => Mwt::First,
                        (false, _) => Mwt::No,
                    };
                    words.push(Word { span, mwt, space_after: false });
                }
                within = gap == Gap::Within;
                word = i;
            }
        }
        if let Some(last) = words[first..].last_mut() {
            last.space_after = true;
        }
    }

    fn push_letters(&self, piece: &str, from: usize, words: &mut Vec<Word>) {
        let to = from + piece.len();
        let divided = (piece.len() < 12).then(|| self.fused.get(crate::atoms::form_key(piece))).flatten();
        match divided {
            Some(first) if (first as usize) < piece.len() && first > 0 => {
                let middle = from + first as usize;
                words.push(Word { span: Span::new(from, middle), mwt: Mwt::First, space_after: false });
                words.push(Word { span: Span::new(middle, to), mwt: Mwt::Rest, space_after: false });
            }
            _ => words.push(Word { span: Span::new(from, to), mwt: Mwt::No, space_after: false }),
        }
    }
}
