//! Which words fill the slots of a predicate: logical subject and object, prepositions, complements.
//!
//! Passives are turned round, and subjects that English leaves out are found again: relative clauses, participles,
//! infinitives (control and raising), coordination. What the words in a slot mean is left to `actor`.

use crate::view::View;
use demarche_lexicon::Slot;
use demarche_text::{Rel, Upos, Xpos};

/// Deepest chain of clauses followed to find a missing subject; a guard against pathological trees.
pub(crate) const DEEPEST: usize = 12;

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
            Slot::Own => self.described(i, depth),
            Slot::Ccomp => self.children(i).filter(|&c| self.rel(c) == Rel::Ccomp).collect(),
            Slot::Xcomp => self
                .children(i)
                .filter(|&c| {
                    self.rel(c) == Rel::Xcomp
                        || self.second_object(i, c)
                        || self.gerund_object(i, c)
                        || (!self.verbal(i)
                            && self.verbal(c)
                            && (matches!(self.rel(c), Rel::Acl | Rel::Advcl) && self.infinitive(c)
                                || self.rel(c) == Rel::Acl && self.xpos(c) == Xpos::VBG))
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
    pub(crate) fn second_object(&self, i: usize, c: usize) -> bool {
        self.rel(c) == Rel::Obj
            && self.children(i).any(|o| o < c && matches!(self.rel(o), Rel::Obj | Rel::Iobj))
    }

    /// "Ruled out sending troops": a gerund right behind the verb or its particle is its object.
    fn gerund_object(&self, i: usize, c: usize) -> bool {
        let next = c == i + 1 || c == i + 2 && self.rel(i + 1) == Rel::CompoundPrt;
        next && self.verbal(i)
            && self.rel(c) == Rel::Advcl
            && self.xpos(c) == Xpos::VBG
            && self.cases(c).next().is_none()
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
    pub(crate) fn subject(&self, i: usize, depth: usize) -> Option<usize> {
        if !self.verbal(i) {
            return self.noun_subject(i, depth);
        }
        if self.passive(i) {
            return self
                .children(i)
                .find(|&c| self.rel(c) == Rel::OblAgent)
                .or_else(|| {
                    let by = |p| p == "by";
                    self.children(i).find(|&c| self.rel(c).base() == Rel::Obl && self.cases(c).any(by))
                })
                .or_else(|| self.hyphenated(i))
                .or_else(|| self.agent_of_means(i));
        }
        self.surface_subject(i, depth + 1)
    }

    /// A participle that only describes, after a hyphen: what it says lasts, and is no event of the sentence.
    pub fn attributive(&self, i: usize) -> bool {
        i >= 2
            && self.verbal(i)
            && self.form(i - 1) == "-"
            && matches!(self.rel(i), Rel::Amod | Rel::Acl | Rel::Conj)
    }

    /// "Killed in a raid by the army", "in an attack carried out by gunmen": whose raid it is.
    fn agent_of_means(&self, i: usize) -> Option<usize> {
        let by = |c: &usize| self.cases(*c).any(|p| p == "by");
        self.children(i)
            .filter(|&c| c > i && self.rel(c).base() == Rel::Obl)
            .filter(|&c| self.cases(c).any(|p| matches!(p, "in" | "during")))
            .find_map(|c| {
                let own = self.children(c).find(|x| self.rel(*x).base() == Rel::Nmod && by(x));
                own.or_else(|| {
                    let carried = self.children(c).find(|&x| self.rel(x) == Rel::Acl && self.passive(x))?;
                    self.children(carried).find(|x| self.rel(*x).base() == Rel::Obl && by(x))
                })
            })
    }

    /// "US-backed rebels": who stands before the hyphen does it.
    fn hyphenated(&self, i: usize) -> Option<usize> {
        if !self.attributive(i) {
            return None;
        }
        self.children(i).find(|&c| c < i - 1 && matches!(self.upos(c), Upos::Propn | Upos::Noun | Upos::Adj))
    }

    /// The logical object: whom it is done to.
    pub(crate) fn object(&self, i: usize, depth: usize) -> Option<usize> {
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
        // "Urged Togo to open the border": the only object is the one that it is done to, whatever the parser calls it.
        if let Some(o) = self.child(i, &[Rel::Iobj]).or_else(|| self.misnamed_object(i)) {
            return Some(o);
        }
        let relative = self.rel(i) == Rel::AclRelcl
            && self.child(i, &[Rel::Nsubj]).is_some_and(|s| !self.relative_pronoun(s));
        if relative && self.child(i, &[Rel::Ccomp]).is_none() {
            return self.relative_host(i);
        }
        None
    }

    /// "Iran backs Hezbollah": a name right behind a finite verb that the parser took for an address.
    fn misnamed_object(&self, i: usize) -> Option<usize> {
        let behind = |c: &usize| {
            *c > i
                && self.upos(*c) == Upos::Propn
                && matches!(self.rel(*c).base(), Rel::Vocative | Rel::Dislocated)
                && (i + 1..*c).all(|w| self.upos(w) != Upos::Punct || self.form(w) == "-")
        };
        self.children(i).find(behind)
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
        self.children(o).chain(self.children(number)).find(|&c| {
            c < number
                && self.upos(c) == Upos::Propn
                && self.cases(c).next().is_none()
                && self.mention(c).is_some()
        })
    }

    pub(crate) fn relative_pronoun(&self, i: usize) -> bool {
        matches!(self.xpos(i), Xpos::WP | Xpos::WDT)
            || (self.upos(i) == Upos::Pron
                && self.is(i, "that")
                && self.head(i).is_some_and(|h| self.rel(h) == Rel::AclRelcl))
    }

    pub(crate) fn relative_host(&self, i: usize) -> Option<usize> {
        (self.rel(i) == Rel::AclRelcl).then(|| self.head(i)).flatten()
    }

    /// "Forces in the north of the country who lead": people, and not the country they are in.
    fn human_host(&self, host: usize) -> usize {
        let mut at = host;
        for _ in 0..6 {
            if self.nominal(at) && self.mention(at).is_some() || self.upos(at) == Upos::Propn {
                return at;
            }
            match self.head(at) {
                Some(h) if self.nominal(h) || matches!(self.rel(h), Rel::Acl) => at = h,
                _ => break,
            }
        }
        host
    }

    /// The grammatical subject, found again where the clause leaves it out.
    pub(crate) fn surface_subject(&self, i: usize, depth: usize) -> Option<usize> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(s) = self.child(i, &[Rel::Nsubj]) {
            let host = self.relative_host(i).filter(|_| self.relative_pronoun(s));
            return Some(host.map_or(s, |h| if self.is(s, "who") { self.human_host(h) } else { h }));
        }
        if let Some(s) = self.misnamed_subject(i) {
            return Some(s);
        }
        let h = self.head(i)?;
        match self.rel(i) {
            Rel::Conj if self.verbal(h) => self.surface_subject(h, depth + 1),
            Rel::Xcomp | Rel::Advcl if self.verbal(h) => {
                let laid = self.laid_on_object(i, h) || self.charge(i);
                let controlled = (self.rel(i) == Rel::Xcomp || laid) && !self.passive(h);
                let object = if controlled { self.child(h, &[Rel::Obj, Rel::Iobj]) } else { None };
                object.or_else(|| self.surface_subject(h, depth + 1))
            }
            Rel::Xcomp | Rel::Advcl => self.child(h, &[Rel::Nsubj]),
            // "Finland's decision to close the border", "the only member to keep ties".
            Rel::Acl if self.infinitive(i) => self
                .owner_of_act(h)
                .or_else(|| self.noun_subject(h, depth + 1))
                .or_else(|| if self.rel(h) == Rel::Appos { self.head(h) } else { None }),
            // "Recognising it is an attempt by the government": who attempts, recognises.
            Rel::Csubj if !self.verbal(h) => self.owner_of_act(h),
            Rel::Acl | Rel::AclRelcl => Some(h),
            // "Hamas, the army said, fired rockets": the parser gives both subjects to the verb of speech.
            Rel::Ccomp if self.verbal(h) && h < i => {
                let mut subjects = self.children(h).filter(|&c| c < h && self.rel(c) == Rel::Nsubj);
                let first = subjects.next();
                first.filter(|_| subjects.next().is_some())
            }
            _ => None,
        }
    }

    /// "Accused Nairobi of siding", "kept them from leaving", "thanked Turkey for mediating": the object does it.
    fn laid_on_object(&self, i: usize, h: usize) -> bool {
        let Some(object) = self.child(h, &[Rel::Obj, Rel::Iobj]) else { return false };
        self.cases(i).any(|c| match c {
            "of" | "from" | "into" => true,
            "for" => self.mention(object).is_some(),
            _ => false,
        })
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
}
