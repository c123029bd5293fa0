//! The semidefinite relaxation of a dense part with triangle inequalities: a bound that is much closer than that of the
//! linear relaxation where most pairs have a link.
//!
//! Vertices become unit vectors, and for any prices of the constraints a formula bounds the cost; good prices are found by
//! walking down that formula, which is smooth (Krislock, Malick and Roupin, "Improved semidefinite bounding procedure for
//! solving Max-Cut problems to optimality", Mathematical Programming 143, 2014). No price makes the bound wrong, so
//! nothing hangs on how well they are found but its closeness.

use super::effort::Effort;
use super::newton::descend;
use super::part::Part;
use crate::balance::spectrum::decompose;

/// Parts with more vertices are not relaxed so: each evaluation takes time with the cube.
pub(super) const LARGEST: usize = 120;
/// Triangles added in a round, for each vertex.
const TRIANGLES: usize = 6;
/// Evaluations in a round.
const EVALUATIONS: usize = 40;

/// Three vertices and the signs with which the products of their vectors add up to at least -1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Corner {
    pairs: [(u32, u32); 3],
    signs: [i8; 3],
}

const SIGNS: [[i8; 3]; 4] = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]];

/// What the relaxation says.
pub(super) struct Relaxed {
    /// Least cost, at least.
    pub(super) bound: i64,
    /// Two vertices of which it is least clear whether they are on the same side, and which is likelier.
    pub(super) doubtful: Option<(u32, u32, bool)>,
}

/// Relaxes a part until the bound meets `limit`, no longer rises enough to get there, or the effort is spent.
/// `cost` is that of some partition.
pub(super) fn relax(part: &Part, cost: i64, limit: i64, effort: &mut Effort<'_>) -> Option<Relaxed> {
    let n = part.nodes();
    if n > LARGEST {
        return None;
    }
    let weight = part.weight() as f64;
    let scale = weight / part.edges.len() as f64;
    // A partition costs half the weight less x'Qx.
    let mut q = vec![0.0; n * n];
    for &(a, b, w) in &part.edges {
        let (a, b) = (a as usize, b as usize);
        (q[a * n + b], q[b * n + a]) = (w as f64 / 4.0, w as f64 / 4.0);
    }
    let mut corners: Vec<Corner> = Vec::new();
    let mut prices = vec![scale * (part.edges.len() as f64 / n as f64).sqrt() / 2.0; n];
    let mut tightness = 0.02 * scale;
    let mut best = f64::NEG_INFINITY;
    let mut history: Vec<f64> = Vec::new();
    let mut vectors = vec![0.0; n * n];
    loop {
        let work = (8 * n * n * n + 40 * corners.len()) as u64;
        let end = descend(prices.clone(), n, EVALUATIONS, 0.02, |prices, slope| {
            if effort.spend(work) {
                return None;
            }
            let (value, bound, products) = evaluate(&q, n, &corners, prices, tightness, slope);
            best = best.max(weight / 2.0 - bound.min(value));
            vectors = products;
            Some(value)
        });
        let Some(end) = end else {
            break;
        };
        // The last evaluation need not be of the last point, but it is near.
        prices = end.at;
        if part.round_up(best, cost) >= limit {
            break;
        }
        history.push(best);
        let target = limit as f64 - part.step as f64 + 1e-6;
        if let [.., before, _, _, _, now] = history[..] {
            // At this pace some more rounds would not do.
            if now + 5.0 * (now - before) < target && tightness < 2e-3 * scale {
                break;
            }
            if tightness < 1e-5 * scale {
                break;
            }
        }
        // Corners without a price go, those that are cut off most come.
        let kept: Vec<usize> = (0..corners.len()).filter(|&t| prices[n + t] > 1e-9 * scale).collect();
        prices = prices[..n].iter().copied().chain(kept.iter().map(|&t| prices[n + t])).collect();
        corners = kept.into_iter().map(|t| corners[t]).collect();
        let found = violated(&vectors, n, &corners);
        let few = found.len() < n;
        prices.extend(found.iter().map(|_| 0.0));
        corners.extend(found);
        tightness *= if few { 0.4 } else { 0.7 };
    }
    let bound = if best.is_finite() { part.round_up(best, cost) } else { 0 };
    Some(Relaxed { bound, doubtful: doubtful(part, &vectors) })
}

