//! Noun phrases that name something by their head noun ("the rebels", "a border town") or a person by a title.
//!
//! What the words stand for is data: role nouns of `agents.toml` and the classes `mention-…` of `classes.toml`.

use crate::naming::{Found, is_name, joined, loose};
use crate::view::View;
use demarche_lexicon::Entry;
use demarche_text::{NameKind, Rel, Upos, Xpos};

/// The lead of a phrase that names by its head noun alone.
pub const BY_NOUN: f32 = 1.5;

/// A phrase that names something by its head noun, or a person by a title before the name.
pub fn by_noun(view: &View<'_>, head: usize) -> Option<Found> {
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
        && view.mention(head).is_none_or(|m| m.words.len() == 1)
    {
        // One of many has an article or a number; without one the noun says what kind of thing something else is.
        if first == 0 || !view.is(first - 1, "one") {
            return None;
        }
    }
    last = hyphened(view, last);
    if generic(view, head, first, last) {
        return None;
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
            words.contains(self.lemma(i)) || words.contains(&*crate::view::lowered(self.lemma(i)))
        })
    }
}
