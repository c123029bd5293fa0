//! Why the coder says what it says: words and tree, actors and how each was resolved, rules that fired and rules that
//! nearly did, with their files and lines.

use crate::coding::{Coding, Tried};
use crate::matching::Missing;
use crate::origin::Origin;
use crate::party::Party;
use crate::resolve::Resolver;
use crate::view::View;
use crate::{Coder, Desk, Wanted};
use demarche_lexicon::{Entry, Held, Table};
use demarche_record::{Article, CharSpan, Date, Event, Link, Offsets, Tie};
use serde::Serialize;

/// Everything about a short text.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// Sentence by sentence.
    pub sentences: Vec<ExplainedSentence>,
    /// The events.
    pub events: Vec<Event>,
    /// The ties.
    pub ties: Vec<Tie>,
}

/// One sentence.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedSentence {
    /// Number in the text, from 0.
    pub sentence: u32,
    /// The text.
    pub text: String,
    /// Words with their place in the tree.
    pub words: Vec<ExplainedWord>,
    /// Who is named, and how that was found.
    pub actors: Vec<ExplainedActor>,
    /// Rules that were tried.
    pub rules: Vec<ExplainedRule>,
}

/// One word of the tree.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedWord {
    /// The word as it stands.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Its word class.
    pub upos: String,
    /// Its head, counted from 1; 0 for the root.
    pub head: usize,
    /// Its relation.
    pub deprel: String,
}

/// One noun phrase that names somebody.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedActor {
    /// The phrase.
    pub text: String,
    /// Where it stands.
    pub span: CharSpan,
    /// The id it resolved to.
    pub id: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Its sectors.
    pub sectors: Vec<String>,
    /// How it was found.
    pub link: Link,
    /// File and line of the entry.
    pub entry: Option<String>,
    /// The earlier phrase it was taken to mean.
    pub antecedent: Option<String>,
    /// The office by which a person is meant, with its term, half-open: "president of FRA from 2007-05-16 until 2012-05-15".
    pub office: Option<String>,
    /// The other readings of its name, best first: ids of actors, names of places, role nouns.
    pub others: Vec<String>,
}

/// One rule that was tried at a word.
#[derive(Debug, Clone, Serialize)]
pub struct ExplainedRule {
    /// The word.
    pub word: String,
    /// The rule.
    pub rule: String,
    /// What it makes.
    pub outcome: String,
    /// Source file.
    pub file: String,
    /// Line in it.
    pub line: u32,
    /// Whether it fits.
    pub fired: bool,
    /// What it lacked.
    pub missing: Option<String>,
}

