//! The steps by which a tree is built (arc-hybrid), which of them are possible, and what each costs against a known
//! tree.
//!
//! Words wait in a buffer with the root behind the last word; a stack holds words whose head is not yet known.
//! `Shift` moves a word to the stack, `Left` makes the front of the buffer head of the top of the stack, `Right` makes
//! the second of the stack head of the top. With the root behind the last word, every run ends with one root.

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The front of the buffer goes on the stack.
    Shift,
    /// The top of the stack depends on the front of the buffer.
    Left,
    /// The top of the stack depends on the word below it.
    Right,
}

/// All steps in the order of the model's weights.
pub const STEPS: [Step; 3] = [Step::Shift, Step::Left, Step::Right];

/// What is known of the dependents of one word on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// The outermost one.
    pub first: u32,
    /// The second from outside.
    pub second: u32,
    /// How many.
    pub count: u32,
    /// Their relations, one bit each.
    pub labels: u64,
}

/// A half-built tree over words `0..n`; `n` is the root, `n + 1` stands for a missing word.
#[derive(Debug, Clone, Default)]
pub struct State {
    n: usize,
    next: usize,
    stack: Vec<u32>,
    on_stack: Vec<bool>,
    /// Heads found; the missing word where there is none yet.
    pub heads: Vec<u32>,
    /// Relations found, by number; of use only where the head is found.
    pub labels: Vec<u8>,
    left: Vec<Side>,
    right: Vec<Side>,
}

impl State {
    /// All `n` words in the buffer.
    pub fn start(&mut self, n: usize) {
        let none = Side { first: n as u32 + 1, second: n as u32 + 1, count: 0, labels: 0 };
        self.n = n;
        self.next = 0;
        self.stack.clear();
        self.on_stack.clear();
        self.on_stack.resize(n + 2, false);
        self.heads.clear();
        self.heads.resize(n + 2, n as u32 + 1);
        self.labels.clear();
        self.labels.resize(n + 2, u8::MAX);
        self.left.clear();
        self.left.resize(n + 2, none);
        self.right.clear();
        self.right.resize(n + 2, none);
    }

    /// Whether every word has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.n && self.stack.is_empty()
    }

    /// Whether a step is possible.
    #[inline]
    pub fn allows(&self, step: Step) -> bool {
        match step {
            Step::Shift => self.next < self.n,
            Step::Left => !self.stack.is_empty() && (self.next < self.n || self.stack.len() == 1),
            Step::Right => self.stack.len() >= 2,
        }
    }

    /// The word `depth` places below the top of the stack, or the missing word.
    #[inline]
    pub fn stacked(&self, depth: usize) -> usize {
        match self.stack.len().checked_sub(depth + 1) {
            Some(at) => self.stack[at] as usize,
            None => self.n + 1,
        }
    }

    /// The word `ahead` places behind the front of the buffer, the root, or the missing word.
    #[inline]
    pub fn waiting(&self, ahead: usize) -> usize {
        (self.next + ahead).min(self.n + 1)
    }

    /// The dependents of a word before it.
    #[inline]
    pub fn left(&self, word: usize) -> Side {
        self.left[word]
    }

    /// The dependents of a word behind it.
    #[inline]
    pub fn right(&self, word: usize) -> Side {
        self.right[word]
    }

    /// The arc a step would draw: dependent and head.
    pub fn arc(&self, step: Step) -> Option<(usize, usize)> {
        match step {
            Step::Shift => None,
            Step::Left => Some((self.stacked(0), self.next)),
            Step::Right => Some((self.stacked(0), self.stacked(1))),
        }
    }

    /// Takes a step, which must be possible; `label` is the relation of the arc it draws.
    pub fn take(&mut self, step: Step, label: u8) {
        let Some((dependent, head)) = self.arc(step) else {
            self.stack.push(self.next as u32);
            self.on_stack[self.next] = true;
            self.next += 1;
            return;
        };
        self.stack.pop();
        self.on_stack[dependent] = false;
        self.heads[dependent] = head as u32;
        self.labels[dependent] = label;
        let side = if step == Step::Left { &mut self.left[head] } else { &mut self.right[head] };
        // In both directions a later dependent lies further outside.
        side.second = side.first;
        side.first = dependent as u32;
        side.count += 1;
        side.labels |= 1 << (u32::from(label) % 64);
    }

    /// How many arcs of the tree `gold` a step puts out of reach. The root's head is `n`; `dependents` lists every
    /// word's dependents in `gold`.
    pub fn cost(&self, step: Step, gold: &[u32], dependents: &[Vec<u32>]) -> u32 {
        let waits = |word: u32| word as usize >= self.next;
        match step {
            Step::Shift => {
                let word = self.next;
                let head = gold[word] as usize;
                let lost_head = head < self.n && self.on_stack[head] && head != self.stacked(0);
                let lost = dependents[word].iter().filter(|&&d| self.on_stack[d as usize]).count();
                u32::from(lost_head) + lost as u32
            }
            Step::Left | Step::Right => {
                let word = self.stacked(0);
                let head = gold[word];
                let lost_head = match step {
                    Step::Left => {
                        head as usize != self.next && (waits(head) || head as usize == self.stacked(1))
                    }
                    _ => waits(head),
                };
                let lost = dependents[word].iter().filter(|&&d| waits(d)).count();
                u32::from(lost_head) + lost as u32
            }
        }
    }
}
