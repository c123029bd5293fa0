//! Series of counts of the same periods: for each pair of actors, or for each actor, how many events a period.

use crate::forecast::fact::Fact;
use std::collections::BTreeMap;

/// Whose events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Of two actors, the smaller number first, in either direction.
    Pair(u32, u32),
    /// With this actor on either side.
    Actor(u32),
}

/// Counts of many series over the same periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Whose events and how many in each period, in the order of the keys.
    pub series: Vec<(Key, Vec<u32>)>,
    /// How many periods.
    pub periods: usize,
    /// Periods after which the same season comes again, if seasons are told apart.
    pub season: Option<usize>,
}

impl Panel {
    /// Cuts facts, sorted by time, into periods: `cuts` holds the first step of each and the step after the last,
    /// ascending. Facts outside are not counted. `pairs`: of pairs of actors, else of single ones. Events of an actor
    /// with itself are no events of a pair and one event of the actor.
    pub fn of(facts: &[Fact], cuts: &[u32], season: Option<usize>, pairs: bool) -> Self {
        let periods = cuts.len().saturating_sub(1);
        let mut series: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        for fact in facts {
            let at = cuts.partition_point(|cut| *cut <= fact.step);
            if at == 0 || at > periods {
                continue;
            }
            let (a, b) = (fact.subject.min(fact.object), fact.subject.max(fact.object));
            let keys = match (pairs, a == b) {
                (true, true) => [None, None],
                (true, false) => [Some(Key::Pair(a, b)), None],
                (false, true) => [Some(Key::Actor(a)), None],
                (false, false) => [Some(Key::Actor(a)), Some(Key::Actor(b))],
            };
            for key in keys.into_iter().flatten() {
                series.entry(key).or_insert_with(|| vec![0; periods])[at - 1] += 1;
            }
        }
        Self { series: series.into_iter().collect(), periods, season }
    }

    /// The counts of one series, if it had an event.
    pub fn get(&self, key: Key) -> Option<&[u32]> {
        let at = self.series.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(&self.series[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_fall_into_their_periods() {
        let fact = |step, subject, object| Fact { step, subject, relation: 0, object };
        let facts = [fact(0, 0, 1), fact(9, 1, 0), fact(10, 0, 1), fact(12, 2, 2), fact(25, 0, 1)];
        let pairs = Panel::of(&facts, &[5, 10, 20], None, true);
        assert_eq!(pairs.series, [(Key::Pair(0, 1), vec![1, 1])]);
        let single = Panel::of(&facts, &[5, 10, 20], None, false);
        assert_eq!(single.get(Key::Actor(2)), Some(&[0, 1][..]));
        assert_eq!((single.get(Key::Actor(0)), single.get(Key::Actor(7))), (Some(&[1, 1][..]), None));
        assert_eq!(Panel::of(&facts, &[], None, true).periods, 0);
    }
}
