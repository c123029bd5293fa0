//! Attention of every piece to every other of its window, head by head.
//!
//! Plain products of real numbers in a fixed order; time and room grow with the square of the window, which is bounded.

use super::floats::{exp, swiftly};

/// Numbers in one head.
pub const HEAD: usize = 32;
/// Keys that are scored side by side.
const KEYS: usize = 16;
/// Queries that are handled side by side.
const QUERIES: usize = 4;

/// Room for one head.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Keys turned over: for every number of a key that of all keys.
    keys: Vec<f32>,
    values: Vec<[f32; HEAD]>,
    scores: Vec<f32>,
}

struct Attend<'a> {
    qkv: &'a [f32],
    width: usize,
    room: &'a mut Room,
    out: &'a mut [f32],
}

/// Mixes the values of `qkv`, rows of queries, keys and values of `width` numbers each; `out` is emptied first.
pub fn attend(qkv: &[f32], width: usize, room: &mut Room, out: &mut Vec<f32>) {
    out.clear();
    out.resize(qkv.len() / 3, 0.0);
    swiftly(Attend { qkv, width, room, out });
}

impl pulp::NullaryFnOnce for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Attend { qkv, width, room, out } = self;
        let n = out.len() / width;
        let padded = n.next_multiple_of(KEYS);
        let scale = 1.0 / (HEAD as f32).sqrt();
        for head in (0..width).step_by(HEAD) {
            room.keys.clear();
            room.keys.resize(HEAD * padded, 0.0);
            room.values.clear();
            for (j, row) in qkv.chunks_exact(3 * width).enumerate() {
                for (d, &k) in row[width + head..][..HEAD].iter().enumerate() {
                    room.keys[d * padded + j] = k;
                }
                let mut value = [0.0; HEAD];
                value.copy_from_slice(&row[2 * width + head..][..HEAD]);
                room.values.push(value);
            }
            for first in (0..n).step_by(QUERIES) {
                let count = QUERIES.min(n - first);
                let mut queries = [[0.0f32; HEAD]; QUERIES];
                for (q, query) in queries.iter_mut().enumerate().take(count) {
                    let row = &qkv[(first + q) * 3 * width + head..][..HEAD];
                    for (to, from) in query.iter_mut().zip(row) {
                        *to = from * scale;
                    }
                }
                room.scores.clear();
                room.scores.resize(QUERIES * padded, 0.0);
                score(&queries, &room.keys, padded, &mut room.scores);
                let mut mixed = [[0.0f32; HEAD]; QUERIES];
                for (pair, scores) in mixed.chunks_exact_mut(2).zip(room.scores.chunks_exact_mut(2 * padded))
                {
                    let (a, b) = scores.split_at_mut(padded);
                    let (a, b) = (&mut a[..n], &mut b[..n]);
                    let sums = [soften(a), soften(b)];
                    mix(pair, a, b, &room.values);
                    for (mixed, sum) in pair.iter_mut().zip(sums) {
                        let per = 1.0 / sum;
                        mixed.iter_mut().for_each(|x| *x *= per);
                    }
                }
                for (q, mixed) in mixed.iter().enumerate().take(count) {
                    out[(first + q) * width + head..][..HEAD].copy_from_slice(mixed);
                }
            }
        }
    }
}

#[inline(always)]
fn score(queries: &[[f32; HEAD]; QUERIES], keys: &[f32], padded: usize, scores: &mut [f32]) {
    for at in (0..padded).step_by(KEYS) {
        let mut sums = [[0.0f32; KEYS]; QUERIES];
        for d in 0..HEAD {
            let keys = &keys[d * padded + at..][..KEYS];
            for (sums, query) in sums.iter_mut().zip(queries) {
                let q = query[d];
                for (sum, k) in sums.iter_mut().zip(keys) {
                    *sum += q * k;
                }
            }
        }
        for (q, sums) in sums.iter().enumerate() {
            scores[q * padded + at..][..KEYS].copy_from_slice(sums);
        }
    }
}

/// Turns scores into weights that are not yet divided by their sum, which it gives.
#[inline(always)]
fn soften(scores: &mut [f32]) -> f32 {
    let most = scores.iter().fold(f32::MIN, |most, &s| if s > most { s } else { most });
    for s in scores.iter_mut() {
        *s = exp(*s - most);
    }
    let mut lanes = [0.0f32; 8];
    let (chunks, rest) = scores.as_chunks::<8>();
    for chunk in chunks {
        for (lane, s) in lanes.iter_mut().zip(chunk) {
            *lane += s;
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    rest.iter().fold(((a + e) + (c + g)) + ((b + f) + (d + h)), |sum, s| sum + s)
}

#[inline(always)]
fn mix(pair: &mut [[f32; HEAD]], a: &[f32], b: &[f32], values: &[[f32; HEAD]]) {
    let (mut x, mut y) = ([0.0f32; HEAD], [0.0f32; HEAD]);
    for ((&a, &b), value) in a.iter().zip(b).zip(values) {
        for d in 0..HEAD {
            x[d] += a * value[d];
            y[d] += b * value[d];
        }
    }
    pair[0] = x;
    pair[1] = y;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attention_is_a_weighted_mean_of_the_values() {
        let (n, width) = (21, 64);
        let qkv: Vec<f32> = (0..n * 3 * width).map(|i| ((i * 7919) % 201) as f32 / 100.0 - 1.0).collect();
        let mut out = Vec::new();
        attend(&qkv, width, &mut Room::default(), &mut out);
        let part = |row: usize, which: usize, head: usize| {
            qkv[row * 3 * width + which * width + head * HEAD..][..HEAD].to_vec()
        };
        for head in 0..2 {
            for q in 0..n {
                let query = part(q, 0, head);
                let weights: Vec<f64> = (0..n)
                    .map(|k| {
                        let dot: f32 = query.iter().zip(part(k, 1, head)).map(|(a, b)| a * b).sum();
                        (f64::from(dot) / 32f64.sqrt()).exp()
                    })
                    .collect();
                let total: f64 = weights.iter().sum();
                for d in 0..HEAD {
                    let mean: f64 = (0..n).map(|k| weights[k] * f64::from(part(k, 2, head)[d])).sum::<f64>();
                    let got = f64::from(out[q * width + head * HEAD + d]);
                    assert!((got - mean / total).abs() < 1e-5);
                }
            }
        }
    }
}
