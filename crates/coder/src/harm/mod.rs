//! Harm and means: how many were killed, wounded, taken, driven out; with what; by whom, and who says so.
//!
//! [`counts`] reads numbers off the tree, [`telling`] what one sentence tells of attacks, [`incident`] puts the tellings of
//! an article together. All words are classes of the lexicon (`data/lexicon/harm.toml`).

mod blame;
mod counts;
mod figures;
mod incident;
mod parts;
mod telling;

pub use counts::{Counted, casualties, counts};
pub use incident::Incidents;
pub use parts::instrument;
pub use telling::tellings;

use crate::view::View;

impl View<'_> {
    /// The lemma in lower case: capitals throughout make names of common nouns.
    fn low(&self, i: usize) -> String {
        self.lemma(i).to_lowercase()
    }

    /// Whether the lemma or the form belongs to a word class.
    fn class(&self, i: usize, class: &str) -> bool {
        self.lexicon.classes.get(class).is_some_and(|words| {
            let low = self.low(i);
            words.contains(&low)
                || words.contains(&self.form(i).to_lowercase())
                || low.strip_suffix('s').is_some_and(|one| words.contains(one))
        })
    }
}
