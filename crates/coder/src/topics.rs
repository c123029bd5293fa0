//! What the words around an event add to it: contexts, and modes that the predicate itself does not tell.
//!
//! The words are the lexicon's topics; looked at are those of the event's own clause.

use crate::claim::Claim;
use crate::party::Party;
use crate::view::View;
use demarche_lexicon::{Adds, Lexeme};
use demarche_record::EventType;
use demarche_text::Rel;

/// Adds to every claim what its parties and the words of its clause tell.
pub fn add(view: &View<'_>, claims: &mut [Claim]) {
    for claim in claims.iter_mut().filter(|c| c.event() == Some(EventType::Consult) && c.mode.is_none()) {
        let body = |p: &Party| p.country(view.lexicon).is_some_and(|c| matches!(c, "IGO" | "UNO" | "EUR"));
        if claim.who.iter().chain(&claim.whom).any(body) {
            claim.mode = Some("multilateral".to_owned());
        }
    }
    let told: Vec<(usize, &Adds)> = (0..view.len())
        .flat_map(|i| {
            let word = view.lemma(i).to_ascii_lowercase();
            let at = view.lexicon.topics_at(&word).iter();
            at.filter_map(|&(t, l)| {
                let topic = &view.lexicon.topics[t as usize];
                stands(view, i, &topic.words[l as usize]).then_some((i, &topic.adds))
            })
            .collect::<Vec<_>>()
        })
        .collect();
    if told.is_empty() {
        return;
    }
    for claim in claims {
        let Some(own) = claim.event() else { continue };
        let top = clause(view, claim.at);
        for (i, adds) in &told {
            if !in_clause(view, *i, top) {
                continue;
            }
            match adds {
                Adds::Context(context) => {
                    if !claim.contexts.contains(context) {
                        claim.contexts.push(context.clone());
                    }
                }
                Adds::Mode { kind, mode, over } => {
                    let open = claim.mode.as_ref().is_none_or(|m| over.contains(m));
                    if *kind == own && open && beside(view, *i, claim) {
                        claim.mode = Some(mode.clone());
                    }
                }
            }
        }
    }
}

fn stands(view: &View<'_>, i: usize, lexeme: &Lexeme) -> bool {
    lexeme.rest.iter().enumerate().all(|(n, word)| {
        let at = i + 1 + n;
        at < view.len() && (view.is(at, word) || view.form(at).eq_ignore_ascii_case(word))
    })
}

/// A mode is told by what the predicate governs, not by what the victims are like.
fn beside(view: &View<'_>, i: usize, claim: &Claim) -> bool {
    let victim = |w: usize| claim.whom.iter().any(|p| view.within(w, p.head) && !by_means(view, w, p.head));
    !victim(i)
        && (view.within(i, claim.from)
            || claim.who.iter().any(|p| view.within(i, p.head))
            || view.within(i, claim.at))
}

/// Whether a word stands in a `with` phrase between it and `top`, as parsers hang means on victims.
fn by_means(view: &View<'_>, i: usize, top: usize) -> bool {
    let mut at = i;
    let mut steps = 0;
    while at != top {
        if view.cases(at).any(|p| p == "with") {
            return true;
        }
        let Some(head) = view.head(at) else { return false };
        steps += 1;
        if steps > view.len() {
            return false;
        }
        at = head;
    }
    false
}

/// The word that governs the clause an event stands in.
fn clause(view: &View<'_>, i: usize) -> usize {
    let mut at = i;
    let mut steps = 0;
    while let Some(head) = view.head(at) {
        let own = matches!(
            view.rel(at).base(),
            Rel::Advcl | Rel::Acl | Rel::Ccomp | Rel::Parataxis | Rel::Root | Rel::Csubj
        ) || (view.rel(at) == Rel::Conj && view.verbal(at));
        steps += 1;
        if own || steps > view.len() {
            break;
        }
        at = head;
    }
    at
}

/// Whether a word stands in the clause that `top` governs, clauses within it left out; a complement clause belongs to it.
fn in_clause(view: &View<'_>, i: usize, top: usize) -> bool {
    let mut at = i;
    let mut steps = 0;
    while at != top {
        let other = matches!(view.rel(at).base(), Rel::Parataxis)
            || view.rel(at) == Rel::AclRelcl
            || (view.rel(at) == Rel::Conj && view.verbal(at));
        let Some(head) = view.head(at).filter(|_| !other) else { return false };
        steps += 1;
        if steps > view.len() {
            return false;
        }
        at = head;
    }
    true
}
