//! What the model of choice sees of a sentence with two marked parties: the words around them, the tree between them,
//! the claims of the rules.

use crate::claim::Claim;
use crate::view::View;
use demarche_record::{EventType, Modality, Polarity, Span};
use demarche_text::{Rel, Upos};
use std::collections::BTreeMap;

/// The two marked parties, as bytes of the text; none where it could not be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// The source.
    pub source: Option<Span>,
    /// The target.
    pub target: Option<Span>,
}

impl Marks {
    fn first(&self) -> u32 {
        [self.source, self.target].into_iter().flatten().map(|s| s.start).min().unwrap_or(0)
    }

    fn last(&self) -> u32 {
        [self.source, self.target].into_iter().flatten().map(|s| s.end).max().unwrap_or(u32::MAX)
    }

    /// Which party stands first.
    fn order(&self) -> &'static str {
        match (self.source, self.target) {
            (Some(s), Some(t)) if s.start <= t.start => "st",
            (Some(_), Some(_)) => "ts",
            (Some(_), None) => "s",
            (None, Some(_)) => "t",
            (None, None) => "",
        }
    }

    /// Where a word stands: in a party, before, between or behind them.
    fn zone(&self, word: Span) -> &'static str {
        let within = |party: Option<Span>| party.is_some_and(|p| p.overlaps(word));
        if within(self.source) {
            "S"
        } else if within(self.target) {
            "T"
        } else if word.start < self.first() {
            "B"
        } else if word.start < self.last() {
            "M"
        } else {
            "A"
        }
    }
}

/// Features by key, with the largest value each was given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    values: BTreeMap<u32, f32>,
}

/// FNV-1a over the parts, with a sign between them.
fn key(parts: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5u32;
    for part in parts {
        for byte in part.bytes().chain([0x1f]) {
            hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
        }
    }
    hash
}

/// Words further off say less.
fn worth(distance: usize) -> f32 {
    match distance {
        0..=4 => 1.0,
        5..=10 => 0.6,
        _ => 0.3,
    }
}

impl Features {
    /// The features, keys ascending.
    pub fn into_list(self) -> Vec<(u32, f32)> {
        self.values.into_iter().collect()
    }

    fn add(&mut self, parts: &[&str], value: f32) {
        let slot = self.values.entry(key(parts)).or_insert(value);
        *slot = slot.max(value);
    }

    /// The words of a sentence, alone and in pairs, by place and distance.
    pub fn words(&mut self, view: &View<'_>, marks: &Marks) {
        let zones: Vec<&str> = (0..view.len()).map(|i| marks.zone(view.span(i))).collect();
        let party = |zone: &str| matches!(zone, "S" | "T");
        let parties: Vec<usize> = (0..view.len()).filter(|&i| party(zones[i])).collect();
        for i in 0..view.len() {
            let lemma = view.lemma(i);
            if party(zones[i]) {
                self.add(&["party", lemma], 0.3);
                continue;
            }
            let value = parties
                .iter()
                .map(|&p| worth(p.abs_diff(i)))
                .fold(None, |most, v| Some(most.map_or(v, |m: f32| m.max(v))));
            let value = value.unwrap_or(1.0);
            self.add(&["word", lemma], value);
            self.add(&["place", zones[i], marks.order(), lemma], value);
            if i + 1 < view.len() && !party(zones[i + 1]) {
                self.add(&["two", lemma, view.lemma(i + 1)], 0.7 * value);
            }
        }
        self.add(&["one"], 1.0);
    }

    /// The way through the tree from each party to the predicate above it, and between the two.
    pub fn tree(&mut self, view: &View<'_>, marks: &Marks) {
        let top = |party: Option<Span>| party.and_then(|p| top_of(view, p));
        let (source, target) = (top(marks.source), top(marks.target));
        for (name, start) in [("source", source), ("target", target)] {
            let Some(start) = start else { continue };
            if let Some((verb, rel)) = governor(view, start) {
                self.add(&[name, "under", view.lemma(verb)], 1.0);
                self.add(&[name, "under", rel.as_str(), view.lemma(verb)], 1.0);
                self.mood(name, view, verb);
                if let Some(object) = view.child(verb, &[Rel::Obj]).filter(|&o| o != start) {
                    self.add(&[name, "verb and object", view.lemma(verb), view.lemma(object)], 1.0);
                }
                for particle in view.children(verb).filter(|&c| view.rel(c) == Rel::CompoundPrt) {
                    self.add(&[name, "particle", view.lemma(verb), view.lemma(particle)], 1.0);
                }
                if let Some((outer, _)) = governor(view, verb) {
                    self.add(&[name, "over", view.lemma(outer)], 0.7);
                }
            }
        }
        if let (Some(s), Some(t)) = (source, target) {
            let (from_s, from_t) = (ancestors(view, s), ancestors(view, t));
            if let Some(meet) = from_s.iter().copied().find(|w| from_t.contains(w)) {
                self.add(&["meet", view.lemma(meet)], 1.0);
                self.mood("meet", view, meet);
                for way in [&from_s, &from_t] {
                    for &w in way.iter().take_while(|&&w| w != meet) {
                        if matches!(view.upos(w), Upos::Verb | Upos::Noun | Upos::Adj) && w != s && w != t {
                            self.add(&["way", view.lemma(w)], 1.0);
                        }
                    }
                }
            }
        }
    }

