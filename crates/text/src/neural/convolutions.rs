//! The small encoder: hashed spellings and shapes of words, then convolutions over three words.
//!
//! The recipe of spaCy's tok2vec, with the words of later layers further apart, so that each sees far with few layers.

use super::floats::{self, Norm};
use super::matrix::{Matrix, Quantised};
use super::pieces::{HASHES, SHAPES};
use super::recent::{Recent, Spelling};
use super::tensors::{self, Table};
use crate::bytes::Reader;
use crate::model::ModelError;
use std::sync::atomic::{AtomicU64, Ordering};

/// Encoders read so far, by which kept vectors are known to be of the encoder at hand.
static READ: AtomicU64 = AtomicU64::new(0);

/// The encoder.
#[derive(Debug, Clone)]
pub struct Convolutions {
    number: u64,
    spellings: Table,
    rows: usize,
    shapes: Vec<f32>,
    inner: usize,
    mix: Matrix,
    first: Norm,
    layers: Vec<Layer>,
}

/// A convolution over a word and the two that stand `apart` from it.
#[derive(Debug, Clone)]
struct Layer {
    apart: usize,
    matrix: Matrix,
    norm: Norm,
}

/// Room the encoder needs, kept from window to window.
#[derive(Debug, Clone, Default)]
pub struct Room {
    recent: Recent,
    new: Vec<(usize, Spelling)>,
    input: Vec<f32>,
    quantised: Quantised,
    change: Vec<f32>,
}

const LEAST: f32 = 1e-5;

impl Convolutions {
    /// Reads the weights.
    ///
    /// # Errors
    /// If the bytes are no such weights.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let [rows, inner, width, layers] = super::sizes(reader)?;
        let spellings = Table::read(reader, rows, inner)?;
        let shapes = tensors::vector(reader, SHAPES * inner)?;
        let norm = |reader: &mut Reader<'_>| {
            Ok(Norm::new(tensors::vector(reader, width)?, tensors::vector(reader, width)?, LEAST))
        };
        let mix = tensors::matrix(reader, width, inner * (HASHES + 1))?;
        let first = norm(reader)?;
        let layers = (0..layers).map(|_| {
            let [apart] = super::sizes(reader)?;
            Ok(Layer { apart, matrix: tensors::matrix(reader, width, 3 * width)?, norm: norm(reader)? })
        });
        let layers = layers.collect::<Result<_, ModelError>>()?;
        let number = READ.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(Self { number, spellings, rows, shapes, inner, mix, first, layers })
    }

    /// Numbers in the vector of a word.
    pub fn width(&self) -> usize {
        self.mix.rows()
    }

    /// Rows of the table of spellings.
    pub fn rows(&self) -> u32 {
        self.rows as u32
    }

    /// Vectors of the words with these hashes and shapes; `x` is emptied first.
    pub fn run(&self, hashes: &[u32], shapes: &[u8], room: &mut Room, x: &mut Vec<f32>) {
        let (n, width) = (shapes.len(), self.width());
        self.words(hashes, shapes, room, x);
        let Room { input, quantised, change, .. } = room;
        for Layer { apart, matrix, norm } in &self.layers {
            input.clear();
            input.resize(n * 3 * width, 0.0);
            for (i, row) in input.chunks_exact_mut(3 * width).enumerate() {
                let word = |at: usize| &x[at * width..][..width];
                if i >= *apart {
                    row[..width].copy_from_slice(word(i - apart));
                }
                row[width..2 * width].copy_from_slice(word(i));
                if i + apart < n {
                    row[2 * width..].copy_from_slice(word(i + apart));
                }
            }
            quantised.fill(input, 3 * width);
            matrix.apply(quantised, n, change);
            floats::gelu_all(change);
            x.iter_mut().zip(&*change).for_each(|(x, y)| *x += y);
            norm.apply(x);
        }
    }

    /// Vectors of the words, each by itself.
    fn words(&self, hashes: &[u32], shapes: &[u8], room: &mut Room, x: &mut Vec<f32>) {
        let Room { recent, new, input, quantised, change } = room;
        let (inner, width) = (self.inner, self.width());
        recent.serve(self.number, width);
        x.clear();
        x.resize(shapes.len() * width, 0.0);
        new.clear();
        let words = hashes.as_chunks::<HASHES>().0.iter().copied().zip(shapes.iter().copied());
        for ((i, word), out) in words.enumerate().zip(x.chunks_exact_mut(width)) {
            match recent.vector(&word) {
                Some(vector) => out.copy_from_slice(vector),
                None => new.push((i, word)),
            }
        }
        input.clear();
        input.resize(new.len() * self.mix.columns(), 0.0);
        for (row, (_, (hashes, shape))) in input.chunks_exact_mut(self.mix.columns()).zip(&*new) {
            let (spelling, look) = row.split_at_mut(inner * HASHES);
            for (part, &hash) in spelling.chunks_exact_mut(inner).zip(hashes) {
                self.spellings.add(hash as usize, part);
            }
            look.copy_from_slice(&self.shapes[usize::from(*shape) * inner..][..inner]);
        }
        quantised.fill(input, self.mix.columns());
        self.mix.apply(quantised, new.len(), change);
        floats::gelu_all(change);
        self.first.apply(change);
        for ((i, word), vector) in new.iter().zip(change.chunks_exact(width)) {
            x[i * width..][..width].copy_from_slice(vector);
            recent.keep(*word, vector);
        }
    }
}
