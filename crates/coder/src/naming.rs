//! Spans that name something: what the text engine takes for names, put right by the tree, and the noun phrases of
//! `chunk`.
//!
//! Who a span stands for is left to `resolve`; figures, addresses and other regular things to `figures`.

use crate::chunk::{BY_NOUN, by_noun, chunk_start};
use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::{Entry, Mention, TimeKind};
use demarche_text::{Name, NameKind, NameLayer, Rel, Upos, Xpos};
use smallvec::SmallVec;

/// A span that names something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// What it names.
    pub kind: NameKind,
    /// How clear that is, in the unit of the text engine's leads.
    pub lead: f32,
}

/// From here on the text engine's borders are believed before those of the tree.
const CLEAR: f32 = 2.0;
/// Below this a span of the text engine is not believed without a noun that says the same.
const DOUBTFUL: f32 = 0.0;

/// The spans of a sentence, in order, none twice.
pub fn spans(resolver: &Resolver<'_, '_>, out: &mut Vec<Found>) {
    out.clear();
    let view = resolver.view;
    let names = view.tree.names();
    for name in names.iter().filter(|name| name.layer != NameLayer::Named) {
        if let Some(found) = repaired(view, name) {
            for part in parted(view, found) {
                add(view, part, out);
            }
        }
    }
    for head in 0..view.len() {
        if let Some(found) = by_noun(view, head) {
            add(view, found, out);
        }
    }
    for name in names.iter().filter(|name| name.layer == NameLayer::Named && name.lead >= CLEAR) {
        if let Some(found) = repaired(view, name) {
            let taken =
                out.iter().any(|f| f.first <= found.last && found.first <= f.last && f.kind == found.kind);
            if !taken {
                add(view, found, out);
            }
        }
    }
    inner_names(view, out);
    out.sort_by_key(|f| (f.first, std::cmp::Reverse(f.last), f.kind));
}

/// Takes a span in, unless the same head already has one that is clearer.
fn add(view: &View<'_>, found: Found, out: &mut Vec<Found>) {
    let head = view.top(found.first, found.last);
    let same =
        |f: &Found| view.top(f.first, f.last) == head && (f.first, f.last) != (found.first, found.last);
    for old in out.iter_mut() {
        let equal = bare(view, old.first) == bare(view, found.first) && old.last == found.last;
        if equal {
            // One span, one kind: the clearer.
            if old.lead < found.lead {
                *old = found;
            }
            return;
        }
        if same(old)
            && old.kind == found.kind
            && old.lead.min(found.lead) < CLEAR
            && (old.lead == BY_NOUN || found.lead == BY_NOUN)
        {
            if old.lead < found.lead {
                *old = found;
            }
            return;
        }
    }
    out.push(found);
}

/// Where a span begins without its article.
pub fn bare(view: &View<'_>, first: usize) -> usize {
    first + usize::from(article(view, first))
}

fn article(view: &View<'_>, i: usize) -> bool {
    matches!(view.form(i), "the" | "The" | "THE" | "a" | "A" | "an" | "An")
}

