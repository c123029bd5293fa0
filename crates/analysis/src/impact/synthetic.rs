//! Synthetic control: a weighted mean of other series that went like this one before the date, as what would have been
//! after it.
//!
//! Weights are at least 0 and add up to 1; each series is taken from its mean before the date (Abadie, Diamond and Hainmueller,
//! "Synthetic control methods for comparative case studies", JASA 105, 2010; the shift after Doudchenko and Imbens, NBER 22791,
//! 2016). Chance is judged by treating every other series as if something had happened there.

use super::{CannotTell, Estimate};

/// Other series that it takes.
const NEEDED: usize = 5;
/// Other series for an interval at 90 %.
const FOR_INTERVAL: usize = 9;
/// Steps of fitting.
const STEPS: usize = 3000;

/// Another series with the same periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Donor {
    /// Values before the date.
    pub before: Vec<f64>,
    /// Values after the date.
    pub after: Vec<f64>,
}

/// A series and what it would have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Synthetic {
    /// Weight of every donor, at least 0; they add up to 1.
    pub weights: Vec<f64>,
    /// What would have been, for all periods.
    pub expected: Vec<f64>,
    /// Mean distance from it after the date.
    pub effect: f64,
    /// Interval at 90 % by the distances that other series have; none with fewer than nine of them.
    pub interval: Option<(f64, f64)>,
    /// Share of series, this one counted, whose distance grew at least as much: the smaller, the less chance explains.
    pub p: f64,
    /// Root mean square distance before the date.
    pub misfit: f64,
    /// Share of the variance before the date that is matched; at most 1, and below 0 for a bad match.
    pub fit: f64,
    /// Donors that vary before the date.
    pub donors: usize,
}

impl Synthetic {
    /// The effect as an estimate, where it has an interval.
    pub fn estimate(&self) -> Option<Estimate> {
        self.interval.map(|(low, high)| Estimate { value: self.effect, low, high, p: self.p })
    }
}

/// Compares a series with others. All must have as many periods.
pub fn synthetic_control(before: &[f64], after: &[f64], donors: &[Donor]) -> Result<Synthetic, CannotTell> {
    for (side, part) in [("before", before), ("after", after)] {
        let needed = if side == "before" { 6 } else { 1 };
        if part.len() < needed {
            return Err(CannotTell::FewPeriods { side, found: part.len(), needed });
        }
    }
    if is_constant(before) && is_constant(after) && before[0] == after[0] {
        return Err(CannotTell::Constant);
    }
    let varying: Vec<usize> = (0..donors.len()).filter(|&d| !is_constant(&donors[d].before)).collect();
    if varying.len() < NEEDED {
        return Err(CannotTell::FewDonors { found: varying.len(), needed: NEEDED });
    }
    let pool: Vec<&Donor> = varying.iter().map(|&d| &donors[d]).collect();
    let own = Match::of(before, after, &pool);
    let others: Vec<Match> = (0..pool.len())
        .map(|d| {
            let rest: Vec<&Donor> = (0..pool.len()).filter(|&o| o != d).map(|o| pool[o]).collect();
            Match::of(&pool[d].before, &pool[d].after, &rest)
        })
        .collect();
    let grown = own.growth();
    let as_much = others.iter().filter(|other| other.growth() >= grown).count();
    // How far others came off, in units of how badly they were matched.
    let mut distances: Vec<f64> = others.iter().map(|other| other.effect.abs() / other.floor()).collect();
    distances.sort_by(f64::total_cmp);
    let rank = (0.9 * (distances.len() + 1) as f64).ceil() as usize;
    let interval = (pool.len() >= FOR_INTERVAL && rank <= distances.len()).then(|| {
        let reach = distances[rank - 1] * own.floor();
        (own.effect - reach, own.effect + reach)
    });
    let mut weights = vec![0.0; donors.len()];
    varying.iter().zip(&own.weights).for_each(|(&d, w)| weights[d] = *w);
    let mean = mean(before);
    let spread: f64 = before.iter().map(|v| (v - mean).powi(2)).sum();
    let missed = own.misfit * own.misfit * before.len() as f64;
    Ok(Synthetic {
        weights,
        fit: if spread > 0.0 { 1.0 - missed / spread } else { 0.0 },
        expected: own.expected,
        effect: own.effect,
        interval,
        p: (1 + as_much) as f64 / (1 + others.len()) as f64,
        misfit: own.misfit,
        donors: pool.len(),
    })
}

/// One series matched by others.
struct Match {
    weights: Vec<f64>,
    expected: Vec<f64>,
    effect: f64,
    misfit: f64,
    miss_after: f64,
    size: f64,
}

impl Match {
    fn of(before: &[f64], after: &[f64], pool: &[&Donor]) -> Self {
        let level = mean(before);
        let y: Vec<f64> = before.iter().map(|v| v - level).collect();
        let levels: Vec<f64> = pool.iter().map(|donor| mean(&donor.before)).collect();
        let x: Vec<Vec<f64>> = pool
            .iter()
            .zip(&levels)
            .map(|(donor, level)| donor.before.iter().map(|v| v - level).collect())
            .collect();
        let weights = simplex_fit(&x, &y);
        let at = |t: usize| {
            let value = |donor: &Donor| {
                if t < before.len() { donor.before[t] } else { donor.after[t - before.len()] }
            };
            let parts = pool.iter().zip(&levels).zip(&weights).map(|((d, level), w)| w * (value(d) - level));
            level + parts.sum::<f64>()
        };
        let expected: Vec<f64> = (0..before.len() + after.len()).map(at).collect();
        let gaps: Vec<f64> = before.iter().chain(after).zip(&expected).map(|(v, e)| v - e).collect();
        let (early, late) = gaps.split_at(before.len());
        let root = |gaps: &[f64]| (gaps.iter().map(|g| g * g).sum::<f64>() / gaps.len() as f64).sqrt();
        Self {
            weights,
            effect: mean(late),
            misfit: root(early),
            miss_after: root(late),
            size: before.iter().chain(after).map(|v| v.abs()).fold(0.0, f64::max),
            expected,
        }
    }

