//! The least strain of a network, with a proof where one is to be had within the effort allowed.
//!
//! The network is made smaller ([`reduce`]), taken apart into blocks ([`blocks`]), and each block is solved alone:
//! narrow ones by elimination ([`elimination`]), others between a partition found by local search ([`search`]) and the
//! bound of a linear relaxation ([`relaxation`]), which also tells links that can be decided at once. What is still open
//! is decided both ways for one link after the other (branch and bound), each time from the reductions on.
//!
//! Aref and Wilson, "Balance and frustration in signed networks" (Journal of Complex Networks 7, 2019), define the measure
//! and solve it by integer programming; Barahona, Grötschel, Jünger and Reinelt, "An application of combinatorial
//! optimization to statistical physics and circuit layout design" (Operations Research 36, 1988), the cycles.

mod blocks;
mod covering;
mod cycles;
mod effort;
mod elimination;
mod kernel;
mod newton;
mod packing;
mod part;
mod reduce;
mod relaxation;
mod search;
mod semidefinite;
#[cfg(test)]
mod tests;

use super::network::SignedNetwork;
pub use effort::Effort;
use kernel::Kernel;
use part::Part;

/// Weights are taken so many times, so that halves of halves stay whole numbers.
const SCALE: i64 = 1 << 10;
/// Tables of elimination with no more entries together are cheaper than anything else.
const NARROW: u64 = 1 << 23;
/// Tables of elimination with no more entries together are worth a try where a relaxation leaves a gap.
const WIDE: u64 = 1 << 30;
/// Parts with so many links for each vertex are given to the semidefinite relaxation too.
const DENSE: usize = 4;

/// Two camps and what they leave strained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// The camp of each actor. The first actor of every connected part is in the camp `true`.
    pub camps: Vec<bool>,
    /// Summed weight of the strained ties: the frustration index, if `optimal`.
    pub strain: u64,
    /// No partition strains less than this.
    pub bound: u64,
    /// Whether it is proven that no partition strains less.
    pub optimal: bool,
}

/// Which methods may be used; all but in tests.
#[derive(Debug, Clone, Copy)]
struct Methods {
    /// Elimination.
    tables: bool,
}

/// Finds the partition into two camps that strains least. The same network and steps give the same partition.
pub fn least_strain(network: &SignedNetwork, effort: &mut Effort<'_>) -> Partition {
    least_strain_by(network, Methods { tables: true }, effort)
}

fn least_strain_by(network: &SignedNetwork, methods: Methods, effort: &mut Effort<'_>) -> Partition {
    let total: u64 = network.ties().iter().map(|tie| u64::from(tie.weight)).sum();
    let scale = if total < 1 << 40 { SCALE } else { 2 };
    let mut kernel = Kernel::new(network.nodes());
    for tie in network.ties() {
        kernel.add(tie.a, tie.b, i64::from(tie.sign()) * i64::from(tie.weight) * scale);
    }
    let found = solve(kernel, i64::MAX / 4, 0, methods, effort);
    let mut camps = found.best.unwrap_or_else(|| vec![true; network.nodes()]);
    orient(network, &mut camps);
    let strain = network.strain(&camps);
    // Frustration is a whole number.
    let bound = (found.bound.max(0) as u64).div_ceil(scale as u64).min(strain);
    Partition { camps, strain, bound, optimal: bound == strain }
}

/// Turns every connected part so that its first actor is in the camp `true`.
fn orient(network: &SignedNetwork, camps: &mut [bool]) {
    let neighbours = network.neighbours();
    let mut seen = vec![false; camps.len()];
    for root in 0..camps.len() {
        if seen[root] {
            continue;
        }
        let turn = !camps[root];
        let mut open = vec![root];
        seen[root] = true;
        while let Some(actor) = open.pop() {
            camps[actor] ^= turn;
            for &(other, _) in &neighbours[actor] {
                if !std::mem::replace(&mut seen[other as usize], true) {
                    open.push(other as usize);
                }
            }
        }
    }
}

