//! The grammar of dates as they are written: days, months, years, decades, centuries, seasons, holidays.

use super::Bound;
use super::moment::{EITHER_WAY, Moment, NO_SUCH_DAY, TWO_DIGITS};
use super::pieces::Pieces;
use demarche_lexicon::TimeKind as Kind;
use demarche_text::{Rel, Upos, Xpos};

/// What was read from a place in the sentence on.
pub(super) struct Read {
    /// First piece, the preposition included.
    pub from: usize,
    /// First piece of the time itself.
    pub core: usize,
    /// The piece behind it.
    pub next: usize,
    pub bound: Bound,
    pub moment: Moment,
    pub to: Option<Moment>,
    /// Holds only in a clause that is to come.
    pub ahead: bool,
}

/// The piece behind a moment, and the moment.
pub(super) type Found = Option<(usize, Moment)>;

impl Pieces<'_, '_> {
    /// An expression that begins at this piece.
    pub(super) fn expression(&self, i: usize) -> Option<Read> {
        if let Some(read) = self.bounded(i).or_else(|| self.within(i)) {
            return Some(read);
        }
        let (next, moment) = self.core(i)?;
        let from = i.checked_sub(1).filter(|&p| self.is(p, Kind::At).is_some()).unwrap_or(i);
        Some(Read { from, core: i, next, bound: Bound::In, moment, to: None, ahead: false })
    }

    /// A preposition that opens or closes the time, and spans.
    fn bounded(&self, i: usize) -> Option<Read> {
        let read = |core, next, bound, moment, to| {
            Some(Read { from: i, core, next, bound, moment, to, ahead: false })
        };
        for (kind, joined) in [(Kind::Between, true), (Kind::From, true), (Kind::Since, false)] {
            let Some((_, core)) = self.is(i, kind) else { continue };
            let Some((next, moment)) = self.core(core) else { continue };
            if joined
                && let Some((_, second)) = self.is(next, Kind::To)
                && (kind == Kind::Between || !self.lit(next, "and"))
                && let Some((end, to)) = self.core(second)
            {
                return read(core, end, Bound::In, moment, Some(to));
            }
            let whole = matches!(moment, Moment::Years(a, b) if a != b)
                || matches!(moment, Moment::Day { last: Some(_), .. });
            let bound = if whole || kind == Kind::Between || self.belongs(core, next) {
                Bound::In
            } else {
                Bound::Since
            };
            return read(core, next, bound, moment, None);
        }
        let open = [(Kind::Until, Bound::Until), (Kind::After, Bound::After), (Kind::Before, Bound::Before)];
        for (kind, bound) in open {
            let Some((_, core)) = self.is(i, kind) else { continue };
            let Some((next, moment)) = self.core(core) else { continue };
            // "After dawn on Tuesday" is still on Tuesday.
            let hour = self.is(core, Kind::Part).is_some() && bound != Bound::Until;
            let bound = if hour || self.belongs(core, next) { Bound::In } else { bound };
            return read(core, next, bound, moment, None);
        }
        None
    }

    /// Whether a time stands before the noun it belongs to ("Monday's attack", "the 2021 coup").
    fn belongs(&self, core: usize, next: usize) -> bool {
        if self.lit(next, "'s") || self.lit(next, "'") {
            return true;
        }
        let (first, last) = (self.word(core), self.word(next - 1));
        (first..=last).any(|w| {
            self.view.head(w).is_some_and(|h| {
                h > last
                    && self.view.nominal(h)
                    && matches!(self.view.rel(w).base(), Rel::Compound | Rel::Nummod | Rel::Nmod | Rel::Amod)
            })
        })
    }

