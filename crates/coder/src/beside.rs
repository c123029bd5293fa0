//! Phrases beside one another: lists that look like appositions, appositions that look like lists, two lands in one phrase.

use crate::party::{Party, is_land};
use crate::resolve::Resolver;
use demarche_lexicon::{ActorKind, Entry, Outcome, Table, Via};
use demarche_record::EventType;
use demarche_text::{Rel, Upos};
use smallvec::SmallVec;

impl Resolver<'_, '_> {
    /// "The UK, the coalition and the army": the second of a list that the parser took for an apposition of the first.
    pub(crate) fn listed(&self, i: usize) -> Option<usize> {
        let view = self.view;
        let second = view.children(i).find(|&c| c > i && view.rel(c) == Rel::Appos && view.nominal(c))?;
        let third = view.children(second).find(|&c| view.rel(c) == Rel::Conj && view.nominal(c))?;
        let joined = view.children(third).any(|c| view.rel(c) == Rel::Cc && view.is(c, "and"));
        let lexicon = view.lexicon;
        let first = self.plain(i).actor?;
        let other = self.plain(second);
        let body = other.roles.iter().any(|&r| !lexicon.agents[r as usize].is_person());
        let apart = other.actor.is_some_and(|a| a != first) || other.actor.is_none() && body;
        (joined && apart && lexicon.actors[first as usize].kind != ActorKind::Person).then_some(second)
    }

    /// "Thai and Cambodian soldiers" are two parties, the second from its adjective on.
    pub(crate) fn of_two_lands(&self, i: usize, found: &mut SmallVec<[Party; 2]>) {
        let view = self.view;
        let land = |w: usize| {
            view.mention(w).and_then(|m| self.choose(m)).is_some_and(|c| {
                matches!(c.entry, Entry::Actor(a) if is_land(view.lexicon.actors[a as usize].kind))
                    && matches!(c.via, Via::Adjective | Via::People)
            })
        };
        if found.last().is_none_or(|p| p.roles.is_empty() || p.owner.is_none() || !p.plural) {
            return;
        }
        for first in view.children(i).filter(|&c| c < i && view.rel(c) == Rel::Amod && land(c)) {
            for second in view.children(first).filter(|&c| view.rel(c) == Rel::Conj && land(c)) {
                let other = self.plain(second);
                let Some(whole) = found.last().filter(|p| p.owner != other.actor).cloned() else { continue };
                let span = view.span(second).cover(view.span(i));
                found.push(Party { head: second, span, owner: other.actor, ..whole });
            }
        }
    }

    /// What a phrase is an apposition of; the parser may have made both subjects of one verb ("the branch, an organisation
    /// banned there, relies on terror").
    pub(crate) fn host(&self, i: usize) -> Option<usize> {
        let view = self.view;
        let h = view.head(i)?;
        match view.rel(i) {
            Rel::Appos => Some(h).filter(|&h| view.nominal(h) && self.listed(h) != Some(i)),
            Rel::Nsubj if view.upos(i) == Upos::Noun => {
                let before = view.children(h).filter(|&c| c < i && view.rel(c) == Rel::Nsubj).last()?;
                let indefinite = view.children(i).any(|c| c < i && matches!(view.lemma(c), "a" | "an"));
                indefinite.then_some(before)
            }
            _ => None,
        }
    }

    /// Whether a noun names an act of force.
    pub(crate) fn attack(&self, i: usize) -> bool {
        let lexicon = self.view.lexicon;
        self.view.upos(i) == Upos::Noun
            && self.view.mention(i).is_none()
            && lexicon.nouns(self.view.lemma(i)).iter().any(|r| {
                r.table == Table::Pattern
                    && lexicon.patterns[r.entry as usize].outcome == Outcome::Event(EventType::Assault)
            })
    }
}
