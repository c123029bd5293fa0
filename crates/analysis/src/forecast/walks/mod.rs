//! Temporal rules over other actors: *A* did *b* to *X*, later *X* did *c* to *B*, so *A* will do *h* to *B*; and the
//! same over two others. They are found by temporal random walks: from the answer of a question back in time along
//! events of its actors, closed by an event of the actor that was asked about (TLogic: Liu et al., AAAI 2022).
//!
//! Which rules there are is sampled; how far each is to be trusted is counted: on later questions, over all its
//! groundings within reach (the objects to whom last, see [`History::recent`]), by the age of the body's oldest part and by the number of ways, as
//! a curve (see `curve`). A grounding needs some order of events in which each part happens no earlier than the one before.
//! Rules that lead to the same actor are joined by noisy-or.

mod random;
mod room;

use super::curve::{CELLS, Cell, Curve, cell};
use super::decay::Tally;
use super::fact::Question;
use super::history::History;
use hashbrown::HashMap;
use rayon::prelude::*;
use room::SILENT;
pub use room::{Grounding, Room};

/// Rules of a head, of length two and three, that are tried; and that are kept.
const TRIED: [usize; 2] = [80, 60];
const KEPT: [usize; 2] = [24, 8];
/// Objects gone to at each part of a body of length two and three.
const REACH: [[usize; 3]; 2] = [[12, 12, 0], [6, 4, 4]];
/// What stands for the third relation of a body of two.
const NONE: u32 = u32::MAX;

type Body = [u32; 3];

fn length(body: &Body) -> usize {
    if body[2] == NONE { 2 } else { 3 }
}

/// A rule of some head.
#[derive(Debug, Clone)]
struct Chain {
    body: Body,
    curve: Curve,
    settled: [f32; CELLS],
}

/// What was done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Walking,
    Counting,
    Pruned,
}

/// Rules of length two and three, by head.
#[derive(Debug, Clone)]
pub struct Walks {
    /// How often each rule was walked, until they are chosen.
    walked: HashMap<(u32, Body), u32>,
    state: State,
    chains: Vec<Vec<Chain>>,
    /// By length.
    general: [Curve; 2],
    heads: Vec<[Cell; 2]>,
}

impl Walks {
    /// No rule is known yet.
    pub fn new(relations: u32) -> Self {
        let heads = 2 * relations as usize;
        Self {
            walked: HashMap::new(),
            state: State::Walking,
            chains: vec![Vec::new(); heads],
            general: [Curve::default(), Curve::default()],
            heads: vec![[Cell::default(); 2]; heads],
        }
    }

    /// Walks back from the answers of a step that the history was not yet told.
    pub fn explore(&mut self, history: &History, asked: &[Question], seed: u64) {
        let found: Vec<Vec<Body>> =
            asked.par_iter().map(|question| random::walk(history, question, seed)).collect();
        for (question, bodies) in asked.iter().zip(found) {
            for body in bodies {
                *self.walked.entry((question.relation, body)).or_default() += 1;
            }
        }
    }

    /// Whether rules are still walked for.
    pub fn open(&self) -> bool {
        self.state == State::Walking
    }

    /// Ends the walking: rules that were walked most often are tried from now on.
    pub fn choose(&mut self) {
        self.state = State::Counting;
        let mut found: Vec<((u32, Body), u32)> =
            self.walked.drain().filter(|(_, times)| *times > 1).collect();
        found.sort_unstable_by(|a, b| a.0.0.cmp(&b.0.0).then(b.1.cmp(&a.1)).then(a.0.1.cmp(&b.0.1)));
        for ((head, body), _) in found {
            let chains = &mut self.chains[head as usize];
            let same = chains.iter().filter(|chain| length(&chain.body) == length(&body)).count();
            if same < TRIED[length(&body) - 2] {
                chains.push(Chain { body, curve: Curve::default(), settled: [0.0; CELLS] });
            }
        }
    }

