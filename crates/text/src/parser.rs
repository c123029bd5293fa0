//! Labels to trees: a greedy run of steps, each chosen by a linear model, and a relation for every arc drawn.
//!
//! The steps themselves are in `transition`; which features are seen, here, for engine and trainer alike.

use crate::atoms::Atom;
use crate::bytes::{Reader, Writer};
use crate::forms::Facts;
use crate::hash::key;
use crate::model::ModelError;
use crate::rows::{Row, Rows};
use crate::transition::{STEPS, State, Step};
use crate::weights::Triples;
use crate::{Rel, Upos, Xpos};

/// Added to the number of a verb, away from the small numbers that stand for what is no word.
const VERB_NUMBERS: u32 = 1 << 20;

/// What the parser sees of the words of one sentence; the two last places are the root and the missing word.
#[derive(Debug, Clone, Default)]
pub struct View {
    form: Vec<u32>,
    tag: Vec<u32>,
    end: Vec<u32>,
    group: Vec<u32>,
    /// The verb a verb is a form of; of other words the form.
    base: Vec<u32>,
    /// How many commas, other punctuation, verbs and conjunctions stand before each place.
    commas: Vec<u32>,
    signs: Vec<u32>,
    verbs: Vec<u32>,
    links: Vec<u32>,
}

impl View {
    /// Looks at a sentence whose words have these atoms, known facts and labels.
    pub fn look(&mut self, atoms: &[Atom], facts: &[Facts], tags: &[u8], labels: &[(Upos, Xpos)]) {
        let edge = [2u32, 3];
        self.form.clear();
        self.form.extend(atoms.iter().map(|a| a.form).chain(edge));
        self.tag.clear();
        self.tag.extend(tags.iter().map(|&t| u32::from(t) + 1).chain([1000, 0]));
        self.end.clear();
        self.end.extend(atoms.iter().map(|a| a.suffix[2]).chain(edge));
        self.group.clear();
        self.group.extend(facts.iter().map(|f| f.group).chain(edge));
        self.base.clear();
        let verb = |tag: u8| labels.get(tag as usize).is_some_and(|l| l.0 == Upos::Verb);
        let base = |((atom, facts), &tag): ((&Atom, &Facts), &u8)| {
            if facts.verb != 0 && verb(tag) { VERB_NUMBERS + facts.verb } else { atom.form }
        };
        self.base.extend(atoms.iter().zip(facts).zip(tags).map(base).chain(edge));
        for counts in [&mut self.commas, &mut self.signs, &mut self.verbs, &mut self.links] {
            counts.clear();
            counts.push(0);
        }
        let (mut commas, mut signs, mut verbs, mut links) = (0, 0, 0, 0);
        for &tag in tags {
            let (upos, xpos) = labels.get(tag as usize).copied().unwrap_or_default();
            commas += u32::from(xpos == Xpos::COMMA);
            signs += u32::from(upos == Upos::Punct && xpos != Xpos::COMMA && xpos != Xpos::HYPH);
            verbs += u32::from(upos == Upos::Verb);
            links += u32::from(upos == Upos::Cconj);
            self.commas.push(commas);
            self.signs.push(signs);
            self.verbs.push(verbs);
            self.links.push(links);
        }
    }

    /// Punctuation, verbs and conjunctions between two places, each up to three, packed.
    fn between(&self, a: usize, b: usize) -> u32 {
        let top = self.commas.len() - 1;
        let (a, b) = ((a.min(b) + 1).min(top), a.max(b).min(top));
        let count = |counts: &[u32]| counts[b].saturating_sub(counts[a]).min(3);
        count(&self.commas) | count(&self.signs) << 2 | count(&self.verbs) << 4 | count(&self.links) << 6
    }
}

fn distance(a: usize, b: usize) -> u32 {
    match a.abs_diff(b) {
        d @ 0..=5 => d as u32,
        6..=8 => 6,
        9..=14 => 7,
        _ => 8,
    }
}

/// The relation of a word to its head so far, 255 where there is none.
fn label(state: &State, word: usize) -> u32 {
    u32::from(state.labels[word])
}

fn set(labels: u64) -> u32 {
    (labels ^ (labels >> 29)) as u32
}

