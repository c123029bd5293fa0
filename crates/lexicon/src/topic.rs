//! Words that tell what an event is about, and by what means it was done.

use crate::Lexeme;
use demarche_record::EventType;
use serde::{Deserialize, Serialize};

/// What words around an event add to its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adds {
    /// A PLOVER context.
    Context(String),
    /// A mode, for events of this type that have none, or one of those that it is more exact than.
    Mode {
        /// The type.
        kind: EventType,
        /// The mode.
        mode: String,
        /// Modes that give way.
        over: Vec<String>,
    },
}

/// Words, and what they add to an event in whose clause they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// What they add.
    pub adds: Adds,
    /// The words: lemmas, further words right behind the first.
    pub words: Vec<Lexeme>,
    /// Sentences with an event to which it must be added.
    pub hit: Vec<String>,
    /// Sentences in which it must not be added to any event.
    pub miss: Vec<String>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}
