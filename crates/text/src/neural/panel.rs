//! The innermost loop of the network: six rows of activations times sixteen rows of weights.
//!
//! Integers only; which instructions are used changes nothing but the time it takes.

/// Rows of weights that are multiplied at once.
pub const LANES: usize = 16;
/// Rows of activations that are multiplied at once.
pub const ROWS: usize = 6;

/// A panel of weights: for every pair of columns the pairs of all lanes.
pub type Panel = [[[i16; 2]; LANES]];

/// The way to multiply that suits the processor.
#[derive(Debug, Clone, Copy)]
pub enum Kernel {
    /// With instructions for sixteen numbers at once.
    #[cfg(target_arch = "x86_64")]
    Avx2(pulp::x86::V3),
    /// With whatever the compiler makes of it.
    Plain,
}

impl Kernel {
    /// The fastest that the processor has.
    pub fn fastest() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            return Kernel::Avx2(simd);
        }
        Kernel::Plain
    }

    /// Sets `sums` to the products of `rows`, which holds [`ROWS`] rows of as many pairs as the panel has, with `panel`.
    #[inline]
    pub fn multiply(self, rows: &[[i16; 2]], panel: &Panel, sums: &mut [[i32; LANES]; ROWS]) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2(simd) => simd.vectorize(x86::Multiply { simd, rows, panel, sums }),
            Kernel::Plain => plain(rows, panel, sums),
        }
    }
}

fn plain(rows: &[[i16; 2]], panel: &Panel, sums: &mut [[i32; LANES]; ROWS]) {
    let mut found = [[0i32; LANES]; ROWS];
    for (k, weights) in panel.iter().enumerate() {
        for (r, found) in found.iter_mut().enumerate() {
            let [x, y] = rows[r * panel.len() + k];
            for (sum, w) in found.iter_mut().zip(weights) {
                *sum += i32::from(x) * i32::from(w[0]) + i32::from(y) * i32::from(w[1]);
            }
        }
    }
    *sums = found;
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{LANES, Panel, ROWS};
    use pulp::NullaryFnOnce;
    use pulp::x86::V3;
    use std::arch::x86_64::__m256i;

    pub struct Multiply<'a> {
        pub simd: V3,
        pub rows: &'a [[i16; 2]],
        pub panel: &'a Panel,
        pub sums: &'a mut [[i32; LANES]; ROWS],
    }

    impl NullaryFnOnce for Multiply<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let avx2 = self.simd.avx2;
            let n = self.panel.len();
            let rows: [&[[i16; 2]]; ROWS] = std::array::from_fn(|r| &self.rows[r * n..][..n]);
            // Twelve sums, two weights, one pair and one product fill the sixteen registers.
            let zero: __m256i = pulp::cast([0i32; 8]);
            let mut sums = [[zero; LANES / 8]; ROWS];
            for (k, weights) in self.panel.iter().enumerate() {
                let weights: [__m256i; LANES / 8] = pulp::cast(*weights);
                for (sums, row) in sums.iter_mut().zip(rows) {
                    let pair: i32 = pulp::cast(row[k]);
                    let pair: __m256i = pulp::cast([pair; 8]);
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = avx2._mm256_add_epi32(*sum, avx2._mm256_madd_epi16(pair, weights));
                    }
                }
            }
            *self.sums = pulp::cast(sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_and_plain_agree() {
        let n = 7;
        let rows: Vec<[i16; 2]> =
            (0..ROWS * n).map(|i| [(i * 977 % 16383) as i16 - 8191, (i * 31) as i16 - 500]).collect();
        let panel: Vec<[[i16; 2]; LANES]> = (0..n)
            .map(|k| std::array::from_fn(|l| [((k * 91 + l * 17) % 255) as i16 - 127, (l as i16) - 12]))
            .collect();
        let (mut fast, mut slow) = ([[0; LANES]; ROWS], [[1; LANES]; ROWS]);
        Kernel::fastest().multiply(&rows, &panel, &mut fast);
        Kernel::Plain.multiply(&rows, &panel, &mut slow);
        assert_eq!(fast, slow);
    }
}
