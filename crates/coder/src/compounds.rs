//! Ties that stand in no predicate: in how a phrase is built ("pro-Assad forces", "ISIL fighters", "partners, including
//! Turkey", "the Rapid Support Forces (RSF)") and in the events of the sentence. Which words and events count is data.

use crate::claim::{Claim, Parties};
use crate::coding::{Class, Coding};
use crate::matching::Anchoring;
use crate::party::{Party, Standing};
use demarche_lexicon::{Being, Entry, Lexeme, Outcome, Pattern, Slot};
use demarche_record::{Link, Modality, Polarity, Span, TieType};
use demarche_text::{Rel, Upos, Xpos};
use smallvec::SmallVec;

/// Words behind an act in which a target is looked for.
const FAR: usize = 40;

/// The rule of a name with its short form in brackets.
const IN_BRACKETS: &str = "same_as/in-brackets";

impl<'v> Coding<'v, '_> {
    /// Adds the ties that phrases hold.
    pub(crate) fn compounds(&self, found: &mut Vec<Claim>) {
        let view = self.resolver.view;
        let ties = &view.lexicon.ties;
        let prefixed: Vec<&Pattern> = ties.iter().filter(|t| !t.bond.prefixes.is_empty()).collect();
        let joined: Vec<&Pattern> = ties
            .iter()
            .filter(|t| !t.bond.cases.is_empty() && t.bond.events.is_empty() && t.nouns.is_empty())
            .collect();
        let of_roles: Vec<&'v Pattern> = ties.iter().filter(|t| !t.bond.roles.is_empty()).collect();
        for i in 0..view.len() {
            for tie in &prefixed {
                found.extend(self.prefix(i, tie));
            }
            if view.nominal(i) {
                for tie in &joined {
                    found.extend(self.join(i, tie));
                }
                for tie in &of_roles {
                    found.extend(self.role(i, tie));
                }
                found.extend(self.in_brackets(i));
            }
        }
    }

    /// Whether a party counts and is one of these.
    fn fits(&self, party: &Party, is: &[Being]) -> bool {
        let view = self.resolver.view;
        party.political() && (is.is_empty() || is.iter().any(|b| party.is(*b, view)))
    }

    /// A claim of a tie by words alone.
    fn bare(&self, tie: &Pattern, i: usize, who: Parties, whom: Parties) -> Option<Claim> {
        let fits = |ps: &Parties, is: &[Being]| ps.iter().any(|p| self.fits(p, is));
        let complete = fits(&who, &tie.bond.who_is) && fits(&whom, &tie.bond.whom_is);
        complete.then(|| Claim {
            outcome: tie.outcome,
            rule: tie.rule.clone(),
            status: tie.bond.status,
            implied: tie.bond.implied,
            complete,
            ..Claim::open(i, who, whom, Polarity::Positive, Modality::Actual)
        })
    }

    /// "Pro-Assad forces", "the anti-government rally": what stands before the noun and after the hyphen is the target.
    fn prefix(&self, i: usize, tie: &Pattern) -> Option<Claim> {
        let view = self.resolver.view;
        let form = view.form(i);
        let is = |s: &str| tie.bond.prefixes.iter().any(|p| p.eq_ignore_ascii_case(s));
        let (inner, at) = match form.split_once('-') {
            Some((first, rest)) if is(first) && rest.len() > 1 => (self.within_word(i, first.len() + 1)?, i),
            None if is(form) && i + 2 < view.len() && view.form(i + 1) == "-" => {
                (self.resolver.party(i + 2), i + 2)
            }
            _ => return None,
        };
        // The parts of a compound may hang on one another; the noun they stand before holds them all.
        let mut host = view.head(at)?;
        while host <= at && view.rel(host).base() != Rel::Root {
            host = view.head(host)?;
        }
        if host <= at || !view.nominal(host) || inner.entity().is_none() {
            return None;
        }
        let mut who = self.resolver.parties(host);
        // "The anti-ISIL coalition" is not ISIL.
        for p in who.iter_mut().filter(|p| p.head == host && p.entity() == inner.entity()) {
            p.actor = None;
            p.owner = None;
            p.standing = if p.roles.is_empty() { Standing::Unknown } else { Standing::Role };
        }
        self.bare(tie, i, who, SmallVec::from_iter([inner])).map(|c| Claim { once: true, ..c })
    }

    /// Whom a noun is against by the word before it: "anti-government protests".
    pub(crate) fn opposed(&self, i: usize) -> Option<Party> {
        let view = self.resolver.view;
        view.children(i).filter(|&c| c < i).find_map(|c| {
            let (first, _) = view.form(c).split_once('-').filter(|(_, rest)| rest.len() > 1)?;
            first.eq_ignore_ascii_case("anti").then(|| self.within_word(c, first.len() + 1)).flatten()
        })
    }

    /// The actor or role that a later part of one word names.
    fn within_word(&self, i: usize, skip: usize) -> Option<Party> {
        let view = self.resolver.view;
        let whole = view.span(i);
        let part = Span { start: whole.start + skip as u32, end: whole.end };
        let mut mentions = Vec::new();
        view.lexicon.find(view.text, &[part], &mut mentions);
        let (actor, role) = match mentions.first().and_then(|m| self.resolver.choose(m))?.entry {
            Entry::Actor(actor) => (Some(actor), None),
            Entry::Agent(role) => (None, Some(role)),
            _ => return None,
        };
        Some(Party {
            head: i,
            span: part,
            actor,
            owner: None,
            roles: role.into_iter().collect(),
            titles: SmallVec::new(),
            link: if actor.is_some() { Link::Alias } else { Link::Unresolved },
            standing: if actor.is_some() { Standing::Named } else { Standing::Role },
            plural: false,
            person: false,
            antecedent: None,
        })
    }

    /// "Partners, including Turkey and Greece".
    fn join(&self, i: usize, tie: &Pattern) -> Option<Claim> {
        let view = self.resolver.view;
        let joined = view.cases(i).any(|c| tie.bond.cases.iter().any(|k| k == c));
        let host = view.head(i).filter(|&h| h < i && view.nominal(h))?;
        if !joined || !matches!(view.rel(i).base(), Rel::Nmod | Rel::Appos | Rel::Conj) {
            return None;
        }
        self.bare(tie, i, self.resolver.parties(i), SmallVec::from_iter([self.resolver.party(host)]))
    }

    /// A role noun with the body it serves: "Hamas spokesman", "a colonel in the navy".
    fn role(&self, i: usize, tie: &'v Pattern) -> Option<Claim> {
        let view = self.resolver.view;
        let mention = view.mention(i)?;
        let kind = match self.resolver.choose(mention)?.entry {
            Entry::Agent(r) => {
                let agent = &view.lexicon.agents[r as usize];
                // Those whom a body holds or helps do not belong to it.
                if agent.sectors.iter().any(|s| matches!(s.as_str(), "CVL" | "REF")) {
                    return None;
                }
                agent.kind
            }
            _ => return None,
        };
        // Who leads a body is in charge of it; one of its leaders belongs to it.
        let one_of_many = view.xpos(i) == Xpos::NNS
            || view
                .children(i)
                .any(|c| c < i && matches!(view.lemma(c), "a" | "an" | "another" | "senior" | "top"));
        let leads = !one_of_many
            && tie.noun_whom.contains(&Slot::Mod)
            && self.refs(i).1.iter().any(|r| {
                r.table == demarche_lexicon::Table::Tie
                    && view.lexicon.ties[r.entry as usize].outcome == Outcome::Tie(TieType::InChargeOf)
            });
        if leads || self.resolver.relational(i) || !tie.bond.roles.contains(&kind) {
            return None;
        }
        let lexeme = Lexeme { lemma: String::new(), rest: Vec::new() };
        let anchoring = Anchoring::default();
        view.heads_hold(i, &tie.heads, &tie.unless, &anchoring).ok()?;
        Some(self.fit(i, Class::Noun, tie, &lexeme, &anchoring, &[])).filter(|c| c.complete)
    }

    /// "The Rapid Support Forces (RSF)": a name and its short form.
    fn in_brackets(&self, i: usize) -> Option<Claim> {
        let view = self.resolver.view;
        let short = view.upos(i) == Upos::Propn
            && i > 0
            && view.form(i - 1) == "("
            && view.form(i).chars().filter(|c| c.is_uppercase()).count() > 1;
        let host = view.head(i).filter(|&h| h < i && view.upos(h) == Upos::Propn)?;
        if !short || !matches!(view.rel(i).base(), Rel::Appos | Rel::Parataxis | Rel::Nmod) {
            return None;
        }
        let (mut long, mut short) = (self.resolver.party(host), self.resolver.party(i));
        if long.entity().is_some() && short.entity().is_some() && long.entity() != short.entity() {
            return None;
        }
        for p in [&mut long, &mut short] {
            p.standing = p.standing.max(Standing::Role);
        }
        let (who, whom) = (SmallVec::from_iter([long]), SmallVec::from_iter([short]));
        Some(Claim {
            outcome: Outcome::Tie(TieType::SameAs),
            rule: IN_BRACKETS.to_owned(),
            complete: true,
            ..Claim::open(i, who, whom, Polarity::Positive, Modality::Actual)
        })
    }

    /// Whether a word only says where: "strikes in Syria" are not against Syria.
    fn scene(&self, i: usize) -> bool {
        let view = self.resolver.view;
        view.cases(i).any(|c| matches!(c, "in" | "at" | "near" | "inside" | "outside" | "across" | "from"))
    }

    /// Whom one of these prepositions names anywhere in the clause of a word, nearest first.
    fn aimed_at(&self, i: usize, cases: &[String]) -> Parties {
        let view = self.resolver.view;
        let mut top = i;
        for _ in 0..3 {
            match view.head(top) {
                Some(h) if !view.verbal(top) => top = h,
                _ => break,
            }
        }
        let aimed = |&w: &usize| {
            view.nominal(w) && view.cases(w).any(|c| cases.iter().any(|k| k == c)) && view.within(w, top)
        };
        (i + 1..view.len().min(i + FAR)).find(aimed).map(|w| self.resolver.parties(w)).unwrap_or_default()
    }

    /// Adds the ties that follow from what the sentence says was done: who attacks fights, who meets communicates.
    pub(crate) fn follow_from_events(&mut self, found: &mut Vec<Claim>) {
        let lexicon = self.resolver.view.lexicon;
        let rules: Vec<&Pattern> = lexicon.ties.iter().filter(|t| !t.bond.events.is_empty()).collect();
        for event in self.events() {
            if event.modality != Modality::Actual || event.polarity == Polarity::Negative {
                continue;
            }
            for tie in rules.iter().filter(|t| event.event().is_some_and(|e| t.bond.events.contains(&e))) {
                let bond = &tie.bond;
                let named = |ps: &Parties| -> Parties { ps.iter().map(|p| self.owner_named(p)).collect() };
                let mut who = named(&event.who);
                who.retain(|p| self.fits(p, &bond.who_is));
                let mut whom: Parties = event.whom.iter().filter(|p| !self.scene(p.head)).cloned().collect();
                whom = named(&whom);
                whom.retain(|p| self.fits(p, &bond.whom_is));
                if whom.is_empty() && !bond.cases.is_empty() {
                    whom = self.aimed_at(event.from, &bond.cases);
                    whom.retain(|p| self.fits(p, &bond.whom_is));
                }
                if event.reciprocal && whom.is_empty() && who.len() > 1 {
                    whom = who.drain(1..).collect();
                }
                if !who.is_empty() && !whom.is_empty() {
                    found.push(Claim {
                        outcome: tie.outcome,
                        rule: format!("{} > {}", tie.rule, event.rule),
                        who,
                        whom,
                        status: tie.bond.status,
                        implied: true,
                        ..event.clone()
                    });
                }
            }
        }
    }
}
