//! Noun phrases into parties: names, metonyms, nationalities, role nouns with their owners, appositions, pronouns.
//!
//! Where two readings stand, the one nearer the head word wins; what stays unknown is kept as its words.

use crate::coreference::Discourse;
use crate::memory::Memory;
use crate::origin::NOWHERE;
use crate::party::{Party, Standing, is_land};
use crate::time::TimeExpression;
use crate::view::View;
use demarche_lexicon::{ActorKind, Candidate, Entry, Mention, Slot, Via};
use demarche_record::{Date, Link};
use demarche_text::{Rel, Upos, Xpos};
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// Deepest chain of owners followed: "the spokesman of the leader of the party of …".
pub(crate) const DEEPEST: usize = 4;

/// Resolves the phrases of one sentence.
#[derive(Clone, Copy)]
pub struct Resolver<'v, 's> {
    /// The sentence.
    pub view: &'v View<'s>,
    /// What the article named before.
    pub memory: &'v Memory,
    /// Which phrases of the article mean the same.
    pub discourse: &'v Discourse,
    /// Number of the sentence.
    pub sentence: u32,
    /// Day at which names and offices are looked up.
    pub on: Option<Date>,
    /// Expressions of time in the sentence.
    pub times: &'v [TimeExpression],
    /// States that the article has named so far, with how often.
    pub lands: &'v BTreeMap<String, u32>,
}

impl<'v, 's> Resolver<'v, 's> {
    /// For a sentence by itself, without times and without what the article is about.
    pub fn new(
        view: &'v View<'s>,
        memory: &'v Memory,
        discourse: &'v Discourse,
        sentence: u32,
        on: Option<Date>,
    ) -> Self {
        Self { view, memory, discourse, sentence, on, times: &[], lands: NOWHERE }
    }
}

impl Resolver<'_, '_> {
    /// The parties of a slot filler: the phrase and everything coordinated with it. Two lands side by side are a list,
    /// never an apposition.
    pub fn parties(&self, i: usize) -> SmallVec<[Party; 2]> {
        let view = self.view;
        let mut heads = view.conjuncts(i);
        let mut at = 0;
        while at < heads.len() {
            let w = heads[at];
            at += 1;
            if let Some(second) = self.listed(w) {
                heads.extend(
                    view.conjuncts(second).into_iter().filter(|c| !heads.contains(c)).collect::<Vec<_>>(),
                );
            }
            if !self.land(w) {
                continue;
            }
            for c in view.children(w) {
                if view.rel(c) == Rel::Appos && self.land(c) && !heads.contains(&c) {
                    heads.push(c);
                }
            }
        }
        heads.sort_unstable();
        let mut found: SmallVec<[Party; 2]> = SmallVec::new();
        for w in heads {
            let mut party = self.party(w);
            if self.listed(w).is_some() {
                party.span.end = view.span(w).end;
            }
            found.extend(self.shared(party));
            self.of_two_lands(w, &mut found);
        }
        found
    }

    /// The actor that an adjective names.
    pub(crate) fn adjectival(&self, i: usize) -> Option<u32> {
        self.plain(i).entity()
    }

    /// Whether a word is the name of a state or territory.
    fn land(&self, i: usize) -> bool {
        let named = |c: &Candidate| match (c.entry, c.via) {
            (Entry::Actor(a), Via::Name | Via::Alias) => is_land(self.view.lexicon.actors[a as usize].kind),
            _ => false,
        };
        self.view.mention(i).and_then(|m| self.choose(m)).is_some_and(named)
    }

    /// The party a head word stands for.
    pub fn party(&self, i: usize) -> Party {
        self.party_at(i, 0)
    }

    fn blank(&self, i: usize) -> Party {
        let view = self.view;
        Party {
            head: i,
            span: view.phrase(i),
            actor: None,
            owner: None,
            roles: SmallVec::new(),
            titles: SmallVec::new(),
            link: Link::Unresolved,
            standing: Standing::Unknown,
            plural: matches!(view.xpos(i), Xpos::NNS | Xpos::NNPS),
            person: false,
            antecedent: None,
            held: None,
        }
    }

