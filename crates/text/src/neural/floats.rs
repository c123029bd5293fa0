//! The few functions of real numbers that the network needs, from additions, multiplications, divisions and square roots
//! alone: the same bits on every processor. Sums run in eight fixed lanes.

/// Numbers that are summed side by side.
pub const LANES: usize = 8;

/// Runs `work` with the vector instructions of the processor at hand; multiplication and addition are never fused, so
/// nothing but the time depends on them.
#[inline(always)]
pub fn swiftly<W: pulp::NullaryFnOnce>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(work);
    }
    work.call()
}

/// e to the power of `x`, to six digits; 0 below -87 and e^87 above 87.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const ROUNDER: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = x - n * 0.693_359_4 - n * -2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_6e-1;
    let p = p * r + 0.5;
    let y = p * r * r + r + 1.0;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3F80_0000));
    y * power
}

/// The Gaussian error linear unit, in the form with a hyperbolic tangent.
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    let z = 1.595_769 * (x + 0.044_715 * x * x * x);
    x / (1.0 + exp(-z))
}

struct Gelu<'a>(&'a mut [f32]);

impl pulp::NullaryFnOnce for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for x in self.0 {
            *x = gelu(*x);
        }
    }
}

/// Applies [`gelu`] to every number.
pub fn gelu_all(numbers: &mut [f32]) {
    swiftly(Gelu(numbers));
}

struct AddGelu<'a>(&'a mut [f32], &'a [f32]);

impl pulp::NullaryFnOnce for AddGelu<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (x, &y) in self.0.iter_mut().zip(self.1) {
            *x += gelu(y);
        }
    }
}

/// Adds the [`gelu`] of every number of `change` to the one of `numbers` in its place.
pub fn add_gelu(numbers: &mut [f32], change: &[f32]) {
    swiftly(AddGelu(numbers, change));
}

struct Products<'a> {
    row: &'a [f32],
    rows: &'a [f32],
    stride: usize,
    out: &'a mut Vec<f32>,
}

impl pulp::NullaryFnOnce for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { row, rows, stride, out } = self;
        out.extend(rows.chunks(stride).map(|other| dot(row, &other[..row.len()])));
    }
}

/// Appends the product of `row` with what begins at every `stride`th number of `rows`, as [`dot`] gives it.
pub fn products(row: &[f32], rows: &[f32], stride: usize, out: &mut Vec<f32>) {
    swiftly(Products { row, rows, stride, out });
}

/// The sum of the products of two rows of like length.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a.iter().zip(b) {
        for l in 0..LANES {
            lanes[l] += a[l] * b[l];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).fold(0.0, |sum, (a, b)| sum + a * b);
    total(lanes) + rest
}

#[inline(always)]
fn total(lanes: [f32; LANES]) -> f32 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for l in 0..LANES {
            lanes[l] += of(chunk[l]);
        }
    }
    rest.iter().fold(total(lanes), |sum, &x| sum + of(x))
}

/// A layer that gives rows a mean and a spread of their own.
#[derive(Debug, Clone)]
pub struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
    least: f32,
}

struct Normalise<'a>(&'a Norm, &'a mut [f32]);

impl pulp::NullaryFnOnce for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Normalise(norm, rows) = self;
        let width = norm.scale.len();
        let count = width as f32;
        for row in rows.chunks_exact_mut(width) {
            let mean = sum(row, |x| x) / count;
            let spread = sum(row, |x| (x - mean) * (x - mean)) / count;
            let per = 1.0 / (spread + norm.least).sqrt();
            for ((x, &scale), &shift) in row.iter_mut().zip(&norm.scale).zip(&norm.shift) {
                *x = (*x - mean) * per * scale + shift;
            }
        }
    }
}

impl Norm {
    /// A layer with these weights; `least` is added to the variance.
    pub fn new(scale: Vec<f32>, shift: Vec<f32>, least: f32) -> Self {
        Self { scale, shift, least }
    }

    /// Normalises every row.
    pub fn apply(&self, rows: &mut [f32]) {
        swiftly(Normalise(self, rows));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_of_e_is_near_the_real_one() {
        for i in -800..800 {
            let x = i as f32 * 0.1;
            let real = f64::from(x).exp();
            assert!((f64::from(exp(x)) / real - 1.0).abs() < 2e-6, "{x}");
        }
        assert!(exp(-1e9) < 1e-37 && exp(f32::NEG_INFINITY) >= 0.0);
        assert!(exp(1e9).is_finite());
    }

    #[test]
    fn rows_are_normalised() {
        let norm = Norm::new(vec![2.0; 11], vec![1.0; 11], 1e-12);
        let mut row: Vec<f32> = (0..11).map(|i| i as f32).collect();
        norm.apply(&mut row);
        assert!((row.iter().sum::<f32>() / 11.0 - 1.0).abs() < 1e-5);
        assert!((row[0] - (1.0 - 2.0 * 5.0 / 10f32.sqrt())).abs() < 1e-5);
    }

    #[test]
    fn a_gelu_knows_its_ends() {
        assert_eq!(gelu(0.0), 0.0);
        assert!((gelu(5.0) - 5.0).abs() < 1e-4 && gelu(-8.0).abs() < 1e-4);
        assert!((gelu(1.0) - 0.841_192).abs() < 1e-5);
    }
}
