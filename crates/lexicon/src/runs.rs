//! The runs that names are made of, by number: one piece of bytes and one table, so that a million names need no memory of
//! their own each and the whole can be written to a file as it is.

/// A run that is in no form.
pub(crate) const UNKNOWN: u32 = 0;

/// Fewest slots of a table.
const FEWEST: usize = 16;

/// Folded runs and their numbers, from 1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    pub(crate) bytes: Vec<u8>,
    /// By number: one past its last byte; it begins where the one before ends.
    pub(crate) ends: Vec<u32>,
    /// A part of the hash, so that runs are compared only where they are likely the same, and the number; a power of two of
    /// them, half of them empty at least (number 0).
    pub(crate) slots: Vec<[u32; 2]>,
}

impl Runs {
    fn run(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = if number == 1 { 0 } else { self.ends[number - 2] as usize };
        &self.bytes[start..self.ends[number - 1] as usize]
    }

    /// The number of a run, [`UNKNOWN`] for one that was never given a number.
    pub(crate) fn get(&self, run: &[u8]) -> u32 {
        if self.slots.is_empty() {
            return UNKNOWN;
        }
        let (tag, mut at) = place(hash(run), self.slots.len());
        loop {
            match self.slots[at] {
                [_, UNKNOWN] => return UNKNOWN,
                [t, number] if t == tag && self.run(number) == run => return number,
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The number of a run, a new one if it has none.
    pub(crate) fn number(&mut self, run: &[u8]) -> u32 {
        match self.get(run) {
            UNKNOWN => {
                if (self.ends.len() + 1) * 2 > self.slots.len() {
                    self.grow();
                }
                self.bytes.extend_from_slice(run);
                self.ends.push(self.bytes.len() as u32);
                let number = self.ends.len() as u32;
                self.enter(number);
                number
            }
            number => number,
        }
    }

    fn grow(&mut self) {
        self.slots = vec![[0, UNKNOWN]; (self.slots.len() * 2).max(FEWEST)];
        for number in 1..=self.ends.len() as u32 {
            self.enter(number);
        }
    }

    fn enter(&mut self, number: u32) {
        let (tag, mut at) = place(hash(self.run(number)), self.slots.len());
        while self.slots[at][1] != UNKNOWN {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = [tag, number];
    }

    /// Whether all numbers and places are sound, as those of a file may not be.
    pub(crate) fn is_sound(&self) -> bool {
        let count = self.ends.len();
        sound_slots(self.slots.len(), count)
            && self.ends.windows(2).all(|e| e[0] <= e[1])
            && self.ends.last().copied().unwrap_or_default() as usize == self.bytes.len()
            && self.slots.iter().all(|s| s[1] as usize <= count)
            && self.slots.iter().filter(|s| s[1] != UNKNOWN).count() == count
    }
}

/// Steps of a tree: from a node with a run to a node.
#[derive(Debug, Clone, Default)]
pub(crate) struct Steps {
    /// Node, run, node it leads to; a power of two of them, a quarter of them empty at least (leading to 0, the root).
    pub(crate) slots: Vec<[u32; 3]>,
    pub(crate) count: usize,
}

impl Steps {
    pub(crate) fn get(&self, node: u32, run: u32) -> Option<u32> {
        let mut at = self.start(node, run)?;
        loop {
            match self.slots[at] {
                [_, _, 0] => return None,
                [n, r, to] if n == node && r == run => return Some(to),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The node a step leads to: `fresh` if there was none.
    pub(crate) fn get_or_add(&mut self, node: u32, run: u32, fresh: u32) -> u32 {
        if let Some(to) = self.get(node, run) {
            return to;
        }
        if (self.count + 1) * 4 > self.slots.len() * 3 {
            let larger = vec![[0; 3]; (self.slots.len() * 2).max(FEWEST)];
            for step in std::mem::replace(&mut self.slots, larger) {
                if step[2] != 0 {
                    self.enter(step);
                }
            }
        }
        self.enter([node, run, fresh]);
        self.count += 1;
        fresh
    }

    fn enter(&mut self, step: [u32; 3]) {
        let Some(mut at) = self.start(step[0], step[1]) else { return };
        while self.slots[at][2] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = step;
    }

    fn start(&self, node: u32, run: u32) -> Option<usize> {
        let mixed = mix(u64::from(node) << 32 | u64::from(run));
        (!self.slots.is_empty()).then(|| place(mixed, self.slots.len()).1)
    }

    /// Whether all steps lead to one of so many nodes, as those of a file may not.
    pub(crate) fn is_sound(&self, nodes: usize) -> bool {
        sound_slots(self.slots.len(), self.count)
            && self.slots.iter().all(|s| (s[2] as usize) < nodes)
            && self.slots.iter().filter(|s| s[2] != 0).count() == self.count
    }
}

/// A table must have an empty slot, at which a search ends.
fn sound_slots(slots: usize, count: usize) -> bool {
    if count == 0 { slots == 0 || slots.is_power_of_two() } else { slots.is_power_of_two() && slots > count }
}

/// Part of a hash that is kept, and the slot where a search begins.
fn place(hash: u64, slots: usize) -> (u32, usize) {
    (hash as u32, (hash >> 32) as usize & (slots - 1))
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hash = mix(bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = mix(hash ^ u64::from_le_bytes(eight));
    }
    hash
}

/// Spreads the bits of a number over all bits (the end of MurmurHash3, with one multiplication less).
fn mix(mut x: u64) -> u64 {
    x ^= x >> 32;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^ (x >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_run_keeps_the_number_it_got(runs in prop::collection::vec("[a-c]{0,12}", 0..90)) {
            let mut table = Runs::default();
            let mut known: Vec<&str> = Vec::new();
            for run in &runs {
                let wanted = match known.iter().position(|k| k == run) {
                    Some(at) => at,
                    None => {
                        prop_assert_eq!(table.get(run.as_bytes()), UNKNOWN);
                        known.push(run);
                        known.len() - 1
                    }
                };
                prop_assert_eq!(table.number(run.as_bytes()), wanted as u32 + 1);
            }
            for (at, run) in known.iter().enumerate() {
                prop_assert_eq!(table.get(run.as_bytes()), at as u32 + 1);
            }
            prop_assert!(table.is_sound());
        }

        #[test]
        fn steps_lead_where_they_led_first(steps in prop::collection::vec((0u32..9, 0u32..9), 0..90)) {
            let mut table = Steps::default();
            let mut known = BTreeMap::new();
            for (number, step) in steps.iter().enumerate() {
                let to = *known.entry(*step).or_insert(number as u32 + 1);
                prop_assert_eq!(table.get_or_add(step.0, step.1, number as u32 + 1), to);
            }
            for node in 0..9 {
                for run in 0..9 {
                    prop_assert_eq!(table.get(node, run), known.get(&(node, run)).copied());
                }
            }
            prop_assert!(table.is_sound(91));
        }
    }

    #[test]
    fn tables_without_an_end_are_not_sound() {
        let mut runs = Runs::default();
        runs.number(b"a");
        runs.slots = vec![runs.slots[0].max(runs.slots[1]); 1];
        assert!(!runs.is_sound());
        let full = Steps { slots: vec![[1, 1, 1]; 2], count: 2 };
        assert!(!full.is_sound(2));
    }
}
