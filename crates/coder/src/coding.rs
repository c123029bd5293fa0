//! Predicates into claims: the best pattern of each word, operators around it, the parties of both.
//!
//! An operator takes the claims of the word in its inner slot and makes others of them, so that "refused to agree to
//! talks" needs no rule of its own. A word that another has taken in makes no claim by itself.

use crate::claim::Claim;
use crate::fitting::Around;
use crate::matching::{Anchoring, Missing};
use crate::resolve::Resolver;
use demarche_lexicon::{Lexeme, Ref, Slot, Table};
use demarche_record::EventType;
use demarche_text::{Rel, Upos, Xpos};
use smallvec::SmallVec;

/// Deepest nesting of operators.
const DEEPEST: usize = 6;

/// Word class under which a predicate is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
}

/// A rule that was tried at a word, for `explain`.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The word.
    pub at: usize,
    /// The table and entry.
    pub rule: Ref,
    /// What it lacked; none: it fits.
    pub missing: Option<Missing>,
}

/// The coding of one sentence.
pub struct Coding<'v, 's> {
    pub(crate) resolver: Resolver<'v, 's>,
    made: Vec<Option<Vec<Claim>>>,
    busy: Vec<bool>,
    pub(crate) taken: Vec<bool>,
    tried: Option<Vec<Tried>>,
}

impl<'v, 's> Coding<'v, 's> {
    /// Ready to code the sentence of the resolver's view.
    pub fn new(resolver: Resolver<'v, 's>) -> Self {
        let n = resolver.view.len();
        Self { resolver, made: vec![None; n], busy: vec![false; n], taken: vec![false; n], tried: None }
    }

    /// Keeps what was tried and why it did not fit.
    pub fn traced(mut self) -> Self {
        self.tried = Some(Vec::new());
        self
    }

    /// What was tried, in order.
    pub fn into_tried(self) -> Vec<Tried> {
        self.tried.unwrap_or_default()
    }

    /// Every event the sentence claims, in the order of their words.
    pub fn events(&mut self) -> Vec<Claim> {
        let n = self.resolver.view.len();
        for i in 0..n {
            self.evaluate(i, 0);
        }
        let mut found: Vec<Claim> = Vec::new();
        for i in 0..n {
            if self.taken[i] || self.no_event(i) || self.content(i) || self.condition_of_threat(i) {
                continue;
            }
            if let Some(claims) = &self.made[i] {
                found.extend(claims.iter().filter(|c| c.complete && !self.in_vain(c)).cloned());
            }
        }
        self.distinct(self.joined(found))
    }

    /// Participles that only describe: after a hyphen, or before a noun with nothing of their own ("the jailed activist").
    fn no_event(&self, i: usize) -> bool {
        let view = self.resolver.view;
        let bare = view.verbal(i)
            && view.xpos(i) == Xpos::VBN
            && view.rel(i) == Rel::Amod
            && view.head(i).is_some_and(|h| i < h)
            && view.children(i).all(|c| view.rel(c).base() == Rel::Advmod);
        bare || view.attributive(i)
    }

    /// "Would retaliate if it was attacked": on what condition a threat stands is part of the threat.
    fn condition_of_threat(&self, i: usize) -> bool {
        let view = self.resolver.view;
        let Some(h) = view.head(i).filter(|_| view.rel(i).base() == Rel::Advcl) else { return false };
        let marked = view
            .children(i)
            .any(|c| view.rel(c).base() == Rel::Mark && matches!(view.lemma(c), "if" | "unless"));
        let threat = |w: usize| {
            self.made[w].iter().flatten().any(|c| c.complete && c.event() == Some(EventType::Threaten))
        };
        marked && (threat(h) || view.head(h).is_some_and(threat))
    }

    /// "Sued nobody", "was welcomed by nobody": said to have happened to nobody, it did not.
    fn in_vain(&self, claim: &Claim) -> bool {
        let view = self.resolver.view;
        let nobody =
            |c: usize| view.upos(c) == Upos::Pron && view.rel(c).base() != Rel::Nsubj && view.nobody(c);
        view.verbal(claim.at)
            && view
                .children(claim.at)
                .any(|c| nobody(c) || view.rel(c) == Rel::Obj && view.children(c).any(nobody))
    }

