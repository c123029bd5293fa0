//! The linear relaxation of a part: frustrated cycles are found and covered until none is left that is not. Gives a
//! bound, links that no better partition strains, a link to branch on, and partitions that follow it.

use super::covering::Covering;
use super::cycles::Finder;
use super::effort::Effort;
use super::part::Part;
use super::search;

/// Parts with more links are not relaxed: the tableau would be too large.
const LARGEST: usize = 6000;
/// Most numbers in the tableau.
const ROOM: usize = 40_000_000;
/// Most cycles added in a round.
const CYCLES: usize = 150;
/// Steps of the simplex method between two questions whether to stop.
const PIVOTS: usize = 50;
/// Cycles that are covered but for this much are let be.
const NEARLY: f64 = 1e-4;

/// What the relaxation says.
pub(super) struct Relaxed {
    /// Least cost, at least.
    pub(super) bound: i64,
    /// Places of links that a partition cheaper than the one known does not strain.
    pub(super) unstrained: Vec<usize>,
    /// The link that the relaxation is most in doubt about, and its strain.
    pub(super) doubtful: Option<(usize, f64)>,
}

/// Relaxes a part. `best` is the cheapest partition known, with its cost, and is improved on the way; a partition is of
/// use only if it costs less than `cutoff`. Ends early once bound and cost meet, when `patience` rounds in a row
/// brought nothing, or when the effort is spent.
pub(super) fn relax(
    part: &Part,
    best: &mut (Vec<bool>, i64),
    cutoff: i64,
    patience: usize,
    effort: &mut Effort<'_>,
) -> Option<Relaxed> {
    if part.edges.len() > LARGEST {
        return None;
    }
    let costs: Vec<f64> = part.edges.iter().map(|(_, _, w)| w.abs() as f64).collect();
    let mut programme = Covering::new(&costs);
    let mut finder = Finder::new(part);
    let (mut bound, mut rest) = (0.0, costs.clone());
    let (mut idle, mut renewed, mut round) = (0, 0, 0);
    let step = part.step as f64;
    loop {
        let limit = best.1.min(cutoff);
        if part.round_up(bound, best.1) >= limit || idle > patience || effort.is_spent() {
            break;
        }
        let strains = programme.strains();
        if round % 4 == 3 {
            let (sides, cost) = search::descend(part, follow(part, &strains));
            if cost < best.1 {
                *best = (sides, cost);
            }
            effort.spend(20 * part.edges.len() as u64);
        }
        round += 1;
        let cycles = finder.short(&strains, 1.0 - NEARLY);
        effort.spend(100 * (part.nodes() * part.nodes().min(60) + part.edges.len()) as u64);
        if cycles.is_empty() || programme.rows() * costs.len() > ROOM {
            break;
        }
        cycles.into_iter().take(CYCLES).for_each(|(_, cycle)| programme.add(cycle));
        let mut solved = false;
        for _ in 0..400 {
            let before = programme.work;
            solved = programme.solve(PIVOTS);
            if effort.spend(programme.work - before) || solved {
                break;
            }
        }
        if !solved && !effort.is_spent() {
            renewed += 1;
            if renewed > 3 {
                break;
            }
            programme.renew();
            continue;
        }
        programme.forget(0.5);
        let (now, free) = programme.bound(&costs);
        idle = if now > bound + 0.002 * step { 0 } else { idle + 1 };
        if now > bound {
            (bound, rest) = (now, free);
        }
    }
    // A partition that is of use costs some steps less than the one known, and less than the cutoff; a link that would
    // cost more than that is not strained there.
    let steps = (best.1 - best.1.min(cutoff)).max(0) / part.step + 1;
    let most = (best.1 - steps * part.step) as f64 - bound + 1e-4;
    let unstrained = (0..rest.len()).filter(|&e| rest[e] > most).collect();
    let strains = programme.strains();
    let doubt = |e: &usize| strains[*e].min(1.0 - strains[*e]) * (costs[*e] + 1.0).ln();
    let doubtful = (0..costs.len()).max_by(|a, b| doubt(a).total_cmp(&doubt(b)).then(b.cmp(a)));
    let doubtful = doubtful.map(|e| (e, strains[e]));
    Some(Relaxed { bound: part.round_up(bound, best.1), unstrained, doubtful })
}

/// A partition that strains no link of a tree of links that are hardly strained.
fn follow(part: &Part, strains: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..part.edges.len()).collect();
    order.sort_by(|&a, &b| strains[a].total_cmp(&strains[b]).then(a.cmp(&b)));
    let n = part.nodes();
    let mut group: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|v| vec![v]).collect();
    let mut sides = vec![true; n];
    for e in order {
        let (a, b, w) = part.edges[e];
        let (a, b) = (a as usize, b as usize);
        let (mut from, mut to) = (group[a], group[b]);
        if from == to {
            continue;
        }
        let turn = (sides[a] == sides[b]) != (w > 0);
        if members[from].len() > members[to].len() {
            (from, to) = (to, from);
        }
        for v in std::mem::take(&mut members[from]) {
            sides[v] ^= turn;
            group[v] = to;
            members[to].push(v);
        }
    }
    sides
}
