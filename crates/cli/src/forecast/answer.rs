//! `forecast`: what an actor will do and suffer, or what two will do to each other: how likely, when, how often, and why.

use super::counting::{self, Counts};
use super::events::{self, Events};
use super::reasons::{Reason, reasons};
use super::report::{Known, Part};
use super::{check_outputs, on_threads, picture, sheet, words};
use crate::Screen;
use crate::args::Outlook as Arguments;
use crate::balance::network::worded;
use crate::balance::{ending, json, print, round, write_file};
use crate::failure::{Failure, SOME_FAILED};
use crate::stream::complain;
use demarche_analysis::forecast::features::{Day, Desk};
use demarche_analysis::forecast::landmark::{Case, Past, Plan, cases};
use demarche_analysis::forecast::outlook::{Outlook, Prospect};
use serde::Serialize;
use std::collections::BTreeSet;

/// Others that are looked at for each type of event of an actor.
const LIKELY: usize = 8;

/// One JSON object.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// One actor or two.
    pub about: Vec<String>,
    /// The first step that is forecast.
    pub as_of: String,
    /// Steps that are looked ahead.
    pub horizon: u32,
    /// `day` or `step`.
    pub unit: &'static str,
    /// Facts before `as_of`.
    pub events: usize,
    /// What they are and what was passed over.
    #[serde(flatten)]
    pub known: Known,
    /// What may come.
    pub outlook: Part<Prospects>,
    /// How many events will come.
    pub counts: Part<Counts>,
}

/// What may come, likeliest first.
#[derive(Debug, Serialize)]
pub struct Prospects {
    /// How probabilities were calibrated: `isotonic`, `platt` or `none`.
    pub calibration: &'static str,
    /// Forecasts that could have been made before and were learned from.
    pub learned_from: usize,
    /// The forecasts.
    pub forecasts: Vec<Forecast>,
}

/// A forecast.
#[derive(Debug, Serialize)]
pub struct Forecast {
    /// Who.
    pub source: String,
    /// What.
    #[serde(rename = "type")]
    pub kind: String,
    /// To whom.
    pub target: String,
    /// Of at least one within the horizon, 0 to 1.
    pub probability: f64,
    /// How often it happened before.
    pub times: u32,
    /// When the next comes.
    pub when: When,
    /// What stands behind it.
    pub because: Vec<Reason>,
}

/// When the next comes; null is beyond the horizon.
#[derive(Debug, Serialize)]
pub struct When {
    /// It is as likely to come by this step as not.
    pub median: Option<String>,
    /// The middle half of chances.
    #[serde(rename = "50")]
    pub half: [Option<String>; 2],
    /// All but five in a hundred on either side.
    #[serde(rename = "90")]
    pub most: [Option<String>; 2],
}

/// Whom a question is about, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// All that one does and suffers.
    One(u32),
    /// What two do to each other.
    Two(u32, u32),
}

/// Runs the command; the exit status.
pub fn run(arguments: &Arguments, screen: Screen) -> Result<u8, Failure> {
    check_outputs(&arguments.work.output)?;
    let names = named(arguments)?;
    let state = |name: &String| name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let events = match events::read(&arguments.inputs, names.iter().all(state))? {
        Ok(events) => events,
        Err((input, faults)) => {
            complain(&worded(&input, &faults));
            return Ok(SOME_FAILED);
        }
    };
    let number = |name: &String| {
        events.actor(name).ok_or_else(|| Failure::Arguments {
            message: format!("no event that counts names `{name}`"),
            help: "ids of actors are as in the events; names of three capital letters are states".to_owned(),
        })
    };
    let about = match &names[..] {
        [a, b] => About::Two(number(a)?, number(b)?),
        [a] => About::One(number(a)?),
        _ => unreachable_names()?,
    };
    let kind = arguments.kind.as_ref().map(|name| {
        events.kind(name).ok_or_else(|| Failure::Arguments {
            message: format!("no event that counts is of the type `{name}`"),
            help: format!("these types are there: {}", events.kinds.join(", ")),
        })
    });
    let kind = kind.transpose()?;
    let now = match &arguments.as_of {
        None => events.end(),
        Some(written) => as_of(&events, written)?,
    };
    let answer = on_threads(arguments.work.threads, || answer(&events, about, kind, now, arguments))?;
    for path in &arguments.work.output {
        let content = match ending(path).as_deref() {
            Some("svg") => picture::fan(&answer),
            Some("csv") => sheet::forecast(&answer)?,
            _ => json(&answer)?,
        };
        write_file(path, &content)?;
    }
    let text = screen.out.is_terminal && !arguments.work.json;
    let shown = if text { words::text(&answer, screen.out.paint) } else { json(&answer)? };
    print(&shown, &arguments.work.output)
}

/// The step of the day of a forecast, which something must be known before.
fn as_of(events: &Events, written: &str) -> Result<u32, Failure> {
    let first = events.calendar.label(0);
    let fault = if events.calendar.reads(written) {
        (format!("nothing is known before `{written}`"), format!("the events begin on {first}"))
    } else {
        (format!("`{written}` is no {}", events.calendar.unit()), format!("write it as in --as-of {first}"))
    };
    let step = events.calendar.step(written).filter(|step| *step > 0);
    step.ok_or(Failure::Arguments { message: fault.0, help: fault.1 })
}

fn unreachable_names<T>() -> Result<T, Failure> {
    Err(Failure::Arguments {
        message: "nobody is named".to_owned(),
        help: "name one with --actor or two with --dyad".to_owned(),
    })
}

