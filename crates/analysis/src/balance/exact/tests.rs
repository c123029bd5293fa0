//! The least strain against all partitions, on networks of every density and weight.

use super::*;
use crate::balance::Tie;
use proptest::prelude::*;

fn brute_force(network: &SignedNetwork) -> u64 {
    let n = network.nodes();
    let camps = |set: u32| (0..n).map(|v| set >> v & 1 == 1).collect::<Vec<_>>();
    (0..1u32 << (n - 1)).map(|set| network.strain(&camps(set))).min().unwrap()
}

fn networks(most_weight: u32) -> impl Strategy<Value = SignedNetwork> {
    let tie = (0u8..100, any::<bool>(), 1..=most_weight);
    (2usize..=12, 10u8..=100, proptest::collection::vec(tie, 66)).prop_map(|(n, share, dice)| {
        let mut ties = Vec::new();
        for b in 1..n as u32 {
            for a in 0..b {
                let (roll, friendly, weight) = dice[(b * (b - 1) / 2 + a) as usize];
                if roll < share {
                    ties.push(Tie { a, b, friendly, weight });
                }
            }
        }
        SignedNetwork::new(n, &ties).unwrap()
    })
}

fn holds(network: &SignedNetwork, found: &Partition) -> bool {
    network.strain(&found.camps) == found.strain && found.bound <= found.strain
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_least_strain_is_that_of_brute_force(network in networks(1)) {
        let found = least_strain(&network, &mut Effort::steps(u64::MAX));
        prop_assert!(found.optimal && holds(&network, &found));
        prop_assert_eq!(found.strain, brute_force(&network));
    }

    #[test]
    fn weights_count(network in networks(7)) {
        let found = least_strain(&network, &mut Effort::steps(u64::MAX));
        prop_assert!(found.optimal && holds(&network, &found));
        prop_assert_eq!(found.strain, brute_force(&network));
    }

    #[test]
    fn relaxation_and_branching_alone_find_it_too(network in networks(3)) {
        let found = least_strain_by(&network, Methods { tables: false }, &mut Effort::steps(u64::MAX));
        prop_assert!(found.optimal && holds(&network, &found));
        prop_assert_eq!(found.strain, brute_force(&network));
    }

    #[test]
    fn bounds_hold_when_work_is_cut_short(network in networks(3), steps in 0u64..200_000) {
        let found = least_strain_by(&network, Methods { tables: false }, &mut Effort::steps(steps));
        let least = brute_force(&network);
        prop_assert!(holds(&network, &found) && found.bound <= least && least <= found.strain);
        prop_assert_eq!(found.optimal, found.bound == found.strain);
    }
}

/// Whether some division strains less than `below`, by going through all of them: actor after actor is put on either side, and
/// what strains too much already is not gone on with. It shares nothing with the methods but the count.
fn plain_search(ties: &[Vec<(usize, bool)>], order: &[usize], below: u64) -> bool {
    fn go(
        ties: &[Vec<(usize, bool)>],
        order: &[usize],
        sides: &mut [Option<bool>],
        costs: &mut Vec<[u64; 2]>,
        at: usize,
        strained: u64,
        below: u64,
    ) -> bool {
        // Whoever is not placed yet strains at least what the cheaper side strains with those who are.
        let rest: u64 = order[at..].iter().map(|v| costs[*v][0].min(costs[*v][1])).sum();
        if strained + rest >= below {
            return false;
        }
        let Some(&v) = order.get(at) else { return true };
        let first = costs[v][1] < costs[v][0];
        for side in [first, !first] {
            if at == 0 && side {
                continue;
            }
            let more = costs[v][usize::from(side)];
            sides[v] = Some(side);
            let change = |costs: &mut Vec<[u64; 2]>, sides: &[Option<bool>], by: i64| {
                for &(u, friendly) in &ties[v] {
                    if sides[u].is_none() {
                        // A friend is strained on the other side, a foe on the same.
                        let wrong = usize::from(side != friendly);
                        costs[u][wrong] = costs[u][wrong].wrapping_add_signed(by);
                    }
                }
            };
            change(costs, sides, 1);
            let found = go(ties, order, sides, costs, at + 1, strained + more, below);
            change(costs, sides, -1);
            sides[v] = None;
            if found {
                return true;
            }
        }
        false
    }
    let (mut sides, mut costs) = (vec![None; ties.len()], vec![[0, 0]; ties.len()]);
    go(ties, order, &mut sides, &mut costs, 0, 0, below)
}

