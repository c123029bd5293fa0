//! Who says so: the chain of speakers of every claim, outermost first.
//!
//! What a word of speech says and whose it is stands in `speech`; quotations over several sentences in `quotes`. Operators
//! that bring a speaker of their own ("accused", "denied") are dealt with in `operators`.

use crate::claim::{Claim, Speaker};
use crate::modality::weaker;
use crate::resolve::Resolver;
use crate::speech::{Said, Word};
use crate::view::View;
use demarche_lexicon::Lexicon;
use demarche_record::{Modality, Stance};
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
    /// Last word of the cue.
    last: usize,
    stance: Stance,
    scope: Option<usize>,
    complement: Option<usize>,
}

/// Words that quote somebody without being the clause's own speaker: "the army, citing reports, said".
const QUOTING: [&str; 3] = ["citing", "quoting", "cited"];

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
            if resolver.view.asked(claim.at) {
                claim.modality = weaker(claim.modality, Modality::Possible);
            }
            let mut speakers = self.around(resolver, claim, &found);
            speakers.append(&mut claim.speakers);
            speakers.dedup_by(|inner, outer| inner.cue == outer.cue);
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
                let scope = complement.and_then(|c| clause(view, c));
                found.push(Found { speaker, cue: i, last, stance: *stance, scope, complement });
                i = last + 1;
                continue;
            }
            if let Some(&stance) = self.adverbs.get(lower.as_str())
                && matches!(view.rel(i).base(), Rel::Advmod)
            {
                let scope = view.head(i);
                found.push(Found { speaker: None, cue: i, last: i, stance, scope, complement: None });
            }
            // "In Moscow's view".
            if let Some(Word { speaker: Some(speaker), stance }) = view.opinion(i) {
                let scope = clause(view, i);
                let complement = Some(i);
                found.push(Found { speaker: Some(speaker), cue: i, last: i, stance, scope, complement });
            }
            i += 1;
        }
        found
    }

    fn around(&self, resolver: &Resolver<'_, '_>, claim: &mut Claim, found: &[Found]) -> Vec<Speaker> {
        let view = resolver.view;
        let mut inner_first: Vec<Speaker> = Vec::new();
        let mut outer: Vec<Speaker> = Vec::new();
        let mut asserted = true;
        for f in found {
            let inside = f.scope.is_none_or(|top| view.within(claim.at, top))
                && f.complement.is_none_or(|c| !view.within(claim.at, c));
            if !inside {
                continue;
            }
            let speaker =
                Speaker { party: f.speaker.map(|s| resolver.party(s)), cue: f.cue, stance: f.stance };
            let clause = f.speaker.is_none() && f.last > f.cue && f.complement.is_none();
            if clause || QUOTING.contains(&view.form(f.cue).to_ascii_lowercase().as_str()) {
                inner_first.push(speaker);
            } else {
                outer.push(speaker);
            }
        }
        let quoted = inner_first.len();
        let mut at = claim.from;
        for _ in 0..view.len() {
            for c in view.children(at).filter(|&c| c != claim.at && c != claim.from) {
                if let Some(said) = view.aside(c) {
                    self.add(resolver, claim, said, c, &mut inner_first, &mut asserted);
                }
            }
            let Some(h) = view.head(at) else { break };
            if let Some((said, cue)) = view.said_by(at, h) {
                self.add(resolver, claim, said, cue, &mut inner_first, &mut asserted);
            }
            at = h;
        }
        // Papers and reports that a speaker cites are no speakers of their own.
        if inner_first.len() > quoted {
            let mut n = 0;
            inner_first.retain(|s| {
                n += 1;
                n > quoted || s.party.as_ref().is_none_or(|p| p.political())
            });
        }
        let covered = |s: &Speaker| {
            found.iter().any(|f| f.speaker.is_none() && f.last > f.cue && (f.cue..=f.last).contains(&s.cue))
        };
        inner_first.retain(|s| !covered(s) || s.party.is_none() && found.iter().any(|f| f.cue == s.cue));
        if !asserted {
            claim.modality = weaker(claim.modality, Modality::Possible);
        }
        inner_first.append(&mut outer);
        inner_first.reverse();
        inner_first
    }

    fn add(
        &self,
        resolver: &Resolver<'_, '_>,
        claim: &Claim,
        said: Said,
        cue: usize,
        chain: &mut Vec<Speaker>,
        asserted: &mut bool,
    ) {
        if claim.speakers.iter().chain(chain.iter()).any(|s| s.cue == cue) {
            return;
        }
        match said {
            Said::By(Word { speaker, stance }) => {
                let party = speaker.map(|s| resolver.party(s));
                chain.push(Speaker { party, cue, stance });
            }
            Said::Unsaid => *asserted = false,
            Said::Agreed => {}
        }
    }
}

/// The verb of the clause a word stands in; the root where there is none.
fn clause(view: &View<'_>, i: usize) -> Option<usize> {
    let mut at = view.head(i)?;
    for _ in 0..view.len() {
        if view.verbal(at) {
            return Some(at);
        }
        at = view.head(at)?;
    }
    None
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
