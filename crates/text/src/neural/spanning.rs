//! The best tree for given scores of arcs: Chu and Liu (1965), Edmonds (1967), with exactly one word at the root.
//!
//! Where every word's best head makes a tree by itself, as it nearly always does, that is the answer. Otherwise cycles are
//! contracted on a square matrix: at most n times n² steps, and sentences have a bounded number of words.

/// Taken from every arc of the root so that no second one pays.
const ROOT_COST: f64 = 1e6;

/// Room for the search, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Room {
    best: Vec<u16>,
    state: Vec<u16>,
    scores: Vec<f64>,
    arcs: Vec<(u16, u16)>,
}

/// A cycle that became one node: its nodes, each with the arc of the cycle into it and the words it stands for.
struct Cycle {
    nodes: Vec<(u16, (u16, u16), Vec<u16>)>,
}

/// The heads of the best tree: 0 is the root, word `i` is `i + 1`. `scores` has a row for every word with one number for
/// every head; a word's score of itself is not looked at. `heads` is emptied first.
pub fn best_tree(scores: &[f32], n: usize, room: &mut Room, heads: &mut Vec<u16>) {
    heads.clear();
    let width = n + 1;
    room.best.clear();
    for (word, row) in scores.chunks_exact(width).enumerate() {
        let mut best = 0;
        for (head, &score) in row.iter().enumerate() {
            if head != word + 1 && (score > row[best] || best == word + 1) {
                best = head;
            }
        }
        room.best.push(best as u16);
    }
    let roots = room.best.iter().filter(|&&head| head == 0).count();
    if n == 1 {
        heads.push(0);
    } else if roots == 1 && is_tree(&room.best, &mut room.state) {
        heads.extend_from_slice(&room.best);
    } else {
        contract(scores, n, room, heads);
    }
}

/// Whether every word comes to the root.
fn is_tree(heads: &[u16], state: &mut Vec<u16>) -> bool {
    state.clear();
    state.resize(heads.len(), 0);
    for start in 0..heads.len() {
        let mark = start as u16 + 1;
        let mut word = start;
        while state[word] == 0 {
            state[word] = mark;
            match heads[word] {
                0 => break,
                head => word = head as usize - 1,
            }
        }
        if state[word] == mark && heads[word] != 0 {
            return false;
        }
    }
    true
}

fn contract(scores: &[f32], n: usize, room: &mut Room, heads: &mut Vec<u16>) {
    let width = n + 1;
    let at = |head: usize, word: usize| head * width + word;
    room.scores.clear();
    room.scores.resize(width * width, f64::MIN);
    room.arcs.clear();
    room.arcs.resize(width * width, (0, 0));
    for word in 1..=n {
        for head in 0..=n {
            let cost = if head == 0 { ROOT_COST } else { 0.0 };
            room.scores[at(head, word)] = f64::from(scores[(word - 1) * width + head]) - cost;
            room.arcs[at(head, word)] = (head as u16, word as u16);
        }
    }
    let mut words: Vec<Vec<u16>> = (0..=n as u16).map(|i| vec![i]).collect();
    let mut active: Vec<usize> = (0..=n).collect();
    let mut best = vec![0usize; width];
    let mut cycles: Vec<Cycle> = Vec::new();
    loop {
        for &word in &active[1..] {
            let mut found: Option<usize> = None;
            for &head in active.iter().filter(|&&head| head != word) {
                if found.is_none_or(|f| room.scores[at(head, word)] > room.scores[at(f, word)]) {
                    found = Some(head);
                }
            }
            best[word] = found.unwrap_or(0);
        }
        let Some(cycle) = cycle(&active, &best) else {
            break;
        };
        let joint = cycle[0];
        for &other in active.iter().filter(|node| !cycle.contains(node)) {
            let (mut into, mut out) = (None::<(f64, (u16, u16))>, None::<(f64, (u16, u16))>);
            for &node in &cycle {
                let gain = room.scores[at(other, node)] - room.scores[at(best[node], node)];
                if into.is_none_or(|(most, _)| gain > most) {
                    into = Some((gain, room.arcs[at(other, node)]));
                }
                let score = room.scores[at(node, other)];
                if out.is_none_or(|(most, _)| score > most) {
                    out = Some((score, room.arcs[at(node, other)]));
                }
            }
            for (place, found) in [(at(other, joint), into), (at(joint, other), out)] {
                if let Some((score, arc)) = found {
                    room.scores[place] = score;
                    room.arcs[place] = arc;
                }
            }
        }
        let nodes = cycle
            .iter()
            .map(|&node| (node as u16, room.arcs[at(best[node], node)], std::mem::take(&mut words[node])));
        let nodes: Vec<_> = nodes.collect();
        words[joint] = nodes.iter().flat_map(|(_, _, words)| words.iter().copied()).collect();
        active.retain(|node| *node == joint || !cycle.contains(node));
        cycles.push(Cycle { nodes });
    }
    let mut enter = vec![(0u16, 0u16); width];
    for &word in &active[1..] {
        enter[word] = room.arcs[at(best[word], word)];
    }
    for cycle in cycles.iter().rev() {
        let outside = enter[cycle.nodes[0].0 as usize];
        for (node, arc, words) in &cycle.nodes {
            enter[*node as usize] = if words.contains(&outside.1) { outside } else { *arc };
        }
    }
    heads.extend(enter[1..].iter().map(|arc| arc.0));
}

/// Nodes that are their own ancestors, if there are any.
fn cycle(active: &[usize], best: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; best.len()];
    for &start in &active[1..] {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = best[node];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = best[node];
            while next != node {
                cycle.push(next);
                next = best[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub fn total(scores: &[f32], heads: &[u16]) -> f64 {
        let width = heads.len() + 1;
        heads.iter().enumerate().map(|(word, &head)| f64::from(scores[word * width + head as usize])).sum()
    }

    pub fn sound(heads: &[u16]) -> bool {
        heads.iter().filter(|&&h| h == 0).count() == 1
            && heads.iter().enumerate().all(|(word, &h)| h as usize != word + 1 && h as usize <= heads.len())
            && is_tree(heads, &mut Vec::new())
    }

    /// The score of the best sound tree, all tried one by one.
    pub fn exhaustive(scores: &[f32], n: usize, sound: impl Fn(&[u16]) -> bool) -> f64 {
        let mut best = f64::MIN;
        let mut heads = vec![0u16; n];
        for number in 0..(n as u32 + 1).pow(n as u32) {
            let mut rest = number;
            for head in &mut heads {
                *head = (rest % (n as u32 + 1)) as u16;
                rest /= n as u32 + 1;
            }
            if sound(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_tree_is_the_best_there_is(n in 1usize..6, seed in prop::collection::vec(-9i16..10, 36)) {
            let scores: Vec<f32> = seed[..n * (n + 1)].iter().map(|&s| f32::from(s)).collect();
            let mut heads = Vec::new();
            best_tree(&scores, n, &mut Room::default(), &mut heads);
            prop_assert!(sound(&heads), "{heads:?}");
            prop_assert_eq!(total(&scores, &heads), exhaustive(&scores, n, sound));
        }

        #[test]
        fn long_sentences_have_one_root_and_no_cycle(n in 1usize..60, seed in any::<u64>()) {
            let mut state = seed;
            let scores: Vec<f32> = (0..n * (n + 1)).map(|_| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (state >> 40) as f32 / 1e5
            }).collect();
            let mut heads = Vec::new();
            best_tree(&scores, n, &mut Room::default(), &mut heads);
            prop_assert!(sound(&heads), "{heads:?}");
        }
    }
}
