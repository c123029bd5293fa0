//! Temporal rules of length one, `head(X, Y, t) <- body(X, Y, u)` with `u < t`, for every pair of relations and
//! inverses: counted exactly over all of the past, with a confidence for each age of the body and each number of its
//! occurrences (a recency curve), joined by noisy-or.
//!
//! The family is that of TLogic (Liu et al., AAAI 2022); confidences as curves over recency and frequency and their
//! noisy-or are those of CountTRuCoLa (arXiv 2509.09474). Here curves are tables by powers of two, drawn towards the
//! rule's mean confidence times the general curve where counts are few.

use super::decay::Tally;
use super::fact::Question;
use super::history::History;

/// Ages 1, 2–3, 4–7, … 256 and more.
const AGES: usize = 9;
/// Occurrences 1, 2–3, 4–7, 8 and more.
const COUNTS: usize = 4;
const CELLS: usize = AGES * COUNTS;
/// How many trials the general curve is worth.
const PRIOR: f32 = 20.0;

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    tried: f32,
    hit: f32,
}

#[derive(Debug, Clone)]
struct Curve {
    cells: [Cell; CELLS],
    all: Cell,
}

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
        let curve = Curve { cells: [Cell::default(); CELLS], all: Cell::default() };
        Self {
            relations,
            index: vec![Vec::new(); relations],
            curves: Vec::new(),
            general: curve,
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
                        self.curves.push(Curve { cells: [Cell::default(); CELLS], all: Cell::default() });
                    }
                    let curve = &mut self.curves[*at as usize];
                    let bin = bin(&link.tally, now);
                    let cells = [
                        &mut curve.cells[bin],
                        &mut curve.all,
                        &mut self.general.cells[bin],
                        &mut self.general.all,
                        &mut self.heads[head],
                    ];
                    for cell in cells {
                        cell.tried += tried;
                        cell.hit += hit;
                    }
                }
            }
        }
    }

    /// Works out the confidences from what was counted so far.
    pub fn settle(&mut self) {
        let rate = |cell: &Cell, prior: f32| (cell.hit + PRIOR * prior) / (cell.tried + PRIOR);
        let mean = rate(&self.general.all, 0.01);
        self.factors = std::array::from_fn(|at| rate(&self.general.cells[at], mean) / mean);
        self.settled.clear();
        self.settled.resize(self.curves.len(), [0.0; CELLS]);
        for head in 0..self.relations {
            let base = rate(&self.heads[head], mean);
            self.floor[head] = self.factors.map(|factor| (base * factor * 0.5).min(0.95));
            for body in 0..self.index[head].len() {
                let at = self.index[head][body];
                if at == u32::MAX {
                    continue;
                }
                let curve = &self.curves[at as usize];
                let whole = rate(&curve.all, base);
                // What the general curve would have given on this rule's own ages: the curve is scaled to the rule.
                let expected: f32 =
                    curve.cells.iter().zip(&self.factors).map(|(cell, factor)| cell.tried * factor).sum();
                let scale = whole * (curve.all.tried + PRIOR) / (expected + PRIOR);
                self.settled[at as usize] = std::array::from_fn(|cell| {
                    rate(&curve.cells[cell], (scale * self.factors[cell]).min(0.95)).min(0.99)
                });
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
    let age = now.saturating_sub(tally.last).max(1).ilog2() as usize;
    let count = (tally.count.max(1.0) as u32).ilog2() as usize;
    age.min(AGES - 1) * COUNTS + count.min(COUNTS - 1)
}
