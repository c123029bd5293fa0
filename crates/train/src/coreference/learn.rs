//! Learns the weights of coreference: a log-linear choice among "nothing", "something new" and every candidate, with the
//! right ones summed (Durrett and Klein 2013), by stochastic gradients with steps of their own (AdaGrad).
//!
//! Entities grow by the model's own decisions while it learns, so that it meets the mistakes it will make.

use crate::random::Random;
use demarche_coder::workshop::{self, CoreferenceModel, Decision, Discourse, SIZE};

/// A document to learn from.
pub struct Lesson {
    /// Its phrases.
    pub discourse: Discourse,
    /// The entity of each by the gold; none: the gold has no such mention.
    pub gold: Vec<Option<u32>>,
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Learning {
    /// Rounds over the documents.
    pub epochs: usize,
    /// Orders of the documents that are averaged.
    pub orders: usize,
    /// Seed of the orders.
    pub seed: u64,
    /// Cost of opening an entity where an earlier phrase is meant.
    pub missed: f32,
    /// Cost of a link from what is new or nothing.
    pub false_link: f32,
    /// Cost of the wrong link.
    pub wrong_link: f32,
    /// Precision of the prior on all weights.
    pub prior: f32,
}

/// Step of the first update.
const STEP: f32 = 0.1;

/// The model of some lessons.
pub fn learn(lessons: &mut [&mut Lesson], learning: Learning) -> CoreferenceModel {
    let mut sums = vec![0f32; SIZE];
    let mut random = Random::new(learning.seed);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    // Decisions depend on the order of the documents; the mean over several orders, and over the later rounds of each,
    // is steadier than any one.
    for _ in 0..learning.orders {
        let mut weights = vec![0f32; SIZE];
        let mut squares = vec![1e-4f32; SIZE];
        for epoch in 0..learning.epochs {
            random.shuffle(&mut order);
            for &at in &order {
                document(lessons[at], learning, &mut weights, &mut squares);
            }
            if epoch * 2 >= learning.epochs {
                sums.iter_mut().zip(&weights).for_each(|(s, w)| *s += w);
            }
        }
    }
    let rounds = learning.orders * (learning.epochs - learning.epochs.div_ceil(2));
    sums.iter_mut().for_each(|s| *s /= rounds.max(1) as f32);
    CoreferenceModel::new(&sums)
}

fn place(feature: u32) -> usize {
    feature as usize & (SIZE - 1)
}

/// One pass over a document.
fn document(lesson: &mut Lesson, learning: Learning, weights: &mut [f32], squares: &mut [f32]) {
    let discourse = &mut lesson.discourse;
    discourse.restart();
    let mut candidates = Vec::new();
    let mut features: Vec<u32> = Vec::new();
    let mut rows: Vec<Vec<u32>> = Vec::new();
    while let Some(at) = discourse.next() {
        let gold = lesson.gold[at];
        discourse.candidates(at, &mut candidates);
        rows.clear();
        workshop::alone(discourse, at, &mut features);
        for decision in [workshop::NOTHING, workshop::NEW] {
            rows.push(features.iter().map(|&f| workshop::of(f, decision)).collect());
        }
        let mut agreeing = 0;
        for &c in &candidates {
            agreeing += u32::from(workshop::pair(discourse, at, c as usize, agreeing, &mut features));
            rows.push(features.clone());
        }
        let same = |c: u32| gold.is_some() && lesson.gold[c as usize] == gold;
        let anaphoric = candidates.iter().any(|&c| same(c));
        let right = |n: usize| match n {
            0 => gold.is_none(),
            1 => gold.is_some() && !anaphoric,
            _ => same(candidates[n - 2]),
        };
        let cost = |n: usize| match n {
            _ if right(n) => 0.0,
            0 if anaphoric => learning.missed,
            0 => 1.0,
            1 if anaphoric => learning.missed,
            1 => 1.0,
            _ if anaphoric => learning.wrong_link,
            _ => learning.false_link,
        };
        let plain: Vec<f32> = rows.iter().map(|r| r.iter().map(|&f| weights[place(f)]).sum()).collect();
        let costly: Vec<f32> = plain.iter().enumerate().map(|(n, s)| s + cost(n)).collect();
        let (all, some) = (shares(&costly, |_| true), shares(&costly, right));
        for ((row, all), some) in rows.iter().zip(&all).zip(&some) {
            let slope = all - some;
            if slope.abs() < 1e-4 {
                continue;
            }
            for &f in row {
                let w = place(f);
                let gradient = slope + learning.prior * weights[w];
                squares[w] += gradient * gradient;
                weights[w] -= STEP * gradient / squares[w].sqrt();
            }
        }
        let mut best = 0;
        for n in 1..plain.len() {
            if plain[n] > plain[best] || n == 1 && plain[n] >= plain[best] {
                best = n;
            }
        }
        discourse.take(match best {
            0 => Decision::Nothing,
            1 => Decision::New,
            n => Decision::Same(candidates[n - 2]),
        });
    }
}

/// The shares of those that count; zero for others.
fn shares(scores: &[f32], counts: impl Fn(usize) -> bool) -> Vec<f32> {
    let most = scores.iter().enumerate().filter(|(n, _)| counts(*n)).fold(f32::MIN, |m, (_, s)| m.max(*s));
    let raised: Vec<f32> =
        scores.iter().enumerate().map(|(n, s)| if counts(n) { libm::expf(s - most) } else { 0.0 }).collect();
    let total: f32 = raised.iter().sum();
    raised.into_iter().map(|r| r / total).collect()
}
