//! What can be done, and how one is tied to another: patterns of events and ties, and the words that fire rules.

use crate::{AgentKind, Slot};
use demarche_record::{EventType, TieStatus, TieType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A lemma with the particles or prepositions that belong to it: "crack" + "down", "on".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexeme {
    /// First word, a lemma in lower case.
    pub lemma: String,
    /// Further words.
    pub rest: Vec<String>,
}

/// What a pattern makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// An event.
    Event(EventType),
    /// A lasting tie.
    Tie(TieType),
}

impl Outcome {
    /// The type's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Event(t) => t.as_str(),
            Outcome::Tie(t) => t.as_str(),
        }
    }
}

/// Which roles must be filled by a political actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Needs {
    /// One of the two at least; the default.
    Any,
    /// The source.
    Who,
    /// The target.
    Whom,
    /// Both.
    Both,
    /// Neither.
    None,
}

/// Where the label of a designation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum As {
    /// In one of these slots, tried in order.
    Slots(Vec<Slot>),
    /// It is always this.
    Literal(String),
}

/// What a party to a tie must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Being {
    /// A human being, or people in a role.
    Person,
    /// An organisation, a group, a party, an agency, a ministry, an army.
    Body,
    /// A body by its function: a government, a ministry, an army, an agency.
    Organ,
    /// A state or territory, a town of it.
    State,
    /// A group of states, or an organisation of states.
    Bloc,
    /// Those who bear arms: an army, police, rebels, an armed group.
    Force,
    /// A state, a town, a region: somewhere.
    Place,
}

impl Being {
    /// Beings and their names in the sources.
    pub const NAMES: &'static [(&'static str, Being)] = &[
        ("person", Being::Person),
        ("body", Being::Body),
        ("organ", Being::Organ),
        ("state", Being::State),
        ("bloc", Being::Bloc),
        ("force", Being::Force),
        ("place", Being::Place),
    ];
}

/// What only patterns of ties say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Bond {
    /// The source must be one of these; empty: anybody.
    pub who_is: Vec<Being>,
    /// The target must be one of these; empty: anybody.
    pub whom_is: Vec<Being>,
    /// How the tie stands, where the words themselves say so.
    pub status: Option<TieStatus>,
    /// Whether the tie only follows from what is said.
    pub implied: bool,
    /// First parts of compounds that fire it: "pro" in "pro-Assad forces". What the compound stands before is the source.
    pub prefixes: Vec<String>,
    /// Prepositions that fire it: "including" in "partners, including Turkey". What follows is the source.
    pub cases: Vec<String>,
    /// Types of events between two parties from which it follows.
    pub events: Vec<EventType>,
    /// Kinds of role nouns that fire it, whatever the noun.
    pub roles: Vec<AgentKind>,
}

/// The lemmas that a slot's head must, or must not, be one of.
pub type Heads = Vec<(Slot, BTreeSet<String>)>;

/// One pattern of an event or a tie, with defaults filled in and word classes opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// What records print: file stem (for ties the type in lower case), `/`, id.
    pub rule: String,
    /// What it makes.
    pub outcome: Outcome,
    /// Verbs that fire it.
    pub verbs: Vec<Lexeme>,
    /// Event nouns that fire it.
    pub nouns: Vec<Lexeme>,
    /// Predicative adjectives that fire it.
    pub adjectives: Vec<Lexeme>,
    /// Every one of these slots must have one of these heads.
    pub heads: Heads,
    /// None of these slots may have one of these heads.
    pub unless: Heads,
    /// Slots tried in order for the source of a verb or adjective.
    pub who: Vec<Slot>,
    /// Slots tried in order for the target of a verb or adjective.
    pub whom: Vec<Slot>,
    /// Slots tried in order for the source of a noun.
    pub noun_who: Vec<Slot>,
    /// Slots tried in order for the target of a noun.
    pub noun_whom: Vec<Slot>,
    /// Whether the source states `who`; else it is the default.
    pub who_given: bool,
    /// Whether the source states `whom`; else it is `obj`, and a verb's final preposition goes before it.
    pub whom_given: bool,
    /// Whether both parties do it.
    pub reciprocal: bool,
    /// Which roles must be filled by a political actor.
    pub needs: Needs,
    /// Closest CAMEO code; empty for ties.
    pub cameo: String,
    /// Goldstein value of that code.
    pub goldstein: Option<f64>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts that the words themselves carry.
    pub contexts: Vec<String>,
    /// Where the label of a designation stands; ties only.
    pub label: Option<As>,
    /// What only ties say.
    pub bond: Bond,
    /// Sentences in which it must fire.
    pub hit: Vec<String>,
    /// Sentences in which it must not fire.
    pub miss: Vec<String>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}
