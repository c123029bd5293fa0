//! Bounds and spans: "since", "until", "from … to …".

use super::Bound;
use super::interval::{Interval, days};
use super::moment::{Ctx, Moment};
use demarche_record::Precision;

const BACKWARDS: &str = "it would end before it begins";

/// The days of an expression with its bound.
pub(super) fn interval(ctx: &Ctx, bound: Bound, moment: &Moment, to: Option<&Moment>) -> Interval {
    let whole = match to {
        None => ctx.resolve(moment),
        Some(to) => span(ctx, moment, to),
    };
    let bounded = match bound {
        Bound::In => whole,
        Bound::Since => Interval { end: None, ..whole },
        Bound::Until => Interval { start: None, ..whole },
        Bound::After => Interval { start: whole.end.and_then(|e| days(e, 1)), end: None, ..whole },
        Bound::Before => Interval { start: None, end: whole.start.and_then(|s| days(s, -1)), ..whole },
    };
    match (bounded.start, bounded.end) {
        (Some(s), Some(e)) if s > e => Interval::noted(BACKWARDS),
        (None, None) => Interval { precision: Precision::Unknown, ..bounded },
        _ => bounded,
    }
}

/// From one moment to another; a year that only the later one names is that of both.
fn span(ctx: &Ctx, from: &Moment, to: &Moment) -> Interval {
    let end = ctx.resolve(to);
    let mut first = from.clone();
    let named = year_of(to);
    if named.is_some() {
        give_year(&mut first, named);
    }
    let mut start = ctx.resolve(&first);
    if let (Some(s), Some(e)) = (start.start, end.end)
        && s > e
    {
        match (from, named) {
            (Moment::Weekday { .. }, _) => {
                start = Interval { start: days(s, -7), ..start };
            }
            _ => {
                let mut earlier = from.clone();
                give_year(&mut earlier, Some(e.year() - 1));
                start = ctx.resolve(&earlier);
            }
        }
    }
    let note = start.note.or(end.note);
    if start.start.is_none() || end.end.is_none() {
        return Interval { note, ..Interval::UNKNOWN };
    }
    Interval { start: start.start, end: end.end, precision: end.precision, note }
}

fn year_of(moment: &Moment) -> Option<i16> {
    match moment {
        Moment::Day { year, .. } | Moment::Month { year, .. } | Moment::Season { year, .. } => *year,
        Moment::Part(_, inner) | Moment::Nth(_, _, inner) => year_of(inner),
        _ => None,
    }
}

fn give_year(moment: &mut Moment, given: Option<i16>) {
    match moment {
        Moment::Day { year, .. } | Moment::Month { year, .. } | Moment::Season { year, .. } => {
            *year = year.or(given);
        }
        Moment::Part(_, inner) | Moment::Nth(_, _, inner) => give_year(inner, given),
        _ => {}
    }
}
