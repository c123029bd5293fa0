//! The card that lies beside a model: what it was made of, how, and how good it is.

use crate::score::Scores;
use std::fmt::Write;

/// What a card tells.
#[derive(Debug, Clone)]
pub struct Card {
    /// Name with hash.
    pub name: String,
    /// The command that made it.
    pub command: String,
    /// Training files with their numbers of sentences and words.
    pub corpora: Vec<(String, usize, usize)>,
    /// Seed.
    pub seed: u64,
    /// Size of the file in bytes.
    pub size: usize,
    /// File measured on.
    pub dev: String,
    /// Scores from raw text.
    pub raw: Scores,
    /// Scores with the treebank's sentences and words.
    pub gold: Scores,
    /// Words a second on one core, sentence splitting to trees, raw text; the machine's, to the nearest thousand.
    pub speed: usize,
}

/// What the card of a network tells.
#[derive(Debug, Clone)]
pub struct NetworkCard {
    /// Name with hash.
    pub name: String,
    /// The script that made it.
    pub recipe: String,
    /// What kind of encoder it has, and what that is made of.
    pub encoder: &'static str,
    /// Size of the file in bytes.
    pub size: usize,
    /// File measured on.
    pub dev: String,
    /// Scores with what was done to the text.
    pub scores: Vec<(&'static str, Scores)>,
    /// Words a second on one core, raw text to trees, to the nearest hundred.
    pub speed: usize,
    /// Credits and licence of the encoder, if it is not our own.
    pub credit: &'static str,
}

fn row(s: &Scores) -> String {
    format!(
        "{:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2}",
        s.sentences, s.words, s.upos, s.lemma, s.feats, s.uas, s.las
    )
}

/// The card of a network as Markdown.
pub fn write_network(card: &NetworkCard) -> String {
    let NetworkCard { name, recipe, encoder, dev, speed, credit, .. } = card;
    let size = card.size as f64 / 1e6;
    let scores: String =
        card.scores.iter().map(|(what, scores)| format!("| {what} | {} |\n", row(scores))).collect();
    format!(
        "# {name}

English: raw text to sentences, words, lemmas, Universal Dependencies trees, names.

## What it is

{encoder} Over it one hidden layer for word classes, Penn tags, features, edit scripts for lemmas, sentence ends and spans
of names; a biaffine product for heads; relations by a sum and a product of both ends; the tree by the algorithm of Chu, Liu
and Edmonds with one root, or where that has crossing arcs the best without by Eisner's. Word borders and the lemmas of words seen in training come from english-perceptron. Weights of
eight bits with a scale for every row. {size:.1} MB.

## What it was made of

UD English-EWT 2.16 (UniversalDependencies/UD_English-EWT), training part; the freely licensed genres of UD English-GUM
(UniversalDependencies/UD_English-GUM) with their named entities; six documents in seven of the development half of re3d
(dstl/re3d) for entities of conflict. Stretches of text are altered while it learns: capitals, headlines, quotation marks,
lost and odd blanks, missing stops, datelines.

## How

`{recipe}`, with `crates/train/python/requirements.txt`. Seeds stand in the script; the arithmetic of training depends on the
processor, so weights are not the same to the bit elsewhere. What the program computes with given weights is.

## How good it is

On `{dev}` (not learned from, but choices were made by it), F1 in per cent; LAS and UAS over words, relations without
subtypes. Written by `demarche-train network`.

| input | sentences | words | UPOS | lemma | feats | UAS | LAS |
|---|---|---|---|---|---|---|---|
{scores}
About {speed} words a second on one core of the machine it was made on, raw text to trees, beside other work.

## Limits

Reviews, e-mail, web logs, wiki news; no legal or parliamentary prose. A sentence of more than 400 words, or of more than
500 pieces, is cut. Names of conflict were learned from 42 documents on Syria and Iraq.

## Licence

CC BY-SA 4.0, see `LICENSE`. Credit: the authors of UD English-EWT, UD English-GUM and re3d. {credit}
"
    )
}

/// The card as Markdown.
pub fn write(card: &Card) -> String {
    let mut out = String::new();
    let rows = |s: &Scores| {
        format!(
            "{:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2}",
            s.sentences, s.words, s.upos, s.lemma, s.feats, s.uas, s.las
        )
    };
    let corpora: String =
        card.corpora.iter().map(|(file, s, w)| format!("- `{file}`: {s} sentences, {w} words\n")).collect();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "# {name}

English: raw text to sentences, words, lemmas, Universal Dependencies trees.

## What it is

Averaged perceptrons over hashed features, weights stored as 16-bit numbers: word and multiword-token borders,
sentence ends, word classes (UPOS and Penn tag as one label), arc-hybrid steps learned with a dynamic oracle,
relations. Lemmas and morphological features by tables and suffix rules. {size:.1} MB.

## What it was made of

{corpora}
UD English-EWT 2.16 (UniversalDependencies/UD_English-EWT) and the freely licensed genres of UD English-GUM
(UniversalDependencies/UD_English-GUM): news, interview, biography, voyage, textbook, vlog, speech, conversation.
Groups of words that are used alike were learned from the same sentences and from `synthetic-news/stories.jsonl`
(ahalterman/NGEC-2025, MIT): texts only, no labels.
Verbs and their irregular forms come from `data/english` (CC0-1.0). One document in eight is seen a second time in
capitals, one in six as headlines; short clauses are cut out of the sentences, many of them with another verb. The parser learns on word classes
predicted by taggers that did not see the document.

## How

```
{command}
```

Seed {seed}; the same files and seed give the same bytes.

## How good it is

On `{dev}` (not learned from, but templates and sizes were chosen by it), F1 in per cent; LAS and UAS over words, relations without subtypes.

| input | sentences | words | UPOS | lemma | feats | UAS | LAS |
|---|---|---|---|---|---|---|---|
| raw text | {raw} |
| gold words | {gold} |

About {speed} words a second on one core of the machine it was trained on, raw text to trees.

## Limits

Reviews, e-mail, web logs, wiki news; no legal or parliamentary prose. Trees never cross; sentences over 400 words are
cut. The style of capitals and headlines was learned from altered running text.

## Licence

CC BY-SA 4.0, see `LICENSE`. Credit: the authors of UD English-EWT and UD English-GUM.
",
        name = card.name,
        size = card.size as f64 / 1e6,
        command = card.command,
        seed = card.seed,
        dev = card.dev,
        raw = rows(&card.raw),
        gold = rows(&card.gold),
        speed = card.speed,
    );
    out
}
