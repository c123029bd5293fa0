//! Ranking as a whole: what is learned from the past, and how well it ranks what came then.

use super::boost::{Growth, Trees};
use super::evidence;
use super::fact::{Fact, Question, questions, steps};
use super::features::{Day, Desk};
use super::history::History;
use super::kinship::Kinship;
use super::lists::Lists;
use super::rank::Place;
use super::recurrency::{self, Choice, Recurrency};
use super::rules::Rules;
use super::walks::{Grounding, Walks};
use rayon::prelude::*;

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Questions that the combination is learned on: the last ones, whole steps.
    pub questions: usize,
    /// Questions before those, on which rules over other actors are first counted.
    pub tried_on: usize,
    /// Whether there are such rules.
    pub walks: bool,
    /// Questions that the recurrency parameters are chosen on.
    pub chosen_on: usize,
    /// How the combination is grown.
    pub growth: Growth,
    /// Candidates of a question that are kept: the likeliest, and others drawn by chance.
    pub kept: (usize, usize),
    /// Seed of all chance.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            questions: 40_000,
            tried_on: 8_000,
            walks: true,
            chosen_on: 6_000,
            growth: Growth::default(),
            kept: (40, 20),
            seed: 1,
        }
    }
}

/// The ways to rank, each a baseline of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Who stands most often at the end of the relation.
    Frequency,
    /// What happened happens again.
    Recurrency,
    /// Temporal rules between the two, by noisy-or.
    Rules,
    /// Temporal rules over one or two others, by noisy-or.
    Walks,
    /// All evidence together.
    Combined,
}

impl Method {
    /// All, in order.
    pub const ALL: [Method; 5] =
        [Method::Frequency, Method::Recurrency, Method::Rules, Method::Walks, Method::Combined];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Frequency => "frequency",
            Method::Recurrency => "recurrency",
            Method::Rules => "rules",
            Method::Walks => "walks",
            Method::Combined => "combined",
        }
    }
}

/// Everything learned, and the history it was learned from.
#[derive(Debug)]
pub struct Ranker {
    history: History,
    rules: Rules,
    walks: Walks,
    kinship: Kinship,
    recurrency: Vec<Recurrency>,
    trees: Trees,
}

/// A true answer and where each method placed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Step of the question.
    pub step: u32,
    /// From whom.
    pub subject: u32,
    /// Relation or inverse.
    pub relation: u32,
    /// The true answer.
    pub answer: u32,
    /// How often it was asked for.
    pub times: u32,
    /// Whether the triple had happened before.
    pub seen: bool,
    /// Its place by each of [`Method::ALL`].
    pub places: [Place; 5],
}

impl Ranker {
    /// Learns from facts sorted by time, of actors `0..actors` and relations `0..relations`.
    pub fn learn(facts: &[Fact], actors: u32, relations: u32, options: &Options) -> Self {
        let (ranker, lists) = Self::prepare(facts, actors, relations, options);
        Self { trees: Trees::grow(&lists, options.growth), ..ranker }
    }

    /// Everything but the trees, and what they are grown on, in the order of time.
    pub(super) fn prepare(facts: &[Fact], actors: u32, relations: u32, options: &Options) -> (Self, Lists) {
        let mut history = History::new(actors, relations);
        let mut rules = Rules::new(relations);
        let mut walks = Walks::new(relations);
        let mut choice = Choice::new(relations);
        let mut kinship = Kinship::default();
        let mut sample = Sample::default();
        let (first, chosen) = (window(facts, options.questions), window(facts, options.chosen_on));
        // Rules over others are walked for until then and counted from then on, in a short past from its middle on.
        let half = |tenths: usize| facts.get(facts.len() * tenths / 10).map_or(0, |fact| fact.step);
        let walked = window(facts, options.questions + options.tried_on).max(half(4));
        let counted = first.max(half(5));
        let mut refreshed = None;
        for (step, facts) in steps(facts) {
            let asked = questions(facts, relations);
            if !options.walks || step < walked {
                if options.walks {
                    walks.explore(&history, &asked, options.seed);
                }
            } else if walks.open() {
                walks.choose();
            }
            if step >= counted && !walks.open() {
                walks.prune();
            }
            let mut found = Vec::new();
            if step >= first {
                if refreshed.is_none_or(|at| step >= at + 15) {
                    kinship = Kinship::of(&history, options.seed);
                    refreshed = Some(step);
                }
                rules.settle();
                walks.settle();
                let chained = (step >= counted).then_some(&walks);
                let day = Day::new(&history, &rules, chained, &kinship, asked.iter().map(|q| q.relation));
                found = sample.take(&day, &asked, actors, options);
            }
            if step >= chosen {
                choice.learn(&history, &asked);
            }
            rules.learn(&history, &asked);
            walks.learn(&history, &asked, found);
            history.tell(step, facts);
        }
        rules.settle();
        walks.settle();
        let kinship = Kinship::of(&history, options.seed);
        let recurrency = choice.best();
        (Self { history, rules, walks, kinship, recurrency, trees: Trees::default() }, sample.finish())
    }