    /// Lets go, once, of rules that told little on the questions that were learned from.
    pub fn prune(&mut self) {
        if self.state != State::Counting {
            return;
        }
        self.state = State::Pruned;
        for (chains, heads) in self.chains.iter_mut().zip(&self.heads) {
            // Truths that it found, each worth what it says beyond its peers.
            let worth = |chain: &Chain| {
                let base = heads[length(&chain.body) - 2].rate(0.01);
                chain.curve.all.hit * (chain.curve.all.rate(base) / base)
            };
            chains.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.body.cmp(&b.body)));
            let mut left = KEPT;
            chains.retain(|chain| {
                let left = &mut left[length(&chain.body) - 2];
                let keep = chain.curve.all.hit > 0.0 && *left > 0;
                *left -= usize::from(keep);
                keep
            });
        }
    }

    /// Everything that the rules lead to from a subject, as of a history.
    pub fn ground(&self, history: &History, subject: u32, head: u32, room: &mut Room) {
        room.clear();
        for (at, chain) in self.chains[head as usize].iter().enumerate() {
            room.begin();
            let [first, second, third] = chain.body;
            let reach = REACH[length(&chain.body) - 2];
            for (x, one) in history.recent(subject, first).take(reach[0]) {
                for (y, two) in history.recent(x, second).take(reach[1]) {
                    if y == subject || two.last < one.first {
                        continue;
                    }
                    if third == NONE {
                        room.meet(at, y, one.last.min(two.last));
                        continue;
                    }
                    for (z, three) in history.recent(y, third).take(reach[2]) {
                        if z != subject && z != x && in_order(one, two, three) {
                            room.meet(at, z, one.last.min(two.last).min(three.last));
                        }
                    }
                }
            }
        }
        let now = history.now();
        for grounding in &mut room.groundings {
            grounding.cell = cell(now.saturating_sub(grounding.oldest), grounding.ways) as u32;
        }
    }

    /// Joins what the rules say of each actor in the room.
    pub fn join(&self, head: u32, room: &mut Room) {
        for grounding in &room.groundings {
            let chain = &self.chains[head as usize][grounding.chain as usize];
            let confidence = chain.settled[grounding.cell as usize];
            let said = &mut room.said[grounding.object as usize];
            if *said == SILENT {
                room.objects.push(grounding.object);
            }
            said[length(&chain.body) - 2] *= 1.0 - confidence;
            said[2] = said[2].max(confidence);
            said[3] += 1.0;
        }
    }

    /// Counts on the questions of a step, which the history was not yet told, how often the rules led to an answer. `found`
    /// are their groundings, where they are known already; else empty.
    pub fn learn(&mut self, history: &History, asked: &[Question], mut found: Vec<Vec<Grounding>>) {
        if self.open() {
            return;
        }
        if found.iter().all(Vec::is_empty) {
            let ground = |room: &mut Room, question: &Question| {
                self.ground(history, question.subject, question.relation, room);
                room.groundings.clone()
            };
            found = asked.par_iter().map_init(|| Room::new(history.actors()), ground).collect();
        }
        for (question, groundings) in asked.iter().zip(found) {
            self.count(question, &groundings);
        }
    }

    fn count(&mut self, question: &Question, groundings: &[Grounding]) {
        let asked: u32 = question.answers.iter().map(|(_, times)| times).sum();
        let head = question.relation as usize;
        for grounding in groundings {
            let answer = question.answers.binary_search_by_key(&grounding.object, |(answer, _)| *answer);
            let hit = answer.map_or(0, |at| question.answers[at].1);
            // Other answers are filtered when one is asked for, so they are no failures.
            let tried = if hit > 0 { hit } else { asked } as f32;
            let chain = &mut self.chains[head][grounding.chain as usize];
            let (cell, size) = (grounding.cell as usize, length(&chain.body) - 2);
            chain.curve.add(cell, tried, hit as f32);
            self.general[size].add(cell, tried, hit as f32);
            self.heads[head][size].add(tried, hit as f32);
        }
    }

    /// Works out the confidences from what was counted so far.
    pub fn settle(&mut self) {
        let means = [0, 1].map(|size| self.general[size].all.rate(0.01));
        let factors = [0, 1].map(|size| self.general[size].factors(means[size]));
        let general = (&means, &factors);
        self.chains.par_iter_mut().zip(&self.heads).for_each(|(chains, heads)| {
            for chain in chains {
                let size = length(&chain.body) - 2;
                let base = heads[size].rate(general.0[size]);
                chain.settled = chain.curve.settled(base, &general.1[size]);
            }
        });
    }

    /// How many rules there are, of length two and three.
    pub fn rules(&self) -> [usize; 2] {
        let all = self.chains.iter().flatten();
        all.fold([0, 0], |mut sum, chain| {
            sum[length(&chain.body) - 2] += 1;
            sum
        })
    }
}

