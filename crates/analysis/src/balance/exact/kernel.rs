//! A signed weighted graph that shrinks: pairs of vertices are made one, vertices of degree three give way to triangles,
//! and what was done is written down so that a partition of what is left becomes one of the whole.
//!
//! A link's number carries sign and weight: `w > 0` costs `w` where its ends differ, `w < 0` costs `-w` where they agree.

use std::collections::BTreeMap;

/// One vertex that is gone, and how its side follows from those that stay.
#[derive(Debug, Clone)]
enum Step {
    /// Same side as `into`, or the other one.
    Joined { vertex: u32, into: u32, same: bool },
    /// The cheaper side, given its three neighbours.
    Star { vertex: u32, links: [(u32, i64); 3] },
}

/// The shrinking graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Kernel {
    links: Vec<BTreeMap<u32, i64>>,
    /// Vertices that are not gone.
    alive: Vec<bool>,
    /// Cost that no partition of what is left can avoid.
    pub(super) cost: i64,
    steps: Vec<Step>,
}

impl Kernel {
    /// A graph of `nodes` vertices without links.
    pub(super) fn new(nodes: usize) -> Self {
        Self { links: vec![BTreeMap::new(); nodes], alive: vec![true; nodes], cost: 0, steps: Vec::new() }
    }

    /// Number of vertices, those that are gone included.
    pub(super) fn capacity(&self) -> usize {
        self.links.len()
    }

    /// The links of a vertex.
    pub(super) fn links(&self, vertex: u32) -> &BTreeMap<u32, i64> {
        &self.links[vertex as usize]
    }

    /// Whether a vertex is still there.
    pub(super) fn is_alive(&self, vertex: u32) -> bool {
        self.alive[vertex as usize]
    }

    /// Number of links.
    pub(super) fn size(&self) -> usize {
        self.links.iter().map(BTreeMap::len).sum::<usize>() / 2
    }

    /// All links, each once, sorted.
    pub(super) fn edges(&self) -> Vec<(u32, u32, i64)> {
        let mut edges = Vec::new();
        for (a, links) in self.links.iter().enumerate() {
            let a = a as u32;
            edges.extend(links.range(a + 1..).map(|(&b, &w)| (a, b, w)));
        }
        edges
    }

    /// Adds a link; one that is there already is made one with it, and what the two cost in any case is charged.
    pub(super) fn add(&mut self, a: u32, b: u32, weight: i64) {
        debug_assert!(a != b);
        let old = self.links[a as usize].get(&b).copied().unwrap_or(0);
        let sum = old + weight;
        self.cost += (old.abs() + weight.abs() - sum.abs()) / 2;
        if sum == 0 {
            self.links[a as usize].remove(&b);
            self.links[b as usize].remove(&a);
        } else {
            self.links[a as usize].insert(b, sum);
            self.links[b as usize].insert(a, sum);
        }
    }

    /// Puts a vertex on the side of another, or on the other side, for good.
    pub(super) fn join(&mut self, vertex: u32, into: u32, same: bool) {
        let links = std::mem::take(&mut self.links[vertex as usize]);
        self.alive[vertex as usize] = false;
        self.steps.push(Step::Joined { vertex, into, same });
        for (other, weight) in links {
            self.links[other as usize].remove(&vertex);
            if other == into {
                if (weight > 0) != same {
                    self.cost += weight.abs();
                }
            } else {
                self.add(into, other, if same { weight } else { -weight });
            }
        }
    }

    /// Replaces a vertex of degree three by a triangle that costs the same for every partition of its neighbours.
    /// Gives up, and says so, where that triangle would not have whole weights, or where one link outweighs the others.
    pub(super) fn dissolve_star(&mut self, vertex: u32) -> bool {
        let links: Vec<(u32, i64)> = self.links[vertex as usize].iter().map(|(&v, &w)| (v, w)).collect();
        let Ok(links) = <[(u32, i64); 3]>::try_from(links) else {
            return false;
        };
        let sum: i64 = links.iter().map(|(_, w)| w.abs()).sum();
        if sum % 2 != 0 || links.iter().any(|(_, w)| 2 * w.abs() > sum) {
            return false;
        }
        self.links[vertex as usize].clear();
        self.alive[vertex as usize] = false;
        for (other, _) in links {
            self.links[other as usize].remove(&vertex);
        }
        self.steps.push(Step::Star { vertex, links });
        for (i, j, apart) in [(0, 1, 2), (0, 2, 1), (1, 2, 0)] {
            // The link between two neighbours takes half of what their links have over the third.
            let weight = sum / 2 - links[apart].1.abs();
            if weight != 0 {
                let sign = links[i].1.signum() * links[j].1.signum();
                self.add(links[i].0, links[j].0, sign * weight);
            }
        }
        true
    }

    /// Fills in the sides of all vertices that are gone.
    pub(super) fn unwind(&self, sides: &mut [bool]) {
        for step in self.steps.iter().rev() {
            match *step {
                Step::Joined { vertex, into, same } => sides[vertex as usize] = sides[into as usize] == same,
                Step::Star { vertex, links } => {
                    let pull: i64 = links.iter().map(|&(v, w)| if sides[v as usize] { w } else { -w }).sum();
                    sides[vertex as usize] = pull > 0;
                }
            }
        }
    }

    /// What a partition of what is left costs, with what is charged already.
    pub(super) fn cost_of(&self, sides: &[bool]) -> i64 {
        let strained = |&(a, b, w): &(u32, u32, i64)| (sides[a as usize] == sides[b as usize]) != (w > 0);
        self.cost + self.edges().iter().filter(|edge| strained(edge)).map(|(_, _, w)| w.abs()).sum::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheapest(kernel: &Kernel) -> i64 {
        let n = kernel.capacity();
        (0..1u32 << n)
            .map(|set| kernel.cost_of(&(0..n).map(|v| set >> v & 1 == 1).collect::<Vec<_>>()))
            .min()
            .unwrap()
    }

    #[test]
    fn a_star_costs_what_its_triangle_costs() {
        for weights in [[2, 2, 2], [4, 2, -2], [-5, 3, 4], [1, 2, 3]] {
            let mut kernel = Kernel::new(4);
            for (leaf, weight) in weights.into_iter().enumerate() {
                kernel.add(3, leaf as u32, weight);
            }
            kernel.add(0, 1, -3);
            let before = kernel.clone();
            assert!(kernel.dissolve_star(3));
            for set in 0..8u32 {
                let mut sides: Vec<bool> = (0..4).map(|v| set >> v & 1 == 1).collect();
                kernel.unwind(&mut sides);
                assert_eq!(kernel.cost_of(&sides), before.cost_of(&sides), "{weights:?} {set}");
            }
        }
    }

    #[test]
    fn joining_charges_what_it_decides() {
        let mut kernel = Kernel::new(3);
        kernel.add(0, 1, 5);
        kernel.add(1, 2, 2);
        kernel.add(0, 2, -1);
        assert_eq!(cheapest(&kernel), 1);
        kernel.join(0, 1, true);
        assert_eq!((kernel.cost, kernel.size()), (1, 1));
        let mut sides = vec![false, true, true];
        kernel.unwind(&mut sides);
        assert_eq!(sides, [true, true, true]);
    }
}
