//! The noun phrases of a sentence: which words head one, how far it reaches, what is known of it.

use super::phrase::{Count, Kind, Phrase, Sort};
use super::words::{
    self, BODY, HER_NAME, HIS_NAME, HUMAN, MISSIS, MISTER, PLACE, Signs, TIME, Words, number,
};
use crate::party::is_land;
use crate::view::View;
use demarche_lexicon::{ActorKind, AgentKind, Entry};
use demarche_text::{NameKind, NameLayer, Rel, Upos, Xpos};
use smallvec::SmallVec;

/// Most words of a phrase that are looked at; longer ones are cut in what is known of them, not in their span.
const LONGEST: usize = 40;

/// Most words for offices that are kept of a person.
const ROLES: usize = 8;

/// Where reading stands in the article; carried from sentence to sentence.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// Whether quotation is open.
    quoted: bool,
    /// Number of the paragraph.
    paragraph: u32,
}

/// Adds the noun phrases of a sentence to `out`: by first word, longer before shorter.
pub fn find(view: &View<'_>, words: &Words, sentence: u32, place: &mut Place, out: &mut Vec<Phrase>) {
    let n = view.len();
    if n == 0 {
        return;
    }
    if view.sentence.new_paragraph {
        place.quoted = false;
        place.paragraph += 1;
    }
    let start = out.len();
    let mut quoted = Vec::with_capacity(n);
    for i in 0..n {
        match view.form(i) {
            "“" | "``" => place.quoted = true,
            "”" | "''" => place.quoted = false,
            "\"" => place.quoted = !place.quoted,
            _ => {}
        }
        quoted.push(place.quoted);
    }
    let extents = extents(view);
    for (i, &inside) in quoted.iter().enumerate() {
        if !heads_one(view, i) {
            continue;
        }
        let own = own_extent(view, i, &extents);
        out.push(phrase(view, words, sentence, i, own, false, (inside, place.paragraph)));
        let joined = view.children(i).filter(|&c| view.rel(c) == Rel::Conj && view.nominal(c)).last();
        if let Some(last) = joined
            && view.rel(i) != Rel::Conj
        {
            let whole = (own.0, own.1.max(own_extent(view, last, &extents).1));
            out.push(phrase(view, words, sentence, i, whole, true, (inside, place.paragraph)));
        }
    }
    out[start..].sort_by_key(|p| (p.first, std::cmp::Reverse(p.last), p.kind == Kind::Joined, p.head));
}

/// Whether a word heads a noun phrase.
fn heads_one(view: &View<'_>, i: usize) -> bool {
    if matches!(view.rel(i), Rel::Flat | Rel::FlatForeign | Rel::Fixed | Rel::Goeswith)
        || matches!(
            view.rel(i).base(),
            Rel::Case | Rel::Mark | Rel::Cc | Rel::Punct | Rel::Aux | Rel::Discourse
        )
    {
        return false;
    }
    match view.upos(i) {
        Upos::Noun => true,
        Upos::Propn => true,
        Upos::Pron => !matches!(view.xpos(i), Xpos::WP | Xpos::WDT | Xpos::WPS | Xpos::EX),
        Upos::Num => {
            let year = view.form(i).len() == 4 && view.head(i).is_some_and(|h| h < i);
            !matches!(view.rel(i).base(), Rel::Compound | Rel::Advmod)
                && (view.rel(i).base() != Rel::Nummod || year)
        }
        Upos::Sym => view.child(i, &[Rel::Nummod]).is_some(),
        Upos::Adv => matches!(view.lemma(i), "here" | "there"),
        Upos::Det => view.rel(i).base() != Rel::Det,
        Upos::Adj => {
            let part = view.children(i).any(|c| view.rel(c).base() == Rel::Nmod && c > i);
            matches!(
                view.rel(i).base(),
                Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Iobj | Rel::Appos | Rel::Conj | Rel::Root
            ) && (view.child(i, &[Rel::Det]).is_some() || part)
        }
        _ => false,
    }
}

/// First and last word of everything under each word, without what stands beside it or says something of it.
fn extents(view: &View<'_>) -> Vec<(usize, usize)> {
    let n = view.len();
    // Children before their heads: by depth, deepest first.
    let mut depth = vec![0u32; n];
    let mut order: Vec<usize> = Vec::with_capacity(n);
    if let Some(root) = view.tree.root() {
        order.push(root);
        let mut at = 0;
        while at < order.len() {
            let w = order[at];
            at += 1;
            for c in view.children(w) {
                depth[c] = depth[w] + 1;
                order.push(c);
            }
        }
    }
    let mut extents: Vec<(usize, usize)> = (0..n).map(|i| (i, i)).collect();
    for &w in order.iter().rev() {
        if let Some(h) = view.head(w) {
            let (first, last) = extents[w];
            extents[h] = (extents[h].0.min(first), extents[h].1.max(last));
        }
    }
    extents
}

