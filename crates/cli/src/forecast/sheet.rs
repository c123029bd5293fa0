//! Forecasts and backtests as comma-separated tables, for spreadsheets and other programs.

use super::answer::{Answer, Forecast};
use super::counting::Counts;
use super::report::{Part, Report};
use crate::failure::Failure;
use serde_json::Value;

/// One line a forecast (`event`), a period counted (`past`) and a period to come (`ahead`). Times and counts share the columns
/// of quantiles; what has no meaning for a line, or lies beyond the horizon, is empty.
const COLUMNS: [&str; 17] = [
    "line",
    "source",
    "type",
    "target",
    "start",
    "end",
    "probability",
    "times",
    "events",
    "mean",
    "median",
    "low50",
    "high50",
    "low90",
    "high90",
    "evidence",
    "says",
];

/// A forecast. `evidence` holds the ids of the events behind it, `says` the reasons or why the data cannot tell.
pub fn forecast(answer: &Answer) -> Result<String, Failure> {
    let mut rows: Vec<[String; 17]> = Vec::new();
    match &answer.outlook {
        Part::Told(prospects) => rows.extend(prospects.forecasts.iter().map(|one| event(answer, one))),
        Part::CannotTell { cannot_tell } => rows.push(untold("event", cannot_tell)),
    }
    match &answer.counts {
        Part::Told(counts) => rows.extend(periods(answer, counts)),
        Part::CannotTell { cannot_tell } => rows.push(untold("ahead", cannot_tell)),
    }
    written(&COLUMNS, &rows)
}

fn untold(line: &str, why: &str) -> [String; 17] {
    let mut row: [String; 17] = Default::default();
    row[0] = line.to_owned();
    row[16] = why.to_owned();
    row
}

fn event(answer: &Answer, one: &Forecast) -> [String; 17] {
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let because = || one.because.iter();
    let evidence: Vec<&str> =
        because().flat_map(|reason| &reason.events).map(|event| event.id.as_str()).collect();
    let says: Vec<&str> = because().map(|reason| reason.says.as_str()).collect();
    [
        "event".to_owned(),
        one.source.clone(),
        one.kind.clone(),
        one.target.clone(),
        answer.as_of.clone(),
        String::new(),
        one.probability.to_string(),
        one.times.to_string(),
        String::new(),
        String::new(),
        day(&one.when.median),
        day(&one.when.half[0]),
        day(&one.when.half[1]),
        day(&one.when.most[0]),
        day(&one.when.most[1]),
        evidence.join(" "),
        says.join("; "),
    ]
}

fn periods(answer: &Answer, counts: &Counts) -> Vec<[String; 17]> {
    let blank = |line: &str, start: &str, end: &str| {
        let mut row: [String; 17] = Default::default();
        row[0] = line.to_owned();
        row[1] = answer.about.first().cloned().unwrap_or_default();
        row[3] = answer.about.get(1).cloned().unwrap_or_default();
        row[4] = start.to_owned();
        row[5] = end.to_owned();
        row
    };
    let past = counts.past.iter().map(|period| {
        let mut row = blank("past", &period.start, &period.end);
        row[8] = period.events.to_string();
        row
    });
    let ahead = counts.ahead.iter().map(|period| {
        let mut row = blank("ahead", &period.start, &period.end);
        row[9] = period.mean.to_string();
        let quantiles = [period.median, period.half[0], period.half[1], period.most[0], period.most[1]];
        for (cell, quantile) in row[10..15].iter_mut().zip(quantiles) {
            *cell = quantile.to_string();
        }
        row
    });
    past.chain(ahead).collect()
}

/// A backtest: one line a figure, by the names that lead to it in the answer.
pub fn backtest(report: &Report) -> Result<String, Failure> {
    let whole = serde_json::to_value(report)
        .map_err(|cause| fault(&format!("the answer cannot be written: {cause}")))?;
    let mut rows = Vec::new();
    flatten(&whole, "", &mut rows);
    written(&["figure", "value"], &rows)
}

fn flatten(value: &Value, path: &str, rows: &mut Vec<[String; 2]>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| flatten(value, &below(name), rows)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(at, value)| flatten(value, &below(&at.to_string()), rows));
        }
        Value::Null => rows.push([path.to_owned(), String::new()]),
        Value::String(text) => rows.push([path.to_owned(), text.clone()]),
        other => rows.push([path.to_owned(), other.to_string()]),
    }
}

fn written<const N: usize>(columns: &[&str; N], rows: &[[String; N]]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = || -> csv::Result<()> {
        writer.write_record(columns)?;
        rows.iter().try_for_each(|row| writer.write_record(row))
    };
    write().map_err(|cause| fault(&cause.to_string()))?;
    let bytes = writer.into_inner().map_err(|cause| fault(&cause.to_string()))?;
    String::from_utf8(bytes).map_err(|cause| fault(&cause.to_string()))
}

fn fault(message: &str) -> Failure {
    Failure::Arguments {
        message: message.to_owned(),
        help: "write .json in place of .csv and report this".to_owned(),
    }
}
