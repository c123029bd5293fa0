//! Operators: words that take the claims of another word and make others of them, or change how real they are.

use crate::claim::{Claim, Parties, Speaker};
use crate::coding::{Class, Coding};
use crate::fitting::Around;
use crate::matching::{Anchoring, Missing};
use crate::modality::weaker;
use demarche_lexicon::{Operator, Outcome, Ref, Slot, Table};
use demarche_record::{EventType, Modality, Polarity, Stance};
use demarche_text::{Rel, Upos, Xpos};
use smallvec::SmallVec;

/// An operator that fits a word: heads asked for, further words.
struct Fit<'v> {
    rank: (usize, usize),
    rule: Ref,
    operator: &'v Operator,
    anchoring: Anchoring,
    head_words: SmallVec<[usize; 2]>,
}

/// An operator in its sentence: its word, its own parties, how it is said to be.
struct Setting<'v> {
    at: usize,
    operator: &'v Operator,
    who: Parties,
    whom: Parties,
    modality: Modality,
    polarity: Polarity,
    /// Both parties do it to each other.
    mutual: bool,
}

impl<'v> Coding<'v, '_> {
    /// The claims of the first operator that fits the word and finds an event to act on.
    pub(crate) fn operate(
        &mut self,
        i: usize,
        class: Class,
        refs: &[Ref],
        depth: usize,
        headed: bool,
    ) -> Option<Vec<Claim>> {
        let view = self.resolver.view;
        let lexicon = view.lexicon;
        let mut fitting: SmallVec<[Fit<'v>; 2]> = SmallVec::new();
        for &r in refs.iter().filter(|r| r.table == Table::Operator) {
            let operator = &lexicon.operators[r.entry as usize];
            if operator.heads.is_empty() == headed {
                continue;
            }
            let lexeme = self.lexeme(class, r);
            let Some(anchoring) = view.anchor(i, lexeme) else {
                self.note(i, r, Some(Missing::Words));
                continue;
            };
            match view.heads_hold(i, &operator.heads, &operator.unless, &anchoring) {
                Ok(head_words) => {
                    let rank = (operator.heads.len(), lexeme.rest.len());
                    fitting.push(Fit { rank, rule: r, operator, anchoring, head_words });
                }
                Err(missing) => self.note(i, r, Some(missing)),
            }
        }
        fitting.sort_by_key(|f| (std::cmp::Reverse(f.rank), f.rule.entry));
        for Fit { rank, rule: r, operator, anchoring, head_words } in fitting {
            let wide = rank.0 > 0;
            let mut inner: Vec<Claim> = Vec::new();
            let mut holders: Vec<usize> = Vec::new();
            for slot in &operator.inner {
                for w in view.fill_anchored(i, slot, &anchoring, wide) {
                    if w == i {
                        continue;
                    }
                    for c in view.conjuncts_alike(w) {
                        let mut claims = self.evaluate(c, depth + 1);
                        claims.retain(|claim| self.may_hold(i, operator, slot, claim));
                        if !claims.is_empty() {
                            holders.push(c);
                            inner.extend(claims);
                        }
                    }
                }
                if !inner.is_empty() {
                    break;
                }
            }
            if inner.is_empty() && !operator.alone {
                self.note(i, r, Some(Missing::Inner));
                continue;
            }
            let made = self.apply(i, operator, inner, &holders, &anchoring);
            if made.is_empty() {
                continue;
            }
            for &h in &holders {
                self.taken[h] = true;
            }
            for h in head_words {
                self.taken[h] = true;
            }
            self.note(i, r, None);
            return Some(made);
        }
        None
    }

    /// A threat is of what is to come, and a demand that something be done is no report that it was.
    fn may_hold(&self, i: usize, operator: &Operator, slot: &Slot, claim: &Claim) -> bool {
        let view = self.resolver.view;
        let at = claim.at;
        let threat = claim.event().and_then(|t| operator.outer(t)) == Some(EventType::Threaten);
        if threat && *slot == Slot::Ccomp && self.by_another(i, claim) {
            return false;
        }
        let asks = *slot == Slot::Ccomp && (operator.becomes == Some(EventType::Request) || threat);
        if !asks || !view.verbal(at) {
            return true;
        }
        let reported = view.children(at).any(|c| view.rel(c).base() == Rel::Aux && view.is(c, "have"))
            || (matches!(view.xpos(at), Xpos::VBD | Xpos::VBZ) && view.child(at, &[Rel::AuxPass]).is_none())
            || view
                .children(at)
                .any(|c| view.rel(c) == Rel::AuxPass && matches!(view.xpos(c), Xpos::VBD | Xpos::VBZ));
        !reported
    }

    /// "The minister warned that Russia might attack": what somebody else may do is foreseen, and not threatened.
    fn by_another(&self, i: usize, claim: &Claim) -> bool {
        let Some(doer) = claim.who.first().and_then(|p| p.entity()) else { return false };
        let speaker = self.resolver.view.fill(i, &Slot::Subj);
        !speaker.is_empty() && speaker.iter().all(|&s| self.resolver.party(s).entity() != Some(doer))
    }

    /// "The truce announced by the army": whose it is, where nothing but a participle tells.
    fn doer_told_beside(&self, holders: &[usize]) -> Parties {
        let view = self.resolver.view;
        holders
            .iter()
            .flat_map(|&h| view.children(h))
            .filter(|&c| view.rel(c) == Rel::Acl && view.verbal(c) && view.passive(c))
            .find_map(|c| view.subject(c, 0))
            .map(|s| self.resolver.parties(s))
            .unwrap_or_default()
    }

    /// What an operator makes of the claims it holds.
    fn apply(
        &mut self,
        i: usize,
        operator: &'v Operator,
        inner: Vec<Claim>,
        holders: &[usize],
        anchoring: &Anchoring,
    ) -> Vec<Claim> {
        let view = self.resolver.view;
        let subj = [Slot::Subj];
        let wide = !operator.heads.is_empty();
        let anchored = |not| Around { anchoring, wide, not, is: &[], own: false };
        let who_slots: &[Slot] = if operator.who.is_empty() { &subj } else { &operator.who };
        // "Rejected the government's offer": the offer is the possessor's, whatever verb it is the object of.
        let owned = [Slot::Poss];
        let possessed = who_slots.contains(&Slot::Poss) && view.child(i, &[Rel::NmodPoss]).is_some();
        let mut who = if possessed { self.parties(i, &owned, &anchored(&[])) } else { Parties::new() };
        if !who.iter().any(|p| p.political()) {
            who = self.parties(i, who_slots, &anchored(&[]));
        }
        let mut whom = self.parties(i, &operator.whom, &anchored(holders));
        if whom.is_empty()
            && operator.whom.is_empty()
            && let Some(c) = anchoring.complement
            && !holders.contains(&c)
            && view.nominal(c)
        {
            whom = self.resolver.parties(c);
        }
        let mut told_beside = false;
        if whom.is_empty() && operator.keep_inner && inner.iter().all(|c| c.who.is_empty()) {
            whom = self.doer_told_beside(holders);
            told_beside = !whom.is_empty();
        }
        let mutual = self.mutual(&who, &mut whom);
        let setting = Setting {
            at: i,
            operator,
            who,
            whom,
            modality: view.modality(i),
            polarity: view.polarity(i),
            mutual,
        };
        let mut made = Vec::new();
        let inner = if inner.is_empty() { vec![None] } else { inner.into_iter().map(Some).collect() };
        for claim in inner {
            let kind = claim.as_ref().and_then(Claim::event);
            let outer = match kind {
                Some(t) => operator.outer(t),
                None => operator.becomes,
            };
            let mut kept = claim.clone();
            if let Some(kept) = &mut kept {
                let possessor = kept.who.len() == 1 && view.upos(kept.who[0].head) == Upos::Pron;
                // "Passed a law restricting the media": who makes the law restricts them.
                let by_thing = |c: &Claim| {
                    view.rel(c.at) == Rel::Acl
                        && c.who.iter().all(|p| !p.political() && view.head(c.at) == Some(p.head))
                };
                if outer.is_none() && setting.who.iter().any(|p| p.political()) && by_thing(kept) {
                    kept.who = setting.who.clone();
                }
                keep(kept, &setting, outer.is_some(), possessor);
            }
            if let Some(t) = outer {
                made.push(self.outer(&setting, t, claim));
                // An inquiry into allegations is one accusation, not two; and what a participle tells makes its own claim.
                let twice = t == EventType::Accuse && kind == Some(t);
                if operator.keep_inner
                    && !twice
                    && !told_beside
                    && let Some(kept) = kept
                {
                    made.push(kept);
                }
            } else if let Some(kept) = kept {
                made.push(kept);
            }
        }
        let mut seen: Vec<Claim> = Vec::new();
        for claim in made {
            let twin = seen.iter_mut().find(|s| s.outcome == claim.outcome && s.at == claim.at && s.at == i);
            match twin {
                Some(twin) => {
                    for p in claim.whom {
                        if !twin.whom.iter().any(|q| q.same(&p)) {
                            twin.whom.push(p);
                        }
                    }
                }
                None => seen.push(claim),
            }
        }
        seen
    }

    /// The claim an operator makes of the claim it holds.
    fn outer(&self, setting: &Setting<'v>, kind: EventType, inner: Option<Claim>) -> Claim {
        let Setting { at: i, operator, who, whom, modality, polarity, mutual } = setting;
        let (i, modality, polarity) = (*i, *modality, *polarity);
        let inner_kind = inner.as_ref().and_then(Claim::event);
        let inner_mode = inner.as_ref().and_then(|c| c.mode.as_deref());
        let mut source = who.clone();
        let mut target = whom.clone();
        let mut rule = operator.rule.clone();
        let mut contexts = Vec::new();
        let mut complete = false;
        let mut specificity = operator.heads.len() + 1;
        if let Some(inner) = &inner {
            // Who is accused by nobody named does not accuse.
            if source.is_empty() && !operator.keep_inner {
                source = inner.who.clone();
            }
            target.retain(|p| !source.iter().any(|s| s.same(p)));
            if target.is_empty() && !mutual {
                let others = |all: &Parties| -> Parties {
                    all.iter().filter(|p| !source.iter().any(|s| s.same(p))).cloned().collect()
                };
                let of_inner_who = operator.keep_inner || kind == EventType::Request;
                target = if of_inner_who { others(&inner.who) } else { others(&inner.whom) };
                if target.is_empty() {
                    target = if of_inner_who { others(&inner.whom) } else { others(&inner.who) };
                }
            }
            rule = format!("{} > {}", operator.rule, inner.rule);
            contexts = inner.contexts.clone();
            complete = inner.complete;
            specificity += inner.specificity;
        }
        complete = complete || source.iter().chain(&target).any(|p| p.political());
        Claim {
            outcome: Outcome::Event(kind),
            at: i,
            from: i,
            trigger: (i, i),
            rule,
            who: source,
            whom: target,
            cameo: operator.cameo.get(inner_kind, inner_mode).unwrap_or("").to_owned(),
            mode: self.mode_of(operator, kind, inner_kind, inner_mode),
            contexts,
            polarity,
            modality,
            speakers: Vec::new(),
            complete,
            specificity,
            label: None,
            reciprocal: *mutual,
            former: false,
            status: None,
            implied: false,
            once: false,
            words: SmallVec::new(),
            likely: None,
        }
    }

    /// The mode: the inner one's where the type that comes out has it too (a threat to arrest), else what the operator says.
    pub(crate) fn mode_of(
        &self,
        operator: &Operator,
        kind: EventType,
        inner: Option<EventType>,
        mode: Option<&str>,
    ) -> Option<String> {
        let ontology = &self.resolver.view.lexicon.ontology;
        let own = mode.filter(|mode| kind == EventType::Threaten && ontology.has_mode(kind, mode));
        let mode = own.or_else(|| operator.modes.get(inner, mode))?;
        ontology.has_mode(kind, mode).then(|| mode.to_owned())
    }
}

