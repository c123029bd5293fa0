//! The engine: one model and what it does to a text.

use crate::atoms::{self, Atom};
use crate::dateline;
use crate::finite;
use crate::layout::{Paragraph, paragraphs};
use crate::lemma;
use crate::model::{Model, ModelError, Parts};
use crate::neural;
use crate::parser::ParseRoom;
use crate::readers;
use crate::tagger::TagRoom;
use crate::token::TokenRoom;
use crate::zones::{self, Cues};
use crate::{Rel, Sentence, Tree, Word, ZoneCues};
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
    keys: Vec<u32>,
    network: neural::Room,
}

/// The sentences of a text, with the trees that are known so far.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    sentences: Vec<Sentence>,
    /// One for every sentence, where the model finds trees and sentences at once.
    trees: Vec<Tree>,
    /// Otherwise the tree made last.
    last: Tree,
    dateline: Option<usize>,
}

impl Reading {
    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Number of the sentence that is the dateline: "KABUL, July 5 (Agency) -".
    pub fn dateline(&self) -> Option<usize> {
        self.dateline
    }

    /// Whether the trees are there already: the model found them with the sentences.
    pub fn is_parsed(&self) -> bool {
        !self.trees.is_empty()
    }

    /// The tree that [`Engine::parse_at`] made last for this sentence.
    ///
    /// # Panics
    /// If there is no such sentence.
    pub fn tree(&self, number: usize) -> &Tree {
        if self.trees.is_empty() { &self.last } else { &self.trees[number] }
    }
}

/// A loaded model. It never changes while it works, so threads can share it; each brings its own [`Scratch`].
#[derive(Debug, Clone)]
pub struct Engine {
    name: String,
    model: Model,
    cues: Cues,
}

/// Units of the weights in one unit of [`Tree::margin`].
const MARGIN_UNIT: f32 = crate::weights::UNIT as f32;

/// A text laid out: its paragraphs and all their words.
struct Laid {
    lines: Vec<Paragraph>,
    /// Words of all paragraphs.
    words: Vec<Word>,
    /// End of every paragraph among the words.
    ends: Vec<usize>,
    /// The paragraph that is the dateline, cut off from what it opened.
    dateline: Option<usize>,
}

/// How many paragraphs may stand before the dateline: headline, byline.
const BEFORE_DATELINE: usize = 3;

