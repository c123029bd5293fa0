//! What a noun phrase can be in an attack: people, a body, a thing, a weapon, an act; and its record.

use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::{ActorKind, AgentKind, Slot};
use demarche_record::{Filler, Offsets, Span};
use demarche_text::{NameKind, NameLayer, Rel, Upos};

/// What a phrase can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// One or more people.
    People,
    /// A group, force or state.
    Body,
    /// A thing that can be hit.
    Thing,
    /// What it is done with.
    Weapon,
    /// An act or anything else.
    Other,
}

/// Whether a word names a weapon; weak ones only where something beside them says so.
pub fn is_weapon(view: &View<'_>, i: usize) -> bool {
    if !view.nominal(i) || !view.class(i, "attack-weapon") {
        return false;
    }
    !view.class(i, "attack-weapon-weak")
        || view
            .children(i)
            .any(|c| (c < i || view.cases(c).any(|p| p == "of")) && view.class(c, "attack-weapon-sign"))
}

/// What a predicate is done with, in its clause: "with a rifle", "in a dynamite attack", "a rocket hit".
pub fn instrument(view: &View<'_>, at: usize) -> Option<Span> {
    let mut nouns: Vec<usize> = Vec::new();
    for slot in ["with", "by", "using", "from", "in", "of"] {
        nouns.extend(view.fill(at, &Slot::Prep(slot.to_owned())));
    }
    nouns.extend(view.fill(at, &Slot::Subj));
    nouns.extend(view.fill(at, &Slot::Obj));
    nouns.extend(view.fill(at, &Slot::Mod));
    nouns.extend(view.children(at).filter(|&c| c < at && view.rel(c).base() == Rel::Compound));
    let below: Vec<usize> = nouns
        .iter()
        .filter(|&&n| view.class(n, "attack-noun") || view.class(n, "attack-bomb-noun"))
        .flat_map(|&n| view.children(n).filter(|&c| view.rel(c).base() == Rel::Compound).collect::<Vec<_>>())
        .collect();
    let found = nouns.into_iter().chain(below).find(|&n| is_weapon(view, n))?;
    Some(view.phrase(found))
}

/// The name that ends or is headed at a word, if the model of text sees one there.
fn name_kind(view: &View<'_>, i: usize) -> Option<NameKind> {
    view.tree
        .names()
        .iter()
        .filter(|n| n.layer == NameLayer::Named && n.words.contains(&i))
        .map(|n| n.kind)
        .find(|k| matches!(k, NameKind::Person | NameKind::Organisation | NameKind::Location))
}

/// What the phrase headed by a word can be.
pub fn sort(resolver: &Resolver<'_, '_>, i: usize) -> Sort {
    let view = resolver.view;
    if !view.nominal(i)
        || view.upos(i) == Upos::Pron
        || view.class(i, "attack-person-not")
        || view.time_word(i).is_some()
    {
        return Sort::Other;
    }
    if is_weapon(view, i) {
        return Sort::Weapon;
    }
    let act =
        ["attack-noun", "attack-bomb-noun", "harm-kill-noun", "harm-take-noun", "attack-crime", "harm-death"];
    if act.iter().any(|class| view.class(i, class)) {
        return Sort::Other;
    }
    let proper = view.upos(i) == Upos::Propn;
    if view.class(i, "perp-body") {
        return Sort::Body;
    }
    if view.class(i, "perp-person") {
        return Sort::People;
    }
    if ["attack-target", "building", "vehicle", "aircraft"].iter().any(|class| view.class(i, class)) {
        return Sort::Thing;
    }
    match name_kind(view, i) {
        Some(NameKind::Person) => return Sort::People,
        Some(NameKind::Organisation) => return Sort::Body,
        Some(NameKind::Location) => return Sort::Other,
        _ => {}
    }
    let party = resolver.party(i);
    if let Some(actor) = party.actor {
        return match view.lexicon.actors[actor as usize].kind {
            ActorKind::Person => Sort::People,
            kind if crate::party::is_land(kind) => Sort::Other,
            _ => Sort::Body,
        };
    }
    if let Some(&role) = party.roles.first() {
        return match view.lexicon.agents[role as usize].kind {
            AgentKind::Body => Sort::Body,
            _ => Sort::People,
        };
    }
    let titled = view.children(i).any(|c| matches!(view.rel(c), Rel::Flat | Rel::NmodDesc));
    if party.person || (proper && titled) || !party.titles.is_empty() {
        return Sort::People;
    }
    Sort::Other
}

/// Whether the phrase is a name: its head is a proper noun and no common word of a class.
pub fn is_named(resolver: &Resolver<'_, '_>, i: usize) -> bool {
    let view = resolver.view;
    let common = ["perp-person", "attack-target", "attack-weapon"].iter().any(|class| view.class(i, class));
    if common {
        return false;
    }
    name_kind(view, i).is_some()
        || resolver.party(i).actor.is_some()
        || (view.upos(i) == Upos::Propn
            && view.children(i).any(|c| matches!(view.rel(c), Rel::Flat | Rel::NmodDesc)))
}

/// The span of a named person: the head with the rest of the name, without titles and descriptions.
fn name_span(view: &View<'_>, i: usize) -> Span {
    let mut span = view.span(i);
    for c in view.children(i) {
        if view.rel(c).base() == Rel::Flat {
            span = span.cover(view.span(c));
        }
    }
    span
}

/// The record of a part.
pub fn filler(resolver: &Resolver<'_, '_>, offsets: &Offsets, i: usize, short: bool) -> Filler {
    let view = resolver.view;
    let party = resolver.party(i);
    let named = is_named(resolver, i);
    let span = if named && short { name_span(view, i) } else { view.phrase(i) };
    let entry = party.actor.map(|a| &view.lexicon.actors[a as usize]);
    Filler {
        text: span.of(view.text).to_owned(),
        span: offsets.chars(view.text, span),
        head: view.form(i).to_owned(),
        named,
        id: entry.map(|e| e.id.clone()),
        name: entry.map(|e| e.name.clone()),
        link: party.link,
    }
}
