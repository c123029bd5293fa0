//! Sparse rows of weights: feature key to a weight for some of many classes (tags, relations, kinds of gaps).

use crate::buckets::{Filler, PLACES, bucket_bits};
use crate::bytes::{Reader, Writer};
use crate::model::ModelError;
use crate::weights::{read_keys, read_weight};

/// One sparse row on its way into a table: its key, and per class a weight.
pub type Row = (u32, Vec<(u8, i16)>);

/// A sparse row of weights for every feature.
#[derive(Debug, Clone)]
pub struct Rows {
    buckets: Vec<Octet>,
    shift: u32,
    cells: Vec<(u8, i16)>,
    /// Rows with a weight for most classes, each in full.
    full: Vec<i16>,
    classes: usize,
}

/// Sums of weights, one for every class there could be.
pub type Sums = [i32; 256];

/// Stands in the place of the length of a row that is stored in full.
const FULL: u32 = 255;

/// How many times fewer cells than classes a row must have not to be stored in full.
const SPARSE: usize = 4;

/// Eight features with the start of their row and its length in the low byte; 0, an empty row, in free places.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Octet {
    marks: [u16; PLACES],
    rows: [u32; PLACES],
}

impl Rows {
    fn empty(rows: usize, classes: usize) -> (Self, Filler) {
        let bits = bucket_bits(rows);
        let buckets = vec![Octet::default(); 1 << bits];
        let rows = Rows {
            buckets,
            shift: 32 - bits,
            cells: Vec::with_capacity(2 * rows),
            full: Vec::new(),
            classes,
        };
        (rows, Filler::new(bits))
    }

    fn push(&mut self, filler: &mut Filler, key: u32, row: &[(u8, i16)]) -> Result<(), ModelError> {
        let (at, place) = filler.place(key)?;
        let (start, length) = if row.len() * SPARSE > self.classes && self.classes > SPARSE * 2 {
            let start = self.full.len() / self.classes;
            self.full.resize(self.full.len() + self.classes, 0);
            let full = &mut self.full[start * self.classes..];
            for &(class, weight) in row {
                *full.get_mut(class as usize).ok_or(ModelError::Malformed("an unknown class"))? = weight;
            }
            (start, FULL)
        } else {
            let start = self.cells.len();
            self.cells.extend_from_slice(row);
            (start, row.len() as u32)
        };
        if length > FULL || start >= 1 << 24 || (length == FULL && row.len() * SPARSE <= self.classes) {
            return Err(ModelError::Malformed("a row is too long"));
        }
        self.buckets[at].marks[place] = key as u16;
        self.buckets[at].rows[place] = (start as u32) << 8 | length;
        Ok(())
    }

    /// A table with these rows, sorted by key, over classes `0..classes`; rows that do not fit (see `fitting`) are
    /// left out.
    pub fn new(rows: &[Row], classes: usize) -> Self {
        let (mut table, mut filler) = Self::empty(rows.len(), classes);
        for (key, row) in rows {
            // What has no room has little weight.
            let _ = table.push(&mut filler, *key, row);
        }
        table
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of `keys` to `sums`.
    #[inline]
    pub fn score(&self, keys: &[u32], sums: &mut Sums) {
        let last = self.buckets.len() - 1;
        for &key in keys {
            let bucket = &self.buckets[((key >> self.shift) as usize).min(last)];
            let mark = key as u16;
            let mut found = 0;
            for (m, row) in bucket.marks.iter().zip(bucket.rows) {
                found |= row & u32::from(*m == mark).wrapping_neg();
            }
            let start = (found >> 8) as usize;
            if found & 0xFF == FULL {
                let row = &self.full[start * self.classes..(start + 1) * self.classes];
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(*weight);
                }
            } else {
                for &(class, weight) in &self.cells[start..start + (found & 0xFF) as usize] {
                    sums[class as usize] += i32::from(weight);
                }
            }
        }
    }

    /// The class with the largest sum, the first of equals.
    #[inline]
    pub fn best(&self, sums: &Sums) -> usize {
        best(&sums[..self.classes])
    }

    /// Writes rows, which must be sorted by key, fit (see `fitting`) and have at most 255 cells each.
    pub fn write(rows: &[Row], classes: usize, writer: &mut Writer) {
        writer.number(classes as u64);
        writer.number(rows.len() as u64);
        let mut last = 0;
        for (key, row) in rows {
            writer.number(u64::from(key - last));
            last = *key;
            writer.number(row.len() as u64);
            for &(class, weight) in row {
                writer.bytes.push(class);
                writer.signed(i32::from(weight));
            }
        }
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not a table.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let classes = reader.small()? as usize;
        if classes > 256 {
            return Err(ModelError::Malformed("too many classes"));
        }
        let n = reader.length()?;
        let (mut table, mut filler) = Self::empty(n, classes);
        let mut row = Vec::new();
        read_keys(reader, n, |key, reader| {
            row.clear();
            for _ in 0..reader.length()? {
                let class = reader.byte()?;
                row.push((class, read_weight(reader)?));
            }
            table.push(&mut filler, key, &row)
        })?;
        Ok(table)
    }
}

/// The place of the largest sum; the first of equals.
pub fn best(sums: &[i32]) -> usize {
    let mut best = 0;
    for (class, sum) in sums.iter().enumerate() {
        if *sum > sums[best] {
            best = class;
        }
    }
    best
}
