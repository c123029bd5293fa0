//! The confidence of a rule as a curve: how often it held, by the age of what it rests on and by how often that happened,
//! both in powers of two. Where little was seen a curve is drawn towards the rule's mean times the general curve.

/// Ages 1, 2–3, 4–7, … 256 and more.
const AGES: usize = 9;
/// Occurrences 1, 2–3, 4–7, 8 and more.
const COUNTS: usize = 4;
/// Cells of a curve.
pub const CELLS: usize = AGES * COUNTS;
/// How many trials the general curve is worth.
const PRIOR: f32 = 20.0;

/// How often something was tried, and how often it held.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    /// Trials.
    pub tried: f32,
    /// Those that held.
    pub hit: f32,
}

impl Cell {
    /// Counts trials.
    pub fn add(&mut self, tried: f32, hit: f32) {
        self.tried += tried;
        self.hit += hit;
    }

    /// The share that held, with so many trials more that held as the prior says.
    pub fn rate(&self, prior: f32) -> f32 {
        (self.hit + PRIOR * prior) / (self.tried + PRIOR)
    }
}

/// Trials by age and number.
#[derive(Debug, Clone)]
pub struct Curve {
    /// By [`cell`].
    pub cells: [Cell; CELLS],
    /// All together.
    pub all: Cell,
}

impl Default for Curve {
    fn default() -> Self {
        Self { cells: [Cell::default(); CELLS], all: Cell::default() }
    }
}

impl Curve {
    /// Counts trials in a cell.
    pub fn add(&mut self, cell: usize, tried: f32, hit: f32) {
        self.cells[cell].add(tried, hit);
        self.all.add(tried, hit);
    }

    /// As the general curve of many rules whose mean is `mean`: how much likelier each cell is than all together.
    pub fn factors(&self, mean: f32) -> [f32; CELLS] {
        self.cells.map(|cell| cell.rate(mean) / mean)
    }

    /// The confidence in each cell, 0 to 0.99: that of this curve, drawn towards the general one scaled to this rule;
    /// `base` is what rules of the kind have before anything is seen.
    pub fn settled(&self, base: f32, factors: &[f32; CELLS]) -> [f32; CELLS] {
        let whole = self.all.rate(base);
        // What the general curve would have given on this rule's own ages: the curve is scaled to the rule.
        let expected: f32 = self.cells.iter().zip(factors).map(|(cell, factor)| cell.tried * factor).sum();
        let scale = whole * (self.all.tried + PRIOR) / (expected + PRIOR);
        std::array::from_fn(|at| self.cells[at].rate((scale * factors[at]).min(0.95)).min(0.99))
    }
}

/// The cell of something that happened so often, and last so many steps ago.
pub fn cell(age: u32, count: u32) -> usize {
    let (age, count) = (age.max(1).ilog2() as usize, count.max(1).ilog2() as usize);
    age.min(AGES - 1) * COUNTS + count.min(COUNTS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_seen_speaks_for_itself_and_little_as_the_others_do() {
        let (fresh, old) = (cell(1, 1), cell(300, 1));
        let mut general = Curve::default();
        general.add(fresh, 1000.0, 400.0);
        general.add(old, 1000.0, 10.0);
        let mean = general.all.rate(0.01);
        let factors = general.factors(mean);
        let mut own = Curve::default();
        own.add(fresh, 10_000.0, 9000.0);
        let settled = own.settled(mean, &factors);
        assert!((settled[fresh] - 0.9).abs() < 0.01, "{}", settled[fresh]);
        let unseen = Curve::default().settled(mean, &factors);
        assert!(unseen[fresh] > 10.0 * unseen[old] && unseen[fresh] < 0.5, "{unseen:?}");
        assert_eq!((cell(0, 0), cell(u32::MAX, u32::MAX)), (0, CELLS - 1));
    }
}
