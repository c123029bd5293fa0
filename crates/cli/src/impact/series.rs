//! Series of events a period, of those who are asked about and of others to compare them with.

use crate::args::Period;
use crate::balance::network::Fault;
use crate::balance::records::{Happening, Happenings};
use demarche_analysis::impact::{Donor, Length, Periods, periods};
use demarche_record::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Others that a series is compared with at most, those with nearly as many events first.
const OTHERS: usize = 40;
/// Events before the date that another series must have.
const EVENTS: u64 = 5;

/// Whose events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Between two.
    Pair(String, String),
    /// Of one, with anybody.
    One(String),
}

impl Who {
    /// Whether states are meant: three capital letters each.
    pub fn is_state(&self) -> bool {
        let state = |name: &String| name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        match self {
            Who::Pair(a, b) => state(a) && state(b),
            Who::One(a) => state(a),
        }
    }

    /// The names.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Who::Pair(a, b) => vec![a, b],
            Who::One(a) => vec![a],
        }
    }

    /// For people.
    pub fn label(&self) -> String {
        self.names().join(" - ")
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Whose events.
    pub who: Who,
    /// The first day of after.
    pub date: Date,
    /// How time is cut.
    pub period: Period,
    /// First day that counts.
    pub from: Option<Date>,
    /// Last day that counts.
    pub until: Option<Date>,
}

/// Counts and sums, a period each.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Events.
    pub events: Vec<f64>,
    /// Sums of Goldstein values.
    pub score: Vec<f64>,
}

impl Series {
    fn of(periods: usize) -> Self {
        Self { events: vec![0.0; periods], score: vec![0.0; periods] }
    }

    /// Number of events before a period.
    fn before(&self, at: usize) -> u64 {
        self.events[..at].iter().sum::<f64>() as u64
    }
}

/// Everything that is compared.
#[derive(Debug)]
pub struct Made {
    /// How time is cut.
    pub periods: Periods,
    /// Those who are asked about.
    pub own: Series,
    /// Others by name.
    pub others: Vec<(String, Series)>,
    /// First and last day of all events.
    pub span: (Date, Date),
    /// Events without a date, or whose date is vaguer than a period.
    pub vague: u64,
}

impl Made {
    /// The others in one measure.
    pub fn donors(&self, measure: fn(&Series) -> &Vec<f64>) -> Vec<Donor> {
        let cut = |series: &Series| {
            let (before, after) = measure(series).split_at(self.periods.before());
            Donor { before: before.to_vec(), after: after.to_vec() }
        };
        self.others.iter().map(|(_, series)| cut(series)).collect()
    }
}

/// Cuts the events into series. Fails where nothing happened to those who are asked about, or the date lies outside.
pub fn make(question: &Question, found: &Happenings) -> Result<Made, Fault> {
    let whole = |message: String| Fault { line: None, message };
    let days = found.all.iter().filter_map(|happening| happening.when);
    let within =
        |day: &Date| question.from.is_none_or(|f| *day >= f) && question.until.is_none_or(|u| *day <= u);
    let starts: BTreeSet<Date> = days.map(|(start, _)| start).filter(within).collect();
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else {
        let (all, passed) = (found.all.len(), found.passed_over);
        return Err(whole(format!(
            "no event has a date within the window: {all} events count, {passed} were passed over"
        )));
    };
    let (first, last) = (question.from.unwrap_or(first), question.until.unwrap_or(last));
    if question.date <= first || question.date > last {
        return Err(whole(format!(
            "the events run from {first} to {last}; {} leaves nothing to compare",
            question.date
        )));
    }
    let length = match question.period {
        Period::Day => Length::Days(1),
        Period::Week => Length::Days(7),
        Period::Month => Length::Month,
    };
    let cut = periods(question.date, first, last, length);
    let mut all: BTreeMap<Vec<String>, Series> = BTreeMap::new();
    let (mut counted, mut vague) = (BTreeSet::new(), 0);
    for happening in &found.all {
        let at = happening.when.map(|(start, end)| (cut.of(start), cut.of(end)));
        let at = match at {
            Some((Some(start), Some(end))) if start == end => start,
            // Outside the whole periods.
            Some((None, None)) => continue,
            _ => {
                vague += 1;
                continue;
            }
        };
        for key in keys(&question.who, happening) {
            // An event of several actors counts once for each of them.
            if counted.insert((key.clone(), happening.record)) {
                let series = all.entry(key).or_insert_with(|| Series::of(cut.len()));
                series.events[at] += 1.0;
                series.score[at] += happening.score;
            }
        }
    }
    let mut key: Vec<String> = question.who.names().into_iter().map(str::to_owned).collect();
    key.sort();
    let Some(own) = all.remove(&key) else {
        let known: BTreeSet<&String> = all.keys().flatten().collect();
        let absent = key.iter().find(|name| !known.contains(name));
        let why = absent.map_or_else(String::new, |name| format!("; no event names `{name}`"));
        return Err(whole(format!(
            "there is no event of {} within whole periods{why}",
            question.who.label()
        )));
    };
    let own_before = own.before(cut.before()) as f64;
    let mut others: Vec<(Vec<String>, Series)> = all
        .into_iter()
        // What touches one of them may feel what happened too.
        .filter(|(names, _)| names.iter().all(|name| !key.contains(name)))
        .filter(|(_, series)| series.before(cut.before()) >= EVENTS)
        .collect();
    let far = |series: &Series| ((series.before(cut.before()) as f64 + 1.0) / (own_before + 1.0)).ln().abs();
    others.sort_by(|(a, x), (b, y)| far(x).total_cmp(&far(y)).then_with(|| a.cmp(b)));
    others.truncate(OTHERS);
    let others = others.into_iter().map(|(names, series)| (names.join(" - "), series)).collect();
    Ok(Made { periods: cut, own, others, span: (first, last), vague })
}

/// The series that an event counts for.
fn keys(who: &Who, happening: &Happening) -> Vec<Vec<String>> {
    match who {
        Who::Pair(..) => {
            let (Some(a), Some(b)) = (&happening.source, &happening.target) else {
                return Vec::new();
            };
            let mut pair = vec![a.clone(), b.clone()];
            pair.sort();
            if a == b { Vec::new() } else { vec![pair] }
        }
        Who::One(_) => {
            let names: BTreeSet<&String> =
                [&happening.source, &happening.target].into_iter().flatten().collect();
            names.into_iter().map(|name| vec![name.clone()]).collect()
        }
    }
}