/// A span of the text engine with whole names in it and no words at its ends that belong to neither side.
fn repaired(view: &View<'_>, name: &Name) -> Option<Found> {
    let Name { mut kind, lead, .. } = *name;
    let (mut first, mut last) = (name.words.start, name.words.end - 1);
    if matches!(kind, NameKind::Event | NameKind::Other) {
        return None;
    }
    if lead < DOUBTFUL && name.layer == NameLayer::Part {
        return None;
    }
    // Names of the lexicon are whole, except for the nationality in "Iraqi government".
    let name_at = |w: usize| view.mention(w).filter(|m| is_name(m) && kind != NameKind::Nationality);
    // The last word of "St. John's" is part of it.
    let whole = |w: usize| name_at(w).is_some_and(|m| m.words.len() > 1);
    // Every round but the last moves an end; no two ends stand further apart than the sentence is long.
    for _ in 0..=view.len() {
        for w in [first, last] {
            if let Some(range) = name_at(w).map(|m| &m.words) {
                first = first.min(range.start as usize);
                last = last.max(range.end as usize - 1);
            }
        }
        let (was_first, was_last) = (first, last);
        while first > 0 && joined(view, first - 1, first) {
            first -= 1;
        }
        while last + 1 < view.len() && joined(view, last, last + 1) && view.mention(last).is_none() {
            last += 1;
        }
        while first < last && loose(view, first) && !whole(first) {
            first += 1;
        }
        while first < last && (loose(view, last) || view.upos(last) == Upos::Det) && !whole(last) {
            last -= 1;
        }
        if (first, last) == (was_first, was_last) {
            break;
        }
    }
    let head = view.top(first, last);
    if first == last {
        let alone = match view.upos(first) {
            Upos::Noun | Upos::Propn | Upos::Num | Upos::X | Upos::Sym => true,
            Upos::Pron => view.xpos(first) == Xpos::PRP,
            Upos::Adj => kind != NameKind::Nationality || view.form(first).starts_with(char::is_uppercase),
            Upos::Adv => kind == NameKind::Temporal,
            _ => false,
        };
        if !alone {
            return None;
        }
    }
    if matches!(view.time_word(head), Some(TimeKind::Month | TimeKind::Weekday)) {
        kind = NameKind::Temporal;
    }
    if kind == NameKind::Person {
        last = person_end(view, head, last);
    }
    Some(Found { first, last, kind, lead })
}

/// The members of a coordination, where they are people or have names: "the president and Mr Hollande" are two.
fn parted(view: &View<'_>, found: Found) -> SmallVec<[Found; 2]> {
    let Found { first, last, kind, .. } = found;
    let mut parts = SmallVec::new();
    let mut rest = found;
    let head = view.top(first, last);
    for c in view.children(head).filter(|&c| view.rel(c) == Rel::Conj && head < c && c <= last) {
        let start = chunk_start(view, c);
        let inside = view.mention(c).is_some_and(|m| m.words.contains(&(head as u32)));
        let named = view.upos(head) == Upos::Propn || view.upos(c) == Upos::Propn;
        if inside || start <= head || !(named || kind == NameKind::Person) {
            continue;
        }
        let mut end = start - 1;
        while end > rest.first && loose(view, end) {
            end -= 1;
        }
        parts.push(Found { last: end, ..rest });
        rest.first = start;
    }
    parts.push(rest);
    parts
}

/// The last word of a personal name that begins in a span.
fn person_end(view: &View<'_>, head: usize, mut last: usize) -> usize {
    while last + 1 < view.len()
        && view.upos(last + 1) == Upos::Propn
        && matches!(view.rel(last + 1).base(), Rel::Flat)
        && view.head(last + 1) == Some(head)
    {
        last += 1;
    }
    last
}

/// Whether a mention is a name of somebody or some place, and no role noun.
pub fn is_name(mention: &Mention) -> bool {
    matches!(mention.candidates.first().map(|c| c.entry), Some(Entry::Actor(_) | Entry::Place(_)))
}

/// Whether two words are parts of one hyphenated word.
pub fn joined(view: &View<'_>, a: usize, b: usize) -> bool {
    let touching = view.span(a).end == view.span(b).start;
    touching && (view.form(b).starts_with('-') || view.form(a).ends_with('-'))
}

/// A word that no name begins or ends with.
pub fn loose(view: &View<'_>, i: usize) -> bool {
    match view.upos(i) {
        Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Aux | Upos::Part => true,
        Upos::Punct => !matches!(view.form(i), ")" | "(" | "-" | "."),
        _ => false,
    }
}

/// The names of people inside phrases that hold a title too: "Blinken" in "Secretary Blinken".
fn inner_names(view: &View<'_>, out: &mut Vec<Found>) {
    for at in 0..out.len() {
        let Found { first, last, kind, lead } = out[at];
        if kind != NameKind::Person || first == last {
            continue;
        }
        let mut start = last;
        while start > first
            && view.upos(start - 1) == Upos::Propn
            && view.mention(start - 1).is_none_or(is_name)
        {
            start -= 1;
        }
        let named = view.upos(last) == Upos::Propn && view.mention(last).is_none_or(is_name);
        if named && start > bare(view, first) && !out.iter().any(|f| (f.first, f.last) == (start, last)) {
            out.push(Found { first: start, last, kind, lead });
        }
    }
}
