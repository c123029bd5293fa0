//! Words to word classes: universal class and Penn tag as one label, decided from left to right.
//!
//! Lemmas and features are left to `lemma` and `morphology`.

use crate::atoms::Atom;
use crate::bytes::{Reader, Writer};
use crate::hash::key;
use crate::model::ModelError;
use crate::token::best;
use crate::weights::{Lookup, Row, Rows};
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
    /// Form to group of forms that are used alike.
    groups: Lookup,
}

impl Dictionary {
    /// Packs what is known of a form for the lookup.
    pub fn pack(known: Known) -> u32 {
        known.class << 9 | known.only.map_or(0, |label| 256 | u32::from(label))
    }

    /// A dictionary from packed entries and groups.
    pub fn new(forms: &[(u32, u32)], groups: &[(u32, u32)]) -> Self {
        Self { forms: Lookup::new(forms), groups: Lookup::new(groups) }
    }

    /// What is known of a form, by [`Atom::form`].
    #[inline]
    pub fn known(&self, form: u32) -> Known {
        let packed = self.forms.get(form).unwrap_or(0);
        Known { class: packed >> 9, only: (packed & 256 != 0).then_some(packed as u8) }
    }

    /// The group a form belongs to; 0 for none.
    #[inline]
    pub fn group(&self, form: u32) -> u32 {
        self.groups.get(form).unwrap_or(0)
    }
}

/// What tagging needs to see of a sentence, word by word.
#[derive(Debug, Clone, Default)]
pub struct TagRoom {
    /// What the dictionary knows.
    pub known: Vec<Known>,
    /// Groups.
    pub groups: Vec<u32>,
    keys: Vec<u32>,
    sums: Vec<i32>,
}

impl TagRoom {
    /// Looks all words up.
    pub fn look_up(&mut self, dictionary: &Dictionary, atoms: &[Atom]) {
        self.known.clear();
        self.known.extend(atoms.iter().map(|a| dictionary.known(a.form)));
        self.groups.clear();
        self.groups.extend(atoms.iter().map(|a| dictionary.group(a.form)));
    }
}

/// The features of word `i`, given the labels before it (counted from 1, 0 before the sentence).
pub fn features(atoms: &[Atom], room: &TagRoom, i: usize, before: [u32; 2], keys: &mut Vec<u32>) {
    let n = atoms.len() as isize;
    let i = i as isize;
    let inside = |d: isize| (0..n).contains(&(i + d)).then_some((i + d) as usize);
    let edge = |d: isize| if d < 0 { 11 } else { 13 };
    let f = |d: isize| inside(d).map_or(edge(d), |j| atoms[j].form);
    let known = |d: isize| inside(d).map_or(edge(d) + 1_000_000, |j| room.known[j].class);
    let group = |d: isize| inside(d).map_or(edge(d), |j| room.groups[j]);
    let end = |d: isize| inside(d).map_or(edge(d), |j| atoms[j].suffix[2]);
    let shape = |d: isize| inside(d).map_or(edge(d), |j| atoms[j].shape);
    let a = &atoms[i as usize];
    let [t1, t2] = before;
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
    ]);
}

/// The tagger.
#[derive(Debug, Clone)]
pub struct Tagger {
    labels: Vec<(Upos, Xpos)>,
    dictionary: Dictionary,
    weights: Rows,
}

impl Tagger {
    /// A tagger from its parts; for measuring and cross-prediction while training.
    pub fn new(labels: Vec<(Upos, Xpos)>, dictionary: Dictionary, weights: Rows) -> Self {
        Self { labels, dictionary, weights }
    }

    /// Writes the part: labels, packed dictionary, groups and weights, all sorted by key.
    pub fn write(
        labels: &[(Upos, Xpos)],
        forms: &[(u32, u32)],
        groups: &[(u32, u32)],
        weights: &[Row],
        writer: &mut Writer,
    ) {
        writer.number(labels.len() as u64);
        for &(upos, xpos) in labels {
            writer.bytes.push(upos as u8);
            writer.bytes.push(xpos as u8);
        }
        Lookup::write(forms, writer);
        Lookup::write(groups, writer);
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
        let groups = Lookup::read(reader)?;
        let weights = Rows::read(reader)?;
        if weights.classes() != n {
            return Err(ModelError::Malformed("weights for other labels"));
        }
        Ok(Self { labels, dictionary: Dictionary { forms, groups }, weights })
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
        let mut before = [0u32; 2];
        for i in 0..atoms.len() {
            let label = match room.known[i].only {
                Some(only) if (only as usize) < self.labels.len() => only,
                _ => {
                    let mut keys = std::mem::take(&mut room.keys);
                    features(atoms, room, i, before, &mut keys);
                    room.sums.clear();
                    room.sums.resize(self.labels.len(), 0);
                    self.weights.score(&keys, &mut room.sums);
                    room.keys = keys;
                    best(&room.sums) as u8
                }
            };
            tags.push(label);
            before = [u32::from(label) + 1, before[0]];
        }
    }
}
