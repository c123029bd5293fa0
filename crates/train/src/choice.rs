//! The models of choice: learned from sentences with a marked pair and its type, and from sentences with the class of their
//! main event; measured on sentences they did not see.

use crate::logistic::{Example, Learning, learn};
use demarche_coder::{Choice, ChoiceModel, Coder, Desk, Pair, Wanted};
use demarche_record::Article;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Sentences are dealt to this many parts.
pub const FOLDS: u64 = 5;

/// What a model is learned from.
pub struct Lessons {
    /// Ids, in order.
    pub ids: Vec<String>,
    /// What is learned from.
    pub examples: Vec<Example>,
    /// The classes, sorted.
    pub classes: Vec<String>,
}

/// Reads rows of `{"id", "sentence", "source", "target", …, "type"}` or of `{"id", "text", "label"}`.
///
/// # Errors
/// What is wrong, with its line.
pub fn read(coder: &Coder, rows: &str) -> Result<Lessons, String> {
    let mut desk = Desk::default();
    let (mut ids, mut read) = (Vec::new(), Vec::new());
    for (at, line) in rows.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |what: String| format!("line {}: {what}", at + 1);
        let row: Value = serde_json::from_str(line).map_err(|e| fault(e.to_string()))?;
        if let Some(label) = row["label"].as_str() {
            let text = row["text"].as_str().unwrap_or_default();
            read.push((coder.text_features(text, &mut desk), label.to_owned(), group(text)));
            ids.push(row["id"].as_str().unwrap_or_default().to_owned());
            continue;
        }
        let pair: Pair = serde_json::from_str(line).map_err(|e| fault(e.to_string()))?;
        let kind = row["type"].as_str().ok_or_else(|| fault("a row without type".into()))?.to_owned();
        read.push((coder.pair_features(&pair, &mut desk), kind, group(&pair.sentence)));
        ids.push(pair.id);
    }
    let classes: Vec<String> =
        read.iter().map(|(_, kind, _)| kind.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let class = |kind: &String| classes.iter().position(|c| c == kind).unwrap_or_default();
    let examples = read
        .iter()
        .map(|(features, kind, group)| Example {
            features: features.clone(),
            class: class(kind),
            group: *group,
        })
        .collect();
    Ok(Lessons { ids, examples, classes })
}

/// A number that is the same for the same sentence, however it is spaced and quoted.
fn group(sentence: &str) -> u64 {
    let letters = sentence.chars().filter(|c| c.is_alphanumeric());
    letters.fold(0xcbf2_9ce4_8422_2325, |h, c| (h ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01b3))
}

/// The model of all lessons.
pub fn train(lessons: &Lessons, learning: Learning) -> ChoiceModel {
    let all: Vec<&Example> = lessons.examples.iter().collect();
    ChoiceModel::new(lessons.classes.clone(), &learn(&all, lessons.classes.len(), learning))
}

/// A model for every fold, learned from the sentences of all others.
pub fn folds(lessons: &Lessons, learning: Learning) -> Vec<ChoiceModel> {
    let model = |fold: u64| {
        let seen: Vec<&Example> = lessons.examples.iter().filter(|e| e.group % FOLDS != fold).collect();
        ChoiceModel::new(lessons.classes.clone(), &learn(&seen, lessons.classes.len(), learning))
    };
    (0..FOLDS).map(model).collect()
}

/// The shares of every lesson by the model that saw no lesson of its sentence.
pub fn cross(lessons: &Lessons, folds: &[ChoiceModel]) -> Vec<Vec<f64>> {
    let unseen = |e: &Example| folds[(e.group % FOLDS) as usize].shares(&e.features);
    lessons.examples.iter().map(unseen).collect()
}

/// The events of documents (rows of `{"id", "text"}`) as lines, each coded with models that did not see its text.
///
/// # Errors
/// What is wrong, with its line.
pub fn cross_code(mut coder: Coder, folds: &[Choice], rows: &str) -> Result<String, String> {
    let mut documents = Vec::new();
    for (at, line) in rows.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).map_err(|e| format!("line {}: {e}", at + 1))?;
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        documents.push(Article { id: field("id"), text: field("text"), ..Article::default() });
    }
    let wanted = Wanted { events: true, ties: false, mentions: false, attacks: false, all_zones: false };
    let mut coded: Vec<String> = vec![String::new(); documents.len()];
    let mut desk = Desk::default();
    for (fold, choice) in folds.iter().enumerate() {
        coder = coder.with_choice(Some(choice.clone()));
        for (article, lines) in documents.iter().zip(&mut coded) {
            if group(&article.text) % FOLDS == fold as u64 {
                for event in coder.code(article, wanted, &mut desk).events {
                    *lines += &serde_json::to_string(&event).map_err(|e| e.to_string())?;
                    lines.push('\n');
                }
            }
        }
    }
    Ok(coded.concat())
}

