//! The answer of `impact`: figures before and after, three ways of looking at them, and what they say together.

use super::series::{Made, Question, Series};
use crate::args::Period;
use crate::balance::graph::cell;
use crate::balance::round;
use demarche_analysis::impact::{Assessment, Estimate, Verdict, assess};
use demarche_record::Date;
use serde::Serialize;
use std::fmt::Write as _;

/// Weights below this are not shown.
const LIGHT: f64 = 0.005;

/// One JSON object.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// One actor or two.
    pub who: Vec<String>,
    /// The first day of after.
    pub date: Date,
    /// `day`, `week` or `month`.
    pub period: &'static str,
    /// First and last day of the events.
    pub span: [Date; 2],
    /// Whole periods before and after the date.
    pub periods: Sides<usize>,
    /// Events without a date, or with one vaguer than a period; not counted.
    pub undated: u64,
    /// Number of events.
    pub events: Outcome,
    /// Sum of the Goldstein values.
    pub score: Outcome,
    /// The figures of each period.
    pub series: Vec<Row>,
}

/// Before and after.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Sides<T> {
    /// Before the date.
    pub before: T,
    /// From the date on.
    pub after: T,
}

/// One period.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// First day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
    /// Whether it lies after the date.
    pub after: bool,
    /// Events.
    pub events: f64,
    /// Sum of the Goldstein values.
    pub score: f64,
    /// Where the line before the date leads; null before it.
    pub events_expected: Option<f64>,
    /// What the other series make of it; null without a comparison.
    pub events_synthetic: Option<f64>,
    /// As for events.
    pub score_expected: Option<f64>,
    /// As for events.
    pub score_synthetic: Option<f64>,
}

/// What can be said of one measure.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Sum before and after.
    pub total: Sides<f64>,
    /// Mean a period.
    pub mean: Sides<Option<f64>>,
    /// `rose`, `fell`, `disagree`, `no-sign` or `cannot-tell`.
    pub verdict: &'static str,
    /// The same for people, with the reason.
    pub says: String,
    /// The regression with a break; null where it cannot be.
    pub regression: Option<Regression>,
    /// Breaks at other dates; null where they cannot be.
    pub placebo_dates: Option<Dates>,
    /// The comparison with others; null where it cannot be.
    pub synthetic: Option<Control>,
    /// Why what is null cannot be.
    pub missing: Vec<String>,
}

/// An estimate and its 95 % interval.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Two-sided probability.
    pub p: f64,
}

impl From<Estimate> for Interval {
    fn from(estimate: Estimate) -> Self {
        let Estimate { value, low, high, p } = estimate;
        Self { value: round(value), low: round(low), high: round(high), p: round(p) }
    }
}

/// The regression with a break.
#[derive(Debug, Clone, Serialize)]
pub struct Regression {
    /// Mean distance after the date from where the line before it leads, a period.
    pub effect: Interval,
    /// Change of the level at the date.
    pub level: Interval,
    /// Change of the slope, a period; null where there are too few periods after the date.
    pub slope: Option<Interval>,
    /// Lags of the Newey-West errors.
    pub lags: usize,
    /// Periods after the date that were looked at: at most half as many as before it.
    pub reach: usize,
}

/// Breaks at other dates.
#[derive(Debug, Clone, Serialize)]
pub struct Dates {
    /// How many other dates were tried.
    pub dates: usize,
    /// Periods after each that were looked at.
    pub reach: usize,
    /// The effect at the date over as many periods.
    pub effect: f64,
    /// Share of dates, the real one counted, with an effect at least as large.
    pub p: f64,
}

/// The comparison with others.
#[derive(Debug, Clone, Serialize)]
pub struct Control {
    /// Mean distance after the date, a period.
    pub effect: f64,
    /// 90 % interval; null with fewer than nine others.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// Share of series, this one counted, whose distance grew at least as much.
    pub p: f64,
    /// Share of the variance before the date that is matched.
    pub fit: f64,
    /// How many others could be drawn on.
    pub others: usize,
    /// Those that were.
    pub weights: Vec<Weight>,
}

/// A share in the comparison.
#[derive(Debug, Clone, Serialize)]
pub struct Weight {
    /// Whose series.
    pub who: String,
    /// Its weight.
    pub weight: f64,
}

/// What is drawn beside the series.
struct Lines {
    expected: Option<Vec<f64>>,
    synthetic: Option<Vec<f64>>,
}

