//! Local search: a good partition and no proof. Single vertices change sides, the best first; one that has just moved
//! waits (tabu search after Glover, with the restarts of Palubeckis, "Multistart tabu search strategies for the
//! unconstrained binary quadratic optimization problem", Annals of Operations Research 131, 2004).

use super::effort::Effort;
use super::part::Part;

/// A generator of pseudo-random numbers (SplitMix64), seeded by the caller.
#[derive(Debug, Clone)]
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// The next number.
    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound.max(1) as u64) as usize
    }
}

/// A partition, its cost, and what each vertex would gain by changing sides.
struct State<'p> {
    part: &'p Part,
    sides: Vec<bool>,
    gains: Vec<i64>,
    cost: i64,
}

impl<'p> State<'p> {
    fn new(part: &'p Part, sides: Vec<bool>) -> Self {
        let gain = |v: usize| {
            let strain = |&(u, w): &(u32, i64)| if sides[v] == sides[u as usize] { -w } else { w };
            part.links[v].iter().map(strain).sum()
        };
        let gains = (0..part.nodes()).map(gain).collect();
        let cost = part.cost(&sides);
        Self { part, sides, gains, cost }
    }

    fn turn(&mut self, v: usize) {
        self.cost -= self.gains[v];
        self.gains[v] = -self.gains[v];
        self.sides[v] = !self.sides[v];
        for &(u, w) in &self.part.links[v] {
            let change = if self.sides[v] == self.sides[u as usize] { -2 * w } else { 2 * w };
            self.gains[u as usize] += change;
        }
    }
}

/// Turns vertices while that lowers the cost.
pub(super) fn descend(part: &Part, sides: Vec<bool>) -> (Vec<bool>, i64) {
    let mut state = State::new(part, sides);
    let mut waiting: Vec<usize> = (0..part.nodes()).rev().collect();
    while let Some(v) = waiting.pop() {
        if state.gains[v] > 0 {
            state.turn(v);
            waiting.push(v);
            waiting.extend(part.links[v].iter().map(|(u, _)| *u as usize));
        }
    }
    (state.sides, state.cost)
}

/// Improves a partition of a large part: a few neighbours are turned over, what follows is turned with them, and all is
/// taken back if it cost more. At most `rounds` times, or until the effort is spent.
pub(super) fn polish(
    part: &Part,
    best: (Vec<bool>, i64),
    rounds: usize,
    effort: &mut Effort<'_>,
) -> (Vec<bool>, i64) {
    let n = part.nodes();
    let mut dice = Dice(1914);
    let mut state = State::new(part, best.0);
    let mut turned = Vec::new();
    for _ in 0..rounds {
        let before = state.cost;
        let mut at = dice.below(n);
        let mut work = 0;
        for _ in 0..1 + dice.below(6) {
            turned.push(at);
            state.turn(at);
            work += part.links[at].len();
            at = part.links[at].get(dice.below(part.links[at].len())).map_or(at, |(v, _)| *v as usize);
        }
        let mut next = 0;
        while next < turned.len() && turned.len() < 2000 {
            let around = part.links[turned[next]].iter().map(|(v, _)| *v as usize);
            let gaining: Vec<usize> = around.chain([turned[next]]).filter(|v| state.gains[*v] > 0).collect();
            for v in gaining {
                if state.gains[v] > 0 {
                    state.turn(v);
                    turned.push(v);
                    work += part.links[v].len();
                }
            }
            work += part.links[turned[next]].len();
            next += 1;
        }
        if state.cost > before {
            for v in turned.drain(..).rev() {
                state.turn(v);
            }
        }
        turned.clear();
        if effort.spend(50 + 5 * work as u64) {
            break;
        }
    }
    (state.sides, state.cost)
}

/// Searches for about `steps` moves, beginning with `sides`; the best partition seen and its cost.
pub(super) fn search(part: &Part, sides: Vec<bool>, steps: usize, seed: u64) -> (Vec<bool>, i64) {
    let n = part.nodes();
    let mut dice = Dice(seed);
    let (sides, cost) = descend(part, sides);
    let mut state = State::new(part, sides.clone());
    let mut best = (sides, cost);
    let mut until = vec![0usize; n];
    let tenure = 5 + n / 40;
    let (mut since, patience) = (0, 20 * n + 200);
    for step in 1..=steps {
        let mut chosen: Option<(i64, usize)> = None;
        let mut equals = 0;
        for (v, &gain) in state.gains.iter().enumerate() {
            if until[v] > step && state.cost - gain >= best.1 {
                continue;
            }
            match chosen {
                Some((value, _)) if gain < value => {}
                Some((value, _)) if gain == value => {
                    equals += 1;
                    if dice.below(equals) == 0 {
                        chosen = Some((gain, v));
                    }
                }
                _ => {
                    equals = 1;
                    chosen = Some((gain, v));
                }
            }
        }
        let Some((_, v)) = chosen else {
            continue;
        };
        state.turn(v);
        until[v] = step + tenure + dice.below(10);
        since += 1;
        if state.cost < best.1 {
            best = (state.sides.clone(), state.cost);
            since = 0;
        } else if since > patience {
            // Stuck: shake the best one.
            state = State::new(part, best.0.clone());
            for _ in 0..(n / 8).max(3) {
                state.turn(dice.below(n));
            }
            until.fill(0);
            since = 0;
        }
    }
    best
}
