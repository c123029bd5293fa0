//! Drafts on their way to a file: checked, given ids, kept outside memory until all references can be resolved, written.

use super::draft::{Dated, Draft, What, mend_interval, slug};
use super::{ImportError, Tally, write};
use demarche_lexicon::{ActorKind, Lexicon, key, shown, unfit};
use demarche_record::{Note, Severity};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'p> {
    pub place: &'p str,
    pub line: u64,
}

impl At<'_> {
    /// A note on a row that cannot be used.
    pub(super) fn error(&self, code: &'static str, message: String) -> Note {
        self.note(Severity::Error, code, message)
    }

    /// A note on a row that comes through without something.
    pub(super) fn warning(&self, code: &'static str, message: String) -> Note {
        self.note(Severity::Warning, code, message)
    }

    fn note(&self, severity: Severity, code: &'static str, message: String) -> Note {
        let place = self.place.to_owned();
        Note { place, line: Some(self.line), span: None, severity, code, message, hint: None }
    }
}

/// Drafts and what is known of them.
pub(super) struct Spool<'l> {
    lexicon: &'l Lexicon,
    states: HashMap<String, String>,
    file: BufWriter<std::fs::File>,
    /// Ids given away.
    taken: HashSet<String>,
    /// What the list calls an entry, and the id it got.
    keys: HashMap<String, String>,
    /// Of places: the most people that a place of this name has, and its number.
    largest: HashMap<String, (u64, u64)>,
    /// Claims about entries that stand on lines of their own, by what the list calls the entry.
    pub claims: BTreeMap<String, Vec<super::draft::Claim>>,
    /// Offices that stand for themselves, by what the list calls them: title, and what they are an office of.
    pub posts: HashMap<String, (String, Option<String>)>,
    /// Offices of an entry that stand on lines of their own, by what the list calls the entry.
    pub held: BTreeMap<String, Vec<super::draft::Post>>,
    places: u64,
    pub tally: Tally,
    pub notes: Vec<Note>,
}

