//! Outlooks read nothing at or after the step that is asked about, and find what is there to be found.

use demarche_analysis::forecast::fact::Fact;
use demarche_analysis::forecast::landmark::{Case, Plan, cases};
use demarche_analysis::forecast::outlook::Outlook;
use demarche_analysis::forecast::rolling::{Chances, Timing, said};
use proptest::prelude::*;

const ACTORS: u32 = 6;
const END: u32 = 80;

fn plan() -> Plan {
    Plan { horizon: 6, stride: 3, first: 10, questions: 40, kept: (4, 2), seed: 1 }
}

/// Facts of these steps, sorted, each once.
fn facts(steps: std::ops::Range<u32>, many: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Fact>> {
    let one = (steps, 0..ACTORS, 0..2u32, 0..ACTORS);
    let fact = one.prop_map(|(step, subject, relation, object)| Fact { step, subject, relation, object });
    prop::collection::vec(fact, many).prop_map(|mut facts| {
        facts.sort_unstable();
        facts.dedup();
        facts
    })
}

/// What is said at a landmark of its cases, from these facts.
fn told(facts: &[Fact], end: u32, landmark: u32) -> Vec<(Case, Option<Vec<f64>>)> {
    let cases = cases(facts, ACTORS, 2, end, &plan());
    let outlook = Outlook::learn(&cases, plan().horizon, landmark, None).ok();
    let here = cases.into_iter().filter(|case| case.landmark == landmark);
    here.map(|case| {
        let by = outlook.as_ref().map(|outlook| outlook.prospect(&case).by);
        (Case { lag: None, ..case }, by)
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_happens_at_or_after_a_landmark_does_not_change_what_is_said_there(
        past in facts(0..61, 150..400),
        later in facts(61..END, 1..60),
    ) {
        // Landmark 61 = 10 + 17 · 3.
        let mut all = past.clone();
        all.extend(later);
        let (alone, among) = (told(&past, 62, 61), told(&all, END, 61));
        prop_assert!(!alone.is_empty());
        prop_assert_eq!(alone, among);
    }

    #[test]
    fn chances_are_numbers_that_rise(some in facts(0..END, 0..500)) {
        let cases = cases(&some, ACTORS, 2, END, &plan());
        if let Ok(said) = said(&cases, &plan(), END) {
            for one in &said {
                prop_assert!(one.prospect.by.iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", one.prospect);
                prop_assert!(one.prospect.by.is_sorted());
                prop_assert!(one.case.landmark >= END / 2 && one.case.landmark + 6 <= END);
            }
            let chances = Chances::of(&said).unwrap();
            prop_assert!(chances.calibrated.log_loss.is_finite() && chances.base.brier.is_finite());
            if let Some((ours, base)) = Timing::of(&said) {
                prop_assert!([ours.log_loss, ours.crps, base.log_loss, base.crps].iter().all(|x| x.is_finite()));
            }
        }
    }
}

#[test]
fn a_rhythm_is_worth_more_than_its_rate() {
    // Each pair meets every fourth step, some pairs out of step with the others.
    let mut facts = Vec::new();
    for step in 0..200u32 {
        for subject in 0..12u32 {
            if (step + subject) % 4 == 0 {
                facts.push(Fact { step, subject, relation: 0, object: (subject + 1) % 12 });
            }
        }
    }
    let plan = Plan { horizon: 8, stride: 5, first: 40, questions: 40, kept: (3, 1), seed: 1 };
    let cases = cases(&facts, 12, 1, 200, &plan);
    let said = said(&cases, &plan, 200).unwrap();
    let (ours, base) = Timing::of(&said).unwrap();
    assert!(ours.cases > 100 && ours.crps < 0.6 * base.crps, "{ours:?} {base:?}");
    let skill = Chances::of(&said).unwrap().skill();
    assert!(skill[0].unwrap() > 0.5, "{skill:?}");
}
