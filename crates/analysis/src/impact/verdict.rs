//! What the three ways of looking say together.

use super::CannotTell;
use super::placebo::{PlaceboDates, placebo_dates};
use super::regression::{Segmented, segmented};
use super::synthetic::{Donor, Synthetic, synthetic_control};

/// Chances up to this count as a sign.
const SIGN: f64 = 0.1;
/// Events that it takes.
const EVENTS: u64 = 10;
/// Periods after the date that are looked at in any case.
const NEAR: usize = 5;

/// What the data say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It rose: all ways that could be gone agree.
    Rose,
    /// It fell: all ways that could be gone agree.
    Fell,
    /// The ways disagree.
    Disagree,
    /// No way finds more than chance would bring.
    NoSign,
    /// The data cannot tell.
    CannotTell,
}

/// A series before and after a date, in every way.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The regression with a break.
    pub regression: Result<Segmented, CannotTell>,
    /// Breaks at other dates.
    pub dates: Result<PlaceboDates, CannotTell>,
    /// The comparison with other series.
    pub synthetic: Result<Synthetic, CannotTell>,
    /// All together.
    pub verdict: Verdict,
}

/// Looks at a series in every way. `events` is how many events it stands on; `counts` says that it cannot be below 0. Fails
/// where the events are too few for any.
///
/// The line before the date is carried on no further than half of what it was fitted to.
pub fn assess(
    before: &[f64],
    after: &[f64],
    donors: &[Donor],
    events: u64,
    counts: bool,
) -> Result<Assessment, CannotTell> {
    if events < EVENTS {
        return Err(CannotTell::FewEvents { found: events, needed: EVENTS });
    }
    let near = &after[..after.len().min((before.len() / 2).max(NEAR))];
    let regression = segmented(before, near).and_then(|fit| {
        let below = fit.expected.iter().sum::<f64>() < 0.0;
        if counts && below { Err(CannotTell::BelowNothing) } else { Ok(fit) }
    });
    let dates = placebo_dates(before, after);
    let synthetic = synthetic_control(before, after, donors);
    let mut signs: Vec<Option<bool>> = Vec::new();
    let mut look = |p: f64, effect: f64| signs.push((p <= SIGN && effect != 0.0).then_some(effect > 0.0));
    if let Ok(fit) = &regression {
        look(fit.effect.p, fit.effect.value);
    }
    if let Ok(dates) = &dates {
        // Among few dates the real one may stand out as far as it can and still count for little: then they abstain.
        let least = 1.0 / (1 + dates.effects.len()) as f64;
        if dates.p > least || least <= SIGN {
            look(dates.p, dates.effect);
        }
    }
    if let Ok(synthetic) = &synthetic {
        look(synthetic.p, synthetic.effect);
    }
    // One way alone can be wrong about too much.
    let verdict = match signs[..] {
        [] | [_] => Verdict::CannotTell,
        _ if signs.iter().all(|sign| *sign == Some(true)) => Verdict::Rose,
        _ if signs.iter().all(|sign| *sign == Some(false)) => Verdict::Fell,
        _ if signs.iter().all(Option::is_none) => Verdict::NoSign,
        _ => Verdict::Disagree,
    };
    Ok(Assessment { regression, dates, synthetic, verdict })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: u32) -> Vec<f64> {
        (0..n).map(|t| f64::from(t * 7 % 5)).collect()
    }

    #[test]
    fn a_step_rises_or_falls_and_noise_gives_no_sign() {
        let (before, after) = (noise(30), noise(10));
        let moved = |by: f64| after.iter().map(|v| v + by).collect::<Vec<_>>();
        let verdict = |after: &[f64]| assess(&before, after, &[], 100, false).unwrap().verdict;
        assert_eq!(verdict(&moved(30.0)), Verdict::Rose);
        assert_eq!(verdict(&moved(-30.0)), Verdict::Fell);
        assert_eq!(verdict(&after), Verdict::NoSign);
    }

    #[test]
    fn no_line_is_carried_below_nothing_or_too_far() {
        let falling: Vec<f64> = (0..20).map(|t| 20.0 - f64::from(t) + f64::from(t % 3)).collect();
        let found = assess(&falling, &[0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0], &[], 100, true).unwrap();
        assert_eq!(found.regression, Err(CannotTell::BelowNothing));
        let found = assess(&noise(20), &noise(40), &[], 100, true).unwrap();
        assert_eq!(found.regression.unwrap().expected.len(), 10);
    }

    #[test]
    fn few_dates_abstain_where_they_could_say_no_more() {
        let (before, step) = (noise(15), [40.0, 41.0, 42.0, 40.0]);
        let found = assess(&before, &step, &[], 100, true).unwrap();
        let dates = found.dates.unwrap();
        assert!(dates.p > 0.1 && dates.effects.iter().all(|(_, effect)| effect.abs() < dates.effect));
        // The regression alone is no verdict.
        assert_eq!(found.verdict, Verdict::CannotTell);
    }

    #[test]
    fn too_little_is_said_to_be() {
        assert_eq!(
            assess(&noise(30), &noise(10), &[], 3, true),
            Err(CannotTell::FewEvents { found: 3, needed: 10 })
        );
        let short = assess(&noise(4), &noise(10), &[], 30, true).unwrap();
        assert_eq!(short.verdict, Verdict::CannotTell);
        assert!(short.regression.is_err() && short.dates.is_err() && short.synthetic.is_err());
        assert_eq!(assess(&[2.0; 30], &[2.0; 10], &[], 80, true).unwrap().verdict, Verdict::CannotTell);
    }
}
