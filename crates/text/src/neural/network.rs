//! Text through the network, window by window.
//!
//! A window is a stretch of words that the encoder sees at once: whole paragraphs where they fit, otherwise up to the last
//! sentence that ends well inside it. Every window takes a bounded time, and each but the last of a paragraph settles at
//! least one sentence, so time grows with the length of the text alone.

use super::convolutions::{self, Convolutions};
use super::heads::{self, Heads, Tags};
use super::labels::Labels;
use super::naming;
use super::pieces::{self, CutRoom, MOST_PIECES, SHAPES, Vocabulary};
use super::transformer::{self, Transformer};
use crate::bytes::Reader;
use crate::lemma::Case;
use crate::model::{ModelError, NetworkParts};
use crate::names::NameLayer;
use crate::split::LONGEST;
use crate::{Mwt, Tree, Upos, Word, Xpos};
use std::ops::Range;

/// Pieces of a window, where no sentence needs more.
const USUAL: usize = 200;
/// Pieces of the largest window.
const MOST: usize = 500;
/// Words before a cut through a paragraph whose sentence ends are not trusted: they do not see what follows.
const UNSURE: usize = 8;

/// What the perceptron's opinion on a sentence end counts, in the network's units for each of its own.
const SECOND: f32 = 0.004;
/// What it counts at most, and where it says no without counting: it must not outvote a network that is sure.
const MOST_SAID: f32 = 1.5;

/// The network.
#[derive(Debug, Clone)]
pub struct Network {
    encoder: Encoder,
    labels: Labels,
    heads: Heads,
    /// Numbers of the tags that may go together; all may if there are none.
    pairs: Vec<(usize, usize)>,
}

#[derive(Debug, Clone)]
enum Encoder {
    Pieces(Box<(Vocabulary, Transformer)>),
    Spellings(Box<Convolutions>),
}

/// Room the network needs, kept from window to window.
#[derive(Debug, Clone, Default)]
pub struct Room {
    cut: CutRoom,
    spelling: String,
    pieces: Vec<u32>,
    piece_shapes: Vec<u8>,
    ends: Vec<(u32, u32)>,
    hashes: Vec<u32>,
    shapes: Vec<u8>,
    vectors: Vec<f32>,
    naming: naming::Room,
    transformer: transformer::Room,
    convolutions: convolutions::Room,
    heads: heads::Room,
    rels: Vec<crate::Rel>,
    keys: Vec<u32>,
}

