//! The scores. All are losses: smaller is better.

use crate::forecast::numeric::ln;

/// The least probability that a score takes for true: an outcome that was held impossible costs as much as one in a
/// thousand million, and not infinitely much.
pub const LEAST: f64 = 1e-9;

/// Loss of giving `p` to what came: `-ln p`, in nats (Good, "Rational decisions", 1952).
pub fn log_loss(p: f64) -> f64 {
    -ln(bounded(p))
}

/// The same in bits, `-log2 p`: the ignorance score (Roulston and Smith, Monthly Weather Review 2002).
pub fn ignorance(p: f64) -> f64 {
    log_loss(p) * std::f64::consts::LOG2_E
}

fn bounded(p: f64) -> f64 {
    if p > LEAST { p.min(1.0) } else { LEAST }
}

/// Continuous ranked probability score of a distribution over 0, 1, 2, …, in the unit of the outcome:
/// the sum over `k` of `(F(k) - [y <= k])²` (Matheson and Winkler 1976; Gneiting and Raftery 2007). `cumulative` holds
/// `F(0)`, `F(1)`, … as far as it differs from 1. A forecast that is certain of one number scores its distance.
pub fn crps(cumulative: &[f64], outcome: u64) -> f64 {
    let within =
        cumulative.iter().zip(0u64..).map(|(f, k)| if outcome <= k { (1.0 - f).powi(2) } else { f.powi(2) });
    let beyond = outcome.saturating_sub(cumulative.len() as u64);
    within.sum::<f64>() + beyond as f64
}

/// Interval score of the central interval that should hold all but `alpha`, in the unit of the outcome: its width, and
/// `2 / alpha` times the distance of an outcome outside (Winkler 1972; Gneiting and Raftery 2007, equation 43).
pub fn interval_score(low: f64, high: f64, outcome: f64, alpha: f64) -> f64 {
    let missed = (low - outcome).max(0.0) + (outcome - high).max(0.0);
    (high - low) + 2.0 / alpha * missed
}

/// How much better than a reference: `1 - score / reference`; 0 is as good, 1 perfect, below 0 worse. None where the
/// reference is perfect already.
pub fn skill(score: f64, reference: f64) -> Option<f64> {
    (reference > 0.0).then(|| 1.0 - score / reference).filter(|skill| skill.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_worked_out_by_hand() {
        // 0, 1, 2 with 0.2, 0.5, 0.3; it is 1: 0.2² + (1 - 0.7)² + 0.
        assert!((crps(&[0.2, 0.7, 1.0], 1) - 0.13).abs() < 1e-12);
        // It is 0: 0.8² + 0.3²; it is 5: 0.04 + 0.49 + 1 + two more steps of 1.
        assert!((crps(&[0.2, 0.7, 1.0], 0) - 0.73).abs() < 1e-12);
        assert!((crps(&[0.2, 0.7, 1.0], 5) - 3.53).abs() < 1e-12);
        // Certain of 2 while it is 5.
        assert!((crps(&[0.0, 0.0, 1.0], 5) - 3.0).abs() < 1e-12);
        assert!((ignorance(0.25) - 2.0).abs() < 1e-12 && (log_loss(1.0)).abs() < 1e-12);
        // From 2 to 6 with 90 %: inside the width; one above it 4 + 2 / 0.1.
        assert_eq!((interval_score(2.0, 6.0, 4.0, 0.1), interval_score(2.0, 6.0, 7.0, 0.1)), (4.0, 24.0));
        assert_eq!(interval_score(2.0, 6.0, 0.0, 0.5), 12.0);
        assert_eq!((skill(1.0, 4.0), skill(0.0, 0.0), skill(1.0, f64::NAN)), (Some(0.75), None, None));
    }

    #[test]
    fn what_was_held_impossible_costs_a_finite_loss() {
        for p in [0.0, -1.0, f64::NAN, 1e-300] {
            assert!((log_loss(p) - LEAST.ln().abs()).abs() < 1e-9, "{p}");
        }
        assert_eq!(crps(&[], 3), 3.0);
    }
}
