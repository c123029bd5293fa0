//! Comments that say almost the same below different articles, names of actors aside.
//!
//! A comment is known by its words in threes (shingles, Broder 1997); two are near-copies where they share at least half of all
//! the threes that either has. Candidates are found by bands of least hashes, so that the cost of a comment does not grow with
//! the number of those before it; of these a bounded number is remembered.

use demarche_record::Comment;
use std::collections::{HashMap, VecDeque};

/// What stands for every name of an actor.
pub(super) const SOMEBODY: &str = "@";
/// Bands of least hashes, of two hashes each.
const BANDS: usize = 16;
/// Most comments remembered.
const MOST: usize = 50_000;
/// Most comments looked at in a band.
const MOST_IN_BAND: usize = 4;
/// Most threes kept of one comment.
const MOST_THREES: usize = 400;
/// Two comments are near-copies from this share of common threes on, in percent.
const ALIKE: usize = 50;

/// A comment that others may repeat.
struct First {
    id: String,
    doc: String,
    threes: Vec<u64>,
    bands: Vec<u64>,
}

/// The comments seen so far, to be asked in the order of the input.
#[derive(Default)]
pub struct Copies {
    firsts: VecDeque<First>,
    /// Number of the first comment that is still remembered.
    forgotten: usize,
    bands: HashMap<u64, Vec<usize>>,
}

impl Copies {
    /// Marks a comment that repeats one below an earlier document, and remembers one that repeats none.
    pub fn mark(&mut self, comment: &mut Comment) {
        let bands = bands(&comment.threes);
        let mut candidates: Vec<usize> = bands
            .iter()
            .filter_map(|b| self.bands.get(b))
            .flatten()
            .copied()
            .filter(|&n| n >= self.forgotten)
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut known = false;
        for n in candidates {
            let first = &self.firsts[n - self.forgotten];
            if alike(&first.threes, &comment.threes) {
                known = true;
                if first.doc != comment.doc {
                    comment.copy_of = Some(first.id.clone());
                    comment.generic = true;
                    break;
                }
            }
        }
        if !known {
            self.remember(comment, bands);
        }
    }

    fn remember(&mut self, comment: &Comment, bands: Vec<u64>) {
        let number = self.forgotten + self.firsts.len();
        for band in &bands {
            let list = self.bands.entry(*band).or_default();
            if list.len() < MOST_IN_BAND {
                list.push(number);
            }
        }
        let (id, doc, threes) = (comment.id.clone(), comment.doc.clone(), comment.threes.clone());
        self.firsts.push_back(First { id, doc, threes, bands });
        if self.firsts.len() > MOST
            && let Some(oldest) = self.firsts.pop_front()
        {
            for band in &oldest.bands {
                if let Some(list) = self.bands.get_mut(band) {
                    list.retain(|&n| n != self.forgotten);
                    if list.is_empty() {
                        self.bands.remove(band);
                    }
                }
            }
            self.forgotten += 1;
        }
    }
}

/// The words in threes as sorted hashes; of fewer than three words all together.
pub(super) fn threes(words: &[String]) -> Vec<u64> {
    let of = |words: &[String]| {
        let mut hash = blake3::Hasher::new();
        for word in words {
            hash.update(word.as_bytes());
            hash.update(&[0]);
        }
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.finalize().as_bytes()[..8]);
        u64::from_le_bytes(bytes)
    };
    let mut found: Vec<u64> =
        if words.len() < 3 { vec![of(words)] } else { words.windows(3).take(MOST_THREES).map(of).collect() };
    found.sort_unstable();
    found.dedup();
    found
}

/// The bands of a comment: pairs of least hashes, each under another order of the hashes.
fn bands(threes: &[u64]) -> Vec<u64> {
    let mix = |x: u64, salt: u64| {
        let mut x = x ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    };
    let least = |salt: u64| threes.iter().map(|&x| mix(x, salt)).min().unwrap_or_default();
    (0..BANDS as u64)
        .map(|band| mix(least(2 * band + 1) ^ least(2 * band + 2).rotate_left(17), band + 100))
        .collect()
}

/// Whether two sorted lists have enough in common.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let all = a.len() + b.len() - common;
    all > 0 && common * 100 >= ALIKE * all
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_record::{CharSpan, Version};

    fn comment(doc: &str, text: &str) -> Comment {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        Comment {
            id: format!("{doc}-{}", text.len()),
            doc: doc.to_owned(),
            sentence: 0,
            span: CharSpan { start: 0, end: 1 },
            text: text.to_owned(),
            stances: Vec::new(),
            generic: false,
            copy_of: None,
            shared: Vec::new(),
            version: Version { coder: String::new(), lexicon: String::new(), model: String::new() },
            threes: threes(&words),
        }
    }

    fn marked(copies: &mut Copies, doc: &str, text: &str) -> Option<String> {
        let mut comment = comment(doc, text);
        copies.mark(&mut comment);
        assert_eq!(comment.generic, comment.copy_of.is_some());
        comment.copy_of
    }

    #[test]
    fn near_copies_below_other_articles_are_marked_and_others_are_not() {
        let mut copies = Copies::default();
        let first = "it is fascinating to see how @ and @ shift the balance of power in the region";
        let near =
            "it is fascinating to see how @ and @ shift the balance of power in this part of the world";
        assert_eq!(marked(&mut copies, "a", first), None);
        assert_eq!(marked(&mut copies, "a", first), None, "below the same article");
        assert!(marked(&mut copies, "b", near).is_some_and(|id| id.starts_with("a-")));
        assert_eq!(marked(&mut copies, "c", "the bridge at the border should never have been closed"), None);
        assert_eq!(marked(&mut copies, "d", "lol"), None);
        assert!(marked(&mut copies, "e", "lol").is_some());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut copies = Copies::default();
        for n in 0..MOST + 10 {
            copies.remember(&comment("a", &n.to_string()), vec![n as u64, 7]);
        }
        assert_eq!(copies.firsts.len(), MOST);
        assert!(copies.bands.len() <= MOST + 1 && copies.bands[&7].len() <= MOST_IN_BAND);
    }
}
