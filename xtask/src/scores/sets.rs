//! The development sets: which gold, which commands of the program, which scorer, which of its figures, which bars.
//! A new score is an entry here.

use std::path::Path;

use super::forecasts::{BACKTEST, FORECAST, WITHOUT};
use super::measure::{Bar, Measure, barred, watched};
use crate::failure::Failure;

/// A development set and how it is scored.
pub struct Set {
    /// Its name in the table.
    pub name: String,
    /// What the program does with it.
    pub what: &'static str,
    /// The gold file or folder, under `gold/`, or in the repository under `crates/`; the scorer's first argument.
    pub gold: String,
    /// How the program's input is made from the gold.
    pub input: Input,
    /// The program's commands with their options, each run on the input; their outputs are the scorer's further arguments.
    /// [`UNSEEN`] stands for the workshop's: every sentence is read by models of choice that did not see it.
    pub commands: &'static [&'static str],
    /// The scorer, under `score/`.
    pub scorer: &'static str,
    /// The figures taken from what it prints.
    pub measures: &'static [Measure],
}

impl Set {
    /// Whether the gold is the project's own and lies in the repository.
    pub fn own(&self) -> bool {
        self.gold.starts_with("crates/")
    }
}

/// The command that answers for sentences which the models were learned from.
pub const UNSEEN: &str = "unseen";

/// What the models of choice are learned from, under `gold/`: pairs, sentences.
pub const LESSONS: [&str; 2] = ["plover-pairs/train.jsonl", "cameo-class/train.jsonl"];

/// Every seventh document of re3d, from the fourth on, is kept from the training of the networks.
pub fn held_out(document: usize) -> bool {
    document % 7 == 3
}

