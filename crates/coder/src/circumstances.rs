//! When and where every verb, noun and adjective of an article happened, as its record would say, whether or not a rule makes one of it.

use crate::origin::Origin;
use crate::records::Setting;
use crate::resolve::Resolver;
use crate::view::View;
use crate::{Coder, Desk};
use demarche_record::{Article, CharSpan, Offsets, Place, When};
use demarche_text::Upos;

/// When and where one word happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Circumstance {
    /// The verb, noun or adjective.
    pub span: CharSpan,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub place: Vec<Place>,
}

impl Coder {
    /// When and where each verb, noun and adjective of an article happened, in the order of the words.
    pub fn circumstances(&self, article: &Article, desk: &mut Desk) -> Vec<Circumstance> {
        let text = article.text.as_str();
        let offsets = Offsets::new(text);
        let mut found = Vec::new();
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        desk.memory.clear();
        desk.discourse.clear();
        let mut anchor = None;
        let mut origin = Origin::new(article.date);
        for number in 0..reading.sentences().len() {
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            let around = (&origin.lands, origin.day);
            self.look_up_among(text, (&reading, number), around, &mut desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            let resolver = Resolver::new(&view, &desk.memory, &desk.discourse, number as u32, origin.day);
            if origin.looks_above(number, sentence.zone) {
                origin.read_day(&resolver);
            }
            if reading.dateline() == Some(number) {
                origin.read(&resolver, &offsets, self.gazetteer.as_ref());
            }
            origin.note(&resolver);
            let map = origin.map(self.gazetteer.as_ref());
            let times = view.times(origin.day, &mut anchor);
            let places = crate::place::places(&resolver, map.as_ref());
            let setting = Setting {
                article,
                origin: &origin,
                map,
                offsets: &offsets,
                resolver,
                times: &times,
                places: &places,
                version: &self.version,
            };
            for at in (0..view.len()).filter(|&i| matches!(view.upos(i), Upos::Verb | Upos::Noun | Upos::Adj))
            {
                let modality = view.modality(at);
                found.push(Circumstance {
                    span: setting.chars(view.span(at)),
                    when: setting.dated(at, modality).or_else(|| setting.undated(at, modality)),
                    place: setting.placed(at, at, modality, None),
                });
            }
        }
        desk.reading = reading;
        found
    }
}