fn named(arguments: &Arguments) -> Result<Vec<String>, Failure> {
    if let Some(dyad) = &arguments.dyad {
        let pair = dyad.split_once(':').map(|(a, b)| (a.trim(), b.trim()));
        let pair = pair.filter(|(a, b)| !a.is_empty() && !b.is_empty() && a != b);
        let (a, b) = pair.ok_or_else(|| Failure::Arguments {
            message: format!("`{dyad}` names no two actors"),
            help: "write them as in --dyad RUS:UKR".to_owned(),
        })?;
        return Ok(vec![a.to_owned(), b.to_owned()]);
    }
    let actor = arguments.actor.as_deref().map(str::trim).unwrap_or_default();
    if actor.is_empty() { unreachable_names() } else { Ok(vec![actor.to_owned()]) }
}

fn answer(events: &Events, about: About, kind: Option<u32>, now: u32, arguments: &Arguments) -> Answer {
    let about_names = match about {
        About::One(a) => vec![a],
        About::Two(a, b) => vec![a, b],
    };
    Answer {
        about: about_names.iter().map(|at| events.actors[*at as usize].clone()).collect(),
        as_of: events.calendar.label(now),
        horizon: arguments.horizon,
        unit: events.calendar.unit(),
        events: events.facts.partition_point(|fact| fact.step < now),
        known: Known::new(events),
        outlook: prospects(events, about, kind, now, arguments),
        counts: counting::counts(events, about, kind, now, arguments),
    }
}

fn prospects(
    events: &Events,
    about: About,
    kind: Option<u32>,
    now: u32,
    arguments: &Arguments,
) -> Part<Prospects> {
    let (actors, kinds) = events.sizes();
    let plan = Plan::new(arguments.horizon, now, arguments.work.seed);
    let learned = cases(&events.facts, actors, kinds, now, &plan);
    let outlook = match Outlook::learn(&learned, plan.horizon, now, None) {
        Ok(outlook) => outlook,
        Err(why) => return Part::cannot_tell(&why.to_string()),
    };
    let past = Past::of(&events.facts, actors, kinds, now, arguments.work.seed);
    let mut found: Vec<(Case, Prospect)> = candidates(&past, about, kind)
        .into_iter()
        .map(|case| {
            let prospect = outlook.prospect(&case);
            (case, prospect)
        })
        .collect();
    found.sort_by(|(a, p), (b, q)| {
        let key = |case: &Case| (case.subject, case.relation, case.object);
        q.probability().total_cmp(&p.probability()).then_with(|| key(a).cmp(&key(b)))
    });
    if found.is_empty() {
        return Part::cannot_tell("nothing passed between them before, so that there is nothing to go by");
    }
    let watched = learned.iter().filter(|case| case.landmark.saturating_add(plan.horizon) <= now).count();
    let forecasts = found.iter().take(arguments.top).map(|(case, prospect)| {
        let day = |lag: Option<u32>| lag.map(|lag| events.calendar.label(now.saturating_add(lag - 1)));
        let interval = |share: f64| {
            let (low, high) = prospect.interval(share);
            [day(low), day(high)]
        };
        Forecast {
            source: events.actors[case.subject as usize].clone(),
            kind: events.kinds[case.relation as usize].clone(),
            target: events.actors[case.object as usize].clone(),
            probability: round(prospect.probability()),
            times: case.seen,
            when: When { median: day(prospect.quantile(0.5)), half: interval(0.5), most: interval(0.9) },
            because: reasons(events, &past, case),
        }
    });
    Part::Told(Prospects {
        calibration: outlook.calibration().as_str(),
        learned_from: watched,
        forecasts: forecasts.collect(),
    })
}

/// The triples that a question may be answered with: what the past gives a reason to name.
fn candidates(past: &Past, about: About, kind: Option<u32>) -> Vec<Case> {
    let history = &past.history;
    let relations = history.relations();
    // By who does it and what: to whom, or to whomever is likely.
    let mut asked: BTreeSet<(u32, u32, Option<u32>)> = BTreeSet::new();
    let wanted = |relation: u32| kind.is_none_or(|kind| kind == relation);
    match about {
        About::Two(a, b) => {
            // What they did to each other, and what either did to anybody.
            let met = history.pair(a, b).is_some();
            for (s, o) in [(a, b), (b, a)] {
                let all = (0..relations)
                    .filter(|relation| wanted(*relation) && met && history.role(s, *relation).is_some());
                asked.extend(all.map(|relation| (s, relation, Some(o))));
            }
        }
        About::One(a) => {
            let own = (0..relations).filter(|relation| wanted(*relation));
            asked.extend(own.filter(|r| history.role(a, *r).is_some()).map(|r| (a, r, None)));
            for pair in history.pairs_of(a) {
                let suffered = pair.links.iter().filter_map(|link| link.relation.checked_sub(relations));
                asked.extend(suffered.filter(|r| wanted(*r)).map(|r| (pair.object, r, Some(a))));
            }
        }
    }
    let day =
        Day::new(history, &past.rules, None, &past.kinship, asked.iter().map(|(_, relation, _)| *relation));
    let mut desk = Desk::new(history.actors());
    let mut found = Vec::new();
    for (subject, relation, object) in asked {
        found.extend(past.cases(&day, &mut desk, (subject, relation), |other, place| match object {
            Some(object) => other == object,
            None => place < LIKELY,
        }));
    }
    found
}
