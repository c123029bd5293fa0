//! Places inside places: which of two names beside each other is the place of the event.

use crate::place::{Located, Named};
use crate::view::View;
use demarche_lexicon::{Entry, Via};
use demarche_text::Upos;

/// Takes larger places into those that lie in them: "Kirkuk, Iraq", "Kunduz province in northern Afghanistan"; drops a border
/// that only says where in a land something is.
pub(crate) fn nest(view: &View<'_>, found: &mut Vec<Located>) {
    let mut kept: Vec<Located> = Vec::new();
    for place in found.drain(..) {
        let Some(inner) = kept.last_mut().filter(|inner| takes_in(view, inner, &place)) else {
            kept.push(place);
            continue;
        };
        if place.border {
            continue;
        }
        // "Punjab province in eastern Pakistan" is not its namesake in India.
        if inner.country.is_some() && inner.country != place.country {
            inner.named = Named::Unknown;
        }
        let region = matches!(place.named, Named::Entry(Entry::Place(_), _) | Named::Unknown);
        if region && inner.inside.is_none() {
            inner.inside = Some(place.span.of(view.text).to_owned());
        }
        inner.country = place.country.or(inner.country.take());
    }
    *found = kept;
}

/// Whether a place says no more than what an earlier one lies in, or near which border.
fn takes_in(view: &View<'_>, inner: &Located, place: &Located) -> bool {
    let between = inner.words.1 + 1..place.words.0;
    if between.is_empty() || between.clone().any(|w| view.upos(w) == Upos::Cconj) {
        return false;
    }
    let beside = between.clone().all(|w| {
        matches!(view.upos(w), Upos::Punct | Upos::Adp | Upos::Det)
            || ["place-noun", "direction", "border-noun"].iter().any(|class| view.placing(class, w))
    });
    if place.border {
        let near = |w: usize| {
            view.placing("locative", w) || matches!(view.upos(w), Upos::Punct | Upos::Adp | Upos::Det)
        };
        return !inner.border && (beside || between.clone().all(near));
    }
    let land = |p: &Located| matches!(p.named, Named::Entry(Entry::Actor(_), Via::Name | Via::Alias));
    if place.country.is_none() || (land(inner) && land(place)) {
        return false;
    }
    let lies = inner.country.is_none() || inner.country == place.country;
    let same = matches!((&inner.named, &place.named), (Named::Entry(a, _), Named::Entry(b, _)) if a == b);
    let under = place.top != inner.top && view.within(place.top, inner.top);
    let stated = beside
        && land(place)
        && between.clone().all(|w| view.upos(w) != Upos::Adp || matches!(view.lemma(w), "in" | "of"));
    stated || (lies && (beside || same || under))
}
