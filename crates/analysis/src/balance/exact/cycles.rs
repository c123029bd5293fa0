//! Frustrated cycles, those with an odd number of hostile links: each needs a strained link. Where links have lengths,
//! those shorter than one are found by shortest paths in a graph that holds every vertex twice, once for each side
//! (Barahona and Mahjoub, "On the cut polytope", Mathematical Programming 36, 1986).

use super::part::Part;
use std::cmp::Ordering;
use std::collections::{BTreeSet, BinaryHeap};

/// Links by their place in [`Part::edges`], sorted; a simple cycle with an odd number of hostile links.
pub(super) type Cycle = Vec<u32>;

/// Neighbours with the place of the link.
pub(super) struct Finder<'p> {
    part: &'p Part,
    around: Vec<Vec<(u32, u32)>>,
    length: Vec<f64>,
    before: Vec<(u32, u32)>,
    touched: Vec<u32>,
}

#[derive(PartialEq)]
struct Reached {
    length: f64,
    state: u32,
}

impl Eq for Reached {}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        // The heap gives the greatest first.
        other.length.total_cmp(&self.length).then(other.state.cmp(&self.state))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'p> Finder<'p> {
    pub(super) fn new(part: &'p Part) -> Self {
        let n = part.nodes();
        let mut around = vec![Vec::new(); n];
        for (at, &(a, b, _)) in part.edges.iter().enumerate() {
            around[a as usize].push((b, at as u32));
            around[b as usize].push((a, at as u32));
        }
        let (length, before) = (vec![f64::INFINITY; 2 * n], vec![(0, 0); 2 * n]);
        Self { part, around, length, before, touched: Vec::new() }
    }

    /// A shortest frustrated cycle through each vertex, those under `below` alone, shortest first, each once.
    pub(super) fn short(&mut self, lengths: &[f64], below: f64) -> Vec<(f64, Cycle)> {
        let mut found = BTreeSet::new();
        for vertex in 0..self.part.nodes() as u32 {
            if let Some(cycle) = self.through(vertex, lengths, below) {
                found.insert(cycle);
            }
        }
        let sum = |cycle: &Cycle| cycle.iter().map(|&e| lengths[e as usize]).sum::<f64>();
        let mut found: Vec<_> = found.into_iter().map(|cycle| (sum(&cycle), cycle)).collect();
        found.sort_by(|(a, x), (b, y)| {
            a.total_cmp(b).then_with(|| x.len().cmp(&y.len())).then_with(|| x.cmp(y))
        });
        found
    }

    /// A shortest frustrated closed walk through a vertex, cut down to a cycle of no greater length.
    fn through(&mut self, vertex: u32, lengths: &[f64], below: f64) -> Option<Cycle> {
        for &state in &self.touched {
            self.length[state as usize] = f64::INFINITY;
        }
        self.touched.clear();
        let (from, to) = (2 * vertex, 2 * vertex + 1);
        self.length[from as usize] = 0.0;
        self.touched.push(from);
        let mut heap = BinaryHeap::from([Reached { length: 0.0, state: from }]);
        while let Some(Reached { length, state }) = heap.pop() {
            if length > self.length[state as usize] {
                continue;
            }
            if state == to {
                break;
            }
            for &(next, edge) in &self.around[state as usize / 2] {
                let hostile = self.part.edges[edge as usize].2 < 0;
                let next = 2 * next + ((state % 2) ^ u32::from(hostile));
                // A little for each link, so that of equal cycles the one of fewest links is found.
                let sum = length + lengths[edge as usize].max(0.0) + 1e-7;
                if sum < self.length[next as usize] && sum < below {
                    if self.length[next as usize] == f64::INFINITY {
                        self.touched.push(next);
                    }
                    self.length[next as usize] = sum;
                    self.before[next as usize] = (state, edge);
                    heap.push(Reached { length: sum, state: next });
                }
            }
        }
        if self.length[to as usize] == f64::INFINITY {
            return None;
        }
        let mut walk = Vec::new();
        let mut state = to;
        while state != from {
            let (before, edge) = self.before[state as usize];
            walk.push((state / 2, edge));
            state = before;
        }
        Some(self.simple(&walk))
    }

    /// A frustrated simple cycle within a frustrated closed walk, given as vertices with the link that leaves each.
    fn simple(&self, walk: &[(u32, u32)]) -> Cycle {
        let mut path: Vec<(u32, u32)> = Vec::new();
        for &(vertex, edge) in walk {
            if let Some(at) = path.iter().position(|(v, _)| *v == vertex) {
                let odd =
                    path[at..].iter().filter(|(_, e)| self.part.edges[*e as usize].2 < 0).count() % 2 == 1;
                if odd {
                    return sorted(&path[at..]);
                }
                path.truncate(at);
            }
            path.push((vertex, edge));
        }
        sorted(&path)
    }
}

fn sorted(path: &[(u32, u32)]) -> Cycle {
    let mut cycle: Cycle = path.iter().map(|(_, e)| *e).collect();
    cycle.sort_unstable();
    cycle
}
