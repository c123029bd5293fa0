//! The engine: the coder with what it needs, and documents through it on several threads, in their order.
//!
//! [`coder`] loads the embedded lexicon and model; [`run`] takes documents from a reader to a sink. Which documents,
//! what is made of one and where the results go is for the caller to say.

mod additions;
mod load;
mod queue;
mod run;

pub use additions::{AddError, Added, Additions, Change};
pub use load::{LoadError, Scorer, coder, coder_from, coder_with, lexicon};
pub use run::{Finished, RunOptions, Summary, run};
