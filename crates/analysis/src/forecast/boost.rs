//! Boosted regression trees that rank: trained so that among the candidates of a question the softmax of their scores
//! lies on the true one (listwise: Cao et al., ICML 2007; trees by histograms and Newton steps: Chen and Guestrin, KDD
//! 2016). A score is a sum over trees, and can be taken apart into what each kind of evidence added to it.

use super::lists::{Group, Lists};
use super::numeric::exp32;
use super::tree::{CHUNK, Tree};
use rayon::prelude::*;

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
            let tree = Tree::grow(lists, &columns, &slopes, drawn, growth);
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
