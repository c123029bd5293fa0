//! Every spelling under which an entry can be found, as a tree of runs: what `find` walks.
//!
//! Built once when a lexicon is made ready, from names, adjectives, capitals, role nouns with their plurals, titles.

use crate::case::{BODIES, Case, PARTICLES, WORDS};
use crate::fold::{Shape, key, pieces};
use crate::{ActorEntry, Candidate, Entry, Image, Via, plural::plural};
use demarche_record::Date;
use hashbrown::{HashMap, HashSet};
use std::cmp::Reverse;
use std::ops::Range;

/// One spelling of one entry.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// Cases of its runs, in [`Forms::cases`].
    pub cases: Range<u32>,
    pub candidate: Candidate,
}

/// A place in the tree and the forms that end there.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    start: u32,
    end: u32,
}

/// The tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forms {
    runs: HashMap<Vec<u8>, u32>,
    /// From the root, by run; 0: nothing.
    first: Vec<u32>,
    /// From other nodes, by node and run.
    next: HashMap<(u32, u32), u32>,
    nodes: Vec<Node>,
    forms: Vec<Form>,
    cases: Vec<Case>,
    /// The article, which some names begin with.
    pub article: u32,
}

/// A run that is in no form.
pub(crate) const UNKNOWN: u32 = 0;

impl Forms {
    pub(crate) fn run(&self, folded: &[u8]) -> u32 {
        self.runs.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// The node that a form's first run leads to.
    pub(crate) fn enter(&self, run: u32) -> Option<u32> {
        self.first.get(run as usize).copied().filter(|n| *n != 0)
    }

    pub(crate) fn step(&self, node: u32, run: u32) -> Option<u32> {
        self.next.get(&(node, run)).copied()
    }

    /// The forms that end at a node, best first.
    pub(crate) fn ending(&self, node: u32) -> &[Form] {
        let Node { start, end } = self.nodes[node as usize];
        &self.forms[start as usize..end as usize]
    }

    pub(crate) fn cases(&self, form: &Form) -> &[Case] {
        &self.cases[form.cases.start as usize..form.cases.end as usize]
    }

    pub(crate) fn new(image: &Image) -> Self {
        let mut spellings = Spellings::new();
        for (i, actor) in image.actors.iter().enumerate() {
            spellings.actor(i as u32, actor);
        }
        for (i, agent) in image.agents.iter().enumerate() {
            let role = plain(Entry::Agent(i as u32), Via::Role);
            for word in &agent.words {
                spellings.add(word, role);
                if let Some(many) = plural(word) {
                    spellings.add(&many, role);
                }
            }
            for word in &agent.plural {
                spellings.add(word, role);
            }
        }
        for (i, place) in image.places.iter().enumerate() {
            spellings.add(&place.name, plain(Entry::Place(i as u32), Via::Name));
            for name in &place.names {
                spellings.add(name, plain(Entry::Place(i as u32), Via::Alias));
            }
        }
        for (i, title) in image.titles.iter().enumerate() {
            for word in title.words.iter().chain(&title.abbreviations) {
                spellings.add(word, plain(Entry::Title(i as u32), Via::Title));
            }
        }
        spellings.plant()
    }
}

fn plain(entry: Entry, via: Via) -> Candidate {
    Candidate { entry, via, ambiguous: false, from: None, until: None }
}

/// Spellings as they are gathered.
struct Spellings {
    runs: HashMap<Vec<u8>, u32>,
    /// What is known of the words that got their numbers first.
    common: Vec<Common>,
    all: Vec<Spelling>,
    /// By actor: since when it held its last office. Of people with one name, the last to hold one goes first.
    recent: Vec<Option<Date>>,
    /// Scratch for one spelling.
    found: Vec<(u32, Shape)>,
}

/// Which of the lists below a word stands in.
#[derive(Clone, Copy, Default)]
struct Common {
    particle: bool,
    body: bool,
    word: bool,
}

struct Spelling {
    runs: Vec<u32>,
    cases: Vec<Case>,
    candidate: Candidate,
}

impl Spellings {
    fn new() -> Self {
        let mut new = Self {
            runs: HashMap::new(),
            common: vec![Common::default()],
            all: Vec::new(),
            recent: Vec::new(),
            found: Vec::new(),
        };
        for word in PARTICLES {
            new.common(word).particle = true;
        }
        for word in BODIES {
            new.common(word).body = true;
        }
        for word in WORDS {
            new.common(word).word = true;
        }
        new
    }

    fn common(&mut self, word: &str) -> &mut Common {
        let run = self.number(word.as_bytes()) as usize;
        if self.common.len() <= run {
            self.common.resize(run + 1, Common::default());
        }
        &mut self.common[run]
    }

    fn number(&mut self, folded: &[u8]) -> u32 {
        let fresh = self.runs.len() as u32 + 1;
        *self.runs.entry_ref(folded).or_insert(fresh)
    }

