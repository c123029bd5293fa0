//! Weights of linear models as the engine uses them: feature key to weights, in flat tables.
//!
//! [`Triples`] has three weights for every feature (the steps of the parser), [`Rows`] a sparse row (tags, relations),
//! [`Lookup`] one number (dictionaries). All are built once, from sorted entries, and never change.

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
fn read_keys(
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

fn read_weight(reader: &mut Reader<'_>) -> Result<i16, ModelError> {
    i16::try_from(reader.signed()?).map_err(|_| ModelError::Malformed("a weight is too large"))
}

/// Three weights for every feature.
#[derive(Debug, Clone)]
pub struct Triples {
    table: Table<[i16; 3]>,
}

impl Triples {
    /// The sum of the weights of `keys`.
    #[inline]
    pub fn score(&self, keys: &[u32]) -> [i32; 3] {
        let mut sum = [0i32; 3];
        for &key in keys {
            if let Some(weights) = self.table.get(key) {
                for (s, w) in sum.iter_mut().zip(weights) {
                    *s += i32::from(w);
                }
            }
        }
        sum
    }

    /// Writes entries, which must be sorted by key.
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
        let mut table = Table::with_room_for(n);
        read_keys(reader, n, |key, reader| {
            table.insert(key, [read_weight(reader)?, read_weight(reader)?, read_weight(reader)?]);
            Ok(())
        })?;
        Ok(Triples { table })
    }
}

/// One sparse row on its way into a table: its key, and per class a weight.
pub type Row = (u32, Vec<(u8, i16)>);

/// A sparse row of weights for every feature.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Start of the row and its length in the low byte.
    table: Table<u32>,
    cells: Vec<(u8, i16)>,
    classes: usize,
}

impl Rows {
    /// A table with these rows over classes `0..classes`.
    pub fn new(rows: &[Row], classes: usize) -> Self {
        let mut table = Table::with_room_for(rows.len());
        let mut cells = Vec::new();
        for (key, row) in rows {
            table.insert(*key, (cells.len() as u32) << 8 | row.len() as u32 & 0xFF);
            cells.extend_from_slice(row);
        }
        Rows { table, cells, classes }
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of `keys` to `sums`, which has a place for every class.
    #[inline]
    pub fn score(&self, keys: &[u32], sums: &mut [i32]) {
        for &key in keys {
            if let Some(place) = self.table.get(key) {
                let start = (place >> 8) as usize;
                for &(class, weight) in &self.cells[start..start + (place & 0xFF) as usize] {
                    if let Some(sum) = sums.get_mut(class as usize) {
                        *sum += i32::from(weight);
                    }
                }
            }
        }
    }

    /// Writes rows, which must be sorted by key and have at most 255 cells each.
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
        let mut table = Table::with_room_for(n);
        let mut cells = Vec::with_capacity(3 * n);
        read_keys(reader, n, |key, reader| {
            let length = reader.small()?;
            let start = cells.len() as u32;
            if length > 255 || start >= 1 << 24 {
                return Err(ModelError::Malformed("a row is too long"));
            }
            table.insert(key, start << 8 | length);
            for _ in 0..length {
                let class = reader.byte()?;
                cells.push((class, read_weight(reader)?));
            }
            Ok(())
        })?;
        Ok(Rows { table, cells, classes })
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
