//! Who holds which office: terms by the actor that they are of, every title brought into one spelling once.
//!
//! Which title answers to which is in `titles`; other questions with a day in them are in `history`.

use crate::history::holds;
use crate::{ActorEntry, ActorKind, Lexicon, Office, titles};
use demarche_record::Date;
use hashbrown::HashMap;
use std::cmp::Reverse;

/// Terms by the actor that they are of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    /// Titles in the spelling they are compared in, none twice.
    titles: Vec<String>,
    of: HashMap<u32, Vec<Term>>,
    /// By number of the title: the only actor that it is of, none where there are several.
    only: Vec<Option<u32>>,
}

/// One office of one person.
#[derive(Debug, Clone, Copy)]
struct Term {
    title: u32,
    person: u32,
    office: u32,
    from: Option<Date>,
    until: Option<Date>,
}

/// Who holds an office, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Number of the person.
    pub person: u32,
    /// Number of the office among those of the person.
    pub office: u32,
}

impl Terms {
    pub(crate) fn new(actors: &[ActorEntry], id: impl Fn(&str) -> Option<u32>) -> Self {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut terms = Self::default();
        for (person, actor) in actors.iter().enumerate() {
            for (office, held) in actor.offices.iter().enumerate() {
                let Some(of) = id(&held.of) else { continue };
                let title = *numbers.entry(held.title.as_str()).or_insert_with(|| {
                    terms.titles.push(titles::plain(&held.title).into_owned());
                    terms.only.push(Some(of));
                    terms.titles.len() as u32 - 1
                });
                let only = &mut terms.only[title as usize];
                *only = only.filter(|&o| o == of);
                let (person, office) = (person as u32, office as u32);
                let term = Term { title, person, office, from: held.from, until: held.until };
                terms.of.entry(of).or_default().push(term);
            }
        }
        terms
    }
}

impl Lexicon {
    /// Who held an office of the actor `of` (an id) on a day; as [`Lexicon::held`].
    pub fn holder(&self, title: &str, of: &str, on: Date) -> Option<u32> {
        self.held(title, self.actor_by_id(of)?, on).map(|held| held.person)
    }

    /// The office of the actor with the number `of` that a title names, and who held it on a day.
    ///
    /// `title` in any case; an office under another name answers where none bears the title itself ("premier" for
    /// "prime minister", "head" for a service's director, "leader" for whoever leads a state). Of several, the last
    /// appointed.
    pub fn held(&self, title: &str, of: u32, on: Date) -> Option<Held> {
        let terms = self.terms.of.get(&of)?;
        let asked = titles::plain(title);
        let entry = self.actors.get(of as usize)?;
        let state = matches!(entry.kind, ActorKind::State | ActorKind::Territory);
        let find = |asked: &str| {
            let fitting = terms.iter().filter(|t| holds(t.from, t.until, on)).filter_map(|t| {
                let fit = titles::fits(asked, &self.terms.titles[t.title as usize], state)?;
                Some((fit, Reverse(t.from), t.person, t.office))
            });
            fitting.min().map(|(_, _, person, office)| Held { person, office })
        };
        if state && (asked == "head of government" || titles::leads(&asked)) {
            let led = entry.led_by.iter().filter(|l| holds(l.from, l.until, on));
            if let Some(held) = led.filter_map(|l| find(&l.text)).next() {
                return Some(held);
            }
        }
        find(&asked)
    }

    /// The actor that a title is an office of, where it is of one alone: "pope".
    pub fn sole_office(&self, title: &str) -> Option<u32> {
        let asked = titles::plain(title);
        let number = self.terms.titles.iter().position(|t| *t == asked)?;
        self.terms.only[number]
    }

    /// Whether a title only says that somebody is first, and not by which office: "leader".
    pub fn leads(&self, title: &str) -> bool {
        titles::leads(&titles::plain(title))
    }

    /// The entry of an office.
    pub fn office(&self, held: Held) -> Option<&Office> {
        self.actors.get(held.person as usize)?.offices.get(held.office as usize)
    }
}
