//! The pattern that fits a word best, and the parties its slots give.

use crate::claim::{Claim, Parties};
use crate::coding::{Class, Coding};
use crate::matching::{Anchoring, Missing};
use crate::party::{Party, Standing};
use demarche_lexicon::{As, Being, Lexeme, Needs, Outcome, Pattern, Ref, Slot, Table};
use demarche_record::{EventType, Modality, Polarity, Quad, TieType};
use demarche_text::{Rel, Upos, Xpos};
use smallvec::SmallVec;

/// Where the parties of a predicate are looked for.
pub(crate) struct Around<'f> {
    /// How the lexeme was found.
    pub anchoring: &'f Anchoring,
    /// Whether a preposition may also stand on the object noun.
    pub wide: bool,
    /// Words that are no parties.
    pub not: &'f [usize],
    /// What a party must be; empty: anybody.
    pub is: &'f [Being],
    /// Whether the predicate itself may be the party: "ISIL fighters" are those who belong to ISIL.
    pub own: bool,
}

/// A pattern that fits a word, and how much it asked for: heads, then further words.
struct Fit {
    rank: (usize, usize),
    claim: Claim,
    head_words: SmallVec<[usize; 2]>,
}

impl<'v> Coding<'v, '_> {
    /// The best claim that these patterns make of a word: complete before incomplete, then most heads asked for,
    /// longest lexeme, first in the files.
    pub(crate) fn best(&mut self, i: usize, class: Class, refs: &[Ref]) -> Option<Claim> {
        let view = self.resolver.view;
        let lexicon = view.lexicon;
        let mut best: Option<Fit> = None;
        for &r in refs {
            let pattern = match r.table {
                Table::Pattern => &lexicon.patterns[r.entry as usize],
                Table::Tie => &lexicon.ties[r.entry as usize],
                Table::Operator | Table::Speech => continue,
            };
            let lexeme = self.lexeme(class, r);
            let rank = (pattern.heads.len(), lexeme.rest.len());
            if best.as_ref().is_some_and(|b| b.claim.complete && b.rank >= rank) {
                continue;
            }
            let Some(anchoring) = view.anchor(i, lexeme) else {
                self.note(i, r, Some(Missing::Words));
                continue;
            };
            let words = match view.heads_hold(i, &pattern.heads, &pattern.unless, &anchoring) {
                Ok(words) => words,
                Err(missing) => {
                    self.note(i, r, Some(missing));
                    continue;
                }
            };
            let claim = self.fit(i, class, pattern, lexeme, &anchoring, &words);
            let missing = match (claim.complete, pattern.needs) {
                (true, _) => None,
                (false, Needs::Who) => Some(Missing::Actor("who")),
                (false, Needs::Whom) => Some(Missing::Actor("whom")),
                (false, Needs::Both) => Some(Missing::Actor("who and whom")),
                (false, Needs::Any | Needs::None) => Some(Missing::Actor("who or whom")),
            };
            self.note(i, r, missing);
            if best.as_ref().is_none_or(|b| (claim.complete, rank) > (b.claim.complete, b.rank)) {
                best = Some(Fit { rank, claim, head_words: words });
            }
        }
        let best = best?;
        if best.claim.complete && best.claim.event().is_some() {
            for w in best.head_words {
                self.taken[w] = true;
            }
        }
        Some(best.claim)
    }

    pub(crate) fn fit(
        &self,
        i: usize,
        class: Class,
        pattern: &'v Pattern,
        lexeme: &Lexeme,
        anchoring: &Anchoring,
        head_words: &[usize],
    ) -> Claim {
        let view = self.resolver.view;
        let wide = class == Class::Verb;
        let noun = class == Class::Noun;
        let (who_slots, whom_slots) =
            if noun { (&pattern.noun_who, &pattern.noun_whom) } else { (&pattern.who, &pattern.whom) };
        let bond = &pattern.bond;
        let own = matches!(pattern.outcome, Outcome::Tie(t) if t != TieType::InChargeOf);
        let around = |not, is| Around { anchoring, wide, not, is, own };
        let mut who = self.parties(i, who_slots, &around(&[], &bond.who_is));
        if noun && who.is_empty() && view.cases(i).any(|c| c == "behind") {
            // "The rebels were behind the attack".
            who = self.parties(i, &[Slot::Subj], &around(&[], &bond.who_is));
        }
        let heads_taken: &[usize] = if pattern.whom_given { &[] } else { head_words };
        let mut whom = match (anchoring.complement, pattern.whom_given || noun && lexeme.rest.is_empty()) {
            (Some(c), false) if view.nominal(c) => self.resolver.parties(c),
            _ => self.parties(i, whom_slots, &around(heads_taken, &bond.whom_is)),
        };
        if noun {
            self.settle_noun(i, pattern, &around(&[], &bond.who_is), &mut who, &mut whom);
        }
        if pattern.outcome == Outcome::Event(EventType::Protest) {
            self.read_crowd(i, head_words, &mut who, &mut whom);
        }
        let mutual = self.mutual(&who, &mut whom);
        if whom.is_empty()
            && !mutual
            && matches!(pattern.outcome, Outcome::Event(kind) if !pattern.reciprocal || kind.quad() == Quad::MaterialConflict && who.len() < 2)
            && !whom_slots.is_empty()
        {
            whom = self.bystander(i, class, &who, pattern.outcome);
        }
        if who.len() > 1 || whom.len() > 1 || pattern.reciprocal {
            // "Talks between A and B", "A and B met": the second party may stand in the same phrase.
            whom.retain(|p| !who.iter().any(|q| q.head == p.head));
        } else if let ([a], [b]) = (&who[..], &whom[..])
            && a.head == b.head
        {
            whom.clear();
        }
        let political = |ps: &Parties| ps.iter().any(|p| p.political());
        let tie = matches!(pattern.outcome, Outcome::Tie(_));
        if matches!(pattern.outcome, Outcome::Event(kind) if kind.quad() == Quad::MaterialConflict) {
            self.locate(i, &mut whom);
        }
        let reciprocal = pattern.reciprocal || mutual;
        let paired = reciprocal && who.len() > 1;
        if tie && paired && whom.is_empty() {
            whom = who.drain(1..).collect();
        }
        let complete = match pattern.needs {
            Needs::None => true,
            Needs::Any => political(&who) || political(&whom),
            Needs::Who => political(&who),
            Needs::Whom => political(&whom),
            Needs::Both => political(&who) && (political(&whom) || (paired && !tie)),
        };
        let complete = complete && (tie || self.of_public_life(pattern.outcome, &who, &whom, pattern.needs));
        let mut last = i;
        let mut first = i;
        for &w in anchoring.words.iter().chain(head_words) {
            if w > last && w - last <= 3 {
                last = w;
            }
            if w + 1 == first {
                first = w;
            }
        }
        let label = match &pattern.label {
            Some(As::Slots(slots)) => {
                slots.iter().find_map(|s| view.fill_anchored(i, s, anchoring, true).first().copied())
            }
            _ => None,
        };
        // A tie that holds no longer did hold.
        let over = tie && view.no_longer(i);
        let polarity = if over { Polarity::Positive } else { self.polarity_with(i, head_words) };
        Claim {
            outcome: pattern.outcome,
            at: i,
            from: i,
            trigger: (first, last),
            rule: pattern.rule.clone(),
            who,
            whom,
            cameo: pattern.cameo.clone(),
            mode: pattern.mode.clone(),
            contexts: pattern.contexts.clone(),
            polarity,
            modality: self.modality_with(i),
            speakers: Vec::new(),
            complete,
            specificity: pattern.heads.len() + lexeme.rest.len(),
            label,
            reciprocal,
            former: view.former(i) || head_words.iter().any(|&w| view.former(w)),
            status: bond.status,
            implied: bond.implied,
            once: !bond.roles.is_empty(),
            words: anchoring.words.iter().chain(head_words).copied().collect(),
            likely: None,
        }
    }

    /// "Each other": both do it to both, and the phrase itself is nobody.
    pub(crate) fn mutual(&self, who: &Parties, whom: &mut Parties) -> bool {
        let view = self.resolver.view;
        let [other] = &whom[..] else { return false };
        let h = other.head;
        let phrase = matches!(view.lemma(h), "other" | "another" | "each")
            && ((h > 0 && matches!(view.lemma(h - 1), "each" | "one"))
                || (view.is(h, "each") && h + 1 < view.len() && view.is(h + 1, "other")));
        let mutual = phrase && (who.len() > 1 || who.iter().any(|p| p.plural));
        if mutual {
            whom.clear();
        }
        mutual
    }

    /// "Bombed a camp in Lebanon": a thing of nobody belongs to the land that is named right behind it, on whichever word the
    /// parser hung that.
    fn locate(&self, i: usize, whom: &mut Parties) {
        let view = self.resolver.view;
        let [thing] = &mut whom[..] else { return };
        let h = thing.head;
        if thing.political() || view.upos(h) != Upos::Noun || !view.verbal(i) {
            return;
        }
        let line = matches!(view.lemma(h), "border" | "frontier");
        let next = view.children(i).filter(|&c| c > h).find(|&c| {
            let place = |p| matches!(p, "in" | "near" | "outside" | "at") || (line && p == "with");
            view.rel(c).base() == Rel::Obl && view.cases(c).any(place)
        });
        let Some(place) = next.filter(|&c| view.time_word(c).is_none()) else { return };
        let nearest = view.children(place).chain(std::iter::once(place)).min().unwrap_or(place);
        let land = self.resolver.party(place);
        if nearest == h + 1
            && let Some(entity) = land.entity()
        {
            thing.owner = Some(entity);
            thing.link = demarche_record::Link::Country;
            thing.standing = crate::party::Standing::Owned;
        }
    }

    /// A target that no slot of the pattern names: a known actor on the object, or after the prepositions that English
    /// uses for those an act is meant for.
    fn bystander(&self, i: usize, class: Class, who: &Parties, outcome: Outcome) -> Parties {
        const MEANT: [&str; 6] = ["against", "to", "on", "for", "with", "in"];
        const TOWARDS: [&str; 8] = ["along", "near", "towards", "toward", "around", "outside", "into", "off"];
        let view = self.resolver.view;
        let moves = outcome == Outcome::Event(EventType::Mobilize);
        let mut hosts: SmallVec<[usize; 2]> = SmallVec::new();
        if class == Class::Verb {
            hosts.extend(view.fill(i, &Slot::Obj));
        }
        hosts.push(i);
        for host in hosts {
            for c in
                view.children(host).filter(|&c| c > host && view.nominal(c) && view.time_word(c).is_none())
            {
                let meant = matches!(view.rel(c).base(), Rel::Obl | Rel::Nmod)
                    && view.cases(c).any(|p| {
                        MEANT.contains(&p) || (p == "of" && host != i) || (moves && TOWARDS.contains(&p))
                    });
                if !meant {
                    continue;
                }
                let found = self.resolver.parties(c);
                let known = |p: &Party| p.entity().is_some() && !who.iter().any(|w| w.entity() == p.entity());
                if found.iter().any(known) {
                    return found.into_iter().filter(known).collect();
                }
            }
        }
        Parties::new()
    }

    /// Whether somebody of public life takes part. Private people protest, and suffer and do violence; their deals,
    /// talks and gifts among themselves are no events.
    fn of_public_life(&self, outcome: Outcome, who: &Parties, whom: &Parties, needs: Needs) -> bool {
        let Outcome::Event(kind) = outcome else {
            return true;
        };
        let among_themselves = matches!(kind.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
        let lexicon = self.resolver.view.lexicon;
        !among_themselves || needs == Needs::None || who.iter().chain(whom).any(|p| p.public(lexicon))
    }

    pub(crate) fn polarity_with(&self, i: usize, head_words: &[usize]) -> Polarity {
        let view = self.resolver.view;
        let noun = head_words.iter().any(|&w| view.polarity(w) == Polarity::Negative);
        if noun && view.polarity(i) == Polarity::Positive { Polarity::Negative } else { view.polarity(i) }
    }

    /// A noun that is the object of a verb with an auxiliary is as real as that verb says, where the verb makes it happen.
    pub(crate) fn modality_with(&self, i: usize) -> Modality {
        let view = self.resolver.view;
        let own = view.modality(i);
        if own != Modality::Actual || view.verbal(i) {
            return own;
        }
        match view.head(i) {
            Some(h)
                if view.verbal(h)
                    && (view.rel(i).base() == Rel::Obj || view.rel(i) == Rel::NsubjPass)
                    && matches!(
                        view.lemma(h),
                        "hold"
                            | "launch"
                            | "begin"
                            | "start"
                            | "conduct"
                            | "make"
                            | "take"
                            | "stage"
                            | "carry"
                            | "see"
                            | "resume"
                    ) =>
            {
                view.modality(h)
            }
            _ => own,
        }
    }

    /// The parties of the first slot that names a political actor; else those of the first that is filled at all.
    pub(crate) fn parties(&self, i: usize, slots: &[Slot], around: &Around<'_>) -> Parties {
        let view = self.resolver.view;
        let Around { anchoring, wide, not, is, own } = *around;
        let mut fallback = Parties::new();
        // "Their Hezbollah allies" are Hezbollah: beside a possessor, what stands before the noun says who it is.
        let owned = slots.contains(&Slot::Poss) && view.child(i, &[Rel::NmodPoss]).is_some();
        for slot in slots {
            if own && owned && *slot == Slot::Mod {
                continue;
            }
            let mut found = Parties::new();
            for w in view.fill_anchored(i, slot, anchoring, wide) {
                let inside = view.same_mention(w, i) && *slot != Slot::Own;
                if !not.contains(&w) && !inside && !view.nobody(w) && self.can_be_party(w) {
                    found.extend(self.resolver.parties(w));
                }
            }
            if is.contains(&Being::Place) {
                for p in found.iter_mut().filter(|p| p.ground(view)) {
                    p.standing = p.standing.max(Standing::Owned);
                }
            }
            let itself = |p: &Party| own && *slot == Slot::Own && !p.roles.is_empty();
            found.retain(|p| !not.contains(&p.head) && (p.head != i || itself(p)) || p.actor.is_some());
            found.retain(|p| is.is_empty() || is.iter().any(|b| p.is(*b, view)));
            if found.iter().any(|p| p.political()) {
                return found;
            }
            if fallback.is_empty() && core(slot) {
                fallback = found;
            }
        }
        fallback
    }

    pub(crate) fn can_be_party(&self, w: usize) -> bool {
        let view = self.resolver.view;
        match view.upos(w) {
            Upos::Noun | Upos::Propn => view.time_word(w).is_none(),
            Upos::Pron => {
                !matches!(view.xpos(w), Xpos::EX)
                    && !matches!(view.lemma(w), "there" | "what" | "which" | "who")
            }
            Upos::Adj | Upos::Num | Upos::Det => true,
            _ => view.mention(w).is_some(),
        }
    }
}

fn core(slot: &Slot) -> bool {
    match slot {
        Slot::Subj | Slot::Obj | Slot::Iobj | Slot::Poss => true,
        Slot::Path(outer, inner) => **outer == Slot::Ccomp && **inner == Slot::Subj,
        Slot::Prep(p) => matches!(
            p.as_str(),
            "with" | "on" | "against" | "of" | "to" | "at" | "for" | "from" | "between" | "by"
        ),
        _ => false,
    }
}
