//! The grammar of times that are seen from another day: "last week", "two days earlier", "the past six months".

use super::Bound;
use super::dates::{Found, Read};
use super::moment::{Moment, Unit};
use super::pieces::Pieces;
use demarche_lexicon::TimeKind as Kind;

impl Pieces<'_, '_> {
    fn unit(&self, i: usize) -> Option<(Unit, usize)> {
        let (value, next) = self.is(i, Kind::Unit)?;
        Some((Unit::from_value(value)?, next))
    }

    /// "In three days", "within a week", "in a few days": times to come.
    pub(super) fn within(&self, i: usize) -> Option<Read> {
        let (_, start) = self.is(i, Kind::Within)?;
        let near = self.is(start, Kind::Near).filter(|(_, n)| self.number(*n).is_some());
        let start = near.map_or(start, |(_, next)| next);
        let read = |next, moment| {
            Some(Read { from: i, core: start, next, bound: Bound::In, moment, to: None, ahead: true })
        };
        if let Some((_, next)) = self.is(start, Kind::Some)
            && let Some((_, next)) = self.unit(next)
        {
            return read(next, Moment::Vague);
        }
        if self.lit(i, "within")
            && let Some((_, next)) = self.unit(start).filter(|_| self.text(start).ends_with('s'))
        {
            return read(next, Moment::Vague);
        }
        let (count, next) = self.number(start)?;
        let (unit, next) = self.unit(next)?;
        if self.shifts(next).is_some() || self.is(next, Kind::Ago).is_some() {
            return None;
        }
        let moment = if self.lit(i, "in") {
            Moment::Shift { count, unit, anchored: false, more: false }
        } else {
            Moment::Stretch { count, unit }
        };
        read(next, moment)
    }

    /// Times seen from the article's day or from the last date; `i` stands before an article and `j` behind it.
    pub(super) fn relative(&self, i: usize, j: usize, definite: bool) -> Found {
        if let Some((1, next)) = self.is(j, Kind::Part) {
            return Some((next, Moment::Overnight));
        }
        if let Some((offset, next)) = self.is(j, Kind::Day) {
            return Some((self.part_behind(next), Moment::Now(offset)));
        }
        self.so_far(j)
            .or_else(|| self.anchored(j, definite))
            .or_else(|| self.which(j, definite))
            .or_else(|| self.shifted(i))
            .or_else(|| self.shifted(j))
            .or_else(|| self.day_before(j, definite))
            .or_else(|| self.weekend(j, definite))
    }

    /// "Earlier this month", "later in the year", "earlier on Tuesday".
    fn so_far(&self, i: usize) -> Found {
        let (side, next) =
            self.is(i, Kind::Shift).filter(|_| self.lit(i, "earlier") || self.lit(i, "later"))?;
        let inner = self.past(next, &["on", "in"]);
        let later = side > 0;
        if self.lit(inner, "the")
            && let Some((unit, next)) = self.unit(inner + 1)
        {
            let moment = if matches!(unit, Unit::Day | Unit::Hour) {
                Moment::Unit { unit: Unit::Day, which: 0, anchored: true }
            } else {
                Moment::SoFar { unit, later }
            };
            return Some((next, moment));
        }
        match self.core(inner)? {
            (next, Moment::Unit { unit, which: 0, anchored: false }) => {
                Some((next, Moment::SoFar { unit, later }))
            }
            found @ (
                _,
                Moment::Unit { .. }
                | Moment::Weekday { .. }
                | Moment::Day { .. }
                | Moment::Month { .. }
                | Moment::Years(..)
                | Moment::Now(_),
            ) => Some(found),
            _ => None,
        }
    }

    /// "The following day", "that year", "the same month".
    fn anchored(&self, i: usize, definite: bool) -> Found {
        let (which, next) = self.is(i, Kind::Anchored)?;
        if self.lit(i, "next") && !definite {
            return None;
        }
        let (unit, next) = self.unit(next)?;
        // "The next day" is nearer than "the next hours", which go on.
        Some((next, Moment::Unit { unit, which, anchored: true }))
    }