/// Whether there may be events of the three, each no earlier than the one before: first and last are known of each, which
/// is enough unless the middle one has to lie between its own first and last.
fn in_order(one: &Tally, two: &Tally, three: &Tally) -> bool {
    let fits = |step: u32| one.first <= step && step <= three.last;
    fits(two.last) || fits(two.first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::fact::{Fact, questions};

    /// Relation 0: who visits whom; 1: who pays whom; 2: who thanks whom.
    fn told(facts: &[(u32, u32, u32, u32)]) -> History {
        let mut history = History::new(30, 3);
        for facts in facts.chunk_by(|a, b| a.0 == b.0) {
            let step = facts[0].0;
            let facts: Vec<Fact> = facts
                .iter()
                .map(|&(step, subject, relation, object)| Fact { step, subject, relation, object })
                .collect();
            history.tell(step, &facts);
        }
        history
    }

    /// One visits another, who pays a third; on the next day the first thanks the third.
    fn world(days: std::ops::Range<u32>) -> Vec<(u32, u32, u32, u32)> {
        let mut facts = Vec::new();
        for day in days {
            let (a, x, b) = (day * 7 % 10, 10 + day * 3 % 10, 20 + day * 9 % 10);
            facts.push((3 * day, a, 0, x));
            facts.push((3 * day + 1, x, 1, b));
            facts.push((3 * day + 2, a, 2, b));
        }
        facts
    }

    fn learned() -> (Walks, History) {
        let mut walks = Walks::new(3);
        let facts = world(0..60);
        let mut history = told(&[]);
        for (at, facts) in facts.chunk_by(|a, b| a.0 == b.0).enumerate() {
            let facts: Vec<Fact> = facts
                .iter()
                .map(|&(step, subject, relation, object)| Fact { step, subject, relation, object })
                .collect();
            let asked = questions(&facts, 3);
            match at {
                0..90 => walks.explore(&history, &asked, 1),
                90 => walks.choose(),
                _ => walks.learn(&history, &asked, Vec::new()),
            }
            history.tell(facts[0].step, &facts);
        }
        walks.prune();
        walks.settle();
        (walks, history)
    }

    #[test]
    fn a_rule_over_a_third_actor_is_found_and_trusted_while_fresh() {
        let (walks, mut history) = learned();
        assert!(walks.chains[2].iter().any(|chain| chain.body == [0, 1, NONE]), "{:?}", walks.chains[2]);
        let fact = |step, subject, relation, object| Fact { step, subject, relation, object };
        history.tell(400, &[fact(400, 4, 0, 11)]);
        history.tell(401, &[fact(401, 11, 1, 29)]);
        let said = |history: &History| {
            let mut room = Room::new(30);
            walks.ground(history, 4, 2, &mut room);
            walks.join(2, &mut room);
            room.joint(29)
        };
        let fresh = said(&history);
        assert!(fresh > 0.3, "{fresh}");
        history.wait(480);
        assert!(said(&history) < fresh);
    }

    #[test]
    fn what_comes_in_the_wrong_order_is_no_ground() {
        let (walks, _) = learned();
        let mut room = Room::new(30);
        // Paid before the visit.
        walks.ground(&told(&[(0, 15, 1, 25), (1, 3, 0, 15)]), 3, 2, &mut room);
        assert!(!room.groundings.iter().any(|g| g.object == 25), "{:?}", room.groundings);
        walks.ground(&told(&[(0, 3, 0, 15), (1, 15, 1, 25)]), 3, 2, &mut room);
        assert!(room.groundings.iter().any(|g| g.object == 25));
    }

    #[test]
    fn confidence_is_counted_as_by_hand() {
        let mut walks = Walks::new(3);
        walks.choose();
        walks.chains[2].push(Chain { body: [0, 1, NONE], curve: Curve::default(), settled: [0.0; CELLS] });
        // From 0 over 1 to 2 and to 3; 2 is the answer, asked for twice.
        let history = told(&[(0, 0, 0, 1), (1, 1, 1, 2), (2, 1, 1, 3)]);
        walks.learn(&history, &[Question { subject: 0, relation: 2, answers: vec![(2, 2)] }], Vec::new());
        assert_eq!(walks.chains[2][0].curve.all, Cell { tried: 4.0, hit: 2.0 });
        // The oldest part is three steps old in both.
        assert_eq!(walks.chains[2][0].curve.cells[cell(3, 1)], Cell { tried: 4.0, hit: 2.0 });
        assert_eq!(walks.rules(), [1, 0]);
    }
}