    fn actor(&mut self, i: u32, actor: &ActorEntry) {
        self.recent.push(actor.offices.iter().filter_map(|o| o.from).max());
        let ambiguous: Vec<String> = actor.ambiguous.iter().map(|a| key(a)).collect();
        let mut add = |text: &str, via, from, until| {
            let ambiguous = !ambiguous.is_empty() && ambiguous.contains(&key(text));
            self.add(text, Candidate { entry: Entry::Actor(i), via, ambiguous, from, until });
        };
        add(&actor.name, Via::Name, actor.from, actor.until);
        for n in &actor.names {
            add(&n.text, Via::Alias, n.from.or(actor.from), n.until.or(actor.until));
        }
        let lists: [(&[String], Via); 5] = [
            (&actor.adjectives, Via::Adjective),
            (&actor.people, Via::People),
            (actor.capital.as_slice(), Via::Capital),
            (&actor.seats, Via::Seat),
            (&actor.cities, Via::City),
        ];
        for (list, via) in lists {
            for text in list {
                add(text, via, actor.from, actor.until);
            }
        }
    }

    fn add(&mut self, text: &str, candidate: Candidate) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        let mut dotted: Vec<Vec<u8>> = Vec::new();
        for word in text.split_whitespace() {
            pieces(word, |bytes, shape| {
                if shape.dotted {
                    dotted.push(bytes.to_vec());
                }
                found.push((self.number(bytes), shape));
            });
        }
        if found.iter().any(|(_, shape)| shape.letters > 0) {
            let cases = self.cases(&found);
            let runs: Vec<u32> = found.iter().map(|(run, _)| *run).collect();
            if !dotted.is_empty() {
                self.apart(&found, &cases, &dotted, candidate);
            }
            self.all.push(Spelling { runs, cases, candidate });
        }
        self.found = found;
    }

    /// An acronym with dots may also stand with spaces: "U. S."
    fn apart(&mut self, found: &[(u32, Shape)], cases: &[Case], dotted: &[Vec<u8>], candidate: Candidate) {
        let mut dotted = dotted.iter();
        let mut spelling = Spelling { runs: Vec::new(), cases: Vec::new(), candidate };
        for ((run, shape), case) in found.iter().zip(cases) {
            match shape.dotted.then(|| dotted.next()).flatten() {
                Some(letters) => {
                    for letter in letters.chunks(1) {
                        spelling.runs.push(self.number(letter));
                        spelling.cases.push(Case::Capital);
                    }
                }
                None => {
                    spelling.runs.push(*run);
                    spelling.cases.push(*case);
                }
            }
        }
        self.all.push(spelling);
    }

    /// How each run must look, from how it looks in the source. Small words and, after the first run, nouns for kinds of
    /// bodies may stand with a small letter: "Labour party", "the Hague".
    fn cases(&self, found: &[(u32, Shape)]) -> Vec<Case> {
        let common = |run: u32| self.common.get(run as usize).copied().unwrap_or_default();
        let capitals = found.iter().any(|(run, shape)| shape.capital && !common(*run).particle);
        let mut seen = false;
        found
            .iter()
            .map(|&(run, shape)| {
                if !shape.capital {
                    return Case::Any;
                }
                let acronym = shape.letters >= 2 && !shape.small;
                let case = if acronym && common(run).word {
                    Case::WordAcronym
                } else if acronym && shape.letters >= 4 && !shape.dotted {
                    Case::SpokenAcronym
                } else if acronym {
                    Case::Acronym
                } else if shape.inner && shape.letters <= 4 {
                    Case::Mixed
                } else if common(run).particle && capitals || seen && common(run).body {
                    Case::Any
                } else {
                    Case::Capital
                };
                seen |= case != Case::Any;
                case
            })
            .collect()
    }

    fn plant(mut self) -> Forms {
        let rank = |c: &Candidate| {
            let class = match c.entry {
                Entry::Actor(_) if c.via != Via::City => 0,
                Entry::Place(_) => 1,
                _ => 2,
            };
            let recent = |a: u32| self.recent.get(a as usize).copied().flatten();
            let office = if let Entry::Actor(a) = c.entry { recent(a) } else { None };
            (c.ambiguous, class, c.via, c.until.is_some(), Reverse(office), c.entry)
        };
        self.all.sort_by(|a, b| {
            (&a.runs, rank(&a.candidate), &a.cases).cmp(&(&b.runs, rank(&b.candidate), &b.cases))
        });
        let mut forms = Forms {
            first: vec![0; self.runs.len() + 1],
            article: self.number(b"the"),
            runs: self.runs,
            nodes: vec![Node::default()],
            ..Forms::default()
        };
        for same in self.all.chunk_by(|a, b| a.runs == b.runs) {
            let node = forms.grow(&same[0].runs);
            let start = forms.forms.len() as u32;
            let mut kept = HashSet::new();
            for s in same {
                let c = s.candidate;
                if !kept.insert((c.entry, c.from, c.until, &s.cases)) {
                    continue;
                }
                let at = forms.cases.len() as u32;
                forms.cases.extend(&s.cases);
                forms.forms.push(Form { cases: at..forms.cases.len() as u32, candidate: c });
            }
            forms.nodes[node as usize] = Node { start, end: forms.forms.len() as u32 };
        }
        forms
    }
}

impl Forms {
    fn grow(&mut self, runs: &[u32]) -> u32 {
        let mut node = 0;
        for (depth, &run) in runs.iter().enumerate() {
            let fresh = self.nodes.len() as u32;
            let to = if depth == 0 {
                let to = &mut self.first[run as usize];
                if *to == 0 {
                    *to = fresh;
                }
                *to
            } else {
                *self.next.entry((node, run)).or_insert(fresh)
            };
            if to == fresh {
                self.nodes.push(Node::default());
            }
            node = to;
        }
        node
    }
}
