//! Reading weights: matrices and tables of eight bits, vectors of 32.
//!
//! Sizes are what the caller expects, and numbers are finite; anything else is a malformed model.

use super::matrix::Matrix;
use crate::bytes::Reader;
use crate::model::ModelError;

const SIZE: ModelError = ModelError::Malformed("a list of weights is not of the size it should be");

/// A list of exactly `count` numbers.
pub fn vector(reader: &mut Reader<'_>, count: usize) -> Result<Vec<f32>, ModelError> {
    if reader.number()? != count as u64 {
        return Err(SIZE);
    }
    floats(reader, count)
}

fn floats(reader: &mut Reader<'_>, count: usize) -> Result<Vec<f32>, ModelError> {
    let bytes = reader.take(count.checked_mul(4).ok_or(SIZE)?)?;
    let numbers: Vec<f32> = bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
    if numbers.iter().all(|x| x.is_finite()) {
        Ok(numbers)
    } else {
        Err(ModelError::Malformed("a weight is no number"))
    }
}

/// A matrix of `rows` by `columns` with its bias.
pub fn matrix(reader: &mut Reader<'_>, rows: usize, columns: usize) -> Result<Matrix, ModelError> {
    if reader.number()? != rows as u64 || reader.number()? != columns as u64 {
        return Err(SIZE);
    }
    let scales = floats(reader, rows)?;
    let weights = reader.take(rows.checked_mul(columns).ok_or(SIZE)?)?;
    let weights: Vec<i8> = weights.iter().map(|&byte| byte as i8).collect();
    let bias = floats(reader, rows)?;
    Matrix::new(rows, columns, &weights, &scales, &bias)
}

/// A table of rows that are looked up.
#[derive(Debug, Clone)]
pub struct Table {
    width: usize,
    scales: Vec<f32>,
    weights: Vec<i8>,
}

impl Table {
    /// Reads a table of `rows` by `width`.
    ///
    /// # Errors
    /// If it is of another size or the bytes end.
    pub fn read(reader: &mut Reader<'_>, rows: usize, width: usize) -> Result<Self, ModelError> {
        if reader.number()? != rows as u64 || reader.number()? != width as u64 {
            return Err(SIZE);
        }
        let scales = floats(reader, rows)?;
        let weights = reader.take(rows.checked_mul(width).ok_or(SIZE)?)?;
        Ok(Self { width, scales, weights: weights.iter().map(|&byte| byte as i8).collect() })
    }

    /// Adds a row to `out`.
    pub fn add(&self, row: usize, out: &mut [f32]) {
        let scale = self.scales[row];
        let weights = &self.weights[row * self.width..][..self.width];
        for (out, &weight) in out.iter_mut().zip(weights) {
            *out += f32::from(weight) * scale;
        }
    }
}
