//! Learns where tokens and words end inside a chunk, and which words of letters alone are two.

use crate::corpus::Document;
use crate::perceptron::Sparse;
use crate::random::Random;
use demarche_text::Mwt;
use demarche_text::workshop::{Chunk, Gap, Row, form_key};
use std::collections::BTreeMap;

/// Weights of the gap classes.
pub fn learn(documents: &[Document], epochs: usize, seed: u64) -> Vec<Row> {
    let mut model = Sparse::default();
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..documents.len()).filter(|&d| !documents[d].made).collect();
    let (mut chunk, mut keys) = (Chunk::default(), Vec::new());
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &d in &order {
            let text = &documents[d].text;
            let gold = gold_gaps(&documents[d]);
            for paragraph in text.split("\n\n") {
                let start = paragraph.as_ptr() as usize - text.as_ptr() as usize;
                let mut pieces = paragraph.split_whitespace().peekable();
                while let Some(piece) = pieces.next() {
                    let from = start + (piece.as_ptr() as usize - paragraph.as_ptr() as usize);
                    if piece.bytes().all(|b| b.is_ascii_alphabetic()) {
                        continue;
                    }
                    let next = pieces.peek().and_then(|c| c.chars().next());
                    chunk.open(text, from, from + piece.len(), next);
                    let mut word = 0;
                    for i in 1..chunk.len() {
                        let right = gold.get(&chunk.place(i)).copied().unwrap_or(Gap::Joined);
                        if chunk.is_open_gap(i) {
                            chunk.features(i, word, &mut keys);
                            let mut sums = [0i32; 3];
                            model.score(&keys, &mut sums);
                            model.tick();
                            let right = right as u8;
                            if let Some(wrong) = rival(&sums, right, 2) {
                                model.correct(&keys, right, wrong);
                            }
                        }
                        if right != Gap::Joined {
                            word = i;
                        }
                    }
                }
            }
        }
    }
    model.averages(60_000)
}

/// The best class other than `right`, if it comes closer than `margin`.
pub fn rival(sums: &[i32], right: u8, margin: i32) -> Option<u8> {
    let mut best: Option<usize> = None;
    for class in (0..sums.len()).filter(|&c| c != right as usize) {
        if best.is_none_or(|b| sums[class] > sums[b]) {
            best = Some(class);
        }
    }
    best.filter(|&b| sums[b] + margin > sums[right as usize]).map(|b| b as u8)
}

fn gold_gaps(document: &Document) -> BTreeMap<u32, Gap> {
    let mut gaps = BTreeMap::new();
    for gold in &document.sentences {
        let words = &gold.sentence.words;
        for (i, word) in words.iter().enumerate() {
            let within = words.get(i + 1).is_some_and(|next| next.mwt == Mwt::Rest);
            gaps.insert(word.span.end, if within { Gap::Within } else { Gap::Divided });
        }
    }
    gaps
}

/// Words of letters alone that are usually two: spelling to length of the first.
pub fn fused(documents: &[Document]) -> Vec<(u32, u32)> {
    let mut counts: BTreeMap<u32, (usize, usize, u32)> = BTreeMap::new();
    for document in documents {
        for gold in &document.sentences {
            let words = &gold.sentence.words;
            for (i, word) in words.iter().enumerate() {
                let rest = words[i + 1..].iter().take_while(|w| w.mwt == Mwt::Rest).count();
                let token = word.span.cover(words[i + rest].span).of(&document.text);
                if word.mwt == Mwt::Rest || !token.bytes().all(|b| b.is_ascii_alphabetic()) {
                    continue;
                }
                let count = counts.entry(form_key(token)).or_default();
                if word.mwt == Mwt::First && rest == 1 {
                    count.0 += 1;
                    count.2 = word.span.len() as u32;
                } else {
                    count.1 += 1;
                }
            }
        }
    }
    let two = counts.into_iter().filter(|(_, (fused, plain, _))| *fused >= 2 && fused > plain);
    two.map(|(key, (_, _, length))| (key, length)).collect()
}
