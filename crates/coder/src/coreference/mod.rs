//! Which noun phrases of an article stand for the same: pronouns, descriptions, names and their variants.
//!
//! [`find`] takes the phrases out of the trees; [`Discourse`] decides for each in turn, by the weights of a
//! [`CoreferenceModel`], whether it means what an earlier one means; [`link`] hands the actor of the earlier one to the
//! coder. The model is learned by `demarche-train coreference`. Who a name stands for is left to `resolve`.

mod chains;
mod describe;
mod discourse;
mod features;
mod find;
mod link;
mod model;
mod phrase;
mod words;

use crate::Coder;
use crate::view::View;
pub use chains::ChainPhrase;

pub use discourse::{Decision, Discourse, Room};
pub use features::{NEW, NOTHING, alone, of, pair};
pub use find::find;
pub use model::{CoreferenceError, CoreferenceModel, SIZE};
pub use phrase::{Kind, Phrase};
pub use words::Words;

impl Coder {
    /// Finds the phrases of a sentence and decides what each means, if a model is loaded.
    pub(crate) fn link(&self, view: &View<'_>, sentence: u32, discourse: &mut Discourse, room: &mut Room) {
        let Some(model) = &self.coreference else { return };
        discourse.opened = discourse.phrases.len();
        let mut place = discourse.place;
        find(view, &self.words, sentence, &mut place, &mut discourse.phrases);
        discourse.place = place;
        while discourse.next().is_some() {
            discourse.decide(model, room);
        }
    }
}
