//! The coder: sentences with their trees and mentions into events, lasting ties and mentions.
//!
//! [`Coder::code`] takes an article the whole way; [`Coder::explain`] shows what was tried and why; [`Coder::classify`]
//! answers for a marked pair. Reading and writing files is not here; words and trees come from `demarche-text`, names and
//! rules from `demarche-lexicon`.

mod ahead;
mod attribution;
mod beside;
mod bodies;
mod choice;
mod chunk;
mod circumstances;
mod claim;
mod classify;
mod coding;
mod comments;
mod compounds;
mod context;
mod coreference;
mod couple;
mod crowd;
mod described;
mod event_noun;
mod explain;
mod figures;
mod fitting;
mod harm;
mod map;
mod matching;
mod memory;
mod mentions;
mod modality;
mod naming;
mod nesting;
mod office;
mod operators;
mod organ;
mod origin;
mod party;
mod phrase;
mod place;
mod quotes;
mod records;
mod resolve;
mod seal;
mod shared;
mod slots;
mod speech;
mod standing;
mod ties;
mod time;
mod topics;
mod view;

pub use choice::{Choice, ChoiceError, ChoiceModel};
pub use circumstances::Circumstance;
pub use classify::{Answer, Pair};
pub use comments::Copies;
/// What the trainer shares with the coder about coreference. Changes with it, without notice.
pub mod workshop {
    pub use crate::coreference::{
        ChainPhrase, CoreferenceModel, Decision, Discourse, NEW, NOTHING, Phrase, Room, SIZE, alone, of, pair,
    };
}

pub use coreference::{CoreferenceError, CoreferenceModel};
pub use explain::{ExplainedActor, ExplainedRule, ExplainedSentence, ExplainedWord, Explanation};

use attribution::Cues;
use coding::Coding;
use context::Surroundings;
use coreference::{Discourse, Room, Words};
use demarche_lexicon::{Gazetteer, Lexicon, Mention};
use demarche_record::{
    Article, Attack, Comment, Date, Event, MentionRecord, Offsets, Span, Tie, Version, Zone,
};
use demarche_text::{Engine, Reading, Scratch, Sentence};
use harm::Incidents;
use memory::Memory;
use origin::Origin;
use quotes::{Course, Quoted};
use records::Setting;
use resolve::Resolver;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use view::View;

/// What to make of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Events.
    pub events: bool,
    /// Lasting ties.
    pub ties: bool,
    /// Mentions.
    pub mentions: bool,
    /// Attacks.
    pub attacks: bool,
    /// Also from readers' comments and boilerplate.
    pub all_zones: bool,
}

/// What was made of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coded {
    /// Events in the order of their words.
    pub events: Vec<Event>,
    /// Ties in the order of their words.
    pub ties: Vec<Tie>,
    /// Mentions in the order of their words.
    pub mentions: Vec<MentionRecord>,
    /// Readers' comments in the order of their words, where they were asked for by [`Coder::comments`].
    pub comments: Vec<Comment>,
    /// Attacks in the order in which they are first told.
    pub attacks: Vec<Attack>,
    /// Sentences read.
    pub sentences: u64,
    /// Words read.
    pub words: u64,
}

/// Time spent in each stage; only kept where the caller asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    /// Text into sentences and words; with a model that finds trees and sentences at once, nothing.
    pub split: Duration,
    /// Words into trees.
    pub parse: Duration,
    /// Names and roles.
    pub find: Duration,
    /// Trees into records.
    pub code: Duration,
}

/// Memory that is used again from article to article; one for each thread.
#[derive(Default)]
pub struct Desk {
    reading: Reading,
    scratch: Scratch,
    mentions: Vec<Mention>,
    words: Vec<Span>,
    memory: Memory,
    discourse: Discourse,
    room: Room,
    seen: mentions::Seen,
    /// Filled while set.
    pub timing: Option<Timing>,
}

/// What the sentences of an article hand on to each other.
struct Walk<'a> {
    course: &'a mut Course,
    quoted: Quoted,
    seen: &'a mut mentions::Seen,
    incidents: &'a mut Incidents,
}

