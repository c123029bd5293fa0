//! What the past of a series says about its next periods, learned over many series, and the forecasts of anybody.

use super::negative_binomial::NegativeBinomial;
use super::panel::Panel;
use crate::forecast::numeric::{exp, ln};

/// Events that a series must have had to be forecast.
pub const SMALLEST: u64 = 5;
/// Periods that must have gone by.
const PERIODS: usize = 3;
/// Rows, and events in them, that it takes to learn from.
const ROWS: usize = 10;
const EVENTS: u64 = 20;
/// Series that are learned from at most, those with most events first.
const SERIES: usize = 200;
/// Rows on which scatter is measured at most.
const MEASURED: usize = 1500;

/// What a series looked like before its forecast, and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// One; the last count; the mean fading by a half, and by a fifth, a period; the mean; the count of the season, or
    /// the mean where the season was not seen. In events a period.
    pub signs: [f64; SIGNS],
    /// What each of [`Baseline::ALL`] expects.
    pub baselines: [Option<f64>; 3],
    /// What came.
    pub outcome: u32,
}

const SIGNS: usize = 6;

/// A forecast that needs no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// As many as in the last period.
    Last,
    /// As many as in the mean of all periods.
    Mean,
    /// As many as in the same season before.
    Seasonal,
}

impl Baseline {
    /// All, in order.
    pub const ALL: [Baseline; 3] = [Baseline::Last, Baseline::Mean, Baseline::Seasonal];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Baseline::Last => "last",
            Baseline::Mean => "mean",
            Baseline::Seasonal => "seasonal",
        }
    }
}

/// What is known of a series after `known` periods for the period `ahead` (from 1) after the last of them, without the
/// outcome; none where too little happened.
pub fn signs(series: &[u32], known: usize, ahead: usize, season: Option<usize>) -> Option<Row> {
    let past = series.get(..known)?;
    if past.len() < PERIODS || past.iter().map(|y| u64::from(*y)).sum::<u64>() < SMALLEST {
        return None;
    }
    let mean = past.iter().map(|y| f64::from(*y)).sum::<f64>() / past.len() as f64;
    let faded = |rate: f64| past.iter().fold(mean, |level, y| level + rate * (f64::from(*y) - level));
    let last = f64::from(*past.last()?);
    // The nearest whole number of seasons that leads back to what is known.
    let seasonal = season.filter(|season| *season > 0).and_then(|season| {
        let back = season * ahead.div_ceil(season);
        (known - 1 + ahead).checked_sub(back).and_then(|at| past.get(at)).map(|y| f64::from(*y))
    });
    Some(Row {
        signs: [1.0, last, faded(0.5), faded(0.2), mean, seasonal.unwrap_or(mean)],
        baselines: [Some(last), Some(mean), seasonal],
        outcome: 0,
    })
}

/// All that `known` periods teach about forecasts so far ahead: for the most active series, every period of theirs that is
/// known, as it would have been forecast. Nothing of period `known` or later is read.
pub fn rows(panel: &Panel, known: usize, ahead: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for &at in &active(panel, known) {
        let series = &panel.series[at].1;
        for target in ahead..known {
            if let Some(row) = signs(series, target + 1 - ahead, ahead, panel.season) {
                rows.push(Row { outcome: series[target], ..row });
            }
        }
    }
    rows
}

/// The series with most events in the known periods, at least [`SMALLEST`] each.
pub(super) fn active(panel: &Panel, known: usize) -> Vec<usize> {
    let sum = |at: usize| panel.series[at].1[..known].iter().map(|y| u64::from(*y)).sum::<u64>();
    let mut all: Vec<(u64, usize)> = (0..panel.series.len()).map(|at| (sum(at), at)).collect();
    all.retain(|(events, _)| *events >= SMALLEST);
    all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    all.truncate(SERIES);
    all.into_iter().map(|(_, at)| at).collect()
}