    /// A moment that begins at this piece, an article before it included.
    pub(super) fn core(&self, i: usize) -> Found {
        // "In the past" alone, and not "in the past week".
        if let Some((next, moment)) = self.is(i, Kind::Vague).map(|(_, next)| (next, Moment::Vague)) {
            // "Shortly after dawn".
            if self.is(next, Kind::After).is_some() || self.is(next, Kind::Before).is_some() {
                return None;
            }
            let longer = self.is(i, Kind::At).and_then(|(_, inner)| self.core(inner));
            return Some(longer.filter(|(behind, _)| *behind > next).unwrap_or((next, moment)));
        }
        let definite = self.lit(i, "the");
        let j = self.past(i, &["the", "about", "around"]);
        self.numeric(j)
            .or_else(|| self.day_month(j))
            .or_else(|| self.named_day(j))
            .or_else(|| self.month_first(j))
            .or_else(|| self.weekday(j))
            .or_else(|| self.relative(i, j, definite))
            .or_else(|| self.part_of_day(j))
            .or_else(|| self.position(j))
            .or_else(|| self.fraction(j))
            .or_else(|| self.season(j, definite))
            .or_else(|| self.decade(j, definite))
            .or_else(|| self.years(j))
            .or_else(|| self.day_alone(j, definite))
    }

    /// "24.02.2024", "25/02/2022", "2024-02-24".
    fn numeric(&self, i: usize) -> Found {
        if let Some((day, next)) = self.is(i, Kind::Dated) {
            let moment = Moment::Day {
                year: Some((day / 10000) as i16),
                month: (day / 100 % 100) as i8,
                day: (day % 100) as i8,
                last: None,
            };
            return Some((next, moment));
        }
        let text = self.text(i);
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let iso = [0, 2, 4].map(|k| self.text(i + k));
        if self.dash(i + 1) && self.dash(i + 3) && iso[0].len() == 4 && iso[2].len() == 2 {
            return Some((i + 5, numbers(iso)?));
        }
        let separator = text.chars().find(|c| matches!(c, '.' | '/'))?;
        let parts: Vec<&str> = text.trim_end_matches('.').split(separator).collect();
        let moment = numbers(<[&str; 3]>::try_from(parts).ok()?)?;
        // With dots the day stands first; two digits behind dots may be anything.
        match (separator, moment) {
            ('.', Moment::Bad(EITHER_WAY)) => {
                let parts: Vec<i16> = text.split('.').filter_map(|p| p.parse().ok()).collect();
                let (year, month, day) = (Some(*parts.get(2)?), *parts.get(1)? as i8, *parts.first()? as i8);
                Some((i + 1, Moment::Day { year, month, day, last: None }))
            }
            ('.', Moment::Bad(TWO_DIGITS)) => None,
            (_, moment) => Some((i + 1, moment)),
        }
    }

    /// "3 July 2025", "14-15 November", "the 14th of February".
    fn day_month(&self, i: usize) -> Found {
        let (day, _, mut next) = self.day_number(i)?;
        let mut last = None;
        if (self.dash(next) || matches!(self.text(next), "and" | "to" | "until" | "through"))
            && let Some((d, _, after)) = self.day_number(next + 1)
        {
            (last, next) = (Some(d), after);
        }
        let (month, next) = self.is(self.past(next, &["of"]), Kind::Month)?;
        self.with_year(next, month, day, last)
    }

    /// "July 3, 2025", "May 2 and 3", "July 2025", "July".
    fn month_first(&self, i: usize) -> Found {
        let (month, next) = self.is(i, Kind::Month).or_else(|| {
            let (_, of) = self.is(i, Kind::Unit).filter(|_| self.lit(i, "month"))?;
            self.is(self.past(of, &["of"]), Kind::Month)
        })?;
        let start = self.past(next, &["the"]);
        if let Some((day, ending, mut after)) = self.day_number(start)
            && (ending || !self.counts(start) || self.year(self.past(start + 1, &[","])).is_some())
        {
            let mut last = None;
            if (self.dash(after) || matches!(self.text(after), "and" | "to"))
                && let Some((d, _, behind)) = self.day_number(after + 1)
                && self.is(behind, Kind::Month).is_none()
                && !self.counts(after + 1)
            {
                (last, after) = (Some(d), behind);
            }
            return self.with_year(after, month, day, last);
        }
        if let Some(after) = self.short_year(next) {
            return Some((after, Moment::Bad(TWO_DIGITS)));
        }
        if let Some((year, after)) = self.year(self.past(next, &["of", ","])) {
            return Some((after, Moment::Month { year: Some(year), month: month as i8, which: None }));
        }
        // "May" may open a question.
        if month == 5 && i == 0 {
            return None;
        }
        Some((next, Moment::Month { year: None, month: month as i8, which: None }))
    }

