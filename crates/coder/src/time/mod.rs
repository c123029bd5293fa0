//! When: the expressions of time in a sentence, the days they mean, and the predicates they date.
//!
//! `pieces` cuts words so that "mid-April" is two; `dates` and `relative` are the grammar; `moment` turns what was read into days,
//! seen from the day of the article or from the last date in the text; `clause` finds the tense and the predicate. The
//! words themselves are data (`data/lexicon/time.toml`).

mod clause;
mod dates;
mod interval;
mod moment;
mod pieces;
mod relative;
mod spans;

pub(crate) use clause::Phrase;
pub use clause::Tense;
pub use interval::Interval;

use crate::view::View;
use demarche_lexicon::TimeKind;
use demarche_record::{Date, Span};
use demarche_text::{Rel, Upos};
use moment::{Ctx, Moment};
use pieces::Pieces;

/// How an expression bounds the time of what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// It lies within.
    In,
    /// It begins then and goes on.
    Since,
    /// It ends then at the latest.
    Until,
    /// It begins later.
    After,
    /// It ends earlier.
    Before,
}

/// An expression of time in a sentence.
#[derive(Debug, Clone)]
pub struct TimeExpression {
    /// First and last word, without a preposition.
    pub words: (usize, usize),
    /// First word, the preposition if there is one.
    pub from: usize,
    /// The word that the rest of the sentence sees.
    pub head: usize,
    /// Whether it says since when something had not been ("the first time since 1994"), and so dates nothing.
    pub aside: bool,
    bound: Bound,
    moment: Moment,
    /// The other end of a span.
    to: Option<Moment>,
    /// The last date in the text before it.
    anchor: Option<Interval>,
    /// Whether its clause is still to come; none where the clause does not say.
    to_come: Option<bool>,
}

impl TimeExpression {
    /// Whether it gives no dates whatever the day.
    pub(crate) fn is_vague(&self) -> bool {
        matches!(self.moment, Moment::Vague)
    }

    /// Whether it counts from another day: "ten years ago".
    pub(crate) fn is_counted(&self) -> bool {
        matches!(self.moment, Moment::Shift { .. })
    }

    /// The days it means; `to_come` overrides what its clause says.
    pub fn days(&self, today: Option<Date>, to_come: bool) -> Interval {
        let ctx =
            Ctx { today, anchor: self.anchor, to_come: if to_come { Some(true) } else { self.to_come } };
        spans::interval(&ctx, self.bound, &self.moment, self.to.as_ref())
    }
}

impl View<'_> {
    /// All expressions of time, in order; `today` is the day of the article, `anchor` the last date in the text, which
    /// is moved on.
    pub fn times(&self, today: Option<Date>, anchor: &mut Option<Interval>) -> Vec<TimeExpression> {
        let pieces = Pieces::new(self);
        if pieces.none() {
            return Vec::new();
        }
        let mut found: Vec<TimeExpression> = Vec::new();
        let mut i = 0;
        while i < pieces.len() {
            let Some(read) = pieces.expression(i) else {
                i += 1;
                continue;
            };
            let words = (pieces.word(read.core), pieces.word(read.next - 1));
            let head = self.outer(words);
            // What goes on since then began before: a present is no time to come there.
            let to_come = match self.tense_at(head) {
                Some(Tense::Future) => Some(true),
                Some(Tense::Present) => (read.bound != Bound::Since).then_some(true),
                Some(Tense::Past | Tense::Perfect) => Some(false),
                None => None,
            };
            i = read.next;
            // "In three days" is a duration unless the clause is to come.
            if read.ahead && to_come != Some(true) {
                continue;
            }
            let expression = TimeExpression {
                words,
                from: pieces.word(read.from),
                head,
                aside: read.bound == Bound::Since && self.sets_apart(pieces.word(read.from), head),
                bound: read.bound,
                moment: read.moment,
                to: read.to,
                anchor: *anchor,
                to_come,
            };
            let days = expression.days(today, false);
            if days.start.is_some() && days.end.is_some() {
                *anchor = Some(days);
            }
            found.push(expression);
        }
        found
    }

    /// The first word of a range that hangs on one outside it.
    fn outer(&self, words: (usize, usize)) -> usize {
        let range = words.0..=words.1;
        range
            .clone()
            .find(|&w| {
                self.head(w).is_none_or(|h| !range.contains(&h))
                    && !matches!(self.rel(w).base(), Rel::Case | Rel::Det | Rel::Punct | Rel::Cc)
            })
            .unwrap_or(words.1)
    }

    /// "For the first time since", "the worst since": since when it had not been.
    fn sets_apart(&self, preposition: usize, head: usize) -> bool {
        let before = preposition.checked_sub(1).is_some_and(|w| self.is(w, "time"));
        before
            || self.head(head).is_some_and(|h| {
                !self.verbal(h)
                    && (self.is(h, "time")
                        || std::iter::once(h).chain(self.children(h)).any(|w| {
                            matches!(self.xpos(w), demarche_text::Xpos::JJS | demarche_text::Xpos::RBS)
                                || self.is(w, "first")
                        }))
            })
    }

    /// Whether a word belongs to the calendar or counts it: no party, no place.
    pub fn time_word(&self, i: usize) -> Option<TimeKind> {
        let form = self.form(i);
        if !(3..=10).contains(&form.len()) || !form.is_ascii() {
            return None;
        }
        let lower = form.to_ascii_lowercase();
        let capital = form.as_bytes()[0].is_ascii_uppercase();
        let words = [lower.as_str()];
        let (entry, _) = self.lexicon.time_at(&words).find(|(entry, _)| {
            matches!(entry.kind, TimeKind::Weekday | TimeKind::Month | TimeKind::Day)
                || (entry.kind == TimeKind::Unit && (1..=5).contains(&entry.value))
        })?;
        let named = matches!(entry.kind, TimeKind::Weekday | TimeKind::Month);
        let verb = matches!(self.upos(i), Upos::Verb | Upos::Aux);
        (!(named && (!capital || verb))).then_some(entry.kind)
    }

    /// The span of an expression without its preposition.
    #[cfg(test)]
    pub fn time_span(&self, t: &TimeExpression) -> Span {
        self.span(t.words.0).cover(self.span(t.words.1))
    }

    /// The span of an expression with its preposition.
    pub fn time_phrase(&self, t: &TimeExpression) -> Span {
        self.span(t.from).cover(self.span(t.words.1))
    }
}

#[cfg(test)]
mod tests;