    /// "Ambushed a patrol, killing four soldiers": what the participle says is part of the act, which takes its victims over.
    fn joined(&self, mut claims: Vec<Claim>) -> Vec<Claim> {
        let view = self.resolver.view;
        for n in (0..claims.len()).rev() {
            let part = &claims[n];
            if let Some(act) = claims.iter().position(|c| self.within_act(part, c)) {
                let part = claims.remove(n);
                let act = &mut claims[if act > n { act - 1 } else { act }];
                if !act.who.iter().any(|p| p.political()) {
                    act.who = part.who;
                }
                act.mode = act.mode.take().or(part.mode);
                continue;
            }
            let outcome = part.event() == Some(EventType::Assault)
                && view.xpos(part.at) == Xpos::VBG
                && view.rel(part.at) == Rel::Advcl
                && view.child(part.at, &[Rel::Mark]).is_none();
            let act = claims.iter().position(|c| {
                outcome
                    && c.outcome == part.outcome
                    && view.head(part.at) == Some(c.at)
                    && c.polarity == part.polarity
            });
            if let Some(act) = act {
                let part = claims.remove(n);
                let act = &mut claims[if act > n { act - 1 } else { act }];
                if !act.whom.iter().any(|p| p.political()) {
                    act.whom = part.whom;
                }
                act.mode = act.mode.take().or(part.mode);
            }
        }
        claims
    }

    /// "A bomb planted by rebels hit a convoy", "met in talks hosted by Iraq": the participle tells of the means or the
    /// setting of the act, and is no second one.
    fn within_act(&self, part: &Claim, act: &Claim) -> bool {
        let view = self.resolver.view;
        let participle = view.rel(part.at) == Rel::Acl && view.xpos(part.at) == Xpos::VBN;
        let Some(noun) = view.head(part.at).filter(|_| participle && part.outcome == act.outcome) else {
            return false;
        };
        match part.event() {
            Some(EventType::Assault) => {
                view.fill(act.at, &Slot::Subj).contains(&noun) && !act.who.iter().any(|p| p.political())
            }
            Some(EventType::Consult) => view.rel(noun).base() == Rel::Obl && view.head(noun) == Some(act.at),
            _ => false,
        }
    }

    /// "Ignored calls to free them": the infinitive only says what was called for, where the noun is part of another event.
    fn content(&self, i: usize) -> bool {
        let view = self.resolver.view;
        let Some(h) = view.head(i) else { return false };
        if !view.verbal(i) || !view.has_child(i, Rel::Mark, "to") {
            return false;
        }
        match view.rel(i) {
            Rel::Acl => self.taken[h],
            // Parsers like to hang the infinitive on the verb before the noun.
            Rel::Advcl => view.child(h, &[Rel::Obj]).is_some_and(|o| o < i && self.taken[o] && self.asks(o)),
            _ => false,
        }
    }

    /// Whether a noun is one of those that take an infinitive: call, appeal, demand.
    fn asks(&self, noun: usize) -> bool {
        let operators = &self.resolver.view.lexicon.operators;
        self.refs(noun).1.iter().any(|r| {
            r.table == Table::Operator && {
                let operator = &operators[r.entry as usize];
                operator.becomes == Some(EventType::Request) && operator.inner.contains(&Slot::Xcomp)
            }
        })
    }

    /// As [`Coding::events`], with the claims whose parties are no political actors.
    pub fn all_events(&mut self) -> Vec<Claim> {
        let n = self.resolver.view.len();
        for i in 0..n {
            self.evaluate(i, 0);
        }
        (0..n)
            .filter(|&i| !self.taken[i] && !self.no_event(i))
            .flat_map(|i| self.made[i].iter().flatten().filter(|c| !self.in_vain(c)).cloned())
            .collect()
    }

