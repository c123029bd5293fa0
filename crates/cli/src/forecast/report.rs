//! The answer of `backtest` as data for programs. Shares and skill are in percent.

use super::events::Events;
use crate::balance::round;
use demarche_analysis::counts::{self, Comparison};
use demarche_analysis::forecast::rolling::{Chances, Timing};
use demarche_analysis::scoring::{Reliability, skill};
use serde::Serialize;
use serde_json::{Map, Value};

/// One JSON object.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Facts: events of a day, a source, a type and a target, each once.
    pub events: usize,
    /// What they are and what was passed over.
    #[serde(flatten)]
    pub known: Known,
    /// Steps that were looked ahead.
    pub horizon: u32,
    /// `day` or `step`.
    pub unit: &'static str,
    /// Who will stand at the other end, in the next step.
    pub ranking: Part<Ranking>,
    /// Whether it happens within the horizon.
    pub probability: Part<Chance>,
    /// When it happens.
    pub timing: Part<Timed>,
    /// What events are counted by.
    pub period: &'static str,
    /// How many events of a pair there are in the next period.
    pub dyads: Part<Counted>,
    /// How many events of an actor.
    pub actors: Part<Counted>,
    /// Elapsed time.
    pub seconds: f64,
}

/// A part of the answer, or why there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Part<T> {
    /// What was found.
    Told(T),
    /// The data cannot tell.
    CannotTell {
        /// Why.
        cannot_tell: String,
    },
}

impl<T> Part<T> {
    /// The data cannot tell, for this reason.
    pub fn cannot_tell(why: &str) -> Self {
        Part::CannotTell { cannot_tell: why.to_owned() }
    }
}

/// What the events are, and what did not count.
#[derive(Debug, Serialize)]
pub struct Known {
    /// First and last step.
    pub span: [String; 2],
    /// Actors and types.
    pub actors_known: usize,
    /// Types of events.
    pub types: usize,
    /// Records that were read.
    pub records: u64,
    /// Denied, planned or possible.
    pub passed_over: u64,
    /// Without a day, or with more than one.
    pub undated: u64,
    /// Without two known actors.
    pub one_sided: u64,
}

impl Known {
    /// Of these events.
    pub fn new(events: &Events) -> Self {
        Self {
            span: [events.calendar.label(0), events.calendar.label(events.end().saturating_sub(1))],
            actors_known: events.actors.len(),
            types: events.kinds.len(),
            records: events.records,
            passed_over: events.passed_over,
            undated: events.undated,
            one_sided: events.one_sided,
        }
    }
}

/// Ranks of the last fifth.
#[derive(Debug, Serialize)]
pub struct Ranking {
    /// The first step that was ranked.
    pub from: String,
    /// Events before it.
    pub learned_from: usize,
    /// As `forecast evaluate` prints them.
    #[serde(flatten)]
    pub measures: Map<String, Value>,
}

/// Probabilities against what came.
#[derive(Debug, Serialize)]
pub struct Chance {
    /// Forecasts.
    pub cases: usize,
    /// Share that came true.
    pub happened: f64,
    /// Brier score, 0 to 1.
    pub brier: f64,
    /// In nats.
    pub log_loss: f64,
    /// Expected calibration error.
    pub calibration_error: f64,
    /// The same before calibration.
    pub raw_calibration_error: f64,
    /// Brier score and log loss of the base rate.
    pub base: Scores,
    /// Against the base rate.
    pub skill: Skills,
    /// Groups of forecasts, lowest first.
    pub reliability: Vec<Group>,
}

/// Two scores.
#[derive(Debug, Serialize)]
pub struct Scores {
    /// Brier score.
    pub brier: f64,
    /// In nats.
    pub log_loss: f64,
}

/// Skill by two scores.
#[derive(Debug, Serialize)]
pub struct Skills {
    /// By Brier score.
    pub brier: Option<f64>,
    /// By log loss.
    pub log_loss: Option<f64>,
}

/// Forecasts of about the same probability.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Mean probability, in percent.
    pub forecast: f64,
    /// Share that came true, in percent.
    pub observed: f64,
    /// How many.
    pub cases: usize,
}

fn percent(share: f64) -> f64 {
    round(100.0 * share)
}

