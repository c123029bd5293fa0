//! Which phrases of an article mean the same: GUM's documents that are held back, from raw text, through the shipped model.
//!
//! The workshop's program finds and measures; what its figures mean stands in `docs/coreference.md`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::measure::Bar;
use crate::failure::Failure;
use crate::results::Figure;
use crate::workspace::{Workspace, output, typed};

/// Its name in the table.
pub const NAME: &str = "gum-held";
/// What the program does with them.
pub const WHAT: &str = "coreference from raw text";
/// Where the treebank lies, under `gold/`.
pub const GOLD: &str = "treebank/gum-open-train.conllu";

/// What the CoNLL score should reach.
const AIM: Bar = Bar::AtLeast(60.0);

/// The figures, by name, place in what is printed, and bar.
const MEASURES: [(&str, &str, Option<Bar>); 9] = [
    ("CoNLL F1, entities mentioned twice or more", "/linked/conll", Some(AIM)),
    ("MUC F1, the same", "/linked/muc", None),
    ("B³ F1, the same", "/linked/b_cubed", None),
    ("CEAF-e F1, the same", "/linked/ceaf_e", None),
    ("mentions F1, the same", "/linked/mentions", None),
    ("CoNLL F1, all entities", "/all/conll", None),
    ("mentions F1, all entities", "/all/mentions", None),
    ("pronouns of the third person", "/pronouns", None),
    ("pronouns given the right noun, %", "/pronoun_accuracy", None),
];

/// Measures the shipped model; the figures and the command. Fails where the workshop's program does not build or run.
pub fn score(workspace: &Workspace, shared: &Path) -> Result<(Vec<Figure>, Vec<String>), Failure> {
    let trainer = workspace.built("demarche-train", "demarche-train")?;
    let data = workspace.root().join("data");
    let mut command = Command::new(&trainer);
    command.arg("coreference").arg("--treebank").arg(shared.join("gold").join(GOLD));
    command.arg("--model").arg(data.join("models/english-fast/model.bin"));
    command.arg("--lexicon").arg(data.join("lexicon"));
    command.arg("--score").arg(data.join("models/english-coreference/model.bin"));
    let printed = output(&mut command)?;
    let report: Value = serde_json::from_str(printed.trim()).map_err(|fault| Failure::Command {
        command: typed(&command),
        detail: format!("printed no JSON object: {fault}"),
    })?;
    let line = format!(
        "demarche-train coreference --treebank ../shared/gold/{GOLD} --model data/models/english-fast/model.bin \
         --lexicon data/lexicon --score data/models/english-coreference/model.bin"
    );
    Ok((figures(&report), vec![line]))
}

fn figures(report: &Value) -> Vec<Figure> {
    let figure = |(measure, place, bar): (&str, &str, Option<Bar>)| {
        let value = report.pointer(place).filter(|value| value.is_number());
        Figure {
            set: NAME.to_owned(),
            what: WHAT.to_owned(),
            measure: measure.to_owned(),
            figure: value.map_or_else(|| "not printed".to_owned(), super::number),
            bar: bar.map_or_else(String::new, |bar| bar.to_string()),
            met: bar.map(|bar| value.and_then(Value::as_f64).is_some_and(|value| bar.met(value))),
        }
    };
    MEASURES.into_iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_printed_meets_no_bar() {
        let told = figures(&json!({"linked": {"conll": 60.0}, "pronouns": 211}));
        assert_eq!((told[0].figure.as_str(), told[0].met), ("60.00", Some(true)));
        assert_eq!((told[1].figure.as_str(), told[1].met), ("not printed", None));
        assert_eq!(told[7].figure, "211");
        assert_eq!(figures(&json!({}))[0].met, Some(false));
    }
}
