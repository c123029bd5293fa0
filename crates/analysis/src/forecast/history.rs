//! Everything that happened before a step, indexed for the methods. A history is told steps in order and knows nothing
//! that it was not told: a forecast that reads only a history cannot read the future.

use super::decay::{Fading, Tally};
use super::fact::Fact;
use hashbrown::HashMap;

/// What passed from one actor to another by one relation (or back, by its inverse).
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Relation or inverse.
    pub relation: u32,
    /// How often and when.
    pub tally: Tally,
}

/// An ordered pair of actors.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The second actor.
    pub object: u32,
    /// What the first did to the second.
    pub out: Tally,
    /// What the second did to the first.
    pub back: Tally,
    /// The same by relation, in order of first occurrence.
    pub links: Vec<Link>,
}

impl Pair {
    /// What passed by one relation or inverse.
    pub fn link(&self, relation: u32) -> Option<&Tally> {
        self.links.iter().find(|link| link.relation == relation).map(|link| &link.tally)
    }
}

/// What an actor did by one relation (or had done to it, by the inverse).
#[derive(Debug, Clone, Default)]
pub struct Role {
    /// To anybody.
    pub all: Tally,
    /// To whom, in order of first occurrence: index among all pairs and among that pair's links.
    pub links: Vec<(u32, u32)>,
    /// The same of those to whom last, newest last, at most [`RECENT`].
    recent: Vec<(u32, u32)>,
}

/// Objects of a role that are kept in order of their last event.
pub const RECENT: usize = 16;
/// Events of an actor that are kept at least.
const ACTS: usize = 64;

/// An event of an actor.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// When.
    pub step: u32,
    /// Relation or inverse.
    pub relation: u32,
    /// The other actor.
    pub object: u32,
}

/// How often and when an actor stood at the other end of a relation.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The actor.
    pub object: u32,
    /// How often and when.
    pub tally: Tally,
}

/// What is known of a relation or inverse.
#[derive(Debug, Clone, Default)]
pub struct Kind {
    /// All its events.
    pub all: Tally,
    /// Those whose triple had happened before.
    pub repeated: f32,
    /// Who stood at the other end, in order of first occurrence.
    pub ends: Vec<End>,
}

/// All facts before a step, both directions.
#[derive(Debug, Clone)]
pub struct History {
    relations: u32,
    now: u32,
    fading: Fading,
    pairs: Vec<Pair>,
    pair_at: HashMap<(u32, u32), u32>,
    by_subject: Vec<Vec<u32>>,
    roles: HashMap<(u32, u32), Role>,
    actors: Vec<Tally>,
    acts: Vec<Vec<Act>>,
    kinds: Vec<Kind>,
    end_at: HashMap<(u32, u32), u32>,
}

impl History {
    /// An empty history of actors `0..actors` and relations `0..relations`.
    pub fn new(actors: u32, relations: u32) -> Self {
        Self {
            relations,
            now: 0,
            fading: Fading::default(),
            pairs: Vec::new(),
            pair_at: HashMap::new(),
            by_subject: vec![Vec::new(); actors as usize],
            roles: HashMap::new(),
            actors: vec![Tally::default(); actors as usize],
            acts: vec![Vec::new(); actors as usize],
            kinds: vec![Kind::default(); 2 * relations as usize],
            end_at: HashMap::new(),
        }
    }

    /// Adds the facts of a step later than all that were told. Facts of other numbers than were promised are a fault
    /// of the caller and panic.
    pub fn tell(&mut self, step: u32, facts: &[Fact]) {
        for fact in facts {
            self.add(step, fact.subject, fact.relation, fact.object, true);
            self.add(step, fact.object, fact.relation + self.relations, fact.subject, false);
        }
        self.now = step + 1;
    }

