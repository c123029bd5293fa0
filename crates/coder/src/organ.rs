//! Forces and organs of state without a state beside them: "police arrested …", "the junta", "prosecutors" in a text about
//! one country are that country's.

use crate::party::{Party, Standing};
use crate::resolve::Resolver;
use demarche_record::Link;
use demarche_text::Rel;

/// Sectors that only a state has.
const OF_STATE: [&str; 6] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];

impl Resolver<'_, '_> {
    /// Gives a role noun of state that nobody owns to the state that the text is about.
    pub(crate) fn read_organ(&self, i: usize, party: &mut Party) {
        let view = self.view;
        let lexicon = view.lexicon;
        let of_state = |&r: &u32| {
            let sectors = &lexicon.agents[r as usize].sectors;
            !sectors.is_empty() && sectors.iter().all(|s| OF_STATE.contains(&s.as_str()))
        };
        let placed = matches!(
            view.rel(i).base(),
            Rel::Nsubj | Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Conj | Rel::Nmod | Rel::Root
        );
        if party.entity().is_some()
            || party.person
            || party.roles.is_empty()
            || !party.roles.iter().all(of_state)
            || !placed
        {
            return;
        }
        let other = |c: usize| match view.rel(c).base() {
            // "Some troops", "an army".
            Rel::Det => !view.is(c, "the"),
            Rel::Amod | Rel::Compound | Rel::Advmod => {
                view.in_class("not-of-the-state", c) || view.in_class("out-of-office", c)
            }
            Rel::Nmod => c > i || view.rel(c) == Rel::NmodPoss,
            Rel::Acl | Rel::Appos => true,
            _ => false,
        };
        if view.children(i).any(other) {
            return;
        }
        if let Some(state) = self.about(Some(i)) {
            party.owner = Some(state);
            party.standing = party.standing.max(Standing::Owned);
            party.link = Link::Country;
        }
    }
}
