//! Whom a noun describes: in "Macron, the president of France" and "Turkey became a member" the noun says what another word
//! is. The slot `self` of ties.

use crate::slots::DEEPEST;
use crate::view::View;
use demarche_lexicon::{ActorKind, Entry, Mention, Outcome, Slot, Table};
use demarche_record::TieType;
use demarche_text::{Rel, Upos};

impl View<'_> {
    /// Whom a noun describes: the subject of its copula, the host of its apposition or the name set beside it, else itself.
    pub(crate) fn described(&self, i: usize, depth: usize) -> Vec<usize> {
        if let Some(s) = self.copular_subject(i) {
            return vec![s];
        }
        if let Some(name) = self.name_behind(i).or_else(|| self.apposed_to(i)) {
            return vec![name];
        }
        if let Some(h) = self.head(i) {
            match self.rel(i) {
                // "One of its oldest members", "something of an ally": what the vague word describes.
                _ if self.vague(h) && self.cases(i).any(|c| c == "of") && depth < DEEPEST => {
                    return self.described(h, depth + 1);
                }
                // A title belongs to the name behind it, wherever the parser has put it.
                Rel::NmodDesc if h < i && i + 1 < self.len() && self.upos(i + 1) == Upos::Propn => {
                    return vec![i + 1];
                }
                Rel::NmodDesc if h < i => {}
                Rel::Appos | Rel::NmodDesc => return vec![h],
                Rel::Compound | Rel::Flat if self.upos(h) == Upos::Propn => return vec![h],
                Rel::Conj if self.rel(h) == Rel::Appos => return self.head(h).into_iter().collect(),
                Rel::Obl | Rel::Xcomp | Rel::Nmod if self.cases(i).any(|c| c == "as") => {
                    if self.nominal(h) {
                        return vec![h];
                    }
                    let object = self.object(h, 0).filter(|&o| o != i);
                    return object.or_else(|| self.subject(h, 0)).into_iter().collect();
                }
                // "Became a member", "elected him president".
                Rel::Xcomp | Rel::Obj if self.verbal(h) && self.predicative(h, i) => {
                    let object = self.object(h, 0).filter(|&o| o != i);
                    return object.or_else(|| self.surface_subject(h, 0)).into_iter().collect();
                }
                _ => {}
            }
        }
        let named = |c: &usize| self.rel(*c) == Rel::Appos && self.upos(*c) == Upos::Propn;
        if let Some(name) = self.children(i).find(named) {
            return vec![name];
        }
        vec![i]
    }

    /// The subject of a noun's copula; the parser may have hung both on an adverb before it ("is somewhat of a partner").
    fn copular_subject(&self, i: usize) -> Option<usize> {
        let adverb = |c: &usize| *c < i && self.rel(*c).base() == Rel::Advmod;
        let holder = if self.child(i, &[Rel::Cop]).is_some() {
            i
        } else {
            self.children(i).filter(adverb).find(|&c| self.child(c, &[Rel::Cop]).is_some())?
        };
        let s = self.child(holder, &[Rel::Nsubj])?;
        Some(if self.relative_pronoun(s) { self.relative_host(holder).unwrap_or(s) } else { s })
    }

    /// "The head of the agency, William Burns": a person set behind a body describes whoever is its head.
    fn name_behind(&self, i: usize) -> Option<usize> {
        let lexicon = self.lexicon;
        let person = |m: &Mention| {
            m.candidates.iter().any(|c| {
                matches!(c.entry, Entry::Actor(a) if lexicon.actors[a as usize].kind == ActorKind::Person)
            })
        };
        let body = self.children(i).filter(|&c| c > i && self.rel(c) == Rel::Nmod);
        for b in body.filter(|&b| !self.mention(b).is_some_and(person)) {
            let name = self.children(b).find(|&c| {
                let behind = c > b && self.rel(c) == Rel::Appos && self.upos(c) == Upos::Propn;
                let full = self.child(c, &[Rel::Flat]).is_some();
                behind && self.mention(c).map_or(full, person)
            });
            if name.is_some() {
                return name;
            }
        }
        None
    }

    /// Words that only stand for what is said of them.
    fn vague(&self, i: usize) -> bool {
        matches!(self.lemma(i), "one" | "something" | "somewhat" | "kind" | "sort" | "some" | "many" | "most")
    }

    /// Verbs whose object or complement says what somebody is or becomes.
    fn predicative(&self, verb: usize, i: usize) -> bool {
        self.rel(i) == Rel::Xcomp && !self.verbal(i)
            || matches!(self.lemma(verb), "become" | "remain")
            || self.second_object(verb, i)
    }

    /// Nouns that set somebody against or beside another: the ally of a state is not that state.
    pub(crate) fn relational(&self, i: usize) -> bool {
        let lexicon = self.lexicon;
        lexicon.nouns(self.lemma(i)).iter().any(|r| {
            r.table == Table::Tie && {
                let tie = &lexicon.ties[r.entry as usize];
                tie.noun_who.first() == Some(&Slot::Own)
                    && matches!(
                        tie.outcome,
                        Outcome::Tie(
                            TieType::AlliedWith | TieType::Fighting | TieType::Opposes | TieType::Favours
                        )
                    )
                    || tie.bond.implied && tie.noun_who.first() == Some(&Slot::Own)
            }
        })
    }
}
