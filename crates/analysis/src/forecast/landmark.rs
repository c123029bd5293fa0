//! Landmarks: days in the past at which forecasts could have been made, with what was known then and what came.
//!
//! At a landmark everything before it is known. Its cases are triples (who, what, to whom) that the past gives a reason to
//! name, described by the past alone; whether and when each happened within the horizon after the landmark is what is
//! learned from. Covariates stay as they were at the landmark, so that a forecast needs no forecast of them (landmarking:
//! van Houwelingen, Scandinavian Journal of Statistics 2007).

use super::evidence;
use super::fact::{Fact, questions, steps};
use super::features::{Day, Desk};
use super::history::History;
use super::kinship::Kinship;
use super::numeric::ln;
use super::rules::Rules;
use hashbrown::HashMap;
use rayon::prelude::*;

/// How many numbers describe a case.
pub const SIGNS: usize = 26;

/// How landmarks are laid and cases taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Steps after a landmark in which it is watched what comes, at least 1.
    pub horizon: u32,
    /// Steps between landmarks, at least 1.
    pub stride: u32,
    /// The first landmark.
    pub first: u32,
    /// Pairs of an actor and a type asked about at each, drawn evenly from past events.
    pub questions: usize,
    /// Cases of each: the likeliest others, and some of the rest.
    pub kept: (usize, usize),
    /// Seed of what is drawn.
    pub seed: u64,
}

impl Plan {
    /// Landmarks for facts of so many steps: at most about sixty, none in the first fifth.
    pub fn new(horizon: u32, span: u32, seed: u64) -> Self {
        let stride = (horizon / 2).max(span / 60).max(1);
        Self {
            horizon: horizon.max(1),
            stride,
            first: (span / 5).max(stride),
            questions: 200,
            kept: (8, 4),
            seed,
        }
    }
}

/// A triple at a landmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The step before which all was known; the first step that is forecast.
    pub landmark: u32,
    /// Who.
    pub subject: u32,
    /// What.
    pub relation: u32,
    /// To whom.
    pub object: u32,
    /// How often it had happened.
    pub seen: u32,
    /// Numbers that describe it.
    pub signs: [f32; SIGNS],
    /// The step in which it happened next, counted from 1 at the landmark; none if not within the horizon.
    pub lag: Option<u32>,
}

/// Everything that was told so far, with the rules learned from it.
#[derive(Debug)]
pub struct Past {
    /// What happened.
    pub history: History,
    /// What followed what.
    pub rules: Rules,
    /// Who keeps the same company.
    pub kinship: Kinship,
}

impl Past {
    /// Of actors `0..actors` and relations `0..relations`.
    pub fn new(actors: u32, relations: u32) -> Self {
        Self {
            history: History::new(actors, relations),
            rules: Rules::new(relations),
            kinship: Kinship::default(),
        }
    }

    /// Learns from the facts of a later step, and tells of them.
    pub fn tell(&mut self, step: u32, facts: &[Fact]) {
        self.history.wait(step);
        self.rules.learn(&self.history, &questions(facts, self.history.relations()));
        self.history.tell(step, facts);
    }

    /// Makes ready for questions at a step not before all that was told.
    pub fn settle(&mut self, step: u32, seed: u64) {
        self.history.wait(step);
        self.rules.settle();
        self.kinship = Kinship::of(&self.history, seed);
    }

    /// All that was told by facts sorted by time, as of a step: later ones are passed over.
    pub fn of(facts: &[Fact], actors: u32, relations: u32, step: u32, seed: u64) -> Self {
        let mut past = Self::new(actors, relations);
        for (at, facts) in steps(facts).take_while(|(at, _)| *at < step) {
            past.tell(at, facts);
        }
        past.settle(step, seed);
        past
    }

    /// Cases of a question, without their outcome: every candidate for whom `wanted` holds of its actor and its place in
    /// the order of likelihood.
    pub fn cases(
        &self,
        day: &Day<'_>,
        desk: &mut Desk,
        (subject, relation): (u32, u32),
        mut wanted: impl FnMut(u32, usize) -> bool,
    ) -> Vec<Case> {
        desk.gather(day, subject, relation);
        let mut order: Vec<usize> = (0..desk.candidates.len()).collect();
        let likely = |at: &usize| evidence::likely(&desk.rows[*at]);
        order.sort_by(|a, b| {
            likely(b).total_cmp(&likely(a)).then(desk.candidates[*a].cmp(&desk.candidates[*b]))
        });
        let now = self.history.now();
        let mut cases = Vec::new();
        for (place, at) in order.into_iter().enumerate() {
            let (object, row) = (desk.candidates[at], &desk.rows[at]);
            if object != subject && wanted(object, place) {
                let (seen, signs) = (row[0] as u32, signs(row, now));
                cases.push(Case { landmark: now, subject, relation, object, seen, signs, lag: None });
            }
        }
        cases
    }

