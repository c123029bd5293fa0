//! Where: places in phrases of place, and which predicates they belong to.
//!
//! Names below the state, lands, towns, borders and directions; names that nobody knows where a word says what they are
//! ("the village of X"). A place belongs to the clause it stands in, as a time does; one that lies in another ("Kirkuk,
//! Iraq") takes it in. The words are data (`data/lexicon/where.toml`).

use crate::map::{Known, Map};
use crate::nesting::nest;
use crate::resolve::Resolver;
use crate::time::Phrase;
use crate::view::{View, lowered};
use demarche_lexicon::{Entry, Outcome, PlaceKind, Table, Via};
use demarche_record::{EventType, Offsets, Place, PlaceBasis, Span};
use demarche_text::{Rel, Upos};

/// Most steps from a name to the word that its phrase hangs on.
const FARTHEST: usize = 8;

/// What a place is called.
#[derive(Debug, Clone)]
pub(crate) enum Named {
    /// An entry of the lexicon.
    Entry(Entry, Via),
    /// A name that the lexicon does not have.
    Unknown,
}

/// A named place in a phrase of place.
#[derive(Debug, Clone)]
pub struct Located {
    /// The first and last word of the name.
    pub(crate) words: (usize, usize),
    /// The word that the whole phrase of place hangs by.
    pub(crate) top: usize,
    /// The name's words.
    pub(crate) span: Span,
    pub(crate) named: Named,
    /// The state it lies in.
    pub(crate) country: Option<String>,
    /// The larger place named beside it.
    pub(crate) inside: Option<String>,
    /// Whether it only says what border is near.
    pub(crate) border: bool,
    /// Where the gazetteer has it.
    town: Option<Found>,
}

/// What the gazetteer says of a town.
#[derive(Debug, Clone)]
struct Found {
    name: String,
    admin1: String,
    at: (f64, f64),
    id: u32,
}

impl View<'_> {
    /// Whether a word is in a class of words of place.
    pub(crate) fn placing(&self, class: &str, w: usize) -> bool {
        let lemma = self.lemma(w);
        let Some(members) = self.lexicon.classes.get(class) else { return false };
        members.contains(lemma) || members.contains(&*lowered(lemma))
    }

    fn located_by(&self, w: usize) -> bool {
        let Some(members) = self.lexicon.classes.get("locative") else { return false };
        self.cases(w).any(|case| members.contains(case))
    }
}

/// All phrases of place in the sentence, those that lie in another one beside them left out.
pub fn places(resolver: &Resolver<'_, '_>, map: Option<&Map<'_>>) -> Vec<Located> {
    let view = resolver.view;
    let mut found: Vec<Located> = Vec::new();
    for mention in view.mentions {
        let words = (mention.words.start as usize, (mention.words.end as usize).saturating_sub(1));
        let Some(candidate) = resolver.choose(mention) else { continue };
        let Some(head) = head_of(view, words) else { continue };
        let border = view.head(head).is_some_and(|h| view.placing("border-noun", h));
        let place = match candidate.via {
            Via::City | Via::Capital | Via::Seat => true,
            Via::Name | Via::Alias => match candidate.entry {
                Entry::Actor(a) => crate::party::is_land(view.lexicon.actors[a as usize].kind),
                Entry::Place(_) => true,
                _ => false,
            },
            // "The Kenyan border".
            Via::Adjective => border && matches!(candidate.entry, Entry::Actor(_)),
            _ => false,
        };
        if !place {
            continue;
        }
        let Some(top) = phrase_of_place(view, head) else { continue };
        // "Lake X" is not X.
        let feature = words.0.checked_sub(1).filter(|&w| {
            view.placing("feature", w) && view.upos(w) == Upos::Propn && view.mention(w).is_none()
        });
        let mut place = match feature {
            Some(first) => located(view, (first, words.1), top, Named::Unknown),
            None => located(view, words, top, Named::Entry(candidate.entry, candidate.via)),
        };
        place.border = border;
        found.push(place);
    }
    unknown(view, map, &mut found);
    found.sort_by_key(|p| p.words);
    nest(view, &mut found);
    if let Some(map) = map {
        found.iter_mut().for_each(|p| p.settle(view, map));
    }
    found
}

fn located(view: &View<'_>, words: (usize, usize), top: usize, named: Named) -> Located {
    // A contested land of its own has a name here and no code of ISO 3166.
    let coded = |country: &&str| country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
    let country = match named {
        Named::Entry(Entry::Actor(a), _) => {
            crate::party::country_of(view.lexicon, a).filter(coded).map(str::to_owned)
        }
        Named::Entry(Entry::Place(p), _) => view.lexicon.places[p as usize].country.clone(),
        _ => None,
    };
    Located {
        words,
        top,
        span: view.span(words.0).cover(view.span(words.1)),
        named,
        country,
        inside: None,
        border: false,
        town: None,
    }
}

fn head_of(view: &View<'_>, words: (usize, usize)) -> Option<usize> {
    (words.0..=words.1).find(|&w| view.head(w).is_none_or(|h| !(words.0..=words.1).contains(&h)))
}