impl Network {
    /// Reads a network.
    ///
    /// # Errors
    /// If the bytes are no network.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let kind = reader.byte()?;
        let (encoder, labels, width) = match kind {
            0 => {
                let vocabulary = Vocabulary::read(reader)?;
                let labels = Labels::read(reader)?;
                let transformer = Transformer::read(reader, vocabulary.len())?;
                if transformer.places() < MOST {
                    return Err(ModelError::Malformed("the encoder has too few places"));
                }
                let width = transformer.width();
                (Encoder::Pieces(Box::new((vocabulary, transformer))), labels, width)
            }
            1 => {
                let labels = Labels::read(reader)?;
                let convolutions = Convolutions::read(reader)?;
                let width = convolutions.width();
                (Encoder::Spellings(Box::new(convolutions)), labels, width)
            }
            _ => return Err(ModelError::Malformed("an unknown kind of encoder")),
        };
        let heads = Heads::read(reader, width, &labels)?;
        Ok(Self { encoder, labels, heads, pairs: Vec::new() })
    }

    /// Whether its encoder is the pretrained one, which reads pieces of words.
    pub fn reads_pieces(&self) -> bool {
        matches!(self.encoder, Encoder::Pieces(_))
    }

    /// Reads `words`, all words of a text; `opens` says of each whether it opens a paragraph. Sentences come in order,
    /// each with its tree, which is handed over.
    ///
    /// # Panics
    /// If the words are not of this text, or the lists are of different length.
    pub fn sentences(
        &self,
        text: &str,
        words: &[Word],
        opens: &[bool],
        parts: &NetworkParts,
        room: &mut Room,
        mut each: impl FnMut(Range<usize>, Tree),
    ) {
        let mut at = 0;
        let mut limit = USUAL;
        // The paragraph that was looked at last.
        let mut paragraph = 0..0;
        while at < words.len() {
            let n = self.fill(text, &words[at..], &opens[at..], limit, room);
            let whole = opens.get(at + n).is_none_or(|&opens| opens);
            self.encode(room);
            self.heads.look(&room.vectors, &mut room.heads);
            let mut start = 0;
            for i in 0..n {
                let closes = if i + 1 == n { whole } else { opens[at + i + 1] };
                let trusted = whole || i + UNSURE < n;
                if at + i >= paragraph.end {
                    let length = opens[at + i + 1..].iter().position(|&opens| opens);
                    paragraph = at + i..length.map_or(words.len(), |length| at + i + 1 + length);
                }
                let mut ends = || {
                    // The first word of a paragraph that goes on from another window is not known to be one.
                    let words = &words[paragraph.start..paragraph.end];
                    let begun = (at + start).max(paragraph.start) - paragraph.start;
                    let gap = at + i - paragraph.start;
                    let second = parts.splitter.lead(text, words, begun, gap, &mut room.keys);
                    let second =
                        second.map_or(-MOST_SAID, |lead| (lead as f32 * SECOND).clamp(-MOST_SAID, MOST_SAID));
                    self.lead(&room.heads, i) + second > 0.0
                };
                if closes || (trusted && divisible(words, at + i) && ends()) {
                    each(
                        at + start..at + i + 1,
                        self.tree(text, &words[at + start..=at + i], start, parts, room),
                    );
                    start = i + 1;
                }
            }
            if start == 0 {
                // A sentence that fills the window: look at more of it; if that is not enough, cut it where an end is
                // likeliest.
                if limit < MOST {
                    limit = MOST;
                    continue;
                }
                let half = n / 2..n;
                let cuts = || half.clone().filter(|&i| divisible(words, at + i));
                let likelier = |a: &usize, b: &usize| {
                    self.lead(&room.heads, *a).total_cmp(&self.lead(&room.heads, *b)).then(b.cmp(a))
                };
                let cut = cuts().max_by(likelier).unwrap_or(n - 1);
                each(at..at + cut + 1, self.tree(text, &words[at..=at + cut], 0, parts, room));
                start = cut + 1;
            }
            limit = USUAL;
            at += start;
        }
    }

    /// The tree of one sentence by itself, whatever its length.
    ///
    /// # Panics
    /// If the words are not of this text.
    pub fn sentence(&self, text: &str, words: &[Word], parts: &NetworkParts, room: &mut Room) -> Tree {
        let mut opens = vec![false; words.len()];
        if let Some(first) = opens.first_mut() {
            *first = true;
        }
        let mut vectors = Vec::new();
        let mut at = 0;
        while at < words.len() {
            at += self.fill(text, &words[at..], &opens[at..], MOST, room);
            self.encode(room);
            vectors.extend_from_slice(&room.vectors);
        }
        self.heads.look(&vectors, &mut room.heads);
        self.tree(text, words, 0, parts, room)
    }

    /// The best pair of tags for word `i` of the window among those that go together.
    fn tags(&self, i: usize, room: &heads::Room) -> (Upos, Xpos) {
        let upos = self.heads.scores(room, i, Tags::Upos);
        let xpos = self.heads.scores(room, i, Tags::Xpos);
        let pairs = self.pairs.iter().map(|&(u, x)| (u, x, upos[u] + xpos[x]));
        let best = pairs.reduce(|best, next| if next.2 > best.2 { next } else { best });
        let (upos, xpos) = best.map_or((heads::best(upos), heads::best(xpos)), |(u, x, _)| (u, x));
        (self.labels.upos[upos], self.labels.xpos[xpos])
    }

    /// Takes only these pairs of tags for possible.
    pub fn allow(&mut self, pairs: &[(Upos, Xpos)]) {
        let Labels { upos, xpos, .. } = &self.labels;
        let place = |pair: &(Upos, Xpos)| {
            Some((upos.iter().position(|u| *u == pair.0)?, xpos.iter().position(|x| *x == pair.1)?))
        };
        self.pairs = pairs.iter().filter_map(place).collect();
    }

    /// How much likelier it is that a sentence ends after word `i` of the window than that it goes on.
    fn lead(&self, room: &heads::Room, i: usize) -> f32 {
        let scores = self.heads.scores(room, i, Tags::End);
        scores[1] - scores[0]
    }

    /// Fills the window with words from the first on; how many there was room for, at least one.
    fn fill(&self, text: &str, words: &[Word], opens: &[bool], limit: usize, room: &mut Room) -> usize {
        room.shapes.clear();
        room.hashes.clear();
        room.pieces.clear();
        room.piece_shapes.clear();
        room.ends.clear();
        let limit = limit.max(MOST_PIECES + 4);
        let mut last_open = 0;
        let mut after_blank = true;
        for (i, word) in words.iter().enumerate().take(LONGEST) {
            let form = word.span.of(text);
            let opens = opens[i] || i == 0;
            let shape = pieces::shape(form, after_blank || opens, opens);
            after_blank = word.space_after;
            match &self.encoder {
                Encoder::Pieces(parts) => {
                    let (vocabulary, _) = &**parts;
                    let before = room.pieces.len();
                    if i == 0 {
                        room.pieces.push(vocabulary.begin);
                    } else if opens {
                        room.pieces.push(vocabulary.end);
                    }
                    room.piece_shapes.resize(room.pieces.len(), 0);
                    let first = room.pieces.len();
                    vocabulary.cut(form, &mut room.cut, &mut room.pieces);
                    if room.pieces.len() >= limit && i > 0 {
                        room.pieces.truncate(before);
                        room.piece_shapes.truncate(before);
                        break;
                    }
                    room.piece_shapes.resize(room.pieces.len(), shape);
                    room.ends.push((first as u32, room.pieces.len() as u32 - 1));
                }
                Encoder::Spellings(convolutions) => {
                    if i >= limit {
                        break;
                    }
                    pieces::hashes(form, convolutions.rows(), &mut room.spelling, &mut room.hashes);
                }
            }
            if opens {
                last_open = i;
            }
            room.shapes.push(shape);
        }
        let mut n = room.shapes.len();
        let cut = words.len() > n && !opens[n];
        if cut && last_open * 10 >= n * 6 {
            // Whole paragraphs fill most of the window: the rest waits for the next one.
            n = last_open;
            room.shapes.truncate(n);
            room.hashes.truncate(n * pieces::HASHES);
            room.ends.truncate(n);
            if let Some(&(_, last)) = room.ends.last() {
                room.pieces.truncate(last as usize + 1);
                room.piece_shapes.truncate(last as usize + 1);
            }
        }
        if let Encoder::Pieces(parts) = &self.encoder {
            room.pieces.push(parts.0.end);
            room.piece_shapes.push(0);
        }
        debug_assert!(room.shapes.iter().all(|&shape| usize::from(shape) < SHAPES));
        n
    }

    fn encode(&self, room: &mut Room) {
        match &self.encoder {
            Encoder::Pieces(parts) => {
                let Room { pieces, piece_shapes, ends, transformer, vectors, .. } = room;
                parts.1.run(pieces, piece_shapes, ends, transformer, vectors);
            }
            Encoder::Spellings(encoder) => {
                let Room { hashes, shapes, convolutions, vectors, .. } = room;
                encoder.run(hashes, shapes, convolutions, vectors);
            }
        }
    }

    /// The tree over words that stand in the window from `first` on.
    fn tree(&self, text: &str, words: &[Word], first: usize, parts: &NetworkParts, room: &mut Room) -> Tree {
        let mut tree = Tree::default();
        let n = words.len();
        if n == 0 {
            return tree;
        }
        let Self { labels, heads, .. } = self;
        heads.parse(first..first + n, &mut room.heads);
        for (i, word) in words.iter().enumerate() {
            let best = |set| heads.best(&room.heads, first + i, set);
            let (upos, xpos) = self.tags(first + i, &room.heads);
            tree.push_tags(upos, xpos, labels.feats[best(Tags::Feats)]);
            let rule = || &labels.lemma[best(Tags::Lemma)];
            let form = word.span.of(text);
            tree.push_lemma(|lemmas| {
                // Of a name in capitals the network knows better whether they are its own.
                let shouted =
                    upos == Upos::Propn && !form.contains(char::is_lowercase) && rule().case == Case::Title;
                if shouted || !parts.lemmatiser.lemma(form, upos, xpos, lemmas) {
                    rule().apply(form, lemmas);
                }
            });
        }
        for (set, layer, labels) in [
            (Tags::Named, NameLayer::Named, &labels.spans[0]),
            (Tags::Outer, NameLayer::Whole, &labels.spans[1]),
            (Tags::Inner, NameLayer::Part, &labels.spans[2]),
        ] {
            let scores = |i| heads.scores(&room.heads, first + i, set);
            naming::spans(labels, n, scores, layer, &mut room.naming, |name| tree.push_name(name));
        }
        room.rels.clear();
        let root = heads_root(&room.heads.heads);
        room.rels.extend(room.heads.relations.iter().enumerate().map(|(i, &rel)| {
            match labels.rel[rel as usize] {
                _ if Some(i) == root => crate::Rel::Root,
                // Only the root is one.
                crate::Rel::Root => crate::Rel::Parataxis,
                rel => rel,
            }
        }));
        let parents = room.heads.heads.iter().map(|&head| (head as usize).checked_sub(1));
        let attached = tree.attach(parents, &room.rels, &room.heads.leads);
        debug_assert_eq!(attached, Ok(()), "the search finds trees alone");
        tree
    }
}

