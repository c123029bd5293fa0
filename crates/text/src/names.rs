//! Spans that a model takes for names, times, amounts and things: a range of words and a kind.
//!
//! Who a name stands for is left to the lexicon and the coder.

use std::ops::Range;
use std::str::FromStr;

/// What a span names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// A body, a group, an armed force.
    Organisation,
    /// A place.
    Location,
    /// A nationality or people.
    Nationality,
    /// A date, a time, a duration.
    Temporal,
    /// An amount.
    Quantity,
    /// An amount of money.
    Money,
    /// A weapon.
    Weapon,
    /// Something to fight from: a warplane, a tank.
    MilitaryPlatform,
    /// Another vehicle.
    Vehicle,
    /// A document.
    Document,
    /// A named event: a war, a summit.
    Event,
    /// Anything else that has a name.
    Other,
}

impl NameKind {
    /// How many kinds there are.
    pub const COUNT: usize = NameKind::Other as usize + 1;
}

impl FromStr for NameKind {
    type Err = crate::UnknownTag;

    /// Reads the kinds of re3d and of GUM.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "Person" | "person" => NameKind::Person,
            "Organisation" | "organization" => NameKind::Organisation,
            "Location" | "place" => NameKind::Location,
            "Nationality" => NameKind::Nationality,
            "Temporal" | "time" => NameKind::Temporal,
            "Quantity" => NameKind::Quantity,
            "Money" => NameKind::Money,
            "Weapon" => NameKind::Weapon,
            "MilitaryPlatform" => NameKind::MilitaryPlatform,
            "Vehicle" => NameKind::Vehicle,
            "DocumentReference" => NameKind::Document,
            "event" => NameKind::Event,
            _ => return Err(crate::UnknownTag { name: name.to_owned(), set: "kind of name" }),
        })
    }
}

/// Which of the model's notions of a span found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameLayer {
    /// Proper names and times, as a treebank of running text marks them.
    Named,
    /// Actors, places and things of conflict with all their words; the longest.
    Whole,
    /// The same, inside a longer one.
    Part,
}

/// A span of words with its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The words, counted in the sentence.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NameKind,
    /// Which notion found it.
    pub layer: NameLayer,
    /// How clear the kind was for the least clear of its words: the lead over the next best, in units of the model. Below 0
    /// where a word's own best tag does not fit its neighbours'.
    pub lead: f32,
}
