//! Morphological features from form, label and place in the tree: number and person of a verb show in its subject,
//! the passive in its auxiliary.

use crate::atoms::Atom;
use crate::bytes::{Reader, Writer};
use crate::hash::key;
use crate::model::ModelError;
use crate::weights::Lookup;
use crate::{Feats, Rel, Tree, Upos, Xpos};

/// The keys under which the features of a word may be stored, most telling first; unused ones repeat the last.
pub fn keys(tree: &Tree, atoms: &[Atom], label: u8, i: usize) -> [u32; 5] {
    let (form, label) = (atoms[i].form, u32::from(label));
    let by_form = key(3, &[form, label]);
    let by_label = key(4, &[label]);
    if !matches!(tree.upos(i), Upos::Verb | Upos::Aux) {
        return [by_form, by_label, by_label, by_label, by_label];
    }
    let (place, auxiliaries) = place(tree, atoms, i);
    [key(1, &[form, label, place]), key(2, &[label, place]), key(6, &[label, auxiliaries]), by_form, by_label]
}

/// What the tree shows of a verb, as one number: all of it, and its auxiliaries alone.
fn place(tree: &Tree, atoms: &[Atom], i: usize) -> (u32, u32) {
    let (mut passive, mut auxiliary, mut to, mut subject) = (0, 0, 0, 0);
    // An auxiliary agrees with the subject of its verb.
    let is_auxiliary = matches!(tree.rel(i).base(), Rel::Aux | Rel::Cop);
    let clause = if is_auxiliary { tree.head(i).unwrap_or(i) } else { i };
    for child in tree.children(clause) {
        match tree.rel(child) {
            Rel::AuxPass | Rel::NsubjPass | Rel::OblAgent if clause == i => passive = 1,
            Rel::Aux if child != i && child < i => auxiliary = atoms[child].form,
            Rel::Mark if tree.xpos(child) == Xpos::TO => to = 1,
            _ => {}
        }
        if tree.rel(child).base() == Rel::Nsubj {
            subject = match tree.xpos(child) {
                Xpos::PRP => atoms[child].form,
                tag => 1 + tag as u32,
            };
        }
    }
    let all = key(5, &[tree.rel(i) as u32, passive, auxiliary, to, subject]);
    (all, key(7, &[passive, auxiliary, to]))
}

/// The store of features.
#[derive(Debug, Clone)]
pub struct Morphology {
    sets: Vec<Feats>,
    choice: Lookup,
}

impl Morphology {
    /// Writes the part: the sets of features, and the number of a set for every key, sorted.
    pub fn write(sets: &[Feats], choice: &[(u32, u32)], writer: &mut Writer) {
        writer.number(sets.len() as u64);
        for set in sets {
            writer.number(set.to_bits() as u64);
            writer.number((set.to_bits() >> 64) as u64);
        }
        Lookup::write(choice, writer);
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are not this part.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = reader.length()?;
        let mut sets = Vec::new();
        for _ in 0..n {
            let low = reader.number()?;
            sets.push(Feats::from_bits(u128::from(low) | u128::from(reader.number()?) << 64));
        }
        Ok(Self { sets, choice: Lookup::read(reader)? })
    }

    /// The features of word `i`, whose label is `label`.
    pub fn feats(&self, tree: &Tree, atoms: &[Atom], label: u8, i: usize) -> Feats {
        keys(tree, atoms, label, i)
            .iter()
            .find_map(|&key| self.choice.get(key))
            .and_then(|set| self.sets.get(set as usize).copied())
            .unwrap_or_default()
    }
}