/// The word that a phrase of place hangs by, if the name with this head stands in one: up over lists, "the town of",
/// "the border with", "north of".
fn phrase_of_place(view: &View<'_>, head: usize) -> Option<usize> {
    let phrasal =
        [Rel::Obl, Rel::Nmod, Rel::Conj, Rel::Appos, Rel::Root, Rel::Parataxis, Rel::Dep, Rel::Advmod];
    let mut top = head;
    let mut placed = None;
    // "In the Zambian capital, Lusaka", whatever the tree makes of the comma.
    if let Some(noun) = head.checked_sub(2)
        && view.form(head - 1) == ","
        && view.placing("place-noun", noun)
        && !phrasal.contains(&view.rel(head).base())
    {
        top = noun;
    }
    for _ in 0..FARTHEST {
        if view.located_by(top) && phrasal.contains(&view.rel(top).base()) {
            placed = Some(top);
        }
        let Some(h) = view.head(top) else { break };
        let rel = view.rel(top).base();
        let listed = matches!(rel, Rel::Conj | Rel::Appos) && view.nominal(h);
        let part = matches!(rel, Rel::Nmod | Rel::Compound | Rel::Amod | Rel::Appos | Rel::Flat)
            && (view.placing("place-noun", h) || view.placing("border-noun", h));
        // "40 kilometres north of", "east of", "close to".
        let direction = matches!(rel, Rel::Obl | Rel::Nmod)
            && view.placing("direction", h)
            && view.cases(top).any(|c| c == "of");
        let close = rel == Rel::Obl
            && view.placing("locative", h)
            && !view.verbal(h)
            && view.cases(top).any(|c| c == "to");
        if direction || close {
            placed = Some(h);
        } else if !(listed || part) {
            break;
        }
        top = h;
    }
    let moved = view.rel(top) == Rel::Obj && view.head(top).is_some_and(|h| view.placing("motion", h));
    let bound = matches!(view.rel(top).base(), Rel::Obl | Rel::Nmod)
        && view.cases(top).any(|c| c == "to")
        && view.head(top).is_some_and(|h| view.placing("bound-for", h));
    placed.or((moved || bound).then_some(top))
}

/// Names that the lexicon does not have, where a word says that they are places: "the village of X", "X province".
fn unknown(view: &View<'_>, map: Option<&Map<'_>>, found: &mut Vec<Located>) {
    let mut i = 0;
    while i < view.len() {
        let first = i;
        let free = |w: usize| w < view.len() && view.upos(w) == Upos::Propn && view.mention(w).is_none();
        if !free(i) || view.time_word(i).is_some() {
            i += 1;
            continue;
        }
        while free(i) || (i + 1 < view.len() && view.form(i) == "-" && free(i + 1)) {
            i += 1;
        }
        let words = (first, i - 1);
        let Some(head) = head_of(view, words) else { continue };
        let kind = view.placing("place-noun", head) && words.0 < words.1;
        let beside = view.head(head).is_some_and(|h| {
            view.placing("place-noun", h)
                && matches!(view.rel(head).base(), Rel::Nmod | Rel::Compound | Rel::Appos | Rel::Flat)
                && (view.rel(head).base() != Rel::Nmod || view.cases(head).all(|c| c == "of"))
        });
        // "In X", where X is a town that the gazetteer knows.
        let span = view.span(words.0).cover(view.span(words.1));
        let town = || {
            let within = view.cases(head).any(|case| matches!(case, "in" | "near" | "outside" | "at"));
            within && map.is_some_and(|m| m.town(span.of(view.text), Known::default()).is_some())
        };
        if (kind || beside || town())
            && let Some(top) = phrase_of_place(view, head)
        {
            let words = if kind && head == words.1 { (words.0, words.1 - 1) } else { words };
            found.push(located(view, words, top, Named::Unknown));
        }
    }
}

/// The places of the clause of a predicate.
pub fn of_predicate<'p>(view: &View<'_>, at: usize, places: &'p [Located]) -> Vec<&'p Located> {
    let reached = |p: &&Located| {
        let fronted = view.located_by(p.top) && p.words.0 < 3;
        let words = (p.words.0.min(p.top), p.words.1.max(p.top));
        let phrase = Phrase { words, head: p.top, fronted };
        view.reach(&phrase, at).is_some()
    };
    places.iter().filter(reached).collect()
}

/// Acts that happen where their target is.
fn bodily(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Coerce | EventType::Mobilize | EventType::Aid)
}