/// The extent of the phrase of one head.
fn own_extent(view: &View<'_>, i: usize, extents: &[(usize, usize)]) -> (usize, usize) {
    let predicate = view.children(i).any(|c| {
        matches!(view.rel(c).base(), Rel::Cop | Rel::Nsubj | Rel::Csubj | Rel::Expl)
            && !matches!(view.rel(c), Rel::NsubjOuter)
    });
    let (mut first, mut last) = (i, i);
    let mut stop = usize::MAX;
    for c in view.children(i) {
        let rel = view.rel(c);
        let inside = match rel.base() {
            Rel::Nmod
                if view.children(c).any(|k| view.upos(k) == Upos::Sym && view.rel(k).base() == Rel::Case) =>
            {
                false
            }
            Rel::Det
            | Rel::Nummod
            | Rel::Amod
            | Rel::Compound
            | Rel::Flat
            | Rel::Fixed
            | Rel::Nmod
            | Rel::Goeswith => true,
            Rel::Acl => true,
            Rel::Case => view.xpos(c) == Xpos::POS,
            Rel::Appos if located(view, i) && located(view, c) => true,
            Rel::Appos
            | Rel::Conj
            | Rel::Parataxis
            | Rel::List
            | Rel::Vocative
            | Rel::Dislocated
            | Rel::Cc => {
                if c > i {
                    stop = stop.min(extents[c].0);
                }
                rel == Rel::CcPreconj && c < i
            }
            // "Even a section", "probably Smith": the adverb is not of the phrase.
            Rel::Advmod => {
                let opens = view
                    .children(i)
                    .all(|d| d >= c || matches!(view.rel(d).base(), Rel::Case | Rel::Punct | Rel::Cc));
                !predicate && view.upos(i) != Upos::Pron && (c > i || !opens)
            }
            Rel::Obl | Rel::Xcomp | Rel::Ccomp | Rel::Advcl => !predicate && c > i,
            Rel::Dep => !predicate && c < i,
            _ => false,
        };
        if !inside {
            continue;
        }
        let (from, to) = extents[c];
        if c < i {
            first = first.min(from);
        } else if to < stop || rel.base() == Rel::Acl || rel.base() == Rel::Nmod {
            last = last.max(to);
        }
    }
    trimmed(view, i, (first, last))
}

/// Whether a word is in the name of a place.
fn located(view: &View<'_>, i: usize) -> bool {
    let names = view.tree.names().iter();
    names
        .filter(|n| n.layer == NameLayer::Named && n.words.contains(&i))
        .any(|n| n.kind == NameKind::Location)
}

/// Without marks and prepositions at both ends.
fn trimmed(view: &View<'_>, head: usize, (mut first, mut last): (usize, usize)) -> (usize, usize) {
    let loose = |w: usize| {
        (view.upos(w) == Upos::Punct || matches!(view.rel(w).base(), Rel::Punct | Rel::Cc | Rel::Mark))
            || (view.rel(w).base() == Rel::Case && view.xpos(w) != Xpos::POS)
    };
    let closing = |w: usize| matches!(view.form(w), ")" | "]" | "\"" | "”" | "''");
    while first < head
        && (loose(first)
            && !(matches!(view.form(first), "\"" | "“" | "``") && (first + 1..=last).any(closing)))
    {
        first += 1;
    }
    while last > head && loose(last) {
        let opened =
            closing(last) && (first..last).any(|w| matches!(view.form(w), "(" | "[" | "\"" | "“" | "``"));
        if opened {
            break;
        }
        last -= 1;
    }
    (first, last)
}

fn kind(view: &View<'_>, i: usize, first: usize, joined: bool) -> Kind {
    if joined {
        return Kind::Joined;
    }
    if matches!(view.upos(i), Upos::Pron | Upos::Det) {
        let lower = view.form(i).to_ascii_lowercase();
        return match lower.as_str() {
            "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" | "you"
            | "your" | "yours" | "yourself" | "yourselves" => Kind::Speaker,
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Kind::Person,
            "it" | "its" | "itself" => Kind::It,
            "they" | "them" | "their" | "theirs" | "themselves" | "themself" => Kind::They,
            _ => match view.lemma(i) {
                "he" | "she" => Kind::Person,
                "it" => Kind::It,
                "they" => Kind::They,
                "I" | "we" | "you" => Kind::Speaker,
                _ => Kind::Demonstrative,
            },
        };
    }
    if view.upos(i) == Upos::Num {
        return Kind::Number;
    }
    let owned = view.child(i, &[Rel::NmodPoss]).is_some();
    if view.upos(i) == Upos::Propn {
        return Kind::Name;
    }
    if owned {
        return Kind::Owned;
    }
    let det = view.children(i).filter(|&c| view.rel(c).base() == Rel::Det).last().unwrap_or(first);
    match view.form(det).to_ascii_lowercase().as_str() {
        "the" | "this" | "that" | "these" | "those" | "both" | "such" | "same" => Kind::Definite,
        "a" | "an" | "some" | "any" | "another" | "each" | "every" | "no" | "several" | "many" | "few"
        | "other" | "all" => Kind::Indefinite,
        _ => Kind::Bare,
    }
}

