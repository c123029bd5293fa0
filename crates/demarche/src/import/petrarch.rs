//! PETRARCH's and CAMEO's dictionaries of actors and agents.
//!
//! Where the two programs that read them differ, the documented meaning is taken: dated codes go before undated ones,
//! of which the last counts; a time holds its first day and not its last; `NGO~` goes before the actor's code. One phrase
//! may head several records; their codes are put together. Verb dictionaries are not read.

use super::ImportError;
use super::draft::{Dated, Draft, Post, What};
use super::petrarch_codes::{Coded, codes, meaning};
use super::spool::{At, Spool};
use demarche_lexicon::{ActorKind, Entry, Lexicon};
use demarche_record::Span;
use std::collections::{BTreeMap, HashMap};

/// Small words inside names.
const SMALL: [&str; 14] =
    ["of", "the", "and", "for", "in", "on", "to", "de", "da", "del", "al", "bin", "von", "van"];
/// Letters of a name of one word that is taken for an acronym.
const ACRONYM: usize = 3;

/// Dictionaries as they are read: records may go on over files.
#[derive(Default)]
pub(super) struct Dictionary {
    records: Vec<Record>,
    heads: HashMap<String, usize>,
    /// The record that lines with `+` and `[` belong to.
    current: Option<usize>,
    /// Inside `<!-- … -->`.
    comment: bool,
    sets: BTreeMap<String, Vec<String>>,
    agents: Vec<(Draft, String, u64)>,
}

struct Record {
    phrases: Vec<String>,
    codes: Vec<Coded>,
    place: String,
    line: u64,
}

impl Dictionary {
    /// Takes a line.
    pub(super) fn line(&mut self, line: &str, at: At<'_>, spool: &mut Spool<'_>) {
        if let Err(message) = self.read(line, at) {
            spool.refuse(at, "import::bad-row", message);
        }
    }

    /// After the last line of a file.
    pub(super) fn end_file(&mut self) {
        (self.current, self.comment) = (None, false);
    }

