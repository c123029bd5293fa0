//! Who is torn between two camps, and which ties strain them.

use super::network::SignedNetwork;
use super::triangles::Triangles;

/// How an actor stands in its camp.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The actor.
    pub actor: u32,
    /// Its camp.
    pub camp: bool,
    /// Number of its ties.
    pub ties: u32,
    /// How many of them are strained.
    pub strained: u32,
    /// Weight of the ties that would be strained, less that of those that are: what its changing sides would cost. At
    /// the least strain never below 0; at 0 the actor could as well stand on the other side.
    pub margin: i64,
}

impl Standing {
    /// Share of its ties that are strained, from 0 to 1; 0 for an actor without ties.
    pub fn share(&self) -> f64 {
        if self.ties == 0 { 0.0 } else { f64::from(self.strained) / f64::from(self.ties) }
    }
}

/// How every actor stands, in the order of the actors.
pub fn standings(network: &SignedNetwork, camps: &[bool]) -> Vec<Standing> {
    let mut all: Vec<Standing> = (0..network.nodes() as u32)
        .map(|actor| Standing { actor, camp: camps[actor as usize], ties: 0, strained: 0, margin: 0 })
        .collect();
    for tie in network.ties() {
        let strained = SignedNetwork::is_strained(tie, camps);
        for actor in [tie.a, tie.b] {
            let standing = &mut all[actor as usize];
            standing.ties += 1;
            standing.strained += u32::from(strained);
            standing.margin += if strained { -i64::from(tie.weight) } else { i64::from(tie.weight) };
        }
    }
    all
}

/// The strained ties as places in the network, those in most unbalanced triangles first.
pub fn strained_ties(network: &SignedNetwork, camps: &[bool], triangles: &Triangles) -> Vec<usize> {
    let ties = network.ties();
    let mut strained: Vec<usize> =
        (0..ties.len()).filter(|&at| SignedNetwork::is_strained(&ties[at], camps)).collect();
    strained.sort_by_key(|&at| std::cmp::Reverse((triangles.unbalanced_at[at], ties[at].weight)));
    strained
}
