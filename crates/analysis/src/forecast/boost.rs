//! Boosted regression trees that rank: trained so that among the candidates of a question the softmax of their scores
//! lies on the true one (listwise: Cao et al., ICML 2007; trees by histograms and Newton steps: Chen and Guestrin, KDD
//! 2016). A score is a sum over trees, and can be taken apart into what each kind of evidence added to it.

use super::lists::{BINS, Group, Lists};
use super::numeric::{exp32, ln};
use rayon::prelude::*;

/// Rows that one thread adds up at a time; sums are joined in order, so that the number of threads does not show.
const CHUNK: usize = 16_384;

/// Rows less likely than this are drawn, each to stand for others as unlikely (compare gradient-based one-side sampling: Ke
/// et al., NIPS 2017).
const FAINT: f32 = 0.03;

/// Share of the questions that each tree is grown on (stochastic boosting: Friedman 2002).
const ASKED: f32 = 0.6;

/// How trees are grown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// How many.
    pub trees: usize,
    /// Leaves of each.
    pub leaves: usize,
    /// How far each goes: 0 to 1.
    pub rate: f32,
    /// Drawn to 0 as by this many truths that were expected.
    pub ridge: f32,
    /// Least truths, found or expected, in a leaf.
    pub least: f32,
}

impl Default for Growth {
    fn default() -> Self {
        Self { trees: 80, leaves: 16, rate: 0.2, ridge: 3.0, least: 10.0 }
    }
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Below this to the left, else to the right; in a leaf no number, so that everything stays to the left.
    cut: f32,
    /// Number looked at.
    at: u16,
    /// The left child, and the right one behind it; in a leaf itself.
    left: u16,
    /// The last step of the number that lies to the left.
    bin: u8,
    /// What the tree would add if it ended here.
    value: f32,
}

impl Node {
    fn next(&self, row: &[f32]) -> usize {
        usize::from(self.left) + usize::from(row[usize::from(self.at)] >= self.cut)
    }
}

#[derive(Debug, Clone, Default)]
struct Tree {
    nodes: Vec<Node>,
    /// Forks on the longest way.
    depth: usize,
}

/// Grown trees.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    trees: Vec<Tree>,
}

/// Candidates that go down a tree together: none waits for another.
const ABREAST: usize = 8;

impl Trees {
    /// The scores of candidates: higher is likelier; differences are logarithms of odds.
    pub fn scores<const N: usize>(&self, rows: &[[f32; N]]) -> Vec<f32> {
        let mut scores = vec![0.0; rows.len()];
        for (rows, scores) in rows.chunks(ABREAST).zip(scores.chunks_mut(ABREAST)) {
            for tree in &self.trees {
                let mut places = [0usize; ABREAST];
                for _ in 0..tree.depth {
                    for (place, row) in places.iter_mut().zip(rows) {
                        *place = tree.nodes[*place].next(row);
                    }
                }
                for (score, place) in scores.iter_mut().zip(places) {
                    *score += tree.nodes[place].value;
                }
            }
        }
        scores
    }

    /// What each number added to the score, in the numbers' order: the change of the expected value at each fork that
    /// looks at it (Saabas 2014). The sum is the score less the mean.
    pub fn reasons(&self, row: &[f32]) -> Vec<f32> {
        let mut reasons = vec![0.0; row.len()];
        for tree in &self.trees {
            let mut node = &tree.nodes[0];
            for _ in 0..tree.depth {
                let next = &tree.nodes[node.next(row)];
                reasons[usize::from(node.at)] += next.value - node.value;
                node = next;
            }
        }
        reasons
    }

    /// Grows trees on lists.
    pub fn grow(lists: &Lists, growth: Growth) -> Self {
        Self::grow_watched(lists, lists.groups.len(), growth, |_, _| ())
    }

    /// Grows trees on the first questions of some lists; after each, `watch` is told how many there are and the scores of
    /// all candidates.
    pub fn grow_watched(
        lists: &Lists,
        questions: usize,
        growth: Growth,
        mut watch: impl FnMut(usize, &[f32]),
    ) -> Self {
        let groups = &lists.groups[..questions.min(lists.groups.len())];
        let rows = groups.last().map_or(0, |group| group.end as usize);
        let columns = lists.columns(rows);
        let mut grown = Trees::default();
        let mut scores = lists.starts.clone();
        let mut slopes = vec![[0.0f32; 2]; rows];
        for round in 0..growth.trees {
            let asked: Vec<bool> = (0..groups.len()).map(|at| chance(at, round) < ASKED).collect();
            push_of(lists, groups, &asked, &scores, &mut slopes);
            let drawn = drawn(groups, &asked, &mut slopes, round);
            let tree = Sprout::grow(lists, &columns, &slopes, drawn, growth);
            if tree.depth == 0 {
                break;
            }
            let width = lists.width;
            scores.par_chunks_mut(CHUNK).zip(lists.bins.par_chunks(CHUNK * width)).for_each(
                |(scores, bins)| {
                    for (score, bins) in scores.iter_mut().zip(bins.chunks_exact(width)) {
                        let mut node = &tree.nodes[0];
                        for _ in 0..tree.depth {
                            let right = bins[usize::from(node.at)] > node.bin;
                            node = &tree.nodes[usize::from(node.left) + usize::from(right)];
                        }
                        *score += node.value;
                    }
                },
            );
            grown.trees.push(tree);
            watch(grown.trees.len(), &scores);
        }
        grown
    }
}

