//! What one sentence tells of attacks: a trigger, who is said to have done it and how surely, what and who was hit.
//!
//! Parts are found by where they stand beside the trigger and by what they can be (`parts`). What belongs together in an
//! article is decided in `incident`.

use super::blame::blame;
use super::counts::Counted;
use super::parts::{Sort, filler, is_weapon, sort};
use crate::claim::Claim;
use crate::records::Setting;
use crate::resolve::Resolver;
use crate::view::View;
use demarche_lexicon::Slot;
use demarche_record::{
    Basis, Certainty, Count, Evidence, Filler, Modality, Perpetrator, PerpetratorKind, Place, Polarity, When,
};
use demarche_text::{Rel, Upos};
use smallvec::SmallVec;

/// One sentence's word on one attack.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The kind of attack, as in the record.
    pub kind: &'static str,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub place: Vec<Place>,
    /// Who.
    pub perpetrators: Vec<Perpetrator>,
    /// Things hit.
    pub targets: Vec<Filler>,
    /// People hit.
    pub victims: Vec<Filler>,
    /// With what.
    pub weapons: Vec<Filler>,
    /// How many.
    pub counts: Vec<Count>,
    /// The sentence and the trigger.
    pub evidence: Evidence,
}

/// Heads of the parts of one attack, as words.
#[derive(Debug, Default)]
pub(super) struct Heads {
    pub(super) who: Vec<usize>,
    hit: Vec<usize>,
    with: Vec<usize>,
    pub(super) certainty: Option<(Certainty, Option<usize>)>,
}

impl Heads {
    fn empty(&self) -> bool {
        self.who.is_empty() && self.hit.is_empty() && self.with.is_empty()
    }
}

/// Everything a sentence tells of attacks. `attribute` adds to claims those who say so.
pub fn tellings(
    setting: &Setting<'_, '_, '_>,
    counts: &[Counted],
    attribute: impl Fn(&mut [Claim]),
) -> Vec<Telling> {
    let view = setting.resolver.view;
    let mut found = Vec::new();
    for i in 0..view.len() {
        let Some(kind) = trigger(view, i) else { continue };
        let clause = governing(view, i);
        // What is denied, thought of or only planned has not been done.
        let real = |w: usize| matches!(view.modality(w), Modality::Actual | Modality::Possible);
        if view.polarity(i) == Polarity::Negative || !real(i) || !real(clause) || to_come(view, i, clause) {
            continue;
        }
        let mut heads = Heads::default();
        if view.verbal(i) {
            of_verb(&setting.resolver, i, &mut heads);
        } else {
            of_noun(&setting.resolver, i, &mut heads);
        }
        blame(view, clause, i, &mut heads);
        let mut claims =
            [Claim::open(i, SmallVec::new(), SmallVec::new(), view.polarity(i), view.modality(i))];
        attribute(&mut claims);
        let told = record(setting, &claims[0], kind, heads, counts);
        found.extend(told);
    }
    found
}