fn phrase(
    view: &View<'_>,
    words: &Words,
    sentence: u32,
    i: usize,
    (first, last): (usize, usize),
    joined: bool,
    (quoted, paragraph): (bool, u32),
) -> Phrase {
    let kind = kind(view, i, first, joined);
    let mut parts: SmallVec<[u32; 6]> = SmallVec::new();
    let mut text: SmallVec<[u32; 12]> = SmallVec::new();
    let mut capitals = String::new();
    for w in (first..=last).take(LONGEST) {
        let upos = view.upos(w);
        if upos == Upos::Punct
            || view.xpos(w) == Xpos::POS
            || matches!(view.form(w), "the" | "The" | "a" | "an" | "A" | "An")
        {
            continue;
        }
        text.push(number(view.form(w)));
        if upos == Upos::Propn
            && let Some(c) = view.form(w).chars().next().filter(|c| c.is_uppercase())
        {
            capitals.push(c);
        }
        // Of what follows the head only names and numbers count as its own.
        let own = w <= i
            || matches!(view.rel(w).base(), Rel::Flat | Rel::Compound)
            || matches!(view.rel(w), Rel::NmodDesc);
        if own
            && matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb)
            && parts.len() < 12
        {
            parts.push(number(if upos == Upos::Noun { view.lemma(w) } else { view.form(w) }));
        }
    }
    let lemma = number(view.lemma(i));
    let form = number(view.form(i));
    let (signs, sort, actor) = known(view, words, i, first, last, kind, &parts);
    let mut roles: SmallVec<[u32; 4]> = SmallVec::new();
    let mut actor_kind = 0;
    if actor != 0 {
        let entry = &view.lexicon.actors[actor as usize - 1];
        actor_kind = entry.kind as u32 + 1;
        for word in entry.offices.iter().filter_map(|o| o.title.split_whitespace().last()) {
            let word = number(word);
            if roles.len() < ROLES && !roles.contains(&word) {
                roles.push(word);
            }
        }
    }
    let count = count(view, i, kind, joined);
    let governor = view.head(i);
    let mut clause = governor;
    let mut steps = 0;
    while let Some(h) = clause {
        if view.verbal(h) || steps > 40 {
            break;
        }
        steps += 1;
        clause = view.head(h);
    }
    let neighbour = |w: Option<usize>| w.filter(|&w| w < view.len()).map_or(0, |w| number(view.form(w)));
    let said_of = view
        .child(i, &[Rel::Cop])
        .and_then(|_| view.child(i, &[Rel::Nsubj]))
        .map(|s| s as u32)
        .filter(|_| !joined);
    let preposition = view
        .children(i)
        .find(|&c| view.rel(c).base() == Rel::Case && c < i)
        .map_or(0, |c| number(view.lemma(c)));
    Phrase {
        sentence,
        head: i as u32,
        first: first as u32,
        last: last as u32,
        span: view.span(first).cover(view.span(last)),
        head_span: view.span(i),
        kind,
        count,
        signs,
        sort,
        lemma,
        form,
        opening: number(view.form(first)),
        text: words::join(text),
        parts,
        initials: if capitals.chars().count() > 1 { number(&capitals) } else { 0 },
        rel: view.rel(i),
        governor: governor.map(|h| h as u32),
        governor_lemma: governor.map_or(0, |h| number(view.lemma(h))),
        preposition,
        around: [neighbour(first.checked_sub(1)), neighbour(Some(last + 1))],
        beside: (view.rel(i) == Rel::Appos && !joined).then(|| governor.map(|h| h as u32)).flatten(),
        said_of,
        clause: clause.map(|h| h as u32),
        quoted,
        clausal: view.children(i).any(|c| view.rel(c).base() == Rel::Acl),
        actor,
        actor_kind,
        roles,
        paragraph,
    }
}