    /// Verbs that no rule knows, with whoever stands as their subject and object; their type is open.
    pub fn unknown_predicates(&self, known: &[Claim]) -> Vec<Claim> {
        const WHOM: [&str; 9] = ["against", "with", "to", "on", "at", "for", "from", "of", "over"];
        let view = self.resolver.view;
        let around = Around { anchoring: &Anchoring::default(), wide: true, not: &[], is: &[], own: false };
        let mut whom_slots = vec![Slot::Obj, Slot::Iobj];
        whom_slots.extend(WHOM.iter().map(|p| Slot::Prep((*p).to_owned())));
        // A verb over or beside what somebody says only tells who says it.
        let speech = |i: usize| {
            let over = view.child(i, &[Rel::Ccomp, Rel::Parataxis]).is_some()
                || view.rel(i).base() == Rel::Parataxis;
            over && self.refs(i).1.iter().any(|r| r.table == Table::Speech)
        };
        let unknown = |&i: &usize| {
            view.verbal(i)
                && !self.taken[i]
                && !known.iter().any(|c| c.at == i || c.from == i)
                && !speech(i)
                && !view.in_class("no-deed", i)
        };
        (0..view.len())
            .filter(unknown)
            .filter_map(|i| {
                let who = self.parties(i, &[Slot::Subj], &around);
                let mut whom = self.parties(i, &whom_slots, &around);
                whom.retain(|p| !who.iter().any(|q| q.head == p.head));
                let somebody = !who.is_empty() && (!whom.is_empty() || who.iter().any(|p| p.political()));
                somebody.then(|| Claim::open(i, who, whom, view.polarity(i), view.modality(i)))
            })
            .collect()
    }

    /// The rules a word can fire, longest lexeme first.
    pub fn refs(&self, i: usize) -> (Class, &'v [Ref]) {
        let view = self.resolver.view;
        let lexicon = view.lexicon;
        match view.upos(i) {
            Upos::Verb => (Class::Verb, lexicon.verbs(view.lemma(i))),
            Upos::Noun => (Class::Noun, lexicon.nouns(view.lemma(i))),
            Upos::Propn => {
                // Title Case headlines make names of common nouns.
                let lemma = view.lemma(i);
                let refs = lexicon.nouns(lemma);
                if refs.is_empty() && lemma.len() < 24 && lemma.is_ascii() {
                    let mut lower = [0u8; 24];
                    let lower = &mut lower[..lemma.len()];
                    lower.copy_from_slice(lemma.as_bytes());
                    lower.make_ascii_lowercase();
                    (Class::Noun, std::str::from_utf8(lower).map_or(&[][..], |l| lexicon.nouns(l)))
                } else {
                    (Class::Noun, refs)
                }
            }
            Upos::Adj | Upos::Adv => (Class::Adjective, lexicon.adjectives(view.lemma(i))),
            _ => (Class::Verb, &[]),
        }
    }

