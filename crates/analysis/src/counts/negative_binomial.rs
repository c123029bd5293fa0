//! The negative binomial distribution by its mean and dispersion.

use crate::forecast::numeric::{exp, ln, ln_gamma};

/// Counts with the mean `mean` and the variance `mean + dispersion · mean²` (Cameron and Trivedi's NB2); with the
/// dispersion 0, Poisson's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NegativeBinomial {
    mean: f64,
    dispersion: f64,
}

/// Counts are told apart up to this; further ones count as this.
const MOST: usize = 1_000_000;
/// Dispersions below this are taken for none.
const POISSON: f64 = 1e-6;

impl NegativeBinomial {
    /// Of a mean above 0 and a dispersion of at least 0; other numbers are taken for the nearest such.
    pub fn new(mean: f64, dispersion: f64) -> Self {
        let finite = |x: f64, least: f64, most: f64| if x.is_nan() { least } else { x.clamp(least, most) };
        Self { mean: finite(mean, 1e-6, 1e6), dispersion: finite(dispersion, 0.0, 1e3) }
    }

    /// The mean, in events.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Natural logarithm of the probability of a count.
    pub fn ln_probability(&self, count: u64) -> f64 {
        let (y, mu) = (count as f64, self.mean);
        if self.dispersion < POISSON {
            return y * ln(mu) - mu - ln_gamma(y + 1.0);
        }
        let r = 1.0 / self.dispersion;
        let whole = ln(r + mu);
        ln_gamma(y + r) - ln_gamma(y + 1.0) - ln_gamma(r) + r * (ln(r) - whole) + y * (ln(mu) - whole)
    }

    /// Probability of a count.
    pub fn probability(&self, count: u64) -> f64 {
        exp(self.ln_probability(count)).min(1.0)
    }

    /// Probabilities of at most 0, 1, 2, … as far as they differ from 1 by a millionth.
    pub fn cumulative(&self) -> Vec<f64> {
        let (mut sum, mut all) = (0.0, Vec::new());
        let (mut at, r) = (self.ln_probability(0), 1.0 / self.dispersion.max(POISSON));
        let rise = if self.dispersion < POISSON { ln(self.mean) } else { ln(self.mean) - ln(r + self.mean) };
        while all.len() < MOST {
            sum += if at < -600.0 { 0.0 } else { exp(at) };
            all.push(f64::min(sum, 1.0));
            // Sums of many small numbers may stop a little short of 1.
            if sum > 1.0 - 1e-6 || (all.len() as f64 > self.mean && at < -40.0) {
                break;
            }
            let next = all.len() as f64;
            at += rise - ln(next);
            at += if self.dispersion < POISSON { 0.0 } else { ln(next - 1.0 + r) };
        }
        all
    }
}

/// The least count whose cumulative probability reaches `p`.
pub fn quantile(cumulative: &[f64], p: f64) -> u64 {
    cumulative.partition_point(|f| *f < p).min(cumulative.len().saturating_sub(1)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_the_textbook() {
        // r = 2, mean 2: success 1/2, p(0) = 1/4, p(1) = 1/4, p(2) = 3/16.
        let nb = NegativeBinomial::new(2.0, 0.5);
        for (y, p) in [(0, 0.25), (1, 0.25), (2, 0.1875)] {
            assert!((nb.probability(y) - p).abs() < 1e-12, "{y}");
        }
        let cumulative = nb.cumulative();
        assert!((cumulative[2] - 0.6875).abs() < 1e-12);
        assert_eq!(
            (quantile(&cumulative, 0.25), quantile(&cumulative, 0.5), quantile(&cumulative, 0.6)),
            (0, 1, 2)
        );
        let poisson = NegativeBinomial::new(3.0, 0.0);
        assert!((poisson.probability(2) - 4.5 * (-3.0f64).exp()).abs() < 1e-12);
    }

    #[test]
    fn sums_are_one_however_large_the_mean() {
        for (mean, dispersion) in [(0.01, 5.0), (1.0, 0.0), (700.0, 0.0), (5000.0, 0.3), (40_000.0, 1.5)] {
            let cumulative = NegativeBinomial::new(mean, dispersion).cumulative();
            let last = *cumulative.last().unwrap();
            assert!((last - 1.0).abs() < 1e-4, "{mean} {dispersion}: {last}");
            let middle = quantile(&cumulative, 0.5) as f64;
            assert!(middle <= mean.max(1.0) * 1.01, "{mean} {dispersion}: {middle}");
        }
        for (mean, dispersion) in [(f64::NAN, 1.0), (0.0, 0.0), (-1.0, -1.0), (f64::INFINITY, f64::NAN)] {
            let nb = NegativeBinomial::new(mean, dispersion);
            assert!(nb.ln_probability(3).is_finite() && nb.mean().is_finite());
        }
    }
}