    /// Everything there is to see of a sentence with no party marked.
    pub fn whole(&mut self, view: &View<'_>, claims: &[Claim]) {
        for claim in claims {
            self.claim(claim, if claim.complete { "complete" } else { "incomplete" });
        }
        self.words(view, &Marks::default());
        self.sentence(view);
    }

    /// What a whole sentence is about, with no party marked: its uppermost predicates with their subjects and objects.
    fn sentence(&mut self, view: &View<'_>) {
        for i in 0..view.len() {
            let depth = ancestors(view, i).len();
            let predicate = view.verbal(i) || view.head(i).is_none();
            if depth > 4 || !predicate {
                continue;
            }
            let level = if depth == 1 { "root" } else { "below" };
            self.add(&[level, view.lemma(i)], 1.0);
            self.mood(level, view, i);
            for rel in [Rel::Nsubj, Rel::Obj, Rel::Obl, Rel::Xcomp, Rel::Ccomp] {
                for c in view.children(i).filter(|&c| view.rel(c).base() == rel) {
                    self.add(&[level, rel.as_str(), view.lemma(c)], 0.7);
                    self.add(&[level, view.lemma(i), rel.as_str(), view.lemma(c)], 1.0);
                }
            }
        }
    }

    fn mood(&mut self, name: &str, view: &View<'_>, verb: usize) {
        if view.polarity(verb) == Polarity::Negative {
            self.add(&[name, "negative"], 1.0);
            self.add(&[name, "negative", view.lemma(verb)], 1.0);
        }
        match view.modality(verb) {
            Modality::Actual => {}
            other => self.add(&[name, "modality", other.as_str()], 1.0),
        }
    }

    /// A claim of the rules and how its parties meet the marked ones.
    pub fn claim(&mut self, claim: &Claim, meeting: &str) {
        let Some(kind) = claim.event() else { return };
        self.add(&["claim", kind.as_str(), meeting], 1.0);
        self.add(&["rule", &claim.rule, meeting], 0.7);
        let inner = claim.rule.rsplit(" > ").next().unwrap_or_default();
        self.add(&["inner", inner], 0.7);
        if claim.polarity == Polarity::Negative {
            self.add(&["claim", kind.as_str(), "negative"], 0.7);
        }
        if claim.modality != Modality::Actual {
            self.add(&["claim", kind.as_str(), claim.modality.as_str()], 0.7);
        }
    }

    /// What the rules by themselves make of the pair: points for every type.
    pub fn rules(&mut self, points: &BTreeMap<EventType, f64>) {
        let total: f64 = points.values().sum();
        let mut best: Option<(EventType, f64)> = None;
        for (&kind, &value) in points {
            let share = value / total;
            self.add(&["share", kind.as_str()], 2.0 * share as f32);
            self.add(&["log share", kind.as_str()], 0.3 * libm::log(share / 0.001) as f32);
            if best.is_none_or(|b| value > b.1) {
                best = Some((kind, value));
            }
        }
        if let Some((kind, _)) = best {
            self.add(&["best", kind.as_str()], 1.0);
        }
    }
}

/// The word of a span that stands highest in the tree.
fn top_of(view: &View<'_>, span: Span) -> Option<usize> {
    let inside = |i: usize| span.overlaps(view.span(i));
    (0..view.len()).find(|&i| inside(i) && view.head(i).is_none_or(|h| !inside(h)))
}

/// The nearest verb, or noun that is no part of a name, above a word, and the relation by which the way goes up into it.
fn governor(view: &View<'_>, from: usize) -> Option<(usize, Rel)> {
    let mut at = from;
    for _ in 0..12 {
        let head = view.head(at)?;
        let rel = view.rel(at);
        if view.verbal(head) || (matches!(view.upos(head), Upos::Noun | Upos::Adj) && rel.base() != Rel::Conj)
        {
            return Some((head, rel));
        }
        at = head;
    }
    None
}

/// The word and all above it, nearest first.
fn ancestors(view: &View<'_>, from: usize) -> Vec<usize> {
    let mut way = vec![from];
    let mut at = from;
    while let Some(head) = view.head(at) {
        way.push(head);
        at = head;
        if way.len() > 40 {
            break;
        }
    }
    way
}
