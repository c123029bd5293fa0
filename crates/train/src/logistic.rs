//! Multinomial logistic regression with a Gaussian prior over sparse features, by stochastic gradients with steps of their
//! own for every weight (AdaGrad: Duchi, Hazan and Singer 2011). The same examples and seed give the same weights.

use crate::random::Random;
use std::collections::BTreeMap;

/// One thing to learn from.
#[derive(Debug, Clone)]
pub struct Example {
    /// Features: keys with values.
    pub features: Vec<(u32, f32)>,
    /// Number of its class.
    pub class: usize,
    /// Examples of one group are never on both sides of a cross-validation.
    pub group: u64,
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Learning {
    /// Rounds over the examples.
    pub epochs: usize,
    /// Precision of the prior: how strongly weights are held at zero.
    pub prior: f64,
    /// Seed of the order.
    pub seed: u64,
}

/// Step of the first update.
const STEP: f64 = 0.2;

/// A row of weights, one for every class, for every key.
pub fn learn(examples: &[&Example], classes: usize, learning: Learning) -> Vec<(u32, Vec<f32>)> {
    let mut index: BTreeMap<u32, usize> = BTreeMap::new();
    for example in examples {
        for &(key, _) in &example.features {
            let next = index.len();
            index.entry(key).or_insert(next);
        }
    }
    let mut seen = vec![0f64; index.len()];
    let placed: Vec<Vec<(usize, f64)>> = examples
        .iter()
        .map(|e| e.features.iter().map(|(key, value)| (index[key], f64::from(*value))).collect())
        .collect();
    for features in &placed {
        for &(at, _) in features {
            seen[at] += 1.0;
        }
    }
    let mut weights = vec![0f64; index.len() * classes];
    let mut squares = vec![1e-8f64; weights.len()];
    let mut random = Random::new(learning.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..learning.epochs {
        random.shuffle(&mut order);
        for &e in &order {
            let features = &placed[e];
            let mut slopes = shares(&weights, features, classes);
            slopes[examples[e].class] -= 1.0;
            for &(at, value) in features {
                let hold = learning.prior / seen[at];
                for (class, slope) in slopes.iter().enumerate() {
                    let cell = at * classes + class;
                    let gradient = slope * value + hold * weights[cell];
                    squares[cell] += gradient * gradient;
                    weights[cell] -= STEP * gradient / squares[cell].sqrt();
                }
            }
        }
    }
    let row = |at: usize| weights[at * classes..(at + 1) * classes].iter().map(|&w| w as f32).collect();
    index.into_iter().map(|(key, at)| (key, row(at))).collect()
}

fn shares(weights: &[f64], features: &[(usize, f64)], classes: usize) -> Vec<f64> {
    let mut sums = vec![0f64; classes];
    for &(at, value) in features {
        for (sum, weight) in sums.iter_mut().zip(&weights[at * classes..]) {
            *sum += value * weight;
        }
    }
    let most = sums.iter().fold(f64::MIN, |m, &s| m.max(s));
    let raised: Vec<f64> = sums.iter().map(|s| libm::exp(s - most)).collect();
    let total: f64 = raised.iter().sum();
    raised.into_iter().map(|r| r / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_gets_the_weight() {
        let examples: Vec<Example> = (0..60u32)
            .map(|n| Example {
                features: vec![(1, 1.0), (10 + n % 3, 1.0)],
                class: (n % 3) as usize,
                group: 0,
            })
            .collect();
        let all: Vec<&Example> = examples.iter().collect();
        let learning = Learning { epochs: 30, prior: 0.3, seed: 1 };
        let rows = learn(&all, 3, learning);
        for (key, row) in &rows {
            let best = (0..3).max_by(|&a, &b| row[a].total_cmp(&row[b]));
            match key {
                1 => assert!(row.iter().all(|w| w.abs() < 0.2), "{row:?}"),
                _ => assert_eq!(best, Some(*key as usize - 10), "{row:?}"),
            }
        }
        assert_eq!(rows, learn(&all, 3, learning));
    }
}
