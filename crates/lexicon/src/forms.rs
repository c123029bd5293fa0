//! Every spelling under which an entry can be found, as a tree of runs: what `find` walks.
//!
//! Built once when a lexicon is made ready, from names, adjectives, capitals, role nouns with their plurals, titles.

use crate::case::{BODIES, Case, PARTICLES, WORDS};
use crate::fold::{Shape, key, pieces};
use crate::runs::{Runs, Steps};
use crate::{ActorEntry, Candidate, Entry, Image, Via, plural::plural};
use demarche_record::Date;
use hashbrown::HashSet;
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
pub(crate) struct Node {
    pub start: u32,
    pub end: u32,
    /// Whether nothing goes on from here.
    pub leaf: bool,
}

/// The tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forms {
    pub runs: Runs,
    /// From the root, by run, with [`SMALL`]; 0: nothing.
    pub first: Vec<u32>,
    /// From other nodes, by node and run.
    pub next: Steps,
    pub nodes: Vec<Node>,
    pub forms: Vec<Form>,
    pub cases: Vec<Case>,
    /// The article, which some names begin with.
    pub article: u32,
}

pub(crate) use crate::runs::UNKNOWN;

/// Beside a node after the root: some form goes through it that may begin with a small letter.
pub(crate) const SMALL: u32 = 1 << 31;

impl Forms {
    pub(crate) fn run(&self, folded: &[u8]) -> u32 {
        self.runs.get(folded)
    }

    /// The node that a form's first run leads to; `capital`: whether it begins with one in the text.
    pub(crate) fn enter(&self, run: u32, capital: bool) -> Option<u32> {
        let first = *self.first.get(run as usize)?;
        (first != 0 && (capital || first & SMALL != 0)).then_some(first & !SMALL)
    }

    pub(crate) fn step(&self, node: u32, run: u32) -> Option<u32> {
        if run == UNKNOWN || self.nodes[node as usize].leaf {
            return None;
        }
        self.next.get(node, run)
    }

    /// The forms that end at a node, best first.
    pub(crate) fn ending(&self, node: u32) -> &[Form] {
        let Node { start, end, .. } = self.nodes[node as usize];
        &self.forms[start as usize..end as usize]
    }

    pub(crate) fn cases(&self, form: &Form) -> &[Case] {
        &self.cases[form.cases.start as usize..form.cases.end as usize]
    }

