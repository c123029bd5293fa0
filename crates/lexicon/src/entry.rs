//! Who and what can be named: actors, role nouns, places, titles, and the lines that open comments or boilerplate.
//!
//! Plain data as the sources state it; matching is in `find`, questions of time in `history`.

use demarche_record::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActorKind {
    /// A state.
    State,
    /// A dependency, a disputed or partly recognised territory.
    Territory,
    /// An international or private organisation.
    Organisation,
    /// A group of states.
    Bloc,
    /// An armed or other group.
    Group,
    /// A political party.
    Party,
    /// A movement.
    Movement,
    /// A body of a state: a ministry, a service, an army, a parliament.
    Agency,
    /// A company.
    Company,
    /// A human being.
    Person,
}

impl ActorKind {
    /// Kinds and their names in the sources.
    pub const NAMES: &'static [(&'static str, ActorKind)] = &[
        ("state", ActorKind::State),
        ("territory", ActorKind::Territory),
        ("organisation", ActorKind::Organisation),
        ("bloc", ActorKind::Bloc),
        ("group", ActorKind::Group),
        ("party", ActorKind::Party),
        ("movement", ActorKind::Movement),
        ("agency", ActorKind::Agency),
        ("company", ActorKind::Company),
        ("person", ActorKind::Person),
    ];
}

/// A name and the time it was in use, half-open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// As it stands in running text.
    pub text: String,
    /// First day.
    pub from: Option<Date>,
    /// One past the last day.
    pub until: Option<Date>,
}

/// Belonging to a body, or having a member, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Id of the other actor.
    pub id: String,
    /// First day.
    pub from: Option<Date>,
    /// One past the last day.
    pub until: Option<Date>,
}

/// A claim by one actor about the standing of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// `recognised`, `not recognised`, `designated` or `claimed`.
    pub kind: String,
    /// Id of who says so.
    pub by: String,
    /// As what: "terrorist organisation", "part of its territory".
    pub label: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// One past the last day.
    pub until: Option<Date>,
    /// Where the claim is on record, if elsewhere than the file says.
    pub source: Option<String>,
}

/// An office held by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// In lower case: "president".
    pub title: String,
    /// Id of the actor it is an office of.
    pub of: String,
    /// First day.
    pub from: Option<Date>,
    /// One past the last day.
    pub until: Option<Date>,
}

/// One actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorEntry {
    /// ISO 3166-1 alpha-3 for states and territories, else a slug.
    pub id: String,
    /// What it is.
    pub kind: ActorKind,
    /// The usual English name.
    pub name: String,
    /// Further names.
    pub names: Vec<Name>,
    /// "Russian" in "Russian troops".
    pub adjectives: Vec<String>,
    /// Nouns for its people.
    pub people: Vec<String>,
    /// Capital, which may stand for the government.
    pub capital: Option<String>,
    /// Seats of power, which may stand for the government.
    pub seats: Vec<String>,
    /// Places that tell the country.
    pub cities: Vec<String>,
    /// State it belongs to, or PLOVER's code for actors of no state; none for states.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Bodies it is part of.
    pub part_of: Vec<Membership>,
    /// Its members.
    pub members: Vec<Membership>,
    /// Codes in other schemes by their key (`iso2`, `cow`, `gw`, `cameo`, `wikidata`), numbers in decimal.
    pub codes: BTreeMap<String, String>,
    /// What others hold it to be.
    pub status: Vec<Standing>,
    /// First day of existence.
    pub from: Option<Date>,
    /// One past the last day of existence.
    pub until: Option<Date>,
    /// Offices of a person.
    pub offices: Vec<Office>,
    /// Titles of the office that leads a state and its government, where that is neither told by its head of state nor by
    /// its prime minister.
    pub led_by: Vec<Name>,
    /// Those of its names that need support from the context.
    pub ambiguous: Vec<String>,
    /// Sentences in which it must be found.
    pub examples: Vec<String>,
    /// Where its facts come from; empty: as the file says ([`crate::Image::sources`]).
    pub source: Vec<String>,
    /// Source file, below the lexicon's folder.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}

