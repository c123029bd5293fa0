//! The standards the sources are checked against: CAMEO codes with their Goldstein values, PLOVER's types, modes,
//! contexts, sectors and codes for actors of no state.
//!
//! Read from `data/ontology`, which is part of the program: a lexicon of one's own cannot change a standard.

use demarche_record::EventType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One CAMEO code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cameo {
    /// Its name.
    pub name: String,
    /// PLOVER's types for it; none where PLOVER has dropped it.
    pub plover: Vec<EventType>,
    /// Goldstein value, -10 to 10.
    pub goldstein: Option<f64>,
}

/// What PLOVER says of one event type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeFacts {
    /// Conflict (negative) to cooperation, -10 to 10.
    pub score: f64,
    /// Modes with their scores, where they have one.
    pub modes: BTreeMap<String, Option<f64>>,
}

/// The standards.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ontology {
    /// CAMEO codes.
    pub cameo: BTreeMap<String, Cameo>,
    /// PLOVER types.
    pub types: BTreeMap<EventType, TypeFacts>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// PLOVER sectors with what they stand for.
    pub sectors: BTreeMap<String, String>,
    /// PLOVER codes that stand in a country's place for actors of no state.
    pub stateless: BTreeMap<String, String>,
}

impl Ontology {
    /// Goldstein value of a CAMEO code, or of its nearest parent that has one.
    pub fn goldstein(&self, cameo: &str) -> Option<f64> {
        (2..=cameo.len())
            .rev()
            .filter_map(|n| cameo.get(..n))
            .find_map(|code| self.cameo.get(code).and_then(|c| c.goldstein))
    }

    /// Name of a CAMEO code.
    pub fn cameo_name(&self, cameo: &str) -> Option<&str> {
        self.cameo.get(cameo).map(|c| c.name.as_str())
    }

    /// PLOVER's types for a CAMEO code; none where PLOVER has dropped it.
    pub fn plover(&self, cameo: &str) -> &[EventType] {
        self.cameo.get(cameo).map_or(&[], |c| &c.plover)
    }

    /// Whether the type has this mode.
    pub fn has_mode(&self, of: EventType, mode: &str) -> bool {
        self.types.get(&of).is_some_and(|t| t.modes.contains_key(mode))
    }
}
