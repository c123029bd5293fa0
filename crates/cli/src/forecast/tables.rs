//! The answer of `backtest` as tables for people.

use super::report::{Chance, Counted, Covered, Part, Ranking, Report, Timed};
use crate::terminal::{FAINT, Paint, STRONG};
use serde_json::Value;
use std::fmt::Write as _;

/// The tables for people.
pub fn text(report: &Report, paint: Paint) -> String {
    let mut out = String::new();
    let known = &report.known;
    let _ = writeln!(
        out,
        "{} events of {} actors and {} types, {} to {}",
        report.events, known.actors_known, known.types, known.span[0], known.span[1]
    );
    let passed = [
        (known.passed_over, "not said to have happened"),
        (known.undated, "without a single day"),
        (known.one_sided, "without two known actors"),
    ];
    let passed: Vec<String> =
        passed.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !passed.is_empty() {
        let line = format!("of {} records not counted: {}", known.records, passed.join(", "));
        let _ = writeln!(out, "{}", paint.text(FAINT, line));
    }
    let mut part = |title: String, lines: Result<Vec<String>, &String>| {
        let _ = writeln!(out, "\n{}", paint.text(STRONG, title));
        let lines = lines.unwrap_or_else(|why| vec![format!("the data cannot tell: {why}")]);
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    };
    part("Who, in the next step".to_owned(), lines(&report.ranking, ranking));
    let within = format!("Whether, within {} {}s", report.horizon, report.unit);
    part(within, lines(&report.probability, chance));
    part("When".to_owned(), lines(&report.timing, |found| timing(found, report.unit)));
    part(format!("How many a {}, of two actors", report.period), lines(&report.dyads, counted));
    part(format!("How many a {}, of an actor", report.period), lines(&report.actors, counted));
    out
}

fn lines<T>(part: &Part<T>, show: impl Fn(&T) -> Vec<String>) -> Result<Vec<String>, &String> {
    match part {
        Part::Told(found) => Ok(show(found)),
        Part::CannotTell { cannot_tell } => Err(cannot_tell),
    }
}

fn ranking(found: &Ranking) -> Vec<String> {
    let of = |value: &Value| value.as_f64().map_or_else(|| "-".to_owned(), |x| format!("{x:.1}"));
    let mut lines = vec![format!("{:<12} {:>6} {:>7} {:>8}", "method", "MRR %", "hits@1", "hits@10")];
    let methods = found.measures.get("methods").and_then(Value::as_object);
    for (name, parts) in methods.into_iter().flatten() {
        let all = &parts["all"];
        let (mrr, first, ten) = (of(&all["mrr"]), of(&all["hits@1"]), of(&all["hits@10"]));
        lines.push(format!("{name:<12} {mrr:>6} {first:>7} {ten:>8}"));
    }
    lines.push(format!("learned from {} events, ranked from {} on", found.learned_from, found.from));
    lines
}

fn skilled(skill: Option<f64>) -> String {
    skill.map_or_else(|| "-".to_owned(), |skill| format!("{skill:+.1} %"))
}

fn chance(found: &Chance) -> Vec<String> {
    let mut lines = vec![
        format!("{} forecasts, {:.1} % came true", found.cases, found.happened),
        format!("{:<18} {:>9} {:>9} {:>9}", "", "forecast", "base rate", "skill"),
        format!(
            "{:<18} {:>9.4} {:>9.4} {:>9}",
            "Brier score",
            found.brier,
            found.base.brier,
            skilled(found.skill.brier)
        ),
        format!(
            "{:<18} {:>9.4} {:>9.4} {:>9}",
            "log loss, nats",
            found.log_loss,
            found.base.log_loss,
            skilled(found.skill.log_loss)
        ),
        format!(
            "calibration error {:.2} points, {:.2} before calibration",
            found.calibration_error, found.raw_calibration_error
        ),
    ];
    for group in &found.reliability {
        lines.push(format!(
            "said {:>5.1} %, came {:>5.1} %, {} forecasts",
            group.forecast, group.observed, group.cases
        ));
    }
    lines
}

fn covered(found: &Covered) -> String {
    format!(
        "within the 50 % interval {:.1} % ({:.1} by the forecasts), within the 90 % interval {:.1} % ({:.1})",
        found.half, found.half_expected, found.most, found.most_expected
    )
}

fn timing(found: &Timed, unit: &str) -> Vec<String> {
    let crps = format!("CRPS, {unit}s");
    vec![
        format!("{} forecasts, {:.1} % came within the horizon", found.cases, found.happened),
        format!("{:<18} {:>9} {:>9} {:>9}", "", "forecast", "base rate", "skill"),
        format!(
            "{:<18} {:>9.4} {:>9.4} {:>9}",
            "log loss, nats",
            found.log_loss,
            found.base.log_loss,
            skilled(found.skill.log_loss)
        ),
        format!("{crps:<18} {:>9.4} {:>9.4} {:>9}", found.crps, found.base.crps, skilled(found.skill.crps)),
        covered(&found.coverage),
    ]
}

fn counted(found: &Counted) -> Vec<String> {
    let mut lines = vec![
        format!("{} forecasts of {} series, {} periods", found.forecasts, found.series, found.periods),
        format!(
            "{:<10} {:>12} {:>15} {:>20} {:>8}",
            "", "CRPS, events", "ignorance, bits", "90 % interval score", "skill"
        ),
        format!(
            "{:<10} {:>12.3} {:>15.3} {:>20.2}",
            "forecast", found.crps, found.ignorance, found.interval_score
        ),
    ];
    for (name, one) in &found.baselines {
        match one["crps"].as_f64() {
            None => lines.push(format!("{name:<10} cannot tell: no season had come round")),
            Some(crps) => lines.push(format!(
                "{name:<10} {crps:>12.3} {:>15.3} {:>20.2} {:>8}",
                one["ignorance"].as_f64().unwrap_or_default(),
                one["interval_score"].as_f64().unwrap_or_default(),
                skilled(one["skill"]["crps"].as_f64())
            )),
        }
    }
    lines.push(covered(&found.coverage));
    lines
}
