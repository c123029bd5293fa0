//! Rules that make a kernel smaller without changing what the best partition costs.
//!
//! Each shows that some best partition keeps a certain link unstrained (its ends become one) or that a vertex's best
//! side can be chosen last. They cover leaves, paths, bridges, pairs of links that part the graph, alliances whose
//! members have the same friends and foes, and vertices of degree three. Compare the persistency criteria of Lange,
//! Andres and Swoboda, "Combinatorial Persistency Criteria for Multicut and Max-Cut" (CVPR 2019).

use super::effort::Effort;
use super::kernel::Kernel;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Kernels with more links than this are not asked for cuts around single links, which takes a search for each.
const CUTS_UP_TO: usize = 5_000;

/// Vertices that are to be looked at.
#[derive(Debug, Default)]
struct Waiting {
    own: BTreeSet<u32>,
    /// Those whose neighbours are to be looked at: taken once a round, for a vertex with many links takes in many others.
    around: BTreeSet<u32>,
}

impl Waiting {
    /// All that wait, those with few links first.
    fn round(&mut self, kernel: &Kernel) -> Vec<u32> {
        for vertex in std::mem::take(&mut self.around) {
            self.own.extend(kernel.links(vertex).keys().copied());
        }
        let mut round: Vec<u32> = std::mem::take(&mut self.own).into_iter().collect();
        round.sort_by_key(|&vertex| (kernel.links(vertex).len(), vertex));
        round
    }

    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.around.is_empty()
    }
}

/// Applies all rules until none applies or the effort is spent.
pub(super) fn reduce(kernel: &mut Kernel, effort: &mut Effort<'_>) {
    let own = (0..kernel.capacity() as u32).filter(|&v| kernel.is_alive(v)).collect();
    let mut waiting = Waiting { own, around: BTreeSet::new() };
    join_all_outweighed(kernel, &mut waiting, effort);
    while !effort.is_spent()
        && (dissolve_stars(kernel, effort) || join_twins(kernel, effort) || join_across_cuts(kernel, effort))
    {
    }
}

/// Joins what is outweighed at the vertices that wait and at those that this changes. Those with few links come first:
/// one with many changes with each of them and need not be looked at as often.
fn join_all_outweighed(kernel: &mut Kernel, waiting: &mut Waiting, effort: &mut Effort<'_>) {
    while !waiting.is_empty() {
        for vertex in waiting.round(kernel) {
            if effort.spend(50 + 20 * kernel.links(vertex).len() as u64) {
                return;
            }
            if kernel.is_alive(vertex) {
                join_where_outweighed(kernel, vertex, waiting);
            }
        }
    }
}

/// Joins a vertex with its neighbour if the link outweighs all others of the vertex, or outweighs what the two differ in.
fn join_where_outweighed(kernel: &mut Kernel, vertex: u32, waiting: &mut Waiting) {
    let total: i64 = kernel.links(vertex).values().map(|w| w.abs()).sum();
    let found = kernel.links(vertex).iter().find(|&(&other, &weight)| {
        // If strained, the vertex could change sides for no more than its other links.
        2 * weight.abs() >= total
            // If strained, the one or the other could change sides; together that costs what they differ in.
            || differ_at_most(kernel, vertex, other, weight > 0, 2 * weight.abs())
    });
    if let Some((&other, &weight)) = found {
        join(kernel, vertex, other, weight > 0, waiting);
    }
}

fn join(kernel: &mut Kernel, a: u32, b: u32, same: bool, waiting: &mut Waiting) {
    // The one with fewer links goes.
    let (gone, stays) = if kernel.links(a).len() <= kernel.links(b).len() { (a, b) } else { (b, a) };
    waiting.own.extend(kernel.links(gone).keys().copied());
    waiting.own.insert(stays);
    waiting.around.insert(stays);
    kernel.join(gone, stays, same);
}

/// Whether the links of two vertices to all others differ by no more than `most`, the second seen through `same`.
fn differ_at_most(kernel: &Kernel, a: u32, b: u32, same: bool, most: i64) -> bool {
    let mut left = kernel.links(a).iter().filter(|(v, _)| **v != b).peekable();
    let mut right = kernel.links(b).iter().filter(|(v, _)| **v != a).peekable();
    let seen = |w: i64| if same { w } else { -w };
    let mut sum = 0;
    while sum <= most {
        let (step_left, step_right) = match (left.peek(), right.peek()) {
            (None, None) => return true,
            (Some(_), None) => (true, false),
            (None, Some(_)) => (false, true),
            (Some((l, _)), Some((r, _))) => (l <= r, r <= l),
        };
        let l = if step_left { left.next().map_or(0, |(_, &w)| w) } else { 0 };
        let r = if step_right { right.next().map_or(0, |(_, &w)| seen(w)) } else { 0 };
        sum += (l - r).abs();
    }
    false
}