/// The kind of attack a word tells of, if it does.
fn trigger(view: &View<'_>, i: usize) -> Option<&'static str> {
    let table: &[(&str, &str)] = if view.verbal(i) {
        &[
            ("harm-kill", "killing"),
            ("harm-take", "kidnapping"),
            ("attack-bomb", "bombing"),
            ("attack-verb", "attack"),
            ("attack-ruin", "attack"),
            ("harm-die", "killing"),
            ("harm-wound", "attack"),
            ("attack-place", "bombing"),
        ]
    } else if matches!(view.upos(i), Upos::Noun | Upos::Propn) {
        &[
            ("harm-kill-noun", "killing"),
            ("harm-take-noun", "kidnapping"),
            ("attack-bomb-noun", "bombing"),
            ("attack-noun", "attack"),
            ("harm-death", "killing"),
        ]
    } else {
        return None;
    };
    let (class, kind) = table.iter().find(|(class, _)| view.class(i, class))?;
    if *class == "attack-place" {
        // To plant, throw or fire is an attack where the thing planted is a weapon.
        let armed = [Slot::Obj, Slot::Subj].iter().flat_map(|s| view.fill(i, s)).any(|w| is_weapon(view, w));
        return armed.then_some(*kind);
    }
    Some(if view.class(i, "attack-ruin") && (view.is(i, "burn") || view.is(i, "torch")) {
        "arson"
    } else {
        kind
    })
}

/// Whether an act is only meant: an infinitive under a verb that does not bring it about ("plan to"), the object of one
/// that looks ahead ("prepare an attack").
fn to_come(view: &View<'_>, i: usize, clause: usize) -> bool {
    if clause != i {
        return view.class(clause, "attack-ahead");
    }
    let mut at = i;
    for _ in 0..4 {
        if view.has_child(at, Rel::Mark, "to") {
            return view.verbal(at) && view.head(at).is_none_or(|h| !view.class(h, "attack-brought"));
        }
        match view.head(at).filter(|&h| view.rel(at).base() == Rel::Conj && view.verbal(h)) {
            Some(h) if view.child(at, &[Rel::Nsubj, Rel::Aux]).is_none() => at = h,
            _ => break,
        }
    }
    false
}

/// The verb that a noun of an act depends on, or the word itself.
fn governing(view: &View<'_>, i: usize) -> usize {
    match view.head(i) {
        Some(h) if !view.verbal(i) && view.verbal(h) => h,
        _ => i,
    }
}

pub(super) fn all(view: &View<'_>, i: usize, slot: &Slot) -> Vec<usize> {
    view.fill(i, slot).into_iter().flat_map(|w| view.conjuncts(w)).collect()
}

pub(super) fn prep(name: &str) -> Slot {
    Slot::Prep(name.to_owned())
}

fn of_verb(resolver: &Resolver<'_, '_>, i: usize, heads: &mut Heads) {
    let view = resolver.view;
    let intransitive = view.class(i, "harm-die") || view.is(i, "explode");
    for w in all(view, i, &Slot::Subj) {
        match sort(resolver, w) {
            Sort::Weapon => heads.with.push(w),
            Sort::People | Sort::Body if intransitive => heads.hit.push(w),
            Sort::People | Sort::Body => heads.who.push(w),
            Sort::Thing if view.class(i, "harm-die") => {}
            Sort::Thing | Sort::Other => {
                heads.with.extend(view.children(w).filter(|&c| c < w && is_weapon(view, c)));
            }
        }
    }
    for w in all(view, i, &Slot::Obj) {
        if is_weapon(view, w) {
            heads.with.push(w);
        } else {
            heads.hit.push(w);
        }
    }
    for p in ["with", "using", "by", "from"] {
        heads.with.extend(all(view, i, &prep(p)).into_iter().filter(|&w| is_weapon(view, w)));
    }
    for p in ["at", "against", "on", "near", "outside", "inside", "in", "into", "under", "of", "front"] {
        for w in all(view, i, &prep(p)) {
            let hit = sort(resolver, w);
            let aimed = matches!(p, "at" | "against" | "on") && hit == Sort::People;
            let stated = view.class(i, "attack-place") || view.class(i, "attack-bomb") || aimed;
            if (hit == Sort::Thing && stated) || (aimed && !view.class(i, "harm-die")) {
                heads.hit.push(w);
            }
        }
    }
    for p in ["in", "during"] {
        for act in all(view, i, &prep(p)) {
            if trigger(view, act).is_some() {
                heads.with.extend(view.children(act).filter(|&c| c < act && is_weapon(view, c)));
            }
        }
    }
}

fn of_noun(resolver: &Resolver<'_, '_>, i: usize, heads: &mut Heads) {
    let view = resolver.view;
    let killing =
        view.class(i, "harm-kill-noun") || view.class(i, "harm-take-noun") || view.class(i, "harm-death");
    for w in all(view, i, &Slot::Poss) {
        match sort(resolver, w) {
            Sort::People | Sort::Body if killing => heads.hit.push(w),
            Sort::People | Sort::Body => heads.who.push(w),
            Sort::Thing => heads.hit.push(w),
            _ => {}
        }
    }
    for w in all(view, i, &Slot::Mod) {
        match sort(resolver, w) {
            Sort::Weapon => heads.with.push(w),
            Sort::Body | Sort::People if !killing => heads.who.push(w),
            Sort::People => heads.hit.push(w),
            Sort::Thing => heads.hit.push(w),
            _ => {}
        }
    }
    for w in all(view, i, &prep("by")) {
        if matches!(sort(resolver, w), Sort::People | Sort::Body) {
            heads.who.push(w);
        }
    }
    for w in all(view, i, &prep("of")) {
        match sort(resolver, w) {
            Sort::Weapon => heads.with.push(w),
            Sort::People | Sort::Thing => heads.hit.push(w),
            Sort::Body | Sort::Other => {}
        }
    }
    for p in ["against", "on", "at", "near", "outside", "inside", "in"] {
        for w in all(view, i, &prep(p)) {
            let aimed = matches!(p, "against" | "on");
            if sort(resolver, w) == Sort::Thing
                || (aimed && matches!(sort(resolver, w), Sort::People | Sort::Body))
            {
                heads.hit.push(w);
            }
        }
    }
    heads.with.extend(all(view, i, &prep("with")).into_iter().filter(|&w| is_weapon(view, w)));
    // "Rebels carried out the attack": who does the deed stands beside the verb.
    let clause = governing(view, i);
    if clause != i
        && view.class(clause, "attack-commit")
        && matches!(view.rel(i).base(), Rel::Obj | Rel::Nsubj)
    {
        let doers = all(view, clause, &Slot::Subj);
        heads
            .who
            .extend(doers.into_iter().filter(|&w| matches!(sort(resolver, w), Sort::People | Sort::Body)));
    }
}

/// The body that people belong to: "FMLN guerrillas", "members of the FMLN".
fn body_of(resolver: &Resolver<'_, '_>, w: usize) -> Vec<usize> {
    let view = resolver.view;
    let mut found: Vec<usize> = all(view, w, &Slot::Mod);
    found.extend(all(view, w, &Slot::Poss));
    for p in ["of", "from"] {
        found.extend(all(view, w, &prep(p)));
    }
    found.retain(|&b| sort(resolver, b) == Sort::Body);
    found
}

/// Whether all that was hit is armed: soldiers, barracks, rebels. Then it is a battle, and no attack on others.
fn fighting(view: &View<'_>, heads: &Heads) -> bool {
    let armed = |w: usize| {
        let beside = |c: usize| c < w && matches!(view.rel(c).base(), Rel::Compound | Rel::Amod);
        view.class(w, "attack-armed") || view.children(w).any(|c| beside(c) && view.class(c, "attack-armed"))
    };
    !heads.hit.is_empty() && heads.hit.iter().all(|&w| armed(w))
}

fn record(
    setting: &Setting<'_, '_, '_>,
    claim: &Claim,
    kind: &'static str,
    heads: Heads,
    counts: &[Counted],
) -> Option<Telling> {
    let (resolver, view) = (&setting.resolver, setting.resolver.view);
    let at = claim.at;
    if heads.empty() || fighting(view, &heads) {
        return None;
    }
    let speaker =
        claim.speakers.last().and_then(|s| s.party.as_ref()).map(|p| p.span.of(view.text).to_owned());
    let (mut certainty, mut by) = match heads.certainty {
        Some((certainty, by)) => (certainty, by.map(|w| view.phrase(w).of(view.text).to_owned())),
        None if claim.speakers.is_empty() => (Certainty::Confirmed, None),
        None => (Certainty::Blamed, speaker),
    };
    if claim.speakers.iter().any(|s| s.stance == demarche_record::Stance::Denies) {
        certainty = Certainty::Denied;
    }
    if certainty == Certainty::Confirmed {
        by = None;
    }
    let mut perpetrators: Vec<Perpetrator> = Vec::new();
    let mut blame = |w: usize, kind: PerpetratorKind| {
        let suspected = view.children(w).any(|c| view.class(c, "blame-suspected"));
        perpetrators.push(Perpetrator {
            kind,
            who: filler(resolver, setting.offsets, w, true),
            certainty: if suspected && certainty == Certainty::Confirmed {
                Certainty::Suspected
            } else {
                certainty
            },
            by: by.clone(),
        });
    };
    for &w in &heads.who {
        match sort(resolver, w) {
            Sort::Body => blame(w, PerpetratorKind::Organisation),
            Sort::People => {
                blame(w, PerpetratorKind::Individual);
                for b in body_of(resolver, w) {
                    blame(b, PerpetratorKind::Organisation);
                }
            }
            _ => {}
        }
    }
    let part = |w: usize, short: bool| filler(resolver, setting.offsets, w, short);
    let (mut targets, mut victims) = (Vec::new(), Vec::new());
    for &w in &heads.hit {
        match sort(resolver, w) {
            Sort::People => {
                victims.push(part(w, true));
                // "Judge X and his guard", "the politician, X": a name set beside the people.
                for c in view.children(w) {
                    if view.rel(c).base() == Rel::Appos && sort(resolver, c) == Sort::People {
                        victims.push(part(c, true));
                    }
                }
            }
            Sort::Thing => targets.push(part(w, false)),
            // A body is hit where it has a seat that can be: a bank, an embassy; not a people or an order.
            Sort::Body if view.class(w, "attack-seat") => targets.push(part(w, false)),
            _ => {}
        }
    }
    let weapons: Vec<Filler> = heads.with.iter().map(|&w| part(w, false)).collect();
    if perpetrators.is_empty() && targets.is_empty() && victims.is_empty() && weapons.is_empty() {
        return None;
    }
    Some(Telling {
        kind,
        when: setting.when(claim, true).filter(|w| w.basis == Basis::Text || w.start.is_some()),
        place: setting.placed(claim.from, at, claim.modality, None),
        perpetrators,
        targets,
        victims,
        weapons,
        counts: super::casualties(view, at, counts).counts,
        evidence: Evidence {
            sentence: resolver.sentence,
            span: setting.offsets.chars(view.text, view.sentence.span),
            text: view.sentence.span.of(view.text).to_owned(),
            trigger: view.form(at).to_owned(),
            trigger_span: setting.offsets.chars(view.text, view.span(at)),
        },
    })
}
