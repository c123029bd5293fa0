//! When will it happen? The chance of each step that it happens there if it has not before: a discrete-time logistic
//! hazard (Cox 1972; Allison, Sociological Methodology 1982) over what was known at the landmark, the time since, and the
//! place in the week.

use super::landmark::{Case, SIGNS};
use super::numeric::{ln, logistic};
use rayon::prelude::*;

/// The logarithm of the lag, its products with four signs, and six places in a cycle of seven steps.
const LAGGED: usize = 11;
const WIDTH: usize = SIGNS + LAGGED;
/// Signs whose weight changes with the lag: those of recency and excitation.
const FADING: [usize; 4] = [3, 4, 5, 7];
/// Weights are drawn to 0 as by this much.
const RIDGE: f64 = 1.0;
const ROUNDS: usize = 12;

/// Learned weights, in logarithms of odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Hazard {
    weights: [f64; WIDTH],
}

type Row = [f64; WIDTH];
/// That part of a row that changes with the lag.
type Tail = [f64; LAGGED];

fn signs(case: &Case) -> [f64; SIGNS] {
    case.signs.map(f64::from)
}

fn tail(case: &Case, lag: u32) -> Tail {
    let mut tail = [0.0; LAGGED];
    let log = ln(f64::from(lag));
    tail[0] = log;
    for (at, sign) in FADING.into_iter().enumerate() {
        tail[1 + at] = log * f64::from(case.signs[sign]);
    }
    let place = (case.landmark as usize + lag as usize - 1) % 7;
    if place > 0 {
        tail[4 + place] = 1.0;
    }
    tail
}

/// What a round of Newton's method needs: likelihood, slope, and the upper half of the curvature.
struct Sums {
    likelihood: f64,
    slope: Row,
    curve: Vec<f64>,
}

impl Hazard {
    /// Learns from cases watched over the whole horizon, by the penalised likelihood (Newton's method). `from` is where to
    /// begin. None where nothing, or everything at once, happened.
    pub fn fit(cases: &[&Case], horizon: u32, from: Option<&Hazard>) -> Option<Self> {
        let happened = cases.iter().filter(|case| case.lag.is_some()).count();
        if happened == 0 || cases.iter().all(|case| case.lag == Some(1)) {
            return None;
        }
        let mut weights = from.map_or([0.0; WIDTH], |from| from.weights);
        let mut sums = add_up(cases, horizon, &weights);
        for _ in 0..ROUNDS {
            let Some(step) = solve(&sums.curve, &sums.slope) else { break };
            // A step that goes too far is halved until it helps.
            let mut better = None;
            let mut share = 1.0;
            for _ in 0..6 {
                let tried: Row = std::array::from_fn(|at| weights[at] + share * step[at]);
                let there = add_up(cases, horizon, &tried);
                if there.likelihood > sums.likelihood {
                    better = Some((tried, there));
                    break;
                }
                share *= 0.5;
            }
            let Some((tried, there)) = better else { break };
            let gain = there.likelihood - sums.likelihood;
            (weights, sums) = (tried, there);
            if gain < 1e-4 * (1.0 + sums.likelihood.abs()) {
                break;
            }
        }
        Some(Self { weights })
    }

