//! `backtest`: forecasts of all kinds made again and again in the past of some events, scored by what came.

use super::cuts::{self, cut};
use super::evaluate::measures;
use super::events::{self, Events};
use super::report::{Chance, Counted, Known, Part, Ranking, Report, Timed};
use super::{check_outputs, on_threads, picture, sheet, tables};
use crate::Screen;
use crate::args::Backtest;
use crate::balance::network::worded;
use crate::balance::{ending, json, print, seconds, write_file};
use crate::failure::{Failure, SOME_FAILED};
use crate::stream::complain;
use demarche_analysis::counts::{self, Panel, SMALLEST};
use demarche_analysis::forecast::landmark::{Plan, cases};
use demarche_analysis::forecast::ranking::{Options, Ranker};
use demarche_analysis::forecast::rolling::{Chances, KNOWN, Timing, said};
use std::time::Instant;

/// Facts before the part that is ranked.
const LEARNED: usize = 100;
/// Facts that are ranked at most.
const ASKED: usize = 8_000;
/// Questions that the combination is learned on.
const QUESTIONS: usize = 12_000;

/// Runs the command; the exit status.
pub fn run(arguments: &Backtest, screen: Screen) -> Result<u8, Failure> {
    let started = Instant::now();
    check_outputs(&arguments.work.output)?;
    let events = match events::read(&arguments.inputs, arguments.countries)? {
        Ok(events) => events,
        Err((input, faults)) => {
            complain(&worded(&input, &faults));
            return Ok(SOME_FAILED);
        }
    };
    let mut found = on_threads(arguments.work.threads, || measure(&events, arguments))?;
    found.seconds = seconds(started);
    for path in &arguments.work.output {
        let content = match ending(path).as_deref() {
            Some("svg") => picture::reliability(&found),
            Some("csv") => sheet::backtest(&found)?,
            _ => json(&found)?,
        };
        write_file(path, &content)?;
    }
    let text = screen.out.is_terminal && !arguments.work.json;
    let shown = if text { tables::text(&found, screen.out.paint) } else { json(&found)? };
    print(&shown, &arguments.work.output)
}

fn measure(events: &Events, arguments: &Backtest) -> Report {
    let (actors, kinds) = events.sizes();
    let end = events.end();
    let plan = Plan::new(arguments.horizon, end, arguments.work.seed);
    let cases = cases(&events.facts, actors, kinds, end, &plan);
    let (chance, timing) = match said(&cases, &plan, end) {
        Err(why) => {
            let why = format!("the past is too short or too quiet: {why}");
            (Part::cannot_tell(&why), Part::cannot_tell(&why))
        }
        Ok(said) => {
            let chance = Chances::of(&said).map_or_else(
                || Part::cannot_tell("there was nothing to forecast"),
                |found| Part::Told(Chance::new(&found)),
            );
            let timing = Timing::of(&said).map_or_else(
                || Part::cannot_tell(&format!("nothing had happened {KNOWN} times before a forecast")),
                |(ours, base)| Part::Told(Timed::new(&ours, &base)),
            );
            (chance, timing)
        }
    };
    let period = cuts::name(arguments.period);
    let cuts = cut(events.calendar, arguments.period, end, 0);
    let counted = |pairs: bool| {
        let panel = Panel::of(&events.facts, &cuts.steps, Some(cuts.season), pairs);
        counts::backtest(&panel).map_or_else(
            || {
                Part::cannot_tell(&format!(
                    "of {} whole {period}s too few come after the first six, or nobody had {SMALLEST} events before one",
                    panel.periods
                ))
            },
            |found| Part::Told(Counted::new(&found)),
        )
    };
    Report {
        events: events.facts.len(),
        known: Known::new(events),
        horizon: arguments.horizon,
        unit: events.calendar.unit(),
        ranking: ranking(events, arguments.work.seed),
        probability: chance,
        timing,
        period,
        dyads: counted(true),
        actors: counted(false),
        seconds: 0.0,
    }
}

/// Ranks the last fifth of the facts, or as many as are asked about at most, learning from the others.
fn ranking(events: &Events, seed: u64) -> Part<Ranking> {
    let whole = events.facts.len();
    let border =
        events.facts.get((whole * 4 / 5).max(whole.saturating_sub(ASKED))).map_or(0, |fact| fact.step);
    let at = events.facts.partition_point(|fact| fact.step < border);
    let (past, later) = events.facts.split_at(at);
    if past.len() < LEARNED || later.is_empty() {
        return Part::cannot_tell(&format!(
            "{} events before those that would be ranked; {LEARNED} are needed to learn from",
            past.len()
        ));
    }
    let (actors, kinds) = events.sizes();
    let options = Options { questions: QUESTIONS, seed, ..Options::default() };
    let mut ranked = Vec::new();
    Ranker::learn(past, actors, kinds, &options).evaluate(later, |one| ranked.push(one.clone()));
    Part::Told(Ranking {
        from: events.calendar.label(border),
        learned_from: past.len(),
        measures: measures(&ranked),
    })
}
