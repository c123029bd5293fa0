//! Counts forecast again and again from all that came before, scored by what came.

use super::model::{Baseline, CountModel, active, rows, signs};
use super::negative_binomial::{NegativeBinomial, quantile};
use super::panel::Panel;
use crate::scoring::{crps, ignorance, interval_score, skill};

/// Times that parameters are learned anew.
const FITS: usize = 12;
/// Periods before the first forecast.
const FIRST: usize = 6;

/// Means over all forecasts of one forecaster.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    /// How many.
    pub forecasts: usize,
    /// Continuous ranked probability score, in events.
    pub crps: f64,
    /// Ignorance, in bits.
    pub ignorance: f64,
    /// Interval score of the central 50 and 90 % intervals, in events.
    pub interval: [f64; 2],
    /// Share of outcomes within the 50 and 90 % intervals, 0 to 1.
    pub coverage: [f64; 2],
    /// Share that the forecasts themselves gave those intervals: counts are whole, so it is above 0.5 and 0.9.
    pub expected: [f64; 2],
}

/// A baseline, and how the model does on the forecasts that it made too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Which.
    pub baseline: Baseline,
    /// Its scores.
    pub measured: Measured,
    /// Skill of the model against it: by CRPS, ignorance and the 90 % interval score; none where it had nothing to say.
    pub skill: Option<[Option<f64>; 3]>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Periods forecast.
    pub periods: usize,
    /// Series forecast at least once.
    pub series: usize,
    /// The model.
    pub model: Measured,
    /// What anybody could have said.
    pub baselines: [Comparison; 3],
}

#[derive(Default)]
struct Sum(Measured);

impl Sum {
    fn add(&mut self, forecast: &NegativeBinomial, outcome: u32) {
        let (table, y) = (forecast.cumulative(), u64::from(outcome));
        let own = &mut self.0;
        own.forecasts += 1;
        own.crps += crps(&table, y);
        own.ignorance += ignorance(forecast.probability(y));
        for (at, share) in [0.5, 0.9].into_iter().enumerate() {
            let (low, high) = (quantile(&table, (1.0 - share) / 2.0), quantile(&table, (1.0 + share) / 2.0));
            own.interval[at] += interval_score(low as f64, high as f64, f64::from(outcome), 1.0 - share);
            own.coverage[at] += f64::from(u8::from((low..=high).contains(&y)));
            let below = low.checked_sub(1).map_or(0.0, |k| table[k as usize]);
            own.expected[at] += table[high as usize] - below;
        }
    }

    fn mean(&self) -> Measured {
        let n = self.0.forecasts.max(1) as f64;
        let both = |pair: [f64; 2]| pair.map(|x| x / n);
        Measured {
            forecasts: self.0.forecasts,
            crps: self.0.crps / n,
            ignorance: self.0.ignorance / n,
            interval: both(self.0.interval),
            coverage: both(self.0.coverage),
            expected: both(self.0.expected),
        }
    }
}

