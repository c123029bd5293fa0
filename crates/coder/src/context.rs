//! Which reading of a name its surroundings support: "Congo" beside Brazzaville, "in Georgia" beside Atlanta, "the Supreme Court"
//! where the sentence is about Pakistan; which state a text is about; and lands that are only parts of somebody's name
//! ("Jim Jordan") or of another place's ("Cuba, Missouri").
//!
//! Readings are settled on what was found before anything is resolved; readings that nothing supports stay in the lexicon's order.

use crate::origin::state_of;
use crate::party::is_land;
use crate::resolve::Resolver;
use demarche_lexicon::{ActorKind, Candidate, Entry, Lexicon, Mention, PlaceKind, Via};
use demarche_record::{Date, Span};
use demarche_text::{NameKind, NameLayer, Rel, Tree, Upos};
use jiff::ToSpan;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// How much a name in the same sentence counts against one anywhere before it in the article.
const HERE: u32 = 8;

/// A name may be so many days older than its entry says.
const EARLY: i64 = 400;

/// A sentence whose names are looked at.
pub(crate) struct Surroundings<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    pub words: &'a [Span],
    pub tree: &'a Tree,
    /// The states that the article named before, with how often.
    pub lands: &'a BTreeMap<String, u32>,
    /// The day of the article.
    pub on: Option<Date>,
}

