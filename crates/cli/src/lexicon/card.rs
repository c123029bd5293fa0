//! One entry of the lexicon as people read it.

use crate::layout::Paragraph;
use crate::lexicon::find::found_by;
use crate::terminal::{FAINT, NAME, PLAIN, STRONG, Terminal};
use demarche_lexicon::{
    ActorEntry, ActorKind, AgentEntry, AgentKind, Entry, Lexicon, Membership, Name, PlaceEntry, PlaceKind,
    TitleEntry, Via,
};
use demarche_record::Date;

/// Members of a body that are listed; of a larger one only their number is told.
const MEMBERS: usize = 40;

/// Draws entries.
pub struct Card<'o> {
    terminal: Terminal,
    out: &'o mut String,
    /// Only what held on this day.
    on: Option<Date>,
    /// How the entry was found.
    by: &'static str,
}

/// A stretch of time: first day and one past the last.
type Term = (Option<Date>, Option<Date>);

impl<'o> Card<'o> {
    /// Draws into `out`; what did not hold on the day is left out.
    pub fn new(terminal: Terminal, out: &'o mut String, on: Option<Date>) -> Self {
        Self { terminal, out, on, by: "" }
    }

    /// Draws one entry, found by some of its words or its id.
    pub fn entry(&mut self, lexicon: &Lexicon, entry: Entry, via: Option<Via>) {
        self.by = found_by(via);
        match entry {
            Entry::Actor(i) => self.actor(lexicon, &lexicon.actors[i as usize], i),
            Entry::Agent(i) => self.agent(lexicon, &lexicon.agents[i as usize]),
            Entry::Place(i) => self.place(lexicon, &lexicon.places[i as usize]),
            Entry::Title(i) => self.title(lexicon, &lexicon.titles[i as usize]),
        }
    }

    fn actor(&mut self, lexicon: &Lexicon, actor: &ActorEntry, number: u32) {
        let kind = called(ActorKind::NAMES, actor.kind);
        self.head(&actor.id, &actor.name, kind, &actor.file, actor.line);
        let names = actor.names.iter().filter(|n| self.holds((n.from, n.until)));
        let names: Vec<String> = names.map(name).collect();
        self.row("names", &names);
        self.row("adjectives", &actor.adjectives);
        self.row("people", &actor.people);
        let country = match self.on {
            Some(day) => lexicon.country_of(number, day).map(str::to_owned),
            None => actor.country.clone(),
        };
        self.row("country", country.filter(|c| *c != actor.id).as_slice());
        self.row("sectors", &actor.sectors);
        self.row("capital", actor.capital.as_slice());
        self.row("seats", &actor.seats);
        self.row("cities", &actor.cities);
        let codes: Vec<String> =
            actor.codes.iter().map(|(scheme, code)| format!("{scheme} {code}")).collect();
        self.row("codes", &codes);
        if actor.from.is_some() || actor.until.is_some() {
            self.row("existed", &[term((actor.from, actor.until))]);
        }
        let part_of = self.bodies(lexicon, &actor.part_of);
        self.row("part of", &part_of);
        let members = self.bodies(lexicon, &actor.members);
        if members.len() > MEMBERS {
            self.row("members", &[members.len().to_string()]);
        } else {
            self.row("members", &members);
        }
        for office in &actor.offices {
            if self.holds((office.from, office.until)) {
                let of = named(lexicon, &office.of);
                let line = format!("{} of {of}{}", office.title, dated((office.from, office.until)));
                self.row("office", &[line]);
            }
        }
        for standing in &actor.status {
            if self.holds((standing.from, standing.until)) {
                let label = standing.label.iter().map(|label| format!(" as {label}"));
                let source = standing.source.iter().map(|source| format!(" [{source}]"));
                let line = format!(
                    "{}{} by {}{}{}",
                    standing.kind,
                    label.collect::<String>(),
                    named(lexicon, &standing.by),
                    dated((standing.from, standing.until)),
                    source.collect::<String>(),
                );
                self.row("status", &[line]);
            }
        }
        self.row("ambiguous", &actor.ambiguous);
        self.source(lexicon, &actor.source, &actor.file);
    }