/// The lands and towns that a bodily act was done to; the type is that of the record, or what the verb's rules make.
pub fn targets(
    resolver: &Resolver<'_, '_>,
    at: usize,
    kind: Option<EventType>,
    map: Option<&Map<'_>>,
) -> Vec<Located> {
    let view = resolver.view;
    let of_rule = |r: &demarche_lexicon::Ref| match r.table {
        Table::Pattern => match view.lexicon.patterns[r.entry as usize].outcome {
            Outcome::Event(kind) => bodily(kind),
            Outcome::Tie(_) => false,
        },
        _ => false,
    };
    let fits = match kind {
        Some(kind) => bodily(kind),
        None => view.lexicon.verbs(view.lemma(at)).iter().any(of_rule),
    };
    if !fits || !view.verbal(at) {
        return Vec::new();
    }
    let objects = view
        .children(at)
        .filter(|&c| view.rel(c) == Rel::Obj || view.rel(c) == Rel::NsubjPass)
        .flat_map(|c| view.conjuncts(c));
    objects
        .filter_map(|w| {
            let mention = view.mention(w)?;
            let candidate = resolver.choose(mention)?;
            let land = match (candidate.entry, candidate.via) {
                (Entry::Actor(_), Via::City | Via::Capital) | (Entry::Place(_), _) => true,
                (Entry::Actor(a), Via::Name | Via::Alias) => {
                    crate::party::is_land(view.lexicon.actors[a as usize].kind)
                }
                _ => false,
            };
            let words = (mention.words.start as usize, (mention.words.end as usize).saturating_sub(1));
            land.then(|| {
                let mut place = located(view, words, w, Named::Entry(candidate.entry, candidate.via));
                map.inspect(|map| place.settle(view, map));
                place
            })
        })
        .collect()
}

/// The first place that a dateline names.
pub fn of_dateline(resolver: &Resolver<'_, '_>, map: Option<&Map<'_>>) -> Option<Located> {
    let view = resolver.view;
    view.mentions.iter().find_map(|mention| {
        let candidate = resolver.choose(mention)?;
        let place = match (candidate.entry, candidate.via) {
            (Entry::Actor(_), Via::City | Via::Capital | Via::Seat) | (Entry::Place(_), _) => true,
            (Entry::Actor(a), Via::Name | Via::Alias) => {
                crate::party::is_land(view.lexicon.actors[a as usize].kind)
            }
            _ => false,
        };
        let words = (mention.words.start as usize, (mention.words.end as usize).saturating_sub(1));
        place.then(|| {
            let mut place = located(view, words, words.1, Named::Entry(candidate.entry, candidate.via));
            map.inspect(|map| place.settle(view, map));
            place
        })
    })
}

impl Located {
    /// Looks the place up in the gazetteer, if it is a town.
    fn settle(&mut self, view: &View<'_>, map: &Map<'_>) {
        let lexicon = view.lexicon;
        let text = self.span.of(view.text);
        let (name, at) = match self.named {
            Named::Entry(Entry::Actor(_), Via::City | Via::Capital) | Named::Unknown => (text, None),
            Named::Entry(Entry::Place(p), _) => {
                let entry = &lexicon.places[p as usize];
                if !matches!(entry.kind, PlaceKind::City) {
                    return;
                }
                (entry.name.as_str(), entry.lat.zip(entry.lon))
            }
            Named::Entry(..) => return,
        };
        let known = Known { country: self.country.as_deref(), inside: self.inside.as_deref(), at };
        if let Some(town) = map.town(name, known) {
            self.country.get_or_insert_with(|| town.country.to_owned());
            self.town = Some(Found {
                name: town.name.to_owned(),
                admin1: town.admin1.to_owned(),
                at: (town.lat, town.lon),
                id: town.geonameid,
            });
        }
    }

    /// The record of this place.
    pub fn record(&self, view: &View<'_>, offsets: &Offsets, basis: PlaceBasis) -> Place {
        let lexicon = view.lexicon;
        let text = self.span.of(view.text);
        let mut place = Place {
            text: text.to_owned(),
            span: offsets.chars(view.text, self.span),
            name: None,
            country: self.country.clone(),
            admin1: self.inside.clone(),
            lat: None,
            lon: None,
            geonameid: None,
            basis,
        };
        match self.named {
            Named::Entry(Entry::Actor(a), via) => {
                let entry = &lexicon.actors[a as usize];
                place.name = Some(match via {
                    Via::Name | Via::Alias | Via::Adjective => entry.name.clone(),
                    _ => capitalised(text),
                });
            }
            Named::Entry(Entry::Place(p), _) => {
                let entry = &lexicon.places[p as usize];
                place.name = Some(entry.name.clone());
                place.lat = entry.lat;
                place.lon = entry.lon;
            }
            Named::Entry(Entry::Agent(_) | Entry::Title(_), _) | Named::Unknown => {}
        }
        if let Some(town) = &self.town {
            place.name.get_or_insert_with(|| town.name.clone());
            place.lat = place.lat.or(Some(town.at.0));
            place.lon = place.lon.or(Some(town.at.1));
            place.geonameid = Some(town.id);
            if !town.admin1.is_empty() {
                place.admin1 = Some(town.admin1.clone());
            }
        }
        place
    }
}

/// "KABUL" as "Kabul"; other words as they stand.
fn capitalised(text: &str) -> String {
    if text.chars().any(char::is_lowercase) || text.chars().count() < 4 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic();
    }
    out
}