    fn read(&mut self, line: &str, at: At<'_>) -> Result<(), String> {
        if self.comment {
            self.comment = !line.contains("-->");
            return Ok(());
        }
        if line.starts_with("<!") {
            self.comment = !line.contains("-->");
            return Ok(());
        }
        let line = line.split('#').next().unwrap_or_default().trim_end();
        let line = if line.starts_with(';') { "" } else { line.split(" ;").next().unwrap_or_default() };
        let text = line.trim();
        if text.is_empty() {
            return Ok(());
        }
        if let Some((name, words)) = text.split_once('=')
            && text.starts_with('!')
        {
            let words = words.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty());
            self.sets.insert(name.trim().to_owned(), words.collect());
            return Ok(());
        }
        let (phrase, bracket) = match text.find('[') {
            Some(bracket) => text.split_at(bracket),
            None => (text, ""),
        };
        if bracket.contains('~') {
            return self.agent(phrase, bracket, at);
        }
        let codes = codes(bracket)?;
        if let Some(synonym) = phrase.strip_prefix('+') {
            let record = self.record()?;
            record.phrases.push(named(synonym).ok_or("a synonym without a word")?);
            record.codes.extend(codes);
        } else if phrase.trim().is_empty() {
            self.record()?.codes.extend(codes);
        } else {
            let head = named(phrase).ok_or("a record without a word")?;
            let fresh = self.records.len();
            let number = *self.heads.entry(head.clone()).or_insert(fresh);
            if number == fresh {
                let place = at.place.to_owned();
                self.records.push(Record { phrases: vec![head], codes: Vec::new(), place, line: at.line });
            }
            self.records[number].codes.extend(codes);
            self.current = Some(number);
        }
        Ok(())
    }

    fn record(&mut self) -> Result<&mut Record, String> {
        let current = self.current.and_then(|number| self.records.get_mut(number));
        current.ok_or_else(|| "the line belongs to no record: none begins before it".to_owned())
    }

    fn agent(&mut self, phrase: &str, bracket: &str, at: At<'_>) -> Result<(), String> {
        let code = bracket[1..].split_once(']').ok_or("a bracket does not close")?.0.trim();
        let (phrase, plural) = match phrase.split_once('{') {
            Some((phrase, rest)) => {
                let inside = rest.split_once('}').ok_or("a brace does not close")?.0;
                (phrase, inside.split(',').filter_map(named).map(|w| w.to_lowercase()).collect())
            }
            None => (phrase, Vec::new()),
        };
        let mut phrases = vec![phrase.to_owned()];
        for (set, words) in &self.sets {
            if phrase.contains(set.as_str()) {
                phrases = words.iter().map(|word| phrase.replace(set.as_str(), word)).collect();
            }
        }
        if phrases[0].contains('!') {
            return Err(format!("`{}` names a set that is not defined before it", phrase.trim()));
        }
        let mut words = phrases.iter().filter_map(|p| named(p)).map(|w| w.to_lowercase());
        let name = words.next().ok_or("an agent without a word")?;
        let coded = Coded { code: code.trim_matches('~').to_owned(), ..Coded::default() };
        let meaning = meaning(&coded.groups(), |_| None);
        let mut remarks = vec!["its kind is guessed: person, group or body".to_owned()];
        if code.ends_with('~') {
            remarks.push(format!("`{code}` goes before an actor's code"));
        }
        if meaning.sectors.is_empty() {
            remarks.push(format!("`{code}` is no sector of PLOVER"));
        }
        let names = words.map(|w| Dated::from(w.as_str())).collect();
        let kind = "person".to_owned();
        let draft = Draft {
            what: What::Agent,
            kind,
            name,
            names,
            plural,
            sectors: meaning.sectors,
            remarks,
            ..Draft::default()
        };
        self.agents.push((draft, at.place.to_owned(), at.line));
        Ok(())
    }

    /// After the last file: gives all that was read.
    pub(super) fn finish(&mut self, spool: &mut Spool<'_>) -> Result<(), ImportError> {
        for record in self.records.drain(..) {
            let at = At { place: &record.place, line: record.line };
            match draft(&record, spool) {
                Ok(Some(draft)) => spool.push(draft, at)?,
                Ok(None) => spool.tally.repeated += 1,
                Err(message) => spool.refuse(at, "import::bad-code", message),
            }
        }
        for (mut draft, place, line) in self.agents.drain(..) {
            let known = spool.lexicon().agents.iter().find(|a| a.words.contains(&draft.name));
            match known {
                Some(known) if known.sectors == draft.sectors => spool.tally.repeated += 1,
                known => {
                    if let Some(known) = known {
                        let sectors = known.sectors.join(" ");
                        draft.remarks.push(format!("the lexicon has it with the sectors {sectors}"));
                    }
                    spool.push(draft, At { place: &place, line })?;
                }
            }
        }
        Ok(())
    }
}

