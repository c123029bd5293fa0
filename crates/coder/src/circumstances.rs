//! When and where every verb and noun of an article happened, as its record would say, whether or not a rule makes one of it.

use crate::place;
use crate::records::Setting;
use crate::resolve::Resolver;
use crate::view::View;
use crate::{Coder, Desk};
use demarche_record::{Article, CharSpan, Offsets, Place, When};
use demarche_text::Upos;

/// When and where one word happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Circumstance {
    /// The verb or noun.
    pub span: CharSpan,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub place: Vec<Place>,
}

impl Coder {
    /// When and where each verb and noun of an article happened, in the order of the words.
    pub fn circumstances(&self, article: &Article, desk: &mut Desk) -> Vec<Circumstance> {
        let text = article.text.as_str();
        let offsets = Offsets::new(text);
        let mut found = Vec::new();
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        desk.memory.clear();
        let mut anchor = None;
        for number in 0..reading.sentences().len() {
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            desk.words.clear();
            desk.words.extend(sentence.words.iter().map(|w| w.span));
            desk.mentions.clear();
            self.lexicon.find(text, &desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            let resolver =
                Resolver { view: &view, memory: &desk.memory, sentence: number as u32, on: article.date };
            let times = view.times(article.date, &mut anchor);
            let places = place::places(&resolver);
            let setting = Setting {
                article,
                offsets: &offsets,
                resolver,
                times: &times,
                places: &places,
                version: &self.version,
            };
            for at in (0..view.len()).filter(|&i| matches!(view.upos(i), Upos::Verb | Upos::Noun)) {
                let modality = view.modality(at);
                found.push(Circumstance {
                    span: setting.chars(view.span(at)),
                    when: setting.dated(at, modality).or_else(|| setting.undated(at, modality)),
                    place: place::of_predicate(&view, at, &places)
                        .into_iter()
                        .map(|p| p.record(&view, &offsets))
                        .collect(),
                });
            }
        }
        desk.reading = reading;
        found
    }
}
