//! Who did attacks, on what and whom, with what: the fillers of the five roles of MUC-4's reports, by their head nouns.
//!
//! The task is that of the Fourth Message Understanding Conference (1992) as it is scored since Patwardhan and Riloff (2007):
//! over all incidents of a report, a filler is right if its head noun is that of one of the answers' wordings; the same
//! head is counted once a report; an answer is found if one of its wordings is. Of victims the answers hold names alone,
//! so named victims alone are asked for. Reports without an incident count: what is found in them is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::measure::Bar;
use crate::failure::Failure;
use crate::results::{Figure, write};
use crate::workspace::output_to;

/// Where the reports lie, under `gold/`.
pub const GOLD: &str = "muc4/dev.jsonl";
/// Its name in the table.
pub const NAME: &str = "muc4";
/// What the program does with them.
pub const WHAT: &str = "attacks";

/// What the mean over the roles should reach.
const BAR: Bar = Bar::AtLeast(30.0);

/// The roles: name in the table, in the answers, list in the program's records.
const ROLES: [(&str, &str, &str); 5] = [
    ("perpetrator, individual", "perp_individual_id", "perpetrators"),
    ("perpetrator, organisation", "perp_organization_id", "perpetrators"),
    ("target", "phys_tgt_id", "targets"),
    ("victim", "hum_tgt_name", "victims"),
    ("weapon", "incident_instrument_id", "weapons"),
];

/// A role over all reports.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Tally {
    /// Heads given, and those of them that are right.
    given: usize,
    right: usize,
    /// Answers wanted, and those of them that were found.
    wanted: usize,
    found: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        share(self.right, self.given)
    }

    fn recall(self) -> f64 {
        share(self.found, self.wanted)
    }

    /// The harmonic mean of precision and recall, in hundredths.
    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Runs the program on the reports; the figures and the commands. Fails where the reports cannot be read.
pub fn score(program: &Path, shared: &Path, scratch: &Path) -> Result<(Vec<Figure>, Vec<String>), Failure> {
    let path = shared.join("gold").join(GOLD);
    let gold = rows(&path)?;
    let (input, answer) = (scratch.join("muc4-attacks.input.jsonl"), scratch.join("muc4-attacks.attacks"));
    let texts = gold.iter().map(|row| format!("{}\n", json!({"id": row["id"], "text": row["doc"]})));
    write(&input, &texts.collect::<String>())?;
    let mut command = Command::new(program);
    command.arg("attacks").arg(&input);
    output_to(&mut command, &answer)?;
    let tallies = tallies(&gold, &rows(&answer)?);
    let lines = vec![
        format!("# muc4-attacks.input.jsonl: {GOLD} with its id and its text alone"),
        "demarche attacks muc4-attacks.input.jsonl > muc4-attacks.attacks".to_owned(),
    ];
    Ok((figures(&tallies), lines))
}

fn rows(path: &Path) -> Result<Vec<Value>, Failure> {
    let text = std::fs::read_to_string(path).map_err(Failure::file(path))?;
    let row = |(at, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|fault| Failure::content(path, format!("line {}: {fault}", at + 1)))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
}

fn figures(tallies: &[Tally; 5]) -> Vec<Figure> {
    let figure = |measure: String, value: f64, bar: Option<Bar>| Figure {
        set: NAME.to_owned(),
        what: WHAT.to_owned(),
        measure,
        figure: format!("{value:.2}"),
        bar: bar.map_or_else(String::new, |bar| bar.to_string()),
        met: bar.map(|bar| bar.met(value)),
    };
    let mean = tallies.iter().map(|tally| tally.f1()).sum::<f64>() / ROLES.len() as f64;
    let mut told = vec![figure("head-noun F1, mean of the roles".to_owned(), mean, Some(BAR))];
    for ((role, ..), tally) in ROLES.iter().zip(tallies) {
        told.push(figure(format!("{role}: precision"), tally.precision(), None));
        told.push(figure(format!("{role}: recall"), tally.recall(), None));
        told.push(figure(format!("{role}: F1"), tally.f1(), None));
    }
    told
}

