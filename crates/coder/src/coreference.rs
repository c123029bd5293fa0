//! Pronouns and short descriptions: what they refer to, earlier in the sentence or in the article.
//!
//! Light on purpose: kind and number must fit, subjects go first. Names are resolved in `resolve`.

use crate::memory::{Wanted, fits};
use crate::party::{Party, Standing};
use crate::resolve::{DEEPEST, Resolver};
use demarche_record::Link;
use demarche_text::{Rel, Upos};

impl Resolver<'_, '_> {
    /// "The country", "the group": what the article last named of that kind.
    pub(crate) fn read_description(&self, i: usize, party: &mut Party) {
        let view = self.view;
        if view.upos(i) != Upos::Noun
            || !view.children(i).any(|c| matches!(view.lemma(c), "the" | "this" | "that"))
        {
            return;
        }
        let wanted = match view.lemma(i) {
            "country" | "state" | "nation" | "republic" => Wanted::State,
            "group" | "organization" | "organisation" | "movement" | "militia" | "alliance" | "bloc"
            | "party" | "agency" => Wanted::Body,
            _ => return,
        };
        self.recall(i, wanted, party);
    }

    /// What a pronoun refers to; those of the first and second person stay unknown.
    pub(crate) fn pronoun(&self, i: usize, party: &mut Party) {
        let lower = self.view.form(i).to_ascii_lowercase();
        let wanted = match lower.as_str() {
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => Wanted::Person,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Plural,
            "it" | "its" | "itself" => Wanted::Thing,
            _ => return,
        };
        party.plural = wanted == Wanted::Plural;
        party.person = wanted == Wanted::Person;
        self.recall(i, wanted, party);
    }

    /// An antecedent earlier in the sentence, else in the article.
    fn recall(&self, i: usize, wanted: Wanted, party: &mut Party) {
        let found = self.in_sentence(i, wanted);
        let found = found.as_ref().or_else(|| self.memory.recall(self.view.lexicon, wanted, self.sentence));
        if let Some(found) = found {
            party.actor = found.actor;
            party.owner = found.owner;
            if party.roles.is_empty() {
                party.roles = found.roles.clone();
            }
            party.link = Link::Coreference;
            party.standing = found.standing;
            party.person |= found.person;
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