impl Engine {
    /// Reads a model file, of either kind.
    ///
    /// # Errors
    /// If the file is foreign, of another version, cut short, altered or malformed.
    pub fn load(bytes: &[u8]) -> Result<Engine, ModelError> {
        let (model, hash) = Model::read(bytes)?;
        let name = format!("{}-{hash}", model.name());
        Ok(Engine { name, model, cues: Cues::new(&ZoneCues::default()) })
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

    /// Begins to read a text: finds its sentences, and their trees too if the model finds both at once. Afterwards
    /// [`Self::parse_at`] makes each tree that is wanted.
    pub fn begin(&self, text: &str, scratch: &mut Scratch, reading: &mut Reading) {
        reading.trees.clear();
        let trees = &mut reading.trees;
        reading.dateline = self.find(text, scratch, &mut reading.sentences, |tree| trees.push(tree));
    }

    /// Makes the tree of a sentence of `reading`, which was begun with the same text.
    ///
    /// # Panics
    /// If there is no such sentence, or the text is another.
    pub fn parse_at(&self, text: &str, number: usize, scratch: &mut Scratch, reading: &mut Reading) {
        if reading.trees.is_empty() {
            self.parse(text, &reading.sentences[number], scratch, &mut reading.last);
        }
    }

    /// Splits a text into sentences and words; `sentences` is emptied first. Every character that is not blank belongs
    /// to exactly one word, and no sentence has more than 400 words. A text of more than 4 GiB is read up to there.
    ///
    /// Where trees are wanted too, [`Self::begin`] does the work once.
    pub fn split(&self, text: &str, sentences: &mut Vec<Sentence>) {
        self.find(text, &mut Scratch::default(), sentences, drop);
    }

    /// Finds the sentences of a text; hands over their trees if the model finds them with the sentences. Gives the number of
    /// the sentence that is the dateline.
    fn find(
        &self,
        text: &str,
        scratch: &mut Scratch,
        sentences: &mut Vec<Sentence>,
        mut each: impl FnMut(Tree),
    ) -> Option<usize> {
        sentences.clear();
        let laid = self.lay(text);
        let Laid { words, ends, .. } = &laid;
        let mut closes: Vec<usize> = Vec::new();
        match &self.model {
            Model::Perceptron(parts) => {
                let mut start = 0;
                for &end in ends {
                    parts.splitter.sentences(text, &words[start..end], &mut scratch.keys, |range| {
                        closes.push(start + range.end);
                    });
                    start = end;
                }
            }
            Model::Network(parts) => {
                let mut opens = vec![false; words.len()];
                for start in [0].iter().chain(ends) {
                    opens.get_mut(*start).into_iter().for_each(|opens| *opens = true);
                }
                parts.sentences(text, words, &opens, &mut scratch.network, |range, tree| {
                    closes.push(range.end);
                    each(tree);
                });
            }
        }
        self.zone(text, &laid, &closes, sentences);
        let start = laid.lines.get(laid.dateline?)?.start as u32;
        sentences.iter().position(|s| s.span.start == start)
    }

    /// The paragraphs of a text and their words.
    fn lay(&self, text: &str) -> Laid {
        // Spans count bytes in 32 bits.
        let longest = text.len().min(u32::MAX as usize);
        // A character has at most four bytes, so a border is near.
        let end = (0..=longest).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let text = &text[..end];
        let tokeniser = match &self.model {
            Model::Perceptron(parts) => &parts.tokeniser,
            Model::Network(parts) => &parts.tokeniser,
        };
        let mut lines: Vec<Paragraph> = Vec::new();
        paragraphs(text, &mut lines);
        let dateline = lines
            .iter()
            .take(BEFORE_DATELINE + 1)
            .position(|line| dateline::end(&text[line.start..line.end]).is_some());
        if let Some(number) = dateline
            && let Some(length) = dateline::end(&text[lines[number].start..lines[number].end])
        {
            let Paragraph { start, end } = lines[number];
            let rest = start + length;
            let blank = text[rest..end].len() - text[rest..end].trim_start().len();
            lines[number].end = start + text[start..rest].trim_end().len();
            lines.insert(number + 1, Paragraph { start: rest + blank, end });
        }
        let mut room = TokenRoom::default();
        let (mut words, mut ends) = (Vec::new(), Vec::new());
        for line in &lines {
            tokeniser.words(text, line.start, line.end, &mut room, &mut words);
            ends.push(words.len());
        }
        Laid { lines, words, ends, dateline }
    }

    /// Appends the sentences that end before the words `closes`, each with the part of the article it stands in.
    fn zone(&self, text: &str, laid: &Laid, closes: &[usize], sentences: &mut Vec<Sentence>) {
        let Laid { lines, words, ends, dateline } = laid;
        let (mut start, mut next) = (0, 0);
        let mut comments = false;
        let readers = readers::first(text, lines, &self.cues.voice);
        for (number, (line, &end)) in lines.iter().zip(ends.iter()).enumerate() {
            let content = &text[line.start..line.end];
            let zone = if comments {
                Zone::Comment
            } else if self.cues.opens_comments(content) || readers == Some(number) {
                comments = true;
                Zone::Comment
            } else if self.cues.is_boilerplate(content) || zones::is_byline(content, number) {
                Zone::Boilerplate
            } else if Some(number) != *dateline && zones::is_headline(text, &words[start..end], number, lines)
            {
                Zone::Headline
            } else {
                Zone::Body
            };
            let mut inside = false;
            let mut first = true;
            while let Some(&close) = closes.get(next).filter(|&&close| close <= end) {
                let words = &words[start..close];
                let quoted = zones::is_quote(text, words, &mut inside);
                sentences.push(Sentence {
                    span: words[0].span.cover(words[words.len() - 1].span),
                    zone: if zone == Zone::Body && quoted { Zone::Quote } else { zone },
                    new_paragraph: std::mem::take(&mut first),
                    words: words.to_vec(),
                });
                start = close;
                next += 1;
            }
        }
    }

    /// Whether a line belongs to the page itself: it opens the readers' comments, or begins as the page's lines do.
    pub fn is_of_page(&self, line: &str) -> bool {
        self.cues.opens_comments(line) || self.cues.is_boilerplate(line)
    }

    /// Parses one sentence of `text` into `tree`, which is emptied first.
    ///
    /// # Panics
    /// If the sentence was not made for this text.
    pub fn parse(&self, text: &str, sentence: &Sentence, scratch: &mut Scratch, tree: &mut Tree) {
        match &self.model {
            Model::Perceptron(parts) => parse(parts, text, sentence, scratch, tree),
            Model::Network(parts) => *tree = parts.sentence(text, &sentence.words, &mut scratch.network),
        }
    }
}

/// Parses with perceptrons.
fn parse(parts: &Parts, text: &str, sentence: &Sentence, scratch: &mut Scratch, tree: &mut Tree) {
    let Parts { tagger, lemmatiser, morphology, parser, .. } = parts;
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
        let form = word.span.of(text);
        tree.push_lemma(|lemmas| match lemma::always(form, upos) {
            Some(lemma) => lemmas.push_str(lemma),
            None => lemmatiser.lemma(form, tag, lemmas),
        });
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
