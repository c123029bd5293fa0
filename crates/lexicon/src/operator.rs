//! Words that act on what another word says: operators ("refuse to", "agree to") and cues of attribution ("said").

use crate::{Lexeme, Slot, pattern::Heads, wire};
use demarche_record::{EventType, Modality, Polarity, Stance};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What comes out for an inner event of some type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Becomes {
    /// An outer event of this type.
    Type(EventType),
    /// No outer event; the inner one stays.
    Keep,
}

/// A value by the type of the inner event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByType {
    /// For every type not named, and where no inner event is found.
    pub default: Option<String>,
    /// For the types named.
    pub of: BTreeMap<EventType, String>,
    /// For modes of a type, as `RETREAT/resign`; these go first.
    pub finer: BTreeMap<String, String>,
}

impl ByType {
    /// The value for an inner event of this type and mode; without one, the default.
    pub fn get(&self, inner: Option<EventType>, mode: Option<&str>) -> Option<&str> {
        let finer = || inner.zip(mode).and_then(|(t, m)| self.finer.get(&format!("{t}/{m}")));
        let of = || inner.and_then(|t| self.of.get(&t));
        let found = if self.finer.is_empty() { of() } else { finer().or_else(of) };
        found.or(self.default.as_ref()).map(String::as_str)
    }
}

/// A word that takes an event and makes another of it, or changes how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operator {
    /// What records print: `reject/refuse`; without an outer type, `operator/` and the id.
    pub rule: String,
    /// Verbs that fire it.
    pub verbs: Vec<Lexeme>,
    /// Nouns that fire it.
    pub nouns: Vec<Lexeme>,
    /// Adjectives that fire it.
    pub adjectives: Vec<Lexeme>,
    /// Where the inner event stands, tried in order.
    pub inner: Vec<Slot>,
    /// Type of the outer event; none where the operator only changes how the inner one stands.
    pub becomes: Option<EventType>,
    /// Exceptions to `becomes` by the type of the inner event.
    pub becomes_for: BTreeMap<EventType, Becomes>,
    /// CAMEO code by the type of the inner event.
    pub cameo: ByType,
    /// PLOVER mode by the type of the inner event.
    pub modes: ByType,
    /// Slots tried in order for the source of the outer event; `subj` where the sources say nothing.
    pub who: Vec<Slot>,
    /// Slots tried in order for the target of the outer event; empty: the inner event's.
    pub whom: Vec<Slot>,
    /// Whether it makes its event even where no inner event is found.
    pub alone: bool,
    /// Whether no outer event arises at all: the same as "keep" for every inner type.
    pub keep: bool,
    /// Whether the inner event stays beside the outer one, as a claim.
    pub keep_inner: bool,
    /// Polarity it gives the inner event where that is kept.
    #[serde(with = "wire::polarity")]
    pub polarity: Option<Polarity>,
    /// Modality it gives the inner event where that is kept.
    #[serde(with = "wire::modality")]
    pub modality: Option<Modality>,
    /// Attitude of its source to the inner event where that is kept.
    #[serde(with = "wire::stance")]
    pub stance: Option<Stance>,
    /// Every one of these slots must have one of these heads.
    pub heads: Heads,
    /// None of these slots may have one of these heads.
    pub unless: Heads,
    /// Sentences in which it must fire.
    pub hit: Vec<String>,
    /// Sentences in which it must not fire.
    pub miss: Vec<String>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}

impl Operator {
    /// What comes out for an inner event of this type; none: it stays as it is.
    pub fn outer(&self, inner: EventType) -> Option<EventType> {
        if self.keep {
            return None;
        }
        match self.becomes_for.get(&inner) {
            Some(Becomes::Type(t)) => Some(*t),
            Some(Becomes::Keep) => None,
            None => self.becomes,
        }
    }
}

/// Words by which somebody is said to say something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speech {
    /// Verbs whose subject is the speaker.
    pub verbs: Vec<Lexeme>,
    /// Nouns whose owner is the speaker.
    pub nouns: Vec<Lexeme>,
    /// Adjectives whose subject is the speaker: "is convinced that".
    pub adjectives: Vec<Lexeme>,
    /// Cues of several words: before a speaker ("according to"), or complete in themselves ("by all accounts").
    pub phrases: Vec<String>,
    /// Cues without a speaker.
    pub adverbs: Vec<String>,
    /// The speaker's attitude.
    #[serde(with = "wire::plain_stance")]
    pub stance: Stance,
    /// The attitude where the cue is denied: who never admitted it denies it. None: then nobody says so.
    #[serde(with = "wire::stance")]
    pub negated: Option<Stance>,
    /// Whether an event that is the object is what is said: "reported an attack".
    pub objects: bool,
    /// Sentences in which the attribution must be found.
    pub hit: Vec<String>,
    /// Sentences without attribution.
    pub miss: Vec<String>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}
