//! Probabilities that come true as often as they say: learned from what was forecast before and what came.
//!
//! With many cases a step function that only rises (isotonic regression by pooling adjacent violators: Ayer et al. 1955;
//! Zadrozny and Elkan, KDD 2002); with few, where steps would follow chance, a logistic curve (Platt 1999, with his
//! targets), as Niculescu-Mizil and Caruana (ICML 2005) advise.

use super::proper::log_loss;
use crate::forecast::numeric::{ln, logistic};

/// Cases of either outcome from which on steps are taken in place of a curve.
pub const ISOTONIC: usize = 100;

/// A rising map from raw to calibrated probabilities.
#[derive(Debug, Clone, PartialEq)]
pub enum Calibration {
    /// Raw probabilities are taken as they are: too little was seen to do better.
    None,
    /// `1 / (1 + e^-(a + b ln(p / (1 - p))))` with `b` at least 0.
    Platt {
        /// Where even odds lead.
        a: f64,
        /// Slope in logarithms of odds.
        b: f64,
    },
    /// Raw probabilities, ascending, and what became of such cases, rising; in between in a straight line.
    Isotonic(Vec<(f64, f64)>),
}

impl Calibration {
    /// From raw probabilities and whether it came true. Where all outcomes are alike there is nothing to learn.
    pub fn fit(cases: &[(f64, bool)]) -> Self {
        let true_ones = cases.iter().filter(|(_, came)| *came).count();
        let fewer = true_ones.min(cases.len() - true_ones);
        match fewer {
            0..5 => Calibration::None,
            5..ISOTONIC => platt(cases),
            _ => Calibration::Isotonic(isotonic(cases)),
        }
    }

    /// From cases in the order of time: as they are, a curve or steps, whichever served the last two fifths best by log
    /// loss when learned from the first three; then learned anew from all. What is less simple must be better by one in a
    /// hundred: cases of neighbouring days are much alike, and a smaller gain is chance.
    pub fn chosen(cases: &[(f64, bool)]) -> Self {
        let (first, last) = cases.split_at(cases.len() * 3 / 5);
        let loss = |map: &Calibration| -> f64 {
            let of = |(p, came): &(f64, bool)| log_loss(if *came { map.of(*p) } else { 1.0 - map.of(*p) });
            last.iter().map(of).sum()
        };
        let steps = Calibration::fit(first);
        let curve = if matches!(steps, Calibration::None) { Calibration::None } else { platt(first) };
        let losses = [loss(&Calibration::None), loss(&curve), loss(&steps)];
        match (losses[1] < 0.99 * losses[0], losses[2] < 0.99 * losses[0].min(losses[1])) {
            (_, true) => Calibration::fit(cases),
            (true, false) => platt(cases),
            (false, false) => Calibration::None,
        }
    }

    /// What a raw probability means: 0 to 1.
    pub fn of(&self, raw: f64) -> f64 {
        let raw = if raw.is_nan() { 0.0 } else { raw.clamp(0.0, 1.0) };
        match self {
            Calibration::None => raw,
            Calibration::Platt { a, b } => logistic(a + b * odds(raw)),
            Calibration::Isotonic(points) => {
                let after = points.partition_point(|(x, _)| *x <= raw);
                match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
                    (Some((x, y)), Some(&(next_x, next_y))) => y + (next_y - y) * (raw - x) / (next_x - x),
                    (Some((_, y)), None) | (None, Some(&(_, y))) => y,
                    (None, None) => raw,
                }
            }
        }
    }

    /// `none`, `platt` or `isotonic`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Calibration::None => "none",
            Calibration::Platt { .. } => "platt",
            Calibration::Isotonic(_) => "isotonic",
        }
    }
}

fn odds(p: f64) -> f64 {
    let p = p.clamp(1e-6, 1.0 - 1e-6);
    ln(p / (1.0 - p))
}

/// Blocks as points: the mean raw probability of each and the share that came true, kept from 0 and 1 by half a case.
fn isotonic(cases: &[(f64, bool)]) -> Vec<(f64, f64)> {
    let mut sorted: Vec<(f64, f64)> =
        cases.iter().map(|(p, came)| (*p, f64::from(u8::from(*came)))).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Sum of raw probabilities, of outcomes, number.
    let mut blocks: Vec<[f64; 3]> = Vec::new();
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        let n = same.len() as f64;
        let mut block = [same[0].0 * n, same.iter().map(|(_, y)| y).sum(), n];
        while let Some(last) = blocks.last().copied().filter(|last| last[1] * block[2] >= block[1] * last[2])
        {
            blocks.pop();
            block = [0, 1, 2].map(|at| block[at] + last[at]);
        }
        blocks.push(block);
    }
    let points =
        blocks.into_iter().map(|[x, y, n]| (x / n, (y / n).clamp(0.5 / (n + 1.0), 1.0 - 0.5 / (n + 1.0))));
    let mut points: Vec<(f64, f64)> = points.collect();
    // Keeping small blocks from 0 and 1 must not make a later one the lower.
    let mut highest = 0.0f64;
    for (_, y) in &mut points {
        highest = highest.max(*y);
        *y = highest;
    }
    points
}

