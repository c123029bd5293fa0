//! The likeliest spans of names for given scores of tags: Viterbi's algorithm over tags of the kinds B, I and O, where a
//! span goes on only in the kind it began in.

use super::labels::Bio;
use crate::names::{Name, NameKind, NameLayer};

/// Room for the search, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// For every word and tag, the best way there comes from this tag of the word before.
    from: Vec<u16>,
    /// Sums of the best ways to every tag of the word before, and of this one.
    before: Vec<f32>,
    now: Vec<f32>,
    tags: Vec<u16>,
}

/// Score of what cannot be.
const NEVER: f32 = -1e9;

/// Hands over the spans of the best sequence of tags over `n` words; `scores` gives a word's scores, one for each label.
pub fn spans<'s>(
    labels: &[Bio],
    n: usize,
    scores: impl Fn(usize) -> &'s [f32],
    layer: NameLayer,
    room: &mut Room,
    mut each: impl FnMut(Name),
) {
    let outside = labels.iter().position(|&label| label == Bio::Outside);
    // Most sentences have words that no tag but this one fits: without any other there is nothing to search.
    let plain = |i: usize| Some(super::heads::best(scores(i))) == outside;
    if n == 0 || labels.is_empty() || (0..n).all(plain) {
        return;
    }
    room.from.clear();
    room.before.clear();
    for i in 0..n {
        let row = scores(i);
        let best = super::heads::best(&room.before) as u16;
        let most = room.before.get(usize::from(best)).copied().unwrap_or(0.0);
        // The best tag of the word before that begins or goes on with each kind.
        let mut open = [(NEVER, 0u16); NameKind::COUNT];
        for (tag, (&sum, label)) in room.before.iter().zip(labels).enumerate() {
            if let Bio::Begins(kind) | Bio::Inside(kind) = *label
                && sum > open[kind as usize].0
            {
                open[kind as usize] = (sum, tag as u16);
            }
        }
        room.now.clear();
        for (label, &score) in labels.iter().zip(row) {
            let (sum, from) = match *label {
                Bio::Inside(kind) => open[kind as usize],
                _ => (most, best),
            };
            room.now.push(sum + score);
            room.from.push(from);
        }
        std::mem::swap(&mut room.before, &mut room.now);
    }
    room.tags.clear();
    let mut tag = super::heads::best(&room.before) as u16;
    for i in (0..n).rev() {
        room.tags.push(tag);
        tag = room.from[i * labels.len() + usize::from(tag)];
    }
    let mut open: Option<Name> = None;
    for (i, &tag) in room.tags.iter().rev().enumerate() {
        let label = labels[usize::from(tag)];
        let lead = lead(labels, scores(i), label);
        match label {
            Bio::Begins(kind) => {
                let name = Name { words: i..i + 1, kind, layer, lead };
                open.replace(name).into_iter().for_each(&mut each);
            }
            Bio::Inside(_) => {
                if let Some(name) = &mut open {
                    name.words.end = i + 1;
                    name.lead = name.lead.min(lead);
                }
            }
            Bio::Outside => open.take().into_iter().for_each(&mut each),
        }
    }
    open.into_iter().for_each(each);
}

/// How much better the chosen label fits than the best that says something else of the word.
fn lead(labels: &[Bio], scores: &[f32], chosen: Bio) -> f32 {
    let kind = |label: Bio| match label {
        Bio::Begins(kind) | Bio::Inside(kind) => Some(kind),
        Bio::Outside => None,
    };
    let (mut own, mut other) = (NEVER, NEVER);
    for (&label, &score) in labels.iter().zip(scores) {
        let side = if kind(label) == kind(chosen) { &mut own } else { &mut other };
        *side = side.max(score);
    }
    own - other
}
