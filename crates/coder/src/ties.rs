//! Lasting ties: for every word and kind of tie, the pattern that fits best.

use crate::claim::Claim;
use crate::coding::Coding;
use demarche_lexicon::{Outcome, Ref, Table};
use smallvec::SmallVec;

impl Coding<'_, '_> {
    /// Every lasting tie the sentence claims.
    pub fn ties(&mut self) -> Vec<Claim> {
        let n = self.resolver.view.len();
        let mut found = Vec::new();
        for i in 0..n {
            let (class, refs) = self.refs(i);
            let mut kinds: SmallVec<[Outcome; 2]> = SmallVec::new();
            for r in refs.iter().filter(|r| r.table == Table::Tie) {
                let outcome = self.resolver.view.lexicon.ties[r.entry as usize].outcome;
                if !kinds.contains(&outcome) {
                    kinds.push(outcome);
                }
            }
            for kind in kinds {
                let lexicon = self.resolver.view.lexicon;
                let same: Vec<Ref> = refs
                    .iter()
                    .filter(|r| r.table == Table::Tie && lexicon.ties[r.entry as usize].outcome == kind)
                    .copied()
                    .collect();
                if let Some(claim) = self.best(i, class, &same)
                    && claim.complete
                {
                    found.push(claim);
                }
            }
        }
        found
    }
}