/// Newton's method on two parameters, with a weak pull to the identity.
fn platt(cases: &[(f64, bool)]) -> Calibration {
    const PULL: f64 = 1.0;
    let hits = cases.iter().filter(|(_, came)| *came).count() as f64;
    let (yes, no) = ((hits + 1.0) / (hits + 2.0), 1.0 / (cases.len() as f64 - hits + 2.0));
    let (mut a, mut b) = (0.0f64, 1.0f64);
    for _ in 0..30 {
        let (mut slope, mut curve) = ([-PULL * a, -PULL * (b - 1.0)], [PULL, 0.0, PULL]);
        for (raw, came) in cases {
            let x = odds(*raw);
            let p = logistic(a + b * x);
            let rest = if *came { yes } else { no } - p;
            let weight = p * (1.0 - p);
            slope[0] += rest;
            slope[1] += rest * x;
            curve[0] += weight;
            curve[1] += weight * x;
            curve[2] += weight * x * x;
        }
        let whole = curve[0] * curve[2] - curve[1] * curve[1];
        if whole <= 1e-12 {
            break;
        }
        let step_a = (curve[2] * slope[0] - curve[1] * slope[1]) / whole;
        let step_b = (curve[0] * slope[1] - curve[1] * slope[0]) / whole;
        a += step_a.clamp(-2.0, 2.0);
        b += step_b.clamp(-2.0, 2.0);
    }
    // A falling curve would turn the order of the forecasts round.
    Calibration::Platt { a, b: b.max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn adjacent_violators_are_pooled() {
        // By hand: 0.1 no, 0.2 yes, 0.3 no, 0.4 yes: the middle two are pooled at a half.
        let points = isotonic(&[(0.1, false), (0.2, true), (0.3, false), (0.4, true)]);
        let expected = [(0.1, 0.25), (0.25, 0.5), (0.4, 0.75)];
        assert_eq!(points.len(), 3);
        for ((x, y), (ex, ey)) in points.into_iter().zip(expected) {
            assert!((x - ex).abs() < 1e-12 && (y - ey).abs() < 1e-12, "{x} {y}");
        }
    }

    #[test]
    fn too_sure_a_forecaster_is_told_so() {
        // Says 0.9 and is right three times in five, says 0.1 and is wrong two times in five.
        let cases: Vec<(f64, bool)> =
            (0..1000).map(|at| if at % 2 == 0 { (0.9, at % 10 < 6) } else { (0.1, at % 10 < 4) }).collect();
        let map = Calibration::fit(&cases);
        assert_eq!(map.as_str(), "isotonic");
        assert!((map.of(0.9) - 0.6).abs() < 0.01 && (map.of(0.1) - 0.4).abs() < 0.01);
        assert!(map.of(0.0) <= map.of(0.5) && map.of(0.5) <= map.of(1.0));
        let few = Calibration::fit(&cases[..60]);
        assert_eq!(few.as_str(), "platt");
        assert!((few.of(0.9) - 0.6).abs() < 0.06, "{}", few.of(0.9));
        assert_eq!(Calibration::fit(&[(0.5, true); 50]), Calibration::None);
        assert_eq!(Calibration::fit(&[]).of(f64::NAN), 0.0);
    }

    #[test]
    fn what_is_calibrated_already_stays_as_it_is() {
        // One in four comes of what is said to come one time in four, three in four of the others.
        let cases: Vec<(f64, bool)> =
            (0..4000).map(|at| if at % 2 == 0 { (0.25, at % 8 == 0) } else { (0.75, at % 8 != 1) }).collect();
        let map = Calibration::chosen(&cases);
        assert!((map.of(0.25) - 0.25).abs() < 0.01 && (map.of(0.75) - 0.75).abs() < 0.01, "{map:?}");
        let sure: Vec<(f64, bool)> =
            cases.iter().map(|(p, came)| (if *p < 0.5 { 0.05 } else { 0.95 }, *came)).collect();
        let map = Calibration::chosen(&sure);
        assert!((map.of(0.05) - 0.25).abs() < 0.01 && map.as_str() != "none", "{map:?}");
        assert_eq!(Calibration::chosen(&[]), Calibration::None);
    }

    proptest! {
        #[test]
        fn the_map_rises_and_stays_within_bounds(cases in prop::collection::vec((0.0f64..1.0, any::<bool>()), 0..400)) {
            for map in [Calibration::fit(&cases), Calibration::Isotonic(isotonic(&cases))] {
                let mut last = 0.0;
                for at in 0..=50 {
                    let p = map.of(f64::from(at) / 50.0);
                    prop_assert!((last..=1.0).contains(&p), "{p} after {last}");
                    last = p;
                }
            }
        }
    }
}
