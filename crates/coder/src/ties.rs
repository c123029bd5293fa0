//! Lasting ties: for every word and kind of tie, the pattern that fits best, and what the operators around it leave of it.

use crate::claim::{Claim, Speaker};
use crate::coding::{Class, Coding};
use crate::fitting::Around;
use crate::matching::Anchoring;
use crate::modality::weaker;
use crate::party::{Party, Standing};
use demarche_lexicon::{Operator, Outcome, Ref, Slot, Table};
use demarche_record::{EventType, Link, Modality, Polarity, Stance, TieStatus, TieType};
use demarche_text::{Rel, Upos};
use smallvec::SmallVec;

/// Deepest nesting of operators.
const DEEPEST: usize = 6;

/// Most ties of one sentence: two long lists would make a tie of every pair.
const MOST: usize = 256;

impl<'v> Coding<'v, '_> {
    /// Every lasting tie the sentence claims, one for each pair of parties: those its words state, then those that only
    /// follow from them.
    pub fn ties(&mut self) -> Vec<Claim> {
        let mut found = self.stated();
        self.compounds(&mut found);
        for claim in &mut found {
            self.under_operators(claim);
        }
        self.follow_from_events(&mut found);
        let pointing = |c: &Claim| c.who.iter().chain(&c.whom).any(|p| p.link == Link::Coreference);
        let names = if found.iter().any(pointing) { self.resolver.names() } else { Vec::new() };
        for claim in &mut found {
            self.name_parties(claim, &names);
        }
        distinct(found)
    }

    /// "President Boluarte", "Mugabe, the former president": the lexicon knows of what the person named was president.
    fn by_office(&self, claim: &mut Claim) {
        let view = self.resolver.view;
        let lexicon = view.lexicon;
        let title = view.lemma(claim.at).to_ascii_lowercase();
        // A minister is in charge of a ministry, which the title alone does not name.
        if matches!(title.as_str(), "minister" | "secretary" | "commissioner") {
            return;
        }
        let of = |p: &Party| {
            let offices = p.actor.map(|a| &lexicon.actors[a as usize].offices)?;
            let held = offices.iter().rev().find(|o| o.title.split(' ').any(|w| w == title))?;
            lexicon.actor_by_id(&held.of)
        };
        if claim.outcome != Outcome::Tie(TieType::InChargeOf)
            || !claim.whom.is_empty()
            || view.verbal(claim.at)
        {
            return;
        }
        let Some(body) = claim.who.first().and_then(of) else { return };
        let mut whom = self.resolver.party(claim.at);
        (whom.actor, whom.owner, whom.person) = (Some(body), None, false);
        (whom.span, whom.standing, whom.link) = (view.span(claim.at), Standing::Named, Link::Lexicon);
        claim.whom.push(whom);
        (claim.complete, claim.implied, claim.once) = (true, true, true);
    }

    /// Whether a word is only part of a name: the Jihad of "the Saray al-Jihad Group" is no fight.
    fn part_of_name(&self, i: usize) -> bool {
        let view = self.resolver.view;
        let beside = matches!(view.rel(i), Rel::Compound | Rel::Flat | Rel::Amod);
        view.upos(i) == Upos::Propn
            && beside
            && view.head(i).is_some_and(|h| view.upos(h) == Upos::Propn && view.same_mention(h, i))
    }

    /// Puts the actor meant in the place of what only points at it: "their" by the phrase it stands for in the sentence,
    /// and in "fights the terrorist threat of Daesh" the threat by Daesh.
    fn name_parties(&self, claim: &mut Claim, names: &[(Party, u8)]) {
        let view = self.resolver.view;
        for party in claim.who.iter_mut().chain(&mut claim.whom) {
            if party.link != Link::Coreference || view.upos(party.head) != Upos::Pron {
                continue;
            }
            let meant = |n: &&Party| n.head < party.head && n.entity().is_some() && n.same(party);
            if let Some(name) = names.iter().map(|(n, _)| n).rev().find(meant) {
                *party = name.clone();
            }
        }
        let against =
            matches!(claim.outcome, Outcome::Tie(TieType::Fighting | TieType::Opposes | TieType::Favours));
        for party in claim.whom.iter_mut().filter(|_| against) {
            *party = self.owner_named(party);
        }
    }

    /// Instead of a thing, the actor whose it is: the United States for "a series of American strikes".
    pub(crate) fn owner_named(&self, party: &Party) -> Party {
        let view = self.resolver.view;
        let mut at = party.head;
        for _ in 0..3 {
            let thing = party.actor.is_none() && party.roles.is_empty() && view.upos(at) == Upos::Noun;
            if !thing || party.owner.is_none() || self.resolver.view.relational(at) {
                break;
            }
            let owners = view.owners(at);
            let named = owners.iter().map(|&w| self.resolver.party(w));
            if let Some(name) = named.into_iter().find(|p| p.actor == party.owner) {
                return name;
            }
            let further = owners.into_iter().find(|&w| self.resolver.party(w).owner == party.owner);
            match further {
                Some(w) => at = w,
                None => break,
            }
        }
        party.clone()
    }

    /// The ties that patterns give: the best of every kind at every word, and each that is implied.
    fn stated(&mut self) -> Vec<Claim> {
        let n = self.resolver.view.len();
        let lexicon = self.resolver.view.lexicon;
        let mut found = Vec::new();
        for i in 0..n {
            if self.part_of_name(i) {
                continue;
            }
            let (class, refs) = self.refs(i);
            let mut kinds: SmallVec<[(Outcome, u32, bool); 2]> = SmallVec::new();
            let key = |r: &Ref| {
                let tie = &lexicon.ties[r.entry as usize];
                // "Georgieva succeeded Lagarde as head": two hold the office, one after the other.
                let before =
                    tie.bond.status == Some(TieStatus::Former) && tie.who.first() == Some(&Slot::Obj);
                (tie.outcome, if tie.bond.implied { r.entry + 1 } else { 0 }, before)
            };
            let fires = |r: &&Ref| {
                if r.table != Table::Tie {
                    return false;
                }
                // A noun that asks for a preposition: "under the control of".
                let cases = &lexicon.ties[r.entry as usize].bond.cases;
                class != Class::Noun
                    || cases.is_empty()
                    || self.resolver.view.cases(i).any(|c| cases.iter().any(|k| k == c))
            };
            let refs: Vec<Ref> = refs.iter().filter(fires).copied().collect();
            for r in &refs {
                if !kinds.contains(&key(r)) {
                    kinds.push(key(r));
                }
            }
            for kind in kinds {
                let same: Vec<Ref> = refs.iter().filter(|r| key(r) == kind).copied().collect();
                let Some(mut claim) = self.best(i, class, &same) else { continue };
                if !claim.complete {
                    self.by_office(&mut claim);
                }
                found.extend(Some(claim).filter(|c| c.complete));
            }
        }
        // "Suspended its membership": the noun that a verb's pattern asked for says nothing by itself.
        let taken: Vec<(Outcome, usize)> = found
            .iter()
            .flat_map(|c: &Claim| c.words.iter().filter(|&&w| w != c.at).map(|&w| (c.outcome, w)))
            .collect();
        found.retain(|c| !taken.contains(&(c.outcome, c.at)));
        found
    }

    /// Lets the operators that govern a tie act on it: "refused to hold talks" is no contact, "agreed to recognise" is not
    /// yet recognition.
    fn under_operators(&self, claim: &mut Claim) {
        let view = self.resolver.view;
        let mut inner = claim.at;
        for _ in 0..DEEPEST {
            let Some(outer) = view.head(inner) else { return };
            let (class, refs) = self.refs(outer);
            if let Some(operator) = self.operator_over(outer, class, refs, inner) {
                self.act(operator, outer, claim);
            } else if !matches!(view.rel(inner).base(), Rel::Xcomp | Rel::Ccomp | Rel::Obj | Rel::Conj) {
                return;
            }
            inner = outer;
        }
    }

    /// The operator at a word that takes in another word, most heads asked for first.
    fn operator_over(&self, outer: usize, class: Class, refs: &[Ref], inner: usize) -> Option<&'v Operator> {
        let view = self.resolver.view;
        let fitting = refs.iter().filter(|r| r.table == Table::Operator).filter_map(|&r| {
            let operator = &view.lexicon.operators[r.entry as usize];
            let anchoring = view.anchor(outer, self.lexeme(class, r))?;
            view.heads_hold(outer, &operator.heads, &operator.unless, &anchoring).ok()?;
            let wide = !operator.heads.is_empty();
            let takes_in = |slot| {
                view.fill_anchored(outer, slot, &anchoring, wide)
                    .into_iter()
                    .any(|w| w != outer && view.conjuncts_alike(w).into_iter().any(|c| c == inner))
            };
            operator.inner.iter().any(takes_in).then_some((operator.heads.len(), operator))
        });
        fitting.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, operator)| operator)
    }

    fn act(&self, operator: &Operator, at: usize, claim: &mut Claim) {
        let view = self.resolver.view;
        let refused = operator.becomes == Some(EventType::Reject);
        for negative in [
            operator.polarity == Some(Polarity::Negative) || refused,
            view.polarity(at) == Polarity::Negative,
        ] {
            if negative {
                claim.polarity = match claim.polarity {
                    Polarity::Positive => Polarity::Negative,
                    Polarity::Negative => Polarity::Positive,
                };
            }
        }
        claim.modality = weaker(claim.modality, view.modality(at));
        if let Some(modality) = operator.modality {
            claim.modality = weaker(claim.modality, modality);
        }
        // What is agreed is to come; what is asked for or threatened may never be.
        match operator.becomes {
            Some(EventType::Agree) => claim.modality = weaker(claim.modality, Modality::Planned),
            Some(EventType::Request | EventType::Threaten) => {
                claim.modality = weaker(claim.modality, Modality::Hypothetical);
            }
            _ => {}
        }
        if operator.stance.is_some() || operator.keep_inner {
            let stance = operator.stance.unwrap_or(Stance::Asserts);
            let around =
                Around { anchoring: &Anchoring::default(), wide: false, not: &[], is: &[], own: false };
            let party = self.parties(at, &[Slot::Subj], &around).first().cloned();
            claim.speakers.insert(0, Speaker { party, cue: at, stance });
        }
        claim.rule = format!("{} > {}", operator.rule, claim.rule);
    }
}

/// One claim for each pair of parties, without what was said before of the same two.
fn distinct(claims: Vec<Claim>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims {
        for who in &claim.who {
            for whom in &claim.whom {
                let one = who.head == whom.head && who.span == whom.span && who.same(whom);
                if one || kept.len() >= MOST {
                    continue;
                }
                let both_ways = mutual(claim.outcome);
                let said = kept.iter().any(|k| {
                    let (Some(a), Some(b)) = (k.who.first(), k.whom.first()) else { return false };
                    k.outcome == claim.outcome
                        && (a.same(who) && b.same(whom) || both_ways && a.same(whom) && b.same(who))
                });
                if !said {
                    let (who, whom) = (smallvec::smallvec![who.clone()], smallvec::smallvec![whom.clone()]);
                    kept.push(Claim { who, whom, ..claim.clone() });
                }
            }
        }
    }
    kept
}

/// Whether a tie of this kind holds both ways.
fn mutual(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Tie(
            TieType::AlliedWith
                | TieType::Fighting
                | TieType::HasRelationsWith
                | TieType::SameAs
                | TieType::CommunicatedWith
        )
    )
}
