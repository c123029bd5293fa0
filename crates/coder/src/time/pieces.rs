//! The words of a sentence cut at hyphens, each with what it can do in an expression of time.

use crate::view::View;
use demarche_lexicon::TimeKind;
use demarche_text::Upos;

/// A sense of a piece: what it does, which one, and how many pieces it takes.
type Sense = (TimeKind, i64, usize);

/// All pieces of a sentence.
pub(super) struct Pieces<'v, 's> {
    pub(super) view: &'v View<'s>,
    lower: Vec<String>,
    words: Vec<usize>,
    senses: Vec<Vec<Sense>>,
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–" | "—" | "‑" | "−")
}

impl<'v, 's> Pieces<'v, 's> {
    pub(super) fn new(view: &'v View<'s>) -> Self {
        let (mut lower, mut words, mut capitals) = (Vec::new(), Vec::new(), Vec::new());
        let mut push = |text: &str, word: usize| {
            let text = text.strip_suffix('.').filter(|t| t.chars().all(char::is_alphabetic)).unwrap_or(text);
            if !text.is_empty() {
                lower.push(text.replace('’', "'").to_lowercase());
                words.push(word);
                capitals.push(text.starts_with(char::is_uppercase));
            }
        };
        for i in 0..view.len() {
            let form = view.form(i);
            let mut rest = form;
            while let Some(at) = rest.find(['-', '–', '—', '‑', '−']) {
                push(&rest[..at], i);
                push("-", i);
                let dash = rest[at..].chars().next().map_or(1, char::len_utf8);
                rest = &rest[at + dash..];
            }
            push(rest, i);
        }
        let texts: Vec<&str> = lower.iter().map(String::as_str).collect();
        let senses = (0..texts.len())
            .map(|i| {
                view.lexicon
                    .time_at(&texts[i..])
                    .filter(|(entry, _)| !entry.capital || capitals[i])
                    .filter(|(entry, len)| {
                        let verb = matches!(view.upos(words[i]), Upos::Verb | Upos::Aux) && *len == 1;
                        match entry.kind {
                            TimeKind::Weekday | TimeKind::Month | TimeKind::Season => !verb,
                            TimeKind::Which => view.upos(words[i]) != Upos::Verb,
                            _ => true,
                        }
                    })
                    .map(|(entry, len)| (entry.kind, entry.value, len))
                    .collect()
            })
            .collect();
        Self { view, lower, words, senses }
    }

    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// Whether nothing here can be a time: the usual case, found out cheaply.
    pub(super) fn none(&self) -> bool {
        let telling = |s: &Sense| {
            matches!(
                s.0,
                TimeKind::Weekday
                    | TimeKind::Month
                    | TimeKind::Season
                    | TimeKind::Day
                    | TimeKind::Unit
                    | TimeKind::Part
                    | TimeKind::Fraction
                    | TimeKind::Vague
                    | TimeKind::Holiday
                    | TimeKind::Dated
                    | TimeKind::Decade
            )
        };
        !self.senses.iter().flatten().any(telling)
            && !self
                .lower
                .iter()
                .any(|t| t.bytes().any(|b| b.is_ascii_digit()) || t == "nineteen" || t == "twenty")
    }

    /// The word that a piece is of.
    pub(super) fn word(&self, i: usize) -> usize {
        self.words[i.min(self.words.len() - 1)]
    }

    /// The piece in small letters; empty behind the last.
    pub(super) fn text(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    /// Whether a piece is this word.
    pub(super) fn lit(&self, i: usize, word: &str) -> bool {
        self.text(i) == word
    }

    /// Whether a piece is a hyphen or dash.
    pub(super) fn dash(&self, i: usize) -> bool {
        is_dash(self.text(i))
    }

    /// The next piece, past one of these words if it is there.
    pub(super) fn past(&self, i: usize, words: &[&str]) -> usize {
        if words.contains(&self.text(i)) { i + 1 } else { i }
    }

    /// What a piece is as this kind: its value and the piece behind it.
    pub(super) fn is(&self, i: usize, kind: TimeKind) -> Option<(i64, usize)> {
        let senses = self.senses.get(i)?;
        senses.iter().find(|s| s.0 == kind).map(|s| (s.1, i + s.2))
    }

    /// Digits alone, at most so many.
    pub(super) fn digits(&self, i: usize, most: usize) -> Option<i64> {
        let text = self.text(i);
        let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    }

    /// A number in digits or words, "a" included: its value and the piece behind it.
    pub(super) fn number(&self, i: usize) -> Option<(i64, usize)> {
        if let Some(n) = self.digits(i, 4) {
            return Some((n, i + 1));
        }
        let (value, next) = self.is(i, TimeKind::Number)?;
        let unit = if self.dash(next) { next + 1 } else { next };
        if (20..100).contains(&value)
            && value % 10 == 0
            && let Some((ones @ 1..=9, after)) = self.is(unit, TimeKind::Number)
            && !matches!(self.text(unit), "a" | "an")
        {
            return Some((value + ones, after));
        }
        Some((value, next))
    }

    /// A day of a month: its number, whether it has an ending ("3rd"), and the piece behind it.
    pub(super) fn day_number(&self, i: usize) -> Option<(i64, bool, usize)> {
        let text = self.text(i);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &text[digits.len()..];
        if digits.is_empty() || digits.len() > 2 || !matches!(ending, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        Some((digits.parse().ok()?, !ending.is_empty(), i + 1))
    }

    /// A year in four digits, or in words ("nineteen ninety-two").
    pub(super) fn year(&self, i: usize) -> Option<(i16, usize)> {
        if self.text(i).len() == 4
            && let Some(y) = self.digits(i, 4)
            && (1000..=2199).contains(&y)
        {
            return Some((y as i16, i + 1));
        }
        if let Some((century @ 17..=20, next)) = self.is(i, TimeKind::Number)
            && let Some((rest @ 10..=99, after)) = self.number(next)
            && self.digits(next, 4).is_none()
        {
            return Some(((century * 100 + rest) as i16, after));
        }
        None
    }

    /// A year in two digits behind an apostrophe.
    pub(super) fn short_year(&self, i: usize) -> Option<usize> {
        let digits = |t: &str| t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit());
        if self.text(i).strip_prefix('\'').is_some_and(digits) {
            return Some(i + 1);
        }
        (self.lit(i, "'") && digits(self.text(i + 1))).then_some(i + 2)
    }

    /// Whether a number counts the noun behind it ("12 soldiers").
    pub(super) fn counts(&self, i: usize) -> bool {
        let w = self.word(i);
        self.view.rel(w).base() == demarche_text::Rel::Nummod && self.view.head(w).is_some_and(|h| h > w)
    }
}
