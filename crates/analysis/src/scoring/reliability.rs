//! Do events with the probability 0.3 come three times in ten? Forecasts sorted into bins, each with what came.

use super::proper::log_loss;

/// Forecasts of about the same probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean probability that was forecast.
    pub forecast: f64,
    /// Share that came true.
    pub observed: f64,
    /// How many.
    pub cases: usize,
}

/// Probabilities against outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// Forecasts.
    pub cases: usize,
    /// Those that came true.
    pub happened: usize,
    /// Mean of `(p - y)²` (Brier 1950), 0 to 1.
    pub brier: f64,
    /// Mean loss in nats.
    pub log_loss: f64,
    /// Expected calibration error: mean distance of forecast and outcome over the bins, weighted by their cases, 0 to 1
    /// (Naeini, Cooper and Hauskrecht, AAAI 2015; bins of equal numbers).
    pub error: f64,
    /// Ten bins of about equal numbers, lowest probabilities first; equal probabilities share a bin.
    pub bins: Vec<Bin>,
}

const BINS: usize = 10;

impl Reliability {
    /// Of forecasts and whether they came true; none without a forecast.
    pub fn of(forecasts: &[(f64, bool)]) -> Option<Self> {
        if forecasts.is_empty() {
            return None;
        }
        let n = forecasts.len();
        let y = |came: bool| f64::from(u8::from(came));
        let brier = forecasts.iter().map(|(p, came)| (p - y(*came)).powi(2)).sum::<f64>() / n as f64;
        let loss = |(p, came): &(f64, bool)| log_loss(if *came { *p } else { 1.0 - p });
        let mut sorted = forecasts.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut bins, mut start) = (Vec::new(), 0);
        for bin in 1..=BINS {
            let mut end = (bin * n / BINS).max(start);
            while end > start && end < n && sorted[end].0 == sorted[end - 1].0 {
                end += 1;
            }
            if end > start {
                let part = &sorted[start..end];
                let mean = |f: &dyn Fn(&(f64, bool)) -> f64| part.iter().map(f).sum::<f64>() / part.len() as f64;
                bins.push(Bin { forecast: mean(&|one| one.0), observed: mean(&|one| y(one.1)), cases: part.len() });
                start = end;
            }
        }
        let error = bins.iter().map(|bin| (bin.forecast - bin.observed).abs() * bin.cases as f64).sum::<f64>();
        Some(Self {
            cases: n,
            happened: forecasts.iter().filter(|(_, came)| *came).count(),
            brier,
            log_loss: forecasts.iter().map(loss).sum::<f64>() / n as f64,
            error: error / n as f64,
            bins,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_counted_as_by_hand() {
        // Ten forecasts of 0.2 of which three come, ten of 0.8 of which eight come.
        let cases: Vec<(f64, bool)> =
            (0..10).map(|at| (0.2, at < 3)).chain((0..10).map(|at| (0.8, at < 8))).collect();
        let found = Reliability::of(&cases).unwrap();
        assert_eq!((found.cases, found.happened, found.bins.len()), (20, 11, 2));
        assert_eq!((found.bins[0].observed, found.bins[1].observed), (0.3, 0.8));
        assert!((found.error - 0.05).abs() < 1e-12);
        // (3 · 0.64 + 7 · 0.04 + 8 · 0.04 + 2 · 0.64) / 20.
        assert!((found.brier - 0.19).abs() < 1e-12);
        assert_eq!(Reliability::of(&[]), None);
        let sure = Reliability::of(&[(0.0, true)]).unwrap();
        assert!(sure.log_loss.is_finite() && sure.error == 1.0);
    }
}
