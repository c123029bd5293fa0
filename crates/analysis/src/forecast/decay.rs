//! Counts that fade: how often something happened, when last, and how often lately by several half-lives at once.

/// Half-lives in steps. Powers of four, so that the fading per step comes from square roots alone, which are exact on
/// every machine.
pub const HALF_LIVES: [u32; 4] = [2, 8, 32, 128];

/// Ages past this fade to what they are here: less than a ten-thousandth even at the longest half-life.
const LONGEST: usize = 2048;

/// Age of what never happened.
pub const NEVER: f32 = 100_000.0;

/// How much is left of one event after so many steps, by half-life.
#[derive(Debug, Clone)]
pub struct Fading(Vec<[f32; 4]>);

impl Default for Fading {
    fn default() -> Self {
        let per_step = HALF_LIVES.map(|life| (0..life.trailing_zeros()).fold(0.5f64, |left, _| left.sqrt()));
        let mut left = [1.0f64; 4];
        let mut table = Vec::with_capacity(LONGEST);
        for _ in 0..LONGEST {
            table.push(left.map(|left| left as f32));
            left = [0, 1, 2, 3].map(|at| left[at] * per_step[at]);
        }
        Self(table)
    }
}

impl Fading {
    /// What is left after `age` steps.
    pub fn after(&self, age: u32) -> &[f32; 4] {
        &self.0[(age as usize).min(LONGEST - 1)]
    }
}

/// How often and how lately something happened.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// How often.
    pub count: f32,
    /// The first step; meaningless where `count` is 0.
    pub first: u32,
    /// The last step; meaningless where `count` is 0.
    pub last: u32,
    faded: [f32; 4],
}

impl Tally {
    /// Counts an event at a step not before the last.
    pub fn add(&mut self, step: u32, fading: &Fading) {
        let left = fading.after(step.saturating_sub(self.last));
        for (faded, left) in self.faded.iter_mut().zip(left) {
            *faded = *faded * left + 1.0;
        }
        if self.count == 0.0 {
            self.first = step;
        }
        self.count += 1.0;
        self.last = step;
    }

    /// Counts faded until a step, by half-life.
    pub fn faded(&self, now: u32, fading: &Fading) -> [f32; 4] {
        let left = fading.after(now.saturating_sub(self.last));
        [0, 1, 2, 3].map(|at| self.faded[at] * left[at])
    }

    /// Steps since the last event, or [`NEVER`].
    pub fn age(&self, now: u32) -> f32 {
        if self.count > 0.0 { now.saturating_sub(self.last) as f32 } else { NEVER }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_halved_after_its_half_life() {
        let fading = Fading::default();
        let mut tally = Tally::default();
        tally.add(10, &fading);
        for (at, life) in HALF_LIVES.into_iter().enumerate() {
            assert!((tally.faded(10 + life, &fading)[at] - 0.5).abs() < 1e-6);
        }
        tally.add(12, &fading);
        assert!((tally.faded(12, &fading)[0] - 1.5).abs() < 1e-6);
        assert_eq!(
            (tally.count, tally.first, tally.age(15), Tally::default().age(15)),
            (2.0, 10, 3.0, NEVER)
        );
    }
}
