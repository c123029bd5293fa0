//! What another tie would do: the balance of a network before and after ties are added, removed or turned over.

use super::exact::{Effort, Partition, least_strain};
use super::network::{NetworkError, SignedNetwork, Tie};
use super::triangles::{Triangle, triangles_through};
use std::collections::{BTreeMap, BTreeSet};

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The one actor.
    pub a: u32,
    /// The other actor.
    pub b: u32,
    /// The tie from now on: friendly, hostile, or none.
    pub friendly: Option<bool>,
}

/// A triangle that changes: how it was and how it is; none where it is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The actors, ascending.
    pub actors: [u32; 3],
    /// Whether it was balanced.
    pub before: Option<bool>,
    /// Whether it is balanced.
    pub after: Option<bool>,
}

/// An actor whose place is harder or easier to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressure {
    /// The actor.
    pub actor: u32,
    /// What changing sides would have cost it before (see `Standing::margin`).
    pub before: i64,
    /// What it would cost after the change if nobody else moved; below 0, moving would relieve the network.
    pub after: i64,
    /// Whether it is on the other side in the partition of least strain after the change.
    pub moves: bool,
}

/// Before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The network after the change.
    pub network: SignedNetwork,
    /// Camps before.
    pub before: Partition,
    /// Camps after; among partitions of equal strain one that moves few actors.
    pub after: Partition,
    /// Triangles that changed.
    pub turns: Vec<Turn>,
    /// Actors whose margin changed or who move, those under most pressure first.
    pub pressures: Vec<Pressure>,
}

/// Applies changes one after the other. An added tie weighs 1, one that turns over keeps its weight. Fails where a change
/// names an unknown actor or one actor twice.
pub fn changed(network: &SignedNetwork, changes: &[Change]) -> Result<SignedNetwork, NetworkError> {
    let mut ties: BTreeMap<(u32, u32), Tie> =
        network.ties().iter().map(|tie| ((tie.a, tie.b), *tie)).collect();
    for (at, change) in changes.iter().enumerate() {
        let nodes = network.nodes();
        if let Some(actor) = [change.a, change.b].into_iter().find(|&actor| actor as usize >= nodes) {
            return Err(NetworkError::Unknown { at, actor, nodes });
        }
        if change.a == change.b {
            return Err(NetworkError::Loop { at, actor: change.a });
        }
        let pair = (change.a.min(change.b), change.a.max(change.b));
        match change.friendly {
            None => {
                ties.remove(&pair);
            }
            Some(friendly) => {
                let new = Tie { a: pair.0, b: pair.1, friendly, weight: 1 };
                ties.entry(pair).or_insert(new).friendly = friendly;
            }
        }
    }
    let ties: Vec<Tie> = ties.into_values().collect();
    SignedNetwork::new(network.nodes(), &ties)
}

/// Compares a network with what changes make of it. Fails as [`changed`] does.
pub fn compare(
    network: &SignedNetwork,
    changes: &[Change],
    effort: &mut Effort<'_>,
) -> Result<Comparison, NetworkError> {
    let new = changed(network, changes)?;
    let before = least_strain(network, effort);
    let mut after = least_strain(&new, effort);
    after.camps = nearest(&new, &before.camps, &after);
    let turns = turns(network, &new, changes);
    let (was, is) = (margins(network, &before.camps), margins(&new, &before.camps));
    let mut pressures: Vec<Pressure> = (0..network.nodes())
        .map(|v| Pressure {
            actor: v as u32,
            before: was[v],
            after: is[v],
            moves: before.camps[v] != after.camps[v],
        })
        .filter(|p| p.moves || p.before != p.after)
        .collect();
    pressures.sort_by_key(|p| (!p.moves, p.after, p.after - p.before, p.actor));
    Ok(Comparison { network: new, before, after, turns, pressures })
}

fn margins(network: &SignedNetwork, camps: &[bool]) -> Vec<i64> {
    super::camps::standings(network, camps).iter().map(|standing| standing.margin).collect()
}

/// The old camps where they strain no more than the best ones; else the best ones, with all groups of movers back in their
/// old places that lose nothing by it.
fn nearest(network: &SignedNetwork, old: &[bool], best: &Partition) -> Vec<bool> {
    if network.strain(old) == best.strain {
        return old.to_vec();
    }
    let neighbours = network.neighbours();
    let mut camps = best.camps.clone();
    for group in groups(&neighbours, |v| camps_differ(&best.camps, old, v))
        .into_iter()
        .chain(groups(&neighbours, |v| !camps_differ(&best.camps, old, v)))
    {
        // A group that goes back to its place, or all others that do: the strain at its border decides.
        let mut turned = camps.clone();
        group.iter().for_each(|&v| turned[v] = !turned[v]);
        let moved = |camps: &[bool]| (0..old.len()).filter(|&v| camps[v] != old[v]).count();
        if network.strain(&turned) <= network.strain(&camps) && moved(&turned) < moved(&camps) {
            camps = turned;
        }
    }
    let moved = (0..old.len()).filter(|&v| camps[v] != old[v]).count();
    if 2 * moved > old.len() {
        camps.iter_mut().for_each(|camp| *camp = !*camp);
    }
    camps
}