fn heads_root(heads: &[u16]) -> Option<usize> {
    heads.iter().position(|&head| head == 0)
}

/// Whether a sentence may end after this word: not inside a token.
fn divisible(words: &[Word], i: usize) -> bool {
    words.get(i + 1).is_none_or(|word| word.mwt != Mwt::Rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use demarche_record::Span;
    use std::path::PathBuf;

    /// A model with what its trainer says of a few made-up sentences, computed with the same rounded weights.
    fn parts(name: &str) -> Option<(Network, serde_json::Value)> {
        let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"));
        let model = std::fs::read(root.join(format!("../../data/models/{name}/model.bin"))).ok()?;
        let fixture = std::fs::read(root.join(format!("tests/fixtures/{name}.json"))).ok()?;
        match Model::read(&model).unwrap().0 {
            Model::Network(parts) => Some((parts.network, serde_json::from_slice(&fixture).unwrap())),
            Model::Perceptron(_) => None,
        }
    }

    fn numbers(value: &serde_json::Value) -> Vec<f64> {
        value.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect()
    }

    fn near(found: &[f32], wanted: &serde_json::Value) {
        for (found, wanted) in found.iter().zip(numbers(wanted)) {
            assert!((f64::from(*found) - wanted).abs() < 0.05 + 0.01 * wanted.abs(), "{found} {wanted}");
        }
    }

    fn check(name: &str) {
        let Some((network, fixture)) = parts(name) else {
            println!("skipped: there is no model {name}");
            return;
        };
        let mut room = Room::default();
        for sample in fixture.as_array().unwrap() {
            let mut text = String::new();
            let mut words = Vec::new();
            for form in sample["words"].as_array().unwrap() {
                let start = text.len();
                text.push_str(form.as_str().unwrap());
                words.push(Word { span: Span::new(start, text.len()), mwt: Mwt::No, space_after: true });
                text.push(' ');
            }
            let n = words.len();
            let mut opens = vec![false; n];
            opens[0] = true;
            assert_eq!(network.fill(&text, &words, &opens, MOST, &mut room), n);
            let pieces: Vec<f64> = room.pieces.iter().map(|&p| f64::from(p)).collect();
            assert_eq!(pieces, numbers(&sample["pieces"]), "{text}");
            let shapes: Vec<f64> = room.shapes.iter().map(|&s| f64::from(s)).collect();
            assert_eq!(shapes, numbers(&sample["shapes"]), "{text}");
            let hashes = sample["hashes"].as_array().unwrap().iter().flat_map(numbers);
            assert!(hashes.eq(room.hashes.iter().map(|&h| f64::from(h))), "{text}");
            network.encode(&mut room);
            network.heads.look(&room.vectors, &mut room.heads);
            network.heads.parse(0..n, &mut room.heads);
            let arcs = network.heads.arc_scores(&room.heads);
            for i in 0..n {
                near(network.heads.scores(&room.heads, i, Tags::Upos), &sample["upos"][i]);
                near(network.heads.scores(&room.heads, i, Tags::End), &sample["end"][i]);
                near(&arcs[i * (n + 1)..][..n + 1], &sample["arcs"][i]);
            }
        }
    }

    #[test]
    fn the_accurate_model_answers_as_its_trainer_does() {
        check("english-accurate");
    }

    #[test]
    fn the_fast_model_answers_as_its_trainer_does() {
        check("english-fast");
    }
}
