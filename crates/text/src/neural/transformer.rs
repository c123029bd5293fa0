//! The pretrained encoder: a small BERT (MiniLM) over pieces of words.
//!
//! J. Devlin et al., "BERT" (2019); W. Wang et al., "MiniLM" (2020). Every word becomes the mean of its first and last piece.

use super::attention::{self, HEAD};
use super::floats::{self, Norm};
use super::matrix::{Matrix, Quantised};
use super::pieces::SHAPES;
use super::tensors::{self, Table};
use crate::bytes::Reader;
use crate::model::ModelError;

/// The encoder.
#[derive(Debug, Clone)]
pub struct Transformer {
    width: usize,
    pieces: Table,
    places: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug, Clone)]
struct Layer {
    qkv: Matrix,
    out: Matrix,
    norm: Norm,
    up: Matrix,
    down: Matrix,
    last_norm: Norm,
}

/// Room the encoder needs, kept from window to window.
#[derive(Debug, Clone, Default)]
pub struct Room {
    x: Vec<f32>,
    quantised: Quantised,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    attention: attention::Room,
}

const LEAST: f32 = 1e-12;

impl Transformer {
    /// Reads the weights for a vocabulary of `pieces`.
    ///
    /// # Errors
    /// If the bytes are no such weights.
    pub fn read(reader: &mut Reader<'_>, pieces: usize) -> Result<Self, ModelError> {
        let [places, width, inner, layers] = super::sizes(reader)?;
        if !width.is_multiple_of(HEAD) {
            return Err(ModelError::Malformed("the encoder is not made of whole heads"));
        }
        let norm = |reader: &mut Reader<'_>| {
            Ok(Norm::new(tensors::vector(reader, width)?, tensors::vector(reader, width)?, LEAST))
        };
        let table = Table::read(reader, pieces, width)?;
        let places = tensors::vector(reader, places * width)?;
        let shapes = tensors::vector(reader, SHAPES * width)?;
        let first = norm(reader)?;
        let layers = (0..layers).map(|_| {
            Ok(Layer {
                qkv: tensors::matrix(reader, 3 * width, width)?,
                out: tensors::matrix(reader, width, width)?,
                norm: norm(reader)?,
                up: tensors::matrix(reader, inner, width)?,
                down: tensors::matrix(reader, width, inner)?,
                last_norm: norm(reader)?,
            })
        });
        let layers = layers.collect::<Result<_, ModelError>>()?;
        Ok(Self { width, pieces: table, places, shapes, norm: first, layers })
    }

    /// Numbers in the vector of a word.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Most pieces of a window.
    pub fn places(&self) -> usize {
        self.places.len() / self.width
    }

    /// Vectors of the words whose first and last pieces are given; `out` is emptied first.
    pub fn run(
        &self,
        pieces: &[u32],
        shapes: &[u8],
        words: &[(u32, u32)],
        room: &mut Room,
        out: &mut Vec<f32>,
    ) {
        let width = self.width;
        let n = pieces.len();
        let Room { x, quantised, qkv, mixed, wide, attention } = room;
        x.clear();
        x.extend_from_slice(&self.places[..n * width]);
        for ((row, &piece), &shape) in x.chunks_exact_mut(width).zip(pieces).zip(shapes) {
            self.pieces.add(piece as usize, row);
            let shape = &self.shapes[usize::from(shape) * width..][..width];
            row.iter_mut().zip(shape).for_each(|(x, s)| *x += s);
        }
        self.norm.apply(x);
        for layer in &self.layers {
            quantised.fill(x, width);
            layer.qkv.apply(quantised, n, qkv);
            attention::attend(qkv, width, attention, mixed);
            quantised.fill(mixed, width);
            layer.out.apply(quantised, n, wide);
            x.iter_mut().zip(&*wide).for_each(|(x, y)| *x += y);
            layer.norm.apply(x);
            quantised.fill(x, width);
            layer.up.apply(quantised, n, wide);
            floats::gelu_all(wide);
            quantised.fill(wide, layer.up.rows());
            layer.down.apply(quantised, n, mixed);
            x.iter_mut().zip(&*mixed).for_each(|(x, y)| *x += y);
            layer.last_norm.apply(x);
        }
        out.clear();
        for &(first, last) in words {
            let [first, last] = [first, last].map(|at| &x[at as usize * width..][..width]);
            out.extend(first.iter().zip(last).map(|(a, b)| (a + b) * 0.5));
        }
    }
}