    pub(crate) fn party_at(&self, i: usize, depth: usize) -> Party {
        let mut party = self.blank(i);
        if depth > DEEPEST {
            return party;
        }
        if self.view.upos(i) == Upos::Pron && self.view.mention(i).is_none()
            || self.view.rel(i) == Rel::NmodPoss && self.view.xpos(i) == Xpos::PRPS
        {
            self.pronoun(i, depth, &mut party);
            if party.entity().is_none() {
                self.first_person(i, depth, &mut party);
            }
            return party;
        }
        self.read_names(i, &mut party);
        if party.actor.is_none() {
            self.read_neighbours(i, depth, &mut party);
        }
        if party.actor.is_none() {
            self.read_owner(i, depth, &mut party);
        }
        if party.entity().is_none() {
            self.read_description(i, depth, &mut party);
            self.read_couple(i, &mut party);
        }
        if party.actor.is_none() {
            self.read_holder(i, depth, &mut party);
        }
        if party.actor.is_none() && party.owner.is_some() && self.view.in_class("branch", i) {
            self.read_branch(i, depth, &mut party);
        }
        if party.entity().is_none() && party.standing == Standing::Role {
            self.read_body(i, &mut party);
            self.read_organ(i, &mut party);
        }
        if party.entity().is_none()
            && let Some(host) = self.host(i)
        {
            // "… the local branch of the group, an organisation banned there".
            let host = self.party_at(host, depth + 2);
            if host.entity().is_some() {
                party.actor = host.actor;
                party.owner = host.owner;
                party.standing = party.standing.max(host.standing);
                party.link = Link::Appositive;
            }
        }
        party
    }

    /// The mention the head word is in.
    fn read_names(&self, i: usize, party: &mut Party) {
        if let Some(mention) = self.view.mention(i) {
            self.take(mention, party);
        }
    }

