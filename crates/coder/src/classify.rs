//! For a sentence with a marked source and target: which of the sixteen types best says what the one does to the other.
//!
//! Always an answer. By the rules alone, claims between the two weigh most, then claims that touch one of them, then the
//! bare words of patterns on the path between them, then all words of the sentence. Where the coder has a model of choice,
//! that is one of the things which the model weighs.

use crate::choice::{Choice, Features, Marks};
use crate::claim::{Claim, Parties};
use crate::coding::Coding;
use crate::coreference::Discourse;
use crate::memory::Memory;
use crate::origin::NOWHERE;
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

/// What was read of a pair.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// What the rules by themselves make of it: points for every type.
    points: BTreeMap<EventType, f64>,
    /// What the model of choice sees.
    features: Features,
}

/// Points of a type for which nothing speaks.
const LEAST: f64 = 0.01;

impl Reading {
    /// Adds what the rules make of it by themselves to what the model sees.
    fn close(&mut self) {
        for kind in EventType::ALL {
            *self.points.entry(*kind).or_default() += LEAST;
        }
        self.features.rules(&self.points);
    }

    /// The share of every type by the model of choice.
    pub(crate) fn decide(mut self, choice: &Choice) -> BTreeMap<EventType, f64> {
        self.close();
        let shares = choice.pairs.shares(&self.features.into_list());
        shared(choice.pairs.classes(), &shares, &self.points)
    }
}

/// Reads one sentence for what it says of two marked parties; `near` is how much of them it holds.
pub(crate) fn read_sentence(coding: &mut Coding<'_, '_>, marks: &Marks, near: f64, reading: &mut Reading) {
    let view = coding.resolver.view;
    for claim in coding.all_events() {
        if let Some(kind) = claim.event() {
            let meeting = Meeting::of(&claim, marks);
            *reading.points.entry(kind).or_default() += near * weigh(view, &claim, meeting, marks);
            reading.features.claim(&claim, meeting.name());
        }
    }
    reading.features.words(view, marks);
    reading.features.tree(view, marks);
    bare_words(view, coding, marks, near, &mut reading.points);
}

impl Coder {
    /// Answers one pair.
    pub fn classify(&self, pair: &Pair, desk: &mut Desk) -> Answer {
        let mut reading = self.read_pair(pair, desk);
        let points = match self.choice() {
            Some(choice) => reading.decide(choice),
            None => {
                reading.close();
                reading.points
            }
        };
        answer(pair.id.clone(), &points)
    }

    /// What the model of choice sees of a pair: keys, ascending, with their values.
    pub fn pair_features(&self, pair: &Pair, desk: &mut Desk) -> Vec<(u32, f32)> {
        let mut reading = self.read_pair(pair, desk);
        reading.close();
        reading.features.into_list()
    }

    /// What the model of choice sees of the sentences of a text with no party marked: keys, ascending, with their values.
    pub fn text_features(&self, text: &str, desk: &mut Desk) -> Vec<(u32, f32)> {
        let mut features = Features::default();
        self.each_sentence(text, desk, |coding| {
            let claims = coding.all_events();
            features.whole(coding.resolver.view, &claims);
        });
        features.into_list()
    }

    fn read_pair(&self, pair: &Pair, desk: &mut Desk) -> Reading {
        let text = pair.sentence.as_str();
        let offsets = Offsets::new(text);
        let marks = Marks {
            source: place_of(text, &offsets, &pair.source, pair.source_span),
            target: place_of(text, &offsets, &pair.target, pair.target_span),
        };
        let mut reading = Reading::default();
        self.each_sentence(text, desk, |coding| {
            let sentence = coding.resolver.view.sentence.span;
            let holds = |s: Option<Span>| if s.is_some_and(|s| s.overlaps(sentence)) { 0.35 } else { 0.0 };
            let near = 0.3 + holds(marks.source) + holds(marks.target);
            read_sentence(coding, &marks, near, &mut reading);
        });
        reading
    }

