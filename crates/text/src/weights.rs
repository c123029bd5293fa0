//! Weights of linear models as the engine uses them: feature key to weights, in flat tables.
//!
//! [`Triples`] has three weights for every feature (the steps of the parser), [`Lookup`] one number (dictionaries); rows of
//! weights for many classes are in `rows`. All are built once, from sorted entries, and never change.

use crate::buckets::{Filler, PLACES, bucket_bits};
use crate::bytes::{Reader, Writer};
use crate::model::ModelError;

/// What a weight of one is in the numbers stored.
pub const UNIT: i16 = 32;

/// Marks an empty slot; the one feature whose key is this number is never stored.
const EMPTY: u32 = 0;

/// Slots for `n` entries: a power of two, at most two thirds full.
fn capacity(n: usize) -> usize {
    (n + n / 2 + 1).next_power_of_two()
}

#[derive(Debug, Clone, Copy)]
struct Slot<V> {
    key: u32,
    value: V,
}

/// An open-addressing table; keys are well mixed already, so their high bits are the address: rising keys are then
/// laid down in rising places, and a table is built without jumping about in memory.
#[derive(Debug, Clone)]
struct Table<V> {
    slots: Vec<Slot<V>>,
    mask: usize,
    shift: u32,
}

impl<V: Copy + Default> Table<V> {
    fn with_room_for(n: usize) -> Self {
        let capacity = capacity(n);
        Table {
            slots: vec![Slot { key: EMPTY, value: V::default() }; capacity],
            mask: capacity - 1,
            shift: 32 - capacity.ilog2(),
        }
    }

    #[inline(always)]
    fn place(&self, key: u32) -> usize {
        (u64::from(key) >> self.shift) as usize
    }

    fn insert(&mut self, key: u32, value: V) {
        if key == EMPTY {
            return;
        }
        let mut at = self.place(key);
        while self.slots[at].key != EMPTY && self.slots[at].key != key {
            at = (at + 1) & self.mask;
        }
        self.slots[at] = Slot { key, value };
    }

