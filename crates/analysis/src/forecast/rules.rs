//! Temporal rules of length one, `head(X, Y, t) <- body(X, Y, u)` with `u < t`, for every pair of relations and
//! inverses: counted exactly over all of the past, with a confidence for each age of the body and each number of its
//! occurrences (a recency curve), joined by noisy-or.
//!
//! The family is that of TLogic (Liu et al., AAAI 2022); confidences as curves over recency and frequency and their
//! noisy-or are those of CountTRuCoLa (arXiv 2509.09474). Rules over a third actor are those of `walks`.

use super::curve::{CELLS, Cell, Curve, cell};
use super::decay::Tally;
use super::fact::Question;
use super::history::History;

/// Confidences of all rules that were met.
#[derive(Debug, Clone)]
pub struct Rules {
    relations: usize,
    /// For each head: index of each body's curve, or `u32::MAX`; empty where the head was never asked for.
    index: Vec<Vec<u32>>,
    curves: Vec<Curve>,
    general: Curve,
    heads: Vec<Cell>,
    /// What `confidence` answers, as of the last `settle`.
    settled: Vec<[f32; CELLS]>,
    factors: [f32; CELLS],
    floor: Vec<[f32; CELLS]>,
}

impl Rules {
    /// No rule is known yet.
    pub fn new(relations: u32) -> Self {
        let relations = 2 * relations as usize;
        Self {
            relations,
            index: vec![Vec::new(); relations],
            curves: Vec::new(),
            general: Curve::default(),
            heads: vec![Cell::default(); relations],
            settled: Vec::new(),
            factors: [1.0; CELLS],
            floor: vec![[0.0; CELLS]; relations],
        }
    }

    /// Counts, for the questions of a step that the history was not yet told, which bodies led to an answer.
    pub fn learn(&mut self, history: &History, questions: &[Question]) {
        let now = history.now();
        for question in questions {
            let head = question.relation as usize;
            let asked: u32 = question.answers.iter().map(|(_, times)| times).sum();
            if self.index[head].is_empty() {
                self.index[head] = vec![u32::MAX; self.relations];
            }
            for pair in history.pairs_of(question.subject) {
                let hit = question
                    .answers
                    .binary_search_by_key(&pair.object, |(answer, _)| *answer)
                    .map_or(0, |at| question.answers[at].1);
                // Other answers are filtered when one is asked for, so they are no failures.
                let tried = if hit > 0 { hit } else { asked } as f32;
                let hit = hit as f32;
                for link in &pair.links {
                    let at = &mut self.index[head][link.relation as usize];
                    if *at == u32::MAX {
                        *at = self.curves.len() as u32;
                        self.curves.push(Curve::default());
                    }
                    let bin = bin(&link.tally, now);
                    self.curves[*at as usize].add(bin, tried, hit);
                    self.general.add(bin, tried, hit);
                    self.heads[head].add(tried, hit);
                }
            }
        }
    }

    /// Works out the confidences from what was counted so far.
    pub fn settle(&mut self) {
        let mean = self.general.all.rate(0.01);
        self.factors = self.general.factors(mean);
        self.settled.clear();
        self.settled.resize(self.curves.len(), [0.0; CELLS]);
        for head in 0..self.relations {
            let base = self.heads[head].rate(mean);
            self.floor[head] = self.factors.map(|factor| (base * factor * 0.5).min(0.95));
            for at in &self.index[head] {
                if *at != u32::MAX {
                    self.settled[*at as usize] = self.curves[*at as usize].settled(base, &self.factors);
                }
            }
        }
    }

    /// Confidence that `head` holds of a pair in the step asked for, given how often and when `body` did: 0 to 1.
    pub fn confidence(&self, head: u32, body: u32, tally: &Tally, now: u32) -> f32 {
        let bin = bin(tally, now);
        match self.index[head as usize].get(body as usize) {
            Some(&at) if (at as usize) < self.settled.len() => self.settled[at as usize][bin],
            _ => self.floor[head as usize][bin],
        }
    }
}

fn bin(tally: &Tally, now: u32) -> usize {
    cell(now.saturating_sub(tally.last), tally.count as u32)
}