/// Text engine, lexicon and rules together.
pub struct Coder {
    engine: Engine,
    lexicon: Lexicon,
    cues: Cues,
    choice: Option<Choice>,
    gazetteer: Option<Gazetteer>,
    words: Words,
    coreference: Option<CoreferenceModel>,
    version: Version,
}

impl Coder {
    /// Joins the parts; `program` is the version printed as `version.coder`.
    pub fn new(engine: Engine, lexicon: Lexicon, program: &str) -> Self {
        let version = Version {
            coder: program.to_owned(),
            lexicon: lexicon.hash().to_owned(),
            model: engine.model_name().to_owned(),
        };
        let cues = Cues::new(&lexicon);
        let words = Words::new(&lexicon);
        Self { engine, lexicon, cues, choice: None, gazetteer: None, words, coreference: None, version }
    }

    /// With models that weigh what the rules propose; without them the rules decide.
    pub fn with_choice(self, choice: Option<Choice>) -> Self {
        Self { choice, ..self }
    }

    /// With the towns of the world, which places are looked up in.
    pub fn with_gazetteer(self, gazetteer: Option<Gazetteer>) -> Self {
        Self { gazetteer, ..self }
    }

    /// With a model that links pronouns, descriptions and names to what they mean; without one a few rules do.
    pub fn with_coreference(self, coreference: Option<CoreferenceModel>) -> Self {
        Self { coreference, ..self }
    }

    pub(crate) fn choice(&self) -> Option<&Choice> {
        self.choice.as_ref()
    }

    /// The text engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What the records print as their makers.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The names of the lexicon in a sentence; both lists are emptied first.
    fn look_up(&self, text: &str, sentence: &Sentence, words: &mut Vec<Span>, mentions: &mut Vec<Mention>) {
        words.clear();
        words.extend(sentence.words.iter().map(|w| w.span));
        mentions.clear();
        self.lexicon.find(text, words, mentions);
    }

    /// The names in a sentence as its surroundings support them; `lands` are the states that the article named before, with how
    /// often, `on` is its day.
    fn look_up_among(
        &self,
        text: &str,
        (reading, number): (&Reading, usize),
        (lands, on): (&BTreeMap<String, u32>, Option<Date>),
        words: &mut Vec<Span>,
        mentions: &mut Vec<Mention>,
    ) {
        self.look_up(text, &reading.sentences()[number], words, mentions);
        Surroundings { lexicon: &self.lexicon, text, words, tree: reading.tree(number), lands, on }
            .settle(mentions);
    }

    /// Codes one article.
    pub fn code(&self, article: &Article, wanted: Wanted, desk: &mut Desk) -> Coded {
        let mut coded = Coded::default();
        let offsets = Offsets::new(&article.text);
        let text = article.text.as_str();
        let mut clock = Clock::new(desk.timing.is_some());
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        let begun = clock.lap();
        let mut spent = if reading.is_parsed() {
            Timing { parse: begun, ..Timing::default() }
        } else {
            Timing { split: begun, ..Timing::default() }
        };
        desk.memory.clear();
        let mut anchor = None;
        let mut origin = Origin::new(article.date);
        desk.discourse.clear();
        let mut course = Course::default();
        desk.seen.clear();
        let mut incidents = Incidents::default();
        for number in 0..reading.sentences().len() {
            let sentence = &reading.sentences()[number];
            coded.sentences += 1;
            coded.words += sentence.words.len() as u64;
            let above = origin.looks_above(number, sentence.zone);
            if !above && !wanted.all_zones && matches!(sentence.zone, Zone::Comment | Zone::Boilerplate) {
                continue;
            }
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            spent.parse += clock.lap();
            let around = (&origin.lands, origin.day);
            self.look_up_among(text, (&reading, number), around, &mut desk.words, &mut desk.mentions);
            spent.find += clock.lap();
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            self.link(&view, number as u32, &mut desk.discourse, &mut desk.room);
            let quoted = course.quotes.read(&view, number as u32);
            desk.memory.set_speaker(course.quotes.speaker(quoted).cloned());
            let resolver = Resolver::new(&view, &desk.memory, &desk.discourse, number as u32, origin.day);
            if above {
                origin.read_day(&resolver);
                if !wanted.all_zones {
                    continue;
                }
            }
            if reading.dateline() == Some(number) {
                origin.read(&resolver, &offsets, self.gazetteer.as_ref());
            }
            origin.note(&resolver);
            let times = view.times(origin.day, &mut anchor);
            let resolver = Resolver { times: &times, lands: &origin.lands, ..resolver };
            let walk = Walk { incidents: &mut incidents, course: &mut course, quoted, seen: &mut desk.seen };
            self.code_sentence((article, &origin), &offsets, resolver, wanted, walk, &mut coded);
            let names = resolver.names();
            desk.memory.hear(names, number as u32, &desk.discourse);
            spent.code += clock.lap();
        }
        coded.attacks = incidents.close();
        desk.reading = reading;
        if let Some(timing) = &mut desk.timing {
            timing.split += spent.split;
            timing.parse += spent.parse;
            timing.find += spent.find;
            timing.code += spent.code;
        }
        coded
    }