/// How counts scatter about their mean: the variance is `mean + level · mean^(2 + power)` (between the kinds of
/// negative binomial models: Greene, Economics Letters 2008).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scatter {
    level: f64,
    power: f64,
}

impl Scatter {
    fn about(self, mean: f64) -> NegativeBinomial {
        let mean = mean.max(1e-6);
        NegativeBinomial::new(mean, self.level * exp(self.power * ln(mean)))
    }

    /// The likeliest for these means and outcomes, by golden sections in turn.
    fn fit(cases: &[(f64, u32)]) -> Self {
        let stride = cases.len().div_ceil(MEASURED).max(1);
        let loss = |scatter: Scatter| -> f64 {
            let some = cases.iter().step_by(stride);
            some.map(|(mean, y)| -scatter.about(*mean).ln_probability(u64::from(*y))).sum()
        };
        let mut found = Scatter { level: 0.5, power: 0.0 };
        for _ in 0..2 {
            let level = least(-7.0, 3.0, |x| loss(Scatter { level: exp(x), ..found }));
            found.level = exp(level);
            found.power = least(-1.0, 0.3, |power| loss(Scatter { power, ..found }));
        }
        found
    }
}

/// Where a function of one valley is least, by sixteen golden sections.
fn least(mut low: f64, mut high: f64, of: impl Fn(f64) -> f64) -> f64 {
    const GOLD: f64 = 0.618_033_988_749_894_8;
    let at = |low: f64, high: f64| (high - GOLD * (high - low), low + GOLD * (high - low));
    let (mut a, mut b) = at(low, high);
    let (mut fa, mut fb) = (of(a), of(b));
    for _ in 0..16 {
        if fa <= fb {
            (high, b, fb) = (b, a, fa);
            a = at(low, high).0;
            fa = of(a);
        } else {
            (low, a, fa) = (a, b, fb);
            b = at(low, high).1;
            fb = of(b);
        }
    }
    (low + high) / 2.0
}

/// What signs are worth: the mean is their weighted sum, weights at least 0, and counts scatter about it.
#[derive(Debug, Clone, PartialEq)]
pub struct CountModel {
    weights: [f64; SIGNS],
    scatter: Scatter,
    floors: [(f64, Scatter); 3],
}

impl CountModel {
    /// Learns from rows by the likelihood of negative binomial counts; none from fewer than ten, or where fewer than
    /// twenty events came in all of them. Weights are changed by the ratio of what the likelihood wants more and less of
    /// each (as for Poisson means: Lee and Seung, NIPS 2000); the constant stays at half an event over all rows or more, so
    /// that what never came is not held impossible.
    pub fn fit(rows: &[Row]) -> Option<Self> {
        if rows.len() < ROWS || rows.iter().map(|row| u64::from(row.outcome)).sum::<u64>() < EVENTS {
            return None;
        }
        let mut weights = [0.05, 0.2, 0.2, 0.2, 0.2, 0.2];
        let mut scatter = Scatter { level: 0.5, power: 0.0 };
        let mean = |weights: &[f64; SIGNS], row: &Row| -> f64 {
            weights.iter().zip(&row.signs).map(|(w, x)| w * x).sum::<f64>().max(1e-6)
        };
        for round in 0..3 {
            for _ in 0..40 {
                let (mut more, mut less) = ([0.0; SIGNS], [0.0; SIGNS]);
                for row in rows {
                    let mu = mean(&weights, row);
                    let spread = 1.0 + scatter.level * exp((1.0 + scatter.power) * ln(mu));
                    for at in 0..SIGNS {
                        more[at] += row.signs[at] * f64::from(row.outcome) / (mu * spread);
                        less[at] += row.signs[at] / spread;
                    }
                }
                for at in 0..SIGNS {
                    weights[at] *= ((more[at] + 1e-9) / (less[at] + 1e-9)).clamp(0.2, 5.0);
                }
                weights[0] = weights[0].max(0.5 / rows.len() as f64);
            }
            let cases: Vec<(f64, u32)> = rows.iter().map(|row| (mean(&weights, row), row.outcome)).collect();
            scatter = Scatter::fit(&cases);
            if round > 0 && rows.len() > 20_000 {
                break;
            }
        }
        let floors = std::array::from_fn(|at| floor(rows, at));
        Some(Self { weights, scatter, floors })
    }