impl Report {
    /// Looks at the series in every way.
    pub fn new(question: &Question, made: &Made) -> Self {
        let (events, event_lines) = outcome("the number of events", true, |series| &series.events, made);
        let (score, score_lines) = outcome("the Goldstein score", false, |series| &series.score, made);
        let before = made.periods.before();
        let row = |at: usize| {
            let (start, end) = made.periods.days(at);
            let expected = |lines: &Lines| {
                let expected = lines.expected.as_ref()?;
                at.checked_sub(before).and_then(|at| expected.get(at)).copied().map(round)
            };
            let synthetic = |lines: &Lines| lines.synthetic.as_ref()?.get(at).copied().map(round);
            Row {
                start,
                end,
                after: at >= before,
                events: made.own.events[at],
                score: round(made.own.score[at]),
                events_expected: expected(&event_lines),
                events_synthetic: synthetic(&event_lines),
                score_expected: expected(&score_lines),
                score_synthetic: synthetic(&score_lines),
            }
        };
        Report {
            who: question.who.names().into_iter().map(str::to_owned).collect(),
            date: question.date,
            period: match question.period {
                Period::Day => "day",
                Period::Week => "week",
                Period::Month => "month",
            },
            span: [made.span.0, made.span.1],
            periods: Sides { before, after: made.periods.after() },
            undated: made.vague,
            series: (0..made.periods.len()).map(row).collect(),
            events,
            score,
        }
    }

    /// The series as CSV.
    pub fn table(&self) -> String {
        let mut out = String::from(
            "who,start,end,after,events,score,events_expected,events_synthetic,score_expected,score_synthetic\n",
        );
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        for row in &self.series {
            let _ = writeln!(
                out,
                "{},{},{},{},{},{},{},{},{},{}",
                cell(&self.who.join(" - ")),
                row.start,
                row.end,
                row.after,
                row.events,
                row.score,
                number(row.events_expected),
                number(row.events_synthetic),
                number(row.score_expected),
                number(row.score_synthetic)
            );
        }
        out
    }
}

fn outcome(name: &str, counts: bool, measure: fn(&Series) -> &Vec<f64>, made: &Made) -> (Outcome, Lines) {
    let (before, after) = measure(&made.own).split_at(made.periods.before());
    let events: f64 = made.own.events.iter().sum();
    let assessed = assess(before, after, &made.donors(measure), events as u64, counts);
    let total = |part: &[f64]| round(part.iter().sum());
    let mean = |part: &[f64]| (!part.is_empty()).then(|| round(part.iter().sum::<f64>() / part.len() as f64));
    let mut outcome = Outcome {
        total: Sides { before: total(before), after: total(after) },
        mean: Sides { before: mean(before), after: mean(after) },
        verdict: "cannot-tell",
        says: String::new(),
        regression: None,
        placebo_dates: None,
        synthetic: None,
        missing: Vec::new(),
    };
    let mut lines = Lines { expected: None, synthetic: None };
    match assessed {
        Err(reason) => outcome.says = format!("the data cannot tell: {reason}"),
        Ok(assessment) => {
            fill(&mut outcome, &assessment, made);
            (outcome.verdict, outcome.says) = words(name, &assessment);
            lines.expected = assessment.regression.ok().map(|fit| fit.expected);
            lines.synthetic = assessment.synthetic.ok().map(|found| found.expected);
        }
    }
    (outcome, lines)
}

fn fill(outcome: &mut Outcome, assessment: &Assessment, made: &Made) {
    match &assessment.regression {
        Ok(fit) => {
            outcome.regression = Some(Regression {
                effect: fit.effect.into(),
                level: fit.level.into(),
                slope: fit.slope.map(Interval::from),
                lags: fit.lags,
                reach: fit.expected.len(),
            });
        }
        Err(reason) => outcome.missing.push(format!("no line with a break: {reason}")),
    }
    match &assessment.dates {
        Ok(found) => {
            outcome.placebo_dates = Some(Dates {
                dates: found.effects.len(),
                reach: found.reach,
                effect: round(found.effect),
                p: round(found.p),
            });
        }
        Err(reason) => outcome.missing.push(format!("no other dates: {reason}")),
    }
    match &assessment.synthetic {
        Ok(found) => {
            let mut weights: Vec<Weight> = made
                .others
                .iter()
                .zip(&found.weights)
                .filter(|(_, weight)| **weight >= LIGHT)
                .map(|((who, _), weight)| Weight { who: who.clone(), weight: round(*weight) })
                .collect();
            weights.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            outcome.synthetic = Some(Control {
                effect: round(found.effect),
                low: found.interval.map(|(low, _)| round(low)),
                high: found.interval.map(|(_, high)| round(high)),
                p: round(found.p),
                fit: round(found.fit),
                others: found.donors,
                weights,
            });
        }
        Err(reason) => outcome.missing.push(format!("no synthetic control: {reason}")),
    }
}

fn words(name: &str, assessment: &Assessment) -> (&'static str, String) {
    let range = assessment.regression.as_ref().ok().map_or_else(String::new, |fit| {
        format!(": an effect from {:.2} to {:.2} a period fits them", fit.effect.low, fit.effect.high)
    });
    match assessment.verdict {
        Verdict::Rose => ("rose", format!("{name} rose more than chance explains, in every way of looking")),
        Verdict::Fell => ("fell", format!("{name} fell more than chance explains, in every way of looking")),
        Verdict::Disagree => {
            ("disagree", format!("the ways of looking disagree, so the data cannot tell{range}"))
        }
        Verdict::NoSign => {
            ("no-sign", format!("no sign of a change in {name}, which is no proof of none{range}"))
        }
        Verdict::CannotTell => {
            ("cannot-tell", "the data cannot tell: fewer than two ways of looking could be gone".to_owned())
        }
    }
}
