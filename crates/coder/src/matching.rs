//! Whether a rule of the lexicon fits a word: its further words, the heads it asks for, the heads it forbids.

use crate::view::View;
use demarche_lexicon::{Lexeme, Slot};
use demarche_text::{Rel, Upos};
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// Nouns that only measure what follows them: "a round of talks".
const PARTITIVE: [&str; 13] = [
    "number", "series", "round", "group", "wave", "couple", "dozen", "hundred", "thousand", "million", "lot",
    "set", "score",
];

/// Nouns that only say that something is going on: "mediation efforts", "rescue operation".
const LIGHT: [&str; 8] =
    ["effort", "operation", "process", "campaign", "activity", "attempt", "work", "project"];

/// How the words of a lexeme were found around a predicate.
#[derive(Debug, Clone, Default)]
pub struct Anchoring {
    /// The further words, in order.
    pub words: SmallVec<[usize; 2]>,
    /// The preposition's complement, where the last further word is a preposition with one.
    pub complement: Option<usize>,
}

/// What a rule lacked; shown by `explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Particles or prepositions of the lexeme.
    Words,
    /// A head that the rule asks for in this slot.
    Head(String),
    /// A head that the rule forbids in this slot.
    Forbidden(String),
    /// A political actor in a role.
    Actor(&'static str),
    /// An event in the inner slot of an operator.
    Inner,
}

impl View<'_> {
    /// The further words of a lexeme around the predicate `i`.
    pub fn anchor(&self, i: usize, lexeme: &Lexeme) -> Option<Anchoring> {
        let mut found = Anchoring::default();
        let mut around = i;
        for word in &lexeme.rest {
            let (at, complement) = self.find_word(around, i, word)?;
            if at < i && !self.verbal(i) && self.rel(at).base() == Rel::Conj {
                return None;
            }
            found.words.push(at);
            found.complement = complement;
            if complement.is_none() && self.nominal(at) {
                around = at;
            }
        }
        Some(found)
    }

    fn find_word(&self, around: usize, predicate: usize, word: &str) -> Option<(usize, Option<usize>)> {
        let matches =
            |w: usize| self.lemma(w).eq_ignore_ascii_case(word) || self.form(w).eq_ignore_ascii_case(word);
        let direct = |c: &usize| {
            matches(*c)
                && !matches!(
                    self.rel(*c).base(),
                    Rel::Nsubj
                        | Rel::Conj
                        | Rel::Punct
                        | Rel::Cc
                        | Rel::Parataxis
                        | Rel::Ccomp
                        | Rel::Acl
                        | Rel::Appos
                )
                && (self.nominal(predicate) || *c > predicate || self.rel(*c) == Rel::CompoundPrt)
        };
        if let Some(c) = self.children(around).find(direct) {
            return Some((c, None));
        }
        let mut heads: SmallVec<[usize; 2]> = SmallVec::from_slice(&[around]);
        if around != predicate {
            heads.push(predicate);
        }
        if self.verbal(predicate) {
            heads.extend(
                self.children(predicate).filter(|&c| matches!(self.rel(c).base(), Rel::Obj | Rel::Advmod)),
            );
        }
        for h in heads {
            for c in self.children(h) {
                let complement = matches!(
                    self.rel(c).base(),
                    Rel::Obl | Rel::Nmod | Rel::Advcl | Rel::Acl | Rel::Xcomp | Rel::Ccomp | Rel::Iobj
                );
                if complement
                    && self.time_word(c).is_none()
                    && let Some(k) = self.case_words(c).find(|&k| matches(k) && k > predicate)
                {
                    return Some((k, Some(c)));
                }
            }
        }
        None
    }

    /// The prepositions and markers of a dependent as word numbers, what is fixed to them included.
    pub fn case_words(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.children(i).filter(move |&c| matches!(self.rel(c).base(), Rel::Case | Rel::Mark)).flat_map(
            move |c| std::iter::once(c).chain(self.children(c).filter(|&f| self.rel(f) == Rel::Fixed)),
        )
    }

    /// What fills a slot of a predicate whose lexeme was found with this anchoring: the complement of the lexeme's own
    /// preposition counts as its object ("walk off the job"). With `wide` a preposition is looked for on the object
    /// noun as well.
    pub fn fill_anchored(&self, i: usize, slot: &Slot, anchoring: &Anchoring, wide: bool) -> Vec<usize> {
        let mut found = self.fill(i, slot);
        if !found.is_empty() {
            return found;
        }
        match slot {
            Slot::Obj => found.extend(anchoring.complement),
            Slot::Path(outer, inner) if **outer == Slot::Obj => {
                found.extend(anchoring.complement.into_iter().flat_map(|c| self.fill(c, inner)));
            }
            Slot::Prep(_) if wide => {
                for o in self.fill_anchored(i, &Slot::Obj, anchoring, false) {
                    found.extend(self.fill(o, slot));
                }
                if found.is_empty() && self.verbal(i) {
                    found.extend(self.swallowed(i, slot));
                }
            }
            _ => {}
        }
        found
    }

    /// Phrases that a verb's complements have swallowed: "scattered by soldiers with water cannons".
    fn swallowed(&self, i: usize, slot: &Slot) -> Vec<usize> {
        self.children(i)
            .filter(|&c| c > i && matches!(self.rel(c).base(), Rel::Obj | Rel::Obl | Rel::Iobj))
            .flat_map(|c| self.fill(c, slot))
            .collect()
    }

    /// Whether the heads a rule asks for are there and none that it forbids; with the words that were asked for.
    pub fn heads_hold(
        &self,
        i: usize,
        heads: &[(Slot, BTreeSet<String>)],
        unless: &[(Slot, BTreeSet<String>)],
        anchoring: &Anchoring,
    ) -> Result<SmallVec<[usize; 2]>, Missing> {
        let mut words = SmallVec::new();
        for (slot, set) in heads {
            let at = self.head_in(i, slot, set, anchoring).ok_or_else(|| Missing::Head(slot.to_string()))?;
            words.push(at);
        }
        for (slot, set) in unless {
            if self.head_in(i, slot, set, anchoring).is_some() {
                return Err(Missing::Forbidden(slot.to_string()));
            }
        }
        Ok(words)
    }

    fn head_in(&self, i: usize, slot: &Slot, set: &BTreeSet<String>, anchoring: &Anchoring) -> Option<usize> {
        let fits = |w: usize| {
            let lemma = self.lemma(w);
            set.contains(lemma)
                || (lemma.bytes().any(|b| b.is_ascii_uppercase())
                    && (set.contains(&lemma.to_ascii_lowercase())
                        || set.contains(&self.form(w).to_ascii_lowercase())))
        };
        for w in self.fill_anchored(i, slot, anchoring, true) {
            if fits(w) {
                return Some(w);
            }
            let noun = self.upos(w) == Upos::Noun;
            let partitive = noun && PARTITIVE.contains(&self.lemma(w));
            let light = noun && LIGHT.contains(&self.lemma(w));
            let more = self.conjuncts(w).into_iter().skip(1).chain(self.children(w).filter(|&c| {
                match self.rel(c).base() {
                    Rel::Nmod => partitive && self.cases(c).any(|p| p == "of"),
                    Rel::Compound => light,
                    _ => false,
                }
            }));
            for c in more {
                if fits(c) {
                    return Some(c);
                }
            }
        }
        None
    }
}