/// Forecasts every period of the second half (but none of the first six), one period ahead, for the series with most events
/// until then; parameters are learned from earlier periods alone. None where there is nothing to forecast or to learn from.
pub fn backtest(panel: &Panel) -> Option<Backtest> {
    let first = FIRST.max(panel.periods / 2);
    let every = panel.periods.saturating_sub(first).div_ceil(FITS).max(1);
    let mut model: Option<CountModel> = None;
    let mut own = Sum::default();
    // Each baseline, and the model where that baseline spoke.
    let mut pairs: [(Sum, Sum); 3] = Default::default();
    let (mut forecast, mut periods) = (std::collections::BTreeSet::new(), 0);
    for known in first..panel.periods {
        if (known - first).is_multiple_of(every) {
            model = CountModel::fit(&rows(panel, known, 1)).or(model);
        }
        let Some(model) = &model else { continue };
        let before = own.0.forecasts;
        for at in active(panel, known) {
            let series = &panel.series[at].1;
            let Some(row) = signs(series, known, 1, panel.season) else { continue };
            let (ours, outcome) = (model.forecast(&row), series[known]);
            own.add(&ours, outcome);
            forecast.insert(at);
            for (baseline, (theirs, beside)) in Baseline::ALL.into_iter().zip(&mut pairs) {
                if let Some(said) = model.baseline(baseline, &row) {
                    theirs.add(&said, outcome);
                    beside.add(&ours, outcome);
                }
            }
        }
        periods += usize::from(own.0.forecasts > before);
    }
    if own.0.forecasts == 0 {
        return None;
    }
    let compared = |at: usize| {
        let (theirs, ours) = (pairs[at].0.mean(), pairs[at].1.mean());
        let skills = [
            skill(ours.crps, theirs.crps),
            skill(ours.ignorance, theirs.ignorance),
            skill(ours.interval[1], theirs.interval[1]),
        ];
        Comparison {
            baseline: Baseline::ALL[at],
            measured: theirs,
            skill: (theirs.forecasts > 0).then_some(skills),
        }
    };
    Some(Backtest {
        periods,
        series: forecast.len(),
        model: own.mean(),
        baselines: std::array::from_fn(compared),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::panel::Key;
    use proptest::prelude::*;

    fn panel(series: Vec<Vec<u32>>, season: Option<usize>) -> Panel {
        let periods = series[0].len();
        let series = series.into_iter().zip(0..).map(|(counts, at)| (Key::Actor(at), counts)).collect();
        Panel { series, periods, season }
    }

    #[test]
    fn a_season_is_worth_more_than_the_last_count() {
        let wave = |at: u32| (0..48).map(|t| if t % 4 == at % 4 { 20 + t % 3 } else { 2 }).collect();
        let found = backtest(&panel((0..12).map(wave).collect(), Some(4))).unwrap();
        assert_eq!((found.periods, found.series, found.model.forecasts), (24, 12, 288));
        let [last, mean, seasonal] = found.baselines;
        assert!(last.skill.unwrap()[0].unwrap() > 0.5 && mean.skill.unwrap()[0].unwrap() > 0.5);
        assert!(seasonal.skill.unwrap()[1].unwrap() > -0.1);
        assert!(found.model.coverage[1] >= 0.9 && found.model.expected[1] >= 0.9);
        // Without a season nobody can speak of it.
        let none = backtest(&panel((0..12).map(wave).collect(), None)).unwrap();
        assert_eq!(none.baselines[2].skill, None);
    }

    #[test]
    fn what_cannot_be_told_is_none_and_never_no_number() {
        assert_eq!(backtest(&panel(vec![vec![]], None)), None);
        assert_eq!(backtest(&panel(vec![vec![0; 40]], None)), None);
        assert_eq!(backtest(&panel(vec![vec![9; 4]], None)), None);
        let same = backtest(&panel(vec![vec![3; 40]], Some(12))).unwrap();
        let numbers = [same.model.crps, same.model.ignorance, same.model.interval[0], same.model.interval[1]];
        assert!(numbers.iter().all(|x| x.is_finite()), "{same:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn forecasts_read_nothing_of_their_period_or_later(
            past in prop::collection::vec(prop::collection::vec(0u32..9, 12), 3..6),
            one in 0u32..50,
            other in 0u32..50,
        ) {
            let told = |future: u32| {
                let longer = past.iter().map(|counts| [&counts[..], &[future; 3]].concat()).collect();
                let panel = panel(longer, Some(4));
                let model = CountModel::fit(&rows(&panel, 12, 1));
                let row = signs(&panel.series[0].1, 12, 1, panel.season);
                (active(&panel, 12), model.zip(row).map(|(model, row)| model.forecast(&row)))
            };
            prop_assert_eq!(told(one), told(other));
        }
    }
}
