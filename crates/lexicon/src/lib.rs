//! The lexicon of demarche: who and what can be named, and what can be done.
//!
//! [`compile`] reads the sources (TOML under `data/lexicon`), reports every fault as a note and makes one immutable
//! [`Image`]; [`Lexicon`] is that image with what is needed to look things up: rules by lemma, names in running text
//! ([`Lexicon::find`]), offices and memberships on a day. Nothing here knows trees, parses sentences or decides what
//! an event is: `demarche-coder` does.

mod bodies;
mod case;
mod compiled;
mod entry;
mod find;
mod fitness;
mod fold;
mod forms;
mod gazetteer;
mod history;
mod image;
mod index;
mod lexicon;
mod mention;
mod merge;
mod offices;
mod ontology;
mod operator;
mod pattern;
mod plural;
mod runs;
mod slot;
mod source;
mod time;
mod titles;
mod topic;
mod wire;

pub use compiled::fingerprint;
pub use entry::{
    ActorEntry, ActorKind, AgentEntry, AgentKind, Membership, Name, Office, PlaceEntry, PlaceKind, Standing,
    TitleEntry, Zones,
};
pub use fitness::{Unfit, shown, unfit};
pub use fold::key;
pub use gazetteer::{Gazetteer, Town};
pub use image::{Image, ImageError};
pub use index::{Ref, Table};
pub use lexicon::Lexicon;
pub use mention::{Candidate, Entry, Mention, MentionKind, Via};
pub use offices::Held;
pub use ontology::{Cameo, Ontology, TypeFacts};
pub use operator::{Becomes, ByType, Operator, Speech};
pub use pattern::{As, Being, Bond, Heads, Lexeme, Needs, Outcome, Pattern};
pub use slot::{BadSlot, Slot};
pub use source::{compile, compile_over};
pub use time::{TimeEntry, TimeKind};
pub use topic::{Adds, Topic};
