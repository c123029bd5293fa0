//! What speaks for a candidate: for a question, every actor that the past gives a reason to name, with the numbers of
//! each kind of evidence. Reads a history and learned rules only.

use super::decay::{NEVER, Tally};
use super::evidence::COUNT;
use super::history::History;
use super::kinship::{DIMENSIONS, Kinship, dot};
use super::rules::Rules;
use super::walks::{Room, Walks};

/// Candidates by the ends of a relation.
const ENDS: usize = 80;
const NEWEST: usize = 24;
/// Actors gone through on walks of length two, and gone to from each.
const MIDDLES: usize = 24;
const FURTHER: usize = 24;
/// Walks' ends that become candidates.
const WALKED: usize = 60;
/// Actors that rules over others lead to and that become candidates.
const CHAINED: usize = 24;
/// Others who stood in the same relation to a candidate, newest first.
const OTHERS: usize = 32;

/// What does not depend on the question and changes only from step to step.
#[derive(Debug)]
pub struct Day<'a> {
    history: &'a History,
    rules: &'a Rules,
    walks: Option<&'a Walks>,
    kinship: &'a Kinship,
    /// For each relation asked for: actors at its ends, most frequent lately first.
    ends: Vec<Vec<u32>>,
    /// For each actor: those it met most lately: who, faded by 128 and by 8 steps.
    company: Vec<Vec<(u32, f32, f32)>>,
}

impl<'a> Day<'a> {
    /// Prepares a step's questions, which ask for these relations. Without `walks` there is no evidence of their kind.
    pub fn new(
        history: &'a History,
        rules: &'a Rules,
        walks: Option<&'a Walks>,
        kinship: &'a Kinship,
        relations: impl Iterator<Item = u32>,
    ) -> Self {
        let (now, fading) = (history.now(), history.fading());
        let mut ends = vec![Vec::new(); 2 * history.relations() as usize];
        for relation in relations {
            let best: &mut Vec<u32> = &mut ends[relation as usize];
            if !best.is_empty() {
                continue;
            }
            let scored = |at: usize| {
                let mut all: Vec<(f32, u32)> = history
                    .kind(relation)
                    .ends
                    .iter()
                    .map(|end| (end.tally.faded(now, fading)[at], end.object))
                    .collect();
                all.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                all
            };
            best.extend(scored(3).iter().take(ENDS).map(|(_, object)| object));
            best.extend(scored(0).iter().take(NEWEST).map(|(_, object)| object));
        }
        let company = (0..history.actors())
            .map(|actor| {
                let mut all: Vec<(u32, f32, f32)> = history
                    .pairs_of(actor)
                    .map(|pair| {
                        let (out, back) = (pair.out.faded(now, fading), pair.back.faded(now, fading));
                        (pair.object, out[3] + back[3], out[1] + back[1])
                    })
                    .collect();
                all.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                all.truncate(MIDDLES.max(FURTHER));
                all
            })
            .collect();
        Self { history, rules, walks, kinship, ends, company }
    }
}

/// Room for one thread's work, used again from question to question.
#[derive(Debug)]
pub struct Desk {
    slot: Vec<u32>,
    walks: Vec<[f32; 3]>,
    reached: Vec<u32>,
    alike: Vec<f32>,
    compared: Vec<u32>,
    /// What rules over other actors say of the last question.
    pub room: Room,
    /// The candidates of the last question.
    pub candidates: Vec<u32>,
    /// Their numbers, in the same order.
    pub rows: Vec<[f32; COUNT]>,
}

