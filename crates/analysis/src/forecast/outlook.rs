//! What was learned at past landmarks, applied to new cases: whether something happens within the horizon, with a
//! probability that means what it says, and when.

use super::hazard::Hazard;
use super::landmark::Case;
use super::numeric::{exp, ln};
use crate::scoring::Calibration;

/// Events that must have been watched to learn from.
pub const FEWEST: usize = 20;
/// Cases that are learned from at most, evenly drawn.
const CASES: usize = 6000;

/// Why nothing can be forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotTell {
    /// Too little was watched.
    #[error(
        "of {cases} forecasts that could have been made before, {happened} came true; at least {FEWEST} must have, and as many must not"
    )]
    TooFew {
        /// Cases watched over the whole horizon.
        cases: usize,
        /// Those that happened.
        happened: usize,
    },
}

/// A hazard with a calibration learned on later landmarks than the hazard that it was learned for.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    hazard: Hazard,
    calibration: Calibration,
    horizon: u32,
}

/// The chance that something happened by each step.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospect {
    /// Before calibration: the chance that it happens within the horizon, 0 to 1.
    pub raw: f64,
    /// The calibrated chance that it happened by lag 1, 2, … up to the horizon: ascending, 0 to 1.
    pub by: Vec<f64>,
}

impl Prospect {
    /// The calibrated chance that it happens within the horizon.
    pub fn probability(&self) -> f64 {
        self.by.last().copied().unwrap_or(0.0)
    }

    /// The first lag by which the chance reaches `p`; none if it lies beyond the horizon.
    pub fn quantile(&self, p: f64) -> Option<u32> {
        let at = self.by.partition_point(|f| *f < p);
        (at < self.by.len()).then_some(at as u32 + 1)
    }

    /// The central interval of a share: first and last lag, none where beyond the horizon.
    pub fn interval(&self, share: f64) -> (Option<u32>, Option<u32>) {
        (self.quantile((1.0 - share) / 2.0), self.quantile((1.0 + share) / 2.0))
    }
}

impl Outlook {
    /// Learns from the cases whose outcome was known before step `now`; of others nothing is read. What is calibrated is
    /// what hazards said that were learned earlier on a rolling origin; the hazard is then learned anew from all. `from` is
    /// an earlier outlook to begin from.
    pub fn learn(cases: &[Case], horizon: u32, now: u32, from: Option<&Outlook>) -> Result<Self, CannotTell> {
        let known: Vec<&Case> =
            cases.iter().filter(|case| case.landmark.saturating_add(horizon) <= now).collect();
        let happened = known.iter().filter(|case| case.lag.is_some()).count();
        let too_few = CannotTell::TooFew { cases: known.len(), happened };
        if happened < FEWEST || known.len() - happened < FEWEST {
            return Err(too_few);
        }
        let begin = from.map(|from| &from.hazard);
        let calibration = Calibration::chosen(&tried(&known, horizon, begin));
        let hazard = Hazard::fit(&thinned(&known), horizon, begin).ok_or(too_few)?;
        Ok(Self { hazard, calibration, horizon })
    }

    /// What it says of a case. The calibrated chance at the horizon is carried to earlier lags by proportional hazards:
    /// survival to the power that meets it.
    pub fn prospect(&self, case: &Case) -> Prospect {
        let curve = self.hazard.curve(case, self.horizon);
        let raw = last(&curve);
        let survives = |p: f64| ln((1.0 - p).max(1e-12));
        let power = match survives(raw) {
            log if log < -1e-12 => survives(self.calibration.of(raw)) / log,
            _ => 1.0,
        };
        Prospect { raw, by: curve.into_iter().map(|f| 1.0 - exp(power * survives(f))).collect() }
    }

    /// How it was calibrated.
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }
}

/// Shares of the landmarks at which a hazard is learned anew, in twelfths, to see what it says of those after it.
const ORIGINS: [usize; 4] = [6, 8, 10, 12];

/// What hazards said of later landmarks than those whose outcome they were learned from, and what came; in the order of time.
fn tried(known: &[&Case], horizon: u32, begin: Option<&Hazard>) -> Vec<(f64, bool)> {
    let mut landmarks: Vec<u32> = known.iter().map(|case| case.landmark).collect();
    landmarks.dedup();
    let border =
        |twelfths: usize| landmarks.get(landmarks.len() * twelfths / 12).copied().unwrap_or(u32::MAX);
    let mut said = Vec::new();
    for pair in ORIGINS.windows(2) {
        let (from, until) = (border(pair[0]), border(pair[1]));
        let past = known.partition_point(|case| case.landmark.saturating_add(horizon) <= from);
        let Some(hazard) = Hazard::fit(&thinned(&known[..past]), horizon, begin) else { continue };
        let here = known.iter().filter(|case| (from..until).contains(&case.landmark));
        said.extend(here.map(|case| (last(&hazard.curve(case, horizon)), case.lag.is_some())));
    }
    said
}

fn last(curve: &[f64]) -> f64 {
    curve.last().copied().unwrap_or(0.0)
}

fn thinned<'a>(cases: &[&'a Case]) -> Vec<&'a Case> {
    let stride = cases.len().div_ceil(CASES).max(1);
    cases.iter().step_by(stride).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_lags_within_the_horizon() {
        let prospect = Prospect { raw: 0.7, by: vec![0.1, 0.3, 0.5, 0.7] };
        assert_eq!(
            (prospect.quantile(0.05), prospect.quantile(0.5), prospect.quantile(0.9)),
            (Some(1), Some(3), None)
        );
        assert_eq!((prospect.interval(0.5), prospect.probability()), ((Some(2), None), 0.7));
        assert_eq!(Prospect { raw: 0.0, by: Vec::new() }.quantile(0.5), None);
    }

    #[test]
    fn too_little_is_said_to_be_so() {
        let found = Outlook::learn(&[], 7, 100, None);
        assert_eq!(found, Err(CannotTell::TooFew { cases: 0, happened: 0 }));
        assert!(found.unwrap_err().to_string().contains("at least 20"));
    }
}
