//! Which words fill the slots of a predicate: logical subject and object, prepositions, complements.
//!
//! Passives are turned round, and subjects that English leaves out are found again: relative clauses, participles,
//! infinitives (control and raising), coordination. What the words in a slot mean is left to `actor`.

use crate::view::View;
use demarche_lexicon::Slot;
use demarche_text::{Rel, Upos, Xpos};

/// Deepest chain of clauses followed to find a missing subject; a guard against pathological trees.
const DEEPEST: usize = 12;

impl View<'_> {
    /// The head words that fill a slot of the predicate `i`, in order; coordination is not opened.
    pub fn fill(&self, i: usize, slot: &Slot) -> Vec<usize> {
        self.fill_at(i, slot, 0)
    }

    fn fill_at(&self, i: usize, slot: &Slot, depth: usize) -> Vec<usize> {
        if depth > DEEPEST {
            return Vec::new();
        }
        match slot {
            Slot::Path(outer, inner) => {
                let mut found = Vec::new();
                for x in self.fill_at(i, outer, depth + 1) {
                    for y in self.fill_at(x, inner, depth + 1) {
                        if !found.contains(&y) {
                            found.push(y);
                        }
                    }
                }
                found
            }
            Slot::Subj => self.subject(i, depth).into_iter().collect(),
            Slot::Obj => self.object(i, depth).into_iter().collect(),
            Slot::Iobj => self.recipient(i, depth).into_iter().collect(),
            Slot::Poss => self.child(i, &[Rel::NmodPoss]).into_iter().collect(),
            Slot::Mod => self
                .children(i)
                .filter(|&c| matches!(self.rel(c), Rel::Amod | Rel::Compound | Rel::NmodDesc | Rel::Nmod))
                .filter(|&c| c < i && self.cases(c).next().is_none())
                .collect(),
            Slot::Own => self.described(i),
            Slot::Ccomp => self.children(i).filter(|&c| self.rel(c) == Rel::Ccomp).collect(),
            Slot::Xcomp => self
                .children(i)
                .filter(|&c| {
                    self.rel(c) == Rel::Xcomp
                        || self.second_object(i, c)
                        || (!self.verbal(i)
                            && self.verbal(c)
                            && matches!(self.rel(c), Rel::Acl | Rel::Advcl)
                            && self.infinitive(c))
                        || (self.verbal(i)
                            && self.verbal(c)
                            && self.rel(c) == Rel::Advcl
                            && c > i
                            && self.infinitive(c))
                })
                .collect(),
            Slot::Advcl => self.children(i).filter(|&c| self.rel(c).base() == Rel::Advcl).collect(),
            Slot::Prep(p) => self.prepositional(i, p),
        }
    }

    /// "Labelled the broadcaster a foreign agent": what is said of the first object.
    fn second_object(&self, i: usize, c: usize) -> bool {
        self.rel(c) == Rel::Obj
            && self.children(i).any(|o| o < c && matches!(self.rel(o), Rel::Obj | Rel::Iobj))
    }

    fn infinitive(&self, i: usize) -> bool {
        self.has_child(i, Rel::Mark, "to")
    }

    fn prepositional(&self, i: usize, p: &str) -> Vec<usize> {
        let agent = p == "by" && self.verbal(i) && self.passive(i);
        let mut found: Vec<usize> = self
            .children(i)
            .filter(|&c| self.has_case(c, p))
            .filter(|&c| !(agent && self.nominal(c)))
            .collect();
        if found.is_empty() && self.nominal(i) {
            found = self.stray(i, p);
        }
        found
    }

    /// Whether a word is a complement introduced by this preposition or marker.
    fn has_case(&self, c: usize, p: &str) -> bool {
        matches!(
            self.rel(c).base(),
            Rel::Obl | Rel::Nmod | Rel::Advcl | Rel::Xcomp | Rel::Acl | Rel::Ccomp | Rel::Iobj
        ) && self.cases(c).any(|case| case.eq_ignore_ascii_case(p))
    }

    /// Phrases that belong to an event noun but hang elsewhere, as parsers like to leave them: on the last noun of the
    /// phrase before ("pressure from China on Taiwan"), or on the verb beside it ("talks between A and B began").
    fn stray(&self, i: usize, p: &str) -> Vec<usize> {
        let mut at = i;
        for _ in 0..3 {
            let Some(next) = self.children(at).filter(|&c| c > at && self.rel(c).base() == Rel::Nmod).last()
            else {
                break;
            };
            let found: Vec<usize> =
                self.children(next).filter(|&c| c > next && p != "of" && self.has_case(c, p)).collect();
            if !found.is_empty() {
                return found;
            }
            at = next;
        }
        let Some(h) = self.head(i).filter(|&h| self.verbal(h)) else {
            return Vec::new();
        };
        let place = match self.rel(i).base() {
            Rel::Nsubj if i < h => i..h,
            Rel::Obj => i..self.len(),
            _ => return Vec::new(),
        };
        self.children(h)
            .filter(|c| place.contains(c) && *c > i && p != "of" && self.has_case(*c, p))
            .collect()
    }

    /// The logical subject: who does it.
    fn subject(&self, i: usize, depth: usize) -> Option<usize> {
        if !self.verbal(i) {
            return self.noun_subject(i, depth);
        }
        if self.passive(i) {
            return self.children(i).find(|&c| self.rel(c) == Rel::OblAgent).or_else(|| {
                self.children(i).find(|&c| self.rel(c).base() == Rel::Obl && self.cases(c).any(|p| p == "by"))
            });
        }
        self.surface_subject(i, depth + 1)
    }

    /// The logical object: whom it is done to.
    fn object(&self, i: usize, depth: usize) -> Option<usize> {
        if !self.verbal(i) {
            return None;
        }
        if self.passive(i) {
            if let Some(o) = self.child(i, &[Rel::Obj]) {
                return Some(o);
            }
            return match self.rel(i) {
                Rel::Amod | Rel::Acl if self.child(i, &[Rel::Nsubj]).is_none() => self.head(i),
                _ => self.surface_subject(i, depth + 1),
            };
        }
        let own = self.child(i, &[Rel::Obj]);
        if let Some(o) = own {
            return Some(if self.relative_pronoun(o) { self.relative_host(i).unwrap_or(o) } else { o });
        }
        let relative = self.rel(i) == Rel::AclRelcl
            && self.child(i, &[Rel::Nsubj]).is_some_and(|s| !self.relative_pronoun(s));
        if relative && self.child(i, &[Rel::Ccomp]).is_none() {
            return self.relative_host(i);
        }
        None
    }

    /// The second object; of a passive that keeps the first one, its subject: "Haiti was given money".
    fn recipient(&self, i: usize, depth: usize) -> Option<usize> {
        if self.verbal(i) && self.passive(i) && self.child(i, &[Rel::Obj]).is_some() {
            return self.surface_subject(i, depth + 1);
        }
        self.child(i, &[Rel::Iobj]).or_else(|| self.swallowed_recipient(i))
    }

    /// "Lent Bangladesh 2 billion dollars": no name stands before a number in one phrase, whatever the parser says.
    fn swallowed_recipient(&self, i: usize) -> Option<usize> {
        let o = self.verbal(i).then(|| self.child(i, &[Rel::Obj])).flatten()?;
        let number = self.child(o, &[Rel::Nummod])?;
        self.children(o).find(|&c| {
            c < number
                && self.upos(c) == Upos::Propn
                && self.cases(c).next().is_none()
                && self.mention(c).is_some()
        })
    }

    fn relative_pronoun(&self, i: usize) -> bool {
        matches!(self.xpos(i), Xpos::WP | Xpos::WDT)
            || (self.upos(i) == Upos::Pron
                && self.is(i, "that")
                && self.head(i).is_some_and(|h| self.rel(h) == Rel::AclRelcl))
    }

    fn relative_host(&self, i: usize) -> Option<usize> {
        (self.rel(i) == Rel::AclRelcl).then(|| self.head(i)).flatten()
    }

    /// The grammatical subject, found again where the clause leaves it out.
    fn surface_subject(&self, i: usize, depth: usize) -> Option<usize> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(s) = self.child(i, &[Rel::Nsubj]) {
            return Some(if self.relative_pronoun(s) { self.relative_host(i).unwrap_or(s) } else { s });
        }
        if let Some(s) = self.misnamed_subject(i) {
            return Some(s);
        }
        let h = self.head(i)?;
        match self.rel(i) {
            Rel::Conj if self.verbal(h) => self.surface_subject(h, depth + 1),
            Rel::Xcomp | Rel::Advcl if self.verbal(h) => {
                let controlled = (self.rel(i) == Rel::Xcomp || self.charge(i)) && !self.passive(h);
                let object = if controlled { self.child(h, &[Rel::Obj, Rel::Iobj]) } else { None };
                object.or_else(|| self.surface_subject(h, depth + 1))
            }
            Rel::Xcomp | Rel::Advcl => self.child(h, &[Rel::Nsubj]),
            Rel::Acl if self.infinitive(i) => {
                self.noun_subject(h, depth + 1).or_else(|| self.owner_of_act(h))
            }
            // "Recognising it is an attempt by the government": who attempts, recognises.
            Rel::Csubj if !self.verbal(h) => self.owner_of_act(h),
            Rel::Acl | Rel::AclRelcl => Some(h),
            _ => None,
        }
    }

    /// "Praised them for freeing …", "barred them from voting": the participle is said of the object.
    fn charge(&self, i: usize) -> bool {
        self.xpos(i) == Xpos::VBG
            && self.cases(i).any(|p| matches!(p, "for" | "of" | "from" | "with" | "into" | "over"))
    }

    /// A finite verb's name on the left that the parser took for an address or a topic: "China, Russia's ally, recognised …".
    fn misnamed_subject(&self, i: usize) -> Option<usize> {
        let finite =
            matches!(self.xpos(i), Xpos::VBD | Xpos::VBZ | Xpos::VBP) || self.child(i, &[Rel::Aux]).is_some();
        let left = |c: &usize| {
            *c < i
                && matches!(self.upos(*c), Upos::Propn | Upos::Noun)
                && matches!(self.rel(*c).base(), Rel::Vocative | Rel::Dislocated | Rel::Csubj)
        };
        finite.then(|| self.children(i).find(left)).flatten()
    }

    /// The subject of a noun or adjective: of its copula, or of the light verb whose object it is.
    fn noun_subject(&self, i: usize, depth: usize) -> Option<usize> {
        if depth > DEEPEST {
            return None;
        }
        if (self.child(i, &[Rel::Cop]).is_some() || self.upos(i) == Upos::Adj)
            && let Some(s) = self.child(i, &[Rel::Nsubj])
        {
            return Some(if self.relative_pronoun(s) { self.relative_host(i).unwrap_or(s) } else { s });
        }
        let h = self.head(i)?;
        (self.verbal(h) && matches!(self.rel(i).base(), Rel::Obj | Rel::Obl | Rel::Xcomp) && !self.passive(h))
            .then(|| self.surface_subject(h, depth + 1))
            .flatten()
    }

    /// Whose decision, attempt or promise a noun is.
    fn owner_of_act(&self, i: usize) -> Option<usize> {
        let by = |c: &usize| *c > i && self.rel(*c).base() == Rel::Nmod && self.cases(*c).any(|p| p == "by");
        self.child(i, &[Rel::NmodPoss]).or_else(|| self.children(i).find(by))
    }

    /// Whom a noun describes: the subject of its copula, the host of its apposition or the name set beside it, else itself.
    fn described(&self, i: usize) -> Vec<usize> {
        if self.child(i, &[Rel::Cop]).is_some()
            && let Some(s) = self.child(i, &[Rel::Nsubj])
        {
            return vec![if self.relative_pronoun(s) { self.relative_host(i).unwrap_or(s) } else { s }];
        }
        if let Some(h) = self.head(i) {
            match self.rel(i) {
                Rel::Appos | Rel::NmodDesc => return vec![h],
                Rel::Compound | Rel::Flat if self.upos(h) == Upos::Propn => return vec![h],
                Rel::Conj if self.rel(h) == Rel::Appos => return self.head(h).into_iter().collect(),
                Rel::Obl | Rel::Xcomp if self.cases(i).any(|c| c == "as") => {
                    return self.object(h, 0).or_else(|| self.subject(h, 0)).into_iter().collect();
                }
                _ => {}
            }
        }
        if let Some(name) = self.children(i).find(|&c| matches!(self.rel(c), Rel::Appos) && self.nominal(c)) {
            return vec![name];
        }
        vec![i]
    }
}
