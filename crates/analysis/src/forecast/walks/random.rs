//! Random walks back in time from the answers of a question to its subject, along events that the history was told.

use super::super::fact::Question;
use super::super::history::{Act, History};
use super::{Body, NONE};

/// Walks of each length for every answer.
const TRIES: usize = 3;

/// Bodies of walks from a question's answers back to its subject.
pub(super) fn walk(history: &History, question: &Question, seed: u64) -> Vec<Body> {
    let subject = question.subject;
    let mut dice = Dice::new(seed, history.now(), subject, question.relation);
    let mut bodies = Vec::new();
    for (answer, _) in &question.answers {
        for _ in 0..TRIES {
            let Some(last) = dice.act(history.acts(*answer)) else { break };
            let second = history.inverse(last.relation);
            if let Some(first) = closing(history, &mut dice, subject, last) {
                bodies.push([first, second, NONE]);
            }
            let before = history.acts(last.object);
            let Some(middle) = dice.act(&before[..before.partition_point(|act| act.step <= last.step)])
            else {
                continue;
            };
            if last.object == subject || middle.object == *answer {
                continue;
            }
            if let Some(first) = closing(history, &mut dice, subject, middle) {
                bodies.push([first, history.inverse(middle.relation), second]);
            }
        }
    }
    bodies
}

/// A relation by which the subject met the actor at the end of `act` no later than then.
fn closing(history: &History, dice: &mut Dice, subject: u32, act: Act) -> Option<u32> {
    let pair = history.pair(subject, act.object).filter(|_| act.object != subject)?;
    let links: Vec<u32> =
        pair.links.iter().filter(|link| link.tally.first <= act.step).map(|link| link.relation).collect();
    (!links.is_empty()).then(|| links[dice.below(links.len())])
}

/// Chance that the seed, the step and the question give.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, step: u32, subject: u32, relation: u32) -> Self {
        let key = (u64::from(step) << 40) ^ (u64::from(subject) << 16) ^ u64::from(relation);
        Self(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ key.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// SplitMix64.
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// Below a number that is not 0.
    fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.roll()) * end as u128) >> 64) as usize
    }

    /// One of these, newer ones likelier: the newer of two.
    fn act(&mut self, acts: &[Act]) -> Option<Act> {
        if acts.is_empty() {
            return None;
        }
        Some(acts[self.below(acts.len()).max(self.below(acts.len()))])
    }
}
