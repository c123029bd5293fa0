//! Words of time: what names a day, a unit, a season, and what sets one against another. The grammar is the coder's.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// What a word or phrase does in an expression of time; `value` of the entry says which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimeKind {
    /// Monday is 1.
    Weekday,
    /// January is 1.
    Month,
    /// Its first month: spring is 3.
    Season,
    /// Days from the day of the article: yesterday is -1.
    Day,
    /// Hour 0, day 1, week 2, month 3, year 4, decade 5, century 6, weekend 7, fortnight 8.
    Unit,
    /// A part of the day; 1 where it runs over midnight.
    Part,
    /// A number in words.
    Number,
    /// A number of order in words.
    Ordinal,
    /// Early 1, middle 2, late 3.
    Position,
    /// Half 2, quarter 4.
    Fraction,
    /// A word before a number that leaves it about right.
    Near,
    /// A word before a number that makes it the least there is.
    More,
    /// A number that is none: "several".
    Some,
    /// Back from the day of the article: "ago".
    Ago,
    /// From the last date in the text: later 1, earlier -1.
    Shift,
    /// Beside a unit: last -1, this 0, next 1, seen from the article.
    Which,
    /// Beside a unit, seen from the last date in the text: previous -1, same 0, following 1.
    Anchored,
    /// Open at its end.
    Since,
    /// Open at its beginning.
    Until,
    /// Begins after what follows.
    After,
    /// Ends before what follows.
    Before,
    /// Begins a span.
    From,
    /// Joins the ends of a span.
    To,
    /// Begins a span with "and".
    Between,
    /// How long from now: "within", "in".
    Within,
    /// Before a span that ends or begins now: "over", "during".
    During,
    /// A preposition before a time.
    At,
    /// Time that gives no dates.
    Vague,
    /// A day of every year, as month times 100 plus day.
    Holiday,
    /// A day that everybody knows, as year times 10000 plus month times 100 plus day.
    Dated,
    /// A word whose infinitive or clause is still to come: "plan", "demand".
    Future,
    /// A decade in words: its first year in the century.
    Decade,
}

impl TimeKind {
    /// Names in the sources.
    pub(crate) const NAMES: &'static [(&'static str, TimeKind)] = &[
        ("weekday", TimeKind::Weekday),
        ("month", TimeKind::Month),
        ("season", TimeKind::Season),
        ("day", TimeKind::Day),
        ("unit", TimeKind::Unit),
        ("part", TimeKind::Part),
        ("number", TimeKind::Number),
        ("ordinal", TimeKind::Ordinal),
        ("position", TimeKind::Position),
        ("fraction", TimeKind::Fraction),
        ("near", TimeKind::Near),
        ("more", TimeKind::More),
        ("some", TimeKind::Some),
        ("ago", TimeKind::Ago),
        ("shift", TimeKind::Shift),
        ("which", TimeKind::Which),
        ("anchored", TimeKind::Anchored),
        ("since", TimeKind::Since),
        ("until", TimeKind::Until),
        ("after", TimeKind::After),
        ("before", TimeKind::Before),
        ("from", TimeKind::From),
        ("to", TimeKind::To),
        ("between", TimeKind::Between),
        ("within", TimeKind::Within),
        ("during", TimeKind::During),
        ("at", TimeKind::At),
        ("vague", TimeKind::Vague),
        ("holiday", TimeKind::Holiday),
        ("dated", TimeKind::Dated),
        ("future", TimeKind::Future),
        ("decade", TimeKind::Decade),
    ];
}

/// Words of one meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeEntry {
    /// What they do.
    pub kind: TimeKind,
    /// Which one.
    pub value: i64,
    /// Whether they ask for a capital: "May".
    pub capital: bool,
    /// The words in small letters, their parts parted by blanks as the text engine parts them: "new year 's day".
    pub words: Vec<String>,
}

/// Words of time by their first word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times {
    by_first: HashMap<String, Vec<(Vec<String>, u32)>>,
}

impl Times {
    pub(crate) fn new(entries: &[TimeEntry]) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, u32)>> = HashMap::new();
        for (number, entry) in entries.iter().enumerate() {
            for phrase in &entry.words {
                let mut words = phrase.split(' ').map(str::to_owned);
                let Some(first) = words.next() else { continue };
                by_first.entry(first).or_default().push((words.collect(), number as u32));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(rest, number)| (std::cmp::Reverse(rest.len()), *number));
        }
        Self { by_first }
    }

    /// Numbers of the entries whose words begin here, each with how many words it takes, longest first.
    pub(crate) fn at<'t>(&'t self, words: &'t [&'t str]) -> impl Iterator<Item = (u32, usize)> + 't {
        let phrases =
            words.first().and_then(|first| self.by_first.get(*first)).map_or(&[][..], Vec::as_slice);
        phrases.iter().filter_map(move |(rest, number)| {
            let there = words.len() > rest.len() && rest.iter().zip(&words[1..]).all(|(a, b)| a == b);
            there.then_some((*number, rest.len() + 1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_comes_first() {
        let entry = |kind, words: &[&str]| TimeEntry {
            kind,
            value: 0,
            capital: false,
            words: words.iter().map(|w| (*w).to_owned()).collect(),
        };
        let times = Times::new(&[
            entry(TimeKind::Unit, &["day"]),
            entry(TimeKind::Day, &["day after tomorrow"]),
            entry(TimeKind::Vague, &["day of reckoning"]),
        ]);
        let found: Vec<_> = times.at(&["day", "after", "tomorrow", "it"]).collect();
        assert_eq!(found, [(1, 3), (0, 1)]);
        assert_eq!(times.at(&["after"]).count(), 0);
    }
}