    /// The misfit, or a hair where the match is perfect.
    fn floor(&self) -> f64 {
        self.misfit.max(1e-6 * self.size).max(1e-12)
    }

    /// How many times as far off it is after the date as before.
    fn growth(&self) -> f64 {
        self.miss_after / self.floor()
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

fn is_constant(values: &[f64]) -> bool {
    values.iter().all(|value| *value == values[0])
}

/// Weights of at least 0 that add up to 1 and bring the weighted sum of `x` nearest to `y`, by the projected gradient
/// method with Nesterov's momentum.
fn simplex_fit(x: &[Vec<f64>], y: &[f64]) -> Vec<f64> {
    let j = x.len();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(p, q)| p * q).sum::<f64>();
    let gram: Vec<Vec<f64>> = x.iter().map(|a| x.iter().map(|b| dot(a, b)).collect()).collect();
    let target: Vec<f64> = x.iter().map(|a| dot(a, y)).collect();
    // No eigenvalue is above the largest sum of a row.
    let steepest = gram.iter().map(|row| row.iter().map(|v| v.abs()).sum::<f64>()).fold(0.0, f64::max);
    let mut weights = vec![1.0 / j as f64; j];
    if steepest == 0.0 {
        return weights;
    }
    let (mut ahead, mut pace) = (weights.clone(), 1.0f64);
    for _ in 0..STEPS {
        let moved: Vec<f64> =
            (0..j).map(|i| ahead[i] - (dot(&gram[i], &ahead) - target[i]) / steepest).collect();
        let next = onto_simplex(&moved);
        let faster = (1.0 + (1.0 + 4.0 * pace * pace).sqrt()) / 2.0;
        let push = (pace - 1.0) / faster;
        ahead = next.iter().zip(&weights).map(|(n, w)| n + push * (n - w)).collect();
        let change = next.iter().zip(&weights).map(|(n, w)| (n - w).abs()).fold(0.0, f64::max);
        (weights, pace) = (next, faster);
        if change < 1e-10 {
            break;
        }
    }
    weights
}

/// The nearest point with parts of at least 0 that add up to 1 (Duchi et al., ICML 2008).
fn onto_simplex(point: &[f64]) -> Vec<f64> {
    let mut sorted = point.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (at, value) in sorted.iter().enumerate() {
        sum += value;
        let candidate = (sum - 1.0) / (at + 1) as f64;
        if value - candidate > 0.0 {
            shift = candidate;
        }
    }
    point.iter().map(|value| (value - shift).max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Series that look like chance, none like another.
    fn wave(pace: u32, n: u32) -> Vec<f64> {
        (0..n).map(|t| f64::from((t + 2).pow(3) * (pace + 40) % 101)).collect()
    }

    fn donors() -> Vec<Donor> {
        let pace = [1, 2, 3, 5, 8, 9, 11, 12, 13, 15];
        let split = |values: Vec<f64>| Donor { before: values[..16].to_vec(), after: values[16..].to_vec() };
        pace.into_iter().map(|pace| split(wave(pace, 22))).collect()
    }

    #[test]
    fn a_mixture_of_others_is_recognised_and_its_step_measured() {
        let donors = donors();
        let mixed = |part: fn(&Donor) -> &Vec<f64>, step: f64| -> Vec<f64> {
            let pairs = part(&donors[0]).iter().zip(part(&donors[3]));
            pairs.map(|(a, b)| 0.25 * a + 0.75 * b + 10.0 + step).collect()
        };
        let (before, after) = (mixed(|d| &d.before, 0.0), mixed(|d| &d.after, 4.0));
        let found = synthetic_control(&before, &after, &donors).unwrap();
        assert!((found.effect - 4.0).abs() < 0.05, "{found:?}");
        assert!(
            (found.weights[3] - 0.75).abs() < 0.02 && (found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9
        );
        assert!(found.p <= 1.0 / 11.0 + 1e-9 && found.fit > 0.99);
        let (low, high) = found.interval.unwrap();
        assert!(low > 0.0 && low <= 4.0 && 4.0 <= high);
    }

    #[test]
    fn nothing_special_is_not_found_special() {
        let donors = donors();
        let found =
            synthetic_control(&donors[2].before, &donors[2].after, &[&donors[..2], &donors[3..]].concat());
        assert!(found.unwrap().p > 0.1);
    }

    #[test]
    fn too_little_cannot_tell() {
        let donors = donors();
        let (before, after) = (wave(4, 16), wave(4, 6));
        assert!(matches!(
            synthetic_control(&before, &after, &donors[..3]),
            Err(CannotTell::FewDonors { found: 3, .. })
        ));
        assert!(synthetic_control(&before[..2], &after, &donors).is_err());
        assert_eq!(synthetic_control(&[0.0; 16], &[0.0; 6], &donors), Err(CannotTell::Constant));
    }
}