impl Desk {
    /// Room for so many actors.
    pub fn new(actors: u32) -> Self {
        let actors = actors as usize;
        Self {
            slot: vec![u32::MAX; actors],
            walks: vec![[0.0; 3]; actors],
            reached: Vec::new(),
            alike: vec![f32::NAN; actors],
            compared: Vec::new(),
            room: Room::new(actors as u32),
            candidates: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn name(&mut self, actor: u32) {
        let slot = &mut self.slot[actor as usize];
        if *slot == u32::MAX {
            *slot = self.candidates.len() as u32;
            self.candidates.push(actor);
        }
    }

    /// Fills `candidates` and `rows` for a question.
    pub fn gather(&mut self, day: &Day<'_>, subject: u32, relation: u32) {
        self.candidates.clear();
        self.walk(day, subject, relation);
        for pair in day.history.pairs_of(subject) {
            self.name(pair.object);
        }
        for &end in &day.ends[relation as usize] {
            self.name(end);
        }
        let mut far: Vec<(f32, u32)> = self
            .reached
            .iter()
            .filter(|&&actor| self.slot[actor as usize] == u32::MAX)
            .map(|&actor| (self.walks[actor as usize][0] + self.walks[actor as usize][2], actor))
            .collect();
        far.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, actor) in far.into_iter().take(WALKED) {
            self.name(actor);
        }
        if let Some(walks) = day.walks {
            walks.ground(day.history, subject, relation, &mut self.room);
            walks.join(relation, &mut self.room);
            let joint = |actor: u32| (self.room.joint(actor), actor);
            let mut far: Vec<(f32, u32)> = self.room.objects.iter().map(|actor| joint(*actor)).collect();
            far.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for (_, actor) in far.into_iter().take(CHAINED) {
                self.name(actor);
            }
        }
        self.describe(day, subject, relation);
        for &actor in &self.candidates {
            self.slot[actor as usize] = u32::MAX;
        }
        for actor in self.reached.drain(..) {
            self.walks[actor as usize] = [0.0; 3];
        }
        for actor in self.compared.drain(..) {
            self.alike[actor as usize] = f32::NAN;
        }
    }

    /// Walks of length two: over those met most, slow and fast; and over those who stood in the same relation to what
    /// the subject stood in (length three).
    fn walk(&mut self, day: &Day<'_>, subject: u32, relation: u32) {
        let history = day.history;
        let (now, fading) = (history.now(), history.fading());
        let totals = history.actor(subject).faded(now, fading);
        for &(middle, slow, fast) in day.company[subject as usize].iter().take(MIDDLES) {
            let there = history.actor(middle).faded(now, fading);
            for &(end, further, quick) in day.company[middle as usize].iter().take(FURTHER) {
                if end != subject {
                    let slow = slow / (totals[3] + 1.0) * further / (there[3] + 1.0);
                    let fast = fast / (totals[1] + 1.0) * quick / (there[1] + 1.0);
                    self.reach(end, [slow, fast, 0.0]);
                }
            }
        }
        let inverse = history.inverse(relation);
        for (object, tally) in history.objects(subject, relation).take(MIDDLES) {
            let first = tally.faded(now, fading)[3]
                / (history.role(subject, relation).map_or(0.0, |role| role.all.count) + 1.0);
            let all = history.role(object, inverse).map_or(0.0, |role| role.all.count) + 1.0;
            for (other, tally) in history.objects(object, inverse).take(16) {
                if other == subject {
                    continue;
                }
                let second = tally.faded(now, fading)[3] / all;
                let all = history.role(other, relation).map_or(0.0, |role| role.all.count) + 1.0;
                for (end, tally) in history.objects(other, relation).take(16) {
                    let third = tally.faded(now, fading)[3] / all;
                    self.reach(end, [0.0, 0.0, first * second * third]);
                }
            }
        }
    }

    fn reach(&mut self, actor: u32, more: [f32; 3]) {
        let walks = &mut self.walks[actor as usize];
        if *walks == [0.0; 3] {
            self.reached.push(actor);
        }
        // Something so small is added that an actor reached by walks of no weight is not counted as reached twice.
        (0..3).for_each(|at| walks[at] += more[at] + 1e-20);
    }

    fn alike(&mut self, kinship: &Kinship, subject: u32, other: u32) -> f32 {
        let known = self.alike[other as usize];
        if !known.is_nan() {
            return known;
        }
        let alike = kinship.alike(subject, other).max(0.0);
        self.alike[other as usize] = alike;
        self.compared.push(other);
        alike
    }

    fn describe(&mut self, day: &Day<'_>, subject: u32, relation: u32) {
        let Day { history, rules, kinship, .. } = *day;
        let (now, fading) = (history.now(), history.fading());
        let inverse = history.inverse(relation);
        let forward = relation < history.relations();
        let none = Tally::default();
        let asked = history.role(subject, relation);
        let asked_all = asked.map_or(none, |role| role.all);
        let asked_faded = asked_all.faded(now, fading);
        let subject_all = *history.actor(subject);
        let subject_faded = subject_all.faded(now, fading);
        let kind = history.kind(relation);
        let kind_faded = kind.all.faded(now, fading);
        let mut centre = [0.0f32; DIMENSIONS];
        for (object, tally) in history.objects(subject, relation).take(OTHERS) {
            let weight = tally.faded(now, fading)[3];
            let direction = kinship.direction(object);
            (0..DIMENSIONS).for_each(|d| centre[d] += weight * direction[d]);
        }
        let length = dot(&centre, &centre).sqrt();
        if length > 0.0 {
            centre.iter_mut().for_each(|x| *x /= length);
        }
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        self.rows.clear();
        for at in 0..self.candidates.len() {
            let object = self.candidates[at];
            let mut row = [0.0f32; COUNT];
            let pair = history.pair(subject, object);
            let (mut triple, mut mirror, mut out, mut back) = (none, none, none, none);
            let (mut misses, mut best, mut sum, mut bodies) = (1.0f32, 0.0f32, 0.0, 0.0);
            if let Some(pair) = pair {
                (out, back) = if forward { (pair.out, pair.back) } else { (pair.back, pair.out) };
                for link in &pair.links {
                    if link.relation == relation {
                        triple = link.tally;
                    } else if link.relation == inverse {
                        mirror = link.tally;
                    }
                    let confidence = rules.confidence(relation, link.relation, &link.tally, now);
                    misses *= 1.0 - confidence;
                    best = best.max(confidence);
                    sum += confidence;
                    bodies += 1.0;
                }
            }
            let tf = triple.faded(now, fading);
            let (of, bf, mf) = (out.faded(now, fading), back.faded(now, fading), mirror.faded(now, fading));
            let end = history.end(relation, object).copied().unwrap_or(none);
            let ef = end.faded(now, fading);
            let actor = history.actor(object);
            let af = actor.faded(now, fading);
            let (mut similar, mut closest, mut similar_fast) = (0.0f32, 0.0f32, 0.0f32);
            for (other, tally) in history.objects(object, inverse).take(OTHERS) {
                if other == subject {
                    continue;
                }
                let alike = self.alike(kinship, subject, other);
                let alike = alike * alike;
                let faded = tally.faded(now, fading);
                similar += alike * faded[3];
                similar_fast += alike * faded[1];
                closest = closest.max(alike);
            }
            let walks = self.walks[object as usize];
            let chained = self.room.of(object);
            let values = [
                triple.count,
                triple.age(now),
                tf[0],
                tf[1],
                tf[2],
                tf[3],
                share(tf[1], asked_faded[1]),
                share(tf[3], asked_faded[3]),
                share(triple.count, asked_all.count),
                out.count,
                out.age(now),
                of[0],
                of[1],
                of[2],
                of[3],
                back.count,
                back.age(now),
                bf[0],
                bf[1],
                bf[2],
                bf[3],
                share(of[1] + bf[1], subject_faded[1]),
                share(of[3] + bf[3], subject_faded[3]),
                mirror.count,
                mirror.age(now),
                mf[2],
                1.0 - misses,
                best,
                sum,
                bodies,
                0.0,
                0.0,
                share(end.count, kind.all.count),
                end.age(now),
                share(ef[0], kind_faded[0]),
                share(ef[1], kind_faded[1]),
                share(ef[2], kind_faded[2]),
                end.count,
                actor.count,
                actor.age(now),
                af[0],
                af[1],
                af[3],
                share(af[1], af[3]),
                walks[0],
                walks[1],
                walks[2],
                similar,
                closest,
                similar_fast,
                kinship.alike(subject, object),
                kinship.meeting(subject, object),
                dot(&centre, &kinship.direction(object)),
                asked_all.count,
                asked.map_or(0.0, |role| role.links.len() as f32),
                asked_all.age(now),
                subject_all.count,
                history.pairs_of(subject).len() as f32,
                subject_faded[1],
                share(kind.repeated, kind.all.count),
                kind.all.count,
                kind.ends.len() as f32,
                if forward { 0.0 } else { 1.0 },
                0.0,
                chained[0],
                chained[1],
                chained[2],
                chained[3],
            ];
            row.copy_from_slice(&values);
            self.rows.push(row);
        }
        self.relate();
    }

    /// Numbers that compare the candidates of the question with each other.
    fn relate(&mut self) {
        const OR: usize = 26;
        let greatest = self.rows.iter().map(|row| row[OR]).fold(0.0, f32::max);
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|&a, &b| self.rows[b][OR].total_cmp(&self.rows[a][OR]));
        for (rank, &at) in order.iter().enumerate() {
            let row = &mut self.rows[at];
            row[30] = if greatest > 0.0 { row[OR] / greatest } else { 0.0 };
            row[31] = if row[OR] > 0.0 { rank as f32 } else { NEVER };
        }
        order.sort_by(|&a, &b| self.rows[b][5].total_cmp(&self.rows[a][5]));
        for (rank, &at) in order.iter().enumerate() {
            let row = &mut self.rows[at];
            row[63] = if row[5] > 0.0 { rank as f32 } else { NEVER };
        }
    }
}
