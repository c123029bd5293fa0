//! What the matcher finds: words that may name an entry, with the candidates best first.

use demarche_record::Date;
use smallvec::SmallVec;
use std::ops::Range;

/// What a mention is, by its best candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// An actor: by name, nationality, capital or seat.
    Party,
    /// A role noun.
    Agent,
    /// A place, or a city that only tells the country.
    Place,
    /// A personal title.
    Title,
}

/// An entry of the lexicon, by its number in the table of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry {
    /// In `actors`.
    Actor(u32),
    /// In `agents`.
    Agent(u32),
    /// In `places`.
    Place(u32),
    /// In `titles`.
    Title(u32),
}

/// By which of its words an entry was found; earlier is more telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Via {
    /// The usual name.
    Name,
    /// Another name.
    Alias,
    /// An adjective.
    Adjective,
    /// A noun for its people.
    People,
    /// Its capital.
    Capital,
    /// A seat of power.
    Seat,
    /// A city in it.
    City,
    /// A role noun.
    Role,
    /// A personal title.
    Title,
}

/// One reading of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The entry.
    pub entry: Entry,
    /// How it was found.
    pub via: Via,
    /// Whether the words are a common word or others' name too: to be believed only with support from the context.
    pub ambiguous: bool,
    /// First day on which the entry bore this name or existed.
    pub from: Option<Date>,
    /// One past the last such day.
    pub until: Option<Date>,
}

/// Words that may name an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words, half-open, numbers into the sentence.
    pub words: Range<u32>,
    /// What it is.
    pub kind: MentionKind,
    /// Best first; never empty.
    pub candidates: SmallVec<[Candidate; 2]>,
}