    /// Every sentence of a text, ready to be coded by itself.
    fn each_sentence(&self, text: &str, desk: &mut Desk, mut look: impl FnMut(&mut Coding<'_, '_>)) {
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        let (memory, discourse) = (Memory::default(), Discourse::default());
        for number in 0..reading.sentences().len() {
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            let around = (NOWHERE, None);
            self.look_up_among(text, (&reading, number), around, &mut desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            let resolver = Resolver::new(&view, &memory, &discourse, number as u32, None);
            look(&mut Coding::new(resolver));
        }
        desk.reading = reading;
    }
}

/// How the parties of a claim meet the marked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    /// Its source is the source, its target the target.
    Both,
    /// Its source alone is.
    Source,
    /// Its target alone is.
    Target,
    /// Its source is the target and its target the source.
    Turned,
    /// One of the two is, on the other side.
    HalfTurned,
    /// Neither.
    None,
}

impl Meeting {
    fn of(claim: &Claim, marks: &Marks) -> Self {
        let touches = |parties: &Parties, span: Option<Span>| {
            span.is_some_and(|s| parties.iter().any(|p| p.span.overlaps(s)))
        };
        let (ws, wt) = (touches(&claim.who, marks.source), touches(&claim.whom, marks.target));
        let (rs, rt) = (touches(&claim.who, marks.target), touches(&claim.whom, marks.source));
        match (ws, wt) {
            _ if rs && rt => Meeting::Turned,
            (true, true) => Meeting::Both,
            (true, false) => Meeting::Source,
            (false, true) => Meeting::Target,
            (false, false) if rs || rt => Meeting::HalfTurned,
            (false, false) => Meeting::None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Meeting::Both => "both",
            Meeting::Source => "source",
            Meeting::Target => "target",
            Meeting::Turned => "turned",
            Meeting::HalfTurned => "half turned",
            Meeting::None => "none",
        }
    }
}

/// The points of a claim by the rules alone.
fn weigh(view: &View<'_>, claim: &Claim, meeting: Meeting, marks: &Marks) -> f64 {
    let mut weight = match meeting {
        Meeting::Both => 8.0,
        Meeting::Turned if claim.reciprocal => 8.0,
        Meeting::Source => 3.0,
        Meeting::Target | Meeting::Turned => 2.0,
        Meeting::HalfTurned => 0.8,
        Meeting::None => 0.5,
    };
    if !claim.complete && weight < 3.0 {
        weight *= 0.5;
    }
    let own = view.span(claim.at);
    if [marks.source, marks.target].into_iter().flatten().any(|party| party.overlaps(own)) {
        weight *= 0.6;
    }
    weight * (1.0 + 0.1 * claim.specificity as f64)
}

/// Shares of the model's classes as points for types. What the model does not tell apart (YIELD is CONCEDE or RETREAT) is
/// parted as the rules would.
fn shared(classes: &[String], shares: &[f64], rules: &BTreeMap<EventType, f64>) -> BTreeMap<EventType, f64> {
    let mut points: BTreeMap<EventType, f64> = EventType::ALL.iter().map(|t| (*t, 0.0)).collect();
    for (class, &share) in classes.iter().zip(shares) {
        if class == "YIELD" {
            let of = |t| rules.get(&t).copied().unwrap_or_default();
            let (concede, retreat) = (of(EventType::Concede), of(EventType::Retreat));
            // The larger part takes the whole: the answer is what the model holds likeliest.
            let kind = if concede > retreat { EventType::Concede } else { EventType::Retreat };
            *points.entry(kind).or_default() += share;
        } else if let Ok(kind) = class.parse::<EventType>() {
            *points.entry(kind).or_default() += share;
        }
    }
    points
}

/// Types whose patterns hold a word of the sentence, whatever the tree: a weak vote, stronger between the two parties.
fn bare_words(
    view: &View<'_>,
    coding: &Coding<'_, '_>,
    marks: &Marks,
    near: f64,
    scores: &mut BTreeMap<EventType, f64>,
) {
    let between = match (marks.source, marks.target) {
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
