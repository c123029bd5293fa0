//! The model of coreference: learned from nine tenths of GUM's documents, measured on the tenth.
//!
//! Every tenth document of the treebank is held back: nothing is learned from it and no choice was made by it. Phrases are
//! those that the program finds in raw text with the text model it is given.

pub mod gold;
pub mod learn;
pub mod measure;
pub mod scores;

use crate::corpus;
use demarche_coder::Coder;
use demarche_coder::workshop::{CoreferenceModel, Room};
use demarche_coder::{CoreferenceError, Desk};
use learn::{Learning, Lesson, learn};
use measure::{Quality, Truth, lesson, measure, truth};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// One document in so many is held back, the last of each.
pub const HELD: usize = 10;

/// Parts of a cross-validation.
const FOLDS: usize = 5;

/// A document of the treebank.
struct Read {
    truth: Truth,
    lesson: Lesson,
    /// Whether it is news.
    news: bool,
}

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The treebank with entities.
    pub treebank: PathBuf,
    /// Where the model and its card go.
    pub out: Option<PathBuf>,
    /// A model to measure on what is held back.
    pub score: Option<PathBuf>,
    /// How to learn.
    pub learning: Learning,
}

impl Default for Wanted {
    fn default() -> Self {
        let learning = Learning {
            epochs: 4,
            orders: 3,
            seed: 1,
            missed: 3.0,
            false_link: 0.5,
            wrong_link: 1.0,
            prior: 0.04,
        };
        Self { treebank: PathBuf::new(), out: None, score: None, learning }
    }
}

/// Learns a model and writes it with its card, or measures one; the line to print.
///
/// # Errors
/// If a file cannot be read or written, or is not what it should be.
pub fn run(coder: &Coder, wanted: &Wanted) -> Result<String, Box<dyn std::error::Error>> {
    if let Some(file) = &wanted.score {
        let model = CoreferenceModel::load(&std::fs::read(file)?)?;
        let mut documents = read(coder, &wanted.treebank, true)?;
        return Ok(report(documents.len(), &apply(&model, &mut documents, |_, _| true)).to_string());
    }
    let out = wanted.out.as_ref().ok_or("--out or --score is needed")?;
    let mut documents = read(coder, &wanted.treebank, false)?;
    let (mut unseen, mut news) = (Quality::default(), Quality::default());
    for fold in 0..FOLDS {
        let model = taught(&mut documents, wanted.learning, |n| n % FOLDS != fold);
        unseen.add(&apply(&model, &mut documents, |n, _| n % FOLDS == fold));
        news.add(&apply(&model, &mut documents, |n, d| n % FOLDS == fold && d.news));
    }
    let bytes = taught(&mut documents, wanted.learning, |_| true).to_bytes();
    let model: CoreferenceModel =
        CoreferenceModel::load(&bytes).map_err(|e: CoreferenceError| e.to_string())?;
    let mut held = read(coder, &wanted.treebank, true)?;
    let kept = apply(&model, &mut held, |_, _| true);
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join("model.bin"), &bytes)?;
    let rows = [
        (format!("{} documents, five-fold", documents.len()), unseen),
        ("the news among them".to_owned(), news),
        (format!("{} documents held back", held.len()), kept),
    ];
    std::fs::write(
        out.join("card.md"),
        card(wanted, coder.engine().model_name(), bytes.len(), documents.len(), &rows),
    )?;
    Ok(json!({"unseen": report(documents.len(), &unseen), "held": report(held.len(), &kept)}).to_string())
}

/// The documents that are held back, or all others.
fn read(coder: &Coder, treebank: &Path, held: bool) -> Result<Vec<Read>, Box<dyn std::error::Error>> {
    let rows = corpus::read(treebank)?;
    let gold = gold::read(treebank)?;
    let mut desk = Desk::default();
    let mut documents = Vec::new();
    for (number, ((id, rows), mentions)) in rows.iter().zip(&gold).enumerate() {
        if (number % HELD == HELD - 1) != held {
            continue;
        }
        let document = corpus::place(id, number, rows);
        let truth = truth(&document, mentions);
        let lesson = lesson(coder.phrases(&document.text, &mut desk), &truth);
        documents.push(Read { truth, lesson, news: id.contains("_news_") });
    }
    Ok(documents)
}

