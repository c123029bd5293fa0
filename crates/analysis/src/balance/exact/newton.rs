//! Least values of smooth functions some of whose variables must not be negative: a quasi-Newton method of limited memory
//! (Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35, 1980) on the variables
//! that are free to move, with steps cut back to the bounds.

/// Steps that are remembered.
const MEMORY: usize = 12;

/// A point, its value and its gradient.
pub(super) struct Point {
    pub(super) at: Vec<f64>,
    pub(super) value: f64,
    pub(super) slope: Vec<f64>,
}

/// Walks down from a point for at most `most` evaluations, or until no free slope is above `flat`. Variables from
/// `bounded` on stay at or above 0. `evaluate` gives the value and writes the gradient; it may ask to end.
pub(super) fn descend(
    start: Vec<f64>,
    bounded: usize,
    most: usize,
    flat: f64,
    mut evaluate: impl FnMut(&[f64], &mut [f64]) -> Option<f64>,
) -> Option<Point> {
    let n = start.len();
    let mut slope = vec![0.0; n];
    let value = evaluate(&start, &mut slope)?;
    let mut point = Point { at: start, value, slope };
    let mut steps: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    let mut left = most;
    while left > 0 {
        let free: Vec<bool> =
            (0..n).map(|i| i < bounded || point.at[i] > 0.0 || point.slope[i] < 0.0).collect();
        let steepest = (0..n).filter(|&i| free[i]).map(|i| point.slope[i].abs()).fold(0.0, f64::max);
        if steepest <= flat {
            break;
        }
        let mut way = direction(&point.slope, &free, &steps);
        let mut along: f64 = dot(&way, &point.slope);
        if along >= 0.0 {
            steps.clear();
            way = direction(&point.slope, &free, &steps);
            along = dot(&way, &point.slope);
        }
        let norm = dot(&way, &way).sqrt();
        if along >= 0.0 || norm == 0.0 {
            break;
        }
        let mut length = if steps.is_empty() { (1.0 / norm).min(1.0) } else { 1.0 };
        let mut next = None;
        while left > 0 && length > 1e-10 {
            left -= 1;
            let at: Vec<f64> = (0..n)
                .map(|i| {
                    let moved = point.at[i] + length * way[i];
                    if i < bounded { moved } else { moved.max(0.0) }
                })
                .collect();
            let mut slope = vec![0.0; n];
            let value = evaluate(&at, &mut slope)?;
            let gained: f64 = (0..n).map(|i| point.slope[i] * (at[i] - point.at[i])).sum();
            if value <= point.value + 1e-4 * gained {
                next = Some(Point { at, value, slope });
                break;
            }
            length *= 0.4;
        }
        let Some(next) = next else {
            if steps.is_empty() {
                break;
            }
            steps.clear();
            continue;
        };
        let step: Vec<f64> = next.at.iter().zip(&point.at).map(|(a, b)| a - b).collect();
        let bend: Vec<f64> = next.slope.iter().zip(&point.slope).map(|(a, b)| a - b).collect();
        if dot(&step, &bend) > 1e-12 * dot(&bend, &bend).max(1e-300) {
            if steps.len() == MEMORY {
                steps.remove(0);
            }
            steps.push((step, bend));
        }
        point = next;
    }
    Some(point)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The way down by the two loops, on free variables alone.
fn direction(slope: &[f64], free: &[bool], steps: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let on = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).zip(free).filter(|(_, free)| **free).map(|((x, y), _)| x * y).sum()
    };
    let mut way: Vec<f64> = slope.iter().zip(free).map(|(s, free)| if *free { -s } else { 0.0 }).collect();
    let mut factors = Vec::with_capacity(steps.len());
    for (step, bend) in steps.iter().rev() {
        let curve = on(step, bend);
        if curve <= 0.0 {
            factors.push(0.0);
            continue;
        }
        let factor = on(step, &way) / curve;
        factors.push(factor);
        way.iter_mut()
            .zip(bend)
            .zip(free)
            .filter(|(_, free)| **free)
            .for_each(|((w, b), _)| *w -= factor * b);
    }
    if let Some((step, bend)) = steps.last() {
        let (curve, square) = (on(step, bend), on(bend, bend));
        if curve > 0.0 && square > 0.0 {
            way.iter_mut().for_each(|w| *w *= curve / square);
        }
    }
    for ((step, bend), factor) in steps.iter().zip(factors.into_iter().rev()) {
        let curve = on(step, bend);
        if curve > 0.0 {
            let change = factor - on(bend, &way) / curve;
            way.iter_mut()
                .zip(step)
                .zip(free)
                .filter(|(_, free)| **free)
                .for_each(|((w, s), _)| *w += change * s);
        }
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valley_is_walked_to_its_bounded_end() {
        // (a - 1)^2 + 50 (b + 2 - a)^2 with b not negative: a = (1 + 100) / 51, b = 0.
        let evaluate = |x: &[f64], slope: &mut [f64]| {
            let (a, b) = (x[0], x[1]);
            slope[0] = 2.0 * (a - 1.0) - 100.0 * (b + 2.0 - a);
            slope[1] = 100.0 * (b + 2.0 - a);
            Some((a - 1.0).powi(2) + 50.0 * (b + 2.0 - a).powi(2))
        };
        let end = descend(vec![5.0, 5.0], 1, 500, 1e-9, evaluate).unwrap();
        assert!((end.at[0] - 101.0 / 51.0).abs() < 1e-6 && end.at[1] == 0.0, "{:?}", end.at);
    }
}
