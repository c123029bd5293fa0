//! Bodies that are told by the text they stand in: "parliament" of the state that it is about, the branch of a body in a land.

use crate::party::{Party, Standing, is_land};
use crate::resolve::Resolver;
use demarche_lexicon::{ActorKind, AgentKind, Entry};
use demarche_record::Link;
use demarche_text::Rel;

impl Resolver<'_, '_> {
    /// The body of the state that the text is about, by its name at home: "parliament", "the Supreme Court".
    pub(crate) fn read_body(&self, i: usize, party: &mut Party) {
        let view = self.view;
        let Some(mention) = view.mention(i).filter(|_| !party.plural) else { return };
        let Some(Entry::Agent(r)) = self.choose(mention).map(|c| c.entry) else { return };
        let (first, last) = (mention.words.start as usize, mention.words.end as usize - 1);
        if view.lexicon.agents[r as usize].kind != AgentKind::Body
            || !matches!(
                view.rel(i).base(),
                Rel::Nsubj | Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Nmod | Rel::Conj
            )
            || view.children(i).any(|c| {
                let other = matches!(
                    view.rel(c).base(),
                    Rel::Amod | Rel::Compound | Rel::Nmod | Rel::Nummod | Rel::Flat
                );
                let indefinite = view.rel(c).base() == Rel::Det && !view.is(c, "the");
                !(first..=last).contains(&c) && (other || indefinite)
            })
        {
            return;
        }
        let words = view.span(first).cover(view.span(last)).of(view.text);
        if let Some(state) = self.about(Some(i))
            && let Some(body) = view.lexicon.body_of(words, state)
        {
            party.actor = Some(body);
            party.standing = Standing::Named;
            party.link = Link::Country;
        }
    }

    /// "The Syrian branch of the Muslim Brotherhood", "al-Qaeda's branch in Yemen": the part of a body that belongs to a land.
    pub(crate) fn read_branch(&self, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        let lexicon = view.lexicon;
        let (mut whole, mut land) = (None, None);
        for w in view.owners(i) {
            let owner = if view.nominal(w) { self.party_at(w, depth + 1) } else { self.plain(w) };
            let Some(actor) = owner.actor else { continue };
            match lexicon.actors[actor as usize].kind {
                kind if is_land(kind) => land = land.or(Some(actor)),
                ActorKind::Person | ActorKind::Agency => {}
                _ => whole = whole.or(Some(actor)),
            }
        }
        let (Some(whole), Some(land)) = (whole, land) else { return };
        let (body, state) = (&lexicon.actors[whole as usize], &lexicon.actors[land as usize]);
        let part = |n: usize| {
            let entry = &lexicon.actors[n];
            entry.country.as_deref() == Some(&state.id) && entry.part_of.iter().any(|p| p.id == body.id)
        };
        let mut parts = (0..lexicon.actors.len()).filter(|&n| part(n));
        let only = parts.next().filter(|_| parts.next().is_none()).map(|n| n as u32);
        let found = only.or_else(|| {
            // As the lexicon writes it: "Yemen branch of al-Qaeda".
            let words =
                std::iter::once(state.name.as_str()).chain(state.adjectives.iter().map(String::as_str));
            let names = std::iter::once(body.name.as_str()).chain(body.names.iter().map(|n| n.text.as_str()));
            let mut pairs = words.take(2).flat_map(|word| names.clone().map(move |name| (word, name)));
            pairs.find_map(|(word, name)| lexicon.named(&format!("{word} branch of {name}")))
        });
        if let Some(found) = found {
            (party.actor, party.owner) = (Some(found), None);
            party.standing = Standing::Named;
            party.link = Link::Lexicon;
        }
    }
}
