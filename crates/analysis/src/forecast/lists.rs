//! What trees are grown on: the candidates of many questions, each number of theirs in at most 64 steps, so that sums
//! over them are small tables.

/// Values of one kind of evidence are told apart by this many steps at most.
pub(super) const BINS: usize = 64;

/// Candidates of questions, in steps of their numbers.
#[derive(Debug)]
pub struct Lists {
    pub(super) width: usize,
    /// For each number: ascending values at which a new step begins.
    pub(super) cuts: Vec<Vec<f32>>,
    pub(super) bins: Vec<u8>,
    pub(super) weights: Vec<f32>,
    pub(super) starts: Vec<f32>,
    pub(super) groups: Vec<Group>,
}

/// A question's candidates.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Rows of true answers with how often each was asked for.
    pub(super) truths: Vec<(u32, f32)>,
}

impl Lists {
    /// Lists of rows like these, from which the steps are taken.
    pub fn new<const N: usize>(sample: &[[f32; N]]) -> Self {
        let cuts = (0..N).map(|at| {
            let mut values: Vec<f32> = sample.iter().map(|row| row[at]).collect();
            values.sort_unstable_by(f32::total_cmp);
            let mut cuts: Vec<f32> = Vec::new();
            // Most candidates lack most kinds of evidence: steps are shared out among the others.
            let least = values.first().copied().unwrap_or(0.0);
            let common = values.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
            let common = common.and_then(|run| run.first().copied()).unwrap_or(least);
            let others: Vec<f32> = values.iter().copied().filter(|v| *v != common).collect();
            cuts.push(common);
            for step in 1..BINS - 2 {
                if let Some(value) = others.get(step * others.len() / (BINS - 2)) {
                    cuts.push(*value);
                }
            }
            if let Some(value) = others.iter().find(|v| **v > common) {
                cuts.push(*value);
            }
            cuts.sort_unstable_by(f32::total_cmp);
            cuts.dedup();
            if cuts.first() == Some(&least) {
                cuts.remove(0);
            }
            cuts
        });
        Self {
            width: N,
            cuts: cuts.collect(),
            bins: Vec::new(),
            weights: Vec::new(),
            starts: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// Adds a question: candidates with their weights (how many like it each stands for), and which are true, how often.
    pub fn push<const N: usize>(
        &mut self,
        rows: &[[f32; N]],
        weights: &[f32],
        starts: impl Iterator<Item = f32>,
        truths: &[(u32, f32)],
    ) {
        let start = self.weights.len() as u32;
        for row in rows {
            for (value, cuts) in row.iter().zip(&self.cuts) {
                self.bins.push(cuts.partition_point(|cut| cut <= value) as u8);
            }
        }
        self.weights.extend_from_slice(weights);
        self.starts.extend(starts);
        let truths = truths.iter().map(|&(row, times)| (start + row, times)).collect();
        self.groups.push(Group { start, end: self.weights.len() as u32, truths });
    }

    /// The steps of the first rows, number by number: for looking at one number of many rows.
    pub(super) fn columns(&self, rows: usize) -> Vec<Vec<u8>> {
        let mut columns = vec![Vec::with_capacity(rows); self.width];
        for row in self.bins.chunks_exact(self.width).take(rows) {
            for (column, bin) in columns.iter_mut().zip(row) {
                column.push(*bin);
            }
        }
        columns
    }

    /// How many questions there are.
    pub fn questions(&self) -> usize {
        self.groups.len()
    }

    /// Mean reciprocal rank of the true answers of the questions from `first` on among the kept candidates, by these
    /// scores; a candidate counts as often as others that it stands for. None without a question.
    pub fn reciprocal(&self, first: usize, scores: &[f32]) -> Option<f64> {
        let (mut sum, mut asked) = (0.0, 0.0);
        for group in self.groups.get(first..).unwrap_or_default() {
            for &(truth, times) in &group.truths {
                let own = scores[truth as usize];
                let others = (group.start..group.end).filter(|row| group.truths.iter().all(|t| t.0 != *row));
                let above = others.map(|row| {
                    let score = scores[row as usize];
                    let share = if score > own { 1.0 } else { f64::from(u8::from(score == own)) / 2.0 };
                    share * f64::from(self.weights[row as usize])
                });
                sum += f64::from(times) / (1.0 + above.sum::<f64>());
                asked += f64::from(times);
            }
        }
        (asked > 0.0).then(|| sum / asked)
    }

    /// How many candidates there are in all.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