    /// Rules over other actors that are kept, of length two and three.
    pub fn walks(&self) -> [usize; 2] {
        self.walks.rules()
    }

    /// Ranks the facts of later steps, each from all that came before it; what was learned stays as it is.
    pub fn evaluate(&mut self, facts: &[Fact], mut each: impl FnMut(&Ranked)) {
        let relations = self.history.relations();
        for (step, facts) in steps(facts) {
            let asked = questions(facts, relations);
            for ranked in self.rank(step, &asked).iter().flatten() {
                each(ranked);
            }
            self.history.tell(step, facts);
        }
    }

    /// Tells of a later step without asking.
    pub fn tell(&mut self, step: u32, facts: &[Fact]) {
        self.history.tell(step, facts);
    }

    fn rank(&self, step: u32, asked: &[Question]) -> Vec<Vec<Ranked>> {
        let history = &self.history;
        let day = Day::new(
            history,
            &self.rules,
            Some(&self.walks),
            &self.kinship,
            asked.iter().map(|q| q.relation),
        );
        asked
            .par_iter()
            .map_init(
                || (Desk::new(history.actors()), vec![0.0f32; history.actors() as usize]),
                |(desk, scores), question| {
                    let Question { subject, relation, ref answers } = *question;
                    let mut ranked: Vec<Ranked> = answers
                        .iter()
                        .map(|&(answer, times)| Ranked {
                            step,
                            subject,
                            relation,
                            answer,
                            times,
                            seen: history
                                .pair(subject, answer)
                                .is_some_and(|pair| pair.link(relation).is_some()),
                            places: [Place { better: 0, tied: 0 }; 5],
                        })
                        .collect();
                    desk.gather(&day, subject, relation);
                    for (at, method) in Method::ALL.into_iter().enumerate() {
                        self.score(method, question, desk, scores);
                        for ranked in &mut ranked {
                            ranked.places[at] = Place::of(scores, ranked.answer, answers);
                        }
                    }
                    ranked
                },
            )
            .collect()
    }

    fn score(&self, method: Method, question: &Question, desk: &Desk, scores: &mut [f32]) {
        let kind = self.history.kind(question.relation);
        match method {
            Method::Frequency => {
                scores.fill(0.0);
                for end in &kind.ends {
                    scores[end.object as usize] = end.tally.count;
                }
            }
            Method::Recurrency => {
                let recurrency = self.recurrency[question.relation as usize];
                recurrency::score(&self.history, question, recurrency, scores);
            }
            Method::Rules => {
                scores.fill(0.0);
                let all = kind.all.count.max(1.0);
                for end in &kind.ends {
                    scores[end.object as usize] = 1e-3 * end.tally.count / all;
                }
                for (candidate, row) in desk.candidates.iter().zip(&desk.rows) {
                    scores[*candidate as usize] += row[evidence::RULES];
                }
            }
            Method::Walks => {
                scores.fill(0.0);
                let all = kind.all.count.max(1.0);
                for end in &kind.ends {
                    scores[end.object as usize] = 1e-3 * end.tally.count / all;
                }
                for actor in &desk.room.objects {
                    scores[*actor as usize] += desk.room.joint(*actor);
                }
            }
            Method::Combined => {
                for (actor, score) in scores.iter_mut().enumerate() {
                    *score = -2e6 + self.history.actor(actor as u32).count.min(1e5);
                }
                for end in &kind.ends {
                    scores[end.object as usize] = -1e6 + end.tally.count;
                }
                let grown = self.trees.scores(&desk.rows);
                for ((candidate, row), grown) in desk.candidates.iter().zip(&desk.rows).zip(grown) {
                    scores[*candidate as usize] = evidence::start(row) + grown;
                }
            }
        }
    }
}

