//! Expressions of time, and the days they mean seen from the day of the article.
//!
//! Thin on purpose: dates, months, years, weekdays and the plain deictic words; the longer grammar of time is not here.

use crate::view::View;
use demarche_record::{Date, Precision, Span};
use demarche_text::Upos;
use jiff::civil::Weekday;

/// An expression of time in a sentence.
#[derive(Debug, Clone)]
pub struct TimeExpression {
    /// First and last word.
    pub words: (usize, usize),
    /// The word that the rest of the sentence sees.
    pub head: usize,
    /// First day.
    pub start: Option<Date>,
    /// Last day, inclusive.
    pub end: Option<Date>,
    /// How exact.
    pub precision: Precision,
    /// A weekday without "last" or "next": its day depends on whether the event is past or to come.
    pub open_weekday: Option<Weekday>,
}

/// What a single word says of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWord {
    /// Monday is 1.
    Weekday(i8),
    /// January is 1.
    Month(i8),
    /// today, yesterday, tomorrow: days from the article's
    Day(i64),
    /// day, week, month, year, decade
    Unit(Unit),
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Ten years.
    Decade,
}

impl View<'_> {
    /// What a word says of time, if it says anything.
    pub fn time_word(&self, i: usize) -> Option<TimeWord> {
        let form = self.form(i);
        if !(3..=10).contains(&form.len()) || !form.is_ascii() {
            return None;
        }
        let mut lower = [0u8; 10];
        let lower = &mut lower[..form.len()];
        lower.copy_from_slice(form.as_bytes());
        lower.make_ascii_lowercase();
        let capital = form.as_bytes()[0].is_ascii_uppercase();
        let word = match &*lower {
            b"monday" | b"mon" => TimeWord::Weekday(1),
            b"tuesday" | b"tue" => TimeWord::Weekday(2),
            b"wednesday" | b"wed" => TimeWord::Weekday(3),
            b"thursday" | b"thu" => TimeWord::Weekday(4),
            b"friday" | b"fri" => TimeWord::Weekday(5),
            b"saturday" | b"sat" => TimeWord::Weekday(6),
            b"sunday" | b"sun" => TimeWord::Weekday(7),
            b"january" | b"jan" => TimeWord::Month(1),
            b"february" | b"feb" => TimeWord::Month(2),
            b"march" | b"mar" => TimeWord::Month(3),
            b"april" | b"apr" => TimeWord::Month(4),
            b"may" => TimeWord::Month(5),
            b"june" | b"jun" => TimeWord::Month(6),
            b"july" | b"jul" => TimeWord::Month(7),
            b"august" | b"aug" => TimeWord::Month(8),
            b"september" | b"sept" | b"sep" => TimeWord::Month(9),
            b"october" | b"oct" => TimeWord::Month(10),
            b"november" | b"nov" => TimeWord::Month(11),
            b"december" | b"dec" => TimeWord::Month(12),
            b"today" | b"tonight" => TimeWord::Day(0),
            b"yesterday" => TimeWord::Day(-1),
            b"tomorrow" => TimeWord::Day(1),
            b"day" | b"days" | b"morning" | b"evening" | b"night" | b"afternoon" => TimeWord::Unit(Unit::Day),
            b"week" | b"weeks" => TimeWord::Unit(Unit::Week),
            b"month" | b"months" => TimeWord::Unit(Unit::Month),
            b"year" | b"years" => TimeWord::Unit(Unit::Year),
            b"decade" | b"decades" => TimeWord::Unit(Unit::Decade),
            _ => return None,
        };
        match word {
            TimeWord::Month(_) | TimeWord::Weekday(_) if !capital => None,
            TimeWord::Month(_) | TimeWord::Weekday(_)
                if self.upos(i) == Upos::Verb || self.upos(i) == Upos::Aux =>
            {
                None
            }
            _ => Some(word),
        }
    }

    /// The span of an expression.
    pub fn time_span(&self, t: &TimeExpression) -> Span {
        self.span(t.words.0).cover(self.span(t.words.1))
    }
}

impl TimeExpression {
    /// First and last day; an open weekday lies behind the article's day unless the event is still to come.
    pub fn days(&self, today: Option<Date>, to_come: bool) -> (Option<Date>, Option<Date>) {
        match (self.open_weekday, today, to_come) {
            (Some(w), Some(t), true) => {
                let day = if t.weekday() == w { Some(t) } else { t.nth_weekday(1, w).ok() };
                (day, day)
            }
            _ => (self.start, self.end),
        }
    }
}
