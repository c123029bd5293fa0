//! Capitals: how a run must look in the text to be the run of a name, and the words for which that is looser or stricter.

use crate::fold::Shape;

/// How a run must look in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Case {
    /// As it likes.
    Any,
    /// With a capital.
    Capital,
    /// With a capital and another one inside: "LeT".
    Mixed,
    /// In capitals throughout.
    Acronym,
    /// In capitals throughout, or as a word with a capital ("Nato").
    SpokenAcronym,
    /// In capitals throughout, and never in a sentence that is all capitals: it is also a common word.
    WordAcronym,
}

impl Case {
    const ALL: [Case; 6] =
        [Case::Any, Case::Capital, Case::Mixed, Case::Acronym, Case::SpokenAcronym, Case::WordAcronym];

    /// The case as a byte of a file.
    pub(crate) fn byte(self) -> u8 {
        self as u8
    }

    /// The case of a byte.
    pub(crate) fn of_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(byte as usize).copied()
    }

    /// Whether a run of this shape will do; `shouted`: the whole sentence is in capitals.
    pub(crate) fn allows(self, shape: Shape, shouted: bool) -> bool {
        match self {
            Case::Any => true,
            Case::Capital | Case::SpokenAcronym => shape.capital,
            Case::Mixed => shape.capital && shape.inner && (!shouted || shape.dotted),
            Case::Acronym => shape.capital && !shape.small,
            Case::WordAcronym => shape.capital && !shape.small && (!shouted || shape.dotted),
        }
    }
}

/// Small words inside names that may stand without their capital.
pub(crate) const PARTICLES: &[&str] = &[
    "al", "el", "as", "ad", "ar", "an", "at", "az", "ash", "ul", "ur", "bin", "ibn", "ben", "abu", "the",
    "of", "for", "and", "in", "on", "to", "de", "da", "do", "dos", "du", "del", "la", "le", "les", "los",
    "las", "van", "von", "der", "den", "di",
];

/// Nouns for kinds of bodies: after the first word of a name their capital is a matter of style.
pub(crate) const BODIES: &[&str] = &[
    "government",
    "party",
    "parliament",
    "army",
    "military",
    "police",
    "navy",
    "forces",
    "force",
    "movement",
    "front",
    "group",
    "council",
    "court",
    "congress",
    "assembly",
    "union",
    "agency",
    "service",
    "ministry",
    "department",
    "office",
    "committee",
    "commission",
    "militia",
    "rebels",
    "alliance",
    "coalition",
    "corps",
    "guard",
    "guards",
    "command",
    "brigade",
    "brigades",
    "organisation",
    "organization",
    "administration",
    "authority",
    "authorities",
    "republic",
    "federation",
    "regime",
    "bank",
    "islands",
    "insurgency",
    "insurgents",
    "network",
    "junta",
    "tribunal",
    "senate",
    "cabinet",
    "presidency",
    "secretariat",
];

/// Common words that acronyms of the sources spell.
pub(crate) const WORDS: &[&str] = &[
    "us", "is", "it", "who", "care", "aid", "aids", "model", "mend", "arena", "fact", "pace", "pan", "raw",
    "ice", "swift", "car", "inc", "sac", "am", "an", "as", "at", "be", "by", "do", "go", "he", "hr", "if",
    "in", "me", "my", "no", "of", "on", "or", "pm", "so", "to", "up", "we", "act", "all", "and", "are",
    "can", "for", "had", "has", "him", "his", "how", "its", "may", "not", "now", "off", "one", "our", "out",
    "she", "the", "was", "way", "you", "mit", "mas", "das", "gas", "start", "salt", "hope", "save", "plan",
    "fast", "peace", "force", "ant", "bid", "map", "nap", "pen", "per", "tap", "war", "win",
];
