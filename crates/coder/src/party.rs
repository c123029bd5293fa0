//! Who a noun phrase names: whole phrase, head, entry of the lexicon, owner, roles.
//!
//! A party is plain numbers into the lexicon; texts are made only when a record is written.

use crate::view::View;
use demarche_lexicon::{ActorKind, AgentKind, Being, Held, Lexicon};
use demarche_record::{Actor, Link, Offsets, Span};
use demarche_text::Upos;
use smallvec::SmallVec;

/// How much is known of a party; from `Owned` up it counts as a political actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A phrase without a known name, role or owner.
    Unknown,
    /// A common noun with a known owner: "the Syrian town".
    Owned,
    /// A role noun: "rebels", "French police".
    Role,
    /// Named, or standing for a name.
    Named,
}

/// One noun phrase as a party to something.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its head word.
    pub head: usize,
    /// The whole phrase.
    pub span: Span,
    /// The actor it names.
    pub actor: Option<u32>,
    /// The actor that owns it, where it names none: the state or body of a role noun.
    pub owner: Option<u32>,
    /// The role nouns in it.
    pub roles: SmallVec<[u32; 2]>,
    /// Titles in it.
    pub titles: SmallVec<[u32; 1]>,
    /// How it was resolved.
    pub link: Link,
    /// How much is known.
    pub standing: Standing,
    /// Whether the head is plural or coordinated people.
    pub plural: bool,
    /// Whether it is one human being.
    pub person: bool,
    /// The earlier phrase it was taken to mean.
    pub antecedent: Option<Span>,
    /// The office by which the person is meant, where the phrase names one; `owner` is then what it is an office of.
    pub held: Option<Held>,
}

impl Party {
    /// The actor meant: the named one, else the owner.
    pub fn entity(&self) -> Option<u32> {
        self.actor.or(self.owner)
    }

    /// Whether it may fill a role that asks for a political actor.
    pub fn political(&self) -> bool {
        self.standing >= Standing::Owned
    }

    /// Whether it is part of public life by itself: named, owned by somebody named, or in a role of state, force or
    /// politics. Neighbours, singers and airlines are not, until they meet somebody who is.
    pub fn public(&self, lexicon: &Lexicon) -> bool {
        const PRIVATE: [&str; 9] = ["AGR", "BUS", "CVL", "EDU", "JRN", "LAB", "MED", "REL", "SOC"];
        self.entity().is_some()
            || !self.titles.is_empty()
            || self.roles.iter().any(|&r| {
                let sectors = &lexicon.agents[r as usize].sectors;
                sectors.iter().any(|s| !PRIVATE.contains(&s.as_str()))
            })
    }

    /// Whether it is such a being, as far as is known.
    pub fn is(&self, being: Being, view: &View<'_>) -> bool {
        let lexicon = view.lexicon;
        let kind = |a: u32| lexicon.actors[a as usize].kind;
        let named = self.actor.map(kind);
        let role = |wanted: &[AgentKind]| {
            self.roles.iter().any(|&r| wanted.contains(&lexicon.agents[r as usize].kind))
        };
        // "Homs" belongs to a state and is a place of it; "the tanks in Homs" are not.
        let land = |common: bool| {
            let by_name = view.upos(self.head) == Upos::Propn;
            let owned = self.owner.filter(|_| by_name || common && view.placing("place-noun", self.head));
            let plain = self.roles.is_empty() && self.titles.is_empty() && !self.person;
            plain && self.actor.or(owned).is_some_and(|a| is_land(kind(a)))
        };
        match being {
            Being::Person => {
                let human = self.person || !self.titles.is_empty() || role(&[AgentKind::Person]);
                human || named == Some(ActorKind::Person)
            }
            Being::Body => {
                !self.person
                    && (named.is_some_and(|k| !is_land(k) && k != ActorKind::Person)
                        || role(&[AgentKind::Group, AgentKind::Body]))
            }
            Being::Organ => !self.person && (named == Some(ActorKind::Agency) || role(&[AgentKind::Body])),
            Being::State => land(false),
            // "The Americans" are no place.
            Being::Place => {
                land(true) && !(self.actor.is_some() && self.link == Link::Country) || self.ground(view)
            }
            Being::Bloc => {
                let bloc = |a: u32| {
                    let entry = &lexicon.actors[a as usize];
                    entry.kind == ActorKind::Bloc
                        || entry.kind == ActorKind::Organisation
                            && matches!(entry.country.as_deref(), Some("IGO" | "UNO" | "EUR"))
                };
                self.actor.is_some_and(bloc) && self.roles.is_empty()
            }
            Being::Force => {
                const ARMED: [&str; 7] = ["MIL", "REB", "PRM", "UAF", "COP", "SPY", "CRM"];
                self.sectors(lexicon).iter().any(|s| ARMED.contains(&s.as_str()))
                    || named == Some(ActorKind::Group)
            }
        }
    }