    /// Whether every form is one of an entry of this image.
    pub(crate) fn fit(&self, image: &Image) -> bool {
        self.forms.iter().all(|f| match f.candidate.entry {
            Entry::Actor(n) => (n as usize) < image.actors.len(),
            Entry::Agent(n) => (n as usize) < image.agents.len(),
            Entry::Place(n) => (n as usize) < image.places.len(),
            Entry::Title(n) => (n as usize) < image.titles.len(),
        })
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

/// Spellings as they are gathered. A million of them are made ready at a time, so none has memory of its own.
struct Spellings {
    runs: Runs,
    /// What is known of the words that got their numbers first.
    common: Vec<Common>,
    /// The tree of their runs: from the root, and from other nodes.
    first: Vec<u32>,
    next: Steps,
    nodes: Vec<Node>,
    cases: Vec<Case>,
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

/// A form and the node it ends at.
struct Spelling {
    node: u32,
    form: Form,
}

impl Spellings {
    fn new() -> Self {
        let mut new = Self {
            runs: Runs::default(),
            common: vec![Common::default()],
            first: Vec::new(),
            next: Steps::default(),
            nodes: vec![Node::default()],
            cases: Vec::new(),
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
        let run = self.runs.number(word.as_bytes()) as usize;
        if self.common.len() <= run {
            self.common.resize(run + 1, Common::default());
        }
        &mut self.common[run]
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
                found.push((self.runs.number(bytes), shape));
            });
        }
        if found.iter().any(|(_, shape)| shape.letters > 0) {
            let start = self.cases.len();
            self.add_cases(&found);
            if !dotted.is_empty() {
                self.apart(&found, start, &dotted, candidate);
            }
            self.keep(found.iter().map(|(run, _)| *run), start as u32, candidate);
        }
        self.found = found;
    }

    /// Keeps a spelling whose cases begin at `cases`, one for each of its runs.
    fn keep(&mut self, runs: impl Iterator<Item = u32>, cases: u32, candidate: Candidate) {
        let (mut node, mut length) = (0, 0);
        for run in runs {
            let fresh = self.nodes.len() as u32;
            let to = if length == 0 {
                if self.first.len() <= run as usize {
                    self.first.resize(run as usize + 1, 0);
                }
                let to = &mut self.first[run as usize];
                if *to == 0 {
                    *to = fresh;
                }
                if self.cases[cases as usize] == Case::Any {
                    *to |= SMALL;
                }
                *to & !SMALL
            } else {
                self.nodes[node as usize].leaf = false;
                self.next.get_or_add(node, run, fresh)
            };
            if to == fresh {
                self.nodes.push(Node { leaf: true, ..Node::default() });
            }
            node = to;
            length += 1;
        }
        self.all.push(Spelling { node, form: Form { cases: cases..cases + length, candidate } });
    }

    /// An acronym with dots may also stand with spaces: "U. S." The cases of the whole spelling begin at `cases`.
    fn apart(&mut self, found: &[(u32, Shape)], cases: usize, dotted: &[Vec<u8>], candidate: Candidate) {
        let mut dotted = dotted.iter();
        let start = self.cases.len() as u32;
        let mut runs = Vec::new();
        for (at, (run, shape)) in found.iter().enumerate() {
            match shape.dotted.then(|| dotted.next()).flatten() {
                Some(letters) => {
                    for letter in letters.chunks(1) {
                        runs.push(self.runs.number(letter));
                        self.cases.push(Case::Capital);
                    }
                }
                None => {
                    runs.push(*run);
                    self.cases.push(self.cases[cases + at]);
                }
            }
        }
        self.keep(runs.into_iter(), start, candidate);
    }

    /// How each run must look, from how it looks in the source. Small words and, after the first run, nouns for kinds of
    /// bodies may stand with a small letter: "Labour party", "the Hague".
    fn add_cases(&mut self, found: &[(u32, Shape)]) {
        let common = |run: u32| self.common.get(run as usize).copied().unwrap_or_default();
        let capitals = found.iter().any(|(run, shape)| shape.capital && !common(*run).particle);
        let mut seen = false;
        self.cases.extend(found.iter().map(|&(run, shape)| {
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
        }));
    }

    fn plant(mut self) -> Forms {
        let order = self.by_node();
        let mut forms = Vec::with_capacity(order.len());
        let mut at = 0;
        while let Some(&first) = order.get(at) {
            let node = self.all[first as usize].node;
            let same = order[at..].iter().take_while(|i| self.all[**i as usize].node == node).count();
            let start = forms.len() as u32;
            self.ending(&order[at..at + same], &mut forms);
            (self.nodes[node as usize].start, self.nodes[node as usize].end) = (start, forms.len() as u32);
            at += same;
        }
        Forms {
            article: self.runs.number(b"the"),
            first: self.first,
            next: self.next,
            runs: self.runs,
            nodes: self.nodes,
            cases: self.cases,
            forms,
        }
    }

    /// The spellings by the node they end at, those of one node in the order in which they came.
    fn by_node(&self) -> Vec<u32> {
        let mut starts = vec![0u32; self.nodes.len() + 1];
        for spelling in &self.all {
            starts[spelling.node as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut order = vec![0; self.all.len()];
        for (i, spelling) in self.all.iter().enumerate() {
            let at = &mut starts[spelling.node as usize];
            order[*at as usize] = i as u32;
            *at += 1;
        }
        order
    }

    /// Adds the forms of one node, best first, each once.
    fn ending(&self, spellings: &[u32], forms: &mut Vec<Form>) {
        let form = |i: u32| &self.all[i as usize].form;
        if let [only] = spellings {
            return forms.push(form(*only).clone());
        }
        let cases = |f: &Form| &self.cases[f.cases.start as usize..f.cases.end as usize];
        let mut sorted = spellings.to_vec();
        sorted.sort_by(|a, b| {
            let (a, b) = (form(*a), form(*b));
            (self.rank(&a.candidate), cases(a)).cmp(&(self.rank(&b.candidate), cases(b)))
        });
        let mut kept = HashSet::new();
        for f in sorted.into_iter().map(form) {
            let c = f.candidate;
            if kept.insert((c.entry, c.from, c.until, cases(f))) {
                forms.push(f.clone());
            }
        }
    }

    fn rank(&self, c: &Candidate) -> impl Ord + use<> {
        let class = match c.entry {
            Entry::Actor(_) if c.via != Via::City => 0,
            Entry::Place(_) => 1,
            _ => 2,
        };
        let recent = |a: u32| self.recent.get(a as usize).copied().flatten();
        let office = if let Entry::Actor(a) = c.entry { recent(a) } else { None };
        (c.ambiguous, class, c.via, c.until.is_some(), Reverse(office), c.entry)
    }
}
