//! Sentences and their words: places in the text, no strings.

use demarche_record::{Span, Zone};

/// Whether a word shares its token with others, as "do" and "n't" share "don't".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mwt {
    /// The word is a token of its own.
    #[default]
    No,
    /// First word of a multiword token.
    First,
    /// A later word of a multiword token.
    Rest,
}

/// One syntactic word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its part in a multiword token.
    pub mwt: Mwt,
    /// Whether blank space or the end of the text follows.
    pub space_after: bool,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last word.
    pub span: Span,
    /// The part of the article it stands in.
    pub zone: Zone,
    /// Whether it opens a paragraph.
    pub new_paragraph: bool,
    /// Its words, in order, disjoint; never empty.
    pub words: Vec<Word>,
}