/// The smooth bound, the plain one, and the products of the vectors; writes the slope of the smooth one.
fn evaluate(
    q: &[f64],
    n: usize,
    corners: &[Corner],
    prices: &[f64],
    tightness: f64,
    slope: &mut [f64],
) -> (f64, f64, Vec<f64>) {
    let mut matrix = q.to_vec();
    (0..n).for_each(|i| matrix[i * n + i] -= prices[i]);
    for (corner, price) in corners.iter().zip(&prices[n..]) {
        for ((a, b), sign) in corner.pairs.into_iter().zip(corner.signs) {
            let change = f64::from(sign) * price / 2.0;
            matrix[a as usize * n + b as usize] += change;
            matrix[b as usize * n + a as usize] += change;
        }
    }
    let (values, basis) = decompose(matrix, n, true);
    let mut products = vec![0.0; n * n];
    let (mut squares, mut top) = (0.0, f64::NEG_INFINITY);
    for (k, &value) in values.iter().enumerate() {
        top = top.max(value);
        if value > 0.0 {
            squares += value * value;
            let row = &basis[k * n..(k + 1) * n];
            for i in 0..n {
                let factor = value / tightness * row[i];
                products[i * n..i * n + i + 1].iter_mut().zip(row).for_each(|(p, r)| *p += factor * r);
            }
        }
    }
    for i in 0..n {
        slope[i] = 1.0 - products[i * n + i];
        for j in 0..i {
            products[j * n + i] = products[i * n + j];
        }
    }
    for (corner, slope) in corners.iter().zip(&mut slope[n..]) {
        let terms = corner.pairs.into_iter().zip(corner.signs);
        *slope =
            1.0 + terms.map(|((a, b), s)| f64::from(s) * products[a as usize * n + b as usize]).sum::<f64>();
    }
    let sum: f64 = prices.iter().sum();
    let size = n as f64;
    let smooth = sum + tightness * size * size / 2.0 + squares / (2.0 * tightness);
    // Errors of the eigenvalues are of the order of the machine's precision.
    let plain = sum + size * (top + 1e-11 * size).max(0.0);
    (smooth, plain, products)
}

/// The corners that are cut off most.
fn violated(products: &[f64], n: usize, known: &[Corner]) -> Vec<Corner> {
    let product = |a: usize, b: usize| {
        let norm = (products[a * n + a] * products[b * n + b]).sqrt();
        if norm > 0.0 { products[a * n + b] / norm } else { 0.0 }
    };
    let mut found: Vec<(f64, Corner)> = Vec::new();
    for a in 0..n {
        for b in a + 1..n {
            let ab = product(a, b);
            for c in b + 1..n {
                let (ac, bc) = (product(a, c), product(b, c));
                for signs in SIGNS {
                    let [x, y, z] = signs.map(f64::from);
                    let over = -1.0 - (x * ab + y * ac + z * bc);
                    if over > 0.02 {
                        let (a, b, c) = (a as u32, b as u32, c as u32);
                        found.push((over, Corner { pairs: [(a, b), (a, c), (b, c)], signs }));
                    }
                }
            }
        }
    }
    found.sort_by(|(x, a), (y, b)| y.total_cmp(x).then(a.cmp(b)));
    let known: std::collections::BTreeSet<&Corner> = known.iter().collect();
    found.into_iter().map(|(_, corner)| corner).filter(|c| !known.contains(c)).take(TRIANGLES * n).collect()
}

fn doubtful(part: &Part, products: &[f64]) -> Option<(u32, u32, bool)> {
    let n = part.nodes();
    let clear = |a: u32, b: u32| products[a as usize * n + b as usize];
    // Among links: to decide one changes the weights most.
    let pairs = part.edges.iter().map(|&(a, b, _)| (a, b));
    let (a, b) = pairs.min_by(|&(a, b), &(c, d)| clear(a, b).abs().total_cmp(&clear(c, d).abs()))?;
    Some((a, b, clear(a, b) >= 0.0))
}