    pub(crate) fn lexeme(&self, class: Class, at: Ref) -> &'v Lexeme {
        let lexicon = self.resolver.view.lexicon;
        let (e, l) = (at.entry as usize, at.lexeme as usize);
        let pick = |verbs: &'v [Lexeme], nouns: &'v [Lexeme], adjectives: &'v [Lexeme]| match class {
            Class::Verb => &verbs[l],
            Class::Noun => &nouns[l],
            Class::Adjective => &adjectives[l],
        };
        match at.table {
            Table::Operator => {
                let o = &lexicon.operators[e];
                pick(&o.verbs, &o.nouns, &o.adjectives)
            }
            Table::Pattern | Table::Tie => {
                let p = if at.table == Table::Tie { &lexicon.ties[e] } else { &lexicon.patterns[e] };
                pick(&p.verbs, &p.nouns, &p.adjectives)
            }
            Table::Speech => {
                let s = &lexicon.speech[e];
                pick(&s.verbs, &s.nouns, &s.adjectives)
            }
        }
    }

    pub(crate) fn note(&mut self, at: usize, rule: Ref, missing: Option<Missing>) {
        if let Some(tried) = &mut self.tried {
            tried.push(Tried { at, rule, missing });
        }
    }

    /// What the word claims; empty where it is no predicate.
    pub(crate) fn evaluate(&mut self, i: usize, depth: usize) -> Vec<Claim> {
        if let Some(made) = &self.made[i] {
            return made.clone();
        }
        if depth > DEEPEST || self.busy[i] {
            return Vec::new();
        }
        self.busy[i] = true;
        let (class, refs) = self.refs(i);
        let mut claims = if refs.is_empty() { Vec::new() } else { self.claims(i, class, refs, depth) };
        if !claims.iter().any(|c| c.complete) && self.gerund(i) {
            let nouns = self.resolver.view.lexicon.nouns(&self.resolver.view.form(i).to_ascii_lowercase());
            if !nouns.is_empty() {
                claims = self.claims(i, Class::Noun, nouns, depth);
            }
        }
        self.look_ahead(i, &mut claims);
        self.busy[i] = false;
        self.made[i] = Some(claims.clone());
        claims
    }

    /// "Fighting between …": a verb's form without a subject, as nouns use it.
    fn gerund(&self, i: usize) -> bool {
        let view = self.resolver.view;
        view.xpos(i) == Xpos::VBG && view.child(i, &[Rel::Nsubj, Rel::Obj, Rel::Aux]).is_none()
    }

    fn claims(&mut self, i: usize, class: Class, refs: &'v [Ref], depth: usize) -> Vec<Claim> {
        // What asks for a head knows more than what does not: operators and patterns with heads go before those without.
        self.operate(i, class, refs, depth, true)
            .or_else(|| {
                let plain = self.plain(i, class, refs, true).filter(|c| c.complete)?;
                // An operator that makes the same event and keeps what it is about says more: "blamed the attack on".
                let fuller = self.keeps_inner(refs, plain.event());
                let held =
                    if fuller.is_empty() { None } else { self.operate(i, class, &fuller, depth, false) };
                Some(held.unwrap_or_else(|| vec![plain]))
            })
            .or_else(|| self.operate(i, class, refs, depth, false))
            .or_else(|| self.plain(i, class, refs, false).map(|c| vec![c]))
            // What lacks its parties may still find them in an operator.
            .or_else(|| self.plain(i, class, refs, true).map(|c| vec![c]))
            .unwrap_or_default()
    }

    /// The operators among the rules that make an event of this type and keep the one inside.
    fn keeps_inner(&self, refs: &[Ref], kind: Option<EventType>) -> Vec<Ref> {
        let operators = &self.resolver.view.lexicon.operators;
        let fits = |r: &&Ref| {
            r.table == Table::Operator && {
                let operator = &operators[r.entry as usize];
                operator.keep_inner && operator.becomes.is_some() && operator.becomes == kind
            }
        };
        refs.iter().filter(fits).copied().collect()
    }

    /// The best claim of the patterns that ask for a head, or of those that do not.
    fn plain(&mut self, i: usize, class: Class, refs: &'v [Ref], headed: bool) -> Option<Claim> {
        let lexicon = self.resolver.view.lexicon;
        let patterns: SmallVec<[Ref; 8]> = refs
            .iter()
            .filter(|r| r.table == Table::Pattern)
            .filter(|r| lexicon.patterns[r.entry as usize].heads.is_empty() != headed)
            .copied()
            .collect();
        if patterns.is_empty() { None } else { self.best(i, class, &patterns) }
    }

    /// Leaves out an event noun that only names, as a party or beside it, what another claim of the same type says: "refused
    /// food in protest".
    fn distinct(&self, claims: Vec<Claim>) -> Vec<Claim> {
        let view = self.resolver.view;
        let beside = |noun: usize, act: usize| {
            view.nominal(noun)
                && view.head(noun) == Some(act)
                && view.rel(noun).base() == Rel::Obl
                && view.cases(noun).any(|p| matches!(p, "in" | "as"))
        };
        let mut kept: Vec<Claim> = Vec::new();
        for (n, claim) in claims.iter().enumerate() {
            let echoed = claims.iter().enumerate().any(|(m, other)| {
                m != n
                    && other.outcome == claim.outcome
                    && other.at != claim.at
                    && (other.who.iter().chain(&other.whom).any(|p| p.head == claim.at)
                        || claim.event() == Some(EventType::Protest) && beside(claim.at, other.at))
            });
            if !echoed {
                kept.push(claim.clone());
            }
        }
        kept
    }
}