    /// "Last week", "this Friday", "the past 24 hours", "next spring".
    fn which(&self, i: usize, definite: bool) -> Found {
        let (which, next) = self.is(i, Kind::Which)?;
        if let Some((day, next)) = self.is(next, Kind::Weekday) {
            return Some((self.part_behind(next), Moment::Weekday { day: day as i8, which: Some(which) }));
        }
        if let Some((month, next)) = self.is(next, Kind::Month) {
            return Some((next, Moment::Month { year: None, month: month as i8, which: Some(which) }));
        }
        if let Some((month, next)) = self.is(next, Kind::Season) {
            return Some((next, Moment::Season { year: None, month: month as i8, which: Some(which) }));
        }
        if let Some((_, next)) = self.is(next, Kind::Some)
            && let Some((_, next)) = self.unit(next)
        {
            return Some((next, Moment::Vague));
        }
        if which != 0
            && let Some((count, next)) = self.number(next)
            && let Some((unit, next)) = self.unit(next)
        {
            return Some((next, Moment::Stretch { count: which * count, unit }));
        }
        let (unit, next) = self.unit(next)?;
        match (unit, which) {
            (Unit::Weekend, 0) => Some((next, Moment::Weekend)),
            (Unit::Day, 0) => Some((next, Moment::Now(0))),
            (Unit::Hour, _) => None,
            (_, 0) => Some((next, Moment::Unit { unit, which, anchored: false })),
            _ if definite || self.lit(i, "past") => Some((next, Moment::Stretch { count: which, unit })),
            (Unit::Day, _) => None,
            _ => Some((next, Moment::Unit { unit, which, anchored: false })),
        }
    }

    /// "Two days ago", "a week later", "half a year ago", "more than ten years before".
    fn shifted(&self, i: usize) -> Found {
        let (more, i) = self.is(i, Kind::More).map_or((false, i), |(_, next)| (true, next));
        let (count, unit, next) = self
            .counted(i)
            .or_else(|| self.is(i, Kind::Near).and_then(|(_, next)| self.counted(next)))
            .or_else(|| self.unit(i).map(|(unit, next)| (0, unit, next)))
            .or_else(|| {
                let (_, next) = self.is(i, Kind::Some)?;
                self.unit(next).map(|(unit, next)| (0, unit, next))
            })?;
        let (side, anchored, after) = if let Some((side, after)) = self.is(next, Kind::Ago) {
            (side, false, after)
        } else if self.lit(next, "from") && self.lit(next + 1, "now") {
            (1, false, next + 2)
        } else {
            let (side, after) = self.shifts(next)?;
            (side, true, after)
        };
        if count == 0 {
            let same_day = unit == Unit::Hour && (!anchored || self.free(after) || !self.hangs(next));
            let moment = Moment::Shift { count: 0, unit: Unit::Hour, anchored, more: false };
            // "The day before" is read elsewhere; "days later" gives no day.
            let plural = self.text(i).ends_with('s') || self.is(i, Kind::Some).is_some();
            return match (same_day, plural) {
                (true, true) => Some((after, moment)),
                (false, true) => Some((after, Moment::Vague)),
                _ => None,
            };
        }
        if anchored && self.hangs(next) && !self.free(after) {
            // "Two days after the attack": from a day that is not known here. "On Monday" begins a time of its own.
            return (!self.lit(next, "on")).then_some((after, Moment::Vague));
        }
        Some((after, Moment::Shift { count: side * count, unit, anchored, more }))
    }

    /// A number of units: "two days", "a year and a half", "half a year".
    fn counted(&self, i: usize) -> Option<(i64, Unit, usize)> {
        if let Some((2, next)) = self.is(i, Kind::Fraction)
            && matches!(self.text(next), "a" | "an")
        {
            let (unit, after) = self.unit(next + 1)?;
            let (count, unit) = halves(1, unit)?;
            return Some((count, unit, after));
        }
        let half = |at: usize| {
            self.lit(at, "and")
                && self.lit(at + 1, "a")
                && self.is(at + 2, Kind::Fraction).is_some_and(|f| f.0 == 2)
        };
        let (count, next) = self.number(i)?;
        let inner = half(next);
        let (unit, next) = self.unit(if inner { next + 3 } else { next })?;
        if inner || half(next) {
            let (count, unit) = halves(2 * count + 1, unit)?;
            return Some((count, unit, if inner { next } else { next + 3 }));
        }
        Some((count, unit, next))
    }

    fn shifts(&self, i: usize) -> Option<(i64, usize)> {
        self.is(i, Kind::Shift)
    }

    /// Whether the word can govern what follows: "after", "before", "on", but not "later".
    fn hangs(&self, i: usize) -> bool {
        matches!(self.text(i), "after" | "before" | "on" | "prior")
    }

