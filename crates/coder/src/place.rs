//! Where: named places in a phrase of place that belongs to the predicate.

use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::{Entry, Via};
use demarche_record::{Offsets, Place, Span};
use demarche_text::Rel;

/// A named place in a phrase of place.
#[derive(Debug, Clone)]
pub struct Located {
    /// Its head word.
    pub head: usize,
    /// The name's words.
    pub span: Span,
    /// The entry.
    pub entry: Entry,
    /// How it matched.
    pub via: Via,
}

/// Prepositions of place.
fn locative(case: &str) -> bool {
    matches!(
        case,
        "in" | "at"
            | "near"
            | "outside"
            | "inside"
            | "across"
            | "around"
            | "over"
            | "off"
            | "throughout"
            | "within"
            | "on"
            | "along"
            | "into"
    )
}

/// All phrases of place in the sentence.
pub fn places(resolver: &Resolver<'_, '_>) -> Vec<Located> {
    let view = resolver.view;
    let mut found = Vec::new();
    for mention in view.mentions {
        let range = mention.words.start as usize..mention.words.end as usize;
        let Some(candidate) = resolver.choose(mention) else {
            continue;
        };
        let place = match candidate.via {
            Via::City | Via::Capital | Via::Seat => true,
            Via::Name | Via::Alias => match candidate.entry {
                Entry::Actor(a) => crate::party::is_land(view.lexicon.actors[a as usize].kind),
                Entry::Place(_) => true,
                _ => false,
            },
            _ => false,
        };
        if !place {
            continue;
        }
        let Some(head) = range.clone().find(|&w| view.head(w).is_none_or(|h| !range.contains(&h))) else {
            continue;
        };
        let mut top = head;
        for _ in 0..4 {
            match (view.rel(top).base(), view.head(top)) {
                (Rel::Conj | Rel::Appos, Some(h)) if view.nominal(h) => top = h,
                _ => break,
            }
        }
        let phrase_of_place = [head, top].iter().any(|&w| {
            matches!(
                view.rel(w).base(),
                Rel::Obl | Rel::Nmod | Rel::Conj | Rel::Appos | Rel::Root | Rel::Parataxis
            ) && view.cases(w).any(locative)
        });
        let named_kind = matches!(view.rel(head).base(), Rel::Nmod | Rel::Appos | Rel::Compound | Rel::Flat)
            && view.head(head).is_some_and(|h| place_noun(view.lemma(h)) && view.cases(h).any(locative));
        if phrase_of_place || named_kind {
            found.push(Located {
                head,
                span: view.span(range.start).cover(view.span(range.end - 1)),
                entry: candidate.entry,
                via: candidate.via,
            });
        }
    }
    found
}

pub(crate) fn place_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "city"
            | "town"
            | "village"
            | "province"
            | "region"
            | "district"
            | "capital"
            | "port"
            | "island"
            | "area"
            | "suburb"
            | "state"
    )
}

/// The places that belong to a predicate: under it, or under the clause it is the heart of.
pub fn of_predicate<'p>(view: &View<'_>, at: usize, places: &'p [Located]) -> Vec<&'p Located> {
    let clause = match view.head(at) {
        Some(h)
            if !view.verbal(at)
                && view.verbal(h)
                && matches!(view.rel(at).base(), Rel::Obj | Rel::Nsubj | Rel::Obl) =>
        {
            h
        }
        _ => at,
    };
    places.iter().filter(|p| view.within(p.head, at) || direct(view, p.head, clause)).collect()
}

fn direct(view: &View<'_>, place: usize, clause: usize) -> bool {
    let mut at = place;
    for _ in 0..6 {
        let Some(h) = view.head(at) else { return false };
        if h == clause {
            return matches!(view.rel(at).base(), Rel::Obl);
        }
        if !matches!(view.rel(at).base(), Rel::Conj | Rel::Appos | Rel::Nmod | Rel::Compound) {
            return false;
        }
        at = h;
    }
    false
}

impl Located {
    /// The record of this place.
    pub fn record(&self, view: &View<'_>, offsets: &Offsets) -> Place {
        let lexicon = view.lexicon;
        let mut place = Place {
            text: self.span.of(view.text).to_owned(),
            span: offsets.chars(view.text, self.span),
            name: None,
            country: None,
            admin1: None,
            lat: None,
            lon: None,
            geonameid: None,
        };
        match self.entry {
            Entry::Actor(a) => {
                let entry = &lexicon.actors[a as usize];
                place.country = crate::party::country_of(lexicon, a).map(str::to_owned);
                place.name = Some(match self.via {
                    Via::Name | Via::Alias => entry.name.clone(),
                    _ => place.text.clone(),
                });
            }
            Entry::Place(p) => {
                let entry = &lexicon.places[p as usize];
                place.name = Some(entry.name.clone());
                place.country = entry.country.clone();
                place.lat = entry.lat;
                place.lon = entry.lon;
            }
            Entry::Agent(_) | Entry::Title(_) => {}
        }
        place
    }
}