/// The features of a state for the choice of the next step.
pub fn step_features(state: &State, view: &View, keys: &mut Vec<u32>) {
    let (s0, s1, s2) = (state.stacked(0), state.stacked(1), state.stacked(2));
    let (b0, b1, b2) = (state.waiting(0), state.waiting(1), state.waiting(2));
    let w = |i: usize| view.form[i];
    let p = |i: usize| view.tag[i];
    let g = |i: usize| view.group[i];
    let (s0v, s1v) = (view.base[s0], view.base[s1]);
    let (s0w, s0p, s1w, s1p, s2p) = (w(s0), p(s0), w(s1), p(s1), p(s2));
    let (b0w, b0p, b1w, b1p, b2p) = (w(b0), p(b0), w(b1), p(b1), p(b2));
    let (s0l, s0r, s1l, s1r, b0l) =
        (state.left(s0), state.right(s0), state.left(s1), state.right(s1), state.left(b0));
    let first = |side: crate::transition::Side| side.first as usize;
    let second = |side: crate::transition::Side| side.second as usize;
    let far = distance(s0, b0);
    let near = distance(s1, s0);
    let gap = view.between(s0, b0);
    let span = view.between(s1, s0);
    // The word that introduces a phrase: its first dependent on the left.
    let (s0i, b0i) = (w(first(s0l)), w(first(b0l)));
    keys.clear();
    keys.extend_from_slice(&[
        key(101, &[s0p]),
        key(102, &[s0w, s0p]),
        key(103, &[s1p]),
        key(104, &[s1w, s1p]),
        key(105, &[s2p]),
        key(106, &[b0p]),
        key(107, &[b0w, b0p]),
        key(108, &[b1p]),
        key(109, &[b1w, b1p]),
        key(110, &[b2p]),
        key(111, &[w(b2), b2p]),
        key(112, &[s0w, s0p, b0w, b0p]),
        key(113, &[s0w, s0p, b0p]),
        key(114, &[s0p, b0w, b0p]),
        key(115, &[s0p, b0p]),
        key(116, &[s1w, s1p, s0w, s0p]),
        key(117, &[s1w, s1p, s0p]),
        key(118, &[s1p, s0w, s0p]),
        key(119, &[s1p, s0p]),
        key(120, &[b0p, b1p]),
        key(121, &[b0w, b1p]),
        key(122, &[b0p, b1w]),
        key(123, &[s1p, b0p]),
        key(124, &[s1w, b0w]),
        key(125, &[s1w, s1p, b0p]),
        key(126, &[s1p, b0w]),
        key(127, &[s0p, b0p, b1p]),
        key(128, &[b0p, b1p, b2p]),
        key(129, &[s1p, s0p, b0p]),
        key(130, &[s2p, s1p, s0p]),
        key(131, &[s2p, s1p, s0p, b0p]),
        key(132, &[s1p, s0p, b0p, b1p]),
        key(133, &[s0p, p(first(s0l)), b0p]),
        key(134, &[s0p, p(first(s0r)), b0p]),
        key(135, &[s0p, b0p, p(first(b0l))]),
        key(136, &[s1p, p(first(s1r)), s0p]),
        key(137, &[s1p, p(first(s1l)), s0p]),
        key(138, &[s1p, s0p, p(first(s0l))]),
        key(139, &[s1p, s0p, p(first(s0r))]),
        key(140, &[s0p, p(first(s0l)), p(second(s0l))]),
        key(141, &[s0p, p(first(s0r)), p(second(s0r))]),
        key(142, &[b0p, p(first(b0l)), p(second(b0l))]),
        key(143, &[s1p, s0w, b0p]),
        key(144, &[s1p, s0p, b0w]),
        key(145, &[s1w, s0p, b0p]),
        key(146, &[s0w, b0p, b1p]),
        key(147, &[s0p, b0w, b1p]),
        key(148, &[s0p, b0p, b1w]),
        key(149, &[s0w, far]),
        key(150, &[s0p, far]),
        key(151, &[b0w, far]),
        key(152, &[b0p, far]),
        key(153, &[s0p, b0p, far]),
        key(154, &[s1p, s0p, near]),
        key(155, &[s1w, s0p, near]),
        key(156, &[s1p, s0w, near]),
        key(157, &[s0p, b0p, gap]),
        key(158, &[s1p, s0p, span]),
        key(159, &[s0w, s0l.count, s0r.count]),
        key(160, &[s0p, s0l.count, s0r.count]),
        key(161, &[b0w, b0l.count]),
        key(162, &[b0p, b0l.count, s0p]),
        key(163, &[s1p, s1r.count, s0p]),
        key(164, &[s1w, s1r.count, s0p]),
        key(165, &[s0w, w(first(s0r)), p(first(s0r))]),
        key(166, &[s0p, w(first(s0r)), label(state, first(s0r))]),
        key(167, &[s0p, w(first(s0l)), label(state, first(s0l))]),
        key(168, &[b0p, w(first(b0l)), label(state, first(b0l))]),
        key(169, &[s1p, w(first(s1r)), label(state, first(s1r))]),
        key(170, &[s0w, set(s0l.labels)]),
        key(171, &[s0p, set(s0l.labels), b0p]),
        key(172, &[s0w, set(s0r.labels)]),
        key(173, &[s0p, set(s0r.labels), b0p]),
        key(174, &[b0w, set(b0l.labels)]),
        key(175, &[b0p, set(b0l.labels), s0p]),
        key(176, &[s1w, set(s1r.labels), s0p]),
        key(177, &[s1p, set(s1r.labels), s0p]),
        key(178, &[s1p, set(s1l.labels), s0p]),
        key(179, &[s1w, s0i, s0p]),
        key(180, &[s1w, s0i, s0w]),
        key(181, &[s1p, s0i, s0p]),
        key(182, &[s1p, s0i, s0w]),
        key(183, &[s2p, s1p, s0i, s0p]),
        key(184, &[w(s2), s1p, s0i, s0p]),
        key(185, &[s0w, b0w]),
        key(186, &[s1w, s0w]),
        key(187, &[s0p, b0p, b0i]),
        key(188, &[g(s0), g(b0)]),
        key(189, &[g(s1), g(s0)]),
        key(190, &[g(s0), b0p, s1p]),
        key(191, &[s0p, g(b0), s1p]),
        key(192, &[s0p, b0p, b1p, b2p]),
        key(193, &[s0p, set(s0l.labels), set(s0r.labels), s1p]),
        key(194, &[s0p, b0w, set(s0r.labels), set(s0l.labels)]),
        key(195, &[s1p, s0p, b0p, span, gap]),
        key(196, &[s1w, s0w, b0w]),
        key(
            197,
            &[s0p, b0p, p(s0.wrapping_sub(1).min(view.tag.len() - 1)), p((s0 + 1).min(view.tag.len() - 1))],
        ),
        key(198, &[s1p, s0p, set(s1r.labels), set(s0l.labels)]),
        key(199, &[w(s2), s1w, s0p, b0p]),
        key(200, &[s0w, b0p, set(s0l.labels)]),
        key(201, &[s1w, s0p, b0i, b0p]),
        key(202, &[s1p, s0p, set(b0l.labels), b0p]),
        key(203, &[s1w, b0p, set(b0l.labels)]),
        key(204, &[s1p, s0i, s0p, b0p]),
        key(205, &[s1w, s0i, b0w]),
        key(206, &[s1p, s0i, b0w, b0p]),
        key(207, &[s1w, b0w, b1p]),
        key(208, &[s0p, b0w, b1w]),
        // Where a phrase with a preposition belongs: to the verb or to the noun between them.
        key(209, &[s1v, b0i, b0w]),
        key(210, &[s0w, b0i, b0p]),
        key(211, &[s0v, b0w]),
        key(212, &[s0v, b0p, b0i]),
        key(213, &[s1v, s1r.count, b0p]),
        key(214, &[s1v, s0p, b0i, b0p]),
    ]);
}

