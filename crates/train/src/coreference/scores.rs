//! How well chains agree with those of a gold standard: MUC (Vilain and others 1995), B³ (Bagga and Baldwin 1998), CEAF
//! over entities (Luo 2005), and their mean, the CoNLL score, with the mentions that the program found itself (Pradhan and
//! others 2014).
//!
//! A mention is whatever compares equal; sums run over all documents, as in the reference scorer.

use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Numerators and denominators of recall and precision.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Part {
    /// What was found of the gold, and how much there was.
    pub recall: (f64, f64),
    /// What was right of the answer, and how much there was.
    pub precision: (f64, f64),
}

impl AddAssign for Part {
    fn add_assign(&mut self, other: Self) {
        self.recall = (self.recall.0 + other.recall.0, self.recall.1 + other.recall.1);
        self.precision = (self.precision.0 + other.precision.0, self.precision.1 + other.precision.1);
    }
}

impl Part {
    /// F1 in per cent.
    pub fn f1(&self) -> f64 {
        let share = |(a, b): (f64, f64)| if b == 0.0 { 0.0 } else { a / b };
        let (r, p) = (share(self.recall), share(self.precision));
        if r + p == 0.0 { 0.0 } else { 200.0 * r * p / (r + p) }
    }
}

/// The measures of one or more documents.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scores {
    /// Mentions found.
    pub mentions: Part,
    /// MUC.
    pub muc: Part,
    /// B³.
    pub b_cubed: Part,
    /// CEAF over entities, φ4.
    pub ceaf: Part,
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.muc += other.muc;
        self.b_cubed += other.b_cubed;
        self.ceaf += other.ceaf;
    }
}