/// What was found for a kernel: a partition cheaper than the cutoff, if there is one and it was found, and a bound on all
/// that are cheaper than the cutoff.
struct Found {
    best: Option<Vec<bool>>,
    bound: i64,
}

/// Solves a kernel. Only partitions that cost less than `cutoff` are of use; `depth` counts the decisions before.
fn solve(mut kernel: Kernel, cutoff: i64, depth: usize, methods: Methods, effort: &mut Effort<'_>) -> Found {
    reduce::reduce(&mut kernel, effort);
    if kernel.cost >= cutoff {
        return Found { best: None, bound: kernel.cost };
    }
    let blocks = blocks::blocks(&kernel);
    let mut sides = vec![true; kernel.capacity()];
    if let [_] = blocks[..] {
        return solve_block(&kernel, cutoff, depth, methods, effort);
    }
    let mut placed = vec![false; kernel.capacity()];
    let mut bounds = vec![0; blocks.len()];
    let mut complete = true;
    for (at, block) in blocks.iter().enumerate() {
        let (sub, members) = cut_out(&kernel, block);
        let others: i64 = kernel.cost + bounds.iter().sum::<i64>();
        // Blocks may be reduced again: what they share with others no longer counts there.
        let found = solve(sub, cutoff - others, depth, methods, effort);
        bounds[at] = found.bound;
        if others + found.bound >= cutoff {
            return Found { best: None, bound: others + found.bound };
        }
        let Some(theirs) = found.best else {
            complete = false;
            continue;
        };
        let shared = members.iter().position(|&v| placed[v as usize]);
        let turn = shared.is_some_and(|local| theirs[local] != sides[members[local] as usize]);
        for (local, &vertex) in members.iter().enumerate() {
            sides[vertex as usize] = theirs[local] ^ turn;
            placed[vertex as usize] = true;
        }
    }
    let bound = kernel.cost + bounds.iter().sum::<i64>();
    if !complete || kernel.cost_of(&sides) >= cutoff {
        return Found { best: None, bound };
    }
    kernel.unwind(&mut sides);
    Found { best: Some(sides), bound }
}

/// The links among some vertices as a kernel of its own.
fn cut_out(kernel: &Kernel, members: &[u32]) -> (Kernel, Vec<u32>) {
    let mut sub = Kernel::new(members.len());
    for (a, &vertex) in members.iter().enumerate() {
        for (&other, &weight) in kernel.links(vertex).range(vertex + 1..) {
            if let Ok(b) = members.binary_search(&other) {
                sub.add(a as u32, b as u32, weight);
            }
        }
    }
    (sub, members.to_vec())
}

