//! The plain types of demarche: what goes in (an [`Article`]), what comes out ([`Event`], [`Tie`],
//! [`MentionRecord`]), and what went wrong on the way ([`Note`]).
//!
//! Field names of the output types are those of the wire (JSON Lines); see `CONTRACT` in the documentation.
//! Nothing here reads, writes, parses text or knows a language; every other crate knows this one.

mod article;
mod attack;
mod comment;
mod event;
mod note;
mod ontology;
mod span;
mod when;

pub use article::{Article, Zone};
pub use attack::{Attack, Certainty, Count, Evidence, Filler, HarmKind, Perpetrator, PerpetratorKind};
pub use comment::{Attitude, Comment, Leaning};
pub use event::{
    Actor, Attribution, Casualties, Event, Link, MentionRecord, Modality, Place, PlaceBasis, Polarity,
    Stance, Tie, TieStatus, Trigger, Version,
};
pub use note::{Note, Severity};
pub use ontology::{EventType, Quad, TieType, UnknownName};
pub use span::{CharSpan, Offsets, Span};
pub use when::{Basis, Precision, When};

pub use jiff::civil::Date;
