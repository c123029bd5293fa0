//! The tag sets of the treebanks: universal word classes and Penn tags.
//!
//! Only names; which word gets which tag is decided in `tagger`.

use std::fmt;
use std::str::FromStr;

/// A name that is none of the tag set's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{name}' is not a {set}")]
pub struct UnknownTag {
    /// The name as given.
    pub name: String,
    /// The tag set it was looked for in.
    pub set: &'static str,
}

macro_rules! tag_set {
    ($(#[$doc:meta])* $set:ident, $called:literal, { $($(#[$vdoc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        #[repr(u8)]
        pub enum $set {
            $($(#[$vdoc])* $variant,)*
        }

        impl $set {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [$set] = &[$($set::$variant,)*];

            /// The name in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($set::$variant => $name,)*
                }
            }

            /// The tag with this number, counted in the order of [`Self::ALL`].
            pub fn from_index(index: usize) -> Option<Self> {
                Self::ALL.get(index).copied()
            }
        }

        impl FromStr for $set {
            type Err = $crate::tags::UnknownTag;

            fn from_str(name: &str) -> Result<Self, $crate::tags::UnknownTag> {
                match name {
                    $($name => Ok($set::$variant),)*
                    _ => Err($crate::tags::UnknownTag { name: name.to_owned(), set: $called }),
                }
            }
        }

        impl fmt::Display for $set {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use tag_set;

tag_set! {
    /// A universal word class.
    Upos, "universal word class", {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition or postposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary, copula and modal verb.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Number.
        Num = "NUM",
        /// Particle: "to", "not", possessive ending.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Name.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Full verb.
        Verb = "VERB",
        /// Anything else.
        #[default]
        X = "X",
    }
}

/// A Penn Treebank tag, with the additions of the web treebank.
#[allow(clippy::upper_case_acronyms)]
mod penn {
    use std::fmt;
    use std::str::FromStr;

    tag_set! {
        /// A Penn Treebank tag, with the additions of the web treebank.
        Xpos, "Penn tag", {
            /// Coordinating conjunction.
            CC = "CC",
            /// Cardinal number.
            CD = "CD",
            /// Determiner.
            DT = "DT",
            /// Existential "there".
            EX = "EX",
            /// Foreign word.
            FW = "FW",
            /// Preposition or subordinating conjunction.
            IN = "IN",
            /// Adjective.
            JJ = "JJ",
            /// Comparative adjective.
            JJR = "JJR",
            /// Superlative adjective.
            JJS = "JJS",
            /// List item marker.
            LS = "LS",
            /// Modal verb.
            MD = "MD",
            /// Singular or mass noun.
            NN = "NN",
            /// Singular name.
            NNP = "NNP",
            /// Plural name.
            NNPS = "NNPS",
            /// Plural noun.
            NNS = "NNS",
            /// Predeterminer.
            PDT = "PDT",
            /// Possessive ending.
            POS = "POS",
            /// Personal pronoun.
            PRP = "PRP",
            /// Possessive pronoun, `PRP$`.
            PRPS = "PRP$",
            /// Adverb.
            RB = "RB",
            /// Comparative adverb.
            RBR = "RBR",
            /// Superlative adverb.
            RBS = "RBS",
            /// Particle of a verb.
            RP = "RP",
            /// Symbol.
            SYM = "SYM",
            /// "to".
            TO = "TO",
            /// Interjection.
            UH = "UH",
            /// Base form of a verb.
            VB = "VB",
            /// Past tense.
            VBD = "VBD",
            /// Gerund or present participle.
            VBG = "VBG",
            /// Past participle.
            VBN = "VBN",
            /// Present tense other than third person singular.
            VBP = "VBP",
            /// Present tense, third person singular.
            VBZ = "VBZ",
            /// Determiner in wh-.
            WDT = "WDT",
            /// Pronoun in wh-.
            WP = "WP",
            /// Possessive pronoun in wh-, `WP$`.
            WPS = "WP$",
            /// Adverb in wh-.
            WRB = "WRB",
            /// Hyphen within a compound.
            HYPH = "HYPH",
            /// Punctuation that ornaments.
            NFP = "NFP",
            /// Address of mail or page.
            ADD = "ADD",
            /// Affix standing alone.
            AFX = "AFX",
            /// Piece of a word wrongly divided.
            GW = "GW",
            /// Unknown.
            #[default]
            XX = "XX",
            /// Opening bracket.
            LRB = "-LRB-",
            /// Closing bracket.
            RRB = "-RRB-",
            /// Opening quotation mark.
            LQ = "``",
            /// Closing quotation mark.
            RQ = "''",
            /// Comma.
            COMMA = ",",
            /// Full stop, question or exclamation mark.
            PERIOD = ".",
            /// Colon, semicolon, dash, dots.
            COLON = ":",
            /// Currency sign.
            DOLLAR = "$",
        }
    }
}
pub use penn::Xpos;
