//! What an article has named so far, for pronouns and short descriptions.

use crate::coreference::Discourse;
use crate::party::Party;
use demarche_lexicon::{ActorKind, Lexicon};
use std::collections::BTreeMap;

/// Sentences back that a pronoun may reach.
const REACH: u32 = 4;

/// Most parties kept.
const KEPT: usize = 64;

/// One party that was named.
#[derive(Debug, Clone)]
pub struct Named {
    /// The party as it was resolved there.
    pub party: Party,
    /// Sentence it stood in.
    pub sentence: u32,
    /// How near the centre of its clause it stood: 0 a subject, 1 an object, 2 anything else.
    pub rank: u8,
}

/// The parties of one article in the order they were named.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    named: Vec<Named>,
    /// By entity of the discourse: the phrase that tells most of it.
    known: BTreeMap<u32, Party>,
    speaker: Option<Party>,
}

/// What kind of antecedent an expression asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// he, she
    Person,
    /// they
    Plural,
    /// it, the country
    Thing,
    /// "the country", "the state"
    State,
    /// "the group", "the organisation", "the movement"
    Body,
}

impl Memory {
    /// Forgets everything: a new article begins.
    pub fn clear(&mut self) {
        self.named.clear();
        self.known.clear();
        self.speaker = None;
    }

    /// Sets whose words the next sentence is; none: the author's.
    pub fn set_speaker(&mut self, speaker: Option<Party>) {
        self.speaker = speaker;
    }

    /// Whose words the sentence is, where it goes on with a quotation.
    pub fn speaker(&self) -> Option<&Party> {
        self.speaker.as_ref()
    }

    /// Keeps what a sentence names, each with how near the centre of its clause it stands, for the pronouns of the next.
    pub fn hear(&mut self, names: Vec<(Party, u8)>, sentence: u32, discourse: &Discourse) {
        for (party, rank) in names {
            let entity = discourse.entity_of_head(party.head);
            self.add(party, sentence, rank, entity);
        }
    }

    /// Keeps a party that names somebody, and as what its entity stands for if no other phrase told more.
    pub fn add(&mut self, party: Party, sentence: u32, rank: u8, entity: Option<u32>) {
        if let Some(entity) = entity {
            let worth = |p: &Party| (p.actor.is_some(), p.standing);
            match self.known.get_mut(&entity) {
                Some(known) if worth(known) >= worth(&party) => {}
                Some(known) => *known = party.clone(),
                None => {
                    self.known.insert(entity, party.clone());
                }
            }
        }
        if self.named.len() >= KEPT {
            self.named.drain(..KEPT / 2);
        }
        self.named.push(Named { party, sentence, rank });
    }

    /// The party that an entity of the discourse stands for, as far as earlier sentences tell.
    pub fn known(&self, entity: u32) -> Option<&Party> {
        self.known.get(&entity)
    }

    /// The likeliest antecedent before this sentence: nearest sentence first, subjects before objects before others, first named first.
    pub fn recall(&self, lexicon: &Lexicon, wanted: Wanted, sentence: u32) -> Option<&Party> {
        self.named
            .iter()
            .filter(|n| n.sentence < sentence && n.sentence + REACH >= sentence)
            .filter(|n| fits(lexicon, &n.party, wanted))
            .min_by_key(|n| (sentence - n.sentence, preference(lexicon, &n.party, wanted), n.rank))
            .map(|n| &n.party)
    }
}

fn kind(lexicon: &Lexicon, party: &Party) -> Option<ActorKind> {
    party.actor.map(|a| lexicon.actors[a as usize].kind)
}

/// Whether a party can be what the expression refers to.
pub fn fits(lexicon: &Lexicon, party: &Party, wanted: Wanted) -> bool {
    let kind = kind(lexicon, party);
    let person = kind == Some(ActorKind::Person) || (kind.is_none() && party.person);
    let state = matches!(kind, Some(ActorKind::State | ActorKind::Territory));
    match wanted {
        Wanted::Person => person,
        Wanted::Plural => !person,
        Wanted::Thing => !person && !party.plural,
        Wanted::State => state,
        Wanted::Body => kind.is_some() && !person && !state,
    }
}

fn preference(lexicon: &Lexicon, party: &Party, wanted: Wanted) -> u8 {
    let state = matches!(kind(lexicon, party), Some(ActorKind::State | ActorKind::Territory));
    match wanted {
        Wanted::Plural => u8::from(state && !party.plural),
        _ => 0,
    }
}