/// How good a set of answers is.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// Mean of the classes' F1, per cent.
    pub macro_f1: f64,
    /// Share that is right, per cent.
    pub accuracy: f64,
    /// By tenths of the best share: how many answers, their mean share, how many of them are right.
    pub reliability: Vec<(usize, f64, usize)>,
}

/// Measures answers against the lessons.
pub fn measure(lessons: &Lessons, answers: &[Vec<f64>]) -> Quality {
    let n = lessons.classes.len();
    let (mut hit, mut gold, mut told) = (vec![0f64; n], vec![0f64; n], vec![0f64; n]);
    let mut bins = vec![(0usize, 0f64, 0usize); 10];
    for (example, shares) in lessons.examples.iter().zip(answers) {
        let (best, share) = best(shares);
        gold[example.class] += 1.0;
        told[best] += 1.0;
        let bin = &mut bins[((share * 10.0) as usize).min(9)];
        bin.0 += 1;
        bin.1 += share;
        if best == example.class {
            hit[best] += 1.0;
            bin.2 += 1;
        }
    }
    let f1 = |c: usize| if hit[c] == 0.0 { 0.0 } else { 2.0 * hit[c] / (gold[c] + told[c]) };
    let reliability = bins.into_iter().map(|(n, sum, right)| (n, sum / n.max(1) as f64, right)).collect();
    Quality {
        macro_f1: 100.0 * (0..n).map(f1).sum::<f64>() / n.max(1) as f64,
        accuracy: 100.0 * hit.iter().sum::<f64>() / answers.len().max(1) as f64,
        reliability,
    }
}

fn best(shares: &[f64]) -> (usize, f64) {
    shares.iter().copied().enumerate().fold((0, f64::MIN), |b, s| if s.1 > b.1 { s } else { b })
}

/// The answers as `classify` would write them, YIELD as it stands in the lessons.
pub fn lines(lessons: &Lessons, answers: &[Vec<f64>]) -> String {
    let mut out = String::new();
    for (id, shares) in lessons.ids.iter().zip(answers) {
        let (class, share) = best(shares);
        let kind = if lessons.classes[class] == "YIELD" { "RETREAT" } else { &lessons.classes[class] };
        let quad = kind.parse::<demarche_record::EventType>().map(|t| t.quad().as_str()).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", json!({"id": id, "type": kind, "quad": quad, "confidence": share}));
    }
    out
}

/// What the card says of one of the models.
pub struct Part<'a> {
    /// Its file.
    pub model: &'a str,
    /// What it was learned from, with the origin.
    pub corpus: String,
    /// What it answers.
    pub answers: &'a str,
    /// Its classes.
    pub classes: usize,
    /// Lessons.
    pub lessons: usize,
    /// Bytes.
    pub size: usize,
    /// On unseen parts.
    pub quality: Quality,
}

/// The card beside the models.
pub fn card(command: &str, parts: &[Part<'_>], text_model: &str) -> String {
    let mut out = "# english-choice

The learned part of the coder: which reading is right.

## What it is

Multinomial logistic regression with a Gaussian prior over hashed features: what the rules claim, the words by place and
distance, the tree around the parties and the main predicates. Weights are stored as 16-bit numbers.

"
    .to_owned();
    for part in parts {
        let megabytes = part.size as f64 / 1e6;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "- `{}`: {}; {} classes, {} lessons from {}, {megabytes:.1} MB",
            part.model, part.answers, part.classes, part.lessons, part.corpus
        );
    }
    let _ = write!(
        out,
        "\nCONCEDE and RETREAT are one class (YIELD) in the lessons; rules part them. The sentences were read with the text model
`{text_model}` and the lexicon beside it.

## How

```
{command}
```

The same files and seed give the same bytes.

## How good it is

Five-fold cross-validation, no sentence on both sides; `cargo xtask scores` measures the same through the scorers.
"
    );
    for part in parts {
        let (f1, accuracy) = (part.quality.macro_f1, part.quality.accuracy);
        let _ = write!(
            out,
            "\n`{}`: macro-F1 {f1:.1}, accuracy {accuracy:.1} per cent. Share of the answer, by tenths:\n\n| share | answers | mean share | right |\n|---|---|---|---|\n",
            part.model
        );
        for (tenth, (n, mean, right)) in part.quality.reliability.iter().enumerate().filter(|(_, b)| b.0 > 0)
        {
            let share = 100.0 * *right as f64 / *n as f64;
            let (from, to) = (tenth as f64 / 10.0, (tenth + 1) as f64 / 10.0);
            let _ = writeln!(out, "| {from:.1}–{to:.1} | {n} | {mean:.2} | {share:.0} % |");
        }
    }
    out += "\n## Licence\n\nCC0-1.0 for the weights; no sentence is in the files.\n";
    out
}
