//! Who did what an event noun names, where neither a possessor nor "by" tells: the subject of its clause; and the possessor to whom
//! it was done.

use crate::claim::Parties;
use crate::coding::Coding;
use crate::fitting::Around;
use demarche_lexicon::{Pattern, Slot};
use demarche_text::Rel;

impl Coding<'_, '_> {
    /// Sets right the parties that the slots of a noun gave.
    pub(crate) fn settle_noun(
        &self,
        i: usize,
        pattern: &Pattern,
        around: &Around<'_>,
        who: &mut Parties,
        whom: &mut Parties,
    ) {
        let view = self.resolver.view;
        let done_to_owner = matches!(pattern.mode.as_deref(), Some("arrest" | "deport"));
        if done_to_owner
            && whom.is_empty()
            && who.iter().any(|p| p.person && view.rel(p.head) == Rel::NmodPoss)
        {
            // "His detention", "the activist's arrest".
            *whom = std::mem::take(who);
        }
        if self.done_by_subject(i, pattern, who, whom) {
            *who = self.parties(i, &[Slot::Subj], around);
        }
    }

    /// "Is on a visit to Kenya", "repealed the law after talks with the miners": whoever does the one does the other.
    fn done_by_subject(&self, i: usize, pattern: &Pattern, who: &Parties, whom: &Parties) -> bool {
        const BESIDE: [&str; 6] = ["after", "following", "before", "during", "in", "at"];
        let view = self.resolver.view;
        let engaged = view.child(i, &[Rel::Cop]).is_some() && view.cases(i).any(|c| c == "on");
        let party_to_it = who.is_empty()
            && pattern.reciprocal
            && whom.iter().any(|p| p.political())
            && view.rel(i).base() == Rel::Obl
            && view.cases(i).any(|c| BESIDE.contains(&c));
        engaged || party_to_it
    }
}
