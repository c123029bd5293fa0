//! One noun phrase of an article and everything that linking asks of it, as plain numbers.

use super::words::Signs;
use demarche_record::Span;
use demarche_text::Rel;
use smallvec::SmallVec;

/// How a phrase refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// I, we, you.
    Speaker,
    /// he, she
    Person,
    /// it
    It,
    /// they
    They,
    /// this, those; one, some, both
    Demonstrative,
    /// A proper name.
    Name,
    /// "the group", "this team"
    Definite,
    /// "their team"
    Owned,
    /// "a team", "some teams"
    Indefinite,
    /// "teams"
    Bare,
    /// A number.
    Number,
    /// Phrases joined by "and".
    Joined,
}

impl Kind {
    /// Whether it is a pronoun.
    pub fn pronoun(self) -> bool {
        self <= Kind::Demonstrative
    }
}

/// One or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// Not told.
    Open,
    /// One.
    One,
    /// Many.
    Many,
}

/// What sort of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Not told.
    Open,
    /// Human beings.
    Human,
    /// A body of people.
    Body,
    /// A state or territory.
    Land,
    /// Another place.
    Place,
    /// A time.
    Time,
    /// An amount.
    Amount,
    /// Anything else.
    Thing,
}

/// A noun phrase.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Number of its sentence.
    pub sentence: u32,
    /// Its head word, in the sentence.
    pub head: u32,
    /// Its first word.
    pub first: u32,
    /// Its last word.
    pub last: u32,
    /// Its bytes in the text.
    pub span: Span,
    /// The bytes of its head.
    pub head_span: Span,
    /// How it refers.
    pub kind: Kind,
    /// One or many.
    pub count: Count,
    /// What words tell of it.
    pub signs: Signs,
    /// What it is.
    pub sort: Sort,
    /// Number of the lemma of its head.
    pub lemma: u32,
    /// Number of its head as it stands.
    pub form: u32,
    /// Number of its first word.
    pub opening: u32,
    /// Number of its whole text, without article and possessive ending.
    pub text: u32,
    /// Numbers of its content words, in order.
    pub parts: SmallVec<[u32; 6]>,
    /// The number of the word its capitals spell, where it has several.
    pub initials: u32,
    /// Relation of its head.
    pub rel: Rel,
    /// Relation of the list it stands in; its own where it stands in none.
    pub role: Rel,
    /// Whether it is one of several that are joined.
    pub listed: bool,
    /// Whether it is a pronoun that means the subject of its own clause: "itself".
    pub reflexive: bool,
    /// The word its head depends on.
    pub governor: Option<u32>,
    /// Number of that word's lemma.
    pub governor_lemma: u32,
    /// Number of its preposition.
    pub preposition: u32,
    /// Numbers of the words before and behind.
    pub around: [u32; 2],
    /// The head of the phrase it is set beside, or of which it is said: apposition.
    pub beside: Option<u32>,
    /// The head of the subject of which it is said.
    pub said_of: Option<u32>,
    /// The verb above it.
    pub clause: Option<u32>,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether a clause belongs to it.
    pub clausal: bool,
    /// Number in the lexicon of the actor its head names, from 1; 0: none.
    pub actor: u32,
    /// What kind of actor that is, from 1; 0: none.
    pub actor_kind: u32,
    /// Numbers of the words for the offices that the actor holds or held.
    pub roles: SmallVec<[u32; 4]>,
    /// Number of its paragraph.
    pub paragraph: u32,
}

impl Phrase {
    /// Whether it holds another phrase of its sentence.
    pub fn holds(&self, other: &Phrase) -> bool {
        self.sentence == other.sentence && self.first <= other.first && other.last <= self.last
    }

    /// Whether it cannot mean `earlier`: a plain pronoun as an object never means the subject of its own clause, and
    /// beside a preposition none of several subjects by itself. Condition B of binding (N. Chomsky, 1981), as far as a
    /// tree shows it.
    pub fn free_of(&self, earlier: &Phrase) -> bool {
        let plain = matches!(self.kind, Kind::Person | Kind::It | Kind::They)
            && !self.reflexive
            && self.rel != Rel::NmodPoss;
        let subject = self.sentence == earlier.sentence
            && self.clause.is_some()
            && self.clause == earlier.clause
            && earlier.role.base() == Rel::Nsubj;
        let barred = match self.role.base() {
            Rel::Obj | Rel::Iobj => true,
            Rel::Obl | Rel::Nmod => earlier.listed && earlier.kind != Kind::Joined,
            _ => false,
        };
        plain && subject && barred
    }

    /// The last content word: of a name, the surname.
    pub fn tail(&self) -> u32 {
        self.parts.last().copied().unwrap_or(self.lemma)
    }
}
