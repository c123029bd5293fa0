//! Recurrency baselines: what happened is what will happen. Strict: the same triple, fading with its last occurrence;
//! relaxed: any triple with the same relation and object (Gastinger et al., "History repeats itself", IJCAI 2024).
//! Both parameters, the half-life and the mixture, are chosen for each relation.

use super::fact::Question;
use super::history::History;
use super::rank::Place;

/// How a relation recurs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recurrency {
    /// Which of the four half-lives, from 0.
    pub life: usize,
    /// Share of the strict score, 0 to 1.
    pub strict: f32,
}

const SHARES: [f32; 5] = [0.5, 0.9, 0.99, 0.999, 0.99999];

impl Default for Recurrency {
    fn default() -> Self {
        Self { life: 2, strict: 0.999 }
    }
}

/// Scores of all actors: the strict score is the faded count over what the relation could have had, the relaxed one
/// the actor's share of the relation's ends.
pub fn score(history: &History, question: &Question, recurrency: Recurrency, scores: &mut [f32]) {
    let Question { subject, relation, .. } = *question;
    let (now, fading) = (history.now(), history.fading());
    scores.fill(0.0);
    let kind = history.kind(relation);
    let per_end = (1.0 - recurrency.strict) / kind.all.count.max(1.0);
    for end in &kind.ends {
        scores[end.object as usize] = end.tally.count * per_end;
    }
    // A triple that happened at every step would have this much.
    let full = super::decay::HALF_LIVES[recurrency.life] as f32 * std::f32::consts::LOG2_E;
    for (object, tally) in history.objects(subject, relation) {
        scores[object as usize] += recurrency.strict * tally.faded(now, fading)[recurrency.life] / full;
    }
}

/// Chooses both parameters for each relation by the sum of reciprocal ranks.
#[derive(Debug, Clone)]
pub struct Choice {
    sums: Vec<[f64; 4 * SHARES.len()]>,
}

impl Choice {
    /// Nothing was tried yet.
    pub fn new(relations: u32) -> Self {
        Self { sums: vec![[0.0; 4 * SHARES.len()]; 2 * relations as usize] }
    }

    /// Tries all parameters on questions that the history was not yet told the answers of.
    pub fn learn(&mut self, history: &History, questions: &[Question]) {
        use rayon::prelude::*;
        let tried: Vec<[f64; 4 * SHARES.len()]> = questions
            .par_iter()
            .map_init(
                || vec![0.0; history.actors() as usize],
                |scores, question| {
                    std::array::from_fn(|at| {
                        let recurrency =
                            Recurrency { life: at / SHARES.len(), strict: SHARES[at % SHARES.len()] };
                        score(history, question, recurrency, scores);
                        let places = question.answers.iter().map(|&(answer, times)| {
                            f64::from(times) * Place::of(scores, answer, &question.answers).reciprocal()
                        });
                        places.sum()
                    })
                },
            )
            .collect();
        for (question, tried) in questions.iter().zip(tried) {
            for (sum, tried) in self.sums[question.relation as usize].iter_mut().zip(tried) {
                *sum += tried;
            }
        }
    }

    /// The best parameters of each relation and inverse; the usual ones where none was tried.
    pub fn best(&self) -> Vec<Recurrency> {
        let best = self.sums.iter().map(|sums| {
            let mut best = (0.0, Recurrency::default());
            for (at, sum) in sums.iter().enumerate() {
                if *sum > best.0 {
                    best = (*sum, Recurrency { life: at / SHARES.len(), strict: SHARES[at % SHARES.len()] });
                }
            }
            best.1
        });
        best.collect()
    }
}
