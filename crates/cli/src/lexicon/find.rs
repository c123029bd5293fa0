//! `lexicon find`: the entries that a name, an id or a role noun leads to.

use crate::Screen;
use crate::args::{Answer, LexiconSource};
use crate::failure::{Failure, SOME_FAILED};
use crate::lexicon::card::Card;
use crate::parse::Text;
use crate::stream::Sink as _;
use demarche::engine;
use demarche_lexicon::{Entry, Lexicon};
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
    let lexicon = engine::lexicon(source.lexicon.as_deref())?;
    let entries = find(&lexicon, name, on);
    let mut out = Text::open(None)?;
    let mut shown = String::new();
    for entry in &entries {
        match format {
            Answer::Json => {
                let line = json(&lexicon, *entry).map_err(|cause| Failure::stdout(cause.into()))?;
                shown.push_str(&line);
                shown.push('\n');
            }
            Answer::Text => {
                if !shown.is_empty() {
                    shown.push('\n');
                }
                let mut card = Card::new(screen.out, &mut shown, on);
                card.entry(&lexicon, *entry);
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

/// Entries with this id, entries that this text names, and entries with this name in other letters.
fn find(lexicon: &Lexicon, name: &str, on: Option<Date>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let name = name.trim();
    let wanted = name.to_lowercase();
    let by_id = lexicon.actors.iter().position(|a| a.id.to_lowercase() == wanted);
    entries.extend(by_id.map(|i| Entry::Actor(i as u32)));
    let words: Vec<Span> = name
        .split_whitespace()
        .map(|word| {
            let start = word.as_ptr() as usize - name.as_ptr() as usize;
            Span::new(start, start + word.len())
        })
        .collect();
    let mut mentions = Vec::new();
    lexicon.find(name, &words, &mut mentions);
    let whole = mentions.iter().filter(|m| m.words == (0..words.len() as u32));
    let holds = |from: Option<Date>, until: Option<Date>| {
        on.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
    };
    entries.extend(
        whole
            .flat_map(|mention| &mention.candidates)
            .filter(|candidate| holds(candidate.from, candidate.until))
            .map(|candidate| candidate.entry),
    );
    let same = |other: &String| other.to_lowercase() == wanted;
    for (i, actor) in lexicon.actors.iter().enumerate() {
        let dated = |n: &demarche_lexicon::Name| same(&n.text) && holds(n.from, n.until);
        if same(&actor.name) || actor.names.iter().any(dated) {
            entries.push(Entry::Actor(i as u32));
        }
    }
    for (i, place) in lexicon.places.iter().enumerate() {
        if same(&place.name) || place.names.iter().any(same) {
            entries.push(Entry::Place(i as u32));
        }
    }
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(*entry));
    entries
}

/// Names that hold what was asked for, in the order of the alphabet.
fn near(lexicon: &Lexicon, name: &str) -> Vec<String> {
    let wanted = name.trim().to_lowercase();
    if wanted.chars().count() < 3 {
        return Vec::new();
    }
    let names: BTreeSet<&str> = lexicon
        .actors
        .iter()
        .flat_map(|actor| std::iter::once(&actor.name).chain(actor.names.iter().map(|n| &n.text)))
        .chain(lexicon.agents.iter().flat_map(|agent| &agent.words))
        .chain(lexicon.places.iter().map(|place| &place.name))
        .filter(|other| other.to_lowercase().contains(&wanted))
        .map(String::as_str)
        .collect();
    names.into_iter().take(NEAR).map(|name| format!("`{name}`")).collect()
}

/// One entry as JSON, with the table it is from.
fn json(lexicon: &Lexicon, entry: Entry) -> serde_json::Result<String> {
    fn line<T: Serialize>(table: &'static str, entry: &T) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Tagged<'e, T> {
            table: &'static str,
            #[serde(flatten)]
            entry: &'e T,
        }
        serde_json::to_string(&Tagged { table, entry })
    }
    match entry {
        Entry::Actor(i) => line("actors", &lexicon.actors[i as usize]),
        Entry::Agent(i) => line("agents", &lexicon.agents[i as usize]),
        Entry::Place(i) => line("places", &lexicon.places[i as usize]),
        Entry::Title(i) => line("titles", &lexicon.titles[i as usize]),
    }
}
