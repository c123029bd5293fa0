//! What an article has spoken of so far: its noun phrases and which of them stand for the same.
//!
//! A phrase joins the entity of an earlier one, opens its own, or stands for nothing that can be spoken of again. Which,
//! is scored by the model; candidates are bounded in number, so that time grows with the length of the article alone.

use super::features;
use super::find::Place;
use super::model::CoreferenceModel;
use super::phrase::{Count, Kind, Phrase};
use super::words::{FEMALE, MALE, Signs};
use smallvec::SmallVec;
use std::collections::HashMap;

/// Most phrases back that a pronoun may reach.
const NEAR: usize = 36;

/// Most phrases back that any other phrase may reach, but for those that share a word with it.
const FAR: usize = 50;

/// Most candidates further back, by a shared name or noun.
const RECALLED: usize = 3;

/// Most lemmas kept of an entity.
const LEMMAS: usize = 8;

/// Most other words kept of an entity.
const WORDS: usize = 12;

/// The word under which phrases that name an actor are kept; 0: it names none.
fn actor_key(actor: u32) -> u32 {
    if actor == 0 { 0 } else { super::words::join([actor]) }
}

/// What a phrase was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing that can be spoken of again.
    Nothing,
    /// Something new.
    New,
    /// What the phrase of this number stands for.
    Same(u32),
}

/// What several phrases stand for.
#[derive(Debug, Clone, Default)]
pub struct Entity {
    /// How many phrases.
    pub size: u32,
    /// Number of the last.
    pub last: u32,
    /// What all of them tell.
    pub signs: Signs,
    /// Whether one of them is plural, or singular.
    pub counts: [bool; 2],
    /// Whether one of them is a name.
    pub named: bool,
    /// Lemmas of their heads.
    pub lemmas: SmallVec<[u32; LEMMAS]>,
    /// Words in them that are no heads, titles among them.
    pub words: SmallVec<[u32; WORDS]>,
    /// The actor that one of them names, from 1; 0: none.
    pub actor: u32,
}

/// Candidates of a phrase that are kept with their scores.
const KEPT: usize = 8;

/// How the candidates of a phrase were weighed.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    /// The score of what was decided, in thousandths of a natural logarithm of odds, as all scores.
    pub best: i32,
    /// The best candidates with their scores, best first.
    pub candidates: SmallVec<[(i32, u32); KEPT]>,
}

impl Weighed {
    fn add(&mut self, score: i32, candidate: u32) {
        let at = self.candidates.iter().take_while(|(s, _)| *s >= score).count();
        if at < KEPT {
            self.candidates.truncate(KEPT - 1);
            self.candidates.insert(at, (score, candidate));
        }
    }
}

/// The phrases of one article, in order, and what they stand for.
#[derive(Debug, Clone, Default)]
pub struct Discourse {
    /// Phrases of all sentences read.
    pub phrases: Vec<Phrase>,
    /// What each was taken for.
    pub decisions: Vec<Decision>,
    /// The entity of each.
    pub entity_of: Vec<Option<u32>>,
    /// The entities.
    pub entities: Vec<Entity>,
    /// How the candidates of the phrases of the sentence that is read were weighed.
    pub weighed: Vec<Weighed>,
    /// Where the phrases of the sentence that is read begin.
    pub opened: usize,
    /// Where reading stands.
    pub place: Place,
    /// The last phrases with a word as head or last name.
    by_word: HashMap<u32, SmallVec<[u32; RECALLED]>>,
}

impl Discourse {
    /// Forgets everything: a new article begins.
    pub fn clear(&mut self) {
        self.phrases.clear();
        self.restart();
        self.opened = 0;
        self.place = Place::default();
    }

    /// Forgets what the phrases were taken for.
    pub fn restart(&mut self) {
        self.decisions.clear();
        self.entity_of.clear();
        self.entities.clear();
        self.by_word.clear();
    }

    /// Number of the next phrase that nothing was decided for.
    pub fn next(&self) -> Option<usize> {
        (self.decisions.len() < self.phrases.len()).then_some(self.decisions.len())
    }

    /// The phrases that the phrase of this number may mean, nearest first.
    pub fn candidates(&self, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let phrase = &self.phrases[at];
        let reach = if phrase.kind.pronoun() { NEAR } else { FAR };
        let from = at.saturating_sub(reach);
        for c in (from..at).rev() {
            let earlier = &self.phrases[c];
            if self.entity_of[c].is_some() && !earlier.holds(phrase) && !phrase.free_of(earlier) {
                out.push(c as u32);
            }
        }
        if matches!(phrase.kind, Kind::Joined | Kind::Number) {
            return;
        }
        let before = out.len();
        for word in [phrase.lemma, phrase.form, phrase.tail(), actor_key(phrase.actor)] {
            for &c in self.by_word.get(&word).into_iter().flatten().rev() {
                if (c as usize) < from && !out[before..].contains(&c) && out.len() < before + RECALLED {
                    out.push(c);
                }
            }
        }
    }

