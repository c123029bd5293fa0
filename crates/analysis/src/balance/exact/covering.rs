//! A linear programme of covering: least cost of links `x >= 0` such that each of some cycles has links of one in all.
//!
//! Dual simplex method on a tableau that grows by rows as cycles are found and gives up those that no longer bind. It is
//! our own for what general solvers do not give: prices of the cycles, from which follow a bound that holds whatever
//! the rounding errors, and the links that no better partition can strain.

use super::cycles::Cycle;

/// Smaller numbers are taken for rounding errors.
const TINY: f64 = 1e-9;
/// Rows that fall short by less are taken as satisfied.
const SLACK: f64 = 1e-7;

/// A variable: a link's strain, or what a cycle has over one.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Variable {
    Link(u32),
    Surplus(u32),
}

struct Row {
    basic: Variable,
    value: f64,
    coefficients: Vec<f64>,
}

/// The programme.
pub(super) struct Covering {
    /// Costs, lowered a little at random so that no two ways cost the same.
    costs: Vec<f64>,
    cycles: Vec<Cycle>,
    /// The variables that are 0, and what each would cost.
    zero: Vec<Variable>,
    prices: Vec<f64>,
    rows: Vec<Row>,
    /// Where each link's variable stands: the row, if it is not 0.
    row_of: Vec<Option<usize>>,
    /// Numbers computed so far, as a measure of work.
    pub(super) work: u64,
}

impl Covering {
    /// A programme without cycles. `costs` are positive.
    pub(super) fn new(costs: &[f64]) -> Self {
        let mut dice = super::search::Dice(costs.len() as u64);
        let lowered =
            costs.iter().map(|cost| cost * (1.0 - 2e-6 * (dice.below(1 << 20) as f64 / f64::from(1 << 20))));
        let costs: Vec<f64> = lowered.collect();
        Self {
            zero: (0..costs.len() as u32).map(Variable::Link).collect(),
            prices: costs.clone(),
            row_of: vec![None; costs.len()],
            cycles: Vec::new(),
            rows: Vec::new(),
            costs,
            work: 0,
        }
    }

    /// Adds a cycle that must be covered.
    pub(super) fn add(&mut self, cycle: Cycle) {
        let mut coefficients = vec![0.0; self.zero.len()];
        let mut value = -1.0;
        let mut at_zero = vec![];
        for &link in &cycle {
            match self.row_of[link as usize] {
                Some(row) => {
                    let row = &self.rows[row];
                    value += row.value;
                    coefficients.iter_mut().zip(&row.coefficients).for_each(|(sum, c)| *sum += c);
                    self.work += self.zero.len() as u64;
                }
                None => at_zero.push(Variable::Link(link)),
            }
        }
        for (slot, variable) in self.zero.iter().enumerate() {
            if at_zero.contains(variable) {
                coefficients[slot] += 1.0;
            }
        }
        self.work += self.zero.len() as u64;
        self.rows.push(Row { basic: Variable::Surplus(self.cycles.len() as u32), value, coefficients });
        self.cycles.push(cycle);
    }

    /// Solves on from where it stands, for at most `pivots` steps; whether the optimum was reached.
    pub(super) fn solve(&mut self, pivots: usize) -> bool {
        for _ in 0..pivots {
            let leaving = self.rows.iter().enumerate().filter(|(_, row)| row.value < -SLACK);
            let leaving = leaving.min_by(|(_, a), (_, b)| a.value.total_cmp(&b.value));
            let Some((row, _)) = leaving else {
                return true;
            };
            let Some(slot) = self.entering(row) else {
                // Only rounding errors can make a programme of covering insoluble.
                return false;
            };
            self.pivot(row, slot);
        }
        false
    }

    /// The variable at 0 whose growth mends a row at the least price; of nearly equal ones that with the largest number.
    fn entering(&self, row: usize) -> Option<usize> {
        let coefficients = &self.rows[row].coefficients;
        let ratios = || (0..self.zero.len()).filter(|&j| coefficients[j] > 1e-7);
        let least = ratios()
            .map(|j| (self.prices[j].max(0.0) + TINY) / coefficients[j])
            .fold(f64::INFINITY, f64::min);
        ratios()
            .filter(|&j| self.prices[j].max(0.0) / coefficients[j] <= least)
            .max_by(|&i, &j| coefficients[i].total_cmp(&coefficients[j]))
    }

