//! Time cut into periods counted from a date in both directions.

use demarche_record::Date;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);
/// Most periods on one side.
const MOST: usize = 20_000;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many days, at least 1.
    Days(u32),
    /// A month, beginning on the day of the month of the date, or on the last day of shorter months.
    Month,
}

/// Whole periods before and after a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// The first day of each period, ascending, and the day after the last.
    starts: Vec<Date>,
    /// How many lie before the date.
    before: usize,
}

impl Periods {
    /// How many periods lie before the date.
    pub fn before(&self) -> usize {
        self.before
    }

    /// How many periods lie after the date; the first begins on it.
    pub fn after(&self) -> usize {
        self.len() - self.before
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// First day and day after the last of a period.
    pub fn days(&self, at: usize) -> (Date, Date) {
        (self.starts[at], self.starts[at + 1])
    }

    /// The period that a day lies in, if it lies in one.
    pub fn of(&self, day: Date) -> Option<usize> {
        let at = self.starts.partition_point(|start| *start <= day);
        (at > 0 && at < self.starts.len()).then(|| at - 1)
    }
}

/// The periods between the first and the last day, both inclusive, that lie in it wholly. The first period of after
/// begins on `date`.
pub fn periods(date: Date, first: Date, last: Date, length: Length) -> Periods {
    let mut starts = Vec::new();
    let from = (1..=MOST as i64).map_while(|k| shifted(date, -k, length)).take_while(|start| *start >= first);
    starts.extend(from);
    starts.reverse();
    let before = starts.len();
    let ends = (1..=MOST as i64).map_while(|k| shifted(date, k, length));
    // A period ends on the day before the next begins.
    let ends = ends.take_while(|end| end.checked_sub(DAY).is_ok_and(|day| day <= last));
    if date >= first {
        starts.push(date);
        starts.extend(ends);
    }
    Periods { starts, before }
}

fn shifted(date: Date, periods: i64, length: Length) -> Option<Date> {
    match length {
        Length::Days(days) => {
            let span =
                DAY.checked_mul(u32::try_from(periods.unsigned_abs()).ok()?.checked_mul(days.max(1))?)?;
            if periods < 0 { date.checked_sub(span).ok() } else { date.checked_add(span).ok() }
        }
        Length::Month => {
            let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + periods;
            let year = i16::try_from(months.div_euclid(12)).ok()?;
            let first = Date::new(year, i8::try_from(months.rem_euclid(12) + 1).ok()?, 1).ok()?;
            Date::new(year, first.month(), date.day().min(first.days_in_month())).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> Date {
        written.parse().unwrap()
    }

    #[test]
    fn months_are_counted_from_the_date_and_must_be_whole() {
        let cut = periods(day("2014-03-18"), day("2014-01-01"), day("2014-06-17"), Length::Month);
        assert_eq!((cut.before(), cut.after()), (2, 3));
        assert_eq!(cut.days(0), (day("2014-01-18"), day("2014-02-18")));
        assert_eq!(cut.days(4), (day("2014-05-18"), day("2014-06-18")));
        assert_eq!(cut.of(day("2014-03-17")), Some(1));
        assert_eq!(cut.of(day("2014-03-18")), Some(2));
        assert_eq!((cut.of(day("2014-01-17")), cut.of(day("2014-06-18"))), (None, None));
        let short = periods(day("2014-03-31"), day("2014-01-31"), day("2014-04-29"), Length::Month);
        assert_eq!(short.days(0), (day("2014-01-31"), day("2014-02-28")));
        assert_eq!((short.before(), short.after()), (2, 1));
    }

    #[test]
    fn weeks_have_seven_days_and_time_may_be_empty() {
        let cut = periods(day("2014-01-15"), day("2014-01-01"), day("2014-01-20"), Length::Days(7));
        assert_eq!((cut.before(), cut.after()), (2, 0));
        let none = periods(day("2014-01-15"), day("2015-01-01"), day("2015-02-01"), Length::Days(7));
        assert!(none.of(day("2014-01-15")).is_none() && none.is_empty());
        let late = periods(day("2016-01-15"), day("2015-01-01"), day("2015-02-01"), Length::Month);
        assert_eq!(late.after(), 0);
    }
}
