//! The noun phrases of a sentence: which words head one, and how far it reaches. What is known of it is in `describe`.

use super::describe::phrase;
use super::phrase::{Kind, Phrase};
use super::words::Words;
use crate::view::View;
use demarche_text::{NameKind, NameLayer, Rel, Upos, Xpos};

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