fn taught(documents: &mut [Read], learning: Learning, seen: impl Fn(usize) -> bool) -> CoreferenceModel {
    let kept = documents.iter_mut().enumerate().filter(|(n, _)| seen(*n));
    let mut lessons: Vec<&mut Lesson> = kept.map(|(_, document)| &mut document.lesson).collect();
    learn(&mut lessons, learning)
}

/// Links the phrases of some documents and holds them against the gold.
fn apply(model: &CoreferenceModel, documents: &mut [Read], wanted: impl Fn(usize, &Read) -> bool) -> Quality {
    let mut quality = Quality::default();
    let mut room = Room::default();
    for (number, document) in documents.iter_mut().enumerate() {
        if !wanted(number, document) {
            continue;
        }
        let discourse = &mut document.lesson.discourse;
        discourse.restart();
        while discourse.next().is_some() {
            discourse.decide(model, &mut room);
        }
        quality.add(&measure(&document.truth, &discourse.chains()));
    }
    quality
}

fn report(documents: usize, quality: &Quality) -> Value {
    let round = |x: f64| (x * 100.0).round() / 100.0;
    let of = |scores: &scores::Scores| {
        json!({
            "conll": round(scores.conll()), "muc": round(scores.muc.f1()), "b_cubed": round(scores.b_cubed.f1()),
            "ceaf_e": round(scores.ceaf.f1()), "mentions": round(scores.mentions.f1()),
        })
    };
    json!({
        "documents": documents, "linked": of(&quality.linked), "all": of(&quality.all),
        "pronouns": quality.pronouns.0, "pronouns_right": quality.pronouns.1,
        "pronoun_accuracy": round(quality.pronoun_share()),
    })
}

fn card(
    wanted: &Wanted,
    text_model: &str,
    size: usize,
    documents: usize,
    rows: &[(String, Quality)],
) -> String {
    let learning = wanted.learning;
    let treebank = wanted.treebank.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut out = format!(
        "# english-coreference

Which noun phrases of an article stand for the same: pronouns, descriptions, names.

## What it is

A log-linear choice, phrase by phrase, among \"nothing\", \"something new\" and up to 53 earlier phrases, over hashed features of
words, distance, kind, number, sex, sort, grammar and the entity so far. {:.1} MB of 16-bit weights; sums of integers, so the same
text gives the same links everywhere. `docs/coreference.md` tells more.

## What it was made of

The entities of {documents} documents of `{treebank}` (UD English-GUM, freely licensed genres), with the phrases that the text model
`{text_model}` finds in their raw text. Every tenth document is held back. Lists of words: `data/lexicon/coreference.toml`.

## How

```
demarche-train coreference --treebank {treebank} --model model.bin --lexicon lexicon --out english-coreference --epochs {} --orders {} --prior {} --seed {}
```

The same files and seed give the same bytes.

## How good it is

From raw text, mentions found by the program and equal only if all their words are. \"Linked\" leaves out entities mentioned once on
both sides, as OntoNotes has it; \"all\" keeps them, as GUM has it. A pronoun of the third person is right if the nearest noun or name
before it in its chain has the head of one that the gold gives it.

| documents | linked, CoNLL F1 | MUC | B³ | CEAF-e | mentions | all, CoNLL F1 | mentions | pronouns right |
|---|---|---|---|---|---|---|---|---|
",
        size as f64 / 1e6, learning.epochs, learning.orders, learning.prior, learning.seed
    );
    for (what, q) in rows {
        let (l, a) = (&q.linked, &q.all);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {what} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {} of {}, {:.1} % |",
            l.conll(),
            l.muc.f1(),
            l.b_cubed.f1(),
            l.ceaf.f1(),
            l.mentions.f1(),
            a.conll(),
            a.mentions.f1(),
            q.pronouns.1,
            q.pronouns.0,
            q.pronoun_share()
        );
    }
    out += "\nThe text model has seen the trees of all these documents, so it parses them better than it parses other text.

## Licence

CC BY-SA 4.0, see `LICENSE`. Credit: the authors of UD English-GUM and of the texts in it.
";
    out
}
