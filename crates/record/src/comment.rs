//! What readers write below an article: how each comment stands towards the actors it names, and whether it could stand
//! below any other article as well.

use crate::{CharSpan, Version};
use serde::Serialize;

/// How a comment stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Leaning {
    /// It is for them.
    Favours,
    /// It is against them.
    Opposes,
    /// It names them and says neither, or both alike.
    Neutral,
}

impl Leaning {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Leaning::Favours => "favours",
            Leaning::Opposes => "opposes",
            Leaning::Neutral => "neutral",
        }
    }
}

/// What a comment says of one actor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attitude {
    /// The words that name the actor first.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
    /// Id in the lexicon.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// State it belongs to, or PLOVER's code for actors of no state.
    pub country: Option<String>,
    /// For, against, neither.
    pub stance: Leaning,
    /// The words that tell, as they stand; one that is denied has "not" before it.
    pub cues: Vec<String>,
}

/// One comment: a paragraph in the readers' part of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comment {
    /// Stable, as for events.
    pub id: String,
    /// Document.
    pub doc: String,
    /// Number of its first sentence in the document, from 0.
    pub sentence: u32,
    /// Where it stands.
    pub span: CharSpan,
    /// The words as they stand.
    pub text: String,
    /// Those it names, in order.
    pub stances: Vec<Attitude>,
    /// Whether it could stand below another article: it says almost the same as a comment below an earlier one, or takes
    /// nothing up from the text.
    pub generic: bool,
    /// The comment below an earlier document that it repeats, names of actors aside.
    pub copy_of: Option<String>,
    /// What it takes up from the text: ids of actors, then lemmas.
    pub shared: Vec<String>,
    /// What made it.
    pub version: Version,
    /// Its words in threes, names of actors aside, as sorted hashes; by these copies are told.
    #[serde(skip)]
    pub threes: Vec<u64>,
}
