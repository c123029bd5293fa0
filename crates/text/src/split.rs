//! Words of a paragraph into sentences: after every word that a blank follows, a linear model is asked whether a
//! sentence ends.
//!
//! Paragraphs come from `layout`. A sentence that grows too long is cut at punctuation.

use crate::Word;
use crate::atoms::folded;
use crate::bytes::{Reader, Writer};
use crate::hash::{key, of_chars};
use crate::model::ModelError;
use crate::rows::{Row, Rows};
use std::ops::Range;

/// Most words in a sentence.
pub const LONGEST: usize = 400;

/// The judge of sentence ends.
#[derive(Debug, Clone)]
pub struct Splitter {
    ends: Rows,
}

fn form(text: &str, words: &[Word], i: isize) -> u32 {
    match usize::try_from(i).ok().and_then(|i| words.get(i)) {
        Some(word) => of_chars(word.span.of(text).chars().take(16).map(folded)),
        None => 1,
    }
}

/// First character's class, length class and last character, packed.
fn look(text: &str, words: &[Word], i: isize) -> u32 {
    let Some(word) = usize::try_from(i).ok().and_then(|i| words.get(i)) else {
        return 0;
    };
    let form = word.span.of(text);
    let class = |c: char| match c {
        '.' => 5,
        '!' | '?' => 6,
        ',' | ';' => 7,
        ':' => 8,
        '"' | '“' | '”' | '\'' | '’' | '‘' => 9,
        '(' | '[' => 10,
        ')' | ']' => 11,
        '-' | '–' | '—' | '*' | '•' => 12,
        _ if c.is_uppercase() => 2,
        _ if c.is_lowercase() => 1,
        _ if c.is_numeric() => 3,
        _ => 4,
    };
    let mut chars = form.chars();
    let first = chars.next().map_or(0, class);
    let second = chars.next().map_or(0, class);
    let last = form.chars().next_back().map_or(0, class);
    first + 16 * second + 256 * last
}

fn length_class(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=8 => 5,
        9..=16 => 6,
        17..=32 => 7,
        _ => 8,
    }
}

/// Whether the model is asked about the gap after `words[i]`: a blank follows, and it is not just a small word after
/// a word or comma.
pub fn is_open(text: &str, words: &[Word], i: usize) -> bool {
    if !words[i].space_after || i + 1 >= words.len() {
        return false;
    }
    let left = words[i].span.of(text).chars().next_back();
    let right = words[i + 1].span.of(text).chars().next();
    let tame = left.is_some_and(|c| c.is_lowercase() || c == ',') && right.is_some_and(char::is_lowercase);
    !tame
}

/// The features of the gap after `words[i]` when the sentence began at `start`.
pub fn features(text: &str, words: &[Word], start: usize, i: usize, keys: &mut Vec<u32>) {
    let i = i as isize;
    let f = |d: isize| form(text, words, i + d);
    let k = |d: isize| look(text, words, i + d);
    // The last word that is no closing quotation mark or bracket.
    let mut core = i;
    while core > start as isize && matches!(k(core - i) & 15, 9 | 11) {
        core -= 1;
    }
    let core_form = form(text, words, core);
    let core_look = look(text, words, core);
    let long = length_class(i as usize + 1 - start);
    let rest = length_class(words.len() - 1 - i as usize);
    let first = look(text, words, start as isize);
    let quotes = words[start..=i as usize]
        .iter()
        .rev()
        .take(60)
        .filter(|w| matches!(w.span.of(text), "\"" | "“" | "”"))
        .count() as u32
        % 2;
    let opened =
        words[start..=i as usize].iter().rev().take(60).fold(0i32, |depth, w| match w.span.of(text) {
            "(" | "[" => depth + 1,
            ")" | "]" => depth - 1,
            _ => depth,
        });
    let opened = u32::from(opened > 0);
    keys.clear();
    keys.extend_from_slice(&[
        key(1, &[]),
        key(2, &[f(0)]),
        key(3, &[f(1)]),
        key(4, &[f(0), f(1)]),
        key(5, &[k(0)]),
        key(6, &[k(1)]),
        key(7, &[k(0), k(1)]),
        key(8, &[k(-1), k(0), k(1)]),
        key(9, &[k(0), k(1), k(2)]),
        key(10, &[f(-1), f(0)]),
        key(11, &[f(-1), f(0), k(1)]),
        key(12, &[f(0), k(1)]),
        key(13, &[k(0), f(1)]),
        key(14, &[core_form, core_look, k(1)]),
        key(15, &[core_look, k(0), k(1), long]),
        key(16, &[long, k(0), k(1)]),
        key(17, &[rest, k(0), k(1)]),
        key(18, &[first, k(0), k(1)]),
        key(19, &[quotes, f(0), k(1)]),
        key(20, &[quotes, opened, k(0), k(1)]),
        key(21, &[f(0), f(1), f(2)]),
        key(22, &[f(1), f(2), k(0)]),
        key(23, &[k(-1), k(0), k(1), k(2)]),
        key(24, &[long, rest, k(0)]),
        key(25, &[core_look, f(1)]),
        key(26, &[f(2), k(1), k(0)]),
        key(27, &[k(1), k(2), k(3), k(0)]),
        key(28, &[form(text, words, start as isize), k(0), k(1)]),
        key(29, &[long, first, k(1), k(2)]),
    ]);
}

impl Splitter {
    /// Writes the part: weights of "goes on" and "ends", sorted by key.
    pub fn write(ends: &[Row], writer: &mut Writer) {
        Rows::write(ends, 2, writer);
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not this part.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok(Self { ends: Rows::read(reader)? })
    }

    /// How much likelier, in units of the weights, it is that a sentence begun at `start` ends after `words[i]` than that
    /// it goes on; none for gaps the model is never asked about.
    pub fn lead(
        &self,
        text: &str,
        words: &[Word],
        start: usize,
        i: usize,
        keys: &mut Vec<u32>,
    ) -> Option<i32> {
        is_open(text, words, i).then(|| {
            features(text, words, start, i, keys);
            let mut sums = [0i32; 256];
            self.ends.score(keys, &mut sums);
            sums[1] - sums[0]
        })
    }

    /// Hands the sentences among `words`, one paragraph, to `each` as ranges of words.
    pub fn sentences(
        &self,
        text: &str,
        words: &[Word],
        keys: &mut Vec<u32>,
        mut each: impl FnMut(Range<usize>),
    ) {
        let mut start = 0;
        for i in 0..words.len() {
            let ends =
                i + 1 == words.len() || self.lead(text, words, start, i, keys).is_some_and(|lead| lead > 0);
            if ends {
                each(start..i + 1);
                start = i + 1;
            } else if i + 1 - start == LONGEST {
                let cut = cut(text, words, start, i);
                each(start..cut);
                start = cut;
            }
        }
    }
}

/// Where to cut the overlong `words[start..=end]`: after the last punctuation of its second half, never inside a token.
fn cut(text: &str, words: &[Word], start: usize, end: usize) -> usize {
    let middle = start + LONGEST / 2;
    let whole = |i: &usize| words.get(i + 1).is_none_or(|w| w.mwt != crate::Mwt::Rest);
    let sign = |i: &usize| {
        matches!(words[*i].span.of(text), "." | "!" | "?" | ";" | ":" | "," | "-" | "|" | "/" | "…")
    };
    let at = (middle..=end).rev().filter(whole).find(sign).or_else(|| (middle..=end).rev().find(whole));
    at.unwrap_or(end) + 1
}
