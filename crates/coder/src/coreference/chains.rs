//! The phrases of a whole article with what they stand for, for those who measure or learn coreference.

use super::{Decision, Discourse, Kind, Room, find};
use crate::view::View;
use crate::{Coder, Desk};
use demarche_record::Span;

/// A noun phrase and the number of what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainPhrase {
    /// Its bytes.
    pub span: Span,
    /// The bytes of its head word.
    pub head: Span,
    /// The entity; phrases with the same number stand for the same.
    pub entity: u32,
    /// Whether it is a pronoun.
    pub pronoun: bool,
}

impl Coder {
    /// The noun phrases of a text; nothing is decided for them.
    pub fn phrases(&self, text: &str, desk: &mut Desk) -> Discourse {
        let mut discourse = Discourse::default();
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        for number in 0..reading.sentences().len() {
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            self.look_up(text, sentence, &mut desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            let mut place = discourse.place;
            find(&view, &self.words, number as u32, &mut place, &mut discourse.phrases);
            discourse.place = place;
        }
        desk.reading = reading;
        discourse
    }

    /// The noun phrases of a text that stand for something, in order, with what they stand for; nothing where no model
    /// of coreference is loaded.
    pub fn chains(&self, text: &str, desk: &mut Desk) -> Vec<ChainPhrase> {
        let Some(model) = &self.coreference else { return Vec::new() };
        let mut discourse = self.phrases(text, desk);
        let mut room = Room::default();
        while discourse.next().is_some() {
            discourse.decide(model, &mut room);
        }
        discourse.chains()
    }
}

impl Discourse {
    /// The phrases that stand for something, in order.
    pub fn chains(&self) -> Vec<ChainPhrase> {
        let told = self.phrases.iter().zip(&self.entity_of).zip(&self.decisions);
        told.filter(|(_, decision)| **decision != Decision::Nothing)
            .filter_map(|((phrase, entity), _)| {
                let pronoun = phrase.kind.pronoun() && phrase.kind != Kind::Demonstrative;
                Some(ChainPhrase { span: phrase.span, head: phrase.head_span, entity: (*entity)?, pronoun })
            })
            .collect()
    }
}
