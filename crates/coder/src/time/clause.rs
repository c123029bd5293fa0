//! The clause of a time: its tense, and which predicates it dates.
//!
//! A time belongs to the nearest verb above it and to what shares its clause: its objects that are acts, verbs joined to
//! it, participles beside it. It does not reach over into what is said, a relative clause, or "after" and "before"; and
//! "Friday's attack" dates the attack alone.

use super::TimeExpression;
use crate::view::View;
use demarche_lexicon::TimeKind;
use demarche_text::{Rel, Upos, Xpos};

/// Farthest step up or down the tree.
const FARTHEST: usize = 14;

/// A phrase of time or place.
pub(crate) struct Phrase {
    /// First and last word, the preposition included.
    pub words: (usize, usize),
    /// The word that the rest of the sentence sees.
    pub head: usize,
    /// Whether it opens its clause.
    pub fronted: bool,
}

/// When a clause lies, by its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It is over.
    Past,
    /// Over, and its result counts ("has signed", "had signed").
    Perfect,
    /// It goes on, is usual or is arranged.
    Present,
    /// It is to come.
    Future,
}

impl View<'_> {
    /// Whether a word heads a clause: a verb, or what stands with a form of "be".
    pub(crate) fn heads_clause(&self, w: usize) -> bool {
        self.verbal(w) || self.child(w, &[Rel::Cop]).is_some() || self.head(w).is_none()
    }

    /// Whether what hangs on this word lies ahead of it: "plan", "due", "demand".
    pub(crate) fn looks_ahead(&self, w: usize) -> bool {
        let lemma = [self.lemma(w)];
        self.lexicon.time_at(&lemma).any(|(entry, _)| entry.kind == TimeKind::Future)
    }

    /// The tense of the clause that a word stands in, as far as its verb shows it.
    pub fn tense_at(&self, w: usize) -> Option<Tense> {
        let mut at = w;
        for _ in 0..FARTHEST {
            if self.heads_clause(at) {
                return self.tense_of(at, 0);
            }
            at = self.head(at)?;
        }
        None
    }

    fn tense_of(&self, v: usize, depth: usize) -> Option<Tense> {
        if depth > FARTHEST {
            return None;
        }
        let above = |rels: &[Rel]| self.head(v).filter(|_| rels.contains(&self.rel(v).base()));
        let auxiliaries: Vec<usize> =
            self.children(v).filter(|&c| matches!(self.rel(c).base(), Rel::Aux | Rel::Cop)).collect();
        let have = auxiliaries.iter().any(|&a| self.is(a, "have"));
        if auxiliaries.iter().any(|&a| self.xpos(a) == Xpos::MD) {
            return Some(if have { Tense::Perfect } else { Tense::Future });
        }
        let to = self.children(v).any(|c| self.rel(c).base() == Rel::Mark && self.is(c, "to"))
            || auxiliaries.iter().any(|&a| self.is(a, "to"));
        if to && (self.xpos(v) == Xpos::VB || auxiliaries.iter().any(|&a| self.xpos(a) == Xpos::VB)) {
            if auxiliaries.iter().any(|&a| self.is(a, "be") && self.xpos(a) != Xpos::VB) {
                return Some(Tense::Future);
            }
            return match self.head(v) {
                Some(h) if self.looks_ahead(h) || !self.heads_clause(h) => Some(Tense::Future),
                Some(h) if self.rel(v).base() == Rel::Xcomp || self.rel(v).base() == Rel::Advcl => {
                    self.tense_of(h, depth + 1)
                }
                Some(_) => Some(Tense::Future),
                None => Some(Tense::Future),
            };
        }
        if have {
            return Some(Tense::Perfect);
        }
        if let Some(&a) = auxiliaries.first() {
            return match self.xpos(a) {
                Xpos::VBD => Some(Tense::Past),
                Xpos::VBZ | Xpos::VBP => Some(Tense::Present),
                _ => above(&[Rel::Conj, Rel::Xcomp]).and_then(|h| self.tense_of(h, depth + 1)),
            };
        }
        match self.xpos(v) {
            Xpos::VBD => Some(Tense::Past),
            Xpos::VB
                if self.rel(v).base() == Rel::Ccomp && self.head(v).is_some_and(|h| self.looks_ahead(h)) =>
            {
                Some(Tense::Future)
            }
            Xpos::VBZ => Some(Tense::Present),
            Xpos::VBP | Xpos::VB => match above(&[Rel::Conj, Rel::Ccomp]) {
                Some(h) if self.rel(v) == Rel::Conj => self.tense_of(h, depth + 1),
                Some(h) if self.looks_ahead(h) => Some(Tense::Future),
                _ => Some(Tense::Present),
            },
            Xpos::VBN if self.rel(v).base() == Rel::Conj => {
                above(&[Rel::Conj]).and_then(|h| self.tense_of(h, depth + 1))
            }
            Xpos::VBN => Some(Tense::Past),
            Xpos::VBG => {
                above(&[Rel::Advcl, Rel::Conj, Rel::Xcomp]).and_then(|h| self.tense_of(h, depth + 1))
            }
            _ => None,
        }
    }

    /// The expression that dates a predicate, if one does.
    pub fn dated_by<'t>(&self, at: usize, times: &'t [TimeExpression]) -> Option<&'t TimeExpression> {
        times
            .iter()
            .filter(|t| !t.aside)
            .filter_map(|t| {
                let phrase = Phrase { words: (t.from, t.words.1), head: t.head, fronted: self.fronted(t) };
                self.reach(&phrase, at).map(|cost| (t.is_vague(), cost, t.head.abs_diff(at), t))
            })
            .min_by_key(|(vague, cost, apart, t)| (*vague, *cost, *apart, t.head))
            .map(|(.., t)| t)
    }

    /// Whether a time opens its clause, so that a noun behind it ("On 7 January gunmen …") is not what it belongs to.
    fn fronted(&self, t: &TimeExpression) -> bool {
        let opens = t.from == 0 || matches!(self.form(t.from - 1), "," | ";" | "“" | "\"" | ":");
        let owns = |w: usize| w < self.len() && matches!(self.form(w), "'s" | "’s" | "'" | "’" | "-");
        let article = self.form(t.words.0).eq_ignore_ascii_case("the");
        (opens || t.from < t.words.0) && !article && !owns(t.words.1 + 1)
    }

    /// What it costs to carry a phrase of time or place to a predicate; none where it does not belong to it.
    pub(crate) fn reach(&self, t: &Phrase, at: usize) -> Option<usize> {
        let inside = |w: usize| (t.words.0..=t.words.1).contains(&w);
        // "From 1947, when the state was divided".
        if !inside(at)
            && self.head(at).is_some_and(inside)
            && self.children(at).any(|c| self.is(c, "when") || self.is(c, "where"))
        {
            return Some(1);
        }
        let mut up = t.head;
        for steps in 0..FARTHEST {
            if up == at {
                return Some(steps);
            }
            let within = inside(up);
            if !within && self.heads_clause(up) {
                if let Some(cost) = self.shares_clause(up, at) {
                    return Some(steps + cost);
                }
                // "Refused to hold talks on Monday": the day is that of what governs the infinitive too.
                let governor = self.head(up)?;
                let carried = match self.rel(up).base() {
                    Rel::Xcomp => !self.looks_ahead(governor),
                    Rel::Conj => {
                        self.child(up, &[Rel::Nsubj, Rel::Aux]).is_none() && self.heads_clause(governor)
                    }
                    // "In a statement issued on Sunday, the ministry …".
                    Rel::Acl if self.rel(up) == Rel::Acl => {
                        self.xpos(up) == Xpos::VBN
                            && self.rel(governor).base() == Rel::Obl
                            && self.cases(governor).any(|c| matches!(c, "in" | "at" | "during"))
                    }
                    _ => false,
                };
                if !carried {
                    return None;
                }
                if governor == at {
                    return Some(steps + 4);
                }
            } else if !within && !self.leaves(t, up) {
                return None;
            }
            up = self.head(up)?;
        }
        None
    }

    /// Whether a time that stands with this noun may date what is above the noun.
    fn leaves(&self, t: &Phrase, noun: usize) -> bool {
        // "Friday's attack", "the 2003 invasion".
        if t.words.1 < noun {
            return t.fronted;
        }
        match self.rel(noun).base() {
            // "The attack on Friday was condemned", but "the minister on Monday said".
            Rel::Nsubj => self.lexicon.nouns(self.lemma(noun)).is_empty(),
            Rel::Obl | Rel::Nmod => !self.sets_time_apart(noun),
            _ => true,
        }
    }

    /// "After talks", "since the coup", "before the vote".
    fn sets_time_apart(&self, noun: usize) -> bool {
        self.cases(noun).any(|case| {
            let case = [case];
            self.lexicon.time_at(&case).any(|(entry, _)| {
                matches!(entry.kind, TimeKind::After | TimeKind::Before | TimeKind::Since)
                    || (entry.kind == TimeKind::Until && case[0] != "by")
            })
        })
    }

    /// What it costs to go from the head of a clause down to a predicate that shares its time.
    fn shares_clause(&self, clause: usize, at: usize) -> Option<usize> {
        let mut down = at;
        let mut cost = 0;
        for _ in 0..5 {
            if down == clause {
                return Some(cost);
            }
            let h = self.head(down)?;
            let own_subject = self.child(down, &[Rel::Nsubj]).is_some();
            let shares = match self.rel(down).base() {
                Rel::Xcomp => !self.looks_ahead(h),
                Rel::Conj if self.verbal(down) => !own_subject,
                Rel::Conj => true,
                Rel::Advcl => {
                    matches!(self.xpos(down), Xpos::VBG | Xpos::VBN)
                        && !own_subject
                        && self.child(down, &[Rel::Mark]).is_none()
                }
                // "The talks opened on Monday", but "the talks angered the rebels on Monday".
                Rel::Nsubj if self.rel(down) != Rel::NsubjPass => self.child(h, &[Rel::Obj]).is_none(),
                Rel::Nsubj | Rel::Obj | Rel::Compound => self.upos(down) != Upos::Verb,
                Rel::Obl | Rel::Nmod => !self.sets_time_apart(down),
                _ => false,
            };
            if !shares {
                return None;
            }
            cost += 2;
            down = h;
        }
        None
    }
}
