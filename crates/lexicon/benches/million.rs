//! A million names: how long a lexicon of them takes to be made ready, and how fast names are found in running text.
//!
//! `cargo bench -p demarche-lexicon --bench million` prints one JSON object on one line. One thread does it all; nothing is
//! judged here. Names and text are made up of syllables from a fixed seed: a quarter of a million actors with four names each,
//! and sixteen megabytes of text in which every twelfth word or so begins a name.

use demarche_lexicon::{ActorEntry, ActorKind, Image, Lexicon, Mention, Name};
use demarche_record::Span;
use std::hint::black_box;
use std::time::Instant;

const ACTORS: usize = 250_000;
const TEXT_BYTES: usize = 16 << 20;
const RUNS: usize = 5;

fn main() {
    let mut random = Random(1990);
    let book = Book::new(&mut random);
    let actors: Vec<ActorEntry> = (0..ACTORS).map(|number| book.actor(number, &mut random)).collect();
    let aliases: usize = actors.iter().map(|a| 1 + a.names.len()).sum();
    let text = book.text(&actors, &mut random);
    let bytes = Lexicon::from_image(Image { actors, ..Image::default() }).to_bytes();

    let (load, lexicon) = best(|| Lexicon::from_bytes(&bytes).expect("its own bytes"));
    let sentences: Vec<(&str, Vec<Span>)> = text.lines().map(|line| (line, words(line))).collect();
    let (find, mentions) = best(|| {
        let mut out: Vec<Mention> = Vec::new();
        let mut count = 0;
        for (sentence, words) in &sentences {
            lexicon.find(sentence, words, &mut out);
            count += black_box(&out).len();
        }
        count
    });
    println!(
        "{{\"aliases\":{aliases},\"image_bytes\":{},\"load_seconds\":{load:.3},\"text_bytes\":{},\
         \"mentions\":{mentions},\"find_seconds\":{find:.3},\"megabytes_a_second\":{:.1}}}",
        bytes.len(),
        text.len(),
        text.len() as f64 / 1e6 / find,
    );
}

/// The shortest of several runs in seconds, and what the last one made.
fn best<T>(mut run: impl FnMut() -> T) -> (f64, T) {
    let mut seconds = f64::INFINITY;
    let mut last = None;
    for _ in 0..RUNS {
        drop(last.take());
        let clock = Clock::start();
        last = Some(run());
        seconds = seconds.min(clock.seconds());
    }
    (seconds, last.expect("at least one run"))
}

/// The time this thread had a processor for, where the system tells it (Linux), so that what else runs on the machine does
/// not count; else the time by the wall.
struct Clock {
    wall: Instant,
    processor: Option<u64>,
}

impl Clock {
    fn start() -> Self {
        Self { wall: Instant::now(), processor: Self::nanos() }
    }

    fn nanos() -> Option<u64> {
        std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
    }

    fn seconds(&self) -> f64 {
        match (self.processor, Self::nanos()) {
            (Some(from), Some(to)) => (to - from) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

/// Words as the text engine parts them, near enough: at space, with signs standing alone.
fn words(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = 0;
    for (at, sign) in line.bytes().enumerate() {
        if matches!(sign, b' ' | b',' | b'.') {
            spans.extend((from < at).then(|| Span::new(from, at)));
            spans.extend((sign != b' ').then(|| Span::new(at, at + 1)));
            from = at + 1;
        }
    }
    spans.extend((from < line.len()).then(|| Span::new(from, line.len())));
    spans
}

/// Numbers of a fixed sequence (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % bound as u64) as usize
    }
}

/// Words that names and text are made of.
struct Book {
    given: Vec<String>,
    family: Vec<String>,
    bodies: Vec<String>,
    plain: Vec<String>,
}

impl Book {
    fn new(random: &mut Random) -> Self {
        let mut list = |count: usize, most: usize, capital: bool| -> Vec<String> {
            (0..count)
                .map(|_| {
                    let syllables = 1 + random.below(most);
                    let mut word = String::new();
                    (0..syllables).for_each(|_| syllable(random, &mut word));
                    if capital { word[..1].to_uppercase() + &word[1..] } else { word }
                })
                .collect()
        };
        Self {
            given: list(20_000, 3, true),
            family: list(200_000, 4, true),
            bodies: list(5_000, 4, true),
            plain: list(30_000, 4, false),
        }
    }

    fn name(&self, random: &mut Random) -> String {
        let pick = |list: &[String], random: &mut Random| list[random.below(list.len())].clone();
        match random.below(4) {
            0 => {
                let words = 2 + random.below(4);
                let parts: Vec<String> = (0..words).map(|_| pick(&self.bodies, random)).collect();
                parts.join(" ")
            }
            1 => pick(&self.family, random) + "-" + &pick(&self.family, random),
            _ => pick(&self.given, random) + " " + &pick(&self.family, random),
        }
    }

    fn actor(&self, number: usize, random: &mut Random) -> ActorEntry {
        let alias = |text| Name { text, from: None, until: None };
        ActorEntry {
            id: format!("actor-{number}"),
            kind: ActorKind::Person,
            name: self.name(random),
            names: (0..3).map(|_| alias(self.name(random))).collect(),
            adjectives: Vec::new(),
            people: Vec::new(),
            capital: None,
            seats: Vec::new(),
            cities: Vec::new(),
            country: Some("FRA".to_owned()),
            sectors: vec!["GOV".to_owned()],
            part_of: Vec::new(),
            members: Vec::new(),
            codes: [("wikidata".to_owned(), format!("Q{number}"))].into(),
            status: Vec::new(),
            from: None,
            until: None,
            offices: Vec::new(),
            led_by: Vec::new(),
            ambiguous: Vec::new(),
            examples: Vec::new(),
            source: Vec::new(),
            file: "people.toml".to_owned(),
            line: number as u32,
        }
    }

    fn text(&self, actors: &[ActorEntry], random: &mut Random) -> String {
        let mut text = String::with_capacity(TEXT_BYTES + 1024);
        while text.len() < TEXT_BYTES {
            for word in 0..12 + random.below(20) {
                if word > 0 {
                    text.push_str(if random.below(14) == 0 { ", " } else { " " });
                }
                match random.below(12) {
                    0 => text.push_str(&actors[random.below(actors.len())].name),
                    // The word of rank n is n times as rare as the first (Zipf), as words are.
                    _ => {
                        let share = random.below(1 << 20) as f64 / f64::from(1 << 20);
                        let rank = (self.plain.len() as f64).powf(share) as usize;
                        text.push_str(&self.plain[rank - 1]);
                    }
                }
            }
            text.push_str(".\n");
        }
        text
    }
}

fn syllable(random: &mut Random, to: &mut String) {
    let mut pick = |of: &[&'static str]| of[random.below(of.len())];
    to.push_str(pick(&[
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "kh", "st",
    ]));
    to.push_str(pick(&["a", "e", "i", "o", "u"]));
    to.push_str(pick(&["", "", "n", "r", "s", "l"]));
}
