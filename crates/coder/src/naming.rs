//! Spans that name something: what the text engine takes for names, put right by the tree, and noun phrases that name by
//! their head noun ("the rebels", "a border town").
//!
//! Who a span stands for is left to `resolve`; figures, addresses and other regular things to `figures`.

use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::{Entry, Mention};
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

/// The lead of a phrase that names by its head noun alone.
const BY_NOUN: f32 = 1.5;
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
    loop {
        // Names of the lexicon are whole.
        for w in [first, last] {
            if let Some(range) = view.mention(w).filter(|m| is_name(m)).map(|m| &m.words) {
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
        while first < last && loose(view, first) {
            first += 1;
        }
        while first < last && (loose(view, last) || view.upos(last) == Upos::Det) {
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
    if matches!(
        view.time_word(head),
        Some(crate::when::TimeWord::Month(_) | crate::when::TimeWord::Weekday(_))
    ) {
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
fn is_name(mention: &Mention) -> bool {
    matches!(mention.candidates.first().map(|c| c.entry), Some(Entry::Actor(_) | Entry::Place(_)))
}

/// Whether two words are parts of one hyphenated word.
fn joined(view: &View<'_>, a: usize, b: usize) -> bool {
    let touching = view.span(a).end == view.span(b).start;
    touching && (view.form(b).starts_with('-') || view.form(a).ends_with('-'))
}

/// A word that no name begins or ends with.
fn loose(view: &View<'_>, i: usize) -> bool {
    match view.upos(i) {
        Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Aux | Upos::Part => true,
        Upos::Punct => !matches!(view.form(i), ")" | "(" | "-" | "."),
        _ => false,
    }
}

/// A phrase that names something by its head noun, or a person by a title before the name.
fn by_noun(view: &View<'_>, head: usize) -> Option<Found> {
    let rel = view.rel(head);
    let modifies =
        |r: Rel| matches!(r.base(), Rel::Compound | Rel::Flat | Rel::Fixed | Rel::Goeswith | Rel::Amod);
    let shared = rel == Rel::Conj && view.head(head).is_some_and(|h| modifies(view.rel(h)));
    if modifies(rel) || shared || rel == Rel::NmodDesc {
        return None;
    }
    let titled = view.upos(head) == Upos::Propn
        && view.mention(head).is_none_or(is_name)
        && view.children(head).any(|c| c < head && title(view, c));
    let kind = if titled { NameKind::Person } else { noun_kind(view, head)? };
    let role = view.mention(head).filter(|m| !is_name(m));
    let mut first = chunk_start(view, role.map_or(head, |m| m.words.start as usize));
    let mut last = head;
    for c in view.children(head).filter(|&c| c > head) {
        if view.rel(c).base() == Rel::Flat && c == last + 1 {
            last = c;
        } else if (view.upos(head) == Upos::Noun || role.is_some())
            && view.rel(c).base() == Rel::Nmod
            && view.cases(c).eq(["of"])
            && view.upos(c) == Upos::Propn
        {
            last = last.max(name_end(view, c));
        }
    }
    if kind == NameKind::Person
        && !titled
        && first == head
        && last == head
        && !view.mention(head).is_some_and(|m| m.words.len() > 1)
    {
        // One of many has an article or a number; without one the noun says what kind of thing something else is.
        if first == 0 || !view.is(first - 1, "one") {
            return None;
        }
    }
    if kind == NameKind::Person
        && first > 0
        && view.is(first - 1, "one")
        && view.head(first - 1) == Some(head)
    {
        first -= 1;
    }
    Some(Found { first, last, kind, lead: BY_NOUN })
}

/// The last word of a name that goes on after a hyphen: "al-Tanawi".
pub fn hyphened(view: &View<'_>, mut last: usize) -> usize {
    while last + 2 < view.len()
        && view.upos(last) == Upos::Propn
        && view.upos(last + 2) == Upos::Propn
        && view.mention(last).is_none()
        && view.form(last + 1) == "-"
        && joined(view, last, last + 1)
        && joined(view, last + 1, last + 2)
    {
        last += 2;
    }
    last
}

/// Whether a role noun of ordinary life stands for nobody in particular: "people", "innocent civilians".
fn generic(view: &View<'_>, head: usize, first: usize, last: usize) -> bool {
    let Some(Entry::Agent(role)) = view.mention(head).and_then(|m| m.candidates.first()).map(|c| c.entry)
    else {
        return false;
    };
    let sectors = &view.lexicon.agents[role as usize].sectors;
    let ordinary = sectors.iter().all(|sector| matches!(sector.as_str(), "CVL" | "SOC" | "REL" | "EDU"));
    let marked = view.children(head).any(|c| matches!(view.rel(c).base(), Rel::Nummod | Rel::Det))
        || (first..=last).any(|w| view.mention(w).is_some_and(is_name))
        || view.children(head).any(|c| view.rel(c) == Rel::NmodPoss);
    ordinary && !marked
}

/// Whether a word is a title or a role noun for one person, standing before a name.
fn title(view: &View<'_>, i: usize) -> bool {
    matches!(view.rel(i), Rel::Compound | Rel::NmodDesc | Rel::Flat)
        && view.mention(i).is_some_and(|m| match m.candidates.first().map(|c| c.entry) {
            Some(Entry::Agent(r)) => view.lexicon.agents[r as usize].is_person(),
            Some(Entry::Title(_)) => true,
            _ => false,
        })
}

/// The last word of a name with this head.
fn name_end(view: &View<'_>, head: usize) -> usize {
    let own =
        view.children(head).filter(|&c| c > head && matches!(view.rel(c).base(), Rel::Flat | Rel::Compound));
    let mentioned = view.mention(head).filter(|m| is_name(m)).map_or(head, |m| m.words.end as usize - 1);
    own.fold(mentioned.max(head), usize::max)
}

/// The first word of a noun chunk: adjectives and nouns before the head, without numbers, possessors and other phrases.
pub fn chunk_start(view: &View<'_>, head: usize) -> usize {
    let mut first = head;
    while first > 0 {
        let w = first - 1;
        // A name of the lexicon is one word.
        if let Some(m) =
            view.mention(w).filter(|m| is_name(m) && m.words.len() > 1 && m.words.end as usize == first)
        {
            let top = view.top(m.words.start as usize, w);
            if view.head(top).is_some_and(|h| (first..=head).contains(&h))
                && view.cases(top).next().is_none()
                && view.rel(top) != Rel::NmodPoss
            {
                first = m.words.start as usize;
                continue;
            }
        }
        // The child of the head that this word stands under.
        let mut up = w;
        let mut steps = 0;
        while view.head(up).is_some_and(|h| h != head) && steps < 6 {
            up = view.head(up).unwrap_or(head);
            steps += 1;
        }
        if view.head(up) != Some(head) || up > head {
            break;
        }
        let belongs = match view.rel(up).base() {
            Rel::Amod | Rel::Compound | Rel::Flat | Rel::Goeswith => true,
            Rel::Punct => view.form(w) == "-",
            Rel::Det => !matches!(view.lemma(w), "any" | "no" | "both" | "each"),
            Rel::Nmod if view.rel(up) == Rel::NmodPoss => view.xpos(up) == Xpos::PRPS,
            Rel::Nmod => view.cases(up).next().is_none(),
            _ => false,
        };
        if !belongs {
            break;
        }
        first = w;
    }
    while first < head && loose(view, first) {
        first += 1;
    }
    first
}

/// What a common noun names, if it is a role noun or stands in one of the classes of kinds.
fn noun_kind(view: &View<'_>, i: usize) -> Option<NameKind> {
    let noun = view.upos(i) == Upos::Noun
        || view.upos(i) == Upos::Propn && view.mention(i).is_some_and(|m| !is_name(m));
    if !noun {
        return None;
    }
    let plural = matches!(view.xpos(i), Xpos::NNS | Xpos::NNPS);
    let role = view.mention(i).filter(|m| m.words.end as usize == i + 1).and_then(|m| m.candidates.first());
    match role.map(|c| c.entry) {
        Some(Entry::Agent(r)) => {
            let person = view.lexicon.agents[r as usize].is_person() && !plural;
            return Some(if person { NameKind::Person } else { NameKind::Organisation });
        }
        Some(Entry::Title(_)) => return Some(if plural { NameKind::Organisation } else { NameKind::Person }),
        _ => {}
    }
    const CLASSES: [(&str, NameKind); 6] = [
        ("mention-location", NameKind::Location),
        ("mention-body", NameKind::Organisation),
        ("mention-weapon", NameKind::Weapon),
        ("mention-platform", NameKind::MilitaryPlatform),
        ("mention-vehicle", NameKind::Vehicle),
        ("mention-document", NameKind::Document),
    ];
    CLASSES.iter().find(|(class, _)| view.in_class(class, i)).map(|&(_, kind)| kind)
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

impl View<'_> {
    /// The word of a range that the rest of the sentence sees; the nearest to the root where there are several.
    pub fn top(&self, first: usize, last: usize) -> usize {
        let inside = first..=last;
        (first..=last)
            .find(|&w| self.nominal(w) && self.head(w).is_none_or(|h| !inside.contains(&h)))
            .or_else(|| (first..=last).find(|&w| self.head(w).is_none_or(|h| !inside.contains(&h))))
            .unwrap_or(last)
    }

    /// Whether the lemma or the form of a word is in a word class of the lexicon.
    pub fn in_class(&self, class: &str, i: usize) -> bool {
        self.lexicon.classes.get(class).is_some_and(|words| {
            words.contains(self.lemma(i)) || words.contains(self.lemma(i).to_lowercase().as_str())
        })
    }
}