/// The inner claim where it stays: the operator's polarity, modality and stance, and the subject it lends.
fn keep(claim: &mut Claim, setting: &Setting<'_>, beside: bool, possessor: bool) {
    let Setting { at: i, operator, who, whom, modality, polarity, mutual } = setting;
    if *mutual && beside {
        claim.who = who.clone();
        claim.whom.retain(|p| !who.iter().any(|q| q.same(p)));
        claim.reciprocal = claim.whom.is_empty();
    } else if beside && possessor && !whom.is_empty() {
        // "Praised Oman for its mediation": what is praised or blamed is the other's.
        claim.who = whom.clone();
    }
    if claim.who.is_empty() {
        claim.who = if whom.is_empty() { who.clone() } else { whom.clone() };
        if beside && whom.is_empty() {
            claim.who.clear();
        }
        // "Blamed the attack on the Taliban": whoever did it was not the one it was done to.
        let (did, to) = (&claim.who, &mut claim.whom);
        to.retain(|p| !did.iter().any(|q| q.head == p.head));
    }
    let denied = *polarity == Polarity::Negative && operator.stance.is_some() && operator.becomes.is_none();
    claim.complete = claim.complete || claim.who.iter().chain(&claim.whom).any(|p| p.political());
    if !beside {
        if operator.polarity == Some(Polarity::Negative) {
            claim.polarity = flipped(claim.polarity);
        }
        if *polarity == Polarity::Negative && !denied {
            claim.polarity = flipped(claim.polarity);
        }
        claim.modality = weaker(claim.modality, *modality);
        claim.rule = format!("{} > {}", operator.rule, claim.rule);
    } else if operator.polarity == Some(Polarity::Negative) {
        claim.polarity = Polarity::Negative;
    }
    if let Some(m) = operator.modality {
        claim.modality = weaker(claim.modality, m);
    }
    if operator.stance.is_some() || operator.keep_inner {
        let speaker = who.first().cloned();
        let stance = operator.stance.unwrap_or(Stance::Asserts);
        // Who never admitted it denies it; who did not deny it says nothing.
        let stance = if denied && stance == Stance::Asserts { Stance::Denies } else { stance };
        if denied && operator.stance == Some(Stance::Denies) {
            claim.modality = weaker(claim.modality, Modality::Possible);
        } else if !(denied && who.is_empty()) {
            claim.speakers.insert(0, Speaker { party: speaker, cue: *i, stance });
        }
    }
    if !beside {
        claim.at = *i;
    }
}

fn flipped(p: Polarity) -> Polarity {
    match p {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}
