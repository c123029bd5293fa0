//! `lexicon find`: the entries that a name, an id or a role noun leads to.

use crate::Screen;
use crate::additions;
use crate::args::{Answer, LexiconSource};
use crate::failure::{Failure, SOME_FAILED};
use crate::lexicon::card::Card;
use crate::parse::Text;
use crate::stream::Sink as _;
use demarche_lexicon::{Entry, Lexicon, Via};
use demarche_record::{Date, Span};
use serde::Serialize;
use std::collections::BTreeSet;

/// Names that come near, shown where nothing is found.
const NEAR: usize = 10;

/// Runs the command; the exit status.
pub fn run(
    name: &str,
    on: Option<Date>,
    format: Answer,
    source: &LexiconSource,
    screen: Screen,
) -> Result<u8, Failure> {
    let lexicon = additions::lexicon(source)?;
    let entries = find(&lexicon, name, on);
    let mut out = Text::open(None)?;
    let mut shown = String::new();
    for (entry, via) in &entries {
        match format {
            Answer::Json => {
                let line = json(&lexicon, *entry, *via).map_err(|cause| Failure::stdout(cause.into()))?;
                shown.push_str(&line);
                shown.push('\n');
            }
            Answer::Text => {
                if !shown.is_empty() {
                    shown.push('\n');
                }
                let mut card = Card::new(screen.out, &mut shown, on);
                card.entry(&lexicon, *entry, *via);
            }
        }
    }
    out.write(&shown)?;
    out.flush()?;
    if !entries.is_empty() {
        return Ok(0);
    }
    let mut message = format!("the lexicon has no `{}`", crate::stream::tame(name));
    if let Some(day) = on {
        message.push_str(&format!(" on {day}"));
    }
    let near = near(&lexicon, name);
    if !near.is_empty() {
        message.push_str(&format!("; it has {}", near.join(", ")));
    }
    message.push('\n');
    crate::stream::complain(&message);
    Ok(SOME_FAILED)
}

/// An entry and by which of its words it was found; none for its id.
type Found = (Entry, Option<Via>);

/// Entries with this id, entries that this text names, and entries with a name that is the same in other letters.
fn find(lexicon: &Lexicon, name: &str, on: Option<Date>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let name = name.trim();
    let wanted = name.to_lowercase();
    let by_id = lexicon.actors.iter().position(|a| a.id.to_lowercase() == wanted);
    found.extend(by_id.map(|i| (Entry::Actor(i as u32), None)));
    let mut at = 0;
    let mut words = Vec::new();
    for word in name.split_whitespace() {
        // Every word is found, in order: it was cut out of this text.
        at += name[at..].find(word).unwrap_or_default();
        words.push(Span::new(at, at + word.len()));
        at += word.len();
    }
    let mut mentions = Vec::new();
    lexicon.find(name, &words, &mut mentions);
    let holds = |from: Option<Date>, until: Option<Date>| {
        on.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
    };
    let whole = 0..words.len() as u32;
    for mention in mentions.iter().filter(|mention| mention.words == whole) {
        let in_use = mention.candidates.iter().filter(|c| holds(c.from, c.until));
        found.extend(in_use.map(|candidate| (candidate.entry, Some(candidate.via))));
    }
    each_name(lexicon, &mut |entry, via, other, from, until| {
        if other.to_lowercase() == wanted && holds(from, until) {
            found.push((entry, Some(via)));
        }
    });
    let mut seen = BTreeSet::new();
    found.retain(|(entry, _)| seen.insert(*entry));
    found
}

/// Takes an entry, how a name is one of it, the name, and the days it holds from and until.
type Give<'g> = dyn FnMut(Entry, Via, &str, Option<Date>, Option<Date>) + 'g;

/// Gives every name of every entry, with the time it was in use.
fn each_name(lexicon: &Lexicon, give: &mut Give<'_>) {
    for (i, actor) in lexicon.actors.iter().enumerate() {
        let entry = Entry::Actor(i as u32);
        let (from, until) = (actor.from, actor.until);
        give(entry, Via::Name, &actor.name, from, until);
        for name in &actor.names {
            give(entry, Via::Alias, &name.text, name.from.or(from), name.until.or(until));
        }
        let others = [
            (Via::Adjective, actor.adjectives.as_slice()),
            (Via::People, &actor.people),
            (Via::Capital, actor.capital.as_slice()),
            (Via::Seat, &actor.seats),
            (Via::City, &actor.cities),
        ];
        for (via, names) in others {
            for name in names {
                give(entry, via, name, from, until);
            }
        }
    }
    for (i, agent) in lexicon.agents.iter().enumerate() {
        for name in agent.words.iter().chain(&agent.plural) {
            give(Entry::Agent(i as u32), Via::Role, name, None, None);
        }
    }
    for (i, place) in lexicon.places.iter().enumerate() {
        let entry = Entry::Place(i as u32);
        give(entry, Via::Name, &place.name, None, None);
        for name in &place.names {
            give(entry, Via::Alias, name, None, None);
        }
    }
    for (i, title) in lexicon.titles.iter().enumerate() {
        for name in title.words.iter().chain(&title.abbreviations) {
            give(Entry::Title(i as u32), Via::Title, name, None, None);
        }
    }
}

/// Names that hold what was asked for, in the order of the alphabet.
fn near(lexicon: &Lexicon, name: &str) -> Vec<String> {
    let wanted = name.trim().to_lowercase();
    if wanted.chars().count() < 3 {
        return Vec::new();
    }
    let mut names = BTreeSet::new();
    each_name(lexicon, &mut |_, _, name, _, _| {
        if name.to_lowercase().contains(&wanted) {
            names.insert(name.to_owned());
        }
    });
    names.into_iter().take(NEAR).map(|name| format!("`{name}`")).collect()
}

/// One entry as JSON, with the table it is from and by which of its words it was found.
fn json(lexicon: &Lexicon, entry: Entry, via: Option<Via>) -> serde_json::Result<String> {
    fn line<T: Serialize>(table: &'static str, via: Option<Via>, entry: &T) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Tagged<'e, T> {
            table: &'static str,
            via: &'static str,
            #[serde(flatten)]
            entry: &'e T,
        }
        let via = found_by(via);
        serde_json::to_string(&Tagged { table, via, entry })
    }
    match entry {
        Entry::Actor(i) => line("actors", via, &lexicon.actors[i as usize]),
        Entry::Agent(i) => line("agents", via, &lexicon.agents[i as usize]),
        Entry::Place(i) => line("places", via, &lexicon.places[i as usize]),
        Entry::Title(i) => line("titles", via, &lexicon.titles[i as usize]),
    }
}

/// What the words are called by which an entry was found.
pub fn found_by(via: Option<Via>) -> &'static str {
    match via {
        None => "id",
        Some(Via::Name) => "name",
        Some(Via::Alias) => "alias",
        Some(Via::Adjective) => "adjective",
        Some(Via::People) => "people",
        Some(Via::Capital) => "capital",
        Some(Via::Seat) => "seat",
        Some(Via::City) => "city",
        Some(Via::Role) => "role",
        Some(Via::Title) => "title",
    }
}