/// The features of an arc that is about to be drawn, for the choice of its relation.
pub fn arc_features(state: &State, view: &View, dependent: usize, head: usize, keys: &mut Vec<u32>) {
    let w = |i: usize| view.form[i];
    let p = |i: usize| view.tag[i];
    let last = view.tag.len() - 1;
    let (dw, dp, hw, hp) = (w(dependent), p(dependent), w(head), p(head));
    let hv = view.base[head];
    let (dl, dr) = (state.left(dependent), state.right(dependent));
    let (hl, hr) = (state.left(head), state.right(head));
    let side = u32::from(dependent < head);
    let far = distance(dependent, head) * 2 + side;
    let before = dependent.checked_sub(1).unwrap_or(last);
    let after = (dependent + 1).min(last);
    let introducer = dl.first as usize;
    let between = view.between(dependent, head);
    let mine = set(dl.labels | dr.labels);
    let theirs = set(if side == 1 { hl.labels } else { hr.labels });
    let left = set(hl.labels);
    keys.clear();
    keys.extend_from_slice(&[
        key(301, &[dp, side]),
        key(302, &[dw, dp, side]),
        key(303, &[hp, side]),
        key(304, &[hw, hp, side]),
        key(305, &[dp, hp, side]),
        key(306, &[dw, hp, side]),
        key(307, &[dp, hw, side]),
        key(308, &[dw, hw, side]),
        key(309, &[dp, hp, far]),
        key(310, &[dw, hp, far]),
        key(311, &[dp, hw, far]),
        key(312, &[view.end[dependent], hp, side]),
        key(313, &[dp, view.end[head], side]),
        key(314, &[view.end[dependent], view.end[head], side]),
        key(315, &[dp, hp, w(introducer), side]),
        key(316, &[dp, hw, w(introducer), side]),
        key(317, &[dw, w(introducer), side]),
        key(318, &[w(introducer), label(state, introducer), dp, side]),
        key(319, &[dp, hp, mine, side]),
        key(320, &[dp, mine, side]),
        key(321, &[dw, mine, side]),
        key(322, &[hw, dp, mine, side]),
        key(323, &[hp, dp, theirs, side]),
        key(324, &[hw, dp, theirs, side]),
        key(325, &[hp, dw, theirs, side]),
        key(326, &[hp, dp, left, side]),
        key(327, &[hw, left, dp]),
        key(328, &[dp, p(before), p(after), side]),
        key(329, &[dp, hp, p(before), side]),
        key(330, &[dp, hp, p(after), side]),
        key(331, &[dp, w(before), hp, side]),
        key(332, &[dp, w(after), hp, side]),
        key(333, &[dp, hp, between, side]),
        key(334, &[between, dp, far]),
        key(335, &[view.group[dependent], view.group[head], side]),
        key(336, &[view.group[dependent], hp, side]),
        key(337, &[view.group[dependent], hw, side]),
        key(338, &[dp, hp, p(dr.first as usize), side]),
        key(339, &[dp, hp, p(introducer), p(dl.second as usize), side]),
        key(340, &[hp, p((head + 1).min(last)), dp, side]),
        key(341, &[dp, hp, w(dl.second as usize), side]),
        key(342, &[dp, w(dr.first as usize), hw, side]),
        key(343, &[hw, dw, w(introducer), side]),
        key(345, &[dp, hv, w(introducer), side]),
        key(344, &[u32::from(dependent == 0), dp, hp, far]),
    ]);
}