/// Dissolves all vertices of degree three that can be; whether there were any.
fn dissolve_stars(kernel: &mut Kernel, effort: &mut Effort<'_>) -> bool {
    let mut any = false;
    for vertex in 0..kernel.capacity() as u32 {
        if kernel.links(vertex).len() == 3 {
            let own = kernel.links(vertex).keys().copied().collect();
            if kernel.dissolve_star(vertex) {
                any = true;
                join_all_outweighed(kernel, &mut Waiting { own, ..Waiting::default() }, effort);
            }
        }
    }
    any
}

/// Joins vertices that have no link but the same links to all others, as they are or with all signs turned.
fn join_twins(kernel: &mut Kernel, effort: &mut Effort<'_>) -> bool {
    let mut seen: BTreeMap<Vec<(u32, i64)>, u32> = BTreeMap::new();
    let mut any = false;
    for vertex in 0..kernel.capacity() as u32 {
        let Some((links, sign)) = turned(kernel, vertex) else {
            continue;
        };
        // What was seen may have changed since.
        let twin = seen.get(&links).and_then(|&twin| Some((twin, turned(kernel, twin)?)));
        if let Some((twin, (theirs, their_sign))) = twin
            && theirs == links
        {
            let mut waiting = Waiting::default();
            join(kernel, vertex, twin, sign == their_sign, &mut waiting);
            join_all_outweighed(kernel, &mut waiting, effort);
            any = true;
        } else {
            seen.insert(links, vertex);
        }
    }
    any
}

/// The links of a vertex with all signs turned if need be to make the first friendly, and the sign of the first.
fn turned(kernel: &Kernel, vertex: u32) -> Option<(Vec<(u32, i64)>, i64)> {
    let sign = kernel.links(vertex).values().next()?.signum();
    Some((kernel.links(vertex).iter().map(|(&v, &w)| (v, w * sign)).collect(), sign))
}

/// Joins the ends of a link if some cut through it weighs no more than twice the link: one side could be turned over.
fn join_across_cuts(kernel: &mut Kernel, effort: &mut Effort<'_>) -> bool {
    if kernel.size() > CUTS_UP_TO {
        return false;
    }
    let mut any = false;
    let search = 20 * kernel.size() as u64;
    for (a, b, _) in kernel.edges() {
        if effort.spend(search) {
            return false;
        }
        // Links change as others are joined.
        if let Some(&weight) = kernel.links(a).get(&b)
            && !flow_exceeds(kernel, a, b, weight.abs())
        {
            let mut waiting = Waiting::default();
            join(kernel, a, b, weight > 0, &mut waiting);
            join_all_outweighed(kernel, &mut waiting, effort);
            any = true;
        }
    }
    any
}

/// Whether more than `most` can flow from one vertex to another without their own link.
fn flow_exceeds(kernel: &Kernel, from: u32, to: u32, most: i64) -> bool {
    let mut used: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    let mut flow = 0;
    loop {
        let mut before: BTreeMap<u32, u32> = BTreeMap::from([(from, from)]);
        let mut queue = VecDeque::from([from]);
        'search: while let Some(vertex) = queue.pop_front() {
            for (&next, &weight) in kernel.links(vertex) {
                if before.contains_key(&next) || (vertex == from && next == to) {
                    continue;
                }
                if weight.abs() > used.get(&(vertex, next)).copied().unwrap_or(0) {
                    before.insert(next, vertex);
                    if next == to {
                        break 'search;
                    }
                    queue.push_back(next);
                }
            }
        }
        if !before.contains_key(&to) {
            return false;
        }
        let mut path = vec![to];
        let mut at = to;
        while at != from {
            at = before[&at];
            path.push(at);
        }
        let room = path.windows(2).map(|step| {
            let (next, vertex) = (step[0], step[1]);
            kernel.links(vertex)[&next].abs() - used.get(&(vertex, next)).copied().unwrap_or(0)
        });
        let room = room.min().unwrap_or(0);
        for step in path.windows(2) {
            *used.entry((step[1], step[0])).or_insert(0) += room;
            *used.entry((step[0], step[1])).or_insert(0) -= room;
        }
        flow += room;
        if flow > most {
            return true;
        }
    }
}