/// The entry of a record; none for a state that the lexicon knows by all these names.
fn draft(record: &Record, spool: &Spool<'_>) -> Result<Option<Draft>, String> {
    let real: Vec<&Coded> = record.codes.iter().filter(|c| !c.code.starts_with("---")).collect();
    let dated: Vec<&Coded> = real.iter().copied().filter(|c| c.is_dated()).collect();
    let undated = real.iter().rev().find(|c| !c.is_dated());
    let first = undated.or(dated.first()).ok_or("a record without a code")?;
    let state = |code: &str| spool.state(code).map(str::to_owned);
    let plain = meaning(&first.groups(), state);
    let names: Vec<&str> = record.phrases.iter().map(String::as_str).collect();
    let mut remarks: Vec<String> = Vec::new();
    let is_state = |id: &String| spool.lexicon().actor_by_id(id).is_some();
    if let Some(id) =
        plain.country.as_ref().filter(|id| first.groups().len() == 1 && dated.is_empty() && is_state(id))
    {
        if names_actor(spool.lexicon(), names[0], id) {
            return Ok(state_draft(spool.lexicon(), id, &names));
        }
        remarks.push(format!("its kind is guessed: the dictionary only says that it belongs to {id}"));
    }
    let kind = match (&plain.role, plain.country.as_deref()) {
        _ if !dated.is_empty() => "person",
        (Some((_, kind)), _) => kind,
        (None, Some("MNC")) => "company",
        (None, Some("IMG")) => "group",
        (None, Some("ISM")) => "movement",
        _ => "organisation",
    };
    let mut draft = Draft {
        kind: kind.to_owned(),
        name: names[0].to_owned(),
        names: names[1..].iter().map(|n| Dated::from(*n)).collect(),
        country: plain.country,
        ..Draft::default()
    };
    let mut unknown = plain.unknown;
    if undated.is_some() {
        draft.sectors = plain.sectors;
    }
    for coded in &dated {
        let meaning = meaning(&coded.groups(), state);
        unknown.extend(meaning.unknown);
        match (meaning.role, meaning.country) {
            (Some((title, _)), Some(of)) if is_state(&of) => draft.offices.push(Post {
                title: title.to_owned(),
                of,
                from: coded.from.clone(),
                until: coded.until.clone(),
            }),
            _ => remarks.push(format!("`{}` is left out: it is no office of a state", coded.code)),
        }
    }
    if !draft.offices.is_empty() {
        remarks.push("the titles only say what the dated codes do".to_owned());
    }
    if !unknown.is_empty() {
        unknown.sort();
        unknown.dedup();
        remarks.push(format!("codes that mean nothing here: {}", unknown.join(" ")));
    }
    draft.remarks = remarks;
    Ok(Some(draft))
}

/// Further names of a state; none if there are none.
fn state_draft(lexicon: &Lexicon, id: &str, names: &[&str]) -> Option<Draft> {
    let actor = &lexicon.actors[lexicon.actor_by_id(id)? as usize];
    let new: Vec<Dated> =
        names.iter().filter(|n| !names_actor(lexicon, n, id)).map(|n| Dated::from(*n)).collect();
    let kind =
        ActorKind::NAMES.iter().find(|(_, kind)| *kind == actor.kind).map_or("state", |(name, _)| name);
    (!new.is_empty()).then(|| Draft {
        id: Some(id.to_owned()),
        kind: kind.to_owned(),
        name: actor.name.clone(),
        names: new,
        remarks: vec![
            "names of a state that the lexicon lacks: are they names, or towns and people?".to_owned(),
        ],
        ..Draft::default()
    })
}

/// Whether a text, as a whole, is one of the words for an actor.
fn names_actor(lexicon: &Lexicon, text: &str, id: &str) -> bool {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        words.push(Span::new(at, at + word.len()));
        at += word.len() + 1;
    }
    let mut mentions = Vec::new();
    lexicon.find(text, &words, &mut mentions);
    mentions.iter().filter(|m| m.words == (0..words.len() as u32)).any(|mention| {
        mention.candidates.iter().any(|c| match c.entry {
            Entry::Actor(i) => lexicon.actors[i as usize].id == id,
            _ => false,
        })
    })
}

/// A phrase of a dictionary, which is in capitals throughout, as a name stands in text.
fn named(phrase: &str) -> Option<String> {
    let parts: Vec<&str> = phrase.split(['_', ' ', '\t']).filter(|w| !w.is_empty()).collect();
    if let [only] = parts.as_slice()
        && only.chars().count() <= ACRONYM
    {
        return Some((*only).to_owned());
    }
    let words: Vec<String> = parts.iter().enumerate().map(|(at, word)| cased(word, at == 0)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn cased(word: &str, first: bool) -> String {
    let small = word.to_lowercase();
    if !first && SMALL.contains(&small.as_str()) {
        return small;
    }
    let mut out = String::new();
    let mut start = true;
    for c in small.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = matches!(c, '-' | '.');
    }
    out
}
