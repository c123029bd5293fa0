//! Who protests and against whom, where the words only tell that they are many ("thousands marched") or put the target before the
//! noun ("anti-government protests").

use crate::claim::Parties;
use crate::coding::Coding;
use crate::party::Standing;

/// The role noun that stands for a crowd of which nothing is told.
const CROWD: &str = "protester";

impl Coding<'_, '_> {
    /// "Thousands marched": where a rule asked for a crowd, whoever is not known is one. "Anti-government protests": whom they
    /// are against.
    pub(crate) fn read_crowd(&self, i: usize, head_words: &[usize], who: &mut Parties, whom: &mut Parties) {
        let lexicon = self.resolver.view.lexicon;
        for p in who.iter_mut().filter(|p| p.standing == Standing::Unknown && head_words.contains(&p.head)) {
            let crowd = lexicon.agents.iter().position(|a| a.words.iter().any(|w| w == CROWD));
            if let Some(crowd) = crowd {
                p.roles.push(crowd as u32);
                p.standing = Standing::Role;
            }
        }
        if !whom.iter().any(|p| p.political()) {
            let against = std::iter::once(i).chain(head_words.iter().copied()).find_map(|w| self.opposed(w));
            *whom = against.into_iter().chain(whom.drain(..)).take(1).collect();
        }
    }
}
