//! What is written: events, ties and mentions, field by field as on the wire.
//!
//! Texts are copied out of the article so that a record stands alone; spans are in code points.

use crate::{CharSpan, Count, EventType, Quad, TieType, When, Zone};
use serde::{Deserialize, Serialize};

/// How an actor's words were turned into an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// The usual name.
    Lexicon,
    /// Another name or spelling.
    Alias,
    /// A capital or a seat of power used for the government.
    Metonym,
    /// A pronoun or description that refers to an earlier mention.
    Coreference,
    /// A name set beside the phrase.
    Appositive,
    /// Only the state is known: an adjective, a people, a role noun with its country.
    Country,
    /// Not known.
    Unresolved,
}

impl Link {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Link::Lexicon => "lexicon",
            Link::Alias => "alias",
            Link::Metonym => "metonym",
            Link::Coreference => "coreference",
            Link::Appositive => "appositive",
            Link::Country => "country",
            Link::Unresolved => "unresolved",
        }
    }
}

/// One party to an event or tie: the whole noun phrase and who it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Actor {
    /// The noun phrase as it stands.
    pub text: String,
    /// Where it stands.
    pub span: CharSpan,
    /// Its head word as it stands.
    pub head: String,
    /// Id in the lexicon.
    pub id: Option<String>,
    /// Usual English name of that id.
    pub name: Option<String>,
    /// State it belongs to, ISO 3166-1 alpha-3, or PLOVER's code for actors of no state.
    pub country: Option<String>,
    /// PLOVER sectors, most telling first.
    pub sectors: Vec<String>,
    /// Country and sector joined, as CAMEO writes them (`RUSSPY`).
    pub codes: Vec<String>,
    /// How the id was found.
    pub link: Link,
}

/// Whether the event is said to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It happened, happens or will.
    Positive,
    /// It is said not to.
    Negative,
}

/// How real the event is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It took or takes place.
    Actual,
    /// It is intended or announced.
    Planned,
    /// It may be.
    Possible,
    /// It depends on something else.
    Conditional,
    /// It is imagined, feared, wished for or asked for.
    Hypothetical,
}

impl Modality {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Actual => "actual",
            Modality::Planned => "planned",
            Modality::Possible => "possible",
            Modality::Conditional => "conditional",
            Modality::Hypothetical => "hypothetical",
        }
    }
}

/// The attitude of a speaker to what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says it is so.
    Asserts,
    /// Says it is not so.
    Denies,
    /// Doubts it.
    Doubts,
    /// Weighs it.
    Considers,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// The speaker's noun phrase; absent for "reportedly" and the like.
    pub text: Option<String>,
    /// Where it stands.
    pub span: Option<CharSpan>,
    /// Id of the speaker.
    pub id: Option<String>,
    /// Name of the speaker.
    pub name: Option<String>,
    /// Country of the speaker.
    pub country: Option<String>,
    /// The word that introduces the claim.
    pub cue: String,
    /// The speaker's attitude.
    pub stance: Stance,
}

/// What a place rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceBasis {
    /// Words of the event's clause.
    Text,
    /// The article's dateline.
    Dateline,
    /// The land or town it was done to.
    Target,
}

impl PlaceBasis {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceBasis::Text => "text",
            PlaceBasis::Dateline => "dateline",
            PlaceBasis::Target => "target",
        }
    }
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// The words as they stand.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
    /// Usual name.
    pub name: Option<String>,
    /// State, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// What it rests on.
    pub basis: PlaceBasis,
}

/// The word or words the event stands on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trigger {
    /// The words as they stand.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
}

/// People harmed, as far as the sentence counts them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Casualties {
    /// Dead; the least number where a range is given, none where the sentence has two that differ.
    pub killed: Option<u32>,
    /// Injured; as `killed`.
    pub wounded: Option<u32>,
    /// Every count as it stands, also of people captured, displaced, arrested and protesting.
    pub counts: Vec<Count>,
}

/// What made a record: hashes or versions of code, lexicon and model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Version of the program.
    pub coder: String,
    /// Content hash of the lexicon.
    pub lexicon: String,
    /// Name and content hash of the model.
    pub model: String,
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Stable: the same document and versions give the same id.
    pub id: String,
    /// Document.
    pub doc: String,
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
    /// The sentence.
    pub span: CharSpan,
    /// The sentence's text.
    pub text: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Quad class of the type.
    pub quad: Quad,
    /// Closest CAMEO code.
    pub cameo: String,
    /// Goldstein value of the CAMEO code, -10 (conflict) to 10 (cooperation).
    pub goldstein: Option<f64>,
    /// Who did it.
    pub source: Vec<Actor>,
    /// To whom.
    pub target: Vec<Actor>,
    /// The words it stands on.
    pub trigger: Trigger,
    /// Whether it happened.
    pub polarity: Polarity,
    /// How real it is.
    pub modality: Modality,
    /// `asserted`, or `claimed` where the only ground is another actor's word.
    pub status: String,
    /// Who says so, outermost first; empty: the author.
    pub attribution: Vec<Attribution>,
    /// When.
    pub when: Option<When>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Vec<Place>,
    /// Part of the article.
    pub zone: Zone,
    /// Weapon or means.
    pub instrument: Option<String>,
    /// People harmed.
    pub casualties: Casualties,
    /// How sure the coder is, 0 to 1.
    pub confidence: f64,
    /// Pattern and operators that fired, outermost first: `reject/refuse > consult/hold-talks`.
    pub rule: String,
    /// What made it.
    pub version: Version,
}

/// How a tie stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TieStatus {
    /// It holds.
    Current,
    /// It held once.
    Former,
    /// It is to come.
    Planned,
    /// It is on hold.
    Suspended,
}

/// Who is what to whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// Stable, as for events.
    pub id: String,
    /// Document.
    pub doc: String,
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
    /// The sentence.
    pub span: CharSpan,
    /// The sentence's text.
    pub text: String,
    /// Kind of tie.
    #[serde(rename = "type")]
    pub kind: TieType,
    /// The one side.
    pub source: Actor,
    /// The other side.
    pub target: Actor,
    /// The words it stands on.
    pub trigger: Trigger,
    /// How it stands.
    pub status: TieStatus,
    /// Whether it only follows from what is said: who attacks fights, a "BRICS ally" is a member of BRICS.
    pub implied: bool,
    /// Label of a designation ("terrorist organization").
    #[serde(rename = "as")]
    pub label: Option<String>,
    /// Whether it is said to hold.
    pub polarity: Polarity,
    /// How real it is.
    pub modality: Modality,
    /// Who says so, outermost first.
    pub attribution: Vec<Attribution>,
    /// When.
    pub when: Option<When>,
    /// Part of the article.
    pub zone: Zone,
    /// How sure the coder is, 0 to 1.
    pub confidence: f64,
    /// Pattern that fired.
    pub rule: String,
    /// What made it.
    pub version: Version,
}

/// A mention of a person, body, place, time, quantity or thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionRecord {
    /// Document.
    pub doc: String,
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
    /// Where it stands.
    pub span: CharSpan,
    /// The words as they stand.
    pub text: String,
    /// `PERSON ORGANISATION LOCATION NATIONALITY TEMPORAL QUANTITY MONEY WEAPON …`
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Id in the lexicon.
    pub id: Option<String>,
    /// Usual English name.
    pub name: Option<String>,
    /// State it belongs to.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// How it was resolved.
    pub link: Link,
    /// How sure, 0 to 1.
    pub confidence: f64,
}
