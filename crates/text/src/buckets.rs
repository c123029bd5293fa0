//! Where the entries of a large table lie: buckets of eight, found by the high bits of a key, each place in them marked
//! by the low bits. A key is looked up by comparing all eight marks at once, without a branch.

use crate::model::ModelError;

/// Places of a bucket.
pub const PLACES: usize = 8;

/// Bits of a key that choose the bucket, for `n` entries: buckets are half full at most. With 16 at least, these and
/// the 16 low bits that mark the place are the whole key, so that no key is taken for another.
pub fn bucket_bits(n: usize) -> u32 {
    (n / (PLACES / 2)).next_power_of_two().ilog2().clamp(16, 26)
}

/// Which of `n` entries fit their buckets, where those of a full bucket with the least `size` must go; few do.
pub fn fitting(keys: &[u32], size: impl Fn(usize) -> u32) -> Vec<bool> {
    let shift = 32 - bucket_bits(keys.len());

    let mut fits = vec![true; keys.len()];
    let mut start = 0;
    while start < keys.len() {
        let same = keys[start..].iter().take_while(|&&k| k >> shift == keys[start] >> shift).count();
        let mut ranked: Vec<usize> = (start..start + same).collect();
        ranked.sort_by_key(|&i| (std::cmp::Reverse(size(i)), i));
        ranked.iter().skip(PLACES).for_each(|&i| fits[i] = false);
        start += same;
    }
    fits
}

/// Finds the next free place of buckets that are filled with rising keys.
pub struct Filler {
    shift: u32,
    bucket: usize,
    filled: usize,
}

impl Filler {
    /// Begins with the first bucket of `2^bits`.
    pub fn new(bits: u32) -> Self {
        Filler { shift: 32 - bits, bucket: usize::MAX, filled: 0 }
    }

    /// Bucket and place for `key`, which must not be smaller than those before it.
    ///
    /// # Errors
    /// If the bucket is full.
    pub fn place(&mut self, key: u32) -> Result<(usize, usize), ModelError> {
        let bucket = (key >> self.shift) as usize;
        if bucket != self.bucket {
            (self.bucket, self.filled) = (bucket, 0);
        }
        if self.filled == PLACES {
            return Err(ModelError::Malformed("a bucket is too full"));
        }
        self.filled += 1;
        Ok((bucket, self.filled - 1))
    }
}
