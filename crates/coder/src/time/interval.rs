//! Stretches of days and the arithmetic of the calendar. Every step is checked: what leaves the calendar is no date.

use demarche_record::{Date, Precision};
use jiff::ToSpan;

/// From one day to another; an end that is missing is open or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub start: Option<Date>,
    /// Last day, inclusive.
    pub end: Option<Date>,
    /// How exact the words are.
    pub precision: Precision,
    /// Why the words give no dates, or what was taken for granted.
    pub note: Option<&'static str>,
}

impl Interval {
    /// Words that give no dates.
    pub const UNKNOWN: Interval =
        Interval { start: None, end: None, precision: Precision::Unknown, note: None };

    pub(super) fn noted(note: &'static str) -> Self {
        Interval { note: Some(note), ..Self::UNKNOWN }
    }

    pub(super) fn of(start: Option<Date>, end: Option<Date>, precision: Precision) -> Self {
        match (start, end) {
            (Some(_), Some(_)) => Interval { start, end, precision, note: None },
            _ => Self::UNKNOWN,
        }
    }

    pub(super) fn day(day: Option<Date>) -> Self {
        Self::of(day, day, Precision::Day)
    }

    pub(super) fn month(day: Option<Date>) -> Self {
        Self::of(day.map(Date::first_of_month), day.map(Date::last_of_month), Precision::Month)
    }

    pub(super) fn year(day: Option<Date>) -> Self {
        Self::of(day.map(Date::first_of_year), day.map(Date::last_of_year), Precision::Year)
    }

    /// Whole years, both inclusive.
    pub(super) fn years(first: i16, last: i16, precision: Precision) -> Self {
        Self::of(Date::new(first, 1, 1).ok(), Date::new(last, 12, 31).ok(), precision)
    }

    /// Whole months from one on.
    pub(super) fn months(first: Option<Date>, count: i64, precision: Precision) -> Self {
        let first = first.map(Date::first_of_month);
        Self::of(first, first.and_then(|d| months(d, count - 1)).map(Date::last_of_month), precision)
    }

    /// A week around a day: "two weeks ago" is no single day.
    pub(super) fn around(day: Option<Date>) -> Self {
        Self::of(day.and_then(|d| days(d, -3)), day.and_then(|d| days(d, 3)), Precision::Month)
    }

    /// Early 1, middle 2, late 3 of it: thirds of a month, of a year, of a decade; a day has none.
    pub(super) fn part(self, position: i64) -> Self {
        let (Some(start), Some(end)) = (self.start, self.end) else { return self };
        let days_in = start.until(end).map_or(0, |s| s.get_days());
        match days_in {
            0..=1 => self,
            2..=7 => {
                let (a, b) = [(0, 1), (2, 3), (4, 6)][index(position)];
                Interval::of(days(start, a), days(start, b).map(|d| d.min(end)), Precision::Day)
            }
            8..=31 => {
                let (a, b) = [(0, 9), (10, 19), (20, 40)][index(position)];
                Interval::of(days(start, a), days(start, b).map(|d| d.min(end)), Precision::Month)
            }
            32..=366 => {
                let length = (days_in + 15) / 30;
                let third = i64::from((length / 3).max(1));
                let first = months(start, third * index(position) as i64);
                let part = Interval::months(first, third, Precision::Month);
                if position == 3 { Interval { end: self.end, ..part } } else { part }
            }
            _ => {
                let years = i64::from(end.year()) - i64::from(start.year()) + 1;
                let (a, b) = match (years, position) {
                    (..=10, 1) => (0, 3),
                    (..=10, 2) => (4, 6),
                    (..=10, _) => (7, 9),
                    (_, 1) => (0, 32),
                    (_, 2) => (33, 65),
                    _ => (66, 99),
                };
                let last = years_on(start, b).map(Date::last_of_year).map(|d| d.min(end));
                Interval::of(years_on(start, a), last, Precision::Year)
            }
        }
    }

    /// The n-th of so many equal parts of whole months.
    pub(super) fn nth(self, n: i64, of: i64) -> Self {
        let (Some(start), Some(end)) = (self.start, self.end) else { return self };
        let length = (i64::from(end.year()) - i64::from(start.year())) * 12 + i64::from(end.month())
            - i64::from(start.month())
            + 1;
        let each = length / of.max(1);
        if each == 0 || !(1..=of).contains(&n) {
            return Interval::UNKNOWN;
        }
        Interval::months(months(start, (n - 1) * each), each, Precision::Month)
    }
}

fn index(position: i64) -> usize {
    match position {
        1 => 0,
        2 => 1,
        _ => 2,
    }
}

/// Longest step in any unit.
const FARTHEST: i64 = 9999;

pub(super) fn days(from: Date, count: i64) -> Option<Date> {
    (count.abs() <= 400 * FARTHEST).then(|| from.checked_add(count.days()).ok()).flatten()
}

pub(super) fn months(from: Date, count: i64) -> Option<Date> {
    (count.abs() <= 12 * FARTHEST).then(|| from.checked_add(count.months()).ok()).flatten()
}

pub(super) fn years_on(from: Date, count: i64) -> Option<Date> {
    (count.abs() <= FARTHEST).then(|| from.checked_add(count.years()).ok()).flatten()
}