impl Scores {
    /// The mean of the three F1s, per cent.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

/// Scores the chains of one document; a mention stands in one chain at most on either side.
pub fn score<M: Ord + Clone>(gold: &[Vec<M>], answer: &[Vec<M>]) -> Scores {
    let (of_gold, of_answer) = (index(gold), index(answer));
    let found = of_gold.keys().filter(|m| of_answer.contains_key(m)).count() as f64;
    Scores {
        mentions: Part { recall: (found, of_gold.len() as f64), precision: (found, of_answer.len() as f64) },
        muc: Part { recall: links(gold, &of_answer), precision: links(answer, &of_gold) },
        b_cubed: Part { recall: shares(gold, answer, &of_answer), precision: shares(answer, gold, &of_gold) },
        ceaf: alignment(gold, answer, &of_answer),
    }
}

/// The chains without those of one mention.
pub fn without_singletons<M: Clone>(chains: &[Vec<M>]) -> Vec<Vec<M>> {
    chains.iter().filter(|c| c.len() > 1).cloned().collect()
}

fn index<M: Ord + Clone>(chains: &[Vec<M>]) -> BTreeMap<M, usize> {
    chains.iter().enumerate().flat_map(|(c, chain)| chain.iter().map(move |m| (m.clone(), c))).collect()
}

/// MUC: of the links that join each chain, those that the other side has too.
fn links<M: Ord>(chains: &[Vec<M>], other: &BTreeMap<M, usize>) -> (f64, f64) {
    let (mut kept, mut all) = (0, 0);
    for chain in chains {
        let mut parts: Vec<usize> = chain.iter().filter_map(|m| other.get(m).copied()).collect();
        let missing = chain.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        kept += chain.len() - (parts.len() + missing);
        all += chain.len() - 1;
    }
    (kept as f64, all as f64)
}

/// B³: for each mention the share of its chain that is in its chain on the other side.
fn shares<M: Ord>(chains: &[Vec<M>], other: &[Vec<M>], of_other: &BTreeMap<M, usize>) -> (f64, f64) {
    let (mut sum, mut all) = (0.0, 0.0);
    for chain in chains {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for mention in chain {
            if let Some(&c) = of_other.get(mention) {
                debug_assert!(c < other.len());
                *common.entry(c).or_default() += 1;
            }
        }
        sum += common.values().map(|&n| (n * n) as f64).sum::<f64>() / chain.len() as f64;
        all += chain.len() as f64;
    }
    (sum, all)
}

/// CEAF: the best one-to-one alignment of chains by 2|K∩R| / (|K|+|R|).
fn alignment<M: Ord>(gold: &[Vec<M>], answer: &[Vec<M>], of_answer: &BTreeMap<M, usize>) -> Part {
    let mut likeness = vec![vec![0.0; answer.len()]; gold.len()];
    for (g, chain) in gold.iter().enumerate() {
        for mention in chain {
            if let Some(&a) = of_answer.get(mention) {
                likeness[g][a] += 2.0 / (chain.len() + answer[a].len()) as f64;
            }
        }
    }
    let best = assignment(&likeness);
    Part { recall: (best, gold.len() as f64), precision: (best, answer.len() as f64) }
}

/// The largest sum of a one-to-one assignment of rows to columns (Kuhn 1955, by shortest augmenting paths).
fn assignment(gain: &[Vec<f64>]) -> f64 {
    let rows = gain.len();
    let columns = gain.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return 0.0;
    }
    if rows > columns {
        let turned: Vec<Vec<f64>> = (0..columns).map(|c| gain.iter().map(|row| row[c]).collect()).collect();
        return assignment(&turned);
    }
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut matched = vec![0usize; columns + 1];
    let mut way = vec![0usize; columns + 1];
    for row in 1..=rows {
        matched[0] = row;
        let mut at = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        while matched[at] != 0 {
            used[at] = true;
            let (r, mut step, mut next) = (matched[at], f64::INFINITY, 0);
            for c in 1..=columns {
                if used[c] {
                    continue;
                }
                let cost = -gain[r - 1][c - 1] - of_row[r] - of_column[c];
                if cost < least[c] {
                    (least[c], way[c]) = (cost, at);
                }
                if least[c] < step {
                    (step, next) = (least[c], c);
                }
            }
            for c in 0..=columns {
                if used[c] {
                    of_row[matched[c]] += step;
                    of_column[c] -= step;
                } else {
                    least[c] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            matched[at] = matched[way[at]];
            at = way[at];
        }
    }
    (1..=columns).filter(|&c| matched[c] != 0).map(|c| gain[matched[c] - 1][c - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    /// The example of Luo (2005) and of the reference scorer's paper: gold {a b c} {d e f g}, answer {a b} {c d} {f g h i}.
    #[test]
    fn measures_are_those_computed_by_hand() {
        let gold = [vec!['a', 'b', 'c'], vec!['d', 'e', 'f', 'g']];
        let answer = [vec!['a', 'b'], vec!['c', 'd'], vec!['f', 'g', 'h', 'i']];
        let s = score(&gold, &answer);
        assert_eq!(s.mentions, Part { recall: (6.0, 7.0), precision: (6.0, 8.0) });
        // Gold chains fall into 2 and 3 parts: (3-2) + (4-3) of 5 links; the answer's into 1, 2 and 3: 1 + 0 + 1 of 5.
        assert_eq!(s.muc, Part { recall: (2.0, 5.0), precision: (2.0, 5.0) });
        // Recall 1/7 [1/3 + 2²/3 + 1/4 + 2²/4] = 35/12/7; precision 1/8 [4/2 + 1/2 + 1/2 + 4/4] = 4/8.
        close(s.b_cubed.recall.0, 35.0 / 12.0);
        close(s.b_cubed.precision.0, 4.0);
        // a-b-c with a-b: 4/5; d-e-f-g with f-g-h-i: 4/8.
        close(s.ceaf.recall.0, 0.8 + 0.5);
        assert_eq!((s.ceaf.recall.1, s.ceaf.precision.1), (2.0, 3.0));
        close(s.muc.f1(), 40.0);
        let b = 2.0 * (5.0 / 12.0) * 0.5 / (5.0 / 12.0 + 0.5);
        close(s.b_cubed.f1(), 100.0 * b);
        let (r, p) = (0.65, 1.3 / 3.0);
        close(s.ceaf.f1(), 200.0 * r * p / (r + p));
        close(s.conll(), (40.0 + 100.0 * b + 200.0 * r * p / (r + p)) / 3.0);
    }

    #[test]
    fn the_gold_itself_is_perfect_and_nothing_is_nothing() {
        let gold = [vec![1, 2], vec![3], vec![4, 5, 6]];
        close(score(&gold, &gold).conll(), 100.0);
        close(score(&gold, &[]).conll(), 0.0);
        assert_eq!(without_singletons(&gold).len(), 2);
    }

    #[test]
    fn the_best_alignment_is_found_where_greed_fails() {
        close(assignment(&[vec![0.9, 0.8], vec![0.8, 0.1]]), 1.6);
        close(assignment(&[vec![0.5], vec![0.7], vec![0.1]]), 0.7);
    }
}
