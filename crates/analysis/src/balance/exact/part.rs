//! One block with vertices numbered `0..n`, as the solvers take it; its whole weights have no common factor.

use super::kernel::Kernel;

/// A connected signed graph with whole weights; the last vertex may be given a side for good by a solver.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Links `(a, b, w)` with `a < b`, sorted; the sign of `w` is that of the link.
    pub(super) edges: Vec<(u32, u32, i64)>,
    /// For every vertex its neighbours with the signed weight.
    pub(super) links: Vec<Vec<(u32, i64)>>,
    /// What one unit of weight stands for in the kernel.
    pub(super) unit: i64,
    /// Costs of any two partitions differ by a multiple of this: 1 or 2.
    pub(super) step: i64,
}

impl Part {
    /// All that is left of a kernel; the numbers of the vertices there.
    pub(super) fn of(kernel: &Kernel) -> (Self, Vec<u32>) {
        let members: Vec<u32> =
            (0..kernel.capacity() as u32).filter(|&v| !kernel.links(v).is_empty()).collect();
        let mut place = vec![u32::MAX; kernel.capacity()];
        for (at, &vertex) in members.iter().enumerate() {
            place[vertex as usize] = at as u32;
        }
        let edges = kernel.edges();
        let unit = edges.iter().fold(0, |unit, (_, _, w)| gcd(unit, w.abs())).max(1);
        let edges: Vec<_> =
            edges.into_iter().map(|(a, b, w)| (place[a as usize], place[b as usize], w / unit)).collect();
        let mut links = vec![Vec::new(); members.len()];
        for &(a, b, w) in &edges {
            links[a as usize].push((b, w));
            links[b as usize].push((a, w));
        }
        // Turning a set of vertices over changes the cost by the weight of its border, whose parity is that of the sum
        // of the degrees within.
        let odd = links.iter().any(|links| links.iter().map(|(_, w)| w).sum::<i64>() % 2 != 0);
        (Self { edges, links, unit, step: if odd { 1 } else { 2 } }, members)
    }

    /// Number of vertices.
    pub(super) fn nodes(&self) -> usize {
        self.links.len()
    }

    /// Summed weight.
    pub(super) fn weight(&self) -> i64 {
        self.edges.iter().map(|(_, _, w)| w.abs()).sum()
    }

    /// What a partition costs.
    pub(super) fn cost(&self, sides: &[bool]) -> i64 {
        let strained = |&&(a, b, w): &&(u32, u32, i64)| (sides[a as usize] == sides[b as usize]) != (w > 0);
        self.edges.iter().filter(strained).map(|(_, _, w)| w.abs()).sum()
    }

    /// The least cost that is possible at or above a bound, given that `cost` is possible.
    pub(super) fn round_up(&self, bound: f64, cost: i64) -> i64 {
        let steps = ((cost as f64 - bound + 1e-6) / self.step as f64).floor().max(0.0) as i64;
        (cost - steps * self.step).max(0)
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