impl Surroundings<'_> {
    /// Leaves out lands that are parts of other names and puts the supported reading first.
    pub fn settle(&self, mentions: &mut Vec<Mention>) {
        let mut at = 0;
        while at < mentions.len() {
            let part = self.names_land(&mentions[at])
                && (self.in_longer_name(&mentions[at]) || self.before_region(mentions, at));
            if part {
                mentions.remove(at);
            } else if self.to_come(&mentions[at]) {
                let words = mentions[at].words.clone();
                let shorter = self.shorter(words);
                let count = shorter.len();
                mentions.splice(at..=at, shorter);
                at += count;
            } else {
                at += 1;
            }
        }
        for at in 0..mentions.len() {
            if mentions[at].candidates.len() > 1
                && let Some(best) = self.supported(mentions, at)
            {
                mentions[at].candidates[..=best].rotate_right(1);
            }
        }
    }

    /// Whether nobody bore the name yet: "the Malian junta" eight years before the one that is called so now.
    fn to_come(&self, mention: &Mention) -> bool {
        let Some(on) = self.on.and_then(|on| on.checked_add(EARLY.days()).ok()) else { return false };
        mention.candidates.iter().all(|c| {
            let body = matches!(c.entry, Entry::Actor(a) if {
                let kind = self.lexicon.actors[a as usize].kind;
                !is_land(kind) && kind != ActorKind::Person
            });
            body && c.from.is_some_and(|from| on < from)
        })
    }

    /// What is found in the words of a name that are less than the whole.
    fn shorter(&self, words: std::ops::Range<u32>) -> Vec<Mention> {
        let (first, end) = (words.start as usize, words.end as usize);
        let mut all = Vec::new();
        let mut found = Vec::new();
        let mut from = first;
        while from < end {
            let to = if from == first { end - 1 } else { end };
            self.lexicon.find(self.text, &self.words[from..to], &mut found);
            let Some(mention) = found.drain(..).next() else {
                from += 1;
                continue;
            };
            let shift = from as u32;
            let words = mention.words.start + shift..mention.words.end + shift;
            from = words.end as usize;
            all.push(Mention { words, ..mention });
        }
        all
    }

    fn form(&self, w: usize) -> &str {
        self.words.get(w).map_or("", |span| span.of(self.text))
    }

    /// Whether the first reading is a land, its capital or one of its towns, by name.
    fn names_land(&self, mention: &Mention) -> bool {
        let Some(first) = self.lexicon.choose(mention, self.on) else { return false };
        let by_name = matches!(first.via, Via::Name | Via::Alias | Via::Capital | Via::City);
        by_name
            && match first.entry {
                Entry::Actor(a) => is_land(self.lexicon.actors[a as usize].kind),
                Entry::Place(_) => true,
                _ => false,
            }
    }

    /// "Jim Jordan", "Paris Hilton", "India Arie": a name of a person around it, or an unknown name that the tree joins to it.
    fn in_longer_name(&self, mention: &Mention) -> bool {
        let tree = self.tree;
        let (first, end) = (mention.words.start as usize, mention.words.end as usize);
        let around = |kind: NameKind| {
            tree.names().iter().any(|n| {
                n.layer == NameLayer::Named
                    && n.kind == kind
                    && n.words.start <= first
                    && end <= n.words.end
                    && n.words.len() > end - first
            })
        };
        let person = around(NameKind::Person);
        let lone = |w: usize| tree.upos(w) == Upos::Propn && self.unknown(w);
        let before = first.checked_sub(1).is_some_and(|w| lone(w) && person);
        let flat =
            |w: usize| tree.rel(w) == Rel::Flat && tree.head(w).is_some_and(|h| (first..end).contains(&h));
        let behind =
            end < tree.len() && lone(end) && (person || flat(end) && !around(NameKind::Organisation));
        before || behind
    }

    /// Whether a word is no title: "Israel President X" is about Israel, "Israel Singer" is somebody.
    fn unknown(&self, w: usize) -> bool {
        let mut found = Vec::new();
        self.lexicon.find(self.text, &self.words[w..=w], &mut found);
        !found.iter().any(|m| m.candidates.iter().any(|c| matches!(c.entry, Entry::Title(_))))
    }

    /// "Cuba, Missouri": a town that bears the name of a land, in a region of another state.
    fn before_region(&self, mentions: &[Mention], at: usize) -> bool {
        let end = mentions[at].words.end as usize;
        let Some(next) = mentions.get(at + 1).filter(|n| n.words.start as usize == end + 1) else {
            return false;
        };
        let close = matches!(self.form(next.words.end as usize), "," | "." | ")" | ";" | "");
        if self.form(end) != "," || !close || self.form(next.words.end as usize + 1) == "and" {
            return false;
        }
        let region = next.candidates.first().and_then(|c| match c.entry {
            Entry::Place(p) => Some(&self.lexicon.places[p as usize]),
            _ => None,
        });
        let country = region.filter(|r| r.kind == PlaceKind::Region).and_then(|r| r.country.as_deref());
        country.is_some_and(|c| self.state(mentions[at].candidates.first()) != self.lexicon.actor_by_id(c))
    }

    /// The state of a reading.
    fn state(&self, candidate: Option<&Candidate>) -> Option<u32> {
        match candidate?.entry {
            Entry::Actor(a) => state_of(self.lexicon, a),
            Entry::Place(p) => self.lexicon.actor_by_id(self.lexicon.places[p as usize].country.as_deref()?),
            _ => None,
        }
    }

    /// The number of a later reading that is better supported than the first.
    fn supported(&self, mentions: &[Mention], at: usize) -> Option<usize> {
        let mention = &mentions[at];
        let first = mention.candidates.first()?;
        let role = matches!(first.entry, Entry::Agent(_));
        if !role && !self.names_land(mention) {
            return None;
        }
        // "Brussels fined a firm": a town that acts is the body that sits there.
        if first.via == Via::Capital
            && self.acts(mention)
            && let Some(sits) =
                mention.candidates.iter().position(|c| c.via == Via::Seat && self.of_no_state(c))
        {
            return Some(sits);
        }
        let valid = |c: &Candidate| match self.on {
            Some(on) => c.from.is_none_or(|f| f <= on) && c.until.is_none_or(|u| on < u),
            None => true,
        };
        let mut others: SmallVec<[(usize, u32, bool); 4]> = SmallVec::new();
        for (n, c) in mention.candidates.iter().enumerate().skip(1).filter(|(_, c)| valid(c)) {
            if let Some(state) = self.state(Some(c)) {
                others.push((n, state, matches!(c.entry, Entry::Place(_))));
            }
        }
        if others.is_empty()
            || role && !self.form(mention.words.start as usize).starts_with(char::is_uppercase)
        {
            return None;
        }
        let owner = self.owner(mentions, at);
        let support = |state: u32, part: bool| match owner {
            Some(owner) => u32::from(owner == state),
            None => self.support(mentions, at, state, part),
        };
        let own = if role { None } else { self.state(Some(first)) }.map_or(0, |s| support(s, false));
        // A region of another state is only where something happens.
        let place = first_locative(self.form((mention.words.start as usize).wrapping_sub(1)), self.lexicon);
        let mut best: Option<(u32, usize)> = None;
        let mut tied = false;
        for (n, state, part) in others {
            let worth = if part && !place { 0 } else { support(state, part) };
            tied = best.is_some_and(|(w, _)| w == worth) || tied && best.is_some_and(|(w, _)| w > worth);
            if best.is_none_or(|(w, _)| worth > w) {
                best = Some((worth, n));
            }
        }
        if let Some((_, n)) = best.filter(|&(worth, _)| worth > own && !tied) {
            return Some(n);
        }
        // "The Senate", where nothing tells of which state: the only one known by that name alone.
        let alone = role && owner.is_none() && mention.candidates.len() == 2 && self.lands.is_empty();
        let nowhere = || {
            mentions.iter().enumerate().all(|(n, m)| n == at || self.state(m.candidates.first()).is_none())
        };
        (alone && nowhere()).then_some(1)
    }

    /// Whether a mention is the subject of a verb.
    fn acts(&self, mention: &Mention) -> bool {
        let tree = self.tree;
        let range = mention.words.start as usize..mention.words.end as usize;
        let head = range.clone().find(|&w| tree.head(w).is_none_or(|h| !range.contains(&h)));
        head.is_some_and(|w| {
            tree.rel(w) == Rel::Nsubj && tree.head(w).is_some_and(|h| tree.upos(h) == Upos::Verb)
        })
    }

    /// Whether a reading is an actor that belongs to no state.
    fn of_no_state(&self, candidate: &Candidate) -> bool {
        matches!(candidate.entry, Entry::Actor(a) if state_of(self.lexicon, a).is_none())
    }

    /// The state whose it is said to be: "Pakistan's Supreme Court", "the Indian Supreme Court".
    fn owner(&self, mentions: &[Mention], at: usize) -> Option<u32> {
        let start = mentions[at].words.start;
        let before = at.checked_sub(1).map(|b| &mentions[b])?;
        let possessive = before.words.end + 1 == start
            && matches!(self.form(before.words.end as usize), "'s" | "’s" | "'" | "’");
        let adjacent = before.words.end == start;
        if !(possessive || adjacent) {
            return None;
        }
        self.state(self.lexicon.choose(before, self.on))
    }

    /// How often names that belong to a state stand around a mention; for a part of a state its own names count for nothing:
    /// "Georgia" beside the United States is still a state.
    fn support(&self, mentions: &[Mention], at: usize, state: u32, part: bool) -> u32 {
        let here = mentions
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != at)
            .filter(|(_, m)| m.candidates.len() == 1 || self.state(m.candidates.first()) == Some(state));
        let counted = here.filter(|(_, m)| {
            let chosen = self.lexicon.choose(m, self.on);
            let itself =
                chosen.is_some_and(|c| c.entry == Entry::Actor(state) && !matches!(c.via, Via::City));
            self.state(chosen) == Some(state) && !(part && itself)
        });
        let before = self.lands.get(&self.lexicon.actors[state as usize].id).copied().unwrap_or(0);
        HERE * counted.count() as u32 + if part { 0 } else { before }
    }
}

