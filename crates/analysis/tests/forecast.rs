//! Ranking reads nothing at or after the step that is asked about.

use demarche_analysis::forecast::fact::Fact;
use demarche_analysis::forecast::ranking::{Options, Ranked, Ranker};
use proptest::prelude::*;

const ACTORS: u32 = 6;
const ASKED: u32 = 12;

/// Facts of these steps, sorted.
fn facts(steps: std::ops::Range<u32>) -> impl Strategy<Value = Vec<Fact>> {
    let one = (steps, 0..ACTORS, 0..2u32, 0..ACTORS);
    let fact = one.prop_map(|(step, subject, relation, object)| Fact { step, subject, relation, object });
    prop::collection::vec(fact, 1..60).prop_map(|mut facts| {
        facts.sort_unstable();
        facts
    })
}

fn ranked(past: &[Fact], asked: &[Fact]) -> Vec<Ranked> {
    let mut ranked = Vec::new();
    Ranker::learn(past, ACTORS, 3, &Options::default()).evaluate(asked, |one| ranked.push(one.clone()));
    ranked
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_happens_at_or_after_a_step_does_not_change_its_ranks(
        past in facts(0..ASKED),
        same in facts(ASKED..ASKED + 1),
        later in facts(ASKED..ASKED + 4),
    ) {
        // Facts of another relation ask other questions, so no answer of theirs is filtered here.
        let mut more: Vec<Fact> = later.iter().map(|fact| Fact { relation: 2, ..*fact }).collect();
        more.extend(&same);
        more.sort_unstable();
        let alone = ranked(&past, &same);
        let among: Vec<Ranked> = ranked(&past, &more)
            .into_iter()
            .filter(|one| one.step == ASKED && one.relation % 3 != 2)
            .collect();
        prop_assert_eq!(alone, among);
    }
}