    fn pivot(&mut self, at: usize, slot: usize) {
        let mut row = std::mem::take(&mut self.rows[at].coefficients);
        let turn = row[slot];
        let value = -self.rows[at].value / turn;
        row.iter_mut().for_each(|c| *c = -*c / turn);
        row[slot] = 1.0 / turn;
        let filled: Vec<u32> =
            (0..row.len() as u32).filter(|&j| row[j as usize].abs() > TINY && j as usize != slot).collect();
        let dense = filled.len() * 4 > row.len();
        let substitute = |target: &mut [f64]| {
            let factor = std::mem::replace(&mut target[slot], 0.0);
            if dense {
                target.iter_mut().zip(&row).for_each(|(c, r)| *c += factor * r);
            } else {
                for &j in &filled {
                    target[j as usize] += factor * row[j as usize];
                }
                target[slot] += factor * row[slot];
            }
            factor
        };
        substitute(&mut self.prices);
        for (other, target) in self.rows.iter_mut().enumerate() {
            if other != at && target.coefficients[slot].abs() > TINY {
                let factor = substitute(&mut target.coefficients);
                target.value += factor * value;
                self.work += if dense { row.len() } else { 2 * filled.len() } as u64;
            }
        }
        let entering = std::mem::replace(&mut self.zero[slot], self.rows[at].basic);
        if let Variable::Link(link) = self.rows[at].basic {
            self.row_of[link as usize] = None;
        }
        if let Variable::Link(link) = entering {
            self.row_of[link as usize] = Some(at);
        }
        self.rows[at] = Row { basic: entering, value, coefficients: row };
        self.work += (self.zero.len() + self.rows.len()) as u64;
    }

    /// Forgets cycles that have more than `over` to spare.
    pub(super) fn forget(&mut self, over: f64) {
        self.rows.retain(|row| !(matches!(row.basic, Variable::Surplus(_)) && row.value > over));
        for (at, row) in self.rows.iter().enumerate() {
            if let Variable::Link(link) = row.basic {
                self.row_of[link as usize] = Some(at);
            }
        }
    }

    /// The strain of every link.
    pub(super) fn strains(&self) -> Vec<f64> {
        self.row_of.iter().map(|row| row.map_or(0.0, |row| self.rows[row].value.max(0.0))).collect()
    }

    /// A bound that holds whatever the rounding errors, and what each link's straining would cost over it.
    ///
    /// Prices of cycles that together pay no link more than it costs add up to a bound (linear duality); prices that
    /// would, by an error, are lowered until they do not.
    pub(super) fn bound(&self, costs: &[f64]) -> (f64, Vec<f64>) {
        let mut paid = vec![0.0; costs.len()];
        let mut sum = 0.0;
        for (variable, price) in self.zero.iter().zip(&self.prices) {
            if let Variable::Surplus(cycle) = variable {
                sum += price.max(0.0);
                self.cycles[*cycle as usize].iter().for_each(|&link| paid[link as usize] += price.max(0.0));
            }
        }
        let over = paid.iter().zip(costs).map(|(paid, cost)| paid / cost).fold(1.0, f64::max);
        let rest = paid.iter().zip(costs).map(|(paid, cost)| (cost - paid / over).max(0.0)).collect();
        (sum / over, rest)
    }

    /// Number of rows held.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Begins again with the cycles that bind, to be rid of rounding errors.
    pub(super) fn renew(&mut self) {
        let binding: Vec<Cycle> = self
            .zero
            .iter()
            .filter_map(|variable| match variable {
                Variable::Surplus(cycle) => Some(self.cycles[*cycle as usize].clone()),
                Variable::Link(_) => None,
            })
            .collect();
        self.zero = (0..self.costs.len() as u32).map(Variable::Link).collect();
        self.prices = self.costs.clone();
        self.row_of.fill(None);
        self.rows.clear();
        self.cycles.clear();
        binding.into_iter().for_each(|cycle| self.add(cycle));
    }
}
