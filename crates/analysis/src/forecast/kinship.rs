//! Which actors keep the same company: coordinates of every actor from the leading eigenvectors of the normalised
//! matrix of who meets whom (spectral embedding: Ng, Jordan and Weiss, NIPS 2001), by subspace iteration. Two actors
//! whose coordinates point the same way deal with the same others, even where they never met.

use super::history::History;

/// Coordinates of an actor.
pub const DIMENSIONS: usize = 32;
const ITERATIONS: usize = 12;

/// Coordinates of all actors.
#[derive(Debug, Clone, Default)]
pub struct Kinship {
    places: Vec<[f32; DIMENSIONS]>,
    unit: Vec<[f32; DIMENSIONS]>,
    values: [f32; DIMENSIONS],
}

impl Kinship {
    /// From all that a history was told. `seed` chooses the first guess of the eigenvectors.
    pub fn of(history: &History, seed: u64) -> Self {
        let actors = history.actors() as usize;
        let mut rows: Vec<Vec<(u32, f32)>> = (0..history.actors())
            .map(|actor| {
                let weight = |count: f32| (1.0 + count).sqrt();
                let pairs = history.pairs_of(actor);
                pairs.map(|pair| (pair.object, weight(pair.out.count + pair.back.count))).collect()
            })
            .collect();
        let degrees: Vec<f32> = rows
            .iter()
            .map(|row| row.iter().map(|(_, weight)| weight).sum::<f32>().max(1.0).sqrt())
            .collect();
        for (row, degree) in rows.iter_mut().zip(&degrees) {
            row.iter_mut().for_each(|(object, weight)| *weight /= degree * degrees[*object as usize]);
        }
        let mut state = seed;
        let mut guess: Vec<[f32; DIMENSIONS]> =
            (0..actors).map(|_| std::array::from_fn(|_| draw(&mut state))).collect();
        let mut values = [0.0; DIMENSIONS];
        for _ in 0..ITERATIONS {
            orthonormal(&mut guess);
            let next: Vec<[f32; DIMENSIONS]> = rows
                .iter()
                .zip(&guess)
                .map(|(row, own)| {
                    // Half of itself makes the greatest eigenvalues those of greatest size.
                    let mut sum = own.map(|x| x * 0.5);
                    for (object, weight) in row {
                        let other = &guess[*object as usize];
                        (0..DIMENSIONS).for_each(|d| sum[d] += weight * other[d]);
                    }
                    sum
                })
                .collect();
            values =
                std::array::from_fn(|d| guess.iter().zip(&next).map(|(a, b)| a[d] * b[d]).sum::<f32>() - 0.5);
            guess = next;
        }
        orthonormal(&mut guess);
        let unit = guess.iter().map(|place| {
            let scaled: [f32; DIMENSIONS] = std::array::from_fn(|d| place[d] * values[d].max(0.0));
            let length = scaled.iter().map(|x| x * x).sum::<f32>().sqrt();
            if length > 1e-9 { scaled.map(|x| x / length) } else { [0.0; DIMENSIONS] }
        });
        Self { unit: unit.collect(), places: guess, values }
    }

    /// How far two actors keep the same company: cosine, -1 to 1; 0 where one was never met.
    pub fn alike(&self, a: u32, b: u32) -> f32 {
        match (self.unit.get(a as usize), self.unit.get(b as usize)) {
            (Some(a), Some(b)) => dot(a, b),
            _ => 0.0,
        }
    }

    /// How likely two actors meet by their coordinates alone, in no unit.
    pub fn meeting(&self, a: u32, b: u32) -> f32 {
        match (self.places.get(a as usize), self.places.get(b as usize)) {
            (Some(a), Some(b)) => (0..DIMENSIONS).map(|d| a[d] * b[d] * self.values[d]).sum(),
            _ => 0.0,
        }
    }

    /// The direction of an actor, of length 1 or 0.
    pub fn direction(&self, actor: u32) -> [f32; DIMENSIONS] {
        self.unit.get(actor as usize).copied().unwrap_or([0.0; DIMENSIONS])
    }
}

/// Inner product.
pub fn dot(a: &[f32; DIMENSIONS], b: &[f32; DIMENSIONS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Gram–Schmidt over columns; a column that vanishes stays 0.
fn orthonormal(rows: &mut [[f32; DIMENSIONS]]) {
    for d in 0..DIMENSIONS {
        for before in 0..d {
            let along: f64 = rows.iter().map(|row| f64::from(row[d]) * f64::from(row[before])).sum();
            rows.iter_mut().for_each(|row| row[d] -= (along as f32) * row[before]);
        }
        let length: f64 = rows.iter().map(|row| f64::from(row[d]).powi(2)).sum::<f64>().sqrt();
        let scale = if length > 1e-12 { (1.0 / length) as f32 } else { 0.0 };
        rows.iter_mut().for_each(|row| row[d] *= scale);
    }
}

/// A number from -0.5 to 0.5 (SplitMix64).
fn draw(state: &mut u64) -> f32 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut x = *state;
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) >> 40) as f32 / (1u64 << 24) as f32 - 0.5
}
