//! Words to word classes: universal class and Penn tag as one label, decided from left to right.
//!
//! Lemmas and features are left to `lemma` and `morphology`.

use crate::atoms::Atom;
use crate::bytes::{Reader, Writer};
use crate::forms::{FINITE, Facts, PAST, THIRD};
use crate::hash::key;
use crate::model::ModelError;
use crate::rows::{Row, Rows, Sums};
use crate::weights::Lookup;
use crate::{Upos, Xpos};

/// What the dictionary knows of a form: which labels it was seen with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// Number of the set of labels; 0 for an unknown form.
    pub class: u32,
    /// The only label it can have, if it was seen often enough to say so.
    pub only: Option<u8>,
}

/// The dictionary: form to set of labels.
#[derive(Debug, Clone)]
pub struct Dictionary {
    /// Class number, times 512; plus 256 and the label where there is one only.
    forms: Lookup,
    /// Form to packed [`Facts`].
    facts: Lookup,
}

impl Dictionary {
    /// Packs what is known of a form for the lookup.
    pub fn pack(known: Known) -> u32 {
        known.class << 9 | known.only.map_or(0, |label| 256 | u32::from(label))
    }

    /// A dictionary from packed entries and packed facts.
    pub fn new(forms: &[(u32, u32)], facts: &[(u32, u32)]) -> Self {
        Self { forms: Lookup::new(forms), facts: Lookup::new(facts) }
    }

    /// What is known of a form, by [`Atom::form`].
    #[inline]
    pub fn known(&self, form: u32) -> Known {
        let packed = self.forms.get(form).unwrap_or(0);
        Known { class: packed >> 9, only: (packed & 256 != 0).then_some(packed as u8) }
    }

    /// What a form can be and which it is used like, by [`Atom::form`].
    #[inline]
    pub fn facts(&self, form: u32) -> Facts {
        Facts::unpack(self.facts.get(form).unwrap_or(0))
    }
}

/// What tagging needs to see of a sentence, word by word.
#[derive(Debug, Clone, Default)]
pub struct TagRoom {
    /// What the dictionary knows.
    pub known: Vec<Known>,
    /// What the forms can be.
    pub facts: Vec<Facts>,
    /// How many words from each on can be finite, up to three.
    ahead: Vec<u32>,
    keys: Vec<u32>,
}

impl TagRoom {
    /// Looks all words up.
    pub fn look_up(&mut self, dictionary: &Dictionary, atoms: &[Atom]) {
        self.known.clear();
        self.known.extend(atoms.iter().map(|a| dictionary.known(a.form)));
        self.facts.clear();
        self.facts.extend(atoms.iter().map(|a| dictionary.facts(a.form)));
        self.ahead.clear();
        self.ahead.resize(atoms.len() + 1, 0);
        for i in (0..atoms.len()).rev() {
            let can = u32::from(self.facts[i].inflections & FINITE != 0);
            self.ahead[i] = (self.ahead[i + 1] + can).min(3);
        }
    }
}

/// What has been decided before a word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Past {
    /// The two labels before it, the nearer first, counted from 1; 0 before the sentence.
    labels: [u32; 2],
    /// Whether a finite verb stands before it.
    finite: bool,
}

impl Past {
    /// The past of the next word.
    #[inline]
    pub fn then(self, label: u8, finite: bool) -> Past {
        Past { labels: [u32::from(label) + 1, self.labels[0]], finite: self.finite || finite }
    }
}

/// Which labels are those of finite verbs and auxiliaries.
pub fn finite_labels(labels: &[(Upos, Xpos)]) -> Vec<bool> {
    labels.iter().map(|l| matches!(l.1, Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD)).collect()
}

