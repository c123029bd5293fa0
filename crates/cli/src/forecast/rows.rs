//! Rows of event files: JSON Lines, and tables with named columns.

use super::events::{Happened, Origin};
use crate::balance::edges::{Lines, delimiter};
use crate::balance::network::Fault;
use demarche_record::Date;
use serde::Deserialize;

/// The fields of an event that count here. Others are passed over.
#[derive(Debug, Deserialize)]
struct Event {
    id: Option<String>,
    text: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    source: Parties,
    target: Parties,
    polarity: Option<String>,
    modality: Option<String>,
    when: Option<When>,
    date: Option<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Parties {
    Many(Vec<Party>),
    One(Party),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Party {
    Named(String),
    Actor { id: Option<String>, country: Option<String> },
}

#[derive(Debug, Deserialize)]
struct When {
    start: Option<Date>,
    end: Option<Date>,
}

impl Parties {
    fn names(self, states: bool) -> Vec<String> {
        let parties = match self {
            Parties::Many(parties) => parties,
            Parties::One(party) => vec![party],
        };
        let name = |party| match party {
            Party::Named(name) => Some(name),
            Party::Actor { id, country } => {
                if states {
                    country
                } else {
                    id
                }
            }
        };
        parties.into_iter().filter_map(name).filter(|name| !name.is_empty()).collect()
    }
}

/// The one day that an event took, if it is one. Fails where it ends before it begins.
fn day(start: Option<Date>, end: Option<Date>) -> Result<Option<Date>, String> {
    match (start.or(end), end.or(start)) {
        (Some(start), Some(end)) if end < start => {
            Err(format!("time goes backwards: it ends on {end}, before it begins on {start}"))
        }
        (Some(start), Some(end)) => Ok((start == end).then_some(start)),
        _ => Ok(None),
    }
}

fn is(field: Option<&str>, wanted: &str) -> bool {
    field.is_none_or(|value| value.is_empty() || value == wanted)
}

/// Gives every line of JSON Lines.
pub fn json(input: &str, text: &str, states: bool, take: &mut dyn FnMut(u64, Result<Happened, String>)) {
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row = serde_json::from_str::<Event>(line).map_err(|error| {
            // serde_json counts lines of the one line it was given; the column says enough.
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            format!("no event: {message} (column {})", error.column())
        });
        let happened = row.and_then(|row| {
            let when = row.when.as_ref();
            let start = when.and_then(|when| when.start).or(row.date);
            Ok(Happened {
                day: day(start, when.and_then(|when| when.end))?,
                sources: row.source.names(states),
                kind: row.kind,
                targets: row.target.names(states),
                real: is(row.polarity.as_deref(), "positive") && is(row.modality.as_deref(), "actual"),
                origin: Origin {
                    id: row.id.unwrap_or_else(|| format!("{input}:{}", at + 1)),
                    text: row.text.filter(|text| !text.is_empty()),
                },
            })
        });
        take(at as u64 + 1, happened);
    }
}

/// Names that a column may have, the first that is there counts.
const SOURCE: [&[&str]; 2] = [&["source_id", "source"], &["source_country", "source_id", "source"]];
const TARGET: [&[&str]; 2] = [&["target_id", "target"], &["target_country", "target_id", "target"]];
const START: &[&str] = &["when_start", "date", "day", "start"];
const END: &[&str] = &["when_end", "end"];
const KIND: &[&str] = &["type", "event", "relation", "cameo"];

/// Gives every row of a table. Fails where the columns that it takes are not there.
pub fn table(
    input: &str,
    text: &str,
    states: bool,
    take: &mut dyn FnMut(u64, Result<Happened, String>),
) -> Result<(), Fault> {
    let whole = |message: String| Fault { line: None, message };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| whole(error.to_string()))?.clone();
    let find = |wanted: &[&str]| {
        wanted.iter().find_map(|name| names.iter().position(|field| field.eq_ignore_ascii_case(name)))
    };
    let states = usize::from(states);
    let needed = [(SOURCE[states], "source"), (TARGET[states], "target"), (START, "date"), (KIND, "type")];
    if let Some((_, what)) = needed.iter().find(|(wanted, _)| find(wanted).is_none()) {
        return Err(whole(format!(
            "there is no column `{what}`; date, source, type and target are expected, or JSON Lines, or quadruples of whole \
             numbers"
        )));
    }
    let mut lines = Lines::new(text);
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, |position| lines.of(position.byte()));
                take(line, Err(error.to_string()));
                break;
            }
        };
        let line = row.position().map_or(0, |position| lines.of(position.byte()));
        let field = |wanted: &[&str]| {
            find(wanted).and_then(|at| row.get(at)).filter(|field| !field.is_empty()).map(str::to_owned)
        };
        let date = |wanted: &[&str]| match field(wanted) {
            None => Ok(None),
            Some(written) => written
                .parse::<Date>()
                .map(Some)
                .map_err(|_| format!("`{written}` is no date; year-month-day is expected, as in 2014-03-18")),
        };
        let happened = || {
            Ok(Happened {
                day: day(date(START)?, date(END)?)?,
                sources: field(SOURCE[states]).into_iter().collect(),
                kind: field(KIND).ok_or_else(|| "the event has no type".to_owned())?,
                targets: field(TARGET[states]).into_iter().collect(),
                real: is(field(&["polarity"]).as_deref(), "positive")
                    && is(field(&["modality"]).as_deref(), "actual"),
                origin: Origin {
                    id: field(&["id"]).unwrap_or_else(|| format!("{input}:{line}")),
                    text: field(&["text", "sentence_text"]),
                },
            })
        };
        take(line, happened());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, states: bool) -> Vec<(u64, Result<Happened, String>)> {
        let mut rows = Vec::new();
        let mut take = |line, row| rows.push((line, row));
        if text.starts_with('{') {
            json("x", text, states, &mut take);
        } else {
            table("x", text, states, &mut take).unwrap();
        }
        rows
    }

    #[test]
    fn both_forms_say_the_same() {
        let line = r#"{"id":"a","type":"AID","source":[{"id":"fsb","country":"RUS"}],"target":[{"id":"taliban","country":null}],"when":{"start":"2024-01-02","end":"2024-01-02"},"polarity":"positive","modality":"actual","text":"T."}"#;
        let of_json = read(line, false).remove(0).1.unwrap();
        assert_eq!((of_json.sources[0].as_str(), of_json.targets.len(), of_json.real), ("fsb", 1, true));
        let of_states = read(line, true).remove(0).1.unwrap();
        assert_eq!((of_states.sources[0].as_str(), of_states.targets.len()), ("RUS", 0));
        let csv = "id,date,source,type,target,text\na,2024-01-02,fsb,AID,taliban,T.\n";
        assert_eq!(read(csv, false), [(2, Ok(of_json))]);
        let plain = r#"{"type":"AID","source":"A","target":"B","date":"2024-01-02","modality":"planned"}"#;
        let plain = read(plain, false).remove(0).1.unwrap();
        assert_eq!((plain.origin.id.as_str(), plain.real), ("x:1", false));
    }

    #[test]
    fn faults_are_named_with_their_lines() {
        let rows =
            read("date,source,type,target\n2024-01-02,A,AID,B\n2024-13-02,A,AID,B\n2024-01-02,A,,B\n", false);
        let bad: Vec<u64> = rows.iter().filter(|(_, row)| row.is_err()).map(|(line, _)| *line).collect();
        assert_eq!(bad, [3, 4]);
        let back =
            r#"{"type":"AID","source":[],"target":[],"when":{"start":"2024-01-02","end":"2024-01-01"}}"#;
        assert!(read(back, false)[0].1.as_ref().unwrap_err().contains("time goes backwards"));
        assert!(read("{]", false)[0].1.as_ref().unwrap_err().contains("column 2"));
        assert!(table("x", "a,b\n1,2\n", false, &mut |_, _| ()).unwrap_err().message.contains("`source`"));
        let days = read("when_start,when_end,source,type,target\n2024-01-01,2024-01-31,A,AID,B\n", false);
        assert_eq!(days[0].1.as_ref().unwrap().day, None);
    }
}
