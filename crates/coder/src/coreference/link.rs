//! From a pronoun or a description to the actor of what it means: by the model's decision for its phrase, else by rules.
//!
//! The rules are light: kind and number must fit, subjects go first. They serve where no model is loaded and for the
//! few descriptions that news use of states and bodies. Names are resolved in `resolve`.

use super::Kind;
use super::phrase::Sort;
use crate::memory::{Wanted, fits};
use crate::party::{Party, Standing};
use crate::resolve::{DEEPEST, Resolver};
use demarche_record::Link;
use demarche_text::{Rel, Upos};
use smallvec::SmallVec;

/// Most earlier phrases of the sentence that are asked for a party: each may ask in turn.
const TRIED: usize = 3;

/// How much less likely than what was decided an antecedent may be that is known as an actor, where what was decided is no
/// actor at all; in thousandths of a natural logarithm of odds.
const YIELDING: i32 = 2000;

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
        let phrase = self.discourse.phrase_of(i).map(|p| &self.discourse.phrases[p]);
        let means = |found: &Party| match (wanted, phrase.map(|p| p.sort)) {
            (Some(wanted), _) => fits(view.lexicon, found, wanted),
            (None, Some(Sort::Human | Sort::Open)) => found.person,
            (None, Some(Sort::Body)) => fits(view.lexicon, found, Wanted::Body),
            (None, Some(Sort::Land)) => fits(view.lexicon, found, Wanted::State),
            _ => false,
        };
        let told = phrase
            .filter(|p| matches!(p.kind, Kind::Name | Kind::Definite | Kind::Owned) && p.said_of.is_none());
        if told.is_some()
            && let Some(found) = self.decided(i, depth, 0, &means)
        {
            return party.stand_for(&found);
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
        if self.discourse.phrase_of(i).is_none() {
            return self.recall(i, wanted, party);
        }
        if let Some(found) = self.decided(i, depth, YIELDING, &|found| fits(self.view.lexicon, found, wanted))
        {
            party.stand_for(&found);
        }
    }

    /// The party that the model gives the phrase of a word: of what it decided, or of what is less likely by no more than
    /// `yielding` where that is no actor.
    fn decided(
        &self,
        i: usize,
        depth: usize,
        yielding: i32,
        means: &dyn Fn(&Party) -> bool,
    ) -> Option<Party> {
        let discourse = self.discourse;
        let at = discourse.phrase_of(i)?;
        let weighed = discourse.weighed.get(at - discourse.opened)?;
        let mut asked: SmallVec<[u32; 8]> = SmallVec::new();
        for &(score, candidate) in &weighed.candidates {
            let entity = discourse.entity_of[candidate as usize]?;
            if score + yielding < weighed.best {
                return None;
            }
            if asked.contains(&entity) {
                continue;
            }
            asked.push(entity);
            if let Some(found) = self.known(entity, at, depth).filter(|found| means(found)) {
                return Some(found);
            }
            // Somebody with a name of whom nothing is known is still somebody.
            let phrase = &discourse.phrases[candidate as usize];
            if discourse.entities[entity as usize].named
                && matches!(phrase.sort, Sort::Human | Sort::Body | Sort::Land)
            {
                return None;
            }
        }
        None
    }

    /// The party of an entity: of the nearest phrase for it in the sentence, else the best known one of the article.
    fn known(&self, entity: u32, at: usize, depth: usize) -> Option<Party> {
        let discourse = self.discourse;
        let before = (discourse.opened..at).rev().filter(|&p| discourse.entity_of[p] == Some(entity));
        let nominal =
            |&p: &usize| !discourse.phrases[p].kind.pronoun() && discourse.phrases[p].kind != Kind::Joined;
        for p in before.filter(nominal).take(TRIED) {
            let found = self.party_at(discourse.phrases[p].head as usize, (depth + 1).max(DEEPEST - 1));
            if found.standing >= Standing::Owned {
                return Some(found);
            }
        }
        self.memory.known(entity).cloned()
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
