//! What can only be checked when all files are read: references, duplicate ids, names that two actors share.

use super::report::Report;
use crate::{ActorKind, Image, fold::key};
use demarche_record::Date;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// A place in the sources.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Number of the file.
    pub file: usize,
    /// Bytes in it.
    pub at: Range<usize>,
}

/// Whom an id may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Anybody,
    /// A state or territory.
    State,
}

/// One name of an actor.
pub(super) struct Named {
    pub actor: u32,
    pub place: Place,
    pub text: String,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// What was gathered while reading.
#[derive(Default)]
pub(super) struct Links {
    /// Actors of the image that these sources add to, by their ids: kind and usual name.
    pub known: HashMap<String, (ActorKind, String)>,
    /// Ids of actors.
    pub actors: Vec<(Place, String)>,
    /// Names of actors.
    pub names: Vec<Named>,
    /// Names of places.
    pub places: Vec<(Place, String)>,
    /// Ids that must exist.
    pub references: Vec<(Place, String, Who)>,
    /// Ids of rules within their table.
    pub rules: Vec<(Place, &'static str, String)>,
}

impl Links {
    /// Nothing gathered yet, to be added to an image.
    pub(super) fn over(base: &Image) -> Self {
        let known = base.actors.iter().map(|a| (a.id.clone(), (a.kind, a.name.clone()))).collect();
        Self { known, ..Self::default() }
    }
}

fn said(reports: &[&Report], place: &Place) -> String {
    let source = reports[place.file].source;
    format!("{}:{}", source.name, source.line(place.at.start))
}

/// Ids are given once and refer to somebody.
pub(super) fn references(reports: &[&Report], image: &Image, links: &Links) {
    let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
    for (place, id) in &links.actors {
        if let Some(other) = first.get(id.as_str()) {
            let message = format!("`{id}` is also the id at {}", said(reports, other));
            reports[place.file].error(place.at.clone(), "lexicon::duplicate-id", message, "");
        } else {
            first.insert(id, place);
        }
    }
    let kinds: BTreeMap<&str, ActorKind> = image.actors.iter().map(|a| (a.id.as_str(), a.kind)).collect();
    for (place, id, who) in &links.references {
        let known = || links.known.get(id.as_str()).map(|(kind, _)| kind);
        let found = kinds.get(id.as_str()).or_else(known);
        let good = match who {
            Who::Anybody => found.is_some(),
            Who::State => matches!(found, Some(ActorKind::State | ActorKind::Territory)),
        };
        if !good {
            let (what, hint) = match who {
                Who::Anybody => ("actor", "ids stand in actors/"),
                Who::State => ("state", "an id of actors/states, or IGO UNO EUR NGO ISM IMG MNC"),
            };
            let message = format!("there is no {what} `{id}`");
            reports[place.file].error(place.at.clone(), "lexicon::dangling-reference", message, hint);
        }
    }
}

/// Two actors of one kind do not bear one name at one time, unless both mark it as ambiguous.
pub(super) fn names(reports: &[&Report], image: &Image, links: &Links) {
    let mut by_key: BTreeMap<(String, ActorKind), Vec<usize>> = BTreeMap::new();
    for (i, named) in links.names.iter().enumerate() {
        let kind = image.actors[named.actor as usize].kind;
        by_key.entry((key(&named.text), kind)).or_default().push(i);
    }
    let marked = |named: &Named| {
        let k = key(&named.text);
        image.actors[named.actor as usize].ambiguous.iter().any(|a| key(a) == k)
    };
    for sharing in by_key.values() {
        for (at, &later) in sharing.iter().enumerate() {
            let later = &links.names[later];
            let clash = sharing[..at].iter().map(|i| &links.names[*i]).find(|earlier| {
                earlier.actor != later.actor
                    && before(earlier.from, later.until)
                    && before(later.from, earlier.until)
                    && !(marked(earlier) && marked(later))
            });
            if let Some(earlier) = clash {
                let other = &image.actors[earlier.actor as usize].id;
                let at = said(reports, &earlier.place);
                let message = format!("`{}` also names `{other}` at the same time ({at})", later.text);
                let hint = "give them dates, or list the name under `ambiguous` of both";
                let place = &later.place;
                reports[place.file].error(place.at.clone(), "lexicon::duplicate-name", message, hint);
            }
        }
    }
    let mut first: BTreeMap<String, &Place> = BTreeMap::new();
    for (place, text) in &links.places {
        if let Some(other) = first.get(&key(text)) {
            let message = format!("`{text}` is also the place at {}", said(reports, other));
            reports[place.file].error(place.at.clone(), "lexicon::duplicate-name", message, "");
        } else {
            first.insert(key(text), place);
        }
    }
}

fn before(from: Option<Date>, until: Option<Date>) -> bool {
    match (from, until) {
        (Some(from), Some(until)) => from < until,
        _ => true,
    }
}

/// Ids of rules are given once in their table.
pub(super) fn rules(reports: &[&Report], links: &Links) {
    let mut first: BTreeMap<(&str, &str), &Place> = BTreeMap::new();
    for (place, table, id) in &links.rules {
        if let Some(other) = first.get(&(*table, id.as_str())) {
            let message = format!("`{id}` is also the id at {}", said(reports, other));
            reports[place.file].error(place.at.clone(), "lexicon::duplicate-id", message, "");
        } else {
            first.insert((table, id), place);
        }
    }
}
