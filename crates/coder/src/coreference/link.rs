//! From a pronoun or a description to the actor of what it means: by the model's decision for its phrase, else by rules.
//!
//! The rules are light: kind and number must fit, subjects go first. They serve where no model is loaded and for the
//! few descriptions that news use of states and bodies. Names are resolved in `resolve`.

use super::{Decision, Kind};
use crate::memory::{Wanted, fits};
use crate::party::{Party, Standing};
use crate::resolve::{DEEPEST, Resolver};
use demarche_record::Link;
use demarche_text::{Rel, Upos};

/// Most earlier phrases of the sentence that are asked for a party: each may ask in turn.
const TRIED: usize = 3;

/// What the model decided for a phrase.
enum Told {
    /// There is no model, or no such phrase.
    Unasked,
    /// It means nothing that came before.
    Nobody,
    /// It means what others mean; the party, where one is known.
    Somebody(Option<Box<Party>>),
}

impl Resolver<'_, '_> {
    /// "The country", "the group", "Smith": what the article named before and means here.
    pub(crate) fn read_description(&self, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        if !matches!(view.upos(i), Upos::Noun | Upos::Propn) {
            return;
        }
        let definite = view.children(i).any(|c| matches!(view.lemma(c), "the" | "this" | "that"));
        let wanted = match view.lemma(i) {
            "country" | "state" | "nation" | "republic" => Some(Wanted::State),
            "group" | "organization" | "organisation" | "movement" | "militia" | "alliance" | "bloc"
            | "party" | "agency" => Some(Wanted::Body),
            _ => None,
        };
        if let Told::Somebody(Some(found)) = self.told(i, depth) {
            let suits = match wanted {
                Some(wanted) => fits(view.lexicon, &found, wanted),
                None => found.person == party.person || party.standing == Standing::Unknown,
            };
            if suits {
                return party.stand_for(&found);
            }
        }
        if let Some(wanted) = wanted.filter(|_| definite && view.upos(i) == Upos::Noun) {
            self.recall(i, wanted, party);
        }
    }

    /// What a pronoun refers to; those of the first and second person stay unknown.
    pub(crate) fn pronoun(&self, i: usize, depth: usize, party: &mut Party) {
        let lower = self.view.form(i).to_ascii_lowercase();
        let wanted = match lower.as_str() {
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => Wanted::Person,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Plural,
            "it" | "its" | "itself" => Wanted::Thing,
            _ => return,
        };
        party.plural = wanted == Wanted::Plural;
        party.person = wanted == Wanted::Person;
        match self.told(i, depth) {
            Told::Somebody(Some(found)) if fits(self.view.lexicon, &found, wanted) => party.stand_for(&found),
            Told::Somebody(_) => {}
            Told::Nobody if wanted == Wanted::Thing => {}
            Told::Unasked | Told::Nobody => self.recall(i, wanted, party),
        }
    }

    /// What the model decided for the phrase of a word: the party of the nearest phrase that means the same in the sentence,
    /// else the best known one of the article.
    fn told(&self, i: usize, depth: usize) -> Told {
        let discourse = self.discourse;
        let Some(at) = discourse.phrase_of(i) else { return Told::Unasked };
        let (Some(Decision::Same(_)), Some(entity)) =
            (discourse.decisions.get(at), discourse.entity_of.get(at).copied().flatten())
        else {
            return if discourse.decisions.len() > at { Told::Nobody } else { Told::Unasked };
        };
        let before = (discourse.opened..at).rev().filter(|&p| discourse.entity_of[p] == Some(entity));
        let nominal = |&p: &usize| !discourse.phrases[p].kind.pronoun() && discourse.phrases[p].kind != Kind::Joined;
        for p in before.filter(nominal).take(TRIED) {
            let found = self.party_at(discourse.phrases[p].head as usize, (depth + 1).max(DEEPEST - 1));
            if found.standing >= Standing::Owned {
                return Told::Somebody(Some(Box::new(found)));
            }
        }
        Told::Somebody(self.memory.known(entity).cloned().map(Box::new))
    }

    /// An antecedent by rule: earlier in the sentence, else in the article.
    fn recall(&self, i: usize, wanted: Wanted, party: &mut Party) {
        let found = self.in_sentence(i, wanted);
        let found = found.as_ref().or_else(|| self.memory.recall(self.view.lexicon, wanted, self.sentence));
        if let Some(found) = found {
            party.stand_for(found);
        }
    }

    /// Subjects of clauses that hold the word, innermost first but not its own sister; then the nearest name before it.
    fn in_sentence(&self, i: usize, wanted: Wanted) -> Option<Party> {
        let view = self.view;
        let own = matches!(view.rel(i), Rel::NmodPoss);
        let mut clause = view.head(i);
        let mut first = true;
        let mut guard = 0;
        while let Some(p) = clause {
            guard += 1;
            if guard > view.len() {
                break;
            }
            if view.verbal(p) {
                if (!first || own)
                    && let Some(s) = view.child(p, &[Rel::Nsubj])
                    && s < i
                    && view.upos(s) != Upos::Pron
                    && !view.within(i, s)
                {
                    let party = self.party_at(s, DEEPEST - 1);
                    if party.standing >= Standing::Role && fits(view.lexicon, &party, wanted) {
                        return Some(party);
                    }
                }
                first = false;
            }
            clause = view.head(p);
        }
        None
    }
}

impl Party {
    /// Takes over whom another phrase names.
    fn stand_for(&mut self, other: &Party) {
        self.actor = other.actor;
        self.owner = other.owner;
        if self.roles.is_empty() {
            self.roles = other.roles.clone();
        }
        self.link = Link::Coreference;
        self.standing = other.standing;
        self.person |= other.person;
        self.antecedent = Some(other.antecedent.unwrap_or(other.span));
    }
}