    /// The chance that it happened by each lag, 1 to `horizon`: ascending, 0 to 1.
    pub fn curve(&self, case: &Case, horizon: u32) -> Vec<f64> {
        let mut not_yet = 1.0;
        let lasting = inner(&self.weights[..SIGNS], &signs(case));
        let chances = (1..=horizon).map(|lag| {
            not_yet *= 1.0 - logistic(lasting + inner(&self.weights[SIGNS..], &tail(case, lag)));
            1.0 - not_yet
        });
        chances.collect()
    }
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add_up(cases: &[&Case], horizon: u32, weights: &Row) -> Sums {
    // Parts are joined in order, so that the number of threads does not show.
    let parts: Vec<Sums> = cases.par_chunks(256).map(|cases| part(cases, horizon, weights)).collect();
    let mut all = Sums { likelihood: 0.0, slope: [0.0; WIDTH], curve: vec![0.0; WIDTH * WIDTH] };
    for part in parts {
        all.likelihood += part.likelihood;
        all.slope.iter_mut().zip(part.slope).for_each(|(sum, x)| *sum += x);
        all.curve.iter_mut().zip(part.curve).for_each(|(sum, x)| *sum += x);
    }
    for (at, weight) in weights.iter().enumerate() {
        // The first sign is the constant, which is free.
        let ridge = if at == 0 { 1e-3 } else { RIDGE };
        all.likelihood -= 0.5 * ridge * weight * weight;
        all.slope[at] -= ridge * weight;
        all.curve[at * WIDTH + at] += ridge;
    }
    all
}

fn part(cases: &[&Case], horizon: u32, weights: &Row) -> Sums {
    let mut sums = Sums { likelihood: 0.0, slope: [0.0; WIDTH], curve: vec![0.0; WIDTH * WIDTH] };
    for case in cases {
        let signs = signs(case);
        let lasting = inner(&weights[..SIGNS], &signs);
        // What is the same at all lags is added up over them first.
        let (mut rest_of_all, mut bend_of_all, mut bent) = (0.0, 0.0, [0.0; LAGGED]);
        for lag in 1..=case.lag.unwrap_or(horizon).min(horizon) {
            let tail = tail(case, lag);
            let p = logistic(lasting + inner(&weights[SIGNS..], &tail));
            let came = case.lag == Some(lag);
            let (rest, bend) = (f64::from(u8::from(came)) - p, p * (1.0 - p));
            sums.likelihood += ln(if came { p } else { 1.0 - p });
            rest_of_all += rest;
            bend_of_all += bend;
            for a in 0..LAGGED {
                sums.slope[SIGNS + a] += rest * tail[a];
                let scaled = bend * tail[a];
                bent[a] += scaled;
                if scaled != 0.0 {
                    let line = &mut sums.curve[(SIGNS + a) * WIDTH + SIGNS..(SIGNS + a + 1) * WIDTH];
                    for b in a..LAGGED {
                        line[b] += scaled * tail[b];
                    }
                }
            }
        }
        for a in 0..SIGNS {
            sums.slope[a] += rest_of_all * signs[a];
            let line = &mut sums.curve[a * WIDTH..(a + 1) * WIDTH];
            for b in a..SIGNS {
                line[b] += bend_of_all * signs[a] * signs[b];
            }
            for b in 0..LAGGED {
                line[SIGNS + b] += signs[a] * bent[b];
            }
        }
    }
    sums
}

/// Solves for a symmetric matrix of which the upper half is given (Cholesky); none where it is not positive.
fn solve(upper: &[f64], right: &Row) -> Option<Row> {
    let mut low = vec![0.0; WIDTH * WIDTH];
    for i in 0..WIDTH {
        for j in 0..=i {
            let before: f64 = (0..j).map(|k| low[i * WIDTH + k] * low[j * WIDTH + k]).sum();
            let rest = upper[j * WIDTH + i] - before;
            low[i * WIDTH + j] = if i == j {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / low[j * WIDTH + j]
            };
        }
    }
    let mut out = *right;
    for i in 0..WIDTH {
        let before: f64 = (0..i).map(|k| low[i * WIDTH + k] * out[k]).sum();
        out[i] = (out[i] - before) / low[i * WIDTH + i];
    }
    for i in (0..WIDTH).rev() {
        let after: f64 = (i + 1..WIDTH).map(|k| low[k * WIDTH + i] * out[k]).sum();
        out[i] = (out[i] - after) / low[i * WIDTH + i];
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(at: u32, sign: f32, lag: Option<u32>) -> Case {
        let mut signs = [0.0; SIGNS];
        (signs[0], signs[8]) = (1.0, sign);
        Case { landmark: at * 7, subject: 0, relation: 0, object: 1, seen: 0, signs, lag }
    }

    #[test]
    fn rates_are_found_again() {
        // Of cases with the sign half come in each step, of those without one in ten.
        let mut cases = Vec::new();
        for (sign, rate) in [(1.0f32, 0.5f64), (0.0, 0.1)] {
            let (mut left, many) = (4000.0, 4000);
            for lag in 1..=5 {
                let now = (left * rate) as u32;
                (0..now).for_each(|at| cases.push(case(at, sign, Some(lag))));
                left -= f64::from(now);
            }
            (0..left as u32).for_each(|at| cases.push(case(at, sign, None)));
            assert!(left < f64::from(many));
        }
        let refs: Vec<&Case> = cases.iter().collect();
        let hazard = Hazard::fit(&refs, 5, None).unwrap();
        for (sign, rate) in [(1.0f32, 0.5f64), (0.0, 0.1)] {
            let curve = hazard.curve(&case(0, sign, None), 5);
            for (at, f) in curve.iter().enumerate() {
                let expected = 1.0 - (1.0 - rate).powi(at as i32 + 1);
                assert!((f - expected).abs() < 0.02, "{sign} {at}: {f} for {expected}");
            }
        }
        let again = Hazard::fit(&refs, 5, Some(&hazard)).unwrap();
        assert!((again.weights[0] - hazard.weights[0]).abs() < 0.05);
    }

    #[test]
    fn one_class_teaches_nothing() {
        let never: Vec<Case> = (0..9).map(|at| case(at, 1.0, None)).collect();
        let always: Vec<Case> = (0..9).map(|at| case(at, 1.0, Some(1))).collect();
        for cases in [never, always, Vec::new()] {
            assert_eq!(Hazard::fit(&cases.iter().collect::<Vec<_>>(), 5, None), None);
        }
    }
}
