//! Learns word classes: the labels, the dictionary, the weights.

use crate::corpus::{Document, Gold};
use crate::gaps::rival;
use crate::perceptron::Sparse;
use crate::random::Random;
use demarche_text::workshop::{
    Atom, Dictionary, Known, Past, Row, TagRoom, form_key, read_atoms, tag_features,
};
use demarche_text::{Upos, Xpos};
use std::collections::BTreeMap;

/// A sentence ready for learning.
#[derive(Debug, Clone)]
pub struct Example<'c> {
    /// Number of the original document.
    pub origin: usize,
    /// As in [`Document::made`].
    pub made: bool,
    /// The document's text.
    pub text: &'c str,
    /// The sentence.
    pub gold: &'c Gold,
    /// What its words show.
    pub atoms: Vec<Atom>,
    /// Its labels; 255 where the treebank has one too rare to learn.
    pub labels: Vec<u8>,
}

/// Stands for a label too rare to learn.
pub const RARE: u8 = u8::MAX;

/// All labels seen more than once, most frequent first.
pub fn labels(documents: &[Document]) -> Vec<(Upos, Xpos)> {
    let mut counts: BTreeMap<(Upos, Xpos), usize> = BTreeMap::new();
    for row in documents.iter().flat_map(|d| &d.sentences).flat_map(|s| &s.rows) {
        *counts.entry((row.upos, row.xpos)).or_default() += 1;
    }
    let mut labels: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    labels.sort_by_key(|&(label, count)| (std::cmp::Reverse(count), label));
    labels.into_iter().map(|(label, _)| label).take(usize::from(RARE)).collect()
}

/// Sentences of `documents` with their labels as numbers.
pub fn examples<'c>(documents: &'c [Document], labels: &[(Upos, Xpos)]) -> Vec<Example<'c>> {
    let mut examples = Vec::new();
    let mut chars = Vec::new();
    for document in documents {
        for gold in &document.sentences {
            let mut atoms = Vec::new();
            read_atoms(&document.text, &gold.sentence, &mut chars, &mut atoms);
            let number = |row: &crate::corpus::Row| {
                labels.iter().position(|&l| l == (row.upos, row.xpos)).map_or(RARE, |at| at as u8)
            };
            let labels = gold.rows.iter().map(number).collect();
            let (origin, made, text) = (document.origin, document.made, document.text.as_str());
            examples.push(Example { origin, made, text, gold, atoms, labels });
        }
    }
    examples
}

/// Packed dictionary entries of all forms seen at least three times.
pub fn dictionary(examples: &[&Example<'_>]) -> Vec<(u32, u32)> {
    let mut counts: BTreeMap<u32, BTreeMap<u8, usize>> = BTreeMap::new();
    for example in examples.iter().filter(|e| !e.made) {
        for ((word, &label), row) in
            example.gold.sentence.words.iter().zip(&example.labels).zip(&example.gold.rows)
        {
            debug_assert_eq!(word.span.of(example.text), row.form);
            if label != RARE {
                *counts.entry(form_key(&row.form)).or_default().entry(label).or_default() += 1;
            }
        }
    }
    let mut classes: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    let mut entries = Vec::new();
    for (form, labels) in counts {
        let total: usize = labels.values().sum();
        if total < 3 {
            continue;
        }
        let mut ranked: Vec<(usize, u8)> = labels.into_iter().map(|(label, count)| (count, label)).collect();
        ranked.sort_by_key(|&(count, label)| (std::cmp::Reverse(count), label));
        let (most, first) = ranked[0];
        let set: Vec<u8> =
            ranked.iter().filter(|(count, _)| count * 12 >= total).map(|c| c.1).take(3).collect();
        let next = classes.len() as u32 + 1;
        let class = *classes.entry(set).or_insert(next);
        let only = (total >= 60 && (total - most) * 400 < total).then_some(first);
        entries.push((form, Dictionary::pack(Known { class, only })));
    }
    entries
}

/// Weights learned from `examples`.
pub fn learn(
    examples: &[&Example<'_>],
    dictionary: &Dictionary,
    finite: &[bool],
    epochs: usize,
    seed: u64,
    most: usize,
) -> Vec<Row> {
    let mut model = Sparse::default();
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut room, mut keys) = (TagRoom::default(), Vec::new());
    let mut sums = vec![0i32; finite.len()];
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &e in &order {
            let example = examples[e];
            room.look_up(dictionary, &example.atoms);
            let mut past = Past::default();
            for (i, &right) in example.labels.iter().enumerate() {
                let label = match room.known[i].only {
                    Some(only) => only,
                    None => {
                        tag_features(&example.atoms, &room, i, past, &mut keys);
                        sums.fill(0);
                        model.score(&keys, &mut sums);
                        model.tick();
                        let guess = demarche_text::workshop::best(&sums) as u8;
                        if right != RARE
                            && let Some(wrong) = rival(&sums, right, 1)
                        {
                            model.correct(&keys, right, wrong);
                        }
                        guess
                    }
                };
                past = past.then(label, finite[label as usize]);
            }
        }
    }
    model.averages(most)
}
