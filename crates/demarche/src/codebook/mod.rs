//! The codebook: what each event type means, and sentences with the records that they must give.
//!
//! One page a type, `codebook/<TYPE>.md`, embedded in the program; its format is told in `codebook/README.md`. A page is
//! read by [`Page::read`]; [`Example::fits`] compares an example with what the coder made of it. How a page is shown is
//! not here.

mod actual;
mod read;

use demarche_record::{EventType, Modality, Polarity};

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The type it is about.
    pub kind: EventType,
    /// Its sentences, near misses included, in order.
    pub examples: Vec<Example>,
}

/// A sentence and all that it must give.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Line of the sentence in the page, from 1.
    pub line: u64,
    /// The sentence.
    pub text: String,
    /// Whether it must give nothing of the page's type, or that it does not happen.
    pub near_miss: bool,
    /// The records, no others; none for `nothing`.
    pub expected: Vec<Expected>,
}

/// A record as a page asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The line as it stands, without its dash.
    pub line: String,
    /// Type.
    pub kind: EventType,
    /// Mode, where the page asks for one.
    pub mode: Option<String>,
    /// Who.
    pub source: Side,
    /// To whom.
    pub target: Side,
    /// Whether both sides are sources, and nobody else is a target.
    pub mutual: bool,
    /// Contexts that must be among those of the record.
    pub contexts: Vec<String>,
    /// Polarity.
    pub polarity: Polarity,
    /// Modality, where it is not the plain one of the type.
    pub modality: Option<Modality>,
}

/// The parties of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// `?`: not asked for.
    Open,
    /// Exactly these, each by its id, code, country or sector; none for `-`.
    Of(Vec<String>),
}

macro_rules! pages {
    ($($kind:ident = $name:literal,)+) => {
        /// The page of a type as it is written.
        pub fn text(kind: EventType) -> &'static str {
            match kind {
                $(EventType::$kind => include_str!(concat!("../../../../codebook/", $name, ".md")),)+
            }
        }
    };
}

pages! {
    Agree = "AGREE",
    Consult = "CONSULT",
    Support = "SUPPORT",
    Concede = "CONCEDE",
    Cooperate = "COOPERATE",
    Aid = "AID",
    Retreat = "RETREAT",
    Request = "REQUEST",
    Accuse = "ACCUSE",
    Reject = "REJECT",
    Threaten = "THREATEN",
    Protest = "PROTEST",
    Sanction = "SANCTION",
    Mobilize = "MOBILIZE",
    Coerce = "COERCE",
    Assault = "ASSAULT",
}

/// The first paragraph of a page: what the type means.
pub fn definition(kind: EventType) -> &'static str {
    let body = text(kind).split_once("## Definition\n").map_or("", |(_, rest)| rest);
    body.split("\n\n").next().unwrap_or_default().trim()
}
