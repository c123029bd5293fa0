//! Events from a table: columns by name, one event a row.

use super::edges::{Lines, delimiter};
use super::network::Fault;
use super::records::{Actor, Actors, Row, When};
use demarche_record::Date;

/// Names that a column may have, the first that is there counts.
const SOURCE: &[&str] = &["source_id", "source"];
const SOURCE_COUNTRY: &[&str] = &["source_country", "source_id", "source"];
const TARGET: &[&str] = &["target_id", "target"];
const TARGET_COUNTRY: &[&str] = &["target_country", "target_id", "target"];
const START: &[&str] = &["when_start", "date", "day", "start"];
const END: &[&str] = &["when_end", "end", "when_start", "date", "day"];
const SCORE: &[&str] = &["goldstein", "score"];

/// Whether a table is one of events: its first line names a column of values.
pub fn is_events(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut names =
        first.split([',', '\t', ';']).map(|name| name.trim().trim_matches('"').to_ascii_lowercase());
    names.any(|name| SCORE.contains(&name.as_str()))
}

/// Gives every row with its line. Fails where the columns that it takes are not there.
pub(super) fn rows(text: &str, take: &mut dyn FnMut(u64, Result<Row, String>)) -> Result<(), Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let whole = |message: String| vec![Fault { line: None, message }];
    let names = reader.headers().map_err(|error| whole(error.to_string()))?.clone();
    let find = |wanted: &[&str]| {
        wanted.iter().find_map(|name| names.iter().position(|field| field.eq_ignore_ascii_case(name)))
    };
    for (wanted, what) in [(SOURCE, "source"), (TARGET, "target"), (SCORE, "goldstein")] {
        if find(wanted).is_none() {
            let message =
                format!("there is no column `{what}`; date, source, target and goldstein are expected");
            return Err(whole(message));
        }
    }
    let mut lines = Lines::new(text);
    for row in reader.records() {
        match row {
            Err(error) => {
                let line = error.position().map_or(0, |position| lines.of(position.byte()));
                take(line, Err(error.to_string()));
                break;
            }
            Ok(row) => {
                let line = row.position().map_or(0, |position| lines.of(position.byte()));
                let field = |wanted: &[&str]| {
                    find(wanted)
                        .and_then(|at| row.get(at))
                        .filter(|field| !field.is_empty())
                        .map(str::to_owned)
                };
                take(line, event(&field));
            }
        }
    }
    Ok(())
}

fn event(field: &dyn Fn(&[&str]) -> Option<String>) -> Result<Row, String> {
    let day = |wanted: &[&str]| match field(wanted) {
        None => Ok(None),
        Some(written) => written
            .parse::<Date>()
            .map(Some)
            .map_err(|_| format!("`{written}` is no date; year-month-day is expected, as in 2014-03-18")),
    };
    let goldstein = match field(SCORE) {
        None => None,
        Some(written) => {
            let value = written.parse::<f64>().ok().filter(|value| value.is_finite());
            Some(value.ok_or_else(|| format!("the value is `{written}`; a number is expected"))?)
        }
    };
    let actor = |id: &[&str], country: &[&str]| Actors::One(Actor { id: field(id), country: field(country) });
    Ok(Row {
        kind: String::new(),
        source: actor(SOURCE, SOURCE_COUNTRY),
        target: actor(TARGET, TARGET_COUNTRY),
        goldstein,
        polarity: field(&["polarity"]),
        modality: field(&["modality"]),
        status: None,
        when: Some(When { start: day(START)?, end: day(END)? }),
    })
}