impl Chance {
    /// Of these.
    pub fn new(found: &Chances) -> Self {
        let Reliability { cases, happened, brier, log_loss, error, ref bins } = found.calibrated;
        let [by_brier, by_loss] = found.skill().map(|skill| skill.map(percent));
        Self {
            cases,
            happened: percent(happened as f64 / cases.max(1) as f64),
            brier: round(brier),
            log_loss: round(log_loss),
            calibration_error: percent(error),
            raw_calibration_error: percent(found.raw.error),
            base: Scores { brier: round(found.base.brier), log_loss: round(found.base.log_loss) },
            skill: Skills { brier: by_brier, log_loss: by_loss },
            reliability: bins
                .iter()
                .map(|bin| Group {
                    forecast: percent(bin.forecast),
                    observed: percent(bin.observed),
                    cases: bin.cases,
                })
                .collect(),
        }
    }
}

/// When it happens.
#[derive(Debug, Serialize)]
pub struct Timed {
    /// Forecasts of what had happened often enough before.
    pub cases: usize,
    /// Share that happened within the horizon.
    pub happened: f64,
    /// In nats.
    pub log_loss: f64,
    /// In steps.
    pub crps: f64,
    /// Share within the 50 and 90 % intervals, and what the forecasts gave them.
    pub coverage: Covered,
    /// The base rate's log loss and CRPS.
    pub base: TimedBase,
    /// Against the base rate.
    pub skill: TimedSkill,
}

/// Coverage of intervals.
#[derive(Debug, Serialize)]
pub struct Covered {
    /// Of the 50 % interval.
    #[serde(rename = "50")]
    pub half: f64,
    /// Of the 90 % interval.
    #[serde(rename = "90")]
    pub most: f64,
    /// What the forecasts themselves gave the 50 % interval: outcomes are whole.
    #[serde(rename = "50_expected")]
    pub half_expected: f64,
    /// And the 90 % interval.
    #[serde(rename = "90_expected")]
    pub most_expected: f64,
}

impl Covered {
    fn new(found: [f64; 2], expected: [f64; 2]) -> Self {
        Self {
            half: percent(found[0]),
            most: percent(found[1]),
            half_expected: percent(expected[0]),
            most_expected: percent(expected[1]),
        }
    }
}

/// Scores of the base rate.
#[derive(Debug, Serialize)]
pub struct TimedBase {
    /// In nats.
    pub log_loss: f64,
    /// In steps.
    pub crps: f64,
}

/// Skill against the base rate.
#[derive(Debug, Serialize)]
pub struct TimedSkill {
    /// By log loss.
    pub log_loss: Option<f64>,
    /// By CRPS.
    pub crps: Option<f64>,
}

impl Timed {
    /// Of these and the base rate.
    pub fn new(ours: &Timing, base: &Timing) -> Self {
        Self {
            cases: ours.cases,
            happened: percent(ours.happened as f64 / ours.cases.max(1) as f64),
            log_loss: round(ours.log_loss),
            crps: round(ours.crps),
            coverage: Covered::new(ours.coverage, ours.expected),
            base: TimedBase { log_loss: round(base.log_loss), crps: round(base.crps) },
            skill: TimedSkill {
                log_loss: skill(ours.log_loss, base.log_loss).map(percent),
                crps: skill(ours.crps, base.crps).map(percent),
            },
        }
    }
}

/// How many.
#[derive(Debug, Serialize)]
pub struct Counted {
    /// Periods forecast.
    pub periods: usize,
    /// Series forecast.
    pub series: usize,
    /// Forecasts.
    pub forecasts: usize,
    /// In events.
    pub crps: f64,
    /// In bits.
    pub ignorance: f64,
    /// Interval score of the 90 % interval, in events.
    pub interval_score: f64,
    /// Of the intervals.
    pub coverage: Covered,
    /// What anybody could have said.
    pub baselines: Map<String, Value>,
}

impl Counted {
    /// Of these.
    pub fn new(found: &counts::Backtest) -> Self {
        let model = &found.model;
        let baseline = |one: &Comparison| {
            let shown = one.skill.map(|[crps, ignorance, interval]| {
                serde_json::json!({
                    "crps": round(one.measured.crps),
                    "ignorance": round(one.measured.ignorance),
                    "interval_score": round(one.measured.interval[1]),
                    "forecasts": one.measured.forecasts,
                    "skill": {
                        "crps": crps.map(percent),
                        "ignorance": ignorance.map(percent),
                        "interval_score": interval.map(percent),
                    },
                })
            });
            let none = || serde_json::json!({"cannot_tell": "no season had come round"});
            (one.baseline.as_str().to_owned(), shown.unwrap_or_else(none))
        };
        Self {
            periods: found.periods,
            series: found.series,
            forecasts: model.forecasts,
            crps: round(model.crps),
            ignorance: round(model.ignorance),
            interval_score: round(model.interval[1]),
            coverage: Covered::new(model.coverage, model.expected),
            baselines: found.baselines.iter().map(baseline).collect(),
        }
    }
}
