//! Learns steps and relations, on labels as the tagger would give them, from the states its own mistakes lead to.

use crate::gaps::rival;
use crate::perceptron::{Dense, Sparse};
use crate::random::Random;
use crate::tags::Example;
use demarche_text::workshop::forms::Facts;
use demarche_text::workshop::{Row, STEPS, State, View, arc_features, step_features};
use demarche_text::{Rel, Upos, Xpos};

/// A sentence ready for learning.
#[derive(Debug)]
struct Lesson {
    view: View,
    heads: Vec<u32>,
    rels: Vec<u8>,
    dependents: Vec<Vec<u32>>,
}

fn lesson(example: &Example<'_>, tags: &[u8], facts: &[Facts], labels: &[(Upos, Xpos)]) -> Lesson {
    let n = example.gold.rows.len();
    let mut view = View::default();
    view.look(&example.atoms, facts, tags, labels);
    let heads: Vec<u32> = example.gold.rows.iter().map(|r| r.head as u32).collect();
    let mut dependents = vec![Vec::new(); n + 1];
    for (word, &head) in heads.iter().enumerate() {
        dependents[head as usize].push(word as u32);
    }
    Lesson { view, heads, rels: example.gold.rows.iter().map(|r| r.rel as u8).collect(), dependents }
}

/// Weights of steps and of relations.
pub struct Learned {
    /// Weights of the steps.
    pub steps: Vec<(u32, [i16; 3])>,
    /// Weights of the relations.
    pub relations: Vec<Row>,
}

/// Learns from `examples`; `tags` and `facts` belong to them one by one.
pub fn learn(
    examples: &[Example<'_>],
    tags: &[Vec<u8>],
    facts: &[Vec<Facts>],
    labels: &[(Upos, Xpos)],
    epochs: usize,
    seed: u64,
    most: [usize; 2],
) -> Learned {
    let lessons: Vec<Lesson> =
        examples.iter().zip(tags).zip(facts).map(|((e, t), f)| lesson(e, t, f, labels)).collect();
    let (mut steps, mut relations) = (Dense::default(), Sparse::default());
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let (mut state, mut keys) = (State::default(), Vec::new());
    let mut sums = vec![0i32; Rel::ALL.len()];
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let (mut decisions, mut mistakes) = (0usize, 0usize);
        for &l in &order {
            let lesson = &lessons[l];
            let n = lesson.heads.len();
            state.start(n);
            while !state.is_done() {
                step_features(&state, &lesson.view, &mut keys);
                let scores = steps.score(&keys);
                steps.tick();
                let cost = STEPS.map(|s| {
                    if state.allows(s) { state.cost(s, &lesson.heads, &lesson.dependents) } else { u32::MAX }
                });
                // A tree that crosses itself cannot be reached: the cheapest step is then the right one.
                let least = cost.into_iter().min().unwrap_or(0);
                let pick = |right: bool| {
                    let among = (0..3).filter(|&s| cost[s] != u32::MAX && (cost[s] == least) == right);
                    among.max_by_key(|&s| (scores[s], std::cmp::Reverse(s)))
                };
                let right = pick(true).unwrap_or(0);
                let mut taken = right;
                decisions += 1;
                if let Some(wrong) = pick(false) {
                    if scores[wrong] + MARGIN > scores[right] {
                        steps.correct(&keys, right, wrong);
                    }
                    if scores[wrong] >= scores[right] {
                        mistakes += 1;
                        if epoch > 0 && !random.once_in(10) {
                            taken = wrong;
                        }
                    }
                }
                let step = STEPS[taken];
                let mut label = Rel::Root as u8;
                if let Some((dependent, head)) = state.arc(step)
                    && head != n
                {
                    arc_features(&state, &lesson.view, dependent, head, &mut keys);
                    sums.fill(0);
                    relations.score(&keys, &mut sums);
                    relations.tick();
                    sums[Rel::Root as usize] = i32::MIN / 2;
                    label = demarche_text::workshop::best(&sums) as u8;
                    let right = lesson.rels[dependent];
                    if lesson.heads[dependent] as usize == head
                        && let Some(wrong) = rival(&sums, right, MARGIN)
                    {
                        relations.correct(&keys, right, wrong);
                    }
                }
                state.take(step, label);
            }
        }
        eprintln!("steps, round {}: {mistakes} of {decisions} wrong", epoch + 1);
    }
    Learned { steps: steps.averages(most[0]), relations: relations.averages(most[1]) }
}

/// By how much the right choice must lead, in updates.
const MARGIN: i32 = 3;
