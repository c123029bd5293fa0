//! Who says so: speech verbs above or beside a claim, "according to", "reportedly".
//!
//! Operators that bring a speaker of their own ("accused", "denied") are dealt with in `coding`.

use crate::claim::{Claim, Speaker};
use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::{Lexicon, Slot, Table};
use demarche_record::Stance;
use demarche_text::Rel;
use std::collections::BTreeMap;

/// Cues that are no verbs, by their first word.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    phrases: BTreeMap<String, Vec<(Vec<String>, Stance)>>,
    adverbs: BTreeMap<String, Stance>,
}

/// A cue found in a sentence.
struct Found {
    speaker: Option<usize>,
    cue: usize,
    stance: Stance,
    scope: Option<usize>,
    complement: Option<usize>,
}

impl Cues {
    /// The cues of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut cues = Self::default();
        for speech in &lexicon.speech {
            for phrase in &speech.phrases {
                let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
                cues.phrases.entry(words[0].clone()).or_default().push((words, speech.stance));
            }
            for adverb in &speech.adverbs {
                cues.adverbs.insert(adverb.clone(), speech.stance);
            }
        }
        for list in cues.phrases.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        cues
    }

    /// Adds to each claim those who say so, outermost first.
    pub fn attribute(&self, resolver: &Resolver<'_, '_>, claims: &mut [Claim]) {
        if claims.is_empty() {
            return;
        }
        let found = self.find(resolver.view);
        for claim in claims {
            let mut speakers = self.around(resolver, claim, &found);
            speakers.append(&mut claim.speakers);
            claim.speakers = speakers;
        }
    }

    fn find(&self, view: &View<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < view.len() {
            let lower = view.form(i).to_ascii_lowercase();
            if let Some(list) = self.phrases.get(lower.as_str())
                && let Some((words, stance)) = list.iter().find(|(words, _)| {
                    words
                        .iter()
                        .enumerate()
                        .all(|(n, w)| i + n < view.len() && view.form(i + n).eq_ignore_ascii_case(w))
                })
            {
                let last = i + words.len() - 1;
                let complement = complement(view, last).filter(|&c| c > last && view.nominal(c));
                let ends_open = matches!(
                    words.last().map(String::as_str),
                    Some("that" | "whether" | "reports" | "say" | "accounts")
                );
                let speaker = if ends_open { None } else { complement };
                found.push(Found { speaker, cue: i, stance: *stance, scope: None, complement });
                i = last + 1;
                continue;
            }
            if let Some(&stance) = self.adverbs.get(lower.as_str())
                && matches!(view.rel(i).base(), Rel::Advmod)
            {
                found.push(Found { speaker: None, cue: i, stance, scope: view.head(i), complement: None });
            }
            i += 1;
        }
        found
    }

    fn around(&self, resolver: &Resolver<'_, '_>, claim: &Claim, found: &[Found]) -> Vec<Speaker> {
        let view = resolver.view;
        let mut inner_first: Vec<Speaker> = Vec::new();
        for f in found {
            let inside = match f.scope {
                Some(top) => view.within(claim.at, top),
                None => f.complement.is_none_or(|c| !view.within(claim.at, c)),
            };
            if inside {
                let party = f.speaker.map(|s| resolver.party(s));
                inner_first.push(Speaker { party, cue: f.cue, stance: f.stance });
            }
        }
        let mut at = claim.from;
        for _ in 0..view.len() {
            for c in view.children(at) {
                let beside = matches!(view.rel(c).base(), Rel::Parataxis)
                    && c != claim.at
                    && c != claim.from
                    && view.verbal(c);
                if beside
                    && view.child(c, &[Rel::Obj, Rel::Ccomp]).is_none()
                    && let Some(speaker) = self.speech(resolver, c)
                {
                    inner_first.push(speaker);
                }
            }
            let Some(h) = view.head(at) else { break };
            if view.rel(at) == Rel::NsubjPass
                && !view.verbal(at)
                && let Some(speaker) = self.judged(resolver, h)
            {
                inner_first.push(speaker);
            }
            let complement = matches!(view.rel(at).base(), Rel::Ccomp | Rel::Parataxis)
                || (view.rel(at).base() == Rel::Xcomp && view.passive(h));
            let quoting = view.rel(at).base() != Rel::Parataxis
                || view.child(h, &[Rel::Obj, Rel::Ccomp]).is_none() && at < h;
            if complement
                && quoting
                && view.verbal(h)
                && !claim.speakers.iter().any(|s| s.cue == h)
                && let Some(speaker) = self.speech(resolver, h)
            {
                inner_first.push(speaker);
            }
            at = h;
        }
        inner_first.reverse();
        inner_first
    }

    /// "Their guilt is considered proven by all experts": who holds the subject to be so.
    fn judged(&self, resolver: &Resolver<'_, '_>, verb: usize) -> Option<Speaker> {
        let view = resolver.view;
        let mut speaker = self.speech(resolver, verb)?;
        if speaker.party.is_none() {
            let inner = view.children(verb).filter(|&c| view.rel(c) == Rel::Xcomp);
            speaker.party = inner
                .flat_map(|c| view.children(c).filter(|&a| view.rel(a) == Rel::OblAgent))
                .map(|a| resolver.party(a))
                .next();
        }
        Some(speaker)
    }

    /// The speaker of a verb of speech.
    fn speech(&self, resolver: &Resolver<'_, '_>, verb: usize) -> Option<Speaker> {
        let view = resolver.view;
        let lexicon = view.lexicon;
        let speech = lexicon.verbs(view.lemma(verb)).iter().find_map(|r| {
            (r.table == Table::Speech)
                .then(|| &lexicon.speech[r.entry as usize])
                .filter(|s| s.verbs.get(r.lexeme as usize).is_some_and(|l| view.anchor(verb, l).is_some()))
        })?;
        let party = view.fill(verb, &Slot::Subj).first().map(|&s| resolver.party(s));
        Some(Speaker { party, cue: verb, stance: speech.stance })
    }
}

/// The word that a preposition introduces.
fn complement(view: &View<'_>, preposition: usize) -> Option<usize> {
    let mut at = preposition;
    for _ in 0..4 {
        let rel = view.rel(at).base();
        let h = view.head(at)?;
        match rel {
            Rel::Fixed => at = h,
            Rel::Case | Rel::Mark => return Some(h),
            _ => break,
        }
    }
    view.children(preposition).find(|&c| c > preposition)
}
