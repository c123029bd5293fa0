//! Averaged perceptrons: weights that learn from mistakes, one table with three weights for every feature and one
//! with sparse rows.

use demarche_text::workshop::{Row, UNIT, fitting};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Keys are mixed already; they are their own hash.
#[derive(Debug, Default, Clone)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.wrapping_mul(257) ^ u64::from(byte);
        }
    }
    fn write_u32(&mut self, key: u32) {
        // The table wants good high bits as well.
        self.0 = u64::from(key) | u64::from(key) << 32;
    }
}

type Index = HashMap<u32, u32, BuildHasherDefault<Mixed>>;

fn packed(average: f64) -> i16 {
    (average * f64::from(UNIT)).round().clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    class: u8,
    stamp: u32,
    weight: i32,
    total: i64,
}

impl Cell {
    fn add(&mut self, now: u32, delta: i32) {
        self.total += i64::from(now - self.stamp) * i64::from(self.weight);
        self.stamp = now;
        self.weight += delta;
    }

    fn average(&self, now: u32) -> f64 {
        (self.total + i64::from(now - self.stamp) * i64::from(self.weight)) as f64 / f64::from(now.max(1))
    }
}

/// Sparse rows over many classes.
#[derive(Debug, Clone, Default)]
pub struct Sparse {
    index: Index,
    rows: Vec<Vec<Cell>>,
    now: u32,
}

impl Sparse {
    /// Adds the weights of `keys` to `sums`.
    pub fn score(&self, keys: &[u32], sums: &mut [i32]) {
        for key in keys {
            if let Some(&at) = self.index.get(key) {
                for cell in &self.rows[at as usize] {
                    sums[cell.class as usize] += cell.weight;
                }
            }
        }
    }

    /// One decision was made.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of `keys` from a wrong class to the right one.
    pub fn correct(&mut self, keys: &[u32], right: u8, wrong: u8) {
        let now = self.now;
        for &key in keys {
            let next = self.rows.len() as u32;
            let at = *self.index.entry(key).or_insert(next);
            if at == next {
                self.rows.push(Vec::with_capacity(2));
            }
            let row = &mut self.rows[at as usize];
            for (class, delta) in [(right, 1), (wrong, -1)] {
                let place = match row.iter().position(|cell| cell.class == class) {
                    Some(place) => place,
                    None => {
                        row.push(Cell { class, stamp: now, weight: 0, total: 0 });
                        row.len() - 1
                    }
                };
                row[place].add(now, delta);
            }
        }
    }

    /// The averages, sorted by key: the `most` largest weights.
    pub fn averages(&self, most: usize) -> Vec<Row> {
        let all = self.rows.iter().flatten().map(|c| packed(c.average(self.now)));
        let least = threshold(all, most);
        let row = |at: u32| -> Vec<(u8, i16)> {
            let cells = self.rows[at as usize].iter().map(|c| (c.class, packed(c.average(self.now))));
            let mut row: Vec<(u8, i16)> = cells.filter(|c| c.1.unsigned_abs() >= least).collect();
            row.sort_unstable();
            row
        };
        let keys = sorted(&self.index);
        let rows = keys.into_iter().map(|(key, at)| (key, row(at)));
        fit(rows.filter(|(_, row)| !row.is_empty()).collect(), |row| {
            row.iter().map(|c| u32::from(c.1.unsigned_abs())).max().unwrap_or(0)
        })
    }
}

/// The entries that fit the engine's tables, until all do: fewer entries may get a smaller table.
fn fit<W>(mut entries: Vec<(u32, W)>, size: impl Fn(&W) -> u32) -> Vec<(u32, W)> {
    loop {
        let keys: Vec<u32> = entries.iter().map(|e| e.0).collect();
        let fits = fitting(&keys, |i| size(&entries[i].1));
        if fits.iter().all(|&fits| fits) {
            return entries;
        }
        entries = entries.into_iter().zip(fits).filter(|e| e.1).map(|e| e.0).collect();
    }
}

/// The entries of an index by key.
fn sorted(index: &Index) -> Vec<(u32, u32)> {
    let mut keys: Vec<(u32, u32)> = index.iter().map(|(&key, &at)| (key, at)).collect();
    keys.sort_unstable();
    keys
}

/// The size that at most `most` of the weights reach; never nought.
fn threshold(weights: impl Iterator<Item = i16>, most: usize) -> u16 {
    let mut counts = vec![0usize; 1 << 16];
    weights.for_each(|w| counts[w.unsigned_abs() as usize] += 1);
    let mut kept = 0;
    for size in (1..counts.len()).rev() {
        kept += counts[size];
        if kept > most {
            return size as u16 + 1;
        }
    }
    1
}

/// Three weights for every feature.
#[derive(Debug, Clone, Default)]
pub struct Dense {
    index: Index,
    cells: Vec<[Cell; 3]>,
    now: u32,
}

impl Dense {
    /// The sums of the weights of `keys`.
    pub fn score(&self, keys: &[u32]) -> [i32; 3] {
        let mut sums = [0; 3];
        for key in keys {
            if let Some(&at) = self.index.get(key) {
                for (sum, cell) in sums.iter_mut().zip(&self.cells[at as usize]) {
                    *sum += cell.weight;
                }
            }
        }
        sums
    }

    /// One decision was made.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of `keys` from a wrong step to a right one.
    pub fn correct(&mut self, keys: &[u32], right: usize, wrong: usize) {
        let now = self.now;
        for &key in keys {
            let next = self.cells.len() as u32;
            let at = *self.index.entry(key).or_insert(next);
            if at == next {
                self.cells.push([0u8, 1, 2].map(|class| Cell { class, stamp: now, weight: 0, total: 0 }));
            }
            let cells = &mut self.cells[at as usize];
            cells[right].add(now, 1);
            cells[wrong].add(now, -1);
        }
    }

    /// The averages, sorted by key: of the `most` features with the largest weight.
    pub fn averages(&self, most: usize) -> Vec<(u32, [i16; 3])> {
        let average = |cells: &[Cell; 3]| cells.map(|c| packed(c.average(self.now)));
        let largest = |weights: [i16; 3]| weights.into_iter().max_by_key(|w| w.unsigned_abs()).unwrap_or(0);
        let least = threshold(self.cells.iter().map(|c| largest(average(c))), most);
        let keys = sorted(&self.index).into_iter();
        let all = keys.map(|(key, at)| (key, average(&self.cells[at as usize])));
        let kept = all.filter(|(_, weights)| largest(*weights).unsigned_abs() >= least).collect();
        fit(kept, |weights| u32::from(largest(*weights).unsigned_abs()))
    }
}
