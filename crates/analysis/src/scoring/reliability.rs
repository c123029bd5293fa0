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
    /// (Naeini, Cooper and Hauskrecht, AAAI 2015).
    pub error: f64,
    /// Bins that have a case, lowest probabilities first; they end at 1, 2, 5, 10, 20 and then every 10 percent, because
    /// what can happen is seldom likely.
    pub bins: Vec<Bin>,
}

const ENDS: [f64; 13] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, f64::INFINITY];

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
        let (mut bins, mut rest) = (Vec::new(), &sorted[..]);
        for end in ENDS {
            let (part, more) = rest.split_at(rest.partition_point(|(p, _)| *p < end));
            rest = more;
            if !part.is_empty() {
                let mean =
                    |f: &dyn Fn(&(f64, bool)) -> f64| part.iter().map(f).sum::<f64>() / part.len() as f64;
                bins.push(Bin {
                    forecast: mean(&|one| one.0),
                    observed: mean(&|one| y(one.1)),
                    cases: part.len(),
                });
            }
        }
        let error =
            bins.iter().map(|bin| (bin.forecast - bin.observed).abs() * bin.cases as f64).sum::<f64>();
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