impl<'l> Spool<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Result<Self, ImportError> {
        let file = tempfile::tempfile().map_err(ImportError::Spool)?;
        let mut states = HashMap::new();
        for actor in &lexicon.actors {
            if !matches!(actor.kind, ActorKind::State | ActorKind::Territory) {
                continue;
            }
            // A code that a state of the past had goes to the one that has it now.
            for scheme in ["iso2", "cameo"] {
                if let Some(code) = actor.codes.get(scheme)
                    && (actor.until.is_none() || !states.contains_key(code))
                {
                    states.insert(code.clone(), actor.id.clone());
                }
            }
        }
        for actor in &lexicon.actors {
            if let Some(code) = actor.codes.get("wikidata") {
                states.insert(code.clone(), actor.id.clone());
            }
        }
        Ok(Self {
            lexicon,
            states,
            file: BufWriter::new(file),
            taken: HashSet::new(),
            keys: HashMap::new(),
            largest: HashMap::new(),
            claims: BTreeMap::new(),
            posts: HashMap::new(),
            held: BTreeMap::new(),
            places: 0,
            tally: Tally::default(),
            notes: Vec::new(),
        })
    }

    pub(super) fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// The state a code or id names: ISO 3166-1 of two or three letters, CAMEO, Wikidata where it is known.
    pub(super) fn state(&self, code: &str) -> Option<&str> {
        let upper = code.to_ascii_uppercase();
        if let Some(i) = self.lexicon.actor_by_id(&upper) {
            return Some(&self.lexicon.actors[i as usize].id);
        }
        self.states.get(&upper).map(String::as_str)
    }

    /// Refuses a row.
    pub(super) fn refuse(&mut self, at: At<'_>, code: &'static str, message: String) {
        self.tally.refused += 1;
        self.notes.push(at.error(code, message));
    }

    /// A row of JSON; one that is not `what` is refused.
    pub(super) fn parsed<T: DeserializeOwned>(&mut self, text: &str, what: &str, at: At<'_>) -> Option<T> {
        match serde_json::from_str(text) {
            Ok(row) => Some(row),
            Err(cause) => {
                self.refuse(at, "import::bad-row", format!("not {what}: {cause}"));
                None
            }
        }
    }

    /// Takes a draft: names that are none are left out, with a note; without a usable name it is refused.
    pub(super) fn push(&mut self, mut draft: Draft, at: At<'_>) -> Result<(), ImportError> {
        if let Some(cause) = unfit(&draft.name) {
            self.refuse(at, "import::unfit-name", format!("`{}` is no name: {cause}", shown(&draft.name)));
            return Ok(());
        }
        if !draft.key.is_empty() && self.keys.contains_key(&draft.key) {
            self.tally.repeated += 1;
            return Ok(());
        }
        self.clean(&mut draft, at);
        match draft.what {
            What::Actor => {
                let id = self.id(&draft);
                if !draft.key.is_empty() {
                    self.keys.insert(draft.key.clone(), id.clone());
                }
                self.taken.insert(id.clone());
                draft.id = Some(id);
            }
            What::Place => {
                self.places += 1;
                let this = (draft.population, u64::MAX - self.places);
                let best = self.largest.entry(key(&draft.name)).or_default();
                *best = this.max(*best);
                draft.key = self.places.to_string();
            }
            What::Agent => {}
        }
        serde_json::to_writer(&mut self.file, &draft).map_err(|e| ImportError::Spool(e.into()))?;
        self.file.write_all(b"\n").map_err(ImportError::Spool)
    }

    fn clean(&mut self, draft: &mut Draft, at: At<'_>) {
        let mut notes = Vec::new();
        let mut is_name = |text: &str| {
            let cause = unfit(text);
            if let Some(cause) = cause {
                let message = format!("`{}` is no name and is left out: {cause}", shown(text));
                notes.push(at.warning("import::unfit-name", message));
            }
            cause.is_none()
        };
        let usual = draft.name.clone();
        let mut seen = HashSet::new();
        draft.names.retain(|n| n.text != usual && is_name(&n.text) && seen.insert(n.text.clone()));
        let lists = [
            &mut draft.adjectives,
            &mut draft.people,
            &mut draft.seats,
            &mut draft.cities,
            &mut draft.plural,
        ];
        for list in lists {
            let mut seen = HashSet::new();
            list.retain(|t| is_name(t) && seen.insert(t.clone()));
        }
        draft.capital = draft.capital.take().filter(|t| is_name(t));
        let refused = notes.len() as u64;
        self.notes.extend(notes);
        self.tally.names_refused += refused;
    }

    /// The id of an actor: that of the lexicon where it is the same one, else one that nobody has yet.
    fn id(&self, draft: &Draft) -> String {
        let wished = draft.id.clone().unwrap_or_else(|| slug(&draft.name));
        let free = |id: &str| !self.taken.contains(id);
        let known = self.lexicon.actor_by_id(&wished).map(|i| &self.lexicon.actors[i as usize]);
        let same = known.is_none_or(|actor| {
            let kind = ActorKind::NAMES.iter().any(|(name, k)| *name == draft.kind && *k == actor.kind);
            let country = draft.country.as_deref().map(|c| self.state(c).unwrap_or(c));
            kind && (country.is_none() || actor.country.is_none() || country == actor.country.as_deref())
        });
        if same && !wished.is_empty() && free(&wished) {
            return wished;
        }
        let nobody = |id: &str| free(id) && self.lexicon.actor_by_id(id).is_none();
        let stem = if wished.is_empty() { "actor".to_owned() } else { wished.to_ascii_lowercase() };
        let key = slug(&draft.key);
        let with_key = if key.is_empty() { stem.clone() } else { format!("{stem}-{key}") };
        if nobody(&with_key) {
            return with_key;
        }
        // Ends: there are fewer ids than numbers.
        (2u64..).map(|n| format!("{with_key}-{n}")).find(|id| nobody(id)).unwrap_or(with_key)
    }

    /// Writes all drafts, with their references resolved.
    pub(super) fn finish(mut self, out: &mut dyn Write) -> Result<(Tally, Vec<Note>), ImportError> {
        let file = std::mem::replace(
            &mut self.file,
            BufWriter::new(tempfile::tempfile().map_err(ImportError::Spool)?),
        );
        let mut file = file.into_inner().map_err(|e| ImportError::Spool(e.into_error()))?;
        file.rewind().map_err(ImportError::Spool)?;
        for line in BufReader::new(file).lines() {
            let line = line.map_err(ImportError::Spool)?;
            let mut draft: Draft = serde_json::from_str(&line).map_err(|e| ImportError::Spool(e.into()))?;
            if draft.what == What::Place && !self.is_largest(&draft) {
                self.tally.smaller += 1;
                continue;
            }
            self.resolve(&mut draft);
            out.write_all(write::entry(&draft).as_bytes()).map_err(ImportError::Write)?;
            self.tally.kept += 1;
        }
        out.flush().map_err(ImportError::Write)?;
        Ok((self.tally, self.notes))
    }

    fn is_largest(&self, draft: &Draft) -> bool {
        let number: u64 = draft.key.parse().unwrap_or_default();
        self.largest.get(&key(&draft.name)) == Some(&(draft.population, u64::MAX - number))
    }

    fn resolve(&mut self, draft: &mut Draft) {
        if let Some(claims) = self.claims.remove(&draft.key) {
            draft.status.extend(claims);
        }
        draft.offices.extend(self.held.remove(&draft.key).into_iter().flatten());
        let mut lost = 0;
        draft.country = draft.country.take().and_then(|code| {
            let found = self.country(&code);
            lost += u64::from(found.is_none());
            found
        });
        let mut bodies = |list: &mut Vec<Dated>| {
            list.retain_mut(|body| match self.anybody(&body.text) {
                Some(id) if Some(&id) != draft.id.as_ref() => {
                    body.text = id;
                    mend_interval(body.from.as_deref(), &mut body.until)
                }
                _ => {
                    lost += 1;
                    false
                }
            });
        };
        bodies(&mut draft.part_of);
        bodies(&mut draft.members);
        draft.offices.retain_mut(|office| {
            let label = self.posts.get(&office.of).map(|(label, of)| {
                office.of = of.clone().unwrap_or_default();
                label
            });
            let found = self.anybody(&office.of);
            if let (Some(label), Some(id)) = (label, &found) {
                office.title = self.title(label, id);
            }
            match found {
                Some(id) if !office.title.is_empty() => {
                    office.of = id;
                    mend_interval(office.from.as_deref(), &mut office.until)
                }
                _ => {
                    lost += 1;
                    false
                }
            }
        });
        draft.status.retain_mut(|claim| match self.anybody(&claim.by) {
            Some(id) => {
                claim.by = id;
                mend_interval(claim.from.as_deref(), &mut claim.until)
            }
            None => {
                lost += 1;
                false
            }
        });
        if !mend_interval(draft.from.as_deref(), &mut draft.until) {
            draft.until = None;
            draft.remarks.push("its end comes before its beginning and is left out".to_owned());
        }
        self.tally.dangling += lost;
    }

    /// The title in the name of an office: "president" of "President of France".
    pub(super) fn title(&self, label: &str, of: &str) -> String {
        let actor = self.lexicon.actor_by_id(of).map(|i| &self.lexicon.actors[i as usize]);
        let names =
            actor.into_iter().flat_map(|a| std::iter::once(&a.name).chain(a.names.iter().map(|n| &n.text)));
        let adjectives = actor.into_iter().flat_map(|a| &a.adjectives);
        let cut = names
            .flat_map(|name| [format!(" of the {name}"), format!(" of {name}")])
            .find_map(|end| label.strip_suffix(&end))
            .or_else(|| adjectives.map(|a| format!("{a} ")).find_map(|start| label.strip_prefix(&start)));
        cut.unwrap_or(label).to_lowercase()
    }

    fn country(&self, code: &str) -> Option<String> {
        if self.lexicon.ontology.stateless.contains_key(code) {
            return Some(code.to_owned());
        }
        let id = self.keys.get(code).cloned().or_else(|| self.state(code).map(str::to_owned))?;
        let three = id.len() == 3 && id.bytes().all(|b| b.is_ascii_uppercase());
        three.then_some(id)
    }

    fn anybody(&self, reference: &str) -> Option<String> {
        if reference.is_empty() {
            return None;
        }
        if self.taken.contains(reference) || self.lexicon.actor_by_id(reference).is_some() {
            return Some(reference.to_owned());
        }
        self.keys.get(reference).cloned().or_else(|| self.state(reference).map(str::to_owned))
    }
}
