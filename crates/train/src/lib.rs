//! The workshop: trains the models that demarche ships. Never shipped itself.
//!
//! [`train`] makes the text model from treebanks; [`score`] measures it on raw text. Feature templates and the file
//! format belong to `demarche-text`.

pub mod card;
pub mod choice;
mod clauses;
pub mod coreference;
pub mod corpus;
mod ends;
mod gaps;
mod groups;
mod inflect;
mod lemmas;
pub mod logistic;
pub mod network;
mod paradigms;
mod perceptron;
mod random;
pub mod score;
pub mod speed;
mod tags;
mod train;
mod trees;
pub mod variants;

pub use groups::words_of;
pub use paradigms::WordLists;
pub use train::{Settings, train};
