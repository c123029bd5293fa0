//! Learns where sentences end.

use crate::corpus::Document;
use crate::gaps::rival;
use crate::perceptron::Sparse;
use crate::random::Random;
use demarche_text::Word;
use demarche_text::workshop::{Row, end_features, is_open};

/// Weights of "goes on" and "ends".
pub fn learn(documents: &[Document], epochs: usize, seed: u64) -> Vec<Row> {
    let mut paragraphs: Vec<(usize, Vec<Word>, Vec<bool>)> = Vec::new();
    for (d, document) in documents.iter().enumerate().filter(|(_, d)| !d.made) {
        for gold in &document.sentences {
            if gold.sentence.new_paragraph {
                paragraphs.push((d, Vec::new(), Vec::new()));
            }
            let Some((_, words, ends)) = paragraphs.last_mut() else {
                continue;
            };
            words.extend_from_slice(&gold.sentence.words);
            ends.resize(words.len(), false);
            ends[words.len() - 1] = true;
        }
    }
    let mut model = Sparse::default();
    let mut random = Random::new(seed);
    let mut keys = Vec::new();
    for _ in 0..epochs {
        random.shuffle(&mut paragraphs);
        for (d, words, ends) in &paragraphs {
            let text = &documents[*d].text;
            let mut start = 0;
            for (i, &end) in ends.iter().enumerate() {
                if is_open(text, words, i) {
                    end_features(text, words, start, i, &mut keys);
                    let mut sums = [0i32; 2];
                    model.score(&keys, &mut sums);
                    model.tick();
                    let right = u8::from(end);
                    if let Some(wrong) = rival(&sums, right, 2) {
                        model.correct(&keys, right, wrong);
                    }
                }
                if end {
                    start = i + 1;
                }
            }
        }
    }
    model.averages(50_000)
}
