//! Phrases that several actors share: "the leaders of Mali and Niger", "Saudi and Iranian officials".

use crate::party::Party;
use crate::resolve::Resolver;
use demarche_record::Link;
use demarche_text::{Rel, Xpos};
use smallvec::SmallVec;

impl Resolver<'_, '_> {
    /// The party, and one like it for every further actor that its owners are coordinated with. One person belongs to one
    /// owner; several people may belong to several.
    pub(crate) fn shared(&self, party: Party) -> SmallVec<[Party; 2]> {
        let view = self.view;
        let i = party.head;
        let mut all: SmallVec<[Party; 2]> = SmallVec::new();
        let people = matches!(view.xpos(i), Xpos::NNS | Xpos::NNPS) || view.is(i, "police");
        let further: Vec<u32> = match party.owner {
            Some(owner) if party.actor.is_none() && people => view
                .owners(i)
                .into_iter()
                .filter(|&w| view.rel(w) != Rel::Nummod)
                .filter(|&w| self.owner_named(w) == Some(owner))
                .take(1)
                .flat_map(|w| view.conjuncts(w).into_iter().filter(move |&c| c != w))
                .filter_map(|c| self.owner_named(c))
                .filter(|&other| other != owner)
                .collect(),
            _ => Vec::new(),
        };
        // "Both countries", "troops of both countries".
        match party.actor {
            Some(_) if party.link == Link::Coreference => {
                let second = self.couple(i).get(1).copied();
                all.extend(second.map(|second| Party { actor: Some(second), ..party.clone() }));
            }
            None if people && further.is_empty() && party.owner.is_some() => {
                let second = view.owners(i).into_iter().find_map(|w| self.couple(w).get(1).copied());
                all.extend(second.map(|second| Party { owner: Some(second), ..party.clone() }));
            }
            _ => {}
        }
        for other in further {
            if !all.iter().any(|p: &Party| p.owner == Some(other)) {
                all.push(Party { owner: Some(other), ..party.clone() });
            }
        }
        all.insert(0, party);
        self.read_offices(&mut all);
        all
    }

    fn owner_named(&self, w: usize) -> Option<u32> {
        if self.view.nominal(w) { self.party(w).entity() } else { self.adjectival(w) }
    }
}
