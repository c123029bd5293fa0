//! Which noun phrases of an article stand for the same: pronouns, descriptions, names and their variants.
//!
//! [`find`] takes the phrases out of the trees; [`Discourse`] decides for each in turn, by the weights of a
//! [`CoreferenceModel`], whether it means what an earlier one means; [`link`] hands the actor of the earlier one to the
//! coder. The model is learned by `demarche-train coreference`. Who a name stands for is left to `resolve`.

mod chains;
mod discourse;
mod features;
mod find;
mod link;
mod model;
mod phrase;
mod words;

pub use chains::ChainPhrase;
pub use discourse::{Decision, Discourse, Room};
pub use find::find;
pub use model::{CoreferenceError, CoreferenceModel, SIZE};
pub use phrase::{Kind, Phrase};
pub use words::Words;