/// The five roles over all reports.
fn tallies(gold: &[Value], attacks: &[Value]) -> [Tally; 5] {
    let mut given: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for attack in attacks {
        given.entry(attack["doc"].as_str().unwrap_or_default()).or_default().push(attack);
    }
    let mut tallies = [Tally::default(); 5];
    for report in gold {
        let told = given.get(report["id"].as_str().unwrap_or_default()).map_or(&[][..], Vec::as_slice);
        for (tally, (_, role, list)) in tallies.iter_mut().zip(ROLES) {
            let heads: BTreeSet<String> = told
                .iter()
                .flat_map(|attack| attack[list].as_array().into_iter().flatten())
                .filter(|filler| fills(role, filler))
                .filter_map(|filler| head(filler["text"].as_str()?))
                .collect();
            let answers: Vec<BTreeSet<String>> = report["roles"][role]
                .as_array()
                .into_iter()
                .flatten()
                .map(|wordings| {
                    wordings.as_array().into_iter().flatten().filter_map(|w| head(w.as_str()?)).collect()
                })
                .collect();
            tally.given += heads.len();
            tally.right += heads.iter().filter(|head| answers.iter().any(|a| a.contains(*head))).count();
            tally.wanted += answers.len();
            tally.found += answers.iter().filter(|answer| !answer.is_disjoint(&heads)).count();
        }
    }
    tallies
}

/// Whether a record's filler is one for the role: the kind of perpetrator asked for, nobody who is said not to have done
/// it, victims by name.
fn fills(role: &str, filler: &Value) -> bool {
    match role {
        "perp_individual_id" => filler["kind"] == "individual" && filler["certainty"] != "denied",
        "perp_organization_id" => filler["kind"] == "organisation" && filler["certainty"] != "denied",
        "hum_tgt_name" => filler["named"] == true,
        _ => true,
    }
}

/// Words that open what follows a head noun.
const AFTER: [&str; 19] = [
    "OF",
    "IN",
    "ON",
    "AT",
    "FROM",
    "WITH",
    "FOR",
    "BY",
    "TO",
    "WHO",
    "THAT",
    "WHICH",
    "WEARING",
    "NEAR",
    "AGAINST",
    "BELONGING",
    "CARRYING",
    "LOCATED",
    "--",
];

/// The head noun of a phrase in capitals: the last word before a preposition, a relative clause, a mark.
fn head(phrase: &str) -> Option<String> {
    let mut last = None;
    for word in phrase.to_uppercase().replace('"', "").split_whitespace() {
        let bare = word.trim_start_matches(['(', '[']);
        // "(Basque) Front" goes on after its bracket; "Front (FMLN)" ends before it.
        if last.is_some() && (bare.len() < word.len() || AFTER.contains(&bare)) {
            break;
        }
        let end = bare.find([',', ';', ':', '(', '[']).unwrap_or(bare.len());
        let kept = bare[..end].trim_end_matches(['\'', '.', ')', ']']);
        if !kept.is_empty() {
            last = Some(kept.to_owned());
        }
        if end < bare.len() && last.is_some() {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_the_last_word_of_the_noun_group() {
        let of = |phrase: &str| head(phrase).unwrap_or_default();
        assert_eq!(of("three armed men of the village"), "MEN");
        assert_eq!(of("Peoples Front [PF]"), "FRONT");
        assert_eq!(of("the \"Rosa\" farm, in the north"), "FARM");
        assert_eq!(of("Judge Ana Diaz"), "DIAZ");
        assert_eq!(of("(Diaz's) guards"), "GUARDS");
        assert_eq!(head(" , "), None);
    }

    #[test]
    fn fillers_are_held_against_answers_once_a_report() {
        let gold = [
            json!({"id": "a", "roles": {"perp_individual_id": [["ARMED MEN", "ATTACKERS"]], "phys_tgt_id": [],
                "perp_organization_id": [["PF"]], "hum_tgt_name": [["ANA DIAZ"]], "incident_instrument_id": []}}),
            json!({"id": "b", "roles": {}}),
        ];
        let attacks = [
            json!({"doc": "a", "targets": [{"text": "a bank"}], "weapons": [],
                "perpetrators": [{"kind": "individual", "text": "the attackers", "certainty": "confirmed"},
                    {"kind": "organisation", "text": "PF", "certainty": "denied"}],
                "victims": [{"text": "a driver", "named": false}, {"text": "Diaz", "named": true}]}),
            json!({"doc": "a", "perpetrators": [{"kind": "individual", "text": "Attackers", "certainty": "blamed"}]}),
            json!({"doc": "b", "perpetrators": [{"kind": "individual", "text": "boys", "certainty": "confirmed"}]}),
        ];
        let told = tallies(&gold, &attacks);
        assert_eq!(told[0], Tally { given: 2, right: 1, wanted: 1, found: 1 });
        assert_eq!(told[1], Tally { given: 0, right: 0, wanted: 1, found: 0 });
        assert_eq!(told[2], Tally { given: 1, right: 0, wanted: 0, found: 0 });
        assert_eq!(told[3], Tally { given: 1, right: 1, wanted: 1, found: 1 });
        assert!((told[0].f1() - 66.666).abs() < 0.01);
        let shown = figures(&told);
        assert_eq!((shown[0].figure.as_str(), shown[0].met), ("33.33", Some(true)));
    }
}