    fn add(&mut self, step: u32, subject: u32, relation: u32, object: u32, forward: bool) {
        let fading = &self.fading;
        let pair = *self.pair_at.entry((subject, object)).or_insert_with(|| {
            self.pairs.push(Pair {
                object,
                out: Tally::default(),
                back: Tally::default(),
                links: Vec::new(),
            });
            let at = self.pairs.len() as u32 - 1;
            self.by_subject[subject as usize].push(at);
            at
        });
        let entry = &mut self.pairs[pair as usize];
        let whole = if forward { &mut entry.out } else { &mut entry.back };
        whole.add(step, fading);
        let role = self.roles.entry((subject, relation)).or_default();
        role.all.add(step, fading);
        let link = entry.links.iter().position(|link| link.relation == relation).unwrap_or_else(|| {
            entry.links.push(Link { relation, tally: Tally::default() });
            role.links.push((pair, entry.links.len() as u32 - 1));
            entry.links.len() - 1
        });
        let key = (pair, link as u32);
        match role.recent.iter().rposition(|known| *known == key) {
            Some(at) => role.recent[at..].rotate_left(1),
            None => {
                if role.recent.len() == RECENT {
                    role.recent.remove(0);
                }
                role.recent.push(key);
            }
        }
        let acts = &mut self.acts[subject as usize];
        if acts.len() == 2 * ACTS {
            acts.drain(..ACTS);
        }
        acts.push(Act { step, relation, object });
        let link = &mut entry.links[link];
        let kind = &mut self.kinds[relation as usize];
        kind.repeated += if link.tally.count > 0.0 { 1.0 } else { 0.0 };
        kind.all.add(step, fading);
        link.tally.add(step, fading);
        self.actors[subject as usize].add(step, fading);
        let end = *self.end_at.entry((relation, object)).or_insert_with(|| {
            kind.ends.push(End { object, tally: Tally::default() });
            kind.ends.len() as u32 - 1
        });
        kind.ends[end as usize].tally.add(step, fading);
    }

    /// Lets time pass without facts, up to a step: what it was told is as old then as it is.
    pub fn wait(&mut self, step: u32) {
        self.now = self.now.max(step);
    }

    /// The first step that was not told.
    pub fn now(&self) -> u32 {
        self.now
    }

    /// How many relations there are, inverses not counted.
    pub fn relations(&self) -> u32 {
        self.relations
    }

    /// How many actors there are.
    pub fn actors(&self) -> u32 {
        self.actors.len() as u32
    }

    /// How counts fade.
    pub fn fading(&self) -> &Fading {
        &self.fading
    }

    /// The inverse of a relation, and back.
    pub fn inverse(&self, relation: u32) -> u32 {
        if relation < self.relations { relation + self.relations } else { relation - self.relations }
    }

    /// All pairs whose first actor this is, in order of first occurrence.
    pub fn pairs_of(&self, subject: u32) -> impl ExactSizeIterator<Item = &Pair> {
        self.by_subject[subject as usize].iter().map(|&at| &self.pairs[at as usize])
    }

    /// An ordered pair, if anything passed between the two.
    pub fn pair(&self, subject: u32, object: u32) -> Option<&Pair> {
        self.pair_at.get(&(subject, object)).map(|&at| &self.pairs[at as usize])
    }

    /// What an actor did by a relation.
    pub fn role(&self, subject: u32, relation: u32) -> Option<&Role> {
        self.roles.get(&(subject, relation))
    }

    /// To whom an actor did something by a relation, and how often and when; newest acquaintance first.
    pub fn objects(&self, subject: u32, relation: u32) -> impl Iterator<Item = (u32, &Tally)> {
        let links = self.role(subject, relation).map_or(&[][..], |role| &role.links);
        links.iter().rev().map(|&(pair, link)| {
            let pair = &self.pairs[pair as usize];
            (pair.object, &pair.links[link as usize].tally)
        })
    }

    /// The same of those to whom last, latest first, at most [`RECENT`].
    pub fn recent(&self, subject: u32, relation: u32) -> impl Iterator<Item = (u32, &Tally)> {
        let links = self.role(subject, relation).map_or(&[][..], |role| &role.recent);
        links.iter().rev().map(|&(pair, link)| {
            let pair = &self.pairs[pair as usize];
            (pair.object, &pair.links[link as usize].tally)
        })
    }

    /// The newest events of an actor in the order of time, in both directions: the last 64 at least, if there were as many.
    pub fn acts(&self, actor: u32) -> &[Act] {
        &self.acts[actor as usize]
    }

    /// All events of an actor, in both directions.
    pub fn actor(&self, actor: u32) -> &Tally {
        &self.actors[actor as usize]
    }

    /// What is known of a relation or inverse.
    pub fn kind(&self, relation: u32) -> &Kind {
        &self.kinds[relation as usize]
    }

    /// How often and when an actor stood at the other end of a relation.
    pub fn end(&self, relation: u32, object: u32) -> Option<&Tally> {
        let at = *self.end_at.get(&(relation, object))?;
        Some(&self.kinds[relation as usize].ends[at as usize].tally)
    }
}
