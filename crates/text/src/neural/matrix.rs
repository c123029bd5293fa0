//! Matrices of whole numbers: weights of eight bits with a scale for every row, activations of fourteen.
//!
//! All products are summed as integers, so a result does not depend on the processor or on the order of the sum; the
//! vector instructions of the processor at hand only make it faster. What the numbers mean is left to the layers.

use super::floats::swiftly;
use super::panel::{Kernel, LANES, ROWS};
use crate::model::ModelError;
use pulp::NullaryFnOnce;

/// Largest absolute value of a quantised activation. With at most [`WIDEST`] columns and weights of at most 127 a sum
/// stays below 2³¹.
const LIMIT: f32 = 8191.0;
/// Most columns of a matrix.
const WIDEST: usize = 2048;
/// Added to a number below 2²² in size it leaves the number, rounded to even, in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// Rows of activations, quantised for multiplication.
#[derive(Debug, Clone, Default)]
pub struct Quantised {
    /// Pairs of neighbouring columns, row by row; rows are filled up to a multiple of [`ROWS`].
    pairs: Vec<[i16; 2]>,
    /// Size of one step, for every row.
    steps: Vec<f32>,
    /// Pairs in a row.
    width: usize,
    /// Largest values of the rows of a window.
    sizes: Vec<f32>,
}

impl Quantised {
    /// Quantises `rows` of `width` columns each, an even number; every row by its own largest value.
    pub fn fill(&mut self, rows: &[f32], width: usize) {
        self.make_room(rows.len() / width, width);
        swiftly(Rows { quantised: self, rows, width });
    }

    /// Quantises for every row of `rows` the row `apart` before it, itself and the row `apart` behind it, side by side;
    /// nothing where there is none.
    pub fn fill_windows(&mut self, rows: &[f32], width: usize, apart: usize) {
        self.make_room(rows.len() / width, 3 * width);
        swiftly(Windows { quantised: self, rows, width, apart });
    }

    /// What was there stays: rows are written over, and a step of 0 takes what is left out of every product.
    fn make_room(&mut self, count: usize, width: usize) {
        self.width = width / 2;
        self.pairs.resize(count.next_multiple_of(ROWS) * self.width, [0; 2]);
        self.steps.resize(count.next_multiple_of(ROWS), 0.0);
    }
}

struct Rows<'a> {
    quantised: &'a mut Quantised,
    rows: &'a [f32],
    width: usize,
}

impl NullaryFnOnce for Rows<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Quantised { pairs, steps, width: half, .. } = self.quantised;
        let rows = self.rows.chunks_exact(self.width).zip(pairs.chunks_exact_mut(*half));
        for ((row, out), step) in rows.zip(steps) {
            let per;
            (*step, per) = scale(largest(row));
            quantise(row, per, out);
        }
    }
}

struct Windows<'a> {
    quantised: &'a mut Quantised,
    rows: &'a [f32],
    width: usize,
    apart: usize,
}

impl NullaryFnOnce for Windows<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { quantised, rows, width, apart } = self;
        let Quantised { pairs, steps, width: half, sizes } = quantised;
        let count = rows.len() / width;
        let row = |i: usize| &rows[i * width..][..width];
        sizes.clear();
        sizes.extend((0..count).map(|i| largest(row(i))));
        for ((i, out), step) in (0..count).zip(pairs.chunks_exact_mut(*half)).zip(steps) {
            let near = [i.checked_sub(apart), Some(i), Some(i + apart).filter(|&i| i < count)];
            let most = near.iter().flatten().fold(0.0f32, |most, &i| most.max(sizes[i]));
            let per;
            (*step, per) = scale(most);
            for (near, out) in near.into_iter().zip(out.chunks_exact_mut(width / 2)) {
                match near {
                    Some(i) => quantise(row(i), per, out),
                    None => out.fill([0; 2]),
                }
            }
        }
    }
}

/// The size of the largest number.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    const LANES: usize = 8;
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut most = [0.0f32; LANES];
    let larger = |most: f32, x: f32| if x.abs() > most { x.abs() } else { most };
    for chunk in chunks {
        for l in 0..LANES {
            most[l] = larger(most[l], chunk[l]);
        }
    }
    most.iter().chain(rest).fold(0.0, |most, &x| larger(most, x))
}

/// The size of one step for numbers up to `largest`, and how many steps are one; both 0 where that says nothing.
#[inline(always)]
fn scale(largest: f32) -> (f32, f32) {
    if largest > 1e-20 && largest < 1e20 { (largest / LIMIT, LIMIT / largest) } else { (0.0, 0.0) }
}

#[inline(always)]
fn quantise(row: &[f32], per: f32, out: &mut [[i16; 2]]) {
    for (pair, x) in out.iter_mut().zip(row.as_chunks::<2>().0) {
        *pair = [whole(x[0] * per), whole(x[1] * per)];
    }
}

#[inline(always)]
fn whole(x: f32) -> i16 {
    ((x + ROUNDER).to_bits() as i32 - ROUNDER.to_bits() as i32) as i16
}

