//! The model as data and as bytes: magic, format, content hash, then one postcard record.

use crate::seal::{Broken, open, seal};
use serde::{Deserialize, Serialize};

const MAGIC: [u8; 4] = *b"DMCH";

/// Raised whenever the record's fields or the features change.
const FORMAT: u32 = 1;

/// Weights of features for classes; a share for every class comes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceModel {
    /// The classes, in order.
    classes: Vec<String>,
    /// Keys of the features, ascending.
    keys: Vec<u32>,
    /// For every key a weight for every class, in units of `unit`.
    weights: Vec<i16>,
    /// What a weight of one is worth.
    unit: f32,
}

/// Why bytes are no model of choice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// They do not begin as one does.
    #[error("not a model of choice")]
    Foreign,
    /// They were written by another version.
    #[error("a model of choice of format {found}; this program reads format {FORMAT}")]
    Format {
        /// The format they say.
        found: u32,
    },
    /// They were altered or cut off.
    #[error("a model of choice that was altered or cut off after it was written")]
    Altered,
    /// They are whole but do not fit together.
    #[error("a model of choice that cannot be read: {0}")]
    Content(String),
}

impl From<Broken> for ChoiceError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Foreign => Self::Foreign,
            Broken::Format(found) => Self::Format { found },
            Broken::Altered => Self::Altered,
        }
    }
}

impl ChoiceModel {
    /// A model of learned weights, a row of `classes.len()` for every key; rows that are all but zero are left out.
    /// Weights are kept in steps of a 32,000th of the largest.
    pub fn new(classes: Vec<String>, rows: &[(u32, Vec<f32>)]) -> Self {
        let largest = rows.iter().flat_map(|(_, row)| row).fold(1e-6f32, |m, w| m.max(w.abs()));
        let unit = largest / 32_000.0;
        let mut sorted: Vec<&(u32, Vec<f32>)> =
            rows.iter().filter(|(_, row)| row.iter().any(|w| w.abs() > largest / 2_000.0)).collect();
        sorted.sort_by_key(|(key, _)| *key);
        sorted.dedup_by_key(|(key, _)| *key);
        let keys = sorted.iter().map(|(key, _)| *key).collect();
        let weights =
            sorted.iter().flat_map(|(_, row)| row.iter().map(|w| (w / unit).round() as i16)).collect();
        Self { classes, keys, weights, unit }
    }

    /// The classes, in order.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The share of every class, in their order; they sum to 1.
    pub fn shares(&self, features: &[(u32, f32)]) -> Vec<f64> {
        let n = self.classes.len();
        let mut sums = vec![0f64; n];
        for &(key, value) in features {
            if let Ok(at) = self.keys.binary_search(&key) {
                for (sum, &weight) in sums.iter_mut().zip(&self.weights[at * n..]) {
                    *sum += f64::from(value) * f64::from(weight);
                }
            }
        }
        let most = sums.iter().fold(f64::MIN, |m, &s| m.max(s));
        // The same bytes on every machine: no function of the platform's.
        let raised: Vec<f64> = sums.iter().map(|s| libm::exp((s - most) * f64::from(self.unit))).collect();
        let total: f64 = raised.iter().sum();
        raised.into_iter().map(|r| r / total).collect()
    }

    /// The model as bytes; the same model gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Growing a vector cannot fail, and no field refuses to be written.
        let body = postcard::to_allocvec(self).unwrap_or_default();
        seal(MAGIC, FORMAT, &body)
    }

    /// The model in these bytes.
    ///
    /// # Errors
    /// If they are none, of another format, altered, or do not fit together.
    pub fn load(bytes: &[u8]) -> Result<Self, ChoiceError> {
        let body = open(MAGIC, FORMAT, bytes)?;
        let model: Self = postcard::from_bytes(body).map_err(|e| ChoiceError::Content(e.to_string()))?;
        let ascending = model.keys.is_sorted_by(|a, b| a < b);
        if !ascending
            || model.classes.is_empty()
            || model.weights.len() != model.keys.len() * model.classes.len()
        {
            return Err(ChoiceError::Content("its tables do not fit together".to_owned()));
        }
        Ok(model)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> ChoiceModel {
        let rows = [(9, vec![1.0, -1.0]), (3, vec![0.0, 0.5]), (5, vec![0.0, 0.0])];
        ChoiceModel::new(vec!["A".into(), "B".into()], &rows)
    }

    #[test]
    fn shares_are_those_of_a_logistic_model() {
        let model = model();
        assert_eq!(model.shares(&[]), [0.5, 0.5]);
        let shares = model.shares(&[(9, 1.0), (3, 2.0), (77, 5.0)]);
        // exp(1) against exp(-1 + 1)
        assert!((shares[0] - 0.731_058).abs() < 1e-3, "{shares:?}");
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn bytes_give_the_model_back_and_altered_ones_are_refused() {
        let bytes = model().to_bytes();
        assert_eq!(ChoiceModel::load(&bytes), Ok(model()));
        assert_eq!(ChoiceModel::load(b"short"), Err(ChoiceError::Foreign));
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            assert!(ChoiceModel::load(&altered).is_err(), "byte {at}");
        }
        assert_eq!(ChoiceModel::load(&bytes[..bytes.len() - 1]), Err(ChoiceError::Altered));
    }
}