/// The parser.
#[derive(Debug, Clone)]
pub struct Parser {
    steps: Triples,
    relations: Rows,
}

/// Room the parser needs, kept from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct ParseRoom {
    /// The tree as it grows.
    pub state: State,
    /// What is seen of the words.
    pub view: View,
    /// The lead of the step that gave each word its head, in units of the weights.
    pub leads: Vec<i32>,
    keys: Vec<u32>,
}

impl Parser {
    /// Writes the part: weights of steps and of relations, numbered as in [`Rel::ALL`], both sorted by key.
    pub fn write(steps: &[(u32, [i16; 3])], relations: &[Row], writer: &mut Writer) {
        Triples::write(steps, writer);
        Rows::write(relations, Rel::ALL.len(), writer);
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not this part.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let steps = Triples::read(reader)?;
        let relations = Rows::read(reader)?;
        if relations.classes() != Rel::ALL.len() {
            return Err(ModelError::Malformed("weights for other relations"));
        }
        Ok(Self { steps, relations })
    }

    /// Builds the tree of the `n` words that `room.view` looks at.
    pub fn parse(&self, n: usize, room: &mut ParseRoom) {
        room.state.start(n);
        room.leads.clear();
        room.leads.resize(n, 0);
        while !room.state.is_done() {
            step_features(&room.state, &room.view, &mut room.keys);
            let scores = self.steps.score(&room.keys);
            let (mut chosen, mut top, mut second) = (Step::Shift, i32::MIN, i32::MIN);
            for (step, score) in STEPS.into_iter().zip(scores) {
                if !room.state.allows(step) {
                    continue;
                }
                if score > top {
                    second = top;
                    (chosen, top) = (step, score);
                } else {
                    second = second.max(score);
                }
            }
            let mut label = 0;
            if let Some((dependent, head)) = room.state.arc(chosen) {
                room.leads[dependent] = top.saturating_sub(second.max(top.saturating_sub(1 << 20)));
                label = self.relation(dependent, head, n, room);
            }
            room.state.take(chosen, label);
        }
    }

    /// The relation of an arc; to the root there is but one.
    fn relation(&self, dependent: usize, head: usize, n: usize, room: &mut ParseRoom) -> u8 {
        if head == n {
            return Rel::Root as u8;
        }
        arc_features(&room.state, &room.view, dependent, head, &mut room.keys);
        let mut sums = [0; 256];
        self.relations.score(&room.keys, &mut sums);
        // A word below another is never called root.
        sums[Rel::Root as usize] = i32::MIN;
        self.relations.best(&sums) as u8
    }
}