    /// Pairs of an actor and a relation that it stood in, drawn evenly from the events that it did; one that counts for
    /// more than twenty events counts as twenty.
    fn drawn(&self, many: usize, mut hash: u64) -> Vec<(u32, u32)> {
        let mut all: Vec<(u32, u32, f64)> = Vec::new();
        for actor in 0..self.history.actors() {
            let mut own: Vec<u32> = self
                .history
                .pairs_of(actor)
                .flat_map(|pair| pair.links.iter().map(|link| link.relation))
                .filter(|relation| *relation < self.history.relations())
                .collect();
            own.sort_unstable();
            own.dedup();
            let weight = |relation| self.history.role(actor, relation).map_or(0.0, |role| role.all.count);
            all.extend(
                own.into_iter().map(|relation| (actor, relation, f64::from(weight(relation).min(20.0)))),
            );
        }
        let whole: f64 = all.iter().map(|(.., weight)| weight).sum();
        let stride = (whole / many.max(1) as f64).max(1e-9);
        hash = (hash ^ (hash >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut next = stride * (hash >> 40) as f64 / (1u64 << 24) as f64;
        let (mut sum, mut drawn) = (0.0, Vec::new());
        for (actor, relation, weight) in all {
            sum += weight;
            if next < sum {
                drawn.push((actor, relation));
                // What weighs more than a stride is drawn once all the same.
                next += stride * ((sum - next) / stride).floor().max(0.0) + stride;
            }
        }
        drawn
    }
}

/// The cases of all landmarks, in the order of time; facts are sorted by time. What is known of a case's outcome may lie
/// up to the horizon after its landmark, and not after `end`, the first step that is not known: no landmark lies later.
pub fn cases(facts: &[Fact], actors: u32, relations: u32, end: u32, plan: &Plan) -> Vec<Case> {
    let mut happened: HashMap<(u32, u32, u32), Vec<u32>> = HashMap::new();
    for fact in facts.iter().filter(|fact| fact.step < end) {
        happened.entry((fact.subject, fact.relation, fact.object)).or_default().push(fact.step);
    }
    let mut past = Past::new(actors, relations);
    let mut told = steps(facts).peekable();
    let mut cases = Vec::new();
    for landmark in (plan.first..end).step_by(plan.stride.max(1) as usize) {
        while let Some((step, facts)) = told.next_if(|(step, _)| *step < landmark) {
            past.tell(step, facts);
        }
        past.settle(landmark, plan.seed);
        let drawn =
            past.drawn(plan.questions, plan.seed ^ u64::from(landmark).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let day = Day::new(
            &past.history,
            &past.rules,
            None,
            &past.kinship,
            drawn.iter().map(|(_, relation)| *relation),
        );
        let asked: Vec<Vec<Case>> = drawn
            .par_iter()
            .map_init(
                || Desk::new(actors),
                |desk, question| {
                    let (top, others) = plan.kept;
                    let mut spare = others;
                    past.cases(&day, desk, *question, |_, place| {
                        let rest = place >= top && (place - top) % 17 == 5 && spare > 0;
                        spare -= usize::from(rest);
                        place < top || rest
                    })
                },
            )
            .collect();
        cases.extend(asked.into_iter().flatten());
    }
    for case in &mut cases {
        let Some(steps) = happened.get(&(case.subject, case.relation, case.object)) else { continue };
        let next = steps.get(steps.partition_point(|step| *step < case.landmark));
        case.lag = next.map(|step| step - case.landmark + 1).filter(|lag| *lag <= plan.horizon);
    }
    cases
}

/// What describes a case, read off the evidence for it.
fn signs(row: &[f32; evidence::COUNT], now: u32) -> [f32; SIGNS] {
    let log = |x: f32| ln(f64::from(x)) as f32;
    let more = |at: usize| log(1.0 + row[at].max(0.0));
    // The rate a step, as far as so short a past tells.
    let rate = |at: usize| log((row[at].max(0.0) + 0.5) / (now as f32 + 1.0));
    let age = |at: usize| log(1.0 + row[at].clamp(0.0, 2000.0));
    let share = |at: usize| log(row[at].max(0.0) + 1e-3);
    let never = |at: usize| f32::from(u8::from(row[at] <= 0.0));
    [
        1.0,
        // The same triple: base rate, recency, excitation.
        rate(0),
        never(0),
        age(1),
        more(2),
        more(3),
        more(4),
        more(5),
        // Anything between the two, in either direction.
        rate(9),
        more(11),
        more(12),
        more(13),
        more(18),
        more(19),
        more(25),
        // What rules make of it.
        share(26),
        share(27),
        // The actor in this role, and at all.
        rate(53),
        age(55),
        more(58),
        // The other one, and those like it.
        more(41),
        share(32),
        share(36),
        share(47),
        // The type.
        rate(60),
        row[59],
    ]
}