    #[inline(always)]
    fn get(&self, key: u32) -> Option<V> {
        let mut at = self.place(key);
        loop {
            let slot = &self.slots[at];
            if slot.key == key && key != EMPTY {
                return Some(slot.value);
            }
            if slot.key == EMPTY {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }
}

/// Reads `n` rising keys, handing each to `each` with the reader set on what belongs to it.
///
/// # Errors
/// If the keys do not rise, the bytes end, or `each` says so.
pub fn read_keys(
    reader: &mut Reader<'_>,
    n: usize,
    mut each: impl FnMut(u32, &mut Reader<'_>) -> Result<(), ModelError>,
) -> Result<(), ModelError> {
    let mut key = 0u32;
    for _ in 0..n {
        key = key.checked_add(reader.small()?).ok_or(ModelError::Malformed("keys do not rise"))?;
        each(key, reader)?;
    }
    Ok(())
}

/// Reads a weight.
///
/// # Errors
/// If it does not fit 16 bits or the bytes end.
pub fn read_weight(reader: &mut Reader<'_>) -> Result<i16, ModelError> {
    i16::try_from(reader.signed()?).map_err(|_| ModelError::Malformed("a weight is too large"))
}

/// Three weights for every feature.
#[derive(Debug, Clone)]
pub struct Triples {
    buckets: Vec<Trio>,
    shift: u32,
}

/// Eight features with their three weights, one line of the cache. Weights of free places are nought, so that it does
/// not matter what a key without weights finds there.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Trio {
    marks: [u16; PLACES],
    weights: [[i16; PLACES]; 3],
}

impl Triples {
    /// The sum of the weights of `keys`.
    #[inline]
    pub fn score(&self, keys: &[u32]) -> [i32; 3] {
        let mut sums = [[0i32; PLACES]; 3];
        let last = self.buckets.len() - 1;
        for &key in keys {
            // Without a branch: which features have weights cannot be foreseen.
            let bucket = &self.buckets[((key >> self.shift) as usize).min(last)];
            let mark = key as u16;
            let masks = bucket.marks.map(|m| -i16::from(m == mark));
            for (sums, weights) in sums.iter_mut().zip(&bucket.weights) {
                for ((sum, weight), mask) in sums.iter_mut().zip(weights).zip(masks) {
                    *sum += i32::from(weight & mask);
                }
            }
        }
        sums.map(|lanes| lanes.iter().sum())
    }

    /// Writes entries, which must be sorted by key and fit (see `fitting`).
    pub fn write(entries: &[(u32, [i16; 3])], writer: &mut Writer) {
        writer.number(entries.len() as u64);
        let mut last = 0;
        for (key, weights) in entries {
            writer.number(u64::from(key - last));
            last = *key;
            for &w in weights {
                writer.signed(i32::from(w));
            }
        }
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not a table.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = reader.length()?;
        let bits = bucket_bits(n);
        let mut filler = Filler::new(bits);
        let mut buckets = vec![Trio::default(); 1 << bits];
        read_keys(reader, n, |key, reader| {
            let (at, place) = filler.place(key)?;
            let bucket = &mut buckets[at];
            bucket.marks[place] = key as u16;
            for weights in &mut bucket.weights {
                weights[place] = read_weight(reader)?;
            }
            Ok(())
        })?;
        Ok(Triples { buckets, shift: 32 - bits })
    }
}

/// One number for every key.
#[derive(Debug, Clone)]
pub struct Lookup {
    table: Table<u32>,
}

impl Lookup {
    /// A table with these entries.
    pub fn new(entries: &[(u32, u32)]) -> Self {
        let mut table = Table::with_room_for(entries.len());
        for &(key, value) in entries {
            table.insert(key, value);
        }
        Lookup { table }
    }

    /// The number stored for `key`.
    #[inline]
    pub fn get(&self, key: u32) -> Option<u32> {
        self.table.get(key)
    }

    /// Writes entries, which must be sorted by key.
    pub fn write(entries: &[(u32, u32)], writer: &mut Writer) {
        writer.number(entries.len() as u64);
        let mut last = 0;
        for (key, value) in entries {
            writer.number(u64::from(key - last));
            last = *key;
            writer.number(u64::from(*value));
        }
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not a table.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = reader.length()?;
        let mut table = Table::with_room_for(n);
        read_keys(reader, n, |key, reader| {
            table.insert(key, reader.small()?);
            Ok(())
        })?;
        Ok(Lookup { table })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buckets::fitting;
    use crate::hash::key;
    use crate::rows::{Row, Rows};
    use std::collections::BTreeMap;

    fn keys(n: u32) -> Vec<u32> {
        let mut keys: Vec<u32> = (0..n).map(|i| key(7, &[i])).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn weight(key: u32, class: u32) -> i16 {
        (key.rotate_left(class * 5) % 4001) as i16 - 2000
    }

    #[test]
    fn tables_give_the_weights_that_were_written() {
        let keys = keys(300_000);
        let fits = fitting(&keys, |i| u32::from(weight(keys[i], 0).unsigned_abs()));
        let kept: Vec<u32> = keys.iter().zip(&fits).filter(|k| *k.1).map(|k| *k.0).collect();
        assert!(kept.len() * 50 > keys.len() * 49, "{} of {}", kept.len(), keys.len());
        let triples: Vec<(u32, [i16; 3])> =
            kept.iter().map(|&k| (k, [0, 1, 2].map(|class| weight(k, class)))).collect();
        let rows: Vec<Row> =
            kept.iter().map(|&k| (k, (0..k % 9).map(|c| (c as u8, weight(k, c))).collect())).collect();
        let mut writer = Writer::default();
        Triples::write(&triples, &mut writer);
        Rows::write(&rows, 9, &mut writer);
        let reader = &mut Reader::new(&writer.bytes);
        let (flat, sparse) = (Triples::read(reader).unwrap(), Rows::read(reader).unwrap());
        let built = Rows::new(&rows, 9);
        let known: BTreeMap<u32, [i16; 3]> = triples.into_iter().collect();
        // Keys with weights, without, and pushed out, a hundred at a time.
        let asked: Vec<u32> = (0..400_000).map(|i| key(7, &[i])).collect();
        for asked in asked.chunks(100).step_by(7) {
            let mut plain = [0i32; 3];
            let mut plain_rows = [0i32; 9];
            for key in asked {
                if let Some(weights) = known.get(key) {
                    plain.iter_mut().zip(weights).for_each(|(sum, w)| *sum += i32::from(*w));
                    (0..key % 9).for_each(|c| plain_rows[c as usize] += i32::from(weight(*key, c)));
                }
            }
            assert_eq!(flat.score(asked), plain);
            for table in [&sparse, &built] {
                let mut sums = [0i32; 256];
                table.score(asked, &mut sums);
                assert_eq!(sums[..9], plain_rows);
            }
        }
    }

    #[test]
    fn a_bucket_with_too_much_in_it_is_refused() {
        let entries: Vec<(u32, [i16; 3])> = (1..=9).map(|k| (k, [1, 2, 3])).collect();
        let mut writer = Writer::default();
        Triples::write(&entries, &mut writer);
        assert!(Triples::read(&mut Reader::new(&writer.bytes)).is_err());
        let keys: Vec<u32> = entries.iter().map(|e| e.0).collect();
        let fits = fitting(&keys, |i| i as u32);
        assert_eq!(fits.iter().position(|fit| !fit), Some(0));
        assert_eq!(fits.iter().filter(|fit| **fit).count(), PLACES);
    }
}