    /// The best reading on the day.
    pub fn choose<'m>(&self, mention: &'m Mention) -> Option<&'m Candidate> {
        self.view.lexicon.choose(mention, self.on)
    }

    fn take(&self, mention: &Mention, party: &mut Party) {
        let Some(candidate) = self.choose(mention) else {
            return;
        };
        let lexicon = self.view.lexicon;
        match candidate.entry {
            Entry::Actor(a) => {
                party.link = match candidate.via {
                    Via::Name => Link::Lexicon,
                    Via::Alias => Link::Alias,
                    Via::Capital | Via::Seat => Link::Metonym,
                    _ => Link::Country,
                };
                party.standing = Standing::Named;
                party.person = lexicon.actors[a as usize].kind == ActorKind::Person;
                match candidate.via {
                    Via::City => {
                        party.owner = Some(a);
                        party.standing = Standing::Owned;
                    }
                    _ => party.actor = Some(a),
                }
            }
            Entry::Agent(r) if self.noun_like(party.head) => {
                party.roles.push(r);
                party.standing = party.standing.max(Standing::Role);
                party.person = !party.plural && lexicon.agents[r as usize].is_person();
            }
            Entry::Title(t) => {
                party.titles.push(t);
                party.standing = party.standing.max(Standing::Role);
                party.person = !party.plural;
            }
            Entry::Agent(_) => {}
            Entry::Place(p) => {
                let place = &lexicon.places[p as usize];
                party.owner = place.country.as_deref().and_then(|c| lexicon.actor_by_id(c));
                if party.owner.is_some() {
                    party.link = Link::Country;
                    party.standing = party.standing.max(Standing::Owned);
                }
            }
        }
    }

    /// A noun, or what the tagger took for an adjective and the parser for a party ("the general said").
    fn noun_like(&self, i: usize) -> bool {
        let view = self.view;
        matches!(view.upos(i), Upos::Noun | Upos::Propn)
            || (view.upos(i) == Upos::Adj
                && matches!(view.rel(i).base(), Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Nmod)
                && view.child(i, &[Rel::Det]).is_some())
    }

    /// Names, titles and role nouns beside the head: "President Macron", "spokesman Dmitry Peskov", "the head of the
    /// agency, William Burns".
    fn read_neighbours(&self, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        for c in view.children(i) {
            let beside = matches!(view.rel(c), Rel::Flat | Rel::NmodDesc)
                || (view.rel(c) == Rel::Compound && view.upos(i) == Upos::Propn && view.mention(i).is_none());
            let apposed = view.rel(c) == Rel::Appos
                && view.nominal(c)
                && !(self.land(c) && self.land(i))
                && !(self.names_office(c) && self.names_office(i));
            if !beside && !apposed {
                continue;
            }
            let other = if apposed { self.party_at(c, depth + 1) } else { self.plain(c) };
            let human =
                other.actor.is_some_and(|a| view.lexicon.actors[a as usize].kind == ActorKind::Person);
            if apposed || human {
                if other.actor.is_some() && party.actor.is_none() {
                    party.actor = other.actor;
                    party.standing = Standing::Named;
                    party.link = if apposed { Link::Appositive } else { other.link };
                    party.person |= other.person;
                }
                if apposed && other.actor.is_none() && party.entity().is_none() && other.entity().is_some()
                    || apposed && party.standing == Standing::Unknown
                {
                    party.owner = other.owner;
                    if party.roles.is_empty() {
                        party.roles = other.roles;
                    }
                    party.standing = party.standing.max(other.standing);
                    party.link = Link::Appositive;
                    party.person |= other.person;
                }
                continue;
            }
            party.roles.extend(other.roles);
            party.titles.extend(other.titles);
            if other.standing >= Standing::Role {
                party.standing = party.standing.max(Standing::Role);
                party.person |= other.person || view.upos(i) == Upos::Propn;
            }
            if other.actor.is_some() && party.owner.is_none() {
                party.owner = other.actor;
                party.link = Link::Country;
                party.standing = party.standing.max(Standing::Owned);
            } else if party.owner.is_none() && other.standing >= Standing::Role {
                self.read_owner(c, depth + 1, party);
            }
        }
    }

    /// The mention of a word alone, without what stands around it.
    pub(crate) fn plain(&self, i: usize) -> Party {
        let mut party = self.blank(i);
        self.read_names(i, &mut party);
        party
    }

    /// The state or body a role noun or thing belongs to.
    fn read_owner(&self, i: usize, depth: usize, party: &mut Party) {
        if party.owner.is_some() || depth > DEEPEST {
            return;
        }
        if self.view.relational(i) {
            // "Their Hezbollah allies" are Hezbollah, "US allies" are not the United States.
            if self.view.child(i, &[Rel::NmodPoss]).is_some() {
                let before = self.view.fill(i, &Slot::Mod);
                self.read_owner_from(before, i, depth, party);
            }
            return;
        }
        let view = self.view;
        let mut owners = view.owners(i);
        if self.attack(i) {
            // "The raid in Yemen", "the attack on Israel": neither did it.
            owners.retain(|&w| !view.cases(w).any(|c| matches!(c, "in" | "on" | "of" | "for")));
        }
        self.read_owner_from(owners, i, depth, party);
    }

    fn read_owner_from(&self, owners: Vec<usize>, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        for w in owners {
            if view.mention(i).is_some_and(|m| m.words.contains(&(w as u32))) {
                continue;
            }
            let adjectival = !view.nominal(w);
            let owner = if adjectival { self.plain(w) } else { self.party_at(w, depth + 1) };
            if let Some(entity) = owner.entity() {
                let lexicon = view.lexicon;
                let whole = &lexicon.actors[entity as usize];
                let state_of_person = (whole.kind == ActorKind::Person)
                    .then(|| whole.country.as_deref().and_then(|c| lexicon.actor_by_id(c)))
                    .flatten();
                party.owner = Some(state_of_person.unwrap_or(entity));
                party.link = match owner.link {
                    Link::Coreference => Link::Coreference,
                    _ => Link::Country,
                };
                party.standing = party.standing.max(Standing::Owned);
                return;
            }
            if adjectival {
                continue;
            }
            // "Fighters of the rebels" are rebels: whose they are tells more than that they bear arms.
            let vague = |&r: &u32| view.lexicon.agents[r as usize].sectors.iter().all(|s| s == "UAF");
            if party.roles.iter().all(vague) && owner.standing >= Standing::Role && !owner.roles.is_empty() {
                party.roles = owner.roles;
                party.standing = party.standing.max(Standing::Owned);
            }
        }
    }

    /// Every name in the sentence that a later pronoun may mean, with how near the centre of its clause it stands.
    pub fn names(&self) -> Vec<(Party, u8)> {
        let view = self.view;
        let mut found = Vec::new();
        for mention in view.mentions {
            let range = mention.words.start as usize..mention.words.end as usize;
            let Some(head) = range.clone().find(|&w| view.head(w).is_none_or(|h| !range.contains(&h))) else {
                continue;
            };
            if !view.nominal(head) || view.upos(head) == Upos::Pron {
                continue;
            }
            let top = matches!(view.rel(head), Rel::Flat | Rel::Compound | Rel::NmodDesc);
            let party = self.party(head);
            if top || party.actor.is_none() && party.roles.is_empty() {
                continue;
            }
            let rank = match view.rel(head).base() {
                Rel::Nsubj => 0,
                Rel::Obj => 1,
                _ => 2,
            };
            found.push((party, rank));
        }
        found
    }
}