    /// Whether nothing follows that a preposition could govern.
    fn free(&self, i: usize) -> bool {
        let text = self.text(i);
        !text.starts_with(char::is_alphanumeric) && !self.dash(i) || matches!(text, "and" | "but" | "or")
    }

    /// "The day before", "the week after".
    fn day_before(&self, i: usize, definite: bool) -> Found {
        if !definite {
            return None;
        }
        let (unit, next) = self.unit(i)?;
        let (side, after) = self.shifts(next).filter(|_| !self.lit(next, "on"))?;
        let moment = if self.hangs(next) && !self.free(after) {
            Moment::Vague
        } else {
            Moment::Unit { unit, which: side, anchored: true }
        };
        Some((after, moment))
    }

    fn weekend(&self, i: usize, definite: bool) -> Found {
        let (unit, next) = self.unit(i)?;
        let placed = definite || i.checked_sub(1).is_some_and(|p| self.is(p, Kind::At).is_some());
        (unit == Unit::Weekend && placed).then_some((next, Moment::Weekend))
    }

    /// "The night of 13 August", "the small hours of Wednesday", "dawn on Sunday".
    pub(super) fn part_of_day(&self, i: usize) -> Found {
        let (_, next) = self.is(i, Kind::Part).filter(|(over, _)| *over == 0)?;
        let found = self.core(self.past(next, &["of", "on"]))?;
        matches!(
            found.1,
            Moment::Day { .. } | Moment::Weekday { .. } | Moment::Now(_) | Moment::DayOfMonth(_)
        )
        .then_some(found)
    }

    /// "Early 2023", "mid-April", "the end of the year", "late last month".
    pub(super) fn position(&self, i: usize) -> Found {
        let (position, next) = self.is(i, Kind::Position)?;
        let next = if self.dash(next) { next + 1 } else { next };
        let next = self.past(next, &["of", "in", "on"]);
        let (next, inner) = if self.lit(next, "the")
            && let Some((unit, after)) = self.unit(next + 1)
        {
            (after, Moment::Unit { unit, which: 0, anchored: false })
        } else {
            let bare = self.past(next, &["the"]);
            self.decade(bare, true).or_else(|| self.core(next))?
        };
        let fits = !matches!(inner, Moment::Vague | Moment::Stretch { .. } | Moment::SoFar { .. });
        fits.then(|| (next, Moment::Part(position, Box::new(inner))))
    }

    /// "The first half of 2019", "the third quarter", "Q4 2021".
    pub(super) fn fraction(&self, i: usize) -> Found {
        let this_year = || Moment::Unit { unit: Unit::Year, which: 0, anchored: false };
        let short = self.text(i).strip_prefix('q').and_then(|n| match n {
            "" => self.digits(i + 1, 1).map(|n| (n, i + 2)),
            n => n.parse().ok().map(|n: i64| (n, i + 1)),
        });
        if let Some((n @ 1..=4, next)) = short {
            let (next, year) = self
                .year(self.past(next, &["of"]))
                .map_or((next, this_year()), |(y, after)| (after, Moment::Years(y, y)));
            return Some((next, Moment::Nth(n, 4, Box::new(year))));
        }
        let (n, next) = self.is(i, Kind::Ordinal)?;
        let (of, next) = self.is(next, Kind::Fraction)?;
        let inner = self.past(next, &["of", "in"]);
        if let Some((after, whole)) = self.year(inner).map(|(y, after)| (after, Moment::Years(y, y))) {
            return Some((after, Moment::Nth(n, of, Box::new(whole))));
        }
        if self.lit(inner, "the")
            && let Some((unit, after)) = self.unit(inner + 1)
        {
            let whole = Moment::Unit { unit, which: 0, anchored: false };
            return Some((after, Moment::Nth(n, of, Box::new(whole))));
        }
        match self.core(inner) {
            Some((after, whole)) if inner > next => Some((after, Moment::Nth(n, of, Box::new(whole)))),
            _ => (of == 4).then(|| (next, Moment::Nth(n, 4, Box::new(this_year())))),
        }
    }
}

/// So many halves of a unit in smaller units.
fn halves(count: i64, unit: Unit) -> Option<(i64, Unit)> {
    match unit {
        Unit::Day => Some((12 * count, Unit::Hour)),
        Unit::Year => Some((6 * count, Unit::Month)),
        Unit::Decade => Some((5 * count, Unit::Year)),
        Unit::Century => Some((50 * count, Unit::Year)),
        Unit::Week | Unit::Month | Unit::Hour | Unit::Weekend | Unit::Fortnight => None,
    }
}
