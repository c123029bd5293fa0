//! Segmented regression: a line before the date, another after it, and errors that may follow each other.
//!
//! `y = b0 + b1 t + b2 after + b3 t after`, with `t` in periods from the date (Wagner et al., "Segmented regression analysis
//! of interrupted time series studies", Journal of Clinical Pharmacy and Therapeutics 27, 2002). Covariances are those of
//! Newey and West (Econometrica 55, 1987) with Bartlett's weights and `floor(4 (T/100)^(2/9))` lags, on errors divided by one
//! less their leverage (the HC3 of MacKinnon and White, Journal of Econometrics 29, 1985). In short series these are still
//! too small, so the larger of theirs and those of first-order autocorrelated errors counts. Quantiles are those of
//! Student's t with `T-k` degrees of freedom.

use super::student::{quantile, two_sided};
use super::{CannotTell, Estimate};

/// Periods before the date that it takes.
pub(super) const BEFORE: usize = 6;
/// Periods after the date that it takes.
pub(super) const AFTER: usize = 3;
/// Periods after the date from which on a slope of their own is fitted.
const SLOPED: usize = 5;

/// A fitted break.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmented {
    /// Change of the level at the date.
    pub level: Estimate,
    /// Change of the slope, a period; none where there are too few periods after the date.
    pub slope: Option<Estimate>,
    /// Mean distance after the date from where the line before it leads.
    pub effect: Estimate,
    /// Lags within which errors may follow each other.
    pub lags: usize,
    /// Where the line before the date leads, for each period after it.
    pub expected: Vec<f64>,
    /// The fitted values, for all periods.
    pub fitted: Vec<f64>,
}