/// How the program's input is made from the gold.
#[derive(Clone, Copy)]
pub enum Input {
    /// A script under `score/`, called with this flag and the gold, prints it.
    Script(&'static str, &'static str),
    /// As [`Input::Script`], of the documents alone that the text engine's networks did not learn from; the scorer sees them
    /// alone too.
    HeldOut(&'static str, &'static str),
    /// The gold's own rows with these fields alone.
    Fields(&'static [&'static str]),
    /// None: the program learns from the gold and scores itself on the later part of this name beside it; `commands`
    /// are the words of one command and there is no scorer.
    Later(&'static str),
    /// None: the program scores itself on the gold and the later part of this name beside it, the one after the other.
    Rolling(&'static str),
    /// None: the program scores itself on this file of the repository.
    Example(&'static str),
}

const PARSE: &[Measure] = &[
    watched("tokens F1", "/tokens"),
    watched("sentences F1", "/sentences"),
    watched("words F1", "/words"),
    barred("UPOS F1", "/upos", 93.0),
    watched("lemma F1", "/lemma"),
    barred("UAS F1", "/uas", 82.0),
    barred("LAS F1", "/las", 78.0),
];

const ACCURATE: &[Measure] = &[
    watched("tokens F1", "/tokens"),
    watched("sentences F1", "/sentences"),
    watched("words F1", "/words"),
    barred("UPOS F1", "/upos", 96.3),
    watched("lemma F1", "/lemma"),
    watched("UAS F1", "/uas"),
    barred("LAS F1", "/las", 86.5),
];

const FACTS: &[Measure] = &[
    Measure { name: "facts found", pointer: "/found", of: Some("/facts"), bar: Some(Bar::AtLeast(14.0)) },
    Measure {
        name: "never-facts coded",
        pointer: "/coded_wrongly",
        of: Some("/never"),
        bar: Some(Bar::AtMost(0.0)),
    },
];

const OWN_FACTS: &[Measure] = &[
    Measure { name: "facts found", pointer: "/found", of: Some("/facts"), bar: None },
    barred("facts found, %", "/recall", 75.0),
    Measure { name: "never-facts coded", pointer: "/coded_wrongly", of: Some("/never"), bar: None },
];

const PAIRS: &[Measure] = &[
    barred("type macro-F1", "/type/macro_f1", 30.0),
    watched("type accuracy", "/type/accuracy"),
    barred("quad macro-F1", "/quad/macro_f1", 55.0),
    watched("quad accuracy", "/quad/accuracy"),
    watched("pairs without an answer", "/missing"),
];

const CLASS: &[Measure] = &[watched("quad macro-F1", "/macro_f1"), watched("quad accuracy", "/accuracy")];

const PAIRS_UNSEEN: &[Measure] =
    &[barred("type macro-F1", "/type/macro_f1", 75.0), barred("quad macro-F1", "/quad/macro_f1", 85.0)];

const CLASS_UNSEEN: &[Measure] = &[barred("quad macro-F1", "/macro_f1", 70.0)];

const ROLES: &[Measure] = &[
    barred("exact F1", "/exact/f1", 45.0),
    barred("overlap F1", "/overlap/f1", 58.0),
    watched("exact F1, any role", "/exact_any_role/f1"),
];

const ENTITIES: &[Measure] = &[
    watched("exact F1", "/all/exact/f1"),
    watched("overlap F1", "/all/overlap/f1"),
    barred("exact F1, core types", "/core/exact/f1", 62.0),
    barred("overlap F1, core types", "/core/overlap/f1", 78.0),
];

const RELATIONS: &[Measure] = &[
    watched("precision", "/all/precision"),
    watched("F1", "/all/f1"),
    watched("precision, political types", "/political/precision"),
    barred("F1, political types", "/political/f1", 25.0),
];

const EVENTS: &[Measure] = &[watched("dyad F1", "/dyad/f1"), watched("dyad precision", "/dyad/precision")];

const RESOLVED: &[Measure] = &[watched("accuracy", "/accuracy")];

/// All sets in the table's order: those with a fixed place, then any event or resolution gold found under `gold`.
/// Fails where a gold file cannot be read.
pub fn all(gold: &Path) -> Result<Vec<Set>, Failure> {
    let set = |name: &str, what, file: &str, input, commands, scorer, measures| Set {
        name: name.to_owned(),
        what,
        gold: file.to_owned(),
        input,
        commands,
        scorer,
        measures,
    };
    let pair = &["id", "sentence", "source", "target", "source_span", "target_span"];
    let mut sets = vec![
        set(
            "ewt-dev",
            "parse of raw text",
            "treebank/ewt-dev.conllu",
            Input::Script("conllu_eval.py", "--raw"),
            &["parse"],
            "conllu_eval.py",
            PARSE,
        ),
        set(
            "ewt-dev",
            "parse by the accurate model",
            "treebank/ewt-dev.conllu",
            Input::Script("conllu_eval.py", "--raw"),
            &["parse --model accurate"],
            "conllu_eval.py",
            ACCURATE,
        ),
        set(
            "seed",
            "facts of an article",
            "seed/facts.jsonl",
            Input::Script("facts_eval.py", "--input"),
            &["code", "relations"],
            "facts_eval.py",
            FACTS,
        ),
        set(
            "facts-seen",
            "facts of short texts of our own, seen while tuning",
            "crates/coder/tests/claims/facts-seen.jsonl",
            Input::Script("facts_eval.py", "--input"),
            &["code", "relations"],
            "facts_eval.py",
            OWN_FACTS,
        ),
        set(
            "facts-unseen",
            "facts of short texts of our own, not seen",
            "crates/coder/tests/claims/facts-unseen.jsonl",
            Input::Script("facts_eval.py", "--input"),
            &["code", "relations"],
            "facts_eval.py",
            OWN_FACTS,
        ),
        set(
            "plover-pairs",
            "classify marked pairs, rules alone",
            "plover-pairs/train.jsonl",
            Input::Fields(pair),
            &["classify --scorer none"],
            "pairs_eval.py",
            PAIRS,
        ),
        set(
            "plover-pairs",
            "classify marked pairs, five-fold",
            "plover-pairs/train.jsonl",
            Input::Fields(pair),
            &[UNSEEN],
            "pairs_eval.py",
            PAIRS_UNSEEN,
        ),
        set(
            "cameo-class",
            "main event of a sentence, rules alone",
            "cameo-class/train.jsonl",
            Input::Script("class_eval.py", "--input"),
            &["code --scorer none"],
            "class_eval.py",
            CLASS,
        ),
        set(
            "cameo-class",
            "main event of a sentence, five-fold",
            "cameo-class/train.jsonl",
            Input::Script("class_eval.py", "--input"),
            &[UNSEEN],
            "class_eval.py",
            CLASS_UNSEEN,
        ),
        set(
            "cameo-roles",
            "spans of sources and targets, five-fold",
            "cameo-roles/train.iob",
            Input::Script("roles_eval.py", "--input"),
            &[UNSEEN],
            "roles_eval.py",
            ROLES,
        ),
        set(
            "re3d",
            "entities",
            "re3d",
            Input::Script("entities_eval.py", "--input"),
            &["entities"],
            "entities_eval.py",
            ENTITIES,
        ),
        set(
            "re3d",
            "entities, documents not learned from",
            "re3d",
            Input::HeldOut("entities_eval.py", "--input"),
            &["entities"],
            "entities_eval.py",
            ENTITIES,
        ),
        set(
            "re3d",
            "the same by the accurate model",
            "re3d",
            Input::HeldOut("entities_eval.py", "--input"),
            &["entities --model accurate"],
            "entities_eval.py",
            ENTITIES,
        ),
        set(
            "re3d",
            "relations",
            "re3d",
            Input::Script("entities_eval.py", "--input"),
            &["relations"],
            "relations_eval.py",
            RELATIONS,
        ),
        set(
            "icews14",
            "ranking the next step",
            "icews14/train.txt",
            Input::Later("valid.txt"),
            &["forecast", "evaluate"],
            "",
            FORECAST,
        ),
        set(
            "icews14",
            "ranking, no rules over others",
            "icews14/train.txt",
            Input::Later("valid.txt"),
            &["forecast", "evaluate", "--without-walks"],
            "",
            WITHOUT,
        ),
        set(
            "icews14",
            "forecasts on a rolling origin, weeks",
            "icews14/train.txt",
            Input::Rolling("valid.txt"),
            &["backtest", "--period", "week"],
            "",
            BACKTEST,
        ),
        set(
            "synthetic",
            "forecasts on a rolling origin, months",
            "",
            Input::Example("examples/events/synthetic.csv"),
            &["backtest"],
            "",
            BACKTEST,
        ),
    ];
    for file in holding(gold, "events")? {
        let input = Input::Script("events_eval.py", "--input");
        sets.push(set(&file, "events of a sentence", &file, input, &["code"], "events_eval.py", EVENTS));
    }
    for file in holding(gold, "ok")? {
        let input = Input::Script("resolve_eval.py", "--input");
        sets.push(set(&file, "who a mention is", &file, input, &["entities"], "resolve_eval.py", RESOLVED));
    }
    Ok(sets)
}

/// The JSON Lines files under `gold/*/` whose rows have a list of this name, sorted.
fn holding(gold: &Path, field: &str) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    let Ok(folders) = std::fs::read_dir(gold) else {
        return Ok(found);
    };
    for folder in folders.filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        let files = std::fs::read_dir(folder.path()).map_err(Failure::file(&folder.path()))?;
        for path in files.filter_map(Result::ok).map(|entry| entry.path()) {
            if path.extension().is_some_and(|ending| ending == "jsonl") && first_row_has(&path, field)? {
                let shown = path.strip_prefix(gold).unwrap_or(&path);
                found.push(shown.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn first_row_has(path: &Path, field: &str) -> Result<bool, Failure> {
    let text = std::fs::read_to_string(path).map_err(Failure::file(path))?;
    let row: Option<serde_json::Value> = text.lines().next().and_then(|line| serde_json::from_str(line).ok());
    Ok(row.is_some_and(|row| row[field].is_array()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_that_appears_is_scored() {
        let gold = tempfile::tempdir().unwrap();
        std::fs::create_dir(gold.path().join("peace")).unwrap();
        std::fs::write(gold.path().join("peace/dev.jsonl"), "{\"id\":\"a\",\"text\":\"b\",\"events\":[]}\n")
            .unwrap();
        std::fs::write(gold.path().join("peace/other.jsonl"), "{\"id\":\"a\",\"text\":\"b\"}\n").unwrap();
        let sets = all(gold.path()).unwrap();
        let found: Vec<&str> =
            sets.iter().filter(|set| set.scorer == "events_eval.py").map(|set| set.gold.as_str()).collect();
        assert_eq!(found, ["peace/dev.jsonl"]);
    }
}