#[test]
fn forty_actors_agree_with_a_plain_search_on_two_hundred_seeds() {
    const ACTORS: usize = 40;
    for seed in 0..200u64 {
        let mut dice = search::Dice(1000 + seed);
        let mut signs = std::collections::BTreeMap::new();
        while signs.len() < 60 + (seed % 5) as usize * 10 {
            let (a, b) = (dice.below(ACTORS) as u32, dice.below(ACTORS) as u32);
            if a < b {
                let friendly = dice.roll().is_multiple_of(2);
                signs.entry((a, b)).or_insert(friendly);
            }
        }
        let ties: Vec<Tie> =
            signs.iter().map(|(&(a, b), &friendly)| Tie { a, b, friendly, weight: 1 }).collect();
        let network = SignedNetwork::new(ACTORS, &ties).unwrap();
        let found = least_strain(&network, &mut Effort::steps(u64::MAX));
        assert!(found.optimal && holds(&network, &found), "seed {seed}");
        let mut near = vec![Vec::new(); ACTORS];
        for tie in &ties {
            near[tie.a as usize].push((tie.b as usize, tie.friendly));
            near[tie.b as usize].push((tie.a as usize, tie.friendly));
        }
        // Next comes who has most ties to those before.
        let mut order: Vec<usize> = Vec::new();
        while order.len() < ACTORS {
            let known = |v: &usize| near[*v].iter().filter(|(u, _)| order.contains(u)).count();
            let next = (0..ACTORS).filter(|v| !order.contains(v)).max_by_key(|v| (known(v), near[*v].len()));
            order.push(next.unwrap());
        }
        assert!(!plain_search(&near, &order, found.strain), "seed {seed}: less than {}", found.strain);
        assert!(plain_search(&near, &order, found.strain + 1), "seed {seed}");
    }
}

/// A square grid with signs by a fixed rule.
fn grid(side: u32) -> SignedNetwork {
    let mut dice = search::Dice(12);
    let mut ties = Vec::new();
    for v in 0..side * side {
        for (u, inside) in [(v + 1, v % side + 1 < side), (v + side, v / side + 1 < side)] {
            if inside {
                ties.push(Tie { a: v, b: u, friendly: dice.roll().is_multiple_of(2), weight: 1 });
            }
        }
    }
    SignedNetwork::new((side * side) as usize, &ties).unwrap()
}

#[test]
fn tables_and_relaxation_agree_on_a_grid() {
    let network = grid(12);
    let tables = least_strain_by(&network, Methods { tables: true }, &mut Effort::steps(u64::MAX));
    let relaxed = least_strain_by(&network, Methods { tables: false }, &mut Effort::steps(u64::MAX));
    assert!(tables.optimal && relaxed.optimal);
    assert_eq!(tables.strain, relaxed.strain);
}

#[test]
fn tables_and_vectors_agree_on_a_dense_network() {
    let mut dice = search::Dice(7);
    let pairs = (1..22u32).flat_map(|b| (0..b).map(move |a| (a, b)));
    let ties: Vec<Tie> =
        pairs.map(|(a, b)| Tie { a, b, friendly: dice.roll().is_multiple_of(2), weight: 1 }).collect();
    let network = SignedNetwork::new(22, &ties).unwrap();
    let tables = least_strain_by(&network, Methods { tables: true }, &mut Effort::steps(u64::MAX));
    let relaxed = least_strain_by(&network, Methods { tables: false }, &mut Effort::steps(u64::MAX));
    assert!(tables.optimal && relaxed.optimal);
    assert_eq!(tables.strain, relaxed.strain);
}

#[test]
fn large_networks_are_divided_well_without_a_proof() {
    // Two camps of 1500 with one tie in ten strained, at random.
    let mut dice = search::Dice(3);
    let (mut ties, mut strained) = (std::collections::BTreeMap::new(), 0);
    while ties.len() < 12_000 {
        let (a, b) = (dice.below(3000) as u32, dice.below(3000) as u32);
        let against = dice.below(10) == 0;
        if a < b && ties.insert((a, b), ((a < 1500) == (b < 1500)) != against).is_none() {
            strained += u64::from(against);
        }
    }
    let ties: Vec<Tie> =
        ties.into_iter().map(|((a, b), friendly)| Tie { a, b, friendly, weight: 1 }).collect();
    let network = SignedNetwork::new(3000, &ties).unwrap();
    let found = least_strain(&network, &mut Effort::steps(2_000_000_000));
    assert!(holds(&network, &found) && !found.optimal && found.bound > 0);
    assert!(found.strain <= strained, "{} {strained}", found.strain);
}

#[test]
fn the_same_network_gives_the_same_camps() {
    let network = grid(9);
    let once = least_strain(&network, &mut Effort::steps(u64::MAX));
    assert_eq!(once, least_strain(&network, &mut Effort::steps(u64::MAX)));
    assert!(once.camps[0]);
}

#[test]
fn a_caller_can_stop_it() {
    let found = least_strain_by(&grid(20), Methods { tables: false }, &mut Effort::new(u64::MAX, &|| true));
    assert!(!found.optimal && found.bound < found.strain);
}

#[test]
fn nothing_has_no_strain() {
    let found = least_strain(&SignedNetwork::default(), &mut Effort::steps(1));
    assert_eq!((found.strain, found.bound, found.optimal), (0, 0, true));
}