/// Solves a kernel that is reduced and of one block.
fn solve_block(
    kernel: &Kernel,
    cutoff: i64,
    depth: usize,
    methods: Methods,
    effort: &mut Effort<'_>,
) -> Found {
    let (part, members) = Part::of(kernel);
    let whole = |sides: &[bool]| {
        let mut all = vec![true; kernel.capacity()];
        for (local, &vertex) in members.iter().enumerate() {
            all[vertex as usize] = sides[local];
        }
        kernel.unwind(&mut all);
        all
    };
    let answer = |best: &(Vec<bool>, i64), bound: i64| {
        let cost = kernel.cost + best.1 * part.unit;
        let best = (cost < cutoff).then(|| whole(&best.0));
        Found { best, bound: kernel.cost + bound * part.unit }
    };
    // The cutoff in the part's units: costs below it are below the cutoff.
    let limit = (cutoff - kernel.cost + part.unit - 1).div_euclid(part.unit);
    let by_tables = |most: u64, effort: &mut Effort<'_>| {
        let order = methods.tables.then(|| elimination::find_order(&part, most)).flatten()?;
        effort.spend(4 * order.entries);
        let sides = elimination::solve(&part, &order)?;
        let cost = part.cost(&sides);
        Some((sides, cost))
    };
    if let Some(best) = by_tables(NARROW, effort) {
        return answer(&best, best.1);
    }
    let n = part.nodes();
    let moves = if depth == 0 { 2000 + 40 * n } else { 4 * n }.min(200_000_000 / n);
    let mut best = search::search(&part, vec![true; n], moves, 1990 + depth as u64);
    effort.spend((moves * n) as u64);
    let patience = match depth {
        0 => 30,
        // What the first relaxation of a dense part left open the later ones do not close.
        _ if part.edges.len() >= 2 * DENSE * n => 0,
        _ => 12,
    };
    let Some(relaxed) = relaxation::relax(&part, &mut best, limit, patience, effort) else {
        best = search::polish(&part, best, 200 * n, effort);
        return answer(&best, packing::triangles(kernel) / part.unit);
    };
    if relaxed.bound >= best.1.min(limit) || effort.is_spent() {
        return answer(&best, relaxed.bound);
    }
    if let Some(exact) = by_tables(WIDE, effort) {
        return answer(&exact, exact.1);
    }
    // From here on only what is cheaper than all that is known counts.
    let below = best.1.min(limit) * part.unit + kernel.cost;
    let below = below.min(cutoff);
    let open = |found: Found| match found.best {
        Some(sides) => Found { best: Some(sides), bound: found.bound },
        // The bound stays in the kernel's weights: those of a smaller part need not be multiples of this one's unit.
        None => Found { bound: found.bound.min(below), ..answer(&best, 0) },
    };
    let decide = |pairs: &[(u32, u32, bool)]| {
        let mut smaller = kernel.clone();
        // Who stands for whom, and whether on the same side.
        let mut stands: Vec<(u32, bool)> = (0..kernel.capacity() as u32).map(|v| (v, true)).collect();
        for &(a, b, same) in pairs {
            let (a, same_a) = follow(&stands, members[a as usize]);
            let (b, same_b) = follow(&stands, members[b as usize]);
            if a != b {
                let same = same == (same_a == same_b);
                smaller.join(a, b, same);
                stands[a as usize] = (b, same);
            }
        }
        smaller
    };
    let link = |link: usize, strained: bool| {
        let (a, b, w) = part.edges[link];
        (a, b, (w > 0) != strained)
    };
    if relaxed.unstrained.len() * 20 >= part.edges.len() {
        let pairs: Vec<_> = relaxed.unstrained.iter().map(|&at| link(at, false)).collect();
        let mut found = solve(decide(&pairs), below, depth + 1, methods, effort);
        // What the decided links leave open is no cheaper than what is known.
        found.bound = found.bound.min(below);
        return open(found);
    }
    let mut doubtful = relaxed.doubtful.map(|(at, strain)| link(at, strain >= 0.5));
    let mut least = relaxed.bound;
    if part.edges.len() >= DENSE * n
        && let Some(closer) = semidefinite::relax(&part, best.1, best.1.min(limit), effort)
    {
        least = least.max(closer.bound);
        if least >= best.1.min(limit) || effort.is_spent() {
            return answer(&best, least);
        }
        doubtful = closer.doubtful.or(doubtful);
    }
    let Some((a, b, likelier)) = doubtful else {
        return answer(&best, least);
    };
    let (mut below, mut improved, mut bound) = (below, None, i64::MAX);
    for same in [likelier, !likelier] {
        let found = solve(decide(&[(a, b, same)]), below, depth + 1, methods, effort);
        bound = bound.min(found.bound.min(below));
        if let Some(sides) = found.best {
            let local: Vec<bool> = members.iter().map(|&v| sides[v as usize]).collect();
            below = kernel.cost + part.cost(&local) * part.unit;
            improved = Some(sides);
        }
    }
    let bound = bound.max(kernel.cost + least * part.unit);
    open(Found { best: improved, bound })
}

/// Who stands for a vertex in the end, and whether on its side.
fn follow(stands: &[(u32, bool)], vertex: u32) -> (u32, bool) {
    let (mut at, mut same) = (vertex, true);
    while stands[at as usize].0 != at {
        let (next, agrees) = stands[at as usize];
        (at, same) = (next, same == agrees);
    }
    (at, same)
}