impl Resolver<'_, '_> {
    /// The state that the text is about here: the only one of the sentence, if the article does not name
    /// another far more often, else the one that the article names far more often than any other. A state that does
    /// something to the head `i` of a phrase, or has it done by it, is not the phrase's own.
    pub(crate) fn about(&self, i: Option<usize>) -> Option<u32> {
        let view = self.view;
        let lexicon = view.lexicon;
        let governor = i.and_then(|i| view.head(i));
        let mut here: Option<u32> = None;
        let mut several = false;
        for mention in view.mentions {
            let Some(candidate) = self.choose(mention) else { continue };
            let state = match candidate.entry {
                Entry::Actor(a) => state_of(lexicon, a),
                Entry::Place(p) => {
                    lexicon.places[p as usize].country.as_deref().and_then(|c| lexicon.actor_by_id(c))
                }
                _ => None,
            };
            let Some(state) = state else { continue };
            several |= here.is_some_and(|h| h != state);
            here = Some(state);
            let itself = candidate.entry == Entry::Actor(state) && candidate.via != Via::City;
            let party = |w: usize| {
                view.head(w) == governor && matches!(view.rel(w).base(), Rel::Nsubj | Rel::Obj | Rel::Iobj)
            };
            if itself
                && governor.is_some()
                && mention.words.clone().any(|w| Some(w as usize) != i && party(w as usize))
            {
                return None;
            }
        }
        let mut counts: SmallVec<[(u32, u32); 8]> = self
            .lands
            .iter()
            .filter_map(|(id, n)| Some((*n, lexicon.actor_by_id(id)?)))
            .filter(|(_, a)| is_land(lexicon.actors[*a as usize].kind))
            .collect();
        counts.sort_unstable_by_key(|c| std::cmp::Reverse(*c));
        let most = counts.first().copied();
        if let Some(state) = here.filter(|_| !several) {
            let named = counts.iter().find(|c| c.1 == state).map_or(0, |c| c.0);
            return (2 * named.max(1) >= most.map_or(0, |m| m.0)).then_some(state);
        }
        let (times, state) = most?;
        let second = counts.get(1).map_or(0, |c| c.0);
        (times >= 2 * second).then_some(state)
    }
}

/// Whether a preposition puts what follows at a place.
fn first_locative(form: &str, lexicon: &Lexicon) -> bool {
    lexicon.classes.get("locative").is_some_and(|members| members.contains(&*crate::view::lowered(form)))
}
