//! Whether the records of a sentence are those that its page asks for.

use super::{Example, Expected, Side};
use demarche_record::{Actor, Event, EventType, Modality};

impl Example {
    /// Whether the records are exactly those that are expected, in any order.
    pub fn fits(&self, events: &[Event]) -> bool {
        events.len() == self.expected.len()
            && assigned(&self.expected, events, &mut vec![false; events.len()])
    }
}

/// Every expectation gets a record of its own.
fn assigned(expected: &[Expected], events: &[Event], used: &mut Vec<bool>) -> bool {
    let Some((first, rest)) = expected.split_first() else { return true };
    for (i, event) in events.iter().enumerate() {
        if !used[i] && first.fits(event) {
            used[i] = true;
            if assigned(rest, events, used) {
                return true;
            }
            used[i] = false;
        }
    }
    false
}

impl Expected {
    /// Whether a record is this one.
    pub fn fits(&self, event: &Event) -> bool {
        let modality = match self.modality {
            Some(modality) => event.modality == modality,
            None => {
                event.modality == Modality::Actual
                    || (ahead(self.kind) && event.modality == Modality::Planned)
            }
        };
        let targets = match (&self.source, self.mutual) {
            (Side::Of(names), true) => event.target.iter().all(|actor| names.iter().any(|n| is(actor, n))),
            _ => same(&self.target, &event.target),
        };
        modality
            && targets
            && self.kind == event.kind
            && self.polarity == event.polarity
            && self.mode.as_ref().is_none_or(|mode| event.mode.as_ref() == Some(mode))
            && self.contexts.iter().all(|context| event.contexts.contains(context))
            && same(&self.source, &event.source)
    }
}

/// Types that are about what is to come by themselves.
fn ahead(kind: EventType) -> bool {
    matches!(kind, EventType::Agree | EventType::Concede | EventType::Request | EventType::Threaten)
}

fn same(side: &Side, actors: &[Actor]) -> bool {
    match side {
        Side::Open => true,
        Side::Of(names) => {
            names.iter().all(|name| actors.iter().any(|actor| is(actor, name)))
                && actors.iter().all(|actor| names.iter().any(|name| is(actor, name)))
        }
    }
}

/// Whether an actor goes by this name: its id, one of its codes, its country, one of its sectors.
fn is(actor: &Actor, name: &str) -> bool {
    actor.id.as_deref() == Some(name)
        || actor.country.as_deref() == Some(name)
        || actor.codes.iter().any(|code| code == name)
        || actor.sectors.iter().any(|sector| sector == name)
}
