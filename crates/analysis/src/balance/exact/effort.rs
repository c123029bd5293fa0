//! How much work is allowed, in steps and by word of the caller.

/// Steps of work that are allowed, and a question that is asked now and then: whether to stop.
///
/// A step is about a number computed, a nanosecond or so. A limit in steps gives the same answer on each run and each
/// machine; one by a clock, which only the caller can have, does not.
pub struct Effort<'a> {
    left: u64,
    stop: &'a dyn Fn() -> bool,
    stopped: bool,
}

impl<'a> Effort<'a> {
    /// At most so many steps, and none once `stop` says yes.
    pub fn new(steps: u64, stop: &'a dyn Fn() -> bool) -> Self {
        Self { left: steps, stop, stopped: false }
    }

    /// At most so many steps.
    pub fn steps(steps: u64) -> Effort<'static> {
        Effort { left: steps, stop: &|| false, stopped: false }
    }

    /// Charges steps; whether there are none left.
    pub(super) fn spend(&mut self, steps: u64) -> bool {
        self.left = self.left.saturating_sub(steps);
        self.stopped = self.stopped || self.left == 0 || (self.stop)();
        self.stopped
    }

    /// Whether work must end.
    pub(super) fn is_spent(&self) -> bool {
        self.stopped
    }
}