    /// Decides for the next phrase by the model.
    pub fn decide(&mut self, model: &CoreferenceModel, room: &mut Room) {
        let Some(at) = self.next() else { return };
        self.candidates(at, &mut room.candidates);
        features::alone(self, at, &mut room.features);
        let mut weighed = Weighed::default();
        let mut best = (model.score_as(&room.features, features::NOTHING), Decision::Nothing);
        let new = model.score_as(&room.features, features::NEW);
        if new >= best.0 {
            best = (new, Decision::New);
        }
        let mut agreeing = 0;
        let phrase = &self.phrases[at];
        // What names and bare nouns mean is told by their words; a description may mean anything.
        let by_words = matches!(phrase.kind, Kind::Name | Kind::Bare | Kind::Indefinite | Kind::Number);
        for &c in &room.candidates {
            let earlier = &self.phrases[c as usize];
            let entity = self.entity_of[c as usize].map(|e| &self.entities[e as usize]);
            if by_words && !features::touches(phrase, earlier, entity) {
                agreeing += u32::from(features::agree(phrase, earlier, entity));
                continue;
            }
            agreeing += u32::from(features::pair(self, at, c as usize, agreeing, &mut room.features));
            let score = model.score(&room.features);
            if score > best.0 {
                best = (score, Decision::Same(c));
            }
            weighed.add(score, c);
        }
        weighed.best = best.0;
        if at == self.opened {
            self.weighed.clear();
        }
        self.weighed.push(weighed);
        self.take(best.1);
    }

    /// Takes the next phrase for what was decided.
    pub fn take(&mut self, decision: Decision) {
        let Some(at) = self.next() else { return };
        self.decisions.push(decision);
        let entity = match decision {
            Decision::Nothing => None,
            Decision::New => Some(self.open()),
            Decision::Same(c) => {
                self.entity_of.get(c as usize).copied().flatten().or_else(|| Some(self.open()))
            }
        };
        self.entity_of.push(entity);
        let Some(e) = entity else { return };
        let phrase = &self.phrases[at];
        let entity = &mut self.entities[e as usize];
        entity.size += 1;
        entity.last = at as u32;
        entity.signs |= phrase.signs & (MALE | FEMALE);
        match phrase.count {
            Count::Many => entity.counts[0] = true,
            Count::One => entity.counts[1] = true,
            Count::Open => {}
        }
        if phrase.kind == Kind::Name {
            entity.named = true;
        }
        if entity.actor == 0 {
            entity.actor = phrase.actor;
        }
        if !phrase.kind.pronoun() {
            if entity.lemmas.len() < LEMMAS && !entity.lemmas.contains(&phrase.lemma) {
                entity.lemmas.push(phrase.lemma);
            }
            for &word in phrase.parts.iter().chain(&phrase.roles) {
                if entity.words.len() < WORDS && !entity.words.contains(&word) {
                    entity.words.push(word);
                }
            }
        }
        let words = match phrase.kind.pronoun() {
            true => [phrase.form; 3],
            false => [phrase.lemma, phrase.tail(), actor_key(phrase.actor)],
        };
        for (n, word) in words.iter().enumerate() {
            if *word == 0 || words[..n].contains(word) {
                continue;
            }
            let seen = self.by_word.entry(*word).or_default();
            if seen.len() == RECALLED {
                seen.remove(0);
            }
            seen.push(at as u32);
        }
    }

    fn open(&mut self) -> u32 {
        self.entities.push(Entity::default());
        self.entities.len() as u32 - 1
    }

    /// Whether an earlier phrase had this word as its head or last name.
    pub fn seen(&self, word: u32) -> usize {
        self.by_word.get(&word).map_or(0, |s| s.len())
    }

    /// The words of the sentence being read that head phrases, in order.
    pub fn heads(&self) -> Vec<usize> {
        let mut heads: Vec<usize> = self.phrases[self.opened..].iter().map(|p| p.head as usize).collect();
        heads.sort_unstable();
        heads.dedup();
        heads
    }

    /// The entity of the phrase of the sentence being read that this word heads.
    pub fn entity_of_head(&self, head: usize) -> Option<u32> {
        self.entity_of.get(self.phrase_of(head)?).copied().flatten()
    }

    /// The phrase of the sentence being read that this word heads.
    pub fn phrase_of(&self, head: usize) -> Option<usize> {
        (self.opened..self.phrases.len())
            .find(|&p| self.phrases[p].head as usize == head && self.phrases[p].kind != Kind::Joined)
    }
}

/// Room for features and candidates, used again.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Candidates of a phrase.
    pub candidates: Vec<u32>,
    /// Features of a decision.
    pub features: Vec<u32>,
}
