//! Splits a sentence roughly as Universal Dependencies splits English, for tests that need words without a parser.

use demarche_lexicon::{Lexicon, Mention};
use demarche_record::Span;

/// Words of a text: at space, punctuation, hyphens and before a possessive ending; dots stay in acronyms and titles.
pub fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        split(text, start, start + word.len(), &mut words);
        start += chunk.len();
    }
    words
}

fn split(text: &str, mut from: usize, to: usize, words: &mut Vec<Span>) {
    while from < to {
        let rest = &text[from..to];
        let acronym = rest.len() > 3 && rest.as_bytes()[1] == b'.' && rest.as_bytes()[2].is_ascii_uppercase();
        let mut end = 0;
        for (at, c) in rest.char_indices() {
            let dot = c == '.'
                && (acronym || at + 1 < rest.len() && rest[at + 1..].starts_with(char::is_alphanumeric));
            let possessive =
                matches!(c, '\'' | '’') && matches!(&rest[at + c.len_utf8()..], "s" | "s," | "s.");
            let inside = matches!(c, '\'' | '’')
                && !possessive
                && at > 0
                && rest[at + c.len_utf8()..].starts_with(char::is_alphabetic);
            if c.is_alphanumeric() || dot || inside || possessive && at == 0 {
                end = at + c.len_utf8();
            } else {
                break;
            }
        }
        let end = if end == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { end };
        words.push(Span::new(from, from + end));
        from += end;
    }
}

/// What the lexicon finds in a text, and the texts it stands on.
pub fn found<'t>(lexicon: &Lexicon, text: &'t str) -> Vec<(&'t str, Mention)> {
    let words = words(text);
    let mut out = Vec::new();
    lexicon.find(text, &words, &mut out);
    out.into_iter()
        .map(|m| {
            let span = words[m.words.start as usize].cover(words[m.words.end as usize - 1]);
            (span.of(text), m)
        })
        .collect()
}
