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

use crate::view::{View, lowered};

impl View<'_> {
    /// Whether the lemma or the form belongs to a word class, whatever the case: capitals throughout make names of common nouns.
    fn class(&self, i: usize, class: &str) -> bool {
        self.lexicon.classes.get(class).is_some_and(|words| {
            let low = lowered(self.lemma(i));
            words.contains(&*low)
                || words.contains(&*lowered(self.form(i)))
                || low.strip_suffix('s').is_some_and(|one| words.contains(one))
        })
    }
}
