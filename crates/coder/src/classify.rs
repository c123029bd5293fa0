//! For a sentence with a marked source and target: which of the sixteen types best says what the one does to the other.
//!
//! Always an answer. Claims between the two weigh most, then claims that touch one of them, then the bare words of
//! patterns on the path between them, then all words of the sentence.

use crate::claim::{Claim, Parties};
use crate::coding::Coding;
use crate::memory::Memory;
use crate::resolve::Resolver;
use crate::view::View;
use crate::{Coder, Desk};
use demarche_lexicon::Table;
use demarche_record::{EventType, Offsets, Quad, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question: what does the source do to the target here?
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Pair {
    /// Id, given back.
    pub id: String,
    /// The text.
    pub sentence: String,
    /// The source's words.
    pub source: String,
    /// The target's words.
    pub target: String,
    /// Where the source stands, in code points.
    #[serde(default)]
    pub source_span: Option<[u32; 2]>,
    /// Where the target stands, in code points.
    #[serde(default)]
    pub target_span: Option<[u32; 2]>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Id of the pair.
    pub id: String,
    /// Best type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Its quad class.
    pub quad: Quad,
    /// Share of the best type, 0 to 1.
    pub confidence: f64,
    /// Share of every type; they sum to 1.
    pub scores: BTreeMap<&'static str, f64>,
}

impl Coder {
    /// Answers one pair.
    pub fn classify(&self, pair: &Pair, desk: &mut Desk) -> Answer {
        let text = pair.sentence.as_str();
        let offsets = Offsets::new(text);
        let source = place_of(text, &offsets, &pair.source, pair.source_span);
        let target = place_of(text, &offsets, &pair.target, pair.target_span);
        let mut scores: BTreeMap<EventType, f64> = EventType::ALL.iter().map(|t| (*t, 0.01)).collect();
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        let memory = Memory::default();
        for number in 0..reading.sentences().len() {
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            let holds = |s: Option<Span>| s.is_some_and(|s| s.overlaps(sentence.span));
            let near = 0.3 + if holds(source) { 0.35 } else { 0.0 } + if holds(target) { 0.35 } else { 0.0 };
            desk.words.clear();
            desk.words.extend(sentence.words.iter().map(|w| w.span));
            desk.mentions.clear();
            self.lexicon.find(text, &desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            let resolver = Resolver { view: &view, memory: &memory, sentence: number as u32, on: None };
            let mut coding = Coding::new(resolver);
            for claim in coding.all_events() {
                if let Some(kind) = claim.event() {
                    let weight = near * self.weigh(&view, &claim, source, target);
                    *scores.entry(kind).or_default() += weight;
                }
            }
            bare_words(&view, &coding, source, target, near, &mut scores);
        }
        desk.reading = reading;
        answer(pair.id.clone(), &scores)
    }

    fn weigh(&self, view: &View<'_>, claim: &Claim, source: Option<Span>, target: Option<Span>) -> f64 {
        let touches = |parties: &Parties, span: Option<Span>| {
            span.is_some_and(|s| parties.iter().any(|p| p.span.overlaps(s)))
        };
        let (ws, wt) = (touches(&claim.who, source), touches(&claim.whom, target));
        let (rs, rt) = (touches(&claim.who, target), touches(&claim.whom, source));
        let mut weight = match (ws, wt) {
            (true, true) => 8.0,
            (true, false) => 3.0,
            (false, true) => 2.0,
            (false, false) => 0.5,
        };
        if rs && rt {
            weight = if claim.reciprocal { 8.0 } else { 2.0 };
        } else if (rs || rt) && !ws && !wt {
            weight = 0.8;
        }
        if !claim.complete && weight < 3.0 {
            weight *= 0.5;
        }
        if source.is_some_and(|s| s.overlaps(view.span(claim.at)))
            || target.is_some_and(|t| t.overlaps(view.span(claim.at)))
        {
            weight *= 0.6;
        }
        weight * (1.0 + 0.1 * claim.specificity as f64)
    }
}

/// Types whose patterns hold a word of the sentence, whatever the tree: a weak vote, stronger between the two parties.
fn bare_words(
    view: &View<'_>,
    coding: &Coding<'_, '_>,
    source: Option<Span>,
    target: Option<Span>,
    near: f64,
    scores: &mut BTreeMap<EventType, f64>,
) {
    let between = match (source, target) {
        (Some(s), Some(t)) => Some(Span { start: s.start.min(t.start), end: s.end.max(t.end) }),
        _ => None,
    };
    for i in 0..view.len() {
        let (_, refs) = coding.refs(i);
        let mut types: Vec<EventType> = Vec::new();
        for r in refs {
            let kind = match r.table {
                Table::Pattern => match view.lexicon.patterns[r.entry as usize].outcome {
                    demarche_lexicon::Outcome::Event(t) => Some(t),
                    demarche_lexicon::Outcome::Tie(_) => None,
                },
                Table::Operator => view.lexicon.operators[r.entry as usize].becomes,
                _ => None,
            };
            types.extend(kind);
        }
        if types.is_empty() {
            continue;
        }
        let inside = between.is_some_and(|b| b.overlaps(view.span(i)));
        let vote = near * if inside { 0.4 } else { 0.2 } / types.len() as f64;
        for t in types {
            *scores.entry(t).or_default() += vote;
        }
    }
}

fn place_of(text: &str, offsets: &Offsets, words: &str, given: Option<[u32; 2]>) -> Option<Span> {
    let mut from = 0;
    let mut first = None;
    while !words.is_empty()
        && let Some(at) = text.get(from..).and_then(|t| t.find(words))
    {
        let span = Span::new(from + at, from + at + words.len());
        if given.is_none_or(|g| offsets.chars(text, span).start == g[0]) {
            return Some(span);
        }
        first = first.or(Some(span));
        from = span.end as usize;
    }
    first
}

fn answer(id: String, scores: &BTreeMap<EventType, f64>) -> Answer {
    let total: f64 = scores.values().sum();
    let mut best = (EventType::Consult, f64::MIN);
    for (&kind, &score) in scores {
        if score > best.1 {
            best = (kind, score);
        }
    }
    let share = |s: f64| (s / total * 10_000.0).round() / 10_000.0;
    Answer {
        id,
        kind: best.0,
        quad: best.0.quad(),
        confidence: share(best.1),
        scores: scores.iter().map(|(t, s)| (t.as_str(), share(*s))).collect(),
    }
}
