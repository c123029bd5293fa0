//! Triangles of actors: balanced if an even number of their ties is hostile (Cartwright and Harary, "Structural balance: a
//! generalization of Heider's theory", Psychological Review 63, 1956).

use super::network::SignedNetwork;
use std::collections::BTreeMap;

/// Three actors with ties among all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Triangle {
    /// The actors, ascending.
    pub actors: [u32; 3],
    /// Whether an even number of the three ties is hostile.
    pub balanced: bool,
}

/// What the triangles of a network are like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Triangles {
    /// How many there are.
    pub all: u64,
    /// How many are balanced.
    pub balanced: u64,
    /// For every tie, in the network's order, in how many that are not balanced it takes part.
    pub unbalanced_at: Vec<u32>,
}

/// Counts the triangles.
pub fn count_triangles(network: &SignedNetwork) -> Triangles {
    let neighbours = network.neighbours();
    let ties = network.ties();
    let mut count = Triangles { unbalanced_at: vec![0; ties.len()], ..Triangles::default() };
    // Each triangle is met once: at the tie of its two smallest actors, seen from the third.
    for (at, tie) in ties.iter().enumerate() {
        let above = |list: &[(u32, usize)]| list.partition_point(|(actor, _)| *actor <= tie.b);
        let (of_a, of_b) = (&neighbours[tie.a as usize], &neighbours[tie.b as usize]);
        let (mut a, mut b) = (of_a[above(of_a)..].iter().peekable(), of_b[above(of_b)..].iter().peekable());
        while let (Some(&&(x, to_x)), Some(&&(y, to_y))) = (a.peek(), b.peek()) {
            if x == y {
                count.all += 1;
                let hostile = [at, to_x, to_y].iter().filter(|t| !ties[**t].friendly).count();
                if hostile % 2 == 0 {
                    count.balanced += 1;
                } else {
                    [at, to_x, to_y].iter().for_each(|t| count.unbalanced_at[*t] += 1);
                }
            }
            if x <= y {
                a.next();
            }
            if y <= x {
                b.next();
            }
        }
    }
    count
}

/// The triangles that two actors are in together, by the third actor.
pub fn triangles_through(network: &SignedNetwork, a: u32, b: u32) -> Vec<Triangle> {
    let friendly: BTreeMap<(u32, u32), bool> =
        network.ties().iter().map(|tie| ((tie.a, tie.b), tie.friendly)).collect();
    let sign = |x: u32, y: u32| friendly.get(&(x.min(y), x.max(y))).copied();
    let Some(own) = sign(a, b) else {
        return Vec::new();
    };
    let third = |c: u32| {
        let (to_a, to_b) = (sign(a, c)?, sign(b, c)?);
        let mut actors = [a, b, c];
        actors.sort_unstable();
        Some(Triangle { actors, balanced: [own, to_a, to_b].iter().filter(|s| !**s).count() % 2 == 0 })
    };
    (0..network.nodes() as u32).filter(|c| *c != a && *c != b).filter_map(third).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::balance::Tie;

    #[test]
    fn triangles_are_counted_once_and_by_tie() {
        let tie = |a, b, friendly| Tie { a, b, friendly, weight: 1 };
        // A complete graph of four with one hostile tie: the two triangles at that tie are not balanced.
        let ties = [(0, 1, false), (0, 2, true), (0, 3, true), (1, 2, true), (1, 3, true), (2, 3, true)];
        let network = SignedNetwork::new(4, &ties.map(|(a, b, f)| tie(a, b, f))).unwrap();
        let count = count_triangles(&network);
        assert_eq!((count.all, count.balanced), (4, 2));
        assert_eq!(count.unbalanced_at, [2, 1, 1, 1, 1, 0]);
        let through = triangles_through(&network, 3, 2);
        assert_eq!(through.len(), 2);
        assert_eq!(through[0], Triangle { actors: [0, 2, 3], balanced: true });
        assert!(triangles_through(&network, 0, 1).iter().all(|t| !t.balanced));
    }
}
