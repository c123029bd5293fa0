//! A quick bound for networks too large for anything better: frustrated triangles that share no link.

use super::kernel::Kernel;
use std::collections::BTreeMap;

/// What triangles that share no weight cost together at least, in the kernel's weights.
pub(super) fn triangles(kernel: &Kernel) -> i64 {
    let edges = kernel.edges();
    let mut left: BTreeMap<(u32, u32), i64> = edges.iter().map(|&(a, b, w)| ((a, b), w)).collect();
    let mut sum = 0;
    for &(a, b, _) in &edges {
        let (few, many) = if kernel.links(a).len() <= kernel.links(b).len() { (a, b) } else { (b, a) };
        for &c in kernel.links(few).keys() {
            if c == many || !kernel.links(many).contains_key(&c) {
                continue;
            }
            let pairs = [(a, b), (a.min(c), a.max(c)), (b.min(c), b.max(c))];
            let weights = pairs.map(|pair| left.get(&pair).copied().unwrap_or(0));
            let least = weights.iter().map(|w| w.abs()).min().unwrap_or(0);
            if least > 0 && weights.iter().filter(|w| **w < 0).count() % 2 == 1 {
                sum += least;
                for (pair, weight) in pairs.into_iter().zip(weights) {
                    left.insert(pair, weight - weight.signum() * least);
                }
            }
        }
    }
    sum
}
