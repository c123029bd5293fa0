//! Dated facts between numbered actors, in steps of time: the one input of the ranking methods. What the numbers stand
//! for is kept by those who read files.

use thiserror::Error;

/// A dated fact: `subject` did `relation` to `object` at `step`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fact {
    /// Step of time, from 0; see [`Clock`].
    pub step: u32,
    /// Who, from 0.
    pub subject: u32,
    /// What, from 0.
    pub relation: u32,
    /// To whom, from 0.
    pub object: u32,
}

/// How times of a file become steps: the first time is step 0, and a step is the greatest common divisor of all
/// distances, so that files in days, hours or minutes with the same events give the same steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The first time.
    pub origin: i64,
    /// Length of a step in the file's unit, at least 1.
    pub unit: i64,
}

/// Why times give no steps.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClockError {
    /// There is nothing to count from.
    #[error("there are no facts")]
    Empty,
    /// Steps are kept in 31 bits.
    #[error("times reach from {from} to {to}, which is more than 2147483647 steps of {unit}")]
    TooLong {
        /// First time.
        from: i64,
        /// Last time.
        to: i64,
        /// Length of a step.
        unit: i64,
    },
}

impl Clock {
    /// The clock of these times, in any order.
    pub fn of(times: impl Iterator<Item = i64> + Clone) -> Result<Self, ClockError> {
        let origin = times.clone().min().ok_or(ClockError::Empty)?;
        let last = times.clone().max().unwrap_or(origin);
        let unit = times.fold(0u64, |unit, time| divisor(unit, time.abs_diff(origin))).max(1);
        let unit = i64::try_from(unit).unwrap_or(i64::MAX);
        if last.abs_diff(origin) / unit.unsigned_abs() > i32::MAX as u64 {
            return Err(ClockError::TooLong { from: origin, to: last, unit });
        }
        Ok(Self { origin, unit })
    }

    /// The step of a time not before the origin.
    pub fn step(self, time: i64) -> u32 {
        u32::try_from(time.abs_diff(self.origin) / self.unit.unsigned_abs()).unwrap_or(u32::MAX)
    }
}

fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A question: who stands at the other end of `relation` from `subject`? A relation number of `relations` or more
/// asks through the inverse: `relation + relations` of an object leads to its subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// From whom.
    pub subject: u32,
    /// By which relation or inverse.
    pub relation: u32,
    /// The true answers with how often each was asked for, sorted.
    pub answers: Vec<(u32, u32)>,
}

/// The questions of the facts of one step, both directions, sorted by subject and relation: what the answers of one
/// question are is also what the time-aware filter takes out for each other.
pub fn questions(facts: &[Fact], relations: u32) -> Vec<Question> {
    let both = facts.iter().flat_map(|fact| {
        [(fact.subject, fact.relation, fact.object), (fact.object, fact.relation + relations, fact.subject)]
    });
    let mut both: Vec<_> = both.collect();
    both.sort_unstable();
    let mut asked: Vec<Question> = Vec::new();
    for (subject, relation, answer) in both {
        match asked.last_mut() {
            Some(last) if (last.subject, last.relation) == (subject, relation) => {
                match last.answers.last_mut() {
                    Some((known, times)) if *known == answer => *times += 1,
                    _ => last.answers.push((answer, 1)),
                }
            }
            _ => asked.push(Question { subject, relation, answers: vec![(answer, 1)] }),
        }
    }
    asked
}

/// Facts sorted by time, cut where the step changes: `(step, facts)`.
pub fn steps(facts: &[Fact]) -> impl Iterator<Item = (u32, &[Fact])> {
    facts.chunk_by(|a, b| a.step == b.step).map(|facts| (facts[0].step, facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_the_common_divisor() {
        let clock = Clock::of([48, 24, 96].into_iter()).unwrap();
        assert_eq!(clock, Clock { origin: 24, unit: 24 });
        assert_eq!(clock.step(96), 3);
        assert_eq!(Clock::of([7].into_iter()), Ok(Clock { origin: 7, unit: 1 }));
        assert_eq!(Clock::of([].into_iter()), Err(ClockError::Empty));
        assert!(Clock::of([i64::MIN, 0, i64::MAX].into_iter()).is_err());
    }

    #[test]
    fn a_fact_is_asked_in_both_directions() {
        let fact = |subject, object| Fact { step: 0, subject, relation: 0, object };
        let asked = questions(&[fact(0, 2), fact(0, 1), fact(0, 1)], 1);
        let shown: Vec<_> = asked.iter().map(|q| (q.subject, q.relation, q.answers.as_slice())).collect();
        assert_eq!(shown, [(0, 0, &[(1, 2), (2, 1)][..]), (1, 1, &[(0, 2)][..]), (2, 1, &[(0, 1)][..])]);
    }
}
