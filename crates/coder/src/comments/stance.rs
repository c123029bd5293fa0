//! For whom and against whom a reader's sentence is: words of praise and blame, and whom they are said of.
//!
//! What somebody else is quoted as saying, what is asked and what is only imagined says nothing of the reader.

use crate::modality::weaker;
use crate::resolve::Resolver;
use crate::view::View;
use demarche_record::{Modality, Polarity, Span};
use demarche_text::{Rel, Upos};

/// What a comment says of one actor.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighed {
    /// Praise less blame.
    pub sum: i32,
    /// The words that tell.
    pub cues: Vec<String>,
}

/// A word of praise or blame, and of whom it is said.
pub(super) struct Told {
    pub actor: u32,
    pub span: Span,
    /// 1 or -1.
    pub sign: i32,
    pub cue: String,
}

/// Every word of praise or blame in a sentence whose actor is known.
pub(super) fn weigh(resolver: &Resolver<'_, '_>) -> Vec<Told> {
    let view = resolver.view;
    let mut found = Vec::new();
    for w in 0..view.len() {
        let Some((sign, whom)) = said_of(resolver, w) else { continue };
        let denied = view.denied(w);
        if view.asked(w) || imagined(view, w) || reported(view, w) {
            continue;
        }
        for head in whom {
            let party = resolver.party(head);
            if let Some(actor) = party.entity()
                && !found.iter().any(|t: &Told| t.actor == actor && t.cue == view.form(w))
            {
                let cue = if denied { format!("not {}", view.form(w)) } else { view.form(w).to_owned() };
                let sign = if denied { -sign } else { sign };
                found.push(Told { actor, span: party.span, sign, cue });
            }
        }
    }
    found
}

/// The sign of a word and the heads of those it is said of.
fn said_of(resolver: &Resolver<'_, '_>, w: usize) -> Option<(i32, Vec<usize>)> {
    let view = resolver.view;
    let signed = |good: &str, bad: &str| {
        view.placing(good, w).then_some(1).or_else(|| view.placing(bad, w).then_some(-1))
    };
    if let Some(sign) = signed("bravo", "boo")
        && let Some(whom) = called(view, w)
    {
        return Some((sign, vec![whom]));
    }
    if view.verbal(w) {
        if let Some(sign) = signed("good-deed", "bad-deed") {
            let who = view.subject(w, 0)?;
            return Some((sign, view.conjuncts(who)));
        }
        let sign = signed("like", "dislike")?;
        let own = view.subject(w, 0).is_none_or(|s| speaks(view, s));
        // "Thank you, Kenya": who is addressed.
        let addressed = |o: &usize| view.is(*o, "you");
        let object = match view.object(w, 0).filter(addressed) {
            Some(_) => called(view, w),
            None => view.object(w, 0).or_else(|| view.child(w, &[Rel::Iobj])),
        };
        let object = object.or_else(|| {
            let with = |c: &usize| {
                view.rel(*c).base() == Rel::Obl
                    && view.cases(*c).any(|p| matches!(p, "with" | "by" | "in" | "for"))
            };
            view.children(w).find(with)
        })?;
        return own.then(|| (sign, view.conjuncts(object)));
    }
    if !matches!(view.upos(w), Upos::Adj | Upos::Noun | Upos::Propn) || view.mention(w).is_some() {
        return None;
    }
    let sign = signed("praise", "blame")?;
    let mut heads = Vec::new();
    // "A bold move by Russia", "Russia's brutal war": what the word describes, and whose it is.
    let thing = if view.rel(w).base() == Rel::Amod { view.head(w) } else { Some(w) };
    if let Some(thing) = thing {
        heads.push(thing);
        heads.extend(view.owners(thing));
        // "It is a disgrace", "their move is wrong".
        heads.extend(predicated(view, thing));
    }
    // The nearest that is somebody: the thing itself before its owner before the subject.
    let known = heads.into_iter().find(|&h| h != w && resolver.party(h).entity().is_some())?;
    Some((sign, view.conjuncts(known)))
}

/// The subject of a predicate, through "and" and through verbs like "seem".
fn predicated(view: &View<'_>, w: usize) -> Option<usize> {
    let mut at = w;
    for _ in 0..3 {
        if let Some(s) = view.child(at, &[Rel::Nsubj]) {
            return Some(s);
        }
        at = match view.rel(at).base() {
            Rel::Conj | Rel::Xcomp => view.head(at)?,
            _ => return None,
        };
    }
    None
}

/// "Shame on them", "kudos to Kenya", "bravo, Kenya", "thank you, Kenya".
fn called(view: &View<'_>, w: usize) -> Option<usize> {
    let named = |c: &usize| {
        let to = matches!(view.rel(*c).base(), Rel::Nmod | Rel::Obl)
            && view.cases(*c).any(|p| matches!(p, "on" | "to"));
        let beside = matches!(
            view.rel(*c).base(),
            Rel::Vocative | Rel::Appos | Rel::Parataxis | Rel::Nmod | Rel::Obj | Rel::Flat
        );
        to || beside && *c > w && view.upos(*c) == Upos::Propn && view.cases(*c).next().is_none()
    };
    view.children(w).find(named)
}

/// Whether a subject is the writer, or everybody: "I", "we", "nobody", "you".
fn speaks(view: &View<'_>, s: usize) -> bool {
    matches!(
        view.form(s).to_ascii_lowercase().as_str(),
        "i" | "we"
            | "you"
            | "everyone"
            | "everybody"
            | "anyone"
            | "anybody"
            | "nobody"
            | "who"
            | "one"
            | "people"
    )
}

/// What would or might be is no praise; what should be done is what the writer wants.
fn imagined(view: &View<'_>, w: usize) -> bool {
    let wanted = view
        .children(w)
        .any(|c| view.rel(c).base() == Rel::Aux && matches!(view.lemma(c), "should" | "must" | "ought"));
    let modality = view.modality(w);
    !wanted && weaker(modality, Modality::Possible) == modality && modality != Modality::Planned
}

/// Whether somebody else says it.
fn reported(view: &View<'_>, w: usize) -> bool {
    let mut at = w;
    for _ in 0..view.len() {
        let Some(h) = view.head(at) else { return false };
        if matches!(view.rel(at).base(), Rel::Ccomp | Rel::Parataxis)
            && view.stance(h).is_some()
            && view.speaker(h).is_some_and(|s| !speaks(view, s))
        {
            return true;
        }
        at = h;
    }
    false
}

impl View<'_> {
    /// Whether a word, or what it is predicated through, is denied.
    fn denied(&self, w: usize) -> bool {
        let mut at = w;
        for _ in 0..4 {
            if self.polarity(at) == Polarity::Negative {
                return true;
            }
            let up = matches!(self.rel(at).base(), Rel::Amod | Rel::Xcomp | Rel::Conj)
                || self.rel(at).base() == Rel::Ccomp
                    && self.head(at).is_some_and(|h| self.lemma(h) == "think");
            match self.head(at).filter(|_| up) {
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    }
}
