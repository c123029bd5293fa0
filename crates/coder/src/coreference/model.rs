//! Weights of features that decide what a phrase stands for; as bytes: magic, format, content hash, weights.

use super::features;
use crate::seal::{Broken, open, seal};

const MAGIC: [u8; 4] = *b"DMCR";

/// Raised whenever the features or the form of the file change.
const FORMAT: u32 = 1;

/// Weights there are; features share them by the lower bits of their numbers.
pub const SIZE: usize = 1 << 18;

/// Weights of features, in thousandths of a natural logarithm of odds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreferenceModel {
    weights: Vec<i16>,
}

/// Why bytes are no model of coreference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CoreferenceError {
    /// They do not begin as one does.
    #[error("not a model of coreference")]
    Foreign,
    /// They were written by another version.
    #[error("a model of coreference of format {found}; this program reads format {FORMAT}")]
    Format {
        /// The format they say.
        found: u32,
    },
    /// They were altered or cut off.
    #[error("a model of coreference that was altered or cut off after it was written")]
    Altered,
}

impl From<Broken> for CoreferenceError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Foreign => Self::Foreign,
            Broken::Format(found) => Self::Format { found },
            Broken::Altered => Self::Altered,
        }
    }
}

impl CoreferenceModel {
    /// A model of learned weights, by the lower bits of the features; kept in steps of a thousandth.
    pub fn new(learned: &[f32]) -> Self {
        // What is out of reach of sixteen bits is cut by the conversion.
        let mut weights: Vec<i16> = learned.iter().map(|w| (w * 1000.0).round() as i16).collect();
        weights.resize(SIZE, 0);
        Self { weights }
    }

    /// The score of a set of features.
    pub fn score(&self, features: &[u32]) -> i32 {
        features.iter().map(|&f| i32::from(self.weights[f as usize & (SIZE - 1)])).sum()
    }

    /// The score of a set of features for one of the decisions that concern a phrase alone.
    pub fn score_as(&self, features: &[u32], decision: u32) -> i32 {
        features
            .iter()
            .map(|&f| i32::from(self.weights[features::of(f, decision) as usize & (SIZE - 1)]))
            .sum()
    }

    /// The model as bytes; the same model gives the same bytes. Runs of zeros are counted.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        let mut at = 0;
        while at < self.weights.len() {
            let zeros = self.weights[at..].iter().take_while(|w| **w == 0).count().min(usize::from(u16::MAX));
            let rest = &self.weights[at + zeros..];
            let filled = rest.iter().take_while(|w| **w != 0).count().min(usize::from(u16::MAX));
            body.extend((zeros as u16).to_le_bytes());
            body.extend((filled as u16).to_le_bytes());
            body.extend(rest[..filled].iter().flat_map(|w| w.to_le_bytes()));
            at += zeros + filled;
        }
        seal(MAGIC, FORMAT, &body)
    }

    /// The model in these bytes.
    ///
    /// # Errors
    /// If they are none, of another format, or altered.
    pub fn load(bytes: &[u8]) -> Result<Self, CoreferenceError> {
        let body = open(MAGIC, FORMAT, bytes)?;
        let mut numbers = body.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let mut weights: Vec<i16> = Vec::with_capacity(SIZE);
        while let (Some(zeros), Some(filled)) = (numbers.next(), numbers.next()) {
            weights.resize(weights.len() + usize::from(zeros), 0);
            weights.extend(numbers.by_ref().take(usize::from(filled)).map(|n| n as i16));
        }
        if weights.len() == SIZE { Ok(Self { weights }) } else { Err(CoreferenceError::Altered) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_give_the_model_back_and_altered_ones_are_refused() {
        let mut learned = vec![0.0; SIZE];
        (learned[3], learned[4], learned[SIZE - 1]) = (1.0, -0.5, 0.25);
        let model = CoreferenceModel::new(&learned);
        assert_eq!(model.score(&[3, 4, SIZE as u32 - 1]), 1_000 - 500 + 250);
        assert_eq!(model.score(&[3 + SIZE as u32]), 1_000, "the lower bits count");
        let bytes = model.to_bytes();
        assert!(bytes.len() < 100, "{}", bytes.len());
        assert_eq!(CoreferenceModel::load(&bytes), Ok(model));
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            assert!(CoreferenceModel::load(&altered).is_err(), "byte {at}");
        }
        assert_eq!(CoreferenceModel::load(&bytes[..20]), Err(CoreferenceError::Foreign));
    }
}
