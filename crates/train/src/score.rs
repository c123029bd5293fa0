//! Measures an engine on raw text: F1 over words whose places agree, as in the CoNLL 2018 shared task.

use crate::corpus::Document;
use demarche_text::{Engine, Scratch, Sentence, Tree};
use std::collections::BTreeMap;

/// F1 in per cent; with gold words, accuracies.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scores {
    /// Sentences found.
    pub sentences: f64,
    /// Words found.
    pub words: f64,
    /// Universal word classes.
    pub upos: f64,
    /// Lemmas.
    pub lemma: f64,
    /// Features.
    pub feats: f64,
    /// Heads.
    pub uas: f64,
    /// Heads with relations, without subtypes.
    pub las: f64,
}

#[derive(Debug, Default)]
struct Count {
    hits: [usize; 7],
    gold: [usize; 7],
    found: [usize; 7],
}

/// Scores of `engine` on `documents`; with `gold_words` the treebank's sentences and words are given.
pub fn score(engine: &Engine, documents: &[Document], gold_words: bool) -> Scores {
    let mut count = Count::default();
    let (mut scratch, mut tree, mut sentences) = (Scratch::default(), Tree::default(), Vec::new());
    for document in documents {
        if gold_words {
            sentences = document.sentences.iter().map(|g| g.sentence.clone()).collect();
        } else {
            engine.split(&document.text, &mut sentences);
        }
        compare(engine, document, &sentences, &mut scratch, &mut tree, &mut count);
    }
    let f1 = |i: usize| 200.0 * count.hits[i] as f64 / (count.gold[i] + count.found[i]).max(1) as f64;
    Scores { sentences: f1(0), words: f1(1), upos: f1(2), lemma: f1(3), feats: f1(4), uas: f1(5), las: f1(6) }
}

fn compare(
    engine: &Engine,
    document: &Document,
    sentences: &[Sentence],
    scratch: &mut Scratch,
    tree: &mut Tree,
    count: &mut Count,
) {
    let text = &document.text;
    let mut gold = BTreeMap::new();
    for (s, sentence) in document.sentences.iter().enumerate() {
        for (i, word) in sentence.sentence.words.iter().enumerate() {
            gold.insert(word.span, (s, i));
        }
    }
    let gold_sentences: std::collections::BTreeSet<_> =
        document.sentences.iter().map(|s| s.sentence.span).collect();
    count.gold[0] += gold_sentences.len();
    count.found[0] += sentences.len();
    count.hits[0] += sentences.iter().filter(|s| gold_sentences.contains(&s.span)).count();
    for sentence in sentences {
        engine.parse(text, sentence, scratch, tree);
        for (i, word) in sentence.words.iter().enumerate() {
            count.found[1..].iter_mut().for_each(|n| *n += 1);
            let Some(&(s, g)) = gold.get(&word.span) else {
                continue;
            };
            let right = &document.sentences[s];
            let row = &right.rows[g];
            let head = right.sentence.words.get(row.head).map(|w| w.span);
            let found = tree.head(i).map(|h| sentence.words[h].span);
            let hits = [
                true,
                row.upos == tree.upos(i),
                row.lemma == "_" || row.lemma == tree.lemma(i),
                row.feats == tree.feats(i),
                head == found,
                head == found && row.rel.base() == tree.rel(i).base(),
            ];
            for (n, hit) in count.hits[1..].iter_mut().zip(hits) {
                *n += usize::from(hit);
            }
        }
    }
    count.gold[1..].iter_mut().for_each(|n| *n += gold.len());
}
