//! What is read off the vectors of words: tags, ends of sentences, arcs and relations.
//!
//! Arcs are scored by a biaffine product (T. Dozat and C. Manning, 2017); relations by a sum and a product of what the two
//! ends show. Which arcs make the tree is decided in `spanning`.

use super::floats::{dot, gelu, gelu_all, products};
use super::labels::Labels;
use super::matrix::{Matrix, Quantised};
use super::tensors;
use super::{projective, spanning};
use crate::bytes::Reader;
use crate::model::ModelError;
use std::ops::Range;

/// The heads.
#[derive(Debug, Clone)]
pub struct Heads {
    tag: usize,
    arc: usize,
    rel: usize,
    /// From a word's vector to all that the heads need of it.
    spread: Matrix,
    tags: Matrix,
    arc_mix: Matrix,
    relations: Matrix,
    /// What the root shows as a head, for arcs and for relations.
    root: Vec<f32>,
    /// Where the scores of each set of tags begin.
    starts: [usize; 9],
}

/// The sets of tags, in the order of their scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tags {
    /// Universal word classes.
    Upos,
    /// Penn tags.
    Xpos,
    /// Features.
    Feats,
    /// Edit scripts.
    Lemma,
    /// Whether a sentence ends.
    End,
    /// Names and times, as the treebank has them.
    Named,
    /// Actors, places and things of conflict; the longest.
    Outer,
    /// The same inside others.
    Inner,
}

/// What the heads say of a window, and room for saying it.
#[derive(Debug, Clone, Default)]
pub struct Room {
    quantised: Quantised,
    spread: Vec<f32>,
    part: Vec<f32>,
    scores: Vec<f32>,
    deps: Vec<f32>,
    arcs: Vec<f32>,
    ends: Vec<f32>,
    rels: Vec<f32>,
    tree: spanning::Room,
    straight: projective::Room,
    /// Heads of the sentence parsed last: 0 is the root, word `i` is `i + 1`.
    pub heads: Vec<u16>,
    /// Numbers of the relations of the sentence parsed last.
    pub relations: Vec<u16>,
    /// Leads of the chosen heads over the next best, from 0.
    pub leads: Vec<f32>,
}

impl Heads {
    /// Reads the heads for vectors of `width` numbers.
    ///
    /// # Errors
    /// If the bytes are no such heads.
    pub fn read(reader: &mut Reader<'_>, width: usize, labels: &Labels) -> Result<Self, ModelError> {
        let [tag, arc, rel] = super::sizes(reader)?;
        let sizes = labels.sizes();
        let mut starts = [0; 9];
        for (i, size) in sizes.iter().enumerate() {
            starts[i + 1] = starts[i] + size;
        }
        let spread = tensors::matrix(reader, tag + 2 * arc + 4 * rel, width)?;
        let tags = tensors::matrix(reader, starts[8], tag)?;
        let arc_mix = tensors::matrix(reader, arc, arc)?;
        let relations = tensors::matrix(reader, labels.rel.len(), rel)?;
        let root = tensors::vector(reader, width)?;
        let mut heads = Self { tag, arc, rel, spread, tags, arc_mix, relations, root: Vec::new(), starts };
        let (mut quantised, mut out) = (Quantised::default(), Vec::new());
        quantised.fill(&root, width);
        heads.spread.apply(&quantised, 1, &mut out);
        let shown = &mut out[tag + arc..];
        gelu_all(&mut shown[..arc]);
        heads.root = [&shown[..arc], &shown[arc + 2 * rel..]].concat();
        Ok(heads)
    }

    /// Scores everything about single words, for rows of vectors.
    pub fn look(&self, vectors: &[f32], room: &mut Room) {
        let width = self.spread.columns();
        let n = vectors.len() / width;
        room.quantised.fill(vectors, width);
        self.spread.apply(&room.quantised, n, &mut room.spread);
        let softened = self.tag + 2 * self.arc;
        room.part.clear();
        for row in room.spread.chunks_exact_mut(self.spread.rows()) {
            gelu_all(&mut row[..softened]);
            room.part.extend_from_slice(&row[..self.tag]);
        }
        room.quantised.fill(&room.part, self.tag);
        self.tags.apply(&room.quantised, n, &mut room.scores);
    }

    /// The scores of word `i` of the window for one set of tags.
    pub fn scores<'r>(&self, room: &'r Room, i: usize, set: Tags) -> &'r [f32] {
        let row = &room.scores[i * self.starts[8]..][..self.starts[8]];
        &row[self.starts[set as usize]..self.starts[set as usize + 1]]
    }

    /// The number of the best tag of word `i`.
    pub fn best(&self, room: &Room, i: usize, set: Tags) -> usize {
        best(self.scores(room, i, set))
    }

    /// Finds the tree over the words `range` of the window: fills `heads`, `relations` and `leads`.
    pub fn parse(&self, range: Range<usize>, room: &mut Room) {
        let n = range.len();
        let rows = self.spread.rows();
        let (arc, rel) = (self.arc, self.rel);
        let words = &room.spread[range.start * rows..range.end * rows];
        room.part.clear();
        for row in words.chunks_exact(rows) {
            room.part.extend_from_slice(&row[self.tag..][..arc]);
        }
        room.quantised.fill(&room.part, arc);
        self.arc_mix.apply(&room.quantised, n, &mut room.deps);
        room.arcs.clear();
        for dep in room.deps.chunks_exact(arc) {
            room.arcs.push(dot(dep, &self.root[..arc]));
            products(dep, words.get(self.tag + arc..).unwrap_or_default(), rows, &mut room.arcs);
        }
        spanning::best_tree(&room.arcs, n, &mut room.tree, &mut room.heads);
        projective::straighten(&room.arcs, &mut room.straight, &mut room.heads);
        room.leads.clear();
        let scale = 1.0 / (arc as f32).sqrt();
        for (i, (row, &head)) in room.arcs.chunks_exact(n + 1).zip(&room.heads).enumerate() {
            let others = row.iter().enumerate().filter(|(k, _)| *k != i + 1 && *k != head as usize);
            let next = others.fold(f32::MIN, |most, (_, &score)| most.max(score));
            room.leads.push(((row[head as usize] - next.max(-1e9)) * scale).clamp(0.0, 1e3));
        }
        let first = self.tag + 2 * arc;
        room.ends.clear();
        for (row, &head) in words.chunks_exact(rows).zip(&room.heads) {
            let dep = &row[first..][..2 * rel];
            let head = match (head as usize).checked_sub(1) {
                None => &self.root[arc..],
                Some(head) => &words[head * rows + first + 2 * rel..][..2 * rel],
            };
            let pairs = dep[..rel].iter().zip(&head[..rel]).zip(dep[rel..].iter().zip(&head[rel..]));
            room.ends.extend(pairs.map(|((a, b), (d, e))| gelu(a + b) + d * e));
        }
        room.quantised.fill(&room.ends, rel);
        self.relations.apply(&room.quantised, n, &mut room.rels);
        room.relations.clear();
        room.relations.extend(room.rels.chunks_exact(self.relations.rows()).map(|row| best(row) as u16));
    }

    /// Scores of all heads of the sentence parsed last, word by word; the root first.
    #[cfg(test)]
    pub fn arc_scores(&self, room: &Room) -> Vec<f32> {
        room.arcs.iter().map(|score| score / (self.arc as f32).sqrt()).collect()
    }
}

/// The place of the largest number, the first of equals.
pub fn best(scores: &[f32]) -> usize {
    scores.iter().enumerate().fold(0, |best, (i, score)| if *score > scores[best] { i } else { best })
}
