//! The coder: sentences with their trees and mentions into events, lasting ties and mentions.
//!
//! [`Coder::code`] takes an article the whole way; [`Coder::explain`] shows what was tried and why; [`Coder::classify`]
//! answers for a marked pair. Reading and writing files is not here; words and trees come from `demarche-text`, names and
//! rules from `demarche-lexicon`.

mod ahead;
mod attribution;
mod calendar;
mod choice;
mod claim;
mod classify;
mod coding;
mod coreference;
mod explain;
mod fitting;
mod matching;
mod memory;
mod mentions;
mod modality;
mod operators;
mod party;
mod phrase;
mod place;
mod records;
mod resolve;
mod shared;
mod slots;
mod ties;
mod topics;
mod view;
mod when;

pub use choice::{Choice, ChoiceError, ChoiceModel};
pub use classify::{Answer, Pair};
pub use explain::{ExplainedActor, ExplainedRule, ExplainedSentence, ExplainedWord, Explanation};

use attribution::Cues;
use coding::Coding;
use demarche_lexicon::{Lexicon, Mention};
use demarche_record::{Article, Event, MentionRecord, Offsets, Span, Tie, Version, Zone};
use demarche_text::{Engine, Reading, Scratch};
use memory::Memory;
use records::Setting;
use resolve::Resolver;
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
    /// Filled while set.
    pub timing: Option<Timing>,
}

/// Text engine, lexicon and rules together.
pub struct Coder {
    engine: Engine,
    lexicon: Lexicon,
    cues: Cues,
    choice: Option<Choice>,
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
        Self { engine, lexicon, cues, choice: None, version }
    }

    /// With models that weigh what the rules propose; without them the rules decide.
    pub fn with_choice(self, choice: Option<Choice>) -> Self {
        Self { choice, ..self }
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
        for number in 0..reading.sentences().len() {
            let sentence = &reading.sentences()[number];
            coded.sentences += 1;
            coded.words += sentence.words.len() as u64;
            if !wanted.all_zones && matches!(sentence.zone, Zone::Comment | Zone::Boilerplate) {
                continue;
            }
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            spent.parse += clock.lap();
            desk.words.clear();
            desk.words.extend(sentence.words.iter().map(|w| w.span));
            desk.mentions.clear();
            self.lexicon.find(text, &desk.words, &mut desk.mentions);
            spent.find += clock.lap();
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            let resolver =
                Resolver { view: &view, memory: &desk.memory, sentence: number as u32, on: article.date };
            self.code_sentence(article, &offsets, resolver, wanted, &mut coded);
            let names = resolver.names();
            for (party, rank) in names {
                desk.memory.add(party, number as u32, rank);
            }
            spent.code += clock.lap();
        }
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
        article: &Article,
        offsets: &Offsets,
        resolver: Resolver<'_, '_>,
        wanted: Wanted,
        coded: &mut Coded,
    ) {
        let mut coding = Coding::new(resolver);
        let mut events = if wanted.events { coding.events() } else { Vec::new() };
        if let Some(choice) = self.choice.as_ref().filter(|_| wanted.events) {
            events = self.weigh(choice, &mut coding, events);
        }
        let mut ties = if wanted.ties { coding.ties() } else { Vec::new() };
        if events.is_empty() && ties.is_empty() && !wanted.mentions {
            return;
        }
        topics::add(resolver.view, &mut events);
        self.cues.attribute(&resolver, &mut events);
        self.cues.attribute(&resolver, &mut ties);
        let times = resolver.view.times(article.date);
        let places = if wanted.events { place::places(&resolver) } else { Vec::new() };
        let setting =
            Setting { article, offsets, resolver, times: &times, places: &places, version: &self.version };
        coded.events.extend(events.iter().filter_map(|c| setting.event(c)));
        for tie in &ties {
            setting.ties(tie, &mut coded.ties);
        }
        if wanted.mentions {
            mentions::mentions(&setting, &mut coded.mentions);
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
