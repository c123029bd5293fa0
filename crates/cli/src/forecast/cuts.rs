//! Time cut into periods that end on the day of a forecast.

use super::events::Calendar;
use crate::args::Period;
use demarche_analysis::impact::{Length, periods};
use demarche_record::Date;
use std::time::Duration;

/// Whole periods before a step, and some after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cuts {
    /// The first step of each period before, and the step that they end on.
    pub steps: Vec<u32>,
    /// First and last day of each period before.
    pub past: Vec<(String, String)>,
    /// The same of those after.
    pub ahead: Vec<(String, String)>,
    /// Periods after which the same season comes again.
    pub season: usize,
}

/// What a period is called.
pub fn name(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
    }
}

/// Cuts the steps before `now`; months and weeks are counted back from it, so that the last is whole. Numbers without dates
/// have months of thirty steps.
pub fn cut(calendar: Calendar, period: Period, now: u32, ahead: usize) -> Cuts {
    let season = match period {
        Period::Day => 7,
        Period::Week => 52,
        Period::Month => 12,
    };
    let days = match period {
        Period::Day => 1,
        Period::Week => 7,
        Period::Month => 30,
    };
    let mut cuts = Cuts { steps: Vec::new(), past: Vec::new(), ahead: Vec::new(), season };
    match calendar {
        Calendar::Numbers(_) => {
            let label = |start: u32| (calendar.label(start), calendar.label(start.saturating_add(days - 1)));
            cuts.steps = (0..=now / days).rev().map(|back| now - back * days).collect();
            cuts.past = cuts.steps.iter().take(cuts.steps.len() - 1).map(|start| label(*start)).collect();
            cuts.ahead = (0..ahead as u32).map(|k| label(now.saturating_add(k * days))).collect();
        }
        Calendar::Days(first) => {
            let after = |steps: u64| first.checked_add(Duration::from_secs(86_400 * steps)).ok();
            let (Some(date), Some(last)) =
                (after(u64::from(now)), after(u64::from(now) + (ahead as u64 + 2) * 32))
            else {
                cuts.steps.push(now);
                return cuts;
            };
            let length = match period {
                Period::Month => Length::Month,
                _ => Length::Days(days),
            };
            let found = periods(date, first, last, length);
            let label = |at: usize| {
                let (start, next) = found.days(at);
                let end = next.checked_sub(Duration::from_secs(86_400)).unwrap_or(next);
                (start.to_string(), end.to_string())
            };
            let step = |day: Date| calendar.step(&day.to_string()).unwrap_or(0);
            cuts.steps = (0..found.before()).map(|at| step(found.days(at).0)).chain([now]).collect();
            cuts.past = (0..found.before()).map(label).collect();
            cuts.ahead = (found.before()..found.len()).take(ahead).map(label).collect();
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_analysis::forecast::fact::Clock;

    #[test]
    fn months_end_on_the_day_of_the_forecast() {
        let days = Calendar::Days("2024-01-10".parse().unwrap());
        let found = cut(days, Period::Month, 81, 2);
        assert_eq!(found.steps, [21, 50, 81]);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(found.past, [pair("2024-01-31", "2024-02-28"), pair("2024-02-29", "2024-03-30")]);
        assert_eq!(found.ahead[0], pair("2024-03-31", "2024-04-29"));
        let numbers = cut(Calendar::Numbers(Clock { origin: 0, unit: 24 }), Period::Week, 15, 1);
        assert_eq!(
            (numbers.steps.as_slice(), numbers.ahead.as_slice()),
            (&[1, 8, 15][..], &[pair("360", "504")][..])
        );
        assert_eq!(cut(days, Period::Month, 3, 1).steps, [3]);
    }
}
