//! The engine: one model and what it does to a text.

use crate::atoms::{self, Atom};
use crate::finite;
use crate::layout::{Paragraph, paragraphs};
use crate::model::{ModelError, Parts, unseal};
use crate::parser::ParseRoom;
use crate::tagger::TagRoom;
use crate::token::TokenRoom;
use crate::zones::{self, Cues};
use crate::{Rel, Sentence, Tree, ZoneCues};
use demarche_record::Zone;

/// Room that parsing needs, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    chars: Vec<char>,
    atoms: Vec<Atom>,
    tagging: TagRoom,
    tags: Vec<u8>,
    parsing: ParseRoom,
    rels: Vec<Rel>,
    margins: Vec<f32>,
}

/// A loaded model. It never changes while it works, so threads can share it; each brings its own [`Scratch`].
#[derive(Debug, Clone)]
pub struct Engine {
    name: String,
    parts: Parts,
    cues: Cues,
}

/// Units of the weights in one unit of [`Tree::margin`].
const MARGIN_UNIT: f32 = crate::weights::UNIT as f32;

impl Engine {
    /// Reads a model file.
    ///
    /// # Errors
    /// If the file is foreign, of another version, cut short, altered or malformed.
    pub fn load(bytes: &[u8]) -> Result<Engine, ModelError> {
        let (payload, hash) = unseal(bytes)?;
        let parts = Parts::read(payload)?;
        let name = format!("{}-{hash}", parts.name);
        Ok(Engine { name, parts, cues: Cues::new(&ZoneCues::default()) })
    }

    /// The same engine with other cue lines.
    pub fn with_zone_cues(mut self, cues: ZoneCues) -> Self {
        self.cues = Cues::new(&cues);
        self
    }

    /// Name of the model and a short hash of its content.
    pub fn model_name(&self) -> &str {
        &self.name
    }

    /// Splits a text into sentences and words; `sentences` is emptied first. Every character that is not blank belongs
    /// to exactly one word, and no sentence has more than 400 words. A text of more than 4 GiB is read up to there.
    pub fn split(&self, text: &str, sentences: &mut Vec<Sentence>) {
        sentences.clear();
        // Spans count bytes in 32 bits.
        let longest = text.len().min(u32::MAX as usize);
        // A character has at most four bytes, so a border is near.
        let end = (0..=longest).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let text = &text[..end];
        let mut lines: Vec<Paragraph> = Vec::new();
        paragraphs(text, &mut lines);
        let mut room = TokenRoom::default();
        let mut keys = Vec::new();
        let mut words = Vec::new();
        let mut comments = false;
        for (number, line) in lines.iter().enumerate() {
            words.clear();
            self.parts.tokeniser.words(text, line.start, line.end, &mut room, &mut words);
            let content = &text[line.start..line.end];
            let zone = if comments {
                Zone::Comment
            } else if self.cues.opens_comments(content) {
                comments = true;
                Zone::Comment
            } else if self.cues.is_boilerplate(content) {
                Zone::Boilerplate
            } else if zones::is_headline(text, &words, number, &lines) {
                Zone::Headline
            } else {
                Zone::Body
            };
            let mut inside = false;
            let mut first = true;
            self.parts.splitter.sentences(text, &words, &mut keys, |range| {
                let words = &words[range];
                let quoted = zones::is_quote(text, words, &mut inside);
                sentences.push(Sentence {
                    span: words[0].span.cover(words[words.len() - 1].span),
                    zone: if zone == Zone::Body && quoted { Zone::Quote } else { zone },
                    new_paragraph: std::mem::take(&mut first),
                    words: words.to_vec(),
                });
            });
        }
    }

    /// Parses one sentence of `text` into `tree`, which is emptied first.
    ///
    /// # Panics
    /// If the sentence was not made for this text.
    pub fn parse(&self, text: &str, sentence: &Sentence, scratch: &mut Scratch, tree: &mut Tree) {
        let Parts { tagger, lemmatiser, morphology, parser, .. } = &self.parts;
        let n = sentence.words.len();
        tree.clear();
        atoms::read(text, sentence, &mut scratch.chars, &mut scratch.atoms);
        tagger.tag(&scratch.atoms, &mut scratch.tagging, &mut scratch.tags);
        if finite::looks_whole(text, sentence) {
            tagger.ensure_finite(&scratch.atoms, &mut scratch.tagging, &mut scratch.tags);
        }
        for (word, &tag) in sentence.words.iter().zip(&scratch.tags) {
            let (upos, xpos) = tagger.labels()[tag as usize];
            tree.push_tags(upos, xpos, crate::Feats::NONE);
            tree.push_lemma(|lemmas| lemmatiser.lemma(word.span.of(text), tag, lemmas));
        }
        let parsing = &mut scratch.parsing;
        parsing.view.look(&scratch.atoms, &scratch.tagging.facts, &scratch.tags, tagger.labels());
        parser.parse(n, parsing);
        scratch.rels.clear();
        scratch
            .rels
            .extend(parsing.state.labels[..n].iter().map(|&l| Rel::from_index(l.into()).unwrap_or_default()));
        scratch.margins.clear();
        scratch.margins.extend(parsing.leads.iter().map(|&lead| lead as f32 / MARGIN_UNIT));
        let heads = parsing.state.heads[..n].iter().map(|&h| (h as usize != n).then_some(h as usize));
        let attached = tree.attach(heads, &scratch.rels, &scratch.margins);
        debug_assert_eq!(attached, Ok(()), "the steps allow only trees");
        for i in 0..n {
            let feats = morphology.feats(tree, &scratch.atoms, scratch.tags[i], i);
            tree.set_feats(i, feats);
        }
    }
}
