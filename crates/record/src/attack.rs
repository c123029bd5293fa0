//! Harm done: counts of people, and attacks with who did them, to whom, with what.

use crate::{CharSpan, Link, Place, Version, When};
use serde::Serialize;

/// What was done to the people counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HarmKind {
    /// Dead.
    Killed,
    /// Injured.
    Wounded,
    /// Taken: captured, abducted, held hostage.
    Captured,
    /// Driven from home.
    Displaced,
    /// Taken by the authorities.
    Arrested,
    /// Out on the street.
    Protesters,
}

impl HarmKind {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            HarmKind::Killed => "killed",
            HarmKind::Wounded => "wounded",
            HarmKind::Captured => "captured",
            HarmKind::Displaced => "displaced",
            HarmKind::Arrested => "arrested",
            HarmKind::Protesters => "protesters",
        }
    }
}

/// People counted by a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What was done to them.
    pub kind: HarmKind,
    /// Least number; none where only a most is given, or words that give no number ("dozens").
    pub low: Option<u32>,
    /// Greatest number; none where only a least is given.
    pub high: Option<u32>,
    /// The words of the number as they stand.
    pub text: String,
    /// Where those words stand.
    pub span: CharSpan,
    /// Who they were, as the text says: "soldiers".
    pub of: Option<String>,
    /// What a reader should know before using it: another figure stands beside it, a mark can be read in two ways.
    pub note: Option<String>,
}

/// Whether somebody or something has a part in an attack, and what it is called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filler {
    /// The noun phrase as it stands.
    pub text: String,
    /// Where it stands.
    pub span: CharSpan,
    /// Its head word as it stands.
    pub head: String,
    /// Whether it is a name, not a description.
    pub named: bool,
    /// Id in the lexicon.
    pub id: Option<String>,
    /// Usual English name of that id.
    pub name: Option<String>,
    /// How the id was found.
    pub link: Link,
}

/// Whether a perpetrator is one or more people, or a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PerpetratorKind {
    /// People: "gunmen", a name.
    Individual,
    /// A group, force or state.
    Organisation,
}

/// How surely a perpetrator did it, as far as the text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// The text says so as a fact.
    Confirmed,
    /// They say so themselves.
    Claimed,
    /// Somebody else says so; who stands in `by`.
    Blamed,
    /// They are suspected.
    Suspected,
    /// It is said that they did not.
    Denied,
}

impl Certainty {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Confirmed => "confirmed",
            Certainty::Claimed => "claimed",
            Certainty::Blamed => "blamed",
            Certainty::Suspected => "suspected",
            Certainty::Denied => "denied",
        }
    }
}

/// Who is said to have done it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Perpetrator {
    /// People or a body.
    pub kind: PerpetratorKind,
    /// Who.
    #[serde(flatten)]
    pub who: Filler,
    /// How surely.
    pub certainty: Certainty,
    /// Who says so, where the text does not say it as its own.
    pub by: Option<String>,
}

/// A sentence that an attack was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
    /// Where the sentence stands.
    pub span: CharSpan,
    /// The sentence.
    pub text: String,
    /// The word that tells of the attack.
    pub trigger: String,
    /// Where that word stands.
    pub trigger_span: CharSpan,
}

/// One attack as an article tells it, put together from all its sentences about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attack {
    /// Stable: the same document and versions give the same id.
    pub id: String,
    /// Document.
    pub doc: String,
    /// `killing`, `kidnapping`, `bombing`, `arson` or `attack`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When.
    pub when: Option<When>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Vec<Place>,
    /// Who is said to have done it.
    pub perpetrators: Vec<Perpetrator>,
    /// Things it was aimed at or that were hit.
    pub targets: Vec<Filler>,
    /// People it was aimed at or that were hit.
    pub victims: Vec<Filler>,
    /// What it was done with.
    pub weapons: Vec<Filler>,
    /// Dead, where the text gives one number.
    pub killed: Option<u32>,
    /// Injured, where the text gives one number.
    pub wounded: Option<u32>,
    /// All counts as they stand.
    pub counts: Vec<Count>,
    /// The sentences it was read from.
    pub evidence: Vec<Evidence>,
    /// What made it.
    pub version: Version,
}
