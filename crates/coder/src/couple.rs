//! Two who were just named: "both countries", "the two leaders", "troops of both states".
//!
//! Which two is told by what the sentence itself names before, then by the sentences before it, nearest first, and in each
//! by how near the centre of its clause a name stands. A phrase that would take a third to be one of several means nobody
//! known.

use crate::memory::Named;
use crate::origin::state_of;
use crate::party::{Party, Standing};
use crate::resolve::Resolver;
use demarche_lexicon::{ActorKind, Entry};
use demarche_record::Link;
use demarche_text::{Rel, Upos, Xpos};
use smallvec::SmallVec;

/// Sentences back that such a phrase may reach.
const REACH: u32 = 3;

/// What the two are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// countries, governments
    States,
    /// leaders, presidents
    People,
    /// sides, groups
    Anybody,
}

impl Resolver<'_, '_> {
    /// The two that a phrase means by their number alone; empty for any other phrase.
    pub(crate) fn couple(&self, i: usize) -> SmallVec<[u32; 2]> {
        let Some(sort) = self.couple_sort(i) else { return SmallVec::new() };
        let lexicon = self.view.lexicon;
        let kind = |a: u32| lexicon.actors[a as usize].kind;
        let one = |a: u32| match sort {
            Sort::States => state_of(lexicon, a),
            Sort::People => Some(a).filter(|&a| kind(a) == ActorKind::Person),
            Sort::Anybody => Some(a),
        };
        let mut found: SmallVec<[u32; 2]> = SmallVec::new();
        let mut add = |a: Option<u32>| {
            if let Some(a) = a.and_then(one)
                && !found.contains(&a)
            {
                found.push(a);
            }
            found.len() >= 2
        };
        let before = self.view.mentions.iter().filter(|m| m.words.end as usize <= i);
        let mut done = false;
        for mention in before {
            if let Some(Entry::Actor(a)) = self.choose(mention).map(|c| c.entry) {
                done = add(Some(a));
            }
        }
        for back in 1..=REACH.min(self.sentence) {
            if done {
                break;
            }
            let mut named: SmallVec<[&Named; 8]> = self.memory.of_sentence(self.sentence - back).collect();
            named.sort_by_key(|n| n.rank);
            for named in named {
                if done {
                    break;
                }
                done = add(named.party.entity());
            }
        }
        if found.len() == 2 { found } else { SmallVec::new() }
    }

    /// What sort of two a phrase means, if it is one that means two known ones.
    fn couple_sort(&self, i: usize) -> Option<Sort> {
        let view = self.view;
        if view.xpos(i) != Xpos::NNS {
            return None;
        }
        let sort = [
            ("couple-of-states", Sort::States),
            ("couple-of-people", Sort::People),
            ("couple-of-anybody", Sort::Anybody),
        ];
        let (_, sort) = sort.into_iter().find(|(class, _)| view.in_class(class, i))?;
        let mark = view.children(i).find(|&c| c < i && view.in_class("number-2", c))?;
        // "Two countries abstained" are any two.
        let definite = view.upos(mark) != Upos::Num
            || view.children(i).any(|c| {
                c < mark && (view.is(c, "the") || view.is(c, "these") || view.rel(c) == Rel::NmodPoss)
            });
        let further = view.children(i).any(|c| {
            matches!(view.rel(c).base(), Rel::Acl | Rel::Conj | Rel::Appos)
                || c > i && view.rel(c).base() == Rel::Nmod
                || view.rel(c).base() == Rel::Amod && view.mention(c).is_some()
        });
        (definite && !further).then_some(sort)
    }

    /// Makes the phrase stand for the first of the two.
    pub(crate) fn read_couple(&self, i: usize, party: &mut Party) {
        if party.entity().is_none()
            && let Some(&first) = self.couple(i).first()
        {
            party.actor = Some(first);
            party.roles.clear();
            party.standing = Standing::Named;
            party.link = Link::Coreference;
        }
    }
}
