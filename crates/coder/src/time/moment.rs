//! What an expression says, and the days it means seen from the article's day or the last date in the text.

use super::interval::{Interval, days, months, years_on};
use demarche_record::{Date, Precision};
use jiff::civil::Weekday;

/// Why words that look like a date give no days.
pub(super) const NO_SUCH_DAY: &str = "there is no such day";
pub(super) const TWO_DIGITS: &str = "the year has two digits: its century is not written";
pub(super) const EITHER_WAY: &str = "day and month may stand either way round";
const CENTURY_TAKEN: &str = "the century is not written; the twentieth is taken";

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Weekend,
    Fortnight,
}

impl Unit {
    pub(super) fn from_value(value: i64) -> Option<Unit> {
        use Unit::*;
        [Hour, Day, Week, Month, Year, Decade, Century, Weekend, Fortnight].get(value as usize).copied()
    }
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moment {
    /// A day of a month, or days up to `last`.
    Day { year: Option<i16>, month: i8, day: i8, last: Option<i8> },
    /// A month; `which` as "last May".
    Month { year: Option<i16>, month: i8, which: Option<i64> },
    /// From one year to another.
    Years(i16, i16),
    /// Ten years.
    Decade(i16),
    /// Ten years whose century is not written.
    ShortDecade(i16),
    /// A hundred years from this one.
    Century(i16),
    /// A day of the week.
    Weekday { day: i8, which: Option<i64> },
    /// Three months from this one.
    Season { year: Option<i16>, month: i8, which: Option<i64> },
    /// "The 3rd".
    DayOfMonth(i8),
    /// Days from today.
    Now(i64),
    /// The night before today, or after an inner day.
    Overnight,
    /// A unit beside the present one, or beside that of the last date.
    Unit { unit: Unit, which: i64, anchored: bool },
    /// The weekend past or to come.
    Weekend,
    /// So many units away.
    Shift { count: i64, unit: Unit, anchored: bool, more: bool },
    /// The last (negative) or next so many units.
    Stretch { count: i64, unit: Unit },
    /// The present unit up to today, or from today on.
    SoFar { unit: Unit, later: bool },
    /// Early, middle or late.
    Part(i64, Box<Moment>),
    /// The n-th of so many parts.
    Nth(i64, i64, Box<Moment>),
    /// No dates.
    Vague,
    /// Kept as written, for this reason.
    Bad(&'static str),
}

/// What days are seen from.
pub(super) struct Ctx {
    pub today: Option<Date>,
    pub anchor: Option<Interval>,
    pub to_come: Option<bool>,
}

impl Ctx {
    fn ahead(&self) -> bool {
        self.to_come == Some(true)
    }

    /// The days a moment means.
    pub(super) fn resolve(&self, moment: &Moment) -> Interval {
        match *moment {
            Moment::Day { year, month, day, last } => self.day(year, month, day, last),
            Moment::Month { year, month, which } => self.month(year, month, which),
            Moment::Years(a, b) => Interval::years(a, b, Precision::Year),
            Moment::Decade(y) => Interval::years(y, y + 9, Precision::Decade),
            Moment::ShortDecade(y) => {
                Interval { note: Some(CENTURY_TAKEN), ..Interval::years(y, y + 9, Precision::Decade) }
            }
            Moment::Century(y) => Interval::years(y, y + 99, Precision::Decade),
            Moment::Weekday { day, which } => Interval::day(self.weekday(day, which)),
            Moment::Season { year, month, which } => self.season(year, month, which),
            Moment::DayOfMonth(day) => Interval::day(self.day_of_month(day)),
            Moment::Now(offset) => Interval::day(self.today.and_then(|t| days(t, offset))),
            Moment::Overnight => {
                let night = if self.ahead() { (0, 1) } else { (-1, 0) };
                let at = |n| self.today.and_then(|t| days(t, n));
                Interval::of(at(night.0), at(night.1), Precision::Day)
            }
            Moment::Unit { unit, which, anchored } => self.unit(unit, which, anchored),
            Moment::Weekend => self.weekend(),
            Moment::Shift { count, unit, anchored, more } => {
                let shifted = self.shift(count, unit, anchored);
                match more {
                    true if count < 0 => Interval { start: None, ..shifted },
                    true => Interval { end: None, ..shifted },
                    false => shifted,
                }
            }
            Moment::Stretch { count, unit } => self.stretch(count, unit),
            Moment::SoFar { unit, later } => {
                let whole = self.unit(unit, 0, false);
                let (Some(start), Some(end), Some(today)) = (whole.start, whole.end, self.today) else {
                    return Interval::UNKNOWN;
                };
                if later {
                    Interval::of(Some(today), Some(end), Precision::Day)
                } else {
                    Interval::of(Some(start), Some(today), Precision::Day)
                }
            }
            Moment::Part(position, ref inner) => self.resolve(inner).part(position),
            Moment::Nth(n, of, ref inner) => self.resolve(inner).nth(n, of),
            Moment::Vague => Interval::UNKNOWN,
            Moment::Bad(note) => Interval::noted(note),
        }
    }

    fn day(&self, year: Option<i16>, month: i8, day: i8, last: Option<i8>) -> Interval {
        let through = |start: Option<Date>| match (start, last) {
            (Some(s), Some(l)) => {
                let end = Date::new(s.year(), s.month(), l).ok().filter(|e| *e >= s);
                end.map_or(Interval::noted(NO_SUCH_DAY), |e| Interval::of(Some(s), Some(e), Precision::Day))
            }
            _ => Interval::day(start),
        };
        // 2000 was a leap year: a day that it lacks is in no year.
        if Date::new(year.unwrap_or(2000), month, day).is_err() {
            return Interval::noted(NO_SUCH_DAY);
        }
        if let Some(y) = year {
            return through(Date::new(y, month, day).ok());
        }
        let Some(today) = self.today else { return Interval::UNKNOWN };
        let distance = |d: &Date| today.until(*d).map_or(i64::MAX, |s| i64::from(s.get_days()).abs());
        let near = (-8..=8).filter_map(|d| Date::new(today.year() + d, month, day).ok());
        let fits = near.filter(|d| match self.to_come {
            Some(true) => *d >= today,
            Some(false) => *d <= today,
            None => true,
        });
        through(fits.min_by_key(distance))
    }

    fn month(&self, year: Option<i16>, month: i8, which: Option<i64>) -> Interval {
        if let Some(y) = year {
            return Interval::month(Date::new(y, month, 1).ok());
        }
        let Some(t) = self.today else { return Interval::UNKNOWN };
        let y = match which {
            Some(-1) => t.year() - i16::from(month >= t.month()),
            Some(1) => t.year() + i16::from(month <= t.month()),
            Some(_) => t.year(),
            None if self.ahead() => t.year() + i16::from(month < t.month()),
            None => t.year() - i16::from(month > t.month()),
        };
        Interval::month(Date::new(y, month, 1).ok())
    }

    fn weekday(&self, day: i8, which: Option<i64>) -> Option<Date> {
        let w = Weekday::from_monday_one_offset(day).ok()?;
        let today = self.today?;
        let (step, here) = match which {
            Some(-1) => (-1, false),
            Some(1) => (1, false),
            Some(_) => {
                let monday = days(today, -i64::from(today.weekday().to_monday_zero_offset()))?;
                return days(monday, i64::from(w.to_monday_zero_offset()));
            }
            None => (if self.ahead() { 1 } else { -1 }, true),
        };
        if here && today.weekday() == w { Some(today) } else { today.nth_weekday(step, w).ok() }
    }

    fn day_of_month(&self, day: i8) -> Option<Date> {
        let today = self.today?;
        let step = if self.ahead() { 1 } else { -1 };
        (0..4).find_map(|n| {
            let month = months(today.first_of_month(), n * step)?;
            let date = Date::new(month.year(), month.month(), day).ok()?;
            (if self.ahead() { date >= today } else { date <= today }).then_some(date)
        })
    }

    fn season(&self, year: Option<i16>, month: i8, which: Option<i64>) -> Interval {
        let of = |y: i16| Interval::months(Date::new(y, month, 1).ok(), 3, Precision::Month);
        if let Some(y) = year {
            return of(y);
        }
        let Some(t) = self.today else { return Interval::UNKNOWN };
        let mut near = (-2..=2).map(|d| of(t.year() + d));
        let starts = |i: &Interval| i.start.is_some_and(|s| s <= t);
        let over = |i: &Interval| i.end.is_some_and(|e| e < t);
        let found = match which {
            Some(-1) => near.rfind(over),
            Some(1) => near.find(|i| !starts(i)),
            Some(_) => Some(of(t.year())),
            None if self.ahead() => near.find(|i| !over(i)),
            None => near.rfind(starts),
        };
        found.unwrap_or(Interval::UNKNOWN)
    }

    /// The day that a relative expression is counted from, and how exact it is.
    fn base(&self, anchored: bool, later: bool) -> Option<(Date, Precision)> {
        let known = self.anchor.filter(|_| anchored).and_then(|a| {
            let day = if later { a.end.or(a.start) } else { a.start.or(a.end) };
            day.map(|d| (d, a.precision))
        });
        known.or(self.today.map(|t| (t, Precision::Day)))
    }

    fn unit(&self, unit: Unit, which: i64, anchored: bool) -> Interval {
        let Some((base, exact)) = self.base(anchored, which > 0) else { return Interval::UNKNOWN };
        let too_fine = match unit {
            Unit::Hour | Unit::Day | Unit::Week | Unit::Weekend => exact != Precision::Day,
            Unit::Month => !matches!(exact, Precision::Day | Precision::Month),
            _ => false,
        };
        if too_fine {
            return Interval::UNKNOWN;
        }
        let week = |n: i64| {
            let monday = days(base, 7 * n - i64::from(base.weekday().to_monday_zero_offset()));
            Interval::of(monday, monday.and_then(|m| days(m, 6)), Precision::Month)
        };
        match unit {
            Unit::Hour => Interval::day(Some(base)),
            Unit::Day => Interval::day(days(base, which)),
            Unit::Week | Unit::Fortnight => week(which),
            Unit::Weekend => {
                let end = week(which).end;
                Interval::of(end.and_then(|e| days(e, -1)), end, Precision::Day)
            }
            Unit::Month => Interval::month(months(base.first_of_month(), which)),
            Unit::Year => Interval::year(years_on(base.first_of_year(), which)),
            Unit::Decade => {
                let first = base.year() - base.year().rem_euclid(10) + 10 * which as i16;
                Interval::years(first, first + 9, Precision::Decade)
            }
            Unit::Century => {
                let first = base.year() - (base.year() - 1).rem_euclid(100) + 100 * which as i16;
                Interval::years(first, first + 99, Precision::Decade)
            }
        }
    }

    fn weekend(&self) -> Interval {
        let Some(today) = self.today else { return Interval::UNKNOWN };
        let inside = today.weekday().to_monday_one_offset() >= 6;
        let which = if self.ahead() || inside { 0 } else { -1 };
        self.unit(Unit::Weekend, which, false)
    }

    fn shift(&self, count: i64, unit: Unit, anchored: bool) -> Interval {
        let Some((base, exact)) = self.base(anchored, count > 0) else { return Interval::UNKNOWN };
        let coarse = matches!(exact, Precision::Year | Precision::Decade | Precision::Unknown);
        match unit {
            Unit::Hour if exact == Precision::Day => Interval::day(days(base, count / 24)),
            Unit::Day if exact == Precision::Day => Interval::day(days(base, count)),
            Unit::Week if !coarse => Interval::around(days(base, 7 * count)),
            Unit::Fortnight if !coarse => Interval::around(days(base, 14 * count)),
            Unit::Month if !coarse => Interval::month(months(base, count)),
            Unit::Year => Interval::year(years_on(base, count)),
            Unit::Decade => Interval::year(years_on(base, count.saturating_mul(10))),
            Unit::Century => Interval::years(
                base.year().saturating_add(100i16.saturating_mul(count as i16)).saturating_sub(10),
                base.year().saturating_add(100i16.saturating_mul(count as i16)).saturating_add(10),
                Precision::Decade,
            ),
            _ => Interval::UNKNOWN,
        }
    }

    fn stretch(&self, count: i64, unit: Unit) -> Interval {
        let Some(today) = self.today else { return Interval::UNKNOWN };
        let (far, precision) = match unit {
            Unit::Hour => (
                days(today, count.signum() * (count.abs() / 24).max(i64::from(count.abs() > 12))),
                Precision::Day,
            ),
            Unit::Day | Unit::Weekend => (days(today, count), Precision::Day),
            Unit::Week => (days(today, 7 * count), Precision::Month),
            Unit::Fortnight => (days(today, 14 * count), Precision::Month),
            Unit::Month => (months(today, count), Precision::Month),
            Unit::Year => (years_on(today, count), Precision::Year),
            Unit::Decade => (years_on(today, count.saturating_mul(10)), Precision::Decade),
            Unit::Century => (years_on(today, count.saturating_mul(100)), Precision::Decade),
        };
        if count < 0 {
            Interval::of(far, Some(today), precision)
        } else {
            Interval::of(Some(today), far, precision)
        }
    }
}
