//! What a name stands for by the words around it: a town in which something happens is a place, one that says or signs is a
//! government; an adjective inside a longer name is of a land.

use crate::place::{head_of, phrase_of_place};
use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::{Entry, Via};
use demarche_text::Rel;

/// Whether a name stands in a phrase of place, or belongs to what does: "in the subway of Tokyo".
pub(crate) fn is_place(view: &View<'_>, words: (usize, usize)) -> bool {
    let Some(head) = head_of(view, words) else { return false };
    let inside = view.rel(head).base() == Rel::Nmod
        && view.cases(head).any(|c| c == "of")
        && view.head(head).is_some_and(|h| view.located_by(h) && view.mention(h).is_none());
    let from = view.cases(head).any(|c| c == "from")
        && view.head(head).is_some_and(|h| view.placing("bound-for", h));
    inside || from || phrase_of_place(view, head).is_some()
}

impl Resolver<'_, '_> {
    /// The land or people that a nationality inside a longer name is of: "Indonesian" in "the Indonesian army".
    pub(crate) fn nation(&self, first: usize, last: usize) -> Option<u32> {
        let view = self.view;
        let words: Vec<_> = (first..=last).map(|w| view.span(w)).collect();
        let mut found = Vec::new();
        view.lexicon.find(view.text, &words, &mut found);
        let candidate = self.choose(found.first()?)?;
        match (candidate.entry, candidate.via) {
            (Entry::Actor(actor), Via::Adjective | Via::People) => Some(actor),
            _ => None,
        }
    }
}