/// The features of word `i`, given what has been decided before it.
pub fn features(atoms: &[Atom], room: &TagRoom, i: usize, past: Past, keys: &mut Vec<u32>) {
    let n = atoms.len() as isize;
    let i = i as isize;
    let inside = |d: isize| (0..n).contains(&(i + d)).then_some((i + d) as usize);
    let edge = |d: isize| if d < 0 { 11 } else { 13 };
    let f = |d: isize| inside(d).map_or(edge(d), |j| atoms[j].form);
    let known = |d: isize| inside(d).map_or(edge(d) + 1_000_000, |j| room.known[j].class);
    let group = |d: isize| inside(d).map_or(edge(d), |j| room.facts[j].group);
    let end = |d: isize| inside(d).map_or(edge(d), |j| atoms[j].suffix[2]);
    let shape = |d: isize| inside(d).map_or(edge(d), |j| atoms[j].shape);
    let a = &atoms[i as usize];
    let [t1, t2] = past.labels;
    // Whether the sentence still wants its finite verb, and how many words may yet be it.
    let can = |d: isize| inside(d).map_or(edge(d), |j| room.facts[j].inflections);
    let (c0, c1) = (can(0), can(1));
    let whole = u32::from(matches!(atoms[n as usize - 1].shape & 0xFF, 5 | 12));
    let want = u32::from(past.finite) | room.ahead[i as usize + 1] << 1 | whole << 3;
    let first = u32::from(i == 0);
    keys.clear();
    keys.extend_from_slice(&[
        key(1, &[]),
        key(2, &[a.form]),
        key(3, &[a.suffix[0]]),
        key(4, &[a.suffix[1]]),
        key(5, &[a.suffix[2]]),
        key(6, &[a.suffix[3]]),
        key(7, &[a.prefix[0], first]),
        key(8, &[a.prefix[1]]),
        key(9, &[a.prefix[2]]),
        key(10, &[a.prefix[3]]),
        key(11, &[a.shape, first]),
        key(12, &[a.shape, t1]),
        key(13, &[a.joints, a.form]),
        key(14, &[t1]),
        key(15, &[t1, t2]),
        key(16, &[t1, a.form]),
        key(17, &[t2, a.form]),
        key(18, &[t1, t2, a.form]),
        key(19, &[f(-1)]),
        key(20, &[f(1)]),
        key(21, &[f(-2)]),
        key(22, &[f(2)]),
        key(23, &[f(-1), a.form]),
        key(24, &[a.form, f(1)]),
        key(25, &[f(-1), f(1)]),
        key(26, &[end(-1)]),
        key(27, &[end(1)]),
        key(28, &[known(0)]),
        key(29, &[known(1)]),
        key(30, &[known(2)]),
        key(31, &[known(0), known(1)]),
        key(32, &[t1, known(0)]),
        key(33, &[t1, known(0), known(1)]),
        key(34, &[t1, t2, known(0)]),
        key(35, &[t1, known(1)]),
        key(36, &[known(0), known(1), known(2)]),
        key(37, &[a.shape, known(0), first]),
        key(38, &[a.shape, shape(1), t1]),
        key(39, &[a.suffix[2], t1]),
        key(40, &[a.suffix[2], known(1)]),
        key(41, &[a.suffix[1], t1, known(1)]),
        key(42, &[group(0)]),
        key(43, &[group(0), t1]),
        key(44, &[group(0), group(1)]),
        key(45, &[group(1), known(0)]),
        key(46, &[a.form, known(1), known(2)]),
        key(47, &[a.form, known(-1), known(1)]),
        key(48, &[a.form, shape(1)]),
        key(49, &[a.form, a.shape, first]),
        key(50, &[shape(-1), a.shape, shape(1)]),
        key(51, &[f(1), f(2)]),
        key(52, &[f(-2), f(-1)]),
        key(53, &[group(0), a.shape, t1]),
        key(54, &[inside(n - 1 - i).map_or(0, |j| atoms[j].form), a.form, first]),
        key(55, &[c0, t1]),
        key(56, &[c0, c1, t1]),
        key(57, &[c0, t1, t2]),
        key(58, &[c0, known(1)]),
        key(59, &[want, c0, t1]),
        key(60, &[want, known(0), t1]),
        key(61, &[want, c0, c1]),
        key(62, &[want, a.form]),
        key(63, &[want, a.suffix[1], t1]),
        key(64, &[can(-1), c0, c1, can(2)]),
    ]);
}

/// The tagger.
#[derive(Debug, Clone)]
pub struct Tagger {
    labels: Vec<(Upos, Xpos)>,
    dictionary: Dictionary,
    weights: Rows,
    /// Which labels are finite.
    finite: Vec<bool>,
}

impl Tagger {
    /// A tagger from its parts; for measuring and cross-prediction while training.
    pub fn new(labels: Vec<(Upos, Xpos)>, dictionary: Dictionary, weights: Rows) -> Self {
        let finite = finite_labels(&labels);
        Self { labels, dictionary, weights, finite }
    }

    /// Writes the part: labels, packed dictionary, packed facts and weights, all sorted by key.
    pub fn write(
        labels: &[(Upos, Xpos)],
        forms: &[(u32, u32)],
        facts: &[(u32, u32)],
        weights: &[Row],
        writer: &mut Writer,
    ) {
        writer.number(labels.len() as u64);
        for &(upos, xpos) in labels {
            writer.bytes.push(upos as u8);
            writer.bytes.push(xpos as u8);
        }
        Lookup::write(forms, writer);
        Lookup::write(facts, writer);
        Rows::write(weights, labels.len(), writer);
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not this part.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = reader.length()?;
        if n == 0 || n > 256 {
            return Err(ModelError::Malformed("no labels or too many"));
        }
        let mut labels = Vec::with_capacity(n);
        for _ in 0..n {
            let upos = Upos::from_index(reader.byte()?.into());
            let xpos = Xpos::from_index(reader.byte()?.into());
            labels.push(upos.zip(xpos).ok_or(ModelError::Malformed("an unknown tag"))?);
        }
        let forms = Lookup::read(reader)?;
        let facts = Lookup::read(reader)?;
        let weights = Rows::read(reader)?;
        if weights.classes() != n {
            return Err(ModelError::Malformed("weights for other labels"));
        }
        Ok(Self::new(labels, Dictionary { forms, facts }, weights))
    }