/// Fits a break between the two parts of a series. Fails where there are too few periods, or where nothing varies.
pub fn segmented(before: &[f64], after: &[f64]) -> Result<Segmented, CannotTell> {
    if before.len() < BEFORE {
        return Err(CannotTell::FewPeriods { side: "before", found: before.len(), needed: BEFORE });
    }
    if after.len() < AFTER {
        return Err(CannotTell::FewPeriods { side: "after", found: after.len(), needed: AFTER });
    }
    let y: Vec<f64> = before.iter().chain(after).copied().collect();
    if y.iter().all(|value| *value == y[0]) {
        return Err(CannotTell::Constant);
    }
    let sloped = after.len() >= SLOPED;
    let row = |at: usize| {
        let t = at as f64 - before.len() as f64;
        let is_after = f64::from(u8::from(at >= before.len()));
        let mut row = vec![1.0, t, is_after];
        if sloped {
            row.push(t * is_after);
        }
        row
    };
    let x: Vec<Vec<f64>> = (0..y.len()).map(row).collect();
    let k = x[0].len();
    let mut square = vec![vec![0.0; k]; k];
    let mut right = vec![0.0; k];
    for (row, y) in x.iter().zip(&y) {
        for i in 0..k {
            right[i] += row[i] * y;
            (0..k).for_each(|j| square[i][j] += row[i] * row[j]);
        }
    }
    let inverse = invert(square);
    let b: Vec<f64> = inverse.iter().map(|row| dot(row, &right)).collect();
    let fitted: Vec<f64> = x.iter().map(|row| dot(row, &b)).collect();
    let residuals: Vec<f64> = y.iter().zip(&fitted).map(|(y, f)| y - f).collect();
    // A line follows the points that pull at it most; their errors are taken as what they would be without that.
    let pull = |row: &[f64]| inverse.iter().zip(row).map(|(of, x)| x * dot(of, row)).sum::<f64>();
    let errors: Vec<f64> =
        residuals.iter().zip(&x).map(|(error, row)| error / (1.0 - pull(row)).max(0.1)).collect();
    let t = y.len() as f64;
    let lags = ((4.0 * (t / 100.0).powf(2.0 / 9.0)).floor() as usize).min(y.len() / 4);
    let covariances = [newey_west(&x, &errors, &inverse, lags), first_order(&x, &residuals, &inverse)];
    let freedom = t - k as f64;
    let estimate = |weights: &[f64]| {
        let value = dot(weights, &b);
        let spread = |covariance: &Vec<Vec<f64>>| -> f64 {
            (0..k).map(|i| weights[i] * dot(&covariance[i], weights)).sum()
        };
        // Errors that cancel can leave a spread below 0 by a hair.
        let spread = covariances.iter().map(spread).fold(0.0, f64::max).sqrt();
        let reach = quantile(0.05, freedom) * spread;
        let p = match (spread > 0.0, value == 0.0) {
            (true, _) => two_sided(value / spread, freedom),
            (false, true) => 1.0,
            (false, false) => 0.0,
        };
        Estimate { value, low: value - reach, high: value + reach, p }
    };
    let unit = |at: usize| (0..k).map(|i| f64::from(u8::from(i == at))).collect::<Vec<_>>();
    let mut mean = unit(2);
    if sloped {
        mean[3] = (after.len() as f64 - 1.0) / 2.0;
    }
    Ok(Segmented {
        level: estimate(&unit(2)),
        slope: sloped.then(|| estimate(&unit(3))),
        effect: estimate(&mean),
        lags,
        expected: (0..after.len()).map(|t| b[0] + b[1] * t as f64).collect(),
        fitted,
    })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn newey_west(x: &[Vec<f64>], errors: &[f64], inverse: &[Vec<f64>], lags: usize) -> Vec<Vec<f64>> {
    let (n, k) = (x.len(), inverse.len());
    let mut middle = vec![vec![0.0; k]; k];
    for lag in 0..=lags {
        let weight = 1.0 - lag as f64 / (lags as f64 + 1.0);
        for t in lag..n {
            let product = weight * errors[t] * errors[t - lag];
            for i in 0..k {
                for j in 0..k {
                    let pair = x[t][i] * x[t - lag][j];
                    let turned = if lag == 0 { 0.0 } else { x[t - lag][i] * x[t][j] };
                    middle[i][j] += product * (pair + turned);
                }
            }
        }
    }
    let left: Vec<Vec<f64>> = inverse
        .iter()
        .map(|row| (0..k).map(|j| (0..k).map(|l| row[l] * middle[l][j]).sum()).collect())
        .collect();
    left.iter().map(|row| (0..k).map(|j| dot(row, &inverse[j])).collect()).collect()
}

/// The covariance if each error carries on a share of the one before. The share is corrected for what fitting takes from it
/// (Kendall, "Note on bias in the estimation of autocorrelation", Biometrika 41, 1954) and never taken as negative.
fn first_order(x: &[Vec<f64>], residuals: &[f64], inverse: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let (n, k) = (x.len(), inverse.len());
    let squares = dot(residuals, residuals);
    if squares == 0.0 {
        return vec![vec![0.0; k]; k];
    }
    let share = dot(&residuals[1..], &residuals[..n - 1]) / squares;
    let (size, regressors) = (n as f64, k as f64);
    let share = (share + (1.0 + regressors * share) / size + regressors / size).clamp(0.0, 0.97);
    // The matrix of powers of the share times the columns: what comes from before and what comes from after.
    let mut spread = x.to_vec();
    let mut earlier = vec![0.0; k];
    for (own, row) in spread.iter_mut().zip(x) {
        own.iter_mut().zip(&earlier).for_each(|(sum, part)| *sum += share * part);
        earlier.iter_mut().zip(row).for_each(|(part, value)| *part = share * *part + value);
    }
    let mut later = vec![0.0; k];
    for (own, row) in spread.iter_mut().zip(x).rev() {
        own.iter_mut().zip(&later).for_each(|(sum, part)| *sum += share * part);
        later.iter_mut().zip(row).for_each(|(part, value)| *part = share * *part + value);
    }
    let mut middle = vec![vec![0.0; k]; k];
    for (row, spread) in x.iter().zip(&spread) {
        for i in 0..k {
            (0..k).for_each(|j| middle[i][j] += row[i] * spread[j]);
        }
    }
    // Fitting takes so much from the sum of squares; what is left is its expectation in units of the variance.
    let taken: f64 = (0..k).map(|i| (0..k).map(|j| inverse[i][j] * middle[j][i]).sum::<f64>()).sum();
    let variance = squares / (size - taken).max(1.0);
    let left: Vec<Vec<f64>> = inverse
        .iter()
        .map(|row| (0..k).map(|j| (0..k).map(|l| row[l] * middle[l][j]).sum()).collect())
        .collect();
    left.iter().map(|row| (0..k).map(|j| variance * dot(row, &inverse[j])).collect()).collect()
}

/// The inverse of a small matrix, by elimination with the largest pivot.
fn invert(mut a: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let k = a.len();
    let mut inverse: Vec<Vec<f64>> =
        (0..k).map(|i| (0..k).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for column in 0..k {
        let pivot = (column..k).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs()));
        let pivot = pivot.unwrap_or(column);
        a.swap(column, pivot);
        inverse.swap(column, pivot);
        // With six periods before and three after the columns are independent.
        let turn = a[column][column];
        for j in 0..k {
            a[column][j] /= turn;
            inverse[column][j] /= turn;
        }
        for i in (0..k).filter(|&i| i != column) {
            let factor = a[i][column];
            for j in 0..k {
                a[i][j] -= factor * a[column][j];
                inverse[i][j] -= factor * inverse[column][j];
            }
        }
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_step_is_found() {
        let before = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0];
        let after = [6.0, 7.0, 6.0, 7.0, 6.0, 7.0];
        let fit = segmented(&before, &after).unwrap();
        assert!(fit.effect.low > 0.0 && fit.effect.p < 0.01, "{fit:?}");
        assert!((fit.effect.value - 5.0).abs() < 1.0);
        assert_eq!((fit.expected.len(), fit.fitted.len()), (6, 14));
    }

    /// Normal enough numbers, each carrying on a share of the one before.
    fn errors(n: usize, share: f64, seed: &mut u64) -> Vec<f64> {
        let mut last = 0.0;
        let mut all: Vec<f64> = (0..n + 30)
            .map(|_| {
                let sum: f64 = (0..12)
                    .map(|_| {
                        *seed = seed
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        (*seed >> 11) as f64 / (1u64 << 53) as f64
                    })
                    .sum();
                last = share * last + sum - 6.0;
                last
            })
            .collect();
        all.split_off(30)
    }

    #[test]
    fn where_nothing_happened_little_is_found() {
        let mut seed = 1;
        for (before, after, share, most) in
            [(44, 15, 0.0, 0.08), (44, 15, 0.5, 0.12), (17, 30, 0.0, 0.08), (20, 8, 0.3, 0.12)]
        {
            let found = (0..400).filter(|_| {
                let y = errors(before + after, share, &mut seed);
                segmented(&y[..before], &y[before..]).unwrap().effect.p <= 0.05
            });
            let found = found.count() as f64 / 400.0;
            assert!(found <= most && found > 0.005, "{before} {after} {share}: {found}");
        }
    }

    #[test]
    fn a_trend_is_no_effect() {
        let line = |range: std::ops::Range<i32>| {
            range.map(|t| 3.0 * f64::from(t) + f64::from(t % 2)).collect::<Vec<_>>()
        };
        let fit = segmented(&line(0..12), &line(12..20)).unwrap();
        assert!(fit.effect.value.abs() < 1.0, "{fit:?}");
    }

    #[test]
    fn a_perfect_fit_has_an_interval_without_width() {
        let fit = segmented(&[1.0; 8], &[3.0; 4]).unwrap();
        assert!((fit.effect.value - 2.0).abs() < 1e-9 && fit.effect.high - fit.effect.low < 1e-6);
        assert!(fit.effect.p < 1e-6);
        assert!(fit.slope.is_none());
    }

    #[test]
    fn too_little_cannot_tell() {
        assert_eq!(segmented(&[1.0; 8], &[1.0; 4]), Err(CannotTell::Constant));
        assert!(matches!(
            segmented(&[1.0, 2.0], &[1.0; 4]),
            Err(CannotTell::FewPeriods { side: "before", .. })
        ));
        assert!(matches!(segmented(&[1.0; 8], &[]), Err(CannotTell::FewPeriods { side: "after", .. })));
    }

    proptest! {
        #[test]
        fn nothing_is_not_a_number(
            before in proptest::collection::vec(-50i32..50, 0..30),
            after in proptest::collection::vec(-50i32..50, 0..30),
        ) {
            let floats = |values: &[i32]| values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
            if let Ok(fit) = segmented(&floats(&before), &floats(&after)) {
                for e in [Some(fit.level), fit.slope, Some(fit.effect)].into_iter().flatten() {
                    prop_assert!(e.value.is_finite() && e.low <= e.value && e.value <= e.high && (0.0..=1.0).contains(&e.p));
                }
                prop_assert!(fit.expected.iter().chain(&fit.fitted).all(|v| v.is_finite()));
            }
        }
    }
}
