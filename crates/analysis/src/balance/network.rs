//! A signed network: actors by number, undirected ties that are friendly or hostile, each with a weight.

use std::collections::BTreeMap;

/// A tie between two actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The one actor; less than `b` in a [`SignedNetwork`].
    pub a: u32,
    /// The other actor.
    pub b: u32,
    /// Whether it is friendly.
    pub friendly: bool,
    /// What it costs to leave the tie strained; 1 in plain networks, at least 1.
    pub weight: u32,
}

impl Tie {
    /// 1 for a friendly tie, -1 for a hostile one.
    pub fn sign(&self) -> i8 {
        if self.friendly { 1 } else { -1 }
    }
}

/// Why ties make no network. Places count from 0 in the order in which the ties were given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// An actor with a tie to itself.
    #[error("tie {at} joins actor {actor} to itself")]
    Loop {
        /// Place of the tie.
        at: usize,
        /// The actor.
        actor: u32,
    },
    /// Two ties of one pair say different things.
    #[error("ties {first} and {second} of one pair disagree")]
    Contradiction {
        /// Place of the earlier tie.
        first: usize,
        /// Place of the later tie.
        second: usize,
    },
    /// A tie that weighs nothing.
    #[error("tie {at} has no weight")]
    Weightless {
        /// Place of the tie.
        at: usize,
    },
    /// An actor's number that is not below the number of actors.
    #[error("tie {at} names actor {actor}, and there are {nodes}")]
    Unknown {
        /// Place of the tie.
        at: usize,
        /// The number.
        actor: u32,
        /// How many actors there are.
        nodes: usize,
    },
}

/// Actors `0..nodes` and at most one tie for each pair, sorted by pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignedNetwork {
    nodes: usize,
    ties: Vec<Tie>,
}

impl SignedNetwork {
    /// Makes a network. A pair that is given twice counts once if sign and weight are equal; everything else that
    /// cannot stand is an error.
    pub fn new(nodes: usize, ties: &[Tie]) -> Result<Self, NetworkError> {
        let mut seen: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for (at, tie) in ties.iter().enumerate() {
            if let Some(actor) = [tie.a, tie.b].into_iter().find(|&actor| actor as usize >= nodes) {
                return Err(NetworkError::Unknown { at, actor, nodes });
            }
            if tie.a == tie.b {
                return Err(NetworkError::Loop { at, actor: tie.a });
            }
            if tie.weight == 0 {
                return Err(NetworkError::Weightless { at });
            }
            let first = *seen.entry((tie.a.min(tie.b), tie.a.max(tie.b))).or_insert(at);
            if (ties[first].friendly, ties[first].weight) != (tie.friendly, tie.weight) {
                return Err(NetworkError::Contradiction { first, second: at });
            }
        }
        let ties = seen.into_iter().map(|((a, b), at)| Tie { a, b, ..ties[at] }).collect();
        Ok(Self { nodes, ties })
    }

    /// Number of actors.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// The ties, sorted by pair, with `a < b`.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// Number of hostile ties.
    pub fn hostile(&self) -> usize {
        self.ties.iter().filter(|tie| !tie.friendly).count()
    }

    /// Whether a tie is strained where `camps[i]` tells the camp of actor `i`: a friendly tie between camps or a
    /// hostile one within a camp.
    pub fn is_strained(tie: &Tie, camps: &[bool]) -> bool {
        (camps[tie.a as usize] == camps[tie.b as usize]) != tie.friendly
    }

    /// Summed weight of the strained ties.
    pub fn strain(&self, camps: &[bool]) -> u64 {
        self.ties.iter().filter(|tie| Self::is_strained(tie, camps)).map(|tie| u64::from(tie.weight)).sum()
    }

    /// Neighbours of every actor with the place of the tie, sorted by neighbour.
    pub fn neighbours(&self) -> Vec<Vec<(u32, usize)>> {
        let mut lists = vec![Vec::new(); self.nodes];
        for (at, tie) in self.ties.iter().enumerate() {
            lists[tie.a as usize].push((tie.b, at));
            lists[tie.b as usize].push((tie.a, at));
        }
        lists.iter_mut().for_each(|list: &mut Vec<(u32, usize)>| list.sort_unstable());
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(a: u32, b: u32, friendly: bool) -> Tie {
        Tie { a, b, friendly, weight: 1 }
    }

    #[test]
    fn what_cannot_stand_is_named_by_place() {
        let make = |ties: &[Tie]| SignedNetwork::new(3, ties).unwrap_err();
        assert_eq!(make(&[tie(0, 1, true), tie(2, 2, true)]), NetworkError::Loop { at: 1, actor: 2 });
        assert_eq!(
            make(&[tie(0, 1, true), tie(1, 2, true), tie(1, 0, false)]),
            NetworkError::Contradiction { first: 0, second: 2 }
        );
        assert_eq!(make(&[tie(0, 3, true)]), NetworkError::Unknown { at: 0, actor: 3, nodes: 3 });
        assert_eq!(make(&[Tie { weight: 0, ..tie(0, 1, true) }]), NetworkError::Weightless { at: 0 });
    }

    #[test]
    fn equal_repetitions_count_once_and_strain_is_counted() {
        let network =
            SignedNetwork::new(3, &[tie(1, 0, true), tie(0, 1, true), tie(1, 2, false), tie(0, 2, true)])
                .unwrap();
        assert_eq!((network.ties().len(), network.hostile()), (3, 1));
        assert_eq!(network.strain(&[true, true, true]), 1);
        assert_eq!(network.strain(&[true, true, false]), 1);
        assert_eq!(network.strain(&[true, false, false]), 3);
    }
}