    /// The labels by number.
    pub fn labels(&self) -> &[(Upos, Xpos)] {
        &self.labels
    }

    /// The dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Fills `tags` with a label number for every word.
    pub fn tag(&self, atoms: &[Atom], room: &mut TagRoom, tags: &mut Vec<u8>) {
        room.look_up(&self.dictionary, atoms);
        tags.clear();
        self.tag_on(atoms, room, tags, Past::default());
    }

    /// Labels the words from `tags.len()` on.
    fn tag_on(&self, atoms: &[Atom], room: &mut TagRoom, tags: &mut Vec<u8>, mut past: Past) {
        for i in tags.len()..atoms.len() {
            let label = match room.known[i].only {
                Some(only) if (only as usize) < self.labels.len() => only,
                _ => self.weights.best(&self.sums(atoms, room, i, past)) as u8,
            };
            tags.push(label);
            past = past.then(label, self.finite[label as usize]);
        }
    }

    fn sums(&self, atoms: &[Atom], room: &mut TagRoom, i: usize, past: Past) -> Sums {
        let mut keys = std::mem::take(&mut room.keys);
        features(atoms, room, i, past, &mut keys);
        let mut sums = [0; 256];
        self.weights.score(&keys, &mut sums);
        room.keys = keys;
        sums
    }

    /// How much would be lost by the best finite label of a full verb against the best, and which it is.
    fn loss(&self, sums: &Sums) -> (i32, u8) {
        let verbs = (0..self.labels.len()).filter(|&l| self.finite[l] && self.labels[l].0 == Upos::Verb);
        let verb = verbs.max_by_key(|&l| (sums[l], std::cmp::Reverse(l)));
        let best = sums[self.weights.best(sums)];
        verb.map_or((i32::MAX, 0), |l| (best.saturating_sub(sums[l]), l as u8))
    }

    /// Gives a whole sentence that was left without a finite verb the one that comes cheapest, and labels the words
    /// behind it anew. Sentences of request (a base form without "to") and those where every choice would be far
    /// fetched stay as they are. `room` is as [`Self::tag`] left it.
    pub fn ensure_finite(&self, atoms: &[Atom], room: &mut TagRoom, tags: &mut Vec<u8>) {
        let upos = |i: usize| self.labels[tags[i] as usize].0;
        let xpos = |i: usize| self.labels[tags[i] as usize].1;
        let nominal = |i: usize| matches!(upos(i), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        let Some(first) = (0..tags.len()).find(|&i| nominal(i)) else { return };
        let request = |i: usize| xpos(i) == Xpos::VB && i < first;
        if (0..tags.len()).any(|i| self.finite[tags[i] as usize] || request(i)) {
            return;
        }
        let mut past = Past::default();
        let mut cheapest: Option<(i32, usize, u8)> = None;
        for (i, &tag) in tags.iter().enumerate() {
            let open =
                matches!(upos(i), Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp | Upos::X);
            let fact = room.facts[i].inflections;
            // A form not known at all may be a verb's where it was taken for a participle.
            let participle = xpos(i) == Xpos::VBN;
            let possible =
                fact & (FINITE | PAST | THIRD) != 0 || (fact == 0 && room.known[i].class == 0 && participle);
            if i > first && open && possible && room.known[i].only.is_none() {
                let (loss, label) = self.loss(&self.sums(atoms, room, i, past));
                // A subject stands right before most verbs; a participle there is a past tense more easily than a
                // noun is a verb.
                let beside = nominal(i - 1) || upos(i - 1) == Upos::Adv;
                let loss = match (beside, participle) {
                    (true, true) => loss / 2,
                    (true, false) => loss,
                    (false, _) => loss.saturating_add(UNIT * 4),
                };
                let cost = (loss, i, label);
                cheapest = Some(cheapest.map_or(cost, |least| least.min(cost)));
            }
            past = past.then(tag, false);
        }
        let Some((loss, at, label)) = cheapest else { return };
        if loss > FARTHEST {
            return;
        }
        tags.truncate(at);
        let past = tags.iter().fold(Past::default(), |past, &t| past.then(t, self.finite[t as usize]));
        tags.push(label);
        self.tag_on(atoms, room, tags, past.then(label, true));
    }
}

/// One unit of the weights.
const UNIT: i32 = crate::weights::UNIT as i32;
/// The largest loss at which a word is still made the finite verb of a sentence.
const FARTHEST: i32 = UNIT * 40;
