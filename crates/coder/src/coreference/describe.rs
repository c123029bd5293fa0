//! What is known of a noun phrase: how it refers, its words, number, sex and sort, its place in the sentence.

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

/// A phrase with all that is known of it: its head, first and last word, whether it is of several joined, whether it
/// stands in quotation, and its paragraph.
pub(super) fn phrase(
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
        role: role(view, i),
        listed: view.rel(i) == Rel::Conj
            || view.children(i).any(|c| view.rel(c) == Rel::Conj && view.nominal(c)),
        reflexive: kind.pronoun() && ["self", "selves"].iter().any(|end| view.form(i).ends_with(end)),
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

/// The relation of the list that a word stands in; its own where it stands in none.
fn role(view: &View<'_>, i: usize) -> Rel {
    let mut first = i;
    while view.rel(first) == Rel::Conj
        && let Some(h) = view.head(first)
    {
        first = h;
    }
    view.rel(first)
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