    /// The year behind a day and month, if there is one.
    fn with_year(&self, next: usize, month: i64, day: i64, last: Option<i64>) -> Found {
        if !(1..=31).contains(&day) || last.is_some_and(|l| !(1..=31).contains(&l)) {
            return Some((next, Moment::Bad(NO_SUCH_DAY)));
        }
        if let Some(after) = self.short_year(next) {
            return Some((after, Moment::Bad(TWO_DIGITS)));
        }
        let plain = self.text(next).len() == 2 && self.digits(next, 2).is_some() && !self.counts(next);
        if plain && self.word(next) > 0 && !self.dash(next + 1) {
            return Some((next + 1, Moment::Bad(TWO_DIGITS)));
        }
        let found = self.year(self.past(next, &[",", "of", "in"]));
        let (year, next) = found.map_or((None, next), |(y, after)| (Some(y), after));
        Some((next, Moment::Day { year, month: month as i8, day: day as i8, last: last.map(|l| l as i8) }))
    }

    /// "Monday", "Monday morning", "Monday 6 May 2024".
    pub(super) fn weekday(&self, i: usize) -> Found {
        let (day, next) = self.is(i, Kind::Weekday)?;
        let after = self.past(next, &[",", "the"]);
        if let Some(dated) = self.day_month(after).or_else(|| self.month_first(after))
            && matches!(dated.1, Moment::Day { .. } | Moment::Bad(_))
        {
            return Some(dated);
        }
        Some((self.part_behind(next), Moment::Weekday { day: day as i8, which: None }))
    }

    /// Past the part of the day that stands behind a day.
    pub(super) fn part_behind(&self, next: usize) -> usize {
        self.is(next, Kind::Part).filter(|(over, _)| *over == 0).map_or(next, |(_, after)| after)
    }

    /// "Christmas Day 2023".
    fn named_day(&self, i: usize) -> Found {
        let (day, next) = self.is(i, Kind::Holiday)?;
        let (year, next) = self
            .year(self.past(next, &[",", "of", "in"]))
            .map_or((None, next), |(y, after)| (Some(y), after));
        Some((next, Moment::Day { year, month: (day / 100) as i8, day: (day % 100) as i8, last: None }))
    }

    /// "Spring 2023", "the winter of 2013-14", "the summer".
    fn season(&self, i: usize, definite: bool) -> Found {
        let (month, next) = self.is(i, Kind::Season)?;
        if let Some((year, after)) = self.year(self.past(next, &["of"])) {
            let after =
                if self.dash(after) && self.digits(after + 1, 4).is_some() { after + 2 } else { after };
            return Some((after, Moment::Season { year: Some(year), month: month as i8, which: None }));
        }
        let placed = definite || i.checked_sub(1).is_some_and(|p| self.is(p, Kind::At).is_some());
        let bare = self.lit(next, "of") || self.view.upos(self.word(i)) != Upos::Noun;
        (placed && !bare).then_some((next, Moment::Season { year: None, month: month as i8, which: None }))
    }

    /// "The 1990s", "the '90s", "the nineties", "the 19th century".
    pub(super) fn decade(&self, i: usize, definite: bool) -> Found {
        let text = self.text(i);
        let digits = text.strip_suffix('s').map(|t| t.trim_end_matches('\''));
        if let Some(digits) = digits
            && digits.ends_with('0')
            && digits.bytes().skip(usize::from(digits.starts_with('\''))).all(|b| b.is_ascii_digit())
        {
            let digits = digits.trim_start_matches('\'');
            let value: i16 = digits.parse().ok()?;
            return match digits.len() {
                4 if (1000..=2190).contains(&value) && value % 100 == 0 && value < 2000 => {
                    Some((i + 1, Moment::Century(value)))
                }
                4 if (1000..=2190).contains(&value) => Some((i + 1, Moment::Decade(value))),
                2 if value >= 20 && definite => Some((i + 1, Moment::ShortDecade(1900 + value))),
                _ => None,
            };
        }
        if definite && let Some((value, next)) = self.is(i, Kind::Decade) {
            return Some((next, Moment::ShortDecade(1900 + value as i16)));
        }
        let ordinal = self
            .is(i, Kind::Ordinal)
            .or_else(|| self.day_number(i).filter(|(_, ending, _)| *ending).map(|(n, _, next)| (n, next)));
        let (n, next) = ordinal?;
        let (unit, after) = self.is(if self.dash(next) { next + 1 } else { next }, Kind::Unit)?;
        (unit == 6 && (1..=21).contains(&n)).then_some((after, Moment::Century((n as i16 - 1) * 100 + 1)))
    }

