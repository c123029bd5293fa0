//! English text into sentences, words and trees of Universal Dependencies.
//!
//! [`Engine`] holds a model and does two things: it splits a text into [`Sentence`]s and parses a sentence into a
//! [`Tree`]; [`write_conllu`] writes both down. Names, actors and meaning are left to other crates; training is left
//! to `demarche-train`, which shares the feature templates and the file format through [`workshop`].

mod atoms;
mod buckets;
mod bytes;
mod conllu;
mod dateline;
mod engine;
mod feats;
mod finite;
mod forms;
mod hash;
mod layout;
mod lemma;
mod model;
mod morphology;
mod names;
mod neural;
mod parser;
mod readers;
mod rel;
mod rows;
mod sentence;
mod split;
mod tagger;
mod tags;
mod token;
mod transition;
mod tree;
mod weights;
mod zones;

pub use conllu::write_conllu;
pub use engine::{Engine, Reading, Scratch};
pub use feats::Feats;
pub use model::ModelError;
pub use names::{Name, NameKind, NameLayer};
pub use rel::Rel;
pub use sentence::{Mwt, Sentence, Word};
pub use tags::{UnknownTag, Upos, Xpos};
pub use tree::{Tree, TreeError};
pub use zones::ZoneCues;

/// What the trainer shares with the engine: feature templates, the steps of the parser, the parts of a model file.
/// Changes with them, without notice.
pub mod workshop {
    pub use crate::atoms::{Atom, form_key, read as read_atoms};
    pub use crate::bytes::Writer;
    /// What is known of forms.
    pub mod forms {
        pub use crate::forms::{
            BASE, FINITE, Facts, GERUND, MOST_GROUPS, MOST_VERBS, PARTICIPLE, PAST, PLURAL, SINGULAR, THIRD,
        };
    }
    pub use crate::buckets::fitting;
    pub use crate::lemma::{LONGEST_ENDING, Lemmatiser, Rule, ending_key, known_key};
    pub use crate::model::{HEADER, begin, join, seal, seal_network};
    pub use crate::morphology::{Morphology, keys as morphology_keys};
    pub use crate::parser::{ParseRoom, Parser, View, arc_features, step_features};
    pub use crate::rows::{Row, Rows, best};
    pub use crate::split::{Splitter, features as end_features, is_open};
    pub use crate::tagger::{
        Dictionary, Known, Past, TagRoom, Tagger, features as tag_features, finite_labels,
    };
    pub use crate::token::{Chunk, Gap, Tokeniser};
    pub use crate::transition::{STEPS, State, Step};
    pub use crate::weights::UNIT;
}
