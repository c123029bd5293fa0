//! Signed networks whose least strain is known: does `demarche balance` find it, prove it, and how fast?
//!
//! The partition that is printed is counted again here, so that neither the program's figure nor its proof is taken at its
//! word where it can be checked.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use super::measure::Bar;
use crate::failure::Failure;
use crate::results::Figure;
use crate::workspace::output;

/// Where the networks lie, under `gold/`.
pub const GOLD: &str = "signed";
/// Its name in the table.
pub const NAME: &str = "signed";
/// What the program does with them.
pub const WHAT: &str = "balance of a network";

/// A network of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    file: String,
    /// Actors, ties, hostile ties, least strain.
    counts: [i64; 4],
}

/// What was found.
#[derive(Debug, Default)]
struct Tally {
    networks: usize,
    wrong: Vec<String>,
    unproven: usize,
    all: f64,
    slowest: f64,
    /// The four-year windows of alliances and disputes (Correlates of War).
    windows: f64,
}

/// Runs the program on every network; the figures and the commands. Fails where the index or a network cannot be read.
pub fn score(program: &Path, shared: &Path) -> Result<(Vec<Figure>, Vec<String>), Failure> {
    let gold = shared.join("gold").join(GOLD);
    let index = gold.join("index.csv");
    let text = std::fs::read_to_string(&index).map_err(Failure::file(&index))?;
    let known = read_index(&text).map_err(|fault| Failure::content(&index, fault))?;
    let mut tally = Tally::default();
    for network in &known {
        let path = gold.join(&network.file);
        let ties = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let mut command = Command::new(program);
        command.arg("balance").arg(&path);
        let started = Instant::now();
        let printed = output(&mut command)?;
        let seconds = started.elapsed().as_secs_f64();
        let answer: Value =
            serde_json::from_str(printed.trim()).map_err(|fault| Failure::content(&path, fault))?;
        tally.networks += 1;
        tally.all += seconds;
        tally.slowest = tally.slowest.max(seconds);
        if network.file.starts_with("cow_") {
            tally.windows += seconds;
        }
        if answer["optimal"] != true {
            tally.unproven += 1;
        }
        if !is_right(network, &ties, &answer) {
            tally.wrong.push(network.file.clone());
        }
    }
    for file in &tally.wrong {
        println!("{NAME}: {file} is not solved as it stands in the index");
    }
    let line = format!("for network in ../shared/gold/{GOLD}/*_*.csv; do demarche balance $network; done");
    Ok((figures(&tally), vec![line]))
}

fn figures(tally: &Tally) -> Vec<Figure> {
    let figure = |measure: &str, figure: String, value: f64, bar: Bar| Figure {
        set: NAME.to_owned(),
        what: WHAT.to_owned(),
        measure: measure.to_owned(),
        figure,
        bar: bar.to_string(),
        met: Some(bar.met(value)),
    };
    let (right, all) = (tally.networks - tally.wrong.len(), tally.networks);
    let proven = tally.networks - tally.unproven;
    let seconds = |measure, value: f64, bar| figure(measure, format!("{value:.2}"), value, Bar::AtMost(bar));
    vec![
        figure("index as stated", format!("{right} of {all}"), right as f64, Bar::AtLeast(all as f64)),
        figure("proven optimal", format!("{proven} of {all}"), proven as f64, Bar::AtLeast(all as f64)),
        seconds("all together, s", tally.all, 60.0),
        seconds("slowest, s", tally.slowest, 10.0),
        seconds("alliances and disputes, s", tally.windows, 2.0),
    ]
}

/// The rows `file,nodes,edges,negative,frustration,…`.
fn read_index(text: &str) -> Result<Vec<Known>, String> {
    let row = |line: &str| {
        let mut fields = line.split(',');
        let file = fields.next()?.to_owned();
        let counts: Vec<i64> =
            fields.take(4).map(|field| field.trim().parse().ok()).collect::<Option<_>>()?;
        Some(Known { file, counts: counts.try_into().ok()? })
    };
    let lines = text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| row(line).ok_or_else(|| format!("line {} is no row of the index", at + 1)))
        .collect()
}

/// Whether counts and index are those stated and the partition has as many strained ties.
fn is_right(known: &Known, ties: &str, answer: &Value) -> bool {
    let counts = ["nodes", "edges", "negative", "frustration"].map(|field| answer[field].as_i64());
    let sides: BTreeMap<&str, &Value> = match &answer["partition"] {
        Value::Object(sides) => sides.iter().map(|(actor, side)| (actor.as_str(), side)).collect(),
        _ => return false,
    };
    let strained = |line: &str| {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let [a, b, sign] = fields[..] else {
            return None;
        };
        Some((sides.get(a)? == sides.get(b)?) != (sign == "1"))
    };
    let strained: Option<Vec<bool>> = ties.lines().skip(1).filter(|l| !l.is_empty()).map(strained).collect();
    let counted = strained.map(|strained| strained.iter().filter(|strained| **strained).count() as i64);
    counts == known.counts.map(Some) && counted == Some(known.counts[3])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TIES: &str = "u,v,sign\nA,B,1\nB,C,1\nA,C,-1\n";

    #[test]
    fn an_answer_is_counted_again() {
        let known = &read_index("file,nodes,edges,negative,frustration,verified\nx.csv,3,3,1,1,by hand\n")
            .unwrap()[0];
        let answer = |camp: i64, frustration: i64| {
            json!({"nodes": 3, "edges": 3, "negative": 1, "frustration": frustration,
                   "partition": {"A": 0, "B": 0, "C": camp}})
        };
        assert!(is_right(known, TIES, &answer(0, 1)) && is_right(known, TIES, &answer(1, 1)));
        assert!(!is_right(known, TIES, &answer(0, 0)));
        let apart = json!({"nodes": 3, "edges": 3, "negative": 1, "frustration": 1, "partition": {"A": 0, "B": 1, "C": 0}});
        assert!(!is_right(known, TIES, &apart));
        assert!(!is_right(known, TIES, &json!({"frustration": 1})));
    }

    #[test]
    fn bars_are_held_against_figures() {
        let tally = Tally { networks: 3, wrong: vec!["x".to_owned()], windows: 3.0, ..Tally::default() };
        let met: Vec<_> = figures(&tally).into_iter().map(|figure| (figure.figure, figure.met)).collect();
        assert_eq!(met[0], ("2 of 3".to_owned(), Some(false)));
        assert_eq!(met[1], ("3 of 3".to_owned(), Some(true)));
        assert_eq!(met[4], ("3.00".to_owned(), Some(false)));
        assert!(read_index("file\nx\n").is_err());
    }
}
