//! A neural network that reads text: an encoder gives every word a vector, heads read sentence ends, tags, lemmas, trees
//! and names off it.
//!
//! Two encoders, one set of heads, one file format. Training is left to `crates/train/python`, words to `token`, zones to
//! `engine`. Weights have eight bits and products are summed as integers (`matrix`), real numbers are computed in a fixed
//! order from the basic operations (`floats`): the same text gives the same bytes on every machine.

mod attention;
mod convolutions;
mod floats;
mod heads;
mod labels;
mod matrix;
mod naming;
mod network;
mod panel;
mod pieces;
mod punctuation;
mod recent;
mod spanning;
mod tensors;
mod transformer;

pub use network::{Network, Room};

use crate::bytes::Reader;
use crate::model::ModelError;

/// Largest dimension a model file may name: sizes are multiplied before the bytes are counted.
const LARGEST: u64 = 1 << 20;

/// The next numbers, each a dimension of the network.
fn sizes<const N: usize>(reader: &mut Reader<'_>) -> Result<[usize; N], ModelError> {
    let mut sizes = [0; N];
    for size in &mut sizes {
        *size = match reader.number()? {
            found @ 1..=LARGEST => found as usize,
            _ => return Err(ModelError::Malformed("a dimension of the network is out of range")),
        };
    }
    Ok(sizes)
}