fn camps_differ(camps: &[bool], old: &[bool], v: usize) -> bool {
    camps[v] != old[v]
}

/// Connected groups of the actors that are chosen.
fn groups(neighbours: &[Vec<(u32, usize)>], chosen: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut seen = vec![false; neighbours.len()];
    let mut found = Vec::new();
    for root in (0..neighbours.len()).filter(|&v| chosen(v)) {
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        let (mut group, mut at) = (vec![root], 0);
        while at < group.len() {
            for &(next, _) in &neighbours[group[at]] {
                let next = next as usize;
                if chosen(next) && !std::mem::replace(&mut seen[next], true) {
                    group.push(next);
                }
            }
            at += 1;
        }
        found.push(group);
    }
    found
}

fn turns(old: &SignedNetwork, new: &SignedNetwork, changes: &[Change]) -> Vec<Turn> {
    let pairs: BTreeSet<(u32, u32)> = changes.iter().map(|c| (c.a.min(c.b), c.a.max(c.b))).collect();
    let all = |network: &SignedNetwork| -> BTreeMap<[u32; 3], bool> {
        let through = pairs.iter().flat_map(|&(a, b)| triangles_through(network, a, b));
        through.map(|Triangle { actors, balanced }| (actors, balanced)).collect()
    };
    let (before, after) = (all(old), all(new));
    let actors: BTreeSet<[u32; 3]> = before.keys().chain(after.keys()).copied().collect();
    let turn = |actors: [u32; 3]| Turn {
        actors,
        before: before.get(&actors).copied(),
        after: after.get(&actors).copied(),
    };
    actors.into_iter().map(turn).filter(|turn| turn.before != turn.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network() -> SignedNetwork {
        // Two friends, two friends, all others foes.
        let ties = [(0, 1, true), (2, 3, true), (0, 2, false), (1, 3, false), (0, 3, false)];
        let ties = ties.map(|(a, b, friendly)| Tie { a, b, friendly, weight: 1 });
        SignedNetwork::new(4, &ties).unwrap()
    }

    #[test]
    fn a_foe_that_becomes_a_friend_strains_and_its_triangles_turn() {
        let change = Change { a: 3, b: 0, friendly: Some(true) };
        let seen = compare(&network(), &[change], &mut Effort::steps(1 << 30)).unwrap();
        assert_eq!((seen.before.strain, seen.after.strain), (0, 1));
        // Nobody need move: the old camps are as good as any.
        assert_eq!(seen.before.camps, seen.after.camps);
        let turn = |actors| Turn { actors, before: Some(true), after: Some(false) };
        assert_eq!(seen.turns, [turn([0, 1, 3]), turn([0, 2, 3])]);
        let pressed: Vec<_> = seen.pressures.iter().map(|p| (p.actor, p.before, p.after, p.moves)).collect();
        assert_eq!(pressed, [(0, 3, 1, false), (3, 3, 1, false)]);
    }

    #[test]
    fn actors_move_where_that_relieves() {
        let change = |a, b, friendly| Change { a, b, friendly };
        let changes = [change(0, 2, Some(true)), change(0, 3, Some(true)), change(0, 1, Some(false))];
        let seen = compare(&network(), &changes, &mut Effort::steps(1 << 30)).unwrap();
        assert_eq!(seen.after.strain, 0);
        let movers: Vec<_> = seen.pressures.iter().filter(|p| p.moves).map(|p| (p.actor, p.after)).collect();
        assert_eq!(movers, [(0, -3)]);
    }

    #[test]
    fn removal_takes_triangles_away_and_bad_changes_are_errors() {
        let change = Change { a: 0, b: 3, friendly: None };
        let seen = compare(&network(), &[change], &mut Effort::steps(1 << 30)).unwrap();
        assert_eq!(seen.network.ties().len(), 4);
        assert!(seen.turns.iter().all(|turn| turn.after.is_none()) && seen.turns.len() == 2);
        assert!(changed(&network(), &[Change { a: 0, b: 0, friendly: None }]).is_err());
        assert!(changed(&network(), &[Change { a: 0, b: 9, friendly: None }]).is_err());
    }
}
