//! Where the true answer stands among all actors: time-aware filtered ranks, ties at their expectation.
//!
//! Protocol: Gastinger et al., "Comparing apples and oranges?", ECML PKDD 2023. Ties are not broken: with `better`
//! actors above the truth and `tied` others beside it, a measure is its mean over all orders of the tied.

/// Where a true answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Actors above it.
    pub better: u32,
    /// Other actors beside it.
    pub tied: u32,
}

impl Place {
    /// The place of `truth` by these scores, one an actor; the other answers of the same question are left out.
    pub fn of(scores: &[f32], truth: u32, answers: &[(u32, u32)]) -> Self {
        let own = scores[truth as usize];
        let (mut better, mut tied) = (0u32, 0u32);
        for score in scores {
            better += u32::from(*score > own);
            tied += u32::from(*score == own);
        }
        for (other, _) in answers.iter().filter(|(other, _)| *other != truth) {
            let score = scores[*other as usize];
            better -= u32::from(score > own);
            tied -= u32::from(score == own);
        }
        Self { better, tied: tied.saturating_sub(1) }
    }

    /// Mean of 1/rank.
    pub fn reciprocal(self) -> f64 {
        let ranks = self.better + 1..=self.better + self.tied + 1;
        ranks.map(|rank| 1.0 / f64::from(rank)).sum::<f64>() / f64::from(self.tied + 1)
    }

    /// Share of the orders in which the rank is at most `k`.
    pub fn within(self, k: u32) -> f64 {
        f64::from(k.saturating_sub(self.better).min(self.tied + 1)) / f64::from(self.tied + 1)
    }

    /// Mean rank.
    pub fn mean(self) -> f64 {
        f64::from(self.better) + 1.0 + f64::from(self.tied) / 2.0
    }
}

/// Means over many questions; all 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// How many.
    pub queries: u64,
    reciprocal: f64,
    within: [f64; 3],
}

/// The ranks that hits are counted within.
pub const WITHIN: [u32; 3] = [1, 3, 10];

impl Measures {
    /// Counts a place.
    pub fn add(&mut self, place: Place) {
        self.queries += 1;
        self.reciprocal += place.reciprocal();
        for (sum, k) in self.within.iter_mut().zip(WITHIN) {
            *sum += place.within(k);
        }
    }

    /// Mean reciprocal rank; none without a question.
    pub fn reciprocal(&self) -> Option<f64> {
        (self.queries > 0).then(|| self.reciprocal / self.queries as f64)
    }

    /// Hits within 1, 3 and 10; none without a question.
    pub fn hits(&self) -> Option<[f64; 3]> {
        (self.queries > 0).then(|| self.within.map(|sum| sum / self.queries as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_count_at_their_expectation() {
        // Actor 2 is true; 0 is above, 1 and 3 are beside it, 4 is another true answer and is left out.
        let place = Place::of(&[0.9, 0.5, 0.5, 0.5, 0.5, 0.1], 2, &[(2, 1), (4, 1)]);
        assert_eq!(place, Place { better: 1, tied: 2 });
        assert!((place.reciprocal() - (1.0 / 2.0 + 1.0 / 3.0 + 1.0 / 4.0) / 3.0).abs() < 1e-12);
        assert_eq!((place.within(1), place.within(3), place.within(10)), (0.0, 2.0 / 3.0, 1.0));
        assert_eq!(place.mean(), 3.0);
    }

    proptest! {
        #[test]
        fn expectation_is_the_mean_over_orders(scores in prop::collection::vec(0u8..4, 2..6), truth in 0usize..6) {
            let truth = truth % scores.len();
            let place = Place::of(&scores.iter().map(|s| f32::from(*s)).collect::<Vec<_>>(), truth as u32, &[(truth as u32, 1)]);
            let above = scores.iter().filter(|s| **s > scores[truth]).count();
            let tied = scores.iter().filter(|s| **s == scores[truth]).count();
            let mean = (0..tied).map(|at| 1.0 / (above + at + 1) as f64).sum::<f64>() / tied as f64;
            prop_assert!((place.reciprocal() - mean).abs() < 1e-12);
        }
    }
}
