//! How many events will there be in the next periods: the fan of a forecast, and what it was learned from.

use super::answer::About;
use super::cuts::{self, cut};
use super::events::Events;
use super::report::Part;
use crate::args::Outlook as Arguments;
use crate::balance::round;
use demarche_analysis::counts::{CountModel, Key, Panel, SMALLEST, quantile, rows, signs};
use demarche_analysis::forecast::fact::Fact;
use serde::Serialize;

/// Periods of the past that are shown, the newest.
const SHOWN: usize = 60;

/// Past and coming counts.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// `day`, `week` or `month`.
    pub period: &'static str,
    /// What was counted, the newest sixty.
    pub past: Vec<Period>,
    /// What is forecast.
    pub ahead: Vec<Ahead>,
}

/// A period of the past.
#[derive(Debug, Serialize)]
pub struct Period {
    /// First step.
    pub start: String,
    /// Last step.
    pub end: String,
    /// Events.
    pub events: u32,
}

/// A period to come.
#[derive(Debug, Serialize)]
pub struct Ahead {
    /// First step.
    pub start: String,
    /// Last step.
    pub end: String,
    /// Mean, in events.
    pub mean: f64,
    /// As likely to be reached as not.
    pub median: u64,
    /// The middle half of chances.
    #[serde(rename = "50")]
    pub half: [u64; 2],
    /// All but five in a hundred on either side.
    #[serde(rename = "90")]
    pub most: [u64; 2],
}

/// Forecasts the counts of those who are asked about, by what all series teach.
pub fn counts(
    events: &Events,
    about: About,
    kind: Option<u32>,
    now: u32,
    arguments: &Arguments,
) -> Part<Counts> {
    let name = cuts::name(arguments.period);
    let cuts = cut(events.calendar, arguments.period, now, usize::from(arguments.ahead));
    let of_kind: Vec<Fact>;
    let facts = match kind {
        None => &events.facts,
        Some(kind) => {
            of_kind = events.facts.iter().copied().filter(|fact| fact.relation == kind).collect();
            &of_kind
        }
    };
    let (key, pairs) = match about {
        About::One(a) => (Key::Actor(a), false),
        About::Two(a, b) => (Key::Pair(a.min(b), a.max(b)), true),
    };
    let panel = Panel::of(facts, &cuts.steps, Some(cuts.season), pairs);
    let known = panel.periods;
    let Some(own) = panel.get(key) else {
        return Part::cannot_tell(&format!("there is no event of theirs in {known} whole {name}s"));
    };
    let mut ahead = Vec::new();
    for (at, (start, end)) in (1..).zip(cuts.ahead) {
        let Some(row) = signs(own, known, at, panel.season) else {
            let events: u64 = own.iter().map(|y| u64::from(*y)).sum();
            return Part::cannot_tell(&format!(
                "there are {events} events in {known} whole {name}s; {SMALLEST} in three are needed"
            ));
        };
        let Some(model) = CountModel::fit(&rows(&panel, known, at)) else {
            if at == 1 {
                return Part::cannot_tell(&format!(
                    "{known} whole {name}s of all series are too few to learn from"
                ));
            }
            break;
        };
        let forecast = model.forecast(&row);
        let table = forecast.cumulative();
        let between = |share: f64| [(1.0 - share) / 2.0, (1.0 + share) / 2.0].map(|p| quantile(&table, p));
        ahead.push(Ahead {
            start,
            end,
            mean: round(forecast.mean()),
            median: quantile(&table, 0.5),
            half: between(0.5),
            most: between(0.9),
        });
    }
    let past = cuts.past.into_iter().zip(own).skip(known.saturating_sub(SHOWN));
    let past = past.map(|((start, end), events)| Period { start, end, events: *events });
    Part::Told(Counts { period: name, past: past.collect(), ahead })
}