    /// "2014", "2011-2014", "1992-95", where they can be years.
    fn years(&self, i: usize) -> Found {
        let named = self.lit(i, "year");
        let start = if named { i + 1 } else { i };
        if let Some(after) = self.short_year(start)
            && start.checked_sub(1).is_some_and(|p| self.is(p, Kind::At).is_some())
        {
            return Some((after, Moment::Bad(TWO_DIGITS)));
        }
        let (year, next) = self.year(start)?;
        if !named && !self.can_be_year(start) {
            return None;
        }
        if self.dash(next) {
            if let Some((last, after)) = self.year(next + 1)
                && last >= year
            {
                return Some((after, Moment::Years(year, last)));
            }
            if let Some(short) = self.digits(next + 1, 2)
                && self.text(next + 1).len() == 2
                && year - year % 100 + short as i16 > year
            {
                return Some((next + 2, Moment::Years(year, year - year % 100 + short as i16)));
            }
        }
        Some((next, Moment::Years(year, year)))
    }

    /// Whether four digits can be a year where they stand: behind a preposition of time, in brackets, before a single noun.
    fn can_be_year(&self, i: usize) -> bool {
        let before = i.checked_sub(1);
        let after_word = before.is_some_and(|p| {
            [
                Kind::At,
                Kind::Since,
                Kind::Until,
                Kind::After,
                Kind::Before,
                Kind::From,
                Kind::To,
                Kind::Between,
                Kind::Position,
            ]
            .iter()
            .any(|&k| self.is(p, k).is_some())
                || self.dash(p)
                || matches!(self.text(p), "(" | "or")
        });
        let w = self.word(i);
        let noun = self.view.head(w).filter(|&h| h > w && self.view.nominal(h));
        match noun {
            Some(h) => {
                let definite = self.view.children(h).any(|c| {
                    matches!(self.view.rel(c).base(), Rel::Det | Rel::Nmod)
                        && matches!(self.view.xpos(c), Xpos::DT | Xpos::NNP | Xpos::PRPS)
                });
                self.view.xpos(h) != Xpos::NNS || definite
            }
            None => after_word,
        }
    }

    /// "On the 3rd".
    fn day_alone(&self, i: usize, definite: bool) -> Found {
        let (day, ending, next) = self.day_number(i)?;
        let w = self.word(i);
        let of_noun = self.view.head(w).is_some_and(|h| h > w && self.view.nominal(h));
        let on =
            i.checked_sub(2).is_some_and(|p| self.lit(p, "on") || self.lit(p, "by") || self.lit(p, "since"));
        (definite && ending && on && !of_noun && (1..=31).contains(&day))
            .then_some((next, Moment::DayOfMonth(day as i8)))
    }
}

/// Three numbers that make a date; none where they cannot.
fn numbers(parts: [&str; 3]) -> Option<Moment> {
    let mut values = [0i16; 3];
    for (value, part) in values.iter_mut().zip(parts) {
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *value = part.parse().ok()?;
    }
    let [a, b, c] = values;
    let day = |y: i16, m: i16, d: i16| {
        if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return Moment::Bad(NO_SUCH_DAY);
        }
        Moment::Day { year: Some(y), month: m as i8, day: d as i8, last: None }
    };
    match (parts[0].len(), parts[2].len()) {
        (4, _) => Some(day(a, b, c)),
        (1 | 2, 4) if a > 12 && b <= 12 => Some(day(c, b, a)),
        (1 | 2, 4) if b > 12 && a <= 12 => Some(day(c, a, b)),
        (1 | 2, 4) if a == b => Some(day(c, a, b)),
        (1 | 2, 4) if a > 12 => Some(Moment::Bad(NO_SUCH_DAY)),
        (1 | 2, 4) => Some(Moment::Bad(EITHER_WAY)),
        (1 | 2, 2) if (1..=31).contains(&a) && (1..=31).contains(&b) => Some(Moment::Bad(TWO_DIGITS)),
        _ => None,
    }
}
