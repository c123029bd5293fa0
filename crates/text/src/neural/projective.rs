//! The best tree whose arcs do not cross (J. Eisner, 1996), with exactly one word at the root.
//!
//! Of a hundred English sentences one or two have a tree with crossing arcs. Where the best tree of all crosses, a word has
//! more often lost its way to a phrase it does not belong to.

/// Words of the longest sentence that is straightened: the search takes n³ steps.
const LONGEST: usize = 160;

/// The best part of a tree over a stretch of words, and where it was put together.
#[derive(Debug, Clone, Copy)]
struct Part {
    score: f32,
    at: u16,
}

const NONE: Part = Part { score: f32::NEG_INFINITY, at: 0 };

/// Room for the search, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// By first and last word: the first is the head and lacks nothing.
    rightward: Vec<Part>,
    /// By last and first word: the last is the head and lacks nothing.
    leftward: Vec<Part>,
    /// By first and last word: one of the two is the head of the other, which may lack words on its far side; without
    /// the score of the arc between them.
    joined: Vec<Part>,
    open: Vec<(u16, u16, Shape)>,
    heads: Vec<u16>,
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    Rightward,
    Leftward,
    Joined,
}

/// Puts the best tree without crossing arcs in the place of `heads` where that has some. `scores` as in
/// [`super::spanning::best_tree`].
pub fn straighten(scores: &[f32], room: &mut Room, heads: &mut [u16]) {
    if heads.len() <= LONGEST && crosses(heads) {
        search(scores, heads.len(), room);
        heads.copy_from_slice(&room.heads);
    }
}

/// Whether two arcs cross, the root standing before the first word.
fn crosses(heads: &[u16]) -> bool {
    heads.iter().enumerate().any(|(word, &head)| {
        let (low, high) = ends(word, head);
        heads[low..high - 1].iter().any(|&other| usize::from(other) < low || usize::from(other) > high)
    })
}

/// The two ends of an arc, the root being 0 and word `i` `i + 1`.
fn ends(word: usize, head: u16) -> (usize, usize) {
    let (word, head) = (word + 1, usize::from(head));
    (word.min(head), word.max(head))
}

/// Fills `room.heads`.
fn search(scores: &[f32], n: usize, room: &mut Room) {
    let arc = |head: usize, word: usize| scores[word * (n + 1) + head + 1];
    for parts in [&mut room.rightward, &mut room.leftward, &mut room.joined] {
        parts.clear();
        parts.resize(n * n, NONE);
    }
    let Room { rightward, leftward, joined, open, heads } = room;
    for i in 0..n {
        rightward[i * n + i].score = 0.0;
        leftward[i * n + i].score = 0.0;
    }
    for length in 1..n {
        for first in 0..n - length {
            let last = first + length;
            let right = &rightward[first * n + first..first * n + last];
            let left = &leftward[last * n + first + 1..=last * n + last];
            let met = best(first, right.iter().zip(left).map(|(a, b)| a.score + b.score));
            joined[first * n + last] = met;
            let down = |k: usize| joined[first * n + k].score + arc(first, k) + rightward[k * n + last].score;
            let whole = best(first + 1, (first + 1..=last).map(down));
            let up = |k: usize| leftward[k * n + first].score + joined[k * n + last].score + arc(last, k);
            let whole_left = best(first, (first..last).map(up));
            rightward[first * n + last] = whole;
            leftward[last * n + first] = whole_left;
        }
    }
    let rooted = |r: usize| leftward[r * n].score + scores[r * (n + 1)] + rightward[r * n + n - 1].score;
    let root = best(0, (0..n).map(rooted)).at;
    heads.clear();
    heads.resize(n, 0);
    open.clear();
    open.extend([(0, root, Shape::Leftward), (root, n as u16 - 1, Shape::Rightward)]);
    while let Some((first, last, shape)) = open.pop() {
        if first == last {
            continue;
        }
        let (i, j) = (usize::from(first), usize::from(last));
        match shape {
            Shape::Joined => {
                let at = joined[i * n + j].at;
                open.extend([(first, at, Shape::Rightward), (at + 1, last, Shape::Leftward)]);
            }
            Shape::Rightward => {
                let at = rightward[i * n + j].at;
                heads[usize::from(at)] = first + 1;
                open.extend([(first, at, Shape::Joined), (at, last, Shape::Rightward)]);
            }
            Shape::Leftward => {
                let at = leftward[j * n + i].at;
                heads[usize::from(at)] = last + 1;
                open.extend([(first, at, Shape::Leftward), (at, last, Shape::Joined)]);
            }
        }
    }
}

/// The best of some scores, counted from `from`; the first of equals.
fn best(from: usize, scores: impl Iterator<Item = f32>) -> Part {
    let mut best = NONE;
    for (k, score) in scores.enumerate() {
        if score > best.score || k == 0 {
            best = Part { score, at: (from + k) as u16 };
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::spanning::tests::{self as spanning, exhaustive, total};
    use super::*;
    use proptest::prelude::*;

    fn sound(heads: &[u16]) -> bool {
        spanning::sound(heads) && !crosses(heads)
    }

    proptest! {
        #[test]
        fn it_is_the_best_that_does_not_cross(n in 1usize..6, seed in prop::collection::vec(-9i16..10, 36)) {
            let scores: Vec<f32> = seed[..n * (n + 1)].iter().map(|&s| f32::from(s)).collect();
            let mut room = Room::default();
            search(&scores, n, &mut room);
            prop_assert!(sound(&room.heads), "{:?}", room.heads);
            prop_assert_eq!(total(&scores, &room.heads), exhaustive(&scores, n, sound));
        }
    }

    #[test]
    fn crossing_arcs_are_seen() {
        assert!(crosses(&[3, 4, 0, 3]));
        assert!(crosses(&[2, 0, 1]), "an arc over the root");
        assert!(!crosses(&[2, 0, 2, 3]));
    }

    #[test]
    fn a_tree_without_crossing_arcs_stays() {
        let mut heads = [2, 0, 2];
        straighten(&[0.0; 12], &mut Room::default(), &mut heads);
        assert_eq!(heads, [2, 0, 2]);
    }
}
