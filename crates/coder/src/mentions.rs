//! Mentions for `demarche entities`: names of the lexicon, names and noun phrases that stand for something, pronouns, times,
//! figures. A mention may stand inside a longer one; no two stand for the same words.
//!
//! Borders are found in `naming`, `figures` and `calendar`, what they stand for in `resolve`.

use crate::chunk::hyphened;
use crate::figures::{Figure, figures};
use crate::naming::{Found, bare, spans};
use crate::party::{Party, country_of, is_land};
use crate::records::Setting;
use crate::standing;
use crate::view::View;
use demarche_lexicon::{ActorKind, Candidate, Entry, Via};
use demarche_record::{Link, MentionRecord};
use demarche_text::{NameKind, Rel, Upos, Xpos};
use std::collections::HashMap;

/// From this lead on the text engine's kind is believed before the lexicon's.
const SURE: f32 = 1.0;
/// From this lead on a longer name has the text engine's kind.
const CLEAR: f32 = 3.0;
/// From this lead on a span is believed inside a name of the lexicon.
const WITHIN: f32 = 4.0;

/// A mention that is being put together: its words, whether the lexicon names it, its record.
struct Draft {
    first: usize,
    last: usize,
    named: bool,
    /// Whether that is a state or territory.
    land: bool,
    record: MentionRecord,
}