/// The first step of the last facts that make so many questions.
fn window(facts: &[Fact], questions: usize) -> u32 {
    let from = facts.len().saturating_sub(questions / 2);
    facts.get(from).map_or(0, |fact| fact.step)
}

type Row = [f32; evidence::COUNT];
/// The kept candidates of a question: rows, weights, truths.
type Kept = (Vec<Row>, Vec<f32>, Vec<(u32, f32)>);

/// What the combination is learned from.
#[derive(Default)]
struct Sample {
    /// Kept as they are until there are enough to see how values lie.
    raw: Vec<Kept>,
    lists: Option<Lists>,
}

impl Sample {
    /// Takes the questions of a step; what rules over others were grounded in, by question.
    fn take(
        &mut self,
        day: &Day<'_>,
        asked: &[Question],
        actors: u32,
        options: &Options,
    ) -> Vec<Vec<Grounding>> {
        let kept: Vec<(Option<Kept>, Vec<Grounding>)> = asked
            .par_iter()
            .map_init(
                || Desk::new(actors),
                |desk, question| {
                    desk.gather(day, question.subject, question.relation);
                    (keep(desk, question, options), desk.room.groundings.clone())
                },
            )
            .collect();
        let (kept, found): (Vec<Option<Kept>>, Vec<Vec<Grounding>>) = kept.into_iter().unzip();
        for kept in kept.into_iter().flatten() {
            match &mut self.lists {
                Some(lists) => lists.push(&kept.0, &kept.1, kept.0.iter().map(evidence::start), &kept.2),
                None => self.raw.push(kept),
            }
        }
        if self.lists.is_none() && self.raw.len() > 3000 {
            self.settle();
        }
        found
    }

    fn settle(&mut self) {
        let rows: Vec<Row> = self.raw.iter().flat_map(|kept| kept.0.iter().copied()).collect();
        let mut lists = Lists::new(&rows);
        for kept in self.raw.drain(..) {
            lists.push(&kept.0, &kept.1, kept.0.iter().map(evidence::start), &kept.2);
        }
        self.lists = Some(lists);
    }

    fn finish(mut self) -> Lists {
        if self.lists.is_none() {
            self.settle();
        }
        self.lists.unwrap_or_else(|| Lists::new::<{ evidence::COUNT }>(&[]))
    }
}

/// Keeps the true answers, the likeliest others, and some of the rest, which stand for all of it.
fn keep(desk: &Desk, question: &Question, options: &Options) -> Option<Kept> {
    let times = |candidate: u32| {
        question
            .answers
            .binary_search_by_key(&candidate, |(answer, _)| *answer)
            .ok()
            .map(|at| question.answers[at].1)
    };
    let (mut rows, mut weights, mut truths) = (Vec::new(), Vec::new(), Vec::new());
    let mut others = Vec::with_capacity(desk.candidates.len());
    for (at, candidate) in desk.candidates.iter().enumerate() {
        if let Some(times) = times(*candidate) {
            truths.push((rows.len() as u32, times as f32));
            rows.push(desk.rows[at]);
            weights.push(1.0);
        } else {
            others.push(at as u32);
        }
    }
    if truths.is_empty() {
        return None;
    }
    let likely = |at: &u32| evidence::likely(&desk.rows[*at as usize]);
    let (top, drawn) = options.kept;
    if others.len() > top + drawn {
        others.select_nth_unstable_by(top, |a, b| likely(b).total_cmp(&likely(a)).then(a.cmp(b)));
        let rest = others.len() - top;
        // A stride from an offset that the question gives is chance enough, and the same on every run.
        let hash = (u64::from(question.subject) << 32 | u64::from(question.relation)) ^ options.seed;
        let offset = (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as usize % rest;
        let tail = &mut others[top..];
        tail.sort_unstable();
        let picked: Vec<u32> = (0..drawn).map(|at| tail[(offset + at * rest / drawn) % rest]).collect();
        others.truncate(top);
        others.sort_unstable();
        weights.resize(rows.len() + top, 1.0);
        weights.resize(rows.len() + top + drawn, rest as f32 / drawn as f32);
        others.extend(picked);
    }
    rows.extend(others.iter().map(|at| desk.rows[*at as usize]));
    weights.resize(rows.len(), 1.0);
    Some((rows, weights, truths))
}
