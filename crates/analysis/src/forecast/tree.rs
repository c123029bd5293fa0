//! One regression tree, grown leaf by leaf on what each row was expected to be and what it was (see `boost`): a fork is put
//! where it gains most likelihood, found by sums over the steps of each number.

use super::boost::Growth;
use super::lists::{BINS, Lists};
use super::numeric::ln;
use rayon::prelude::*;

/// Rows that one thread adds up at a time; sums are joined in order, so that the number of threads does not show.
pub(super) const CHUNK: usize = 16_384;

/// A fork or a leaf.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Below this to the left, else to the right; in a leaf no number, so that everything stays to the left.
    cut: f32,
    /// Number looked at.
    pub(super) at: u16,
    /// The left child, and the right one behind it; in a leaf itself.
    pub(super) left: u16,
    /// The last step of the number that lies to the left.
    pub(super) bin: u8,
    /// What the tree would add if it ended here.
    pub(super) value: f32,
}

impl Node {
    /// Where a row goes from here.
    pub(super) fn next(&self, row: &[f32]) -> usize {
        usize::from(self.left) + usize::from(row[usize::from(self.at)] >= self.cut)
    }
}

/// A grown tree.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// The root first.
    pub(super) nodes: Vec<Node>,
    /// Forks on the longest way.
    pub(super) depth: usize,
}

type Sums = Vec<[f32; 2]>;

/// A leaf that may still be split.
struct Leaf {
    node: usize,
    rows: Vec<u32>,
    sums: Sums,
    best: Option<Split>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f32,
    at: usize,
    bin: usize,
}

impl Tree {
    /// Grows a tree on some rows, given for each row what was expected and what was found.
    pub(super) fn grow(
        lists: &Lists,
        columns: &[Vec<u8>],
        slopes: &[[f32; 2]],
        rows: Vec<u32>,
        growth: Growth,
    ) -> Self {
        let sums = add_up(lists, slopes, &rows);
        let total = whole(&sums);
        let mut nodes = vec![leaf(total, growth, 0)];
        let best = split(lists, &sums, total, growth);
        let mut leaves = vec![Leaf { node: 0, rows, sums, best }];
        while leaves.len() < growth.leaves {
            let gain = |leaf: &Leaf| leaf.best.map_or(f32::MIN, |best| best.gain);
            let Some(at) =
                (0..leaves.len()).reduce(|a, b| if gain(&leaves[b]) > gain(&leaves[a]) { b } else { a })
            else {
                break;
            };
            let Some(best) = leaves[at].best else { break };
            let parent = leaves.swap_remove(at);
            let column = &columns[best.at];
            let (left, right) = parted(&parent.rows, |row| usize::from(column[row as usize]) > best.bin);
            let smaller_left = left.len() <= right.len();
            let small = add_up(lists, slopes, if smaller_left { &left } else { &right });
            let large: Sums =
                parent.sums.iter().zip(&small).map(|(a, b)| [a[0] - b[0], a[1] - b[1]]).collect();
            let (left_sums, right_sums) = if smaller_left { (small, large) } else { (large, small) };
            let next = nodes.len();
            let node = &mut nodes[parent.node];
            node.at = best.at as u16;
            node.bin = best.bin as u8;
            node.cut = lists.cuts[best.at][best.bin];
            node.left = next as u16;
            for (at, (rows, sums)) in [(left, left_sums), (right, right_sums)].into_iter().enumerate() {
                let total = whole(&sums);
                nodes.push(leaf(total, growth, next + at));
                let best = split(lists, &sums, total, growth);
                leaves.push(Leaf { node: next + at, rows, sums, best });
            }
        }
        let mut depths = vec![0; nodes.len()];
        for (own, node) in nodes.iter().enumerate().filter(|(own, node)| usize::from(node.left) != *own) {
            let left = usize::from(node.left);
            let depth = depths[own] + 1;
            depths[left..left + 2].fill(depth);
        }
        Self { depth: depths.into_iter().max().unwrap_or(0), nodes }
    }
}

/// Rows to the left and to the right, in order; without a branch, which nobody could foretell.
fn parted(rows: &[u32], right: impl Fn(u32) -> bool) -> (Vec<u32>, Vec<u32>) {
    let mut sides = [vec![0; rows.len()], vec![0; rows.len()]];
    let mut many = 0;
    for (at, &row) in rows.iter().enumerate() {
        let side = usize::from(right(row));
        sides[0][at - many] = row;
        sides[1][many] = row;
        many += side;
    }
    let [mut left, mut right] = sides;
    left.truncate(rows.len() - many);
    right.truncate(many);
    (left, right)
}

fn leaf(total: [f32; 2], growth: Growth, own: usize) -> Node {
    let value = growth.rate * ratio(total, growth.ridge) as f32;
    Node { cut: f32::NAN, at: 0, left: own as u16, bin: u8::MAX, value }
}

/// How much likelier the rows of a leaf are than expected, as a logarithm.
fn ratio([expected, found]: [f32; 2], ridge: f32) -> f64 {
    ln(f64::from((found.max(0.0) + ridge) / (expected.max(0.0) + ridge)))
}

fn whole(sums: &Sums) -> [f32; 2] {
    let first = &sums[..BINS];
    [0, 1].map(|at| first.iter().map(|sum| f64::from(sum[at])).sum::<f64>() as f32)
}

fn add_up(lists: &Lists, slopes: &[[f32; 2]], rows: &[u32]) -> Sums {
    let width = lists.width;
    let parts: Vec<Sums> = rows
        .par_chunks(CHUNK)
        .map(|rows| {
            let mut sums = vec![[0.0f32; 2]; width * BINS];
            for &row in rows {
                let slope = slopes[row as usize];
                let bins = &lists.bins[row as usize * width..(row as usize + 1) * width];
                for (sums, &bin) in sums.chunks_exact_mut(BINS).zip(bins) {
                    let sum = &mut sums[usize::from(bin) & (BINS - 1)];
                    sum[0] += slope[0];
                    sum[1] += slope[1];
                }
            }
            sums
        })
        .collect();
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_else(|| vec![[0.0; 2]; width * BINS]);
    for part in parts {
        for (all, part) in all.iter_mut().zip(part) {
            all[0] += part[0];
            all[1] += part[1];
        }
    }
    all
}

fn split(lists: &Lists, sums: &Sums, total: [f32; 2], growth: Growth) -> Option<Split> {
    // What a leaf gains in likelihood, were the truths in it independent.
    let worth = |[expected, found]: [f32; 2]| {
        let (expected, found) = (expected.max(0.0), found.max(0.0));
        found * ratio([expected, found], growth.ridge) as f32 - (found - expected)
    };
    let whole = worth(total);
    let mut best: Option<Split> = None;
    for at in 0..lists.width {
        let mut left = [0.0f32; 2];
        for bin in 0..lists.cuts[at].len() {
            let sum = sums[at * BINS + bin];
            left = [left[0] + sum[0], left[1] + sum[1]];
            let right = [total[0] - left[0], total[1] - left[1]];
            if left[0] + left[1] < growth.least || right[0] + right[1] < growth.least {
                continue;
            }
            let gain = worth(left) + worth(right) - whole;
            if gain > best.map_or(1e-3, |best| best.gain) {
                best = Some(Split { gain, at, bin });
            }
        }
    }
    best
}