impl Coder {
    /// Codes an article and keeps everything that was tried.
    pub fn explain(&self, article: &Article, desk: &mut Desk) -> Explanation {
        let wanted = Wanted { events: true, ties: true, mentions: false, attacks: false, all_zones: true };
        let coded = self.code(article, wanted, desk);
        let text = article.text.as_str();
        let offsets = Offsets::new(text);
        let mut sentences = Vec::new();
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine.begin(text, &mut desk.scratch, &mut reading);
        desk.memory.clear();
        desk.discourse.clear();
        let mut origin = Origin::new(article.date);
        let mut anchor = None;
        for number in 0..reading.sentences().len() {
            self.engine.parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            let around = (&origin.lands, article.date);
            self.look_up_among(text, (&reading, number), around, &mut desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), &self.lexicon, &desk.mentions);
            self.link(&view, number as u32, &mut desk.discourse, &mut desk.room);
            let resolver = Resolver::new(&view, &desk.memory, &desk.discourse, number as u32, article.date);
            origin.note(&resolver);
            let times = view.times(article.date, &mut anchor);
            let resolver = Resolver { times: &times, lands: &origin.lands, ..resolver };
            let mut coding = Coding::new(resolver).traced();
            coding.events();
            coding.ties();
            let names = resolver.names();
            let mut parties: Vec<Party> = names.iter().map(|(party, _)| party.clone()).collect();
            for head in desk.discourse.heads() {
                if !parties.iter().any(|p| p.head == head) {
                    parties.extend(Some(resolver.party(head)).filter(|p| p.antecedent.is_some()));
                }
            }
            parties.sort_by_key(|p| p.head);
            sentences.push(ExplainedSentence {
                sentence: number as u32,
                text: sentence.span.of(text).to_owned(),
                words: words(&view),
                actors: parties.iter().map(|p| self.explained(&view, p, &offsets)).collect(),
                rules: coding.into_tried().iter().map(|t| self.tried(&view, t)).collect(),
            });
            desk.memory.hear(names, number as u32, &desk.discourse);
        }
        desk.reading = reading;
        Explanation { sentences, events: coded.events, ties: coded.ties }
    }

    fn explained(&self, view: &View<'_>, party: &Party, offsets: &Offsets) -> ExplainedActor {
        let record = party.record(&self.lexicon, view.text, view.span(party.head), offsets);
        let entry = match (party.entity(), party.roles.first()) {
            (Some(a), _) => {
                let entry = &self.lexicon.actors[a as usize];
                Some(format!("{}:{}", entry.file, entry.line))
            }
            (None, Some(&r)) => {
                let entry = &self.lexicon.agents[r as usize];
                Some(format!("{}:{}", entry.file, entry.line))
            }
            _ => None,
        };
        ExplainedActor {
            text: record.text,
            span: record.span,
            id: record.id,
            country: record.country,
            sectors: record.sectors,
            link: record.link,
            entry,
            antecedent: party.antecedent.map(|span| span.of(view.text).to_owned()),
            office: party.held.and_then(|held| self.term(held)),
            others: self.others(view, party),
        }
    }

    /// An office with its term.
    fn term(&self, held: Held) -> Option<String> {
        let office = self.lexicon.office(held)?;
        let end = |word: &str, day: Option<Date>| day.map_or_else(String::new, |d| format!(" {word} {d}"));
        let (from, until) = (end("from", office.from), end("until", office.until));
        Some(format!("{} of {}{from}{until}", office.title, office.of))
    }

    /// What the words of a party's name may stand for too.
    fn others(&self, view: &View<'_>, party: &Party) -> Vec<String> {
        let lexicon = &self.lexicon;
        let Some(mention) = view.mention(party.head) else { return Vec::new() };
        let readings = mention.candidates.iter().filter_map(|c| match c.entry {
            Entry::Actor(a) if party.actor == Some(a) || party.owner == Some(a) => None,
            Entry::Actor(a) => Some(lexicon.actors[a as usize].id.clone()),
            Entry::Place(p) => Some(format!("the place {}", lexicon.places[p as usize].name)),
            Entry::Agent(r) if party.roles.contains(&r) => None,
            Entry::Agent(r) => lexicon.agents[r as usize].words.first().map(|w| format!("the noun {w}")),
            Entry::Title(_) => None,
        });
        let mut others: Vec<String> = Vec::new();
        for reading in readings {
            if !others.contains(&reading) {
                others.push(reading);
            }
        }
        others
    }

    fn tried(&self, view: &View<'_>, tried: &Tried) -> ExplainedRule {
        let e = tried.rule.entry as usize;
        let (rule, outcome, file, line) = match tried.rule.table {
            Table::Operator => {
                let o = &self.lexicon.operators[e];
                (&o.rule, o.becomes.map_or("changes the inner event", |t| t.as_str()), &o.file, o.line)
            }
            Table::Pattern => {
                let p = &self.lexicon.patterns[e];
                (&p.rule, p.outcome.as_str(), &p.file, p.line)
            }
            Table::Tie => {
                let p = &self.lexicon.ties[e];
                (&p.rule, p.outcome.as_str(), &p.file, p.line)
            }
            Table::Speech => {
                let s = &self.lexicon.speech[e];
                (&s.file, "attribution", &s.file, s.line)
            }
        };
        let missing = tried.missing.as_ref().map(|m| match m {
            Missing::Words => "its further words are not there".to_owned(),
            Missing::Head(slot) => format!("`{slot}` has none of the heads it asks for"),
            Missing::Forbidden(slot) => format!("`{slot}` has a head it excludes"),
            Missing::Actor(role) => format!("no political actor as {role}"),
            Missing::Inner => "no event in its inner slots".to_owned(),
        });
        ExplainedRule {
            word: view.form(tried.at).to_owned(),
            rule: rule.clone(),
            outcome: outcome.to_owned(),
            file: file.clone(),
            line,
            fired: missing.is_none(),
            missing,
        }
    }
}

fn words(view: &View<'_>) -> Vec<ExplainedWord> {
    (0..view.len())
        .map(|i| ExplainedWord {
            form: view.form(i).to_owned(),
            lemma: view.lemma(i).to_owned(),
            upos: view.upos(i).as_str().to_owned(),
            head: view.head(i).map_or(0, |h| h + 1),
            deprel: view.rel(i).as_str().to_owned(),
        })
        .collect()
}