/// Names that were clearly of some kind earlier in the article, and the last names of people.
#[derive(Debug, Clone, Default)]
pub struct Seen(HashMap<String, &'static str>);

impl Seen {
    /// Forgets the article.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What a name that is not clear by itself was before.
    fn kind(&self, view: &View<'_>, first: usize, last: usize) -> Option<&'static str> {
        self.0.get(view.span(first).cover(view.span(last)).of(view.text)).copied()
    }

    /// Remembers a name that is clear.
    fn note(&mut self, view: &View<'_>, draft: &Draft) {
        let (first, last) = (bare(view, draft.first), draft.last);
        if draft.record.confidence < CERTAIN
            || first > last
            || (first..=last).any(|w| view.upos(w) != Upos::Propn)
        {
            return;
        }
        if draft.record.kind == "PERSON" && first < last {
            self.0.entry(view.form(last).to_owned()).or_insert("PERSON");
        }
        self.0
            .entry(view.span(first).cover(view.span(last)).of(view.text).to_owned())
            .or_insert(draft.record.kind);
    }
}

/// From this confidence on a name lends its kind to the same name elsewhere.
const CERTAIN: f64 = 0.68;

/// All mentions of one sentence, in order; a longer one before those inside it.
pub fn mentions(setting: &Setting<'_, '_, '_>, seen: &mut Seen, out: &mut Vec<MentionRecord>) {
    let mut drafts: Vec<Draft> = Vec::new();
    known_names(setting, &mut drafts);
    regular(setting, &mut drafts);
    let mut found = Vec::new();
    spans(&setting.resolver, &mut found);
    for found in found {
        join(setting, seen, found, &mut drafts);
    }
    pronouns(setting, &mut drafts);
    unknown_names(setting, seen, &mut drafts);
    for draft in &drafts {
        seen.note(setting.resolver.view, draft);
    }
    drafts.sort_by_key(|d| (d.first, std::cmp::Reverse(d.last)));
    out.extend(drafts.into_iter().map(|draft| draft.record));
}

/// Times and figures; of two that share words the longer one.
fn regular(setting: &Setting<'_, '_, '_>, drafts: &mut Vec<Draft>) {
    let mut regular: Vec<Figure> = Vec::new();
    figures(setting.resolver.view, &mut regular);
    regular.extend(setting.times.iter().map(|t| (t.words.0, t.words.1, "TEMPORAL")));
    regular.sort_by_key(|&(first, last, kind)| (first, std::cmp::Reverse(last), kind));
    let mut free = 0;
    let mut before: Option<Figure> = None;
    for (first, last, kind) in regular {
        if first < free {
            let longer = before.is_some_and(|(a, b, _)| last - first > b - a);
            if !longer {
                continue;
            }
            drafts.pop();
        }
        let sure = if kind == "QUANTITY" { 0.6 } else { 0.9 };
        let record = blank(setting, (first, last), kind, Link::Unresolved, sure);
        drafts.push(Draft { first, last, named: false, land: false, record });
        free = last + 1;
        before = Some((first, last, kind));
    }
}

/// What the lexicon names.
fn known_names(setting: &Setting<'_, '_, '_>, drafts: &mut Vec<Draft>) {
    let view = setting.resolver.view;
    for mention in view.mentions {
        let (first, last) = (mention.words.start as usize, mention.words.end as usize - 1);
        let Some(candidate) = setting.resolver.choose(mention) else {
            continue;
        };
        let record = match candidate.entry {
            Entry::Actor(a) => {
                let entry = &view.lexicon.actors[a as usize];
                let link = match candidate.via {
                    Via::Name => Link::Lexicon,
                    Via::Alias => Link::Alias,
                    Via::Capital | Via::Seat => Link::Metonym,
                    _ => Link::Country,
                };
                let sure = if candidate.ambiguous { 0.6 } else { 0.9 };
                let mut record =
                    blank(setting, (first, last), kind_of(setting, first, last, candidate), link, sure);
                record.country = country_of(view.lexicon, a).map(str::to_owned);
                let town = match candidate.via {
                    Via::City => true,
                    Via::Capital | Via::Seat => standing::is_place(view, (first, last)),
                    _ => false,
                };
                if town {
                    // A town in which something happens is no actor.
                    record.link = Link::Country;
                    record.name = Some(record.text.clone());
                } else {
                    record.id = Some(entry.id.clone());
                    record.name = Some(entry.name.clone());
                    record.sectors = entry.sectors.clone();
                }
                record
            }
            Entry::Place(p) => {
                let entry = &view.lexicon.places[p as usize];
                let mut record = blank(setting, (first, last), "LOCATION", Link::Lexicon, 0.85);
                record.name = Some(entry.name.clone());
                record.country = entry.country.clone();
                record
            }
            Entry::Agent(_) | Entry::Title(_) => continue,
        };
        let land = matches!((candidate.entry, candidate.via), (Entry::Actor(a), Via::Name | Via::Alias) if is_land(view.lexicon.actors[a as usize].kind));
        drafts.push(Draft { first, last, named: true, land, record });
    }
}

/// What an actor's name stands for here: a state that acts is an organisation, one where something happens a place.
fn kind_of(setting: &Setting<'_, '_, '_>, first: usize, last: usize, candidate: &Candidate) -> &'static str {
    let view = setting.resolver.view;
    let Entry::Actor(a) = candidate.entry else { return "LOCATION" };
    match candidate.via {
        Via::Adjective => "NATIONALITY",
        // "Syrians" are many people, "a Syrian" is one of a nation.
        Via::People if view.xpos(last) == Xpos::NNPS => "ORGANISATION",
        Via::People => "NATIONALITY",
        Via::Capital | Via::City | Via::Seat => "LOCATION",
        _ => match view.lexicon.actors[a as usize].kind {
            kind if is_land(kind) && acts(setting, view.top(first, last)) => "ORGANISATION",
            kind if is_land(kind) => "LOCATION",
            ActorKind::Person => "PERSON",
            _ => "ORGANISATION",
        },
    }
}

/// Whether a word is the subject of a verb, its agent, or a modifier.
fn acts(setting: &Setting<'_, '_, '_>, i: usize) -> bool {
    let view = setting.resolver.view;
    // "U.S. troops": they act for it.
    let modifies = matches!(view.rel(i).base(), Rel::Compound | Rel::Amod);
    modifies
        || matches!(view.rel(i), Rel::Nsubj | Rel::OblAgent) && view.head(i).is_some_and(|h| view.verbal(h))
}

/// Takes in a span that names something, unless its words are taken.
fn join(setting: &Setting<'_, '_, '_>, seen: &Seen, found: Found, drafts: &mut Vec<Draft>) {
    let view = setting.resolver.view;
    let Found { first, last, kind, lead } = found;
    let Some(mut kind) = printed(kind) else { return };
    let figure = |kind: &str| {
        matches!(kind, "TEMPORAL" | "QUANTITY" | "MONEY" | "URL" | "COMMS" | "COORDINATE" | "FREQUENCY")
    };
    for draft in drafts.iter_mut() {
        let apart = draft.last < first || last < draft.first;
        if apart {
            continue;
        }
        if bare(view, draft.first) == bare(view, first) && draft.last == last {
            // Only a land is now a place and now an actor.
            let lands = ["LOCATION", "ORGANISATION"];
            if draft.land && lands.contains(&kind) && lead >= SURE {
                draft.record.kind = kind;
            }
            return;
        }
        let (holds, held) =
            (first <= draft.first && draft.last <= last, draft.first <= first && last <= draft.last);
        if figure(kind) && figure(draft.record.kind) {
            // Of two readings of a figure the longer one.
            if holds && draft.record.kind == kind {
                draft.record = blank(setting, (first, last), kind, Link::Unresolved, sure(lead));
                (draft.first, draft.last) = (first, last);
            }
            return;
        }
        let crosses = !holds && !held;
        let part = held && (draft.named && kind != "NATIONALITY" || draft.record.kind == "TEMPORAL");
        if crosses || part && lead < WITHIN {
            return;
        }
    }
    // A longer form of a name that the lexicon knows: "Al Anbar".
    let top = view.top(first, last);
    let nationality = kind == "NATIONALITY";
    let known = drafts.iter().find(|d| {
        d.named && d.first <= top && top <= d.last && lead < CLEAR && d.record.kind != "NATIONALITY"
    });
    if !nationality && !figure(kind) && lead < CLEAR {
        kind = known.map(|d| d.record.kind).or(seen.kind(view, bare(view, first), last)).unwrap_or(kind);
    }
    // "The UK-France talks": two names side by side are no third one.
    let list = (first..=last).all(|w| {
        view.upos(w) == Upos::Punct || drafts.iter().any(|d| d.named && d.first <= w && w <= d.last)
    });
    if list
        && drafts.iter().filter(|d| d.named && first <= d.first && d.last <= last).count() > 1
        && (first..=last).any(|w| view.form(w) == "-")
    {
        return;
    }
    let mut record = blank(setting, (first, last), kind, Link::Unresolved, sure(lead));
    if !figure(kind) {
        describe(setting, &setting.resolver.party(top), &mut record);
    }
    if nationality {
        // What is named with it is not named by it.
        (record.id, record.name) = (None, None);
        record.sectors.clear();
        if let Some(nation) = setting.resolver.nation(first, last) {
            let entry = &view.lexicon.actors[nation as usize];
            (record.id, record.name) = (Some(entry.id.clone()), Some(entry.name.clone()));
            record.country = country_of(view.lexicon, nation).map(str::to_owned);
            record.link = Link::Country;
        }
    }
    drafts.push(Draft { first, last, named: false, land: false, record });
}

/// The name of a kind on the wire.
fn printed(kind: NameKind) -> Option<&'static str> {
    Some(match kind {
        NameKind::Person => "PERSON",
        NameKind::Organisation => "ORGANISATION",
        NameKind::Location => "LOCATION",
        NameKind::Nationality => "NATIONALITY",
        NameKind::Temporal => "TEMPORAL",
        NameKind::Quantity => "QUANTITY",
        NameKind::Money => "MONEY",
        NameKind::Weapon => "WEAPON",
        NameKind::MilitaryPlatform => "MILITARY_PLATFORM",
        NameKind::Vehicle => "VEHICLE",
        NameKind::Document => "DOCUMENT",
        NameKind::Event | NameKind::Other => return None,
    })
}

/// How sure a span with this lead is.
fn sure(lead: f32) -> f64 {
    let sure = (0.5 + 0.12 * f64::from(lead)).clamp(0.3, 0.95);
    (sure * 1000.0).round() / 1000.0
}

/// Fills in what is known of the party that a mention stands for.
fn describe(setting: &Setting<'_, '_, '_>, party: &Party, record: &mut MentionRecord) {
    let lexicon = setting.resolver.view.lexicon;
    if let Some(entry) = party.actor.map(|a| &lexicon.actors[a as usize]) {
        record.id = Some(entry.id.clone());
        record.name = Some(entry.name.clone());
    }
    record.country = party.country(lexicon).map(str::to_owned);
    record.sectors = party.sectors(lexicon);
    record.link = party.link;
    let view = setting.resolver.view;
    let named = matches!(record.kind, "PERSON" | "ORGANISATION" | "LOCATION");
    if record.country.is_none() && named && view.upos(party.head) == Upos::Propn {
        // Somebody whom nobody knows is of the state that the text is about.
        let about = setting.resolver.about(None);
        record.country = about.map(|state| lexicon.actors[state as usize].id.clone());
    }
}

/// Pronouns for people, and those for groups that are known.
fn pronouns(setting: &Setting<'_, '_, '_>, drafts: &mut Vec<Draft>) {
    let view = setting.resolver.view;
    for i in (0..view.len()).filter(|&i| view.upos(i) == Upos::Pron && view.xpos(i) == Xpos::PRP) {
        if drafts.iter().any(|d| (d.first, d.last) == (i, i)) {
            continue;
        }
        let kind = match view.form(i).to_ascii_lowercase().as_str() {
            "i" | "me" | "myself" | "he" | "him" | "she" => "PERSON",
            "we" | "us" => "ORGANISATION",
            "they" => "ORGANISATION",
            _ => continue,
        };
        let party = setting.resolver.party(i);
        let mut record = blank(setting, (i, i), kind, Link::Unresolved, 0.6);
        describe(setting, &party, &mut record);
        drafts.push(Draft { first: i, last: i, named: false, land: false, record });
    }
}

fn blank(
    setting: &Setting<'_, '_, '_>,
    (first, last): (usize, usize),
    kind: &'static str,
    link: Link,
    confidence: f64,
) -> MentionRecord {
    let view = setting.resolver.view;
    let span = view.span(first).cover(view.span(last));
    MentionRecord {
        doc: setting.article.id.clone(),
        sentence: setting.resolver.sentence,
        span: setting.offsets.chars(&setting.article.text, span),
        text: span.of(&setting.article.text).to_owned(),
        kind,
        id: None,
        name: None,
        country: None,
        sectors: Vec::new(),
        link,
        confidence,
    }
}

/// Runs of proper nouns that neither the lexicon nor the text engine knows.
fn unknown_names(setting: &Setting<'_, '_, '_>, seen: &Seen, drafts: &mut Vec<Draft>) {
    let view = setting.resolver.view;
    let mut covered = vec![false; view.len()];
    for draft in drafts.iter() {
        covered[draft.first..=draft.last].fill(true);
    }
    let mut i = 0;
    while i < view.len() {
        if covered[i] || view.upos(i) != Upos::Propn || view.time_word(i).is_some() {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < view.len() && !covered[end] && view.upos(end) == Upos::Propn {
            end += 1;
        }
        let whole = hyphened(view, end - 1) + 1;
        if !covered[end..whole].contains(&true) {
            end = whole;
        }
        let head = view.top(i, end - 1);
        let party = setting.resolver.party(head);
        let place = view.cases(head).any(|c| matches!(c, "in" | "at" | "near" | "from" | "to" | "outside"))
            && matches!(view.rel(head).base(), Rel::Obl | Rel::Nmod);
        let kind = if let Some(before) = seen.kind(view, i, end - 1) {
            before
        } else if party.person || (end - i == 2 && view.rel(i) != Rel::Compound && !place) {
            "PERSON"
        } else if place {
            "LOCATION"
        } else {
            "ORGANISATION"
        };
        let mut record = blank(setting, (i, end - 1), kind, Link::Unresolved, 0.4);
        describe(setting, &party, &mut record);
        drafts.push(Draft { first: i, last: end - 1, named: false, land: false, record });
        i = end;
    }
}