fn count(view: &View<'_>, i: usize, kind: Kind, joined: bool) -> Count {
    if joined {
        return Count::Many;
    }
    match kind {
        Kind::They => return Count::Many,
        Kind::It | Kind::Person => return Count::One,
        _ => {}
    }
    match view.xpos(i) {
        Xpos::NNS | Xpos::NNPS => return Count::Many,
        Xpos::NN | Xpos::NNP => return Count::One,
        _ => {}
    }
    match view.form(i).to_ascii_lowercase().as_str() {
        "we" | "us" | "our" | "ours" | "ourselves" | "these" | "those" | "both" | "many" | "several" => {
            Count::Many
        }
        "i" | "me" | "my" | "mine" | "myself" | "this" | "that" | "one" => Count::One,
        _ => Count::Open,
    }
}

/// What words, names and lexicon tell of a phrase, and the actor it names.
fn known(
    view: &View<'_>,
    words: &Words,
    i: usize,
    first: usize,
    last: usize,
    kind: Kind,
    parts: &[u32],
) -> (Signs, Sort, u32) {
    let mut signs: Signs = match kind {
        Kind::Person
            if matches!(view.lemma(i), "she" | "her" | "hers" | "herself")
                || view.form(i).to_ascii_lowercase().starts_with("she")
                || view.form(i).to_ascii_lowercase().starts_with("her") =>
        {
            return (words::FEMALE | HUMAN, Sort::Human, 0);
        }
        Kind::Person => return (words::MALE | HUMAN, Sort::Human, 0),
        Kind::Speaker => return (HUMAN, Sort::Human, 0),
        Kind::It => return (0, Sort::Thing, 0),
        Kind::They | Kind::Demonstrative | Kind::Joined => return (0, Sort::Open, 0),
        _ => words.signs(number(view.lemma(i))),
    };
    let named = view
        .tree
        .names()
        .iter()
        .filter(|n| n.layer == NameLayer::Named && n.words.contains(&i))
        .map(|n| n.kind)
        .next();
    let mut actor = 0;
    let mut sort = Sort::Open;
    if let Some(mention) = view.mention(i)
        && let Some(candidate) = mention.candidates.first()
    {
        match candidate.entry {
            Entry::Actor(a) => {
                actor = a + 1;
                sort = match view.lexicon.actors[a as usize].kind {
                    kind if is_land(kind) => Sort::Land,
                    ActorKind::Person => Sort::Human,
                    _ => Sort::Body,
                };
            }
            Entry::Agent(a) => {
                sort = match view.lexicon.agents[a as usize].kind {
                    AgentKind::Person => Sort::Human,
                    _ => Sort::Body,
                };
            }
            Entry::Place(_) => sort = Sort::Place,
            Entry::Title(_) => sort = Sort::Human,
        }
    }
    if kind == Kind::Name {
        // The titles and given names in it.
        for w in (first..=last).take(LONGEST) {
            let near = w == i || view.head(w) == Some(i) || view.rel(w).base() == Rel::Flat;
            if near {
                let own = words.signs(number(view.form(w)));
                signs |= own & (MISTER | MISSIS);
                if w == first || parts.first() == Some(&number(view.form(w))) {
                    signs |= own & (HIS_NAME | HER_NAME);
                }
            }
        }
    }
    let by_name = named.map(|kind| match kind {
        NameKind::Person => Sort::Human,
        NameKind::Organisation => Sort::Body,
        NameKind::Location => Sort::Place,
        NameKind::Nationality => Sort::Human,
        NameKind::Temporal => Sort::Time,
        NameKind::Quantity | NameKind::Money => Sort::Amount,
        _ => Sort::Thing,
    });
    if sort == Sort::Open || (kind == Kind::Name && actor == 0) {
        sort = by_name.unwrap_or(sort);
    }
    if sort == Sort::Open {
        sort = if signs & (HUMAN | MISTER | MISSIS) != 0 {
            Sort::Human
        } else if signs & BODY != 0 {
            Sort::Body
        } else if signs & PLACE != 0 {
            Sort::Place
        } else if signs & TIME != 0 {
            Sort::Time
        } else if view.upos(i) == Upos::Num {
            Sort::Amount
        } else {
            Sort::Open
        };
    }
    if sort == Sort::Human || signs & (MISTER | MISSIS) != 0 {
        let male =
            signs & MISTER != 0 || signs & MISSIS == 0 && signs & HIS_NAME != 0 && signs & HER_NAME == 0;
        let female =
            signs & MISSIS != 0 || signs & MISTER == 0 && signs & HER_NAME != 0 && signs & HIS_NAME == 0;
        signs |= if male { words::MALE } else { 0 } | if female { words::FEMALE } else { 0 } | HUMAN;
    }
    (signs, sort, actor)
}