    /// The forecast.
    pub fn forecast(&self, row: &Row) -> NegativeBinomial {
        self.scatter.about(self.weights.iter().zip(&row.signs).map(|(w, x)| w * x).sum())
    }

    /// A baseline's forecast: what it expects, but not below a least mean, with scatter of its own, both learned from
    /// the same rows. None where it has nothing to say.
    pub fn baseline(&self, baseline: Baseline, row: &Row) -> Option<NegativeBinomial> {
        let (floor, scatter) = self.floors[baseline as usize];
        row.baselines[baseline as usize].map(|mean| scatter.about(mean.max(floor)))
    }
}

fn floor(rows: &[Row], at: usize) -> (f64, Scatter) {
    let known: Vec<(f64, u32)> =
        rows.iter().filter_map(|row| Some((row.baselines[at]?, row.outcome))).collect();
    let stride = known.len().div_ceil(MEASURED).max(1);
    let mut best = (f64::INFINITY, 0.1, Scatter { level: 0.5, power: 0.0 });
    for floor in [0.03, 0.1, 0.3, 1.0] {
        let cases: Vec<(f64, u32)> =
            known.iter().step_by(stride).map(|(mean, y)| (mean.max(floor), *y)).collect();
        let scatter = Scatter::fit(&cases);
        let loss: f64 = cases.iter().map(|(m, y)| -scatter.about(*m).ln_probability(u64::from(*y))).sum();
        if loss < best.0 {
            best = (loss, floor, scatter);
        }
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::panel::Key;

    #[test]
    fn signs_are_those_of_the_known_periods() {
        let series = [2, 0, 4, 6, 100];
        let row = signs(&series, 4, 1, Some(2)).unwrap();
        assert_eq!(row.baselines, [Some(6.0), Some(3.0), Some(4.0)]);
        // Three periods ahead of the fourth is the seventh: two seasons back lies the third.
        assert_eq!(signs(&series, 4, 3, Some(2)).unwrap().baselines[2], Some(4.0));
        assert_eq!(signs(&series, 4, 1, Some(12)).unwrap().baselines[2], None);
        assert_eq!(signs(&series, 2, 1, None), None);
        assert_eq!(signs(&[0, 1, 0, 1], 4, 1, None), None);
        assert_eq!(signs(&series, 9, 1, None), None);
    }

    #[test]
    fn weights_and_scatter_are_found_again() {
        // Forty series that alternate about means of their own: the mean is worth more than the last count.
        let mut state = 7u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1u64 << 24) as f64
        };
        let series = (0..40u32).map(|at| {
            let mean = 4.0 + f64::from(at);
            let counts = (0..30).map(|_| {
                let table = NegativeBinomial::new(mean, 0.2).cumulative();
                super::super::negative_binomial::quantile(&table, draw()) as u32
            });
            (Key::Actor(at), counts.collect())
        });
        let panel = Panel { series: series.collect(), periods: 30, season: None };
        let rows = rows(&panel, 30, 1);
        let model = CountModel::fit(&rows).unwrap();
        let total: f64 = model.weights[2..].iter().sum();
        assert!(total > 0.8 && model.weights[1] < 0.15, "{:?}", model.weights);
        let forecast = model.forecast(&signs(&panel.series[20].1, 30, 1, None).unwrap());
        assert!((forecast.mean() - 24.0).abs() < 5.0, "{forecast:?}");
        let variance = model.scatter.level * 24f64.powf(2.0 + model.scatter.power);
        assert!((60.0..260.0).contains(&variance), "{variance}");
        assert_eq!(CountModel::fit(&rows[..5]), None);
    }
}