    fn code_sentence(
        &self,
        (article, origin): (&Article, &Origin),
        offsets: &Offsets,
        resolver: Resolver<'_, '_>,
        wanted: Wanted,
        Walk { course, quoted, seen, incidents }: Walk<'_>,
        coded: &mut Coded,
    ) {
        let mut coding = Coding::new(resolver);
        let mut events = if wanted.events { coding.events() } else { Vec::new() };
        if let Some(choice) = self.choice.as_ref().filter(|_| wanted.events) {
            events = self.weigh(choice, &mut coding, events);
        }
        let mut ties = if wanted.ties { coding.ties() } else { Vec::new() };
        topics::add(resolver.view, &mut events);
        self.cues.attribute(&resolver, &mut events);
        self.cues.attribute(&resolver, &mut ties);
        let map = origin.map(self.gazetteer.as_ref());
        // Where it happened and whom it counts is asked of a sentence only where a record can take it up.
        let told = wanted.attacks || !events.is_empty();
        let places = if told { place::places(&resolver, map.as_ref()) } else { Vec::new() };
        let counts = if told { harm::counts(resolver.view, offsets) } else { Vec::new() };
        let setting = Setting {
            article,
            origin,
            map,
            offsets,
            resolver,
            times: resolver.times,
            places: &places,
            version: &self.version,
        };
        let first = (coded.events.len(), coded.ties.len());
        coded.events.extend(events.iter().filter_map(|c| setting.event(c, &counts)));
        let mut once = Vec::new();
        for tie in &ties {
            let before = coded.ties.len();
            setting.ties(tie, &mut coded.ties);
            if tie.once {
                once.extend(coded.ties[before..].iter().map(|t| t.id.clone()));
            }
        }
        course.once(&mut coded.ties, first.1, &once);
        course.quotes.settle(&setting, quoted, (&mut coded.events, &mut coded.ties), first);
        if wanted.attacks {
            let attribute = |claims: &mut [claim::Claim]| self.cues.attribute(&resolver, claims);
            for telling in harm::tellings(&setting, &counts, attribute) {
                incidents.add(telling, &article.id, &self.version);
            }
        }
        if wanted.mentions {
            mentions::mentions(&setting, seen, &mut coded.mentions);
        }
    }
}

/// A stop watch that costs nothing where nobody looks at it. What it shows never enters a record.
struct Clock(Option<Instant>);

impl Clock {
    fn new(on: bool) -> Self {
        Self(on.then(Instant::now))
    }

    fn lap(&mut self) -> Duration {
        match &mut self.0 {
            Some(last) => {
                let now = Instant::now();
                let spent = now - *last;
                *last = now;
                spent
            }
            None => Duration::ZERO,
        }
    }
}
