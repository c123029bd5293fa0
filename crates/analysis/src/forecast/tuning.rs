//! Which growth of the trees suits some facts: each of several is tried on the questions that the combination is learned
//! from, all but the last part of them, and judged by the last part. Facts that come later are not looked at.

use super::boost::{Growth, Trees};
use super::fact::Fact;
use super::ranking::{Options, Ranker};

/// The questions that are kept to judge by are the last of so many parts.
pub const PARTS: usize = 5;
/// Trees between two looks.
const EVERY: usize = 10;

/// A growth and how well it did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// As it was grown.
    pub growth: Growth,
    /// Mean reciprocal rank of the true answers of the last part among the kept candidates, 0 to 1.
    pub reciprocal: f64,
}

/// Tries growths on facts sorted by time, of actors `0..actors` and relations `0..relations`: each up to its number of trees,
/// and every ten on the way. Empty where there are no questions to judge by.
pub fn tune(
    facts: &[Fact],
    actors: u32,
    relations: u32,
    options: &Options,
    growths: &[Growth],
) -> Vec<Tried> {
    let (_, lists) = Ranker::prepare(facts, actors, relations, options);
    let learned = lists.questions() - lists.questions() / PARTS;
    let mut tried = Vec::new();
    for growth in growths {
        Trees::grow_watched(&lists, learned, *growth, |trees, scores| {
            if trees % EVERY == 0 || trees == growth.trees {
                let found = lists.reciprocal(learned, scores);
                tried.extend(
                    found.map(|reciprocal| Tried { growth: Growth { trees, ..*growth }, reciprocal }),
                );
            }
        });
    }
    tried
}

/// The best; of equally good ones the one of fewest leaves in all, the first of those. None of nothing.
pub fn best(tried: &[Tried]) -> Option<Tried> {
    let size = |one: &Tried| one.growth.trees * one.growth.leaves;
    let order = |a: &&Tried, b: &&Tried| b.reciprocal.total_cmp(&a.reciprocal).then(size(a).cmp(&size(b)));
    tried.iter().min_by(order).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growths_are_judged_by_questions_that_were_not_learned_from() {
        // Who meets whom turns round halfway through the last part of the time.
        let mut facts = Vec::new();
        for step in 0..120u32 {
            for subject in 0..8u32 {
                let object = if step < 96 { (subject + 1) % 8 } else { (subject + 3) % 8 };
                if (step + subject) % 3 == 0 {
                    facts.push(Fact { step, subject, relation: 0, object });
                }
            }
        }
        let growth = |trees| Growth { trees, leaves: 4, rate: 0.3, ridge: 3.0, least: 5.0 };
        let options = Options { questions: 400, ..Options::default() };
        let tried = tune(&facts, 8, 1, &options, &[growth(10), growth(20)]);
        assert!(
            !tried.is_empty() && tried.iter().all(|one| (0.0..=1.0).contains(&one.reciprocal)),
            "{tried:?}"
        );
        assert_eq!(tune(&facts, 8, 1, &options, &[growth(10), growth(20)]), tried);
        assert_eq!(tune(&[], 8, 1, &options, &[growth(10)]), []);
    }

    #[test]
    fn of_equals_the_smaller_is_best() {
        let one = |trees, reciprocal| Tried { growth: Growth { trees, ..Growth::default() }, reciprocal };
        let found = best(&[one(60, 0.5), one(30, 0.5), one(20, 0.4)]).unwrap();
        assert_eq!(found.growth.trees, 30);
        assert_eq!(best(&[]), None);
    }
}
