//! Dates at which nothing happened: if breaks as large are found there, the break at the date says little.

use super::CannotTell;
use super::regression::{AFTER, BEFORE, segmented};

/// Dates that it takes.
const NEEDED: usize = 5;

/// How the break at the date compares.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceboDates {
    /// Effects at other dates, by the number of periods before the real one, earliest first.
    pub effects: Vec<(usize, f64)>,
    /// The effect at the real date over as many periods.
    pub effect: f64,
    /// Share of dates, the real one counted, with an effect at least as large: the smaller, the less chance explains.
    pub p: f64,
    /// Periods after each date that were looked at.
    pub reach: usize,
}

/// Looks for breaks at all dates before the real one that have enough periods around them.
pub fn placebo_dates(before: &[f64], after: &[f64]) -> Result<PlaceboDates, CannotTell> {
    // As many periods after each date as there are after the real one, but leave room to move.
    let reach = after.len().min((before.len() / 3).max(AFTER));
    let real = segmented(before, &after[..reach])?.effect.value;
    let dates = BEFORE..(before.len() + 1).saturating_sub(reach);
    let effects: Vec<(usize, f64)> = dates
        .filter_map(|at| {
            let effect = match segmented(&before[..at], &before[at..at + reach]) {
                Ok(fit) => fit.effect.value,
                Err(CannotTell::Constant) => 0.0,
                Err(_) => return None,
            };
            Some((before.len() - at, effect))
        })
        .collect();
    if effects.len() < NEEDED {
        return Err(CannotTell::FewDates { found: effects.len(), needed: NEEDED });
    }
    let larger = effects.iter().filter(|(_, effect)| effect.abs() >= real.abs()).count();
    let p = (1 + larger) as f64 / (1 + effects.len()) as f64;
    Ok(PlaceboDates { effects, effect: real, p, reach })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_step_stands_out_and_noise_does_not() {
        let noise: Vec<f64> = (0..40).map(|t| f64::from(t * 7 % 5)).collect();
        let stepped: Vec<f64> = noise[30..].iter().map(|v| v + 20.0).collect();
        let found = placebo_dates(&noise[..30], &stepped).unwrap();
        assert!(found.p <= 1.0 / 10.0, "{found:?}");
        let found = placebo_dates(&noise[..30], &noise[30..]).unwrap();
        assert!(found.p > 0.1, "{found:?}");
        assert!(matches!(placebo_dates(&noise[..8], &noise[8..14]), Err(CannotTell::FewDates { .. })));
        assert!(placebo_dates(&noise[..2], &noise[2..3]).is_err());
    }
}
