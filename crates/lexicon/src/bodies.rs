//! Bodies of a state by the words that name them at home: "the Supreme Court", "parliament", "the army".
//!
//! Made of the names that agencies have in full ("Pakistani Supreme Court", "Supreme Court of Pakistan"), so that a body needs no
//! further entry.

use crate::{ActorEntry, ActorKind, Lexicon};
use hashbrown::HashMap;
use std::borrow::Cow;

/// By state, then by words in lower case: the agency.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bodies(HashMap<u32, HashMap<String, u32>>);

impl Bodies {
    pub(crate) fn new(actors: &[ActorEntry], id: impl Fn(&str) -> Option<u32>) -> Self {
        let mut bodies = Self::default();
        for (number, actor) in actors.iter().enumerate().filter(|(_, a)| a.kind == ActorKind::Agency) {
            let Some(state) = actor.country.as_deref().and_then(&id) else { continue };
            let land = &actors[state as usize];
            for name in std::iter::once(&actor.name).chain(actor.names.iter().map(|n| &n.text)) {
                if let Some(words) = at_home(name, land) {
                    let of_state = bodies.0.entry(state).or_default();
                    of_state.entry(words.to_lowercase()).or_insert(number as u32);
                }
            }
        }
        bodies
    }
}

/// A name without what says of which state the body is.
fn at_home<'n>(name: &'n str, land: &ActorEntry) -> Option<&'n str> {
    let adjective = land.adjectives.iter().find_map(|a| name.strip_prefix(a.as_str())?.strip_prefix(' '));
    adjective.or_else(|| {
        let names = std::iter::once(&land.name).chain(land.names.iter().map(|n| &n.text));
        names.into_iter().find_map(|n| {
            let behind = name
                .strip_suffix(n.as_str())
                .and_then(|rest| rest.strip_suffix(" of ").or_else(|| rest.strip_suffix(" of the ")));
            behind.or_else(|| {
                let rest = name.strip_prefix(n.as_str())?;
                rest.strip_prefix("'s ").or_else(|| rest.strip_prefix("’s "))
            })
        })
    })
}

impl Lexicon {
    /// The agency of a state (its number) that bears these words at home: "supreme court", in any case.
    pub fn body_of(&self, words: &str, state: u32) -> Option<u32> {
        let of_state = self.bodies.0.get(&state)?;
        let small = words.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let lower = if small { Cow::Borrowed(words) } else { Cow::Owned(words.to_lowercase()) };
        of_state.get(lower.as_ref()).copied()
    }
}
