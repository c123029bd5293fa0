//! Outlooks on a rolling origin: at every landmark of the second half, learned from what was known by then, and scored
//! by what came.

use super::landmark::{Case, Plan};
use super::numeric::{exp, ln};
use super::outlook::{CannotTell, Outlook, Prospect};
use crate::scoring::{Reliability, crps, log_loss, skill};

/// Times that a triple must have happened for its timing to be scored.
pub const KNOWN: u32 = 3;

/// A case, what was said of it, and what anybody could have said who knows only how often it had happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'a> {
    /// The case and what came of it.
    pub case: &'a Case,
    /// What was said.
    pub prospect: Prospect,
    /// The base rate's word: a chance each step of (times + 1/2) / (steps + 1).
    pub base: Prospect,
}

/// Whether it happens within the horizon: probabilities against outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances {
    /// Calibrated.
    pub calibrated: Reliability,
    /// As the hazard says it.
    pub raw: Reliability,
    /// By the base rate of each triple.
    pub base: Reliability,
}

/// When it happens: of triples that happened before at least [`KNOWN`] times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// How many.
    pub cases: usize,
    /// Those that happened within the horizon.
    pub happened: usize,
    /// Mean loss of the step in which it came, or of none within the horizon; in nats.
    pub log_loss: f64,
    /// Mean continuous ranked probability score of the lag, cut at the horizon; in steps.
    pub crps: f64,
    /// Share of lags within the 50 and 90 % intervals, 0 to 1.
    pub coverage: [f64; 2],
    /// What the forecasts themselves gave those intervals: steps are whole, so it is above 0.5 and 0.9.
    pub expected: [f64; 2],
}

/// What was said at each landmark from the half of all steps on whose horizon ends by `end`, in the order of the cases.
/// The outlook is learned anew at every landmark that is a horizon after the last.
pub fn said<'a>(cases: &'a [Case], plan: &Plan, end: u32) -> Result<Vec<Said<'a>>, CannotTell> {
    let (mut said, mut outlook, mut learned): (_, Option<Outlook>, u32) = (Vec::new(), None, 0);
    let mut why = CannotTell::TooFew { cases: 0, happened: 0 };
    for cases_here in cases.chunk_by(|a, b| a.landmark == b.landmark) {
        let landmark = cases_here[0].landmark;
        if landmark < end / 2 || landmark.saturating_add(plan.horizon) > end {
            continue;
        }
        if outlook.is_none() || landmark >= learned.saturating_add(plan.horizon) {
            match Outlook::learn(cases, plan.horizon, landmark, outlook.as_ref()) {
                Ok(found) => (outlook, learned) = (Some(found), landmark),
                Err(reason) => why = reason,
            }
        }
        let Some(outlook) = &outlook else { continue };
        said.extend(cases_here.iter().map(|case| Said {
            case,
            prospect: outlook.prospect(case),
            base: base(case, plan.horizon),
        }));
    }
    if said.is_empty() { Err(why) } else { Ok(said) }
}

fn base(case: &Case, horizon: u32) -> Prospect {
    let rate = (f64::from(case.seen) + 0.5) / (f64::from(case.landmark) + 1.0);
    let stays = ln(1.0 - rate.min(0.999));
    let by: Vec<f64> = (1..=horizon).map(|lag| 1.0 - exp(stays * f64::from(lag))).collect();
    Prospect { raw: by.last().copied().unwrap_or(0.0), by }
}

impl Chances {
    /// Of all that was said; none if that is nothing.
    pub fn of(said: &[Said<'_>]) -> Option<Self> {
        let of = |p: &dyn Fn(&Said<'_>) -> f64| {
            let pairs: Vec<(f64, bool)> = said.iter().map(|one| (p(one), one.case.lag.is_some())).collect();
            Reliability::of(&pairs)
        };
        Some(Self {
            calibrated: of(&|one| one.prospect.probability())?,
            raw: of(&|one| one.prospect.raw)?,
            base: of(&|one| one.base.probability())?,
        })
    }

    /// Skill against the base rate, by Brier score and by log loss.
    pub fn skill(&self) -> [Option<f64>; 2] {
        [skill(self.calibrated.brier, self.base.brier), skill(self.calibrated.log_loss, self.base.log_loss)]
    }
}

impl Timing {
    /// Of the triples that happened often enough before, as said by the outlook and by the base rate; none without one.
    pub fn of(said: &[Said<'_>]) -> Option<(Self, Self)> {
        let known: Vec<&Said<'_>> = said.iter().filter(|one| one.case.seen >= KNOWN).collect();
        let of = |by: &dyn Fn(&Said<'_>) -> Prospect| Self::mean(known.iter().map(|one| (one.case, by(one))));
        (!known.is_empty()).then(|| (of(&|one| one.prospect.clone()), of(&|one| one.base.clone())))
    }

    fn mean<'a>(said: impl Iterator<Item = (&'a Case, Prospect)>) -> Self {
        let mut sum =
            Self { cases: 0, happened: 0, log_loss: 0.0, crps: 0.0, coverage: [0.0; 2], expected: [0.0; 2] };
        for (case, prospect) in said {
            let by = |lag: u32| {
                lag.checked_sub(1).map_or(0.0, |at| prospect.by.get(at as usize).copied().unwrap_or(1.0))
            };
            let beyond = prospect.by.len() as u32 + 1;
            let lag = case.lag.unwrap_or(beyond);
            sum.cases += 1;
            sum.happened += usize::from(case.lag.is_some());
            sum.log_loss += log_loss(by(lag) - by(lag - 1));
            sum.crps += crps(&prospect.by, u64::from(lag - 1));
            for (at, share) in [0.5, 0.9].into_iter().enumerate() {
                let (low, high) = prospect.interval(share);
                let (low, high) = (low.unwrap_or(beyond), high.unwrap_or(beyond));
                sum.coverage[at] += f64::from(u8::from((low..=high).contains(&lag)));
                sum.expected[at] += by(high) - by(low - 1);
            }
        }
        let n = sum.cases.max(1) as f64;
        Self {
            log_loss: sum.log_loss / n,
            crps: sum.crps / n,
            coverage: sum.coverage.map(|x| x / n),
            expected: sum.expected.map(|x| x / n),
            ..sum
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::landmark::SIGNS;

    #[test]
    fn timing_is_scored_as_by_hand() {
        let case =
            |lag| Case { landmark: 9, subject: 0, relation: 0, object: 1, seen: 3, signs: [0.0; SIGNS], lag };
        let prospect = Prospect { raw: 0.9, by: vec![0.5, 0.75, 0.9] };
        let (came, did_not) = (case(Some(2)), case(None));
        let found = Timing::mean([(&came, prospect.clone()), (&did_not, prospect)].into_iter());
        assert_eq!((found.cases, found.happened), (2, 1));
        // -ln 0.25 and -ln 0.1; (0.5² + 0.25² + 0.1²) and (0.5² + 0.75² + 0.9²).
        assert!((found.log_loss - (4f64.ln() + 10f64.ln()) / 2.0).abs() < 1e-9);
        assert!((found.crps - (0.3225 + 1.6225) / 2.0).abs() < 1e-9);
        // 25 % is reached at lag 1, 75 % at 2: one of two lies inside. 90 % runs from 1 to beyond the horizon.
        assert_eq!((found.coverage, found.expected), ([0.5, 1.0], [0.75, 1.0]));
        let base = base(&came, 2);
        assert!((base.by[1] - (1.0 - 0.65 * 0.65)).abs() < 1e-12);
        assert_eq!(Timing::of(&[]), None);
    }
}