/// What a role noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AgentKind {
    /// A human being: a minister.
    Person,
    /// People: rebels.
    Group,
    /// A body: a ministry.
    Body,
}

impl AgentKind {
    /// Kinds and their names in the sources.
    pub const NAMES: &'static [(&'static str, AgentKind)] =
        &[("person", AgentKind::Person), ("group", AgentKind::Group), ("body", AgentKind::Body)];
}

/// One role noun with its synonyms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentEntry {
    /// Singular lemmas.
    pub words: Vec<String>,
    /// Irregular plurals.
    pub plural: Vec<String>,
    /// PLOVER sectors; empty: those of the host.
    pub sectors: Vec<String>,
    /// What it stands for.
    pub kind: AgentKind,
    /// Whether it is an office that one person holds at a time: "president", and not "officer".
    pub office: bool,
    /// Sentences in which it must be found.
    pub examples: Vec<String>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}

impl AgentEntry {
    /// Whether it names a human being.
    pub fn is_person(&self) -> bool {
        self.kind == AgentKind::Person
    }
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlaceKind {
    /// A town.
    City,
    /// A region, of one state or of several.
    Region,
    /// A building, a square, an airport.
    Building,
    /// A river.
    River,
    /// A sea, a strait, a lake.
    Sea,
    /// A military base.
    Base,
    /// A mountain.
    Mountain,
    /// A camp.
    Camp,
}

impl PlaceKind {
    /// Kinds and their names in the sources.
    pub const NAMES: &'static [(&'static str, PlaceKind)] = &[
        ("city", PlaceKind::City),
        ("region", PlaceKind::Region),
        ("building", PlaceKind::Building),
        ("river", PlaceKind::River),
        ("sea", PlaceKind::Sea),
        ("base", PlaceKind::Base),
        ("mountain", PlaceKind::Mountain),
        ("camp", PlaceKind::Camp),
    ];
}

/// One place below the state, or a region above it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceEntry {
    /// Usual name.
    pub name: String,
    /// Further names.
    pub names: Vec<String>,
    /// State, ISO 3166-1 alpha-3; none where it is of several or contested.
    pub country: Option<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}

/// A personal title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleEntry {
    /// As they stand before a name.
    pub words: Vec<String>,
    /// Shorter forms.
    pub abbreviations: Vec<String>,
    /// PLOVER sectors it gives; empty: none.
    pub sectors: Vec<String>,
    /// Source file.
    pub file: String,
    /// Line of the entry, from 1.
    pub line: u32,
}

/// Lines that open parts of a page that are no reporting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zones {
    /// Lines after which readers' comments begin.
    pub comments: Vec<String>,
    /// Beginnings of lines that belong to the page.
    pub boilerplate: Vec<String>,
    /// Words by which somebody speaks of himself.
    pub own: Vec<String>,
    /// Phrases of readers about what they read.
    pub readers: Vec<String>,
    /// Words of reporting.
    pub reporting: Vec<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An actor of whom nothing else is known.
    pub(crate) fn actor(id: &str, kind: ActorKind, name: &str) -> ActorEntry {
        ActorEntry {
            id: id.to_owned(),
            kind,
            name: name.to_owned(),
            names: Vec::new(),
            adjectives: Vec::new(),
            people: Vec::new(),
            capital: None,
            seats: Vec::new(),
            cities: Vec::new(),
            country: None,
            sectors: Vec::new(),
            part_of: Vec::new(),
            members: Vec::new(),
            codes: BTreeMap::new(),
            status: Vec::new(),
            from: None,
            until: None,
            offices: Vec::new(),
            led_by: Vec::new(),
            ambiguous: Vec::new(),
            examples: Vec::new(),
            source: Vec::new(),
            file: String::new(),
            line: 1,
        }
    }
}