    /// Where the facts come from: as the entry says, else as its file does.
    fn source(&mut self, lexicon: &Lexicon, own: &[String], file: &str) {
        let file = lexicon.sources.get(file).map_or(&[][..], Vec::as_slice);
        self.row("source", if own.is_empty() { file } else { own });
    }

    fn agent(&mut self, lexicon: &Lexicon, agent: &AgentEntry) {
        let first = agent.words.first().map_or("", String::as_str);
        let kind = format!("role noun for a {}", called(AgentKind::NAMES, agent.kind));
        self.head(first, "", &kind, &agent.file, agent.line);
        self.row("words", &agent.words);
        self.row("plural", &agent.plural);
        self.row("sectors", &agent.sectors);
        self.source(lexicon, &[], &agent.file);
    }

    fn place(&mut self, lexicon: &Lexicon, place: &PlaceEntry) {
        let kind = called(PlaceKind::NAMES, place.kind);
        self.head(&place.name, "", kind, &place.file, place.line);
        self.row("names", &place.names);
        self.row("country", place.country.as_slice());
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            self.row("lies at", &[format!("{lat}, {lon}")]);
        }
        self.source(lexicon, &[], &place.file);
    }

    fn title(&mut self, lexicon: &Lexicon, title: &TitleEntry) {
        let first = title.words.first().map_or("", String::as_str);
        self.head(first, "", "personal title", &title.file, title.line);
        self.row("words", &title.words);
        self.row("short", &title.abbreviations);
        self.row("sectors", &title.sectors);
        self.source(lexicon, &[], &title.file);
    }

    fn head(&mut self, id: &str, name: &str, kind: &str, file: &str, line: u32) {
        let mut head = Paragraph::new(self.out, self.terminal.paint, 0, self.terminal.width);
        head.push(STRONG, id).push(PLAIN, "  ");
        if !name.is_empty() && name != id {
            head.push(STRONG, name).push(PLAIN, "  ");
        }
        head.push(NAME, kind).push(FAINT, &format!("  by {}  {file}:{line}", self.by));
        head.end();
    }

    fn row(&mut self, label: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let mut row = Paragraph::new(self.out, self.terminal.paint, 2, self.terminal.width);
        row.push(FAINT, label).push(FAINT, ": ").push(PLAIN, &values.join(", "));
        row.end();
    }

    fn bodies(&self, lexicon: &Lexicon, memberships: &[Membership]) -> Vec<String> {
        memberships
            .iter()
            .filter(|m| self.holds((m.from, m.until)))
            .map(|m| named(lexicon, &m.id) + &dated((m.from, m.until)))
            .collect()
    }

    fn holds(&self, (from, until): Term) -> bool {
        self.on.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
    }
}

/// What a kind is called in the sources.
fn called<K: PartialEq + Copy>(names: &'static [(&'static str, K)], kind: K) -> &'static str {
    names.iter().find(|(_, k)| *k == kind).map_or("", |(name, _)| name)
}

fn name(name: &Name) -> String {
    format!("{}{}", name.text, dated((name.from, name.until)))
}

/// The usual name of an actor, or the id where there is none.
fn named(lexicon: &Lexicon, id: &str) -> String {
    lexicon.actor_by_id(id).map_or(id, |i| &lexicon.actors[i as usize].name).to_owned()
}

/// A term in brackets, nothing where it has no ends.
fn dated(ends: Term) -> String {
    match ends {
        (None, None) => String::new(),
        ends => format!(" ({})", term(ends)),
    }
}

fn term(ends: Term) -> String {
    match ends {
        (Some(from), Some(until)) => format!("{from} until {until}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    }
}