    /// Whether it is a piece of land without a name of its own: "the town", "ISIL-held territory".
    pub fn ground(&self, view: &View<'_>) -> bool {
        let lemma = view.lemma(self.head);
        view.upos(self.head) == Upos::Noun
            && self.roles.is_empty()
            && (view.placing("place-noun", self.head)
                || matches!(
                    lemma,
                    "territory" | "terrain" | "land" | "neighbourhood" | "neighborhood" | "valley"
                ))
    }

    /// Whether two parties are the same actor in the same roles.
    pub fn same(&self, other: &Party) -> bool {
        match (self.entity(), other.entity()) {
            (Some(a), Some(b)) => a == b && self.roles == other.roles,
            _ => self.head == other.head,
        }
    }

    /// The state, ISO code, or PLOVER code of those of no state.
    pub fn country<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l str> {
        // A person who now has an office elsewhere held this one for the state that it is of.
        let (first, second) =
            if self.held.is_some() { (self.owner, self.actor) } else { (self.actor, self.owner) };
        [first, second].into_iter().flatten().find_map(|a| country_of(lexicon, a))
    }

    /// PLOVER sectors: those of the roles first, then those of the named body or person.
    pub fn sectors(&self, lexicon: &Lexicon) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |more: &[String]| {
            for s in more {
                if !found.contains(s) {
                    found.push(s.clone());
                }
            }
        };
        for &r in &self.roles {
            add(&lexicon.agents[r as usize].sectors);
        }
        for &t in &self.titles {
            add(&lexicon.titles[t as usize].sectors);
        }
        if let Some(a) = self.entity() {
            add(&lexicon.actors[a as usize].sectors);
        }
        found
    }

    /// The record of this party.
    pub fn record(&self, lexicon: &Lexicon, text: &str, head: Span, offsets: &Offsets) -> Actor {
        let country = self.country(lexicon);
        let sectors = self.sectors(lexicon);
        let entry = self.entity().map(|a| &lexicon.actors[a as usize]);
        let codes = match (country, sectors.is_empty()) {
            (Some(c), true) => vec![c.to_owned()],
            (Some(c), false) => sectors.iter().map(|s| format!("{c}{s}")).collect(),
            (None, _) => sectors.clone(),
        };
        Actor {
            text: self.span.of(text).to_owned(),
            span: offsets.chars(text, self.span),
            head: head.of(text).to_owned(),
            id: entry.map(|e| e.id.clone()),
            name: entry.map(|e| e.name.clone()),
            country: country.map(str::to_owned),
            sectors,
            codes,
            link: self.link,
        }
    }
}

/// The country code an actor carries: its own id for states and territories.
pub fn country_of(lexicon: &Lexicon, actor: u32) -> Option<&str> {
    let entry = &lexicon.actors[actor as usize];
    match entry.kind {
        ActorKind::State | ActorKind::Territory => Some(&entry.id),
        _ => entry.country.as_deref(),
    }
}

/// Whether an actor of this kind is also a place.
pub fn is_land(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::State | ActorKind::Territory)
}
