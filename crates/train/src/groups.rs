//! Groups of words that are used alike, from their neighbours in running text: what is learned of one word of a group
//! then helps with words the treebanks never show.
//!
//! Every frequent word is a direction in the space of its left and right neighbours (positive pointwise mutual
//! information); directions are gathered around centres by spherical k-means.

use crate::corpus::Rows;
use demarche_text::workshop::form_key;
use std::collections::BTreeMap;

/// Number of groups.
const GROUPS: usize = 320;
/// How many of the most frequent words count as neighbours.
const NEIGHBOURS: usize = 1200;
/// Occurrences a word must have to be put in a group.
const LEAST: usize = 6;
/// Rounds of gathering.
const ROUNDS: usize = 12;

/// The words of a running text, signs at their ends apart, as numbers; 0 stands between lines.
pub fn words_of(text: &str) -> Vec<u32> {
    let mut words = Vec::new();
    for line in text.lines() {
        for chunk in line.split_whitespace() {
            let inner = chunk.trim_start_matches(|c: char| !c.is_alphanumeric());
            words.extend(
                chunk[..chunk.len() - inner.len()].chars().map(|c| form_key(c.encode_utf8(&mut [0; 4]))),
            );
            let core = inner.trim_end_matches(|c: char| !c.is_alphanumeric());
            match core.strip_suffix("'s").or_else(|| core.strip_suffix("’s")) {
                Some(owner) => words.extend([form_key(owner), form_key("'s")]),
                None => words.push(form_key(core)),
            }
            words.extend(inner[core.len()..].chars().map(|c| form_key(c.encode_utf8(&mut [0; 4]))));
        }
        words.push(0);
    }
    words
}

/// Word to group, from 1, for all words frequent enough in `raw` and the corpus, sorted by word.
pub fn learn(corpus: &[(String, Vec<Rows>)], mut raw: Vec<u32>) -> Vec<(u32, u32)> {
    for sentence in corpus.iter().flat_map(|d| &d.1) {
        raw.extend(sentence.rows.iter().map(|r| form_key(&r.form)));
        raw.push(0);
    }
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for &word in &raw {
        *counts.entry(word).or_default() += 1;
    }
    let mut ranked: Vec<(u32, usize)> = counts.into_iter().filter(|c| c.1 >= LEAST && c.0 != 0).collect();
    ranked.sort_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
    // The border of a line is a neighbour like any word.
    let places: BTreeMap<u32, usize> = ranked.iter().enumerate().map(|(at, w)| (w.0, at)).collect();
    let neighbour = |word: u32| {
        if word == 0 { Some(NEIGHBOURS) } else { places.get(&word).copied().filter(|&p| p < NEIGHBOURS) }
    };
    let mut contexts: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); ranked.len()];
    let mut totals = vec![0.0; 2 * (NEIGHBOURS + 1)];
    let mut all = 0.0;
    for pair in raw.windows(2) {
        let sides = [(pair[1], pair[0], 0), (pair[0], pair[1], NEIGHBOURS + 1)];
        for (word, beside, offset) in sides {
            if let (Some(&at), Some(place)) = (places.get(&word), neighbour(beside)) {
                *contexts[at].entry(place + offset).or_default() += 1.0;
                totals[place + offset] += 1.0;
                all += 1.0;
            }
        }
    }
    let directions: Vec<Vec<(usize, f64)>> = contexts.iter().map(|c| direction(c, &totals, all)).collect();
    let groups = gather(&directions, totals.len());
    let mut entries: Vec<(u32, u32)> = ranked.iter().zip(groups).map(|(w, g)| (w.0, g as u32 + 1)).collect();
    entries.sort_unstable();
    entries
}

/// The neighbours of a word weighted by how much more often than by chance they stand there, at length one.
fn direction(context: &BTreeMap<usize, f64>, totals: &[f64], all: f64) -> Vec<(usize, f64)> {
    let own: f64 = context.values().sum();
    let weighted = context.iter().map(|(&place, &count)| (place, (count * all / (own * totals[place])).ln()));
    let mut weighted: Vec<(usize, f64)> = weighted.filter(|(_, weight)| *weight > 0.0).collect();
    // Few sightings say little: a rare neighbour of a rare word must not outweigh the rest.
    for (place, weight) in &mut weighted {
        *weight *= context[place].sqrt().min(8.0);
    }
    let length = weighted.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    weighted.iter_mut().for_each(|(_, w)| *w /= length.max(f64::MIN_POSITIVE));
    weighted
}

fn gather(directions: &[Vec<(usize, f64)>], width: usize) -> Vec<usize> {
    let groups = GROUPS.min(directions.len());
    let mut centres = vec![vec![0.0; width]; groups];
    for (centre, direction) in centres.iter_mut().zip(directions) {
        direction.iter().for_each(|&(place, weight)| centre[place] = weight);
    }
    let mut chosen = vec![0; directions.len()];
    for _ in 0..ROUNDS {
        for (choice, direction) in chosen.iter_mut().zip(directions) {
            let mut best = f64::NEG_INFINITY;
            for (group, centre) in centres.iter().enumerate() {
                let close: f64 = direction.iter().map(|&(place, weight)| weight * centre[place]).sum();
                if close > best {
                    (best, *choice) = (close, group);
                }
            }
        }
        centres.iter_mut().for_each(|centre| centre.fill(0.0));
        for (&choice, direction) in chosen.iter().zip(directions) {
            direction.iter().for_each(|&(place, weight)| centres[choice][place] += weight);
        }
        for centre in &mut centres {
            let length = centre.iter().map(|w| w * w).sum::<f64>().sqrt();
            centre.iter_mut().for_each(|w| *w /= length.max(f64::MIN_POSITIVE));
        }
    }
    chosen
}