/// Chance that a number and the round give, 0 to 1.
fn chance(at: usize, round: usize) -> f32 {
    let hash = (at as u32 ^ (round as u32).wrapping_mul(0x85EB_CA6B)).wrapping_mul(0x9E37_79B1);
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
    ((hash ^ (hash >> 12)) >> 8) as f32 / (1 << 24) as f32
}

/// The rows of the questions asked that a tree is grown on: all that are true or likely, and of the others some, each with the
/// weight of all that it stands for.
fn drawn(groups: &[Group], asked: &[bool], slopes: &mut [[f32; 2]], round: usize) -> Vec<u32> {
    let mut drawn = Vec::with_capacity(slopes.len() / 4);
    for (group, _) in groups.iter().zip(asked).filter(|(_, asked)| **asked) {
        for row in group.start..group.end {
            let slope = &mut slopes[row as usize];
            if slope[0] < FAINT && slope[1] == 0.0 {
                if chance(row as usize, !round) * FAINT >= slope[0] {
                    continue;
                }
                slope[0] = FAINT;
            }
            drawn.push(row);
        }
    }
    drawn
}

/// For each row: how often it was expected to be true, and how often it was.
fn push_of(lists: &Lists, groups: &[Group], asked: &[bool], scores: &[f32], slopes: &mut [[f32; 2]]) {
    let mut parts: Vec<(&Group, &mut [[f32; 2]])> = Vec::with_capacity(groups.len());
    let mut rest = slopes;
    for (group, asked) in groups.iter().zip(asked) {
        let (own, more) = rest.split_at_mut((group.end - group.start) as usize);
        if *asked {
            parts.push((group, own));
        }
        rest = more;
    }
    parts.par_iter_mut().with_min_len(256).for_each(|(group, slopes)| {
        let range = group.start as usize..group.end as usize;
        let (scores, weights) = (&scores[range.clone()], &lists.weights[range]);
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut odds: Vec<f32> =
            scores.iter().zip(weights).map(|(score, weight)| exp32(score - top) * weight).collect();
        let truths: Vec<(usize, f32, f32)> = group
            .truths
            .iter()
            .map(|&(row, times)| {
                let row = (row - group.start) as usize;
                (row, times, std::mem::take(&mut odds[row]))
            })
            .collect();
        let others: f32 = odds.iter().sum();
        slopes.fill([0.0; 2]);
        for &(row, times, own) in &truths {
            let whole = others + own;
            for (slope, odds) in slopes.iter_mut().zip(&odds) {
                slope[0] += times * odds / whole;
            }
            slopes[row][0] += times * own / whole;
            slopes[row][1] += times;
        }
    });
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

struct Sprout;

impl Sprout {
    fn grow(lists: &Lists, columns: &[Vec<u8>], slopes: &[[f32; 2]], rows: Vec<u32>, growth: Growth) -> Tree {
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
        Tree { depth: depths.into_iter().max().unwrap_or(0), nodes }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Of ten candidates the one with the greatest first number is true; the second number is noise.
    fn lists() -> (Lists, Vec<[f32; 2]>) {
        let rows: Vec<[f32; 2]> =
            (0..6000u32).map(|at| [(at * 7919 % 1009) as f32, (at * 31 % 97) as f32]).collect();
        let mut lists = Lists::new(&rows);
        for rows in rows.chunks(10) {
            let best = (0..10).max_by(|a, b| rows[*a][0].total_cmp(&rows[*b][0])).unwrap();
            lists.push(rows, &[1.0; 10], rows.iter().map(|_| 0.0), &[(best as u32, 1.0)]);
        }
        (lists, rows)
    }

    #[test]
    fn what_tells_is_learned_and_reasons_add_up_to_the_score() {
        let (lists, rows) = lists();
        let mut seen = Vec::new();
        let growth = Growth { trees: 20, leaves: 8, ..Growth::default() };
        let trees = Trees::grow_watched(&lists, 400, growth, |_, scores| seen = scores.to_vec());
        let scores = trees.scores(&rows);
        // Scores by values and by steps are the same.
        assert!(scores.iter().zip(&seen).all(|(a, b)| (a - b).abs() < 1e-4));
        let untrained = lists.reciprocal(400, &vec![0.0; rows.len()]).unwrap();
        let learned = lists.reciprocal(400, &scores).unwrap();
        assert!(untrained < 0.3 && learned > 0.8, "{untrained} {learned}");
        let roots: f32 = trees.trees.iter().map(|tree| tree.nodes[0].value).sum();
        for (row, score) in rows.iter().zip(&scores).take(50) {
            let reasons = trees.reasons(row);
            assert!((reasons.iter().sum::<f32>() + roots - score).abs() < 1e-3, "{reasons:?}");
        }
        assert!(trees.scores::<2>(&[]).is_empty());
    }
}