/// A matrix that maps rows of `columns` numbers to rows of `rows` numbers, with a bias.
#[derive(Debug, Clone)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    /// Weights by panels of [`LANES`] rows: for every pair of columns the pairs of all rows.
    panels: Vec<[[i16; 2]; LANES]>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Packs weights given row by row.
    ///
    /// # Errors
    /// If the number of columns is odd or too large, or the parts do not fit together.
    pub fn new(
        rows: usize,
        columns: usize,
        weights: &[i8],
        scales: &[f32],
        bias: &[f32],
    ) -> Result<Self, ModelError> {
        let fits = columns.is_multiple_of(2) && columns <= WIDEST && rows > 0;
        if !fits || weights.len() != rows * columns || scales.len() != rows || bias.len() != rows {
            return Err(ModelError::Malformed("a matrix is not of the size it should be"));
        }
        let half = columns / 2;
        let padded = rows.next_multiple_of(LANES);
        let mut panels = vec![[[0i16; 2]; LANES]; padded / LANES * half];
        for (row, weights) in weights.chunks_exact(columns).enumerate() {
            let panel = &mut panels[row / LANES * half..][..half];
            for (pair, lanes) in weights.chunks_exact(2).zip(panel) {
                lanes[row % LANES] = [pair[0].into(), pair[1].into()];
            }
        }
        let pad = |values: &[f32]| {
            let mut values = values.to_vec();
            values.resize(padded, 0.0);
            values
        };
        Ok(Self { rows, columns, panels, scales: pad(scales), bias: pad(bias) })
    }

    /// Numbers in a row of the result.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Numbers in a row that goes in.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Multiplies every row of `input`, which has `count` of them; `out` is written over.
    pub fn apply(&self, input: &Quantised, count: usize, out: &mut Vec<f32>) {
        debug_assert_eq!(input.width * 2, self.columns);
        out.resize(count * self.rows, 0.0);
        if count == 0 {
            return;
        }
        let half = self.columns / 2;
        let kernel = Kernel::fastest();
        let mut sums = [[0i32; LANES]; ROWS];
        for (number, panel) in self.panels.chunks_exact(half).enumerate() {
            let first = number * LANES;
            let lanes = LANES.min(self.rows - first);
            let scales = &self.scales[first..first + LANES];
            let bias = &self.bias[first..first + LANES];
            for (group, rows) in input.pairs.chunks_exact(half * ROWS).enumerate() {
                kernel.multiply(rows, panel, &mut sums);
                for (r, sums) in sums.iter().enumerate().take(count.saturating_sub(group * ROWS)) {
                    let row = group * ROWS + r;
                    let step = input.steps[row];
                    let out = &mut out[row * self.rows + first..][..lanes];
                    for (((out, &sum), &scale), &bias) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
                        *out = sum as f32 * (step * scale) + bias;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_that_of_plain_arithmetic() {
        let (rows, columns, count) = (29, 14, 5);
        let weights: Vec<i8> = (0..rows * columns).map(|i| ((i * 37) % 255) as i8).collect();
        let scales: Vec<f32> = (0..rows).map(|i| 0.01 + i as f32 * 0.001).collect();
        let bias: Vec<f32> = (0..rows).map(|i| i as f32 - 3.0).collect();
        let matrix = Matrix::new(rows, columns, &weights, &scales, &bias).unwrap();
        let input: Vec<f32> = (0..count * columns).map(|i| ((i * 13) % 29) as f32 / 7.0 - 2.0).collect();
        let (mut quantised, mut out) = (Quantised::default(), Vec::new());
        quantised.fill(&input, columns);
        matrix.apply(&quantised, count, &mut out);
        for m in 0..count {
            for r in 0..rows {
                let exact: f32 = (0..columns)
                    .map(|c| input[m * columns + c] * f32::from(weights[r * columns + c]) * scales[r])
                    .sum();
                assert!((out[m * rows + r] - exact - bias[r]).abs() < 0.02, "{m} {r}");
            }
        }
    }

    #[test]
    fn windows_are_the_rows_side_by_side() {
        let (width, count, apart) = (6, 5, 2);
        let rows: Vec<f32> = (0..count * width).map(|i| ((i * 17) % 23) as f32 - 11.0).collect();
        let mut beside = Vec::new();
        for i in 0..count as isize {
            for at in [i - apart, i, i + apart] {
                match usize::try_from(at) {
                    Ok(at) if at < count => beside.extend_from_slice(&rows[at * width..][..width]),
                    _ => beside.extend([0.0; 6]),
                }
            }
        }
        let (mut plain, mut windows) = (Quantised::default(), Quantised::default());
        // What an earlier use left there must not show.
        windows.fill(&[9.0; 240], 24);
        plain.fill(&beside, 3 * width);
        windows.fill_windows(&rows, width, apart as usize);
        assert_eq!(plain.pairs[..count * 9], windows.pairs[..count * 9]);
        assert_eq!(plain.steps[..count], windows.steps[..count]);
    }

    #[test]
    fn rows_of_nothing_and_of_no_number_give_the_bias() {
        let matrix = Matrix::new(1, 2, &[3, -4], &[1.0], &[0.5]).unwrap();
        let (mut quantised, mut out) = (Quantised::default(), Vec::new());
        quantised.fill(&[0.0, 0.0, f32::NAN, f32::INFINITY], 2);
        matrix.apply(&quantised, 2, &mut out);
        assert_eq!(out, [0.5, 0.5]);
        assert!(Matrix::new(1, 3, &[1, 2, 3], &[1.0], &[0.0]).is_err());
    }
}
