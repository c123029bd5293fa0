//! Claims into records: texts, spans in code points, days, places, confidence, a stable id.

use crate::claim::{Claim, Speaker};
use crate::harm::{self, Counted};
use crate::map::Map;
use crate::origin::Origin;
use crate::party::{Party, Standing};
use crate::place::{Located, of_predicate, targets};
use crate::resolve::Resolver;
use crate::time::{Tense, TimeExpression};
use demarche_lexicon::Outcome;
use demarche_record::{
    Article, Attribution, Basis, CharSpan, Event, EventType, Modality, Offsets, Place, PlaceBasis, Polarity,
    Precision, Span, Tie, TieStatus, TieType, Trigger, Version, When, Zone,
};

/// The stable id of a record: a hash of what it is of, of who made it, and of the code point it starts at.
pub(crate) fn record_id(of: &[&str], version: &Version, start: u32) -> String {
    let mut hash = blake3::Hasher::new();
    for part in of.iter().copied().chain([&*version.coder, &*version.lexicon, &*version.model]) {
        hash.update(part.as_bytes());
        hash.update(&[0]);
    }
    hash.update(&start.to_le_bytes());
    hash.finalize().to_hex()[..16].to_owned()
}

/// Everything a record of one sentence needs beside the claim.
pub struct Setting<'a, 'v, 's> {
    /// The article.
    pub article: &'a Article,
    /// The day and place it speaks from.
    pub origin: &'a Origin,
    /// The towns of the world, where they are at hand.
    pub map: Option<Map<'a>>,
    /// Code points of its text.
    pub offsets: &'a Offsets,
    /// The resolver of the sentence.
    pub resolver: Resolver<'v, 's>,
    /// Expressions of time in it.
    pub times: &'a [TimeExpression],
    /// Phrases of place in it.
    pub places: &'a [Located],
    /// What made the record.
    pub version: &'a Version,
}

impl Setting<'_, '_, '_> {
    pub(crate) fn chars(&self, span: Span) -> CharSpan {
        self.offsets.chars(&self.article.text, span)
    }

    fn zone(&self) -> Zone {
        self.resolver.view.sentence.zone
    }

    fn actor(&self, party: &Party) -> demarche_record::Actor {
        let view = self.resolver.view;
        party.record(view.lexicon, view.text, view.span(party.head), self.offsets)
    }

    fn trigger(&self, claim: &Claim) -> Trigger {
        let view = self.resolver.view;
        let span = view.span(claim.trigger.0).cover(view.span(claim.trigger.1));
        Trigger { text: span.of(view.text).to_owned(), span: self.chars(span) }
    }

    /// The chain of speakers as it is written.
    pub(crate) fn attribution(&self, speakers: &[Speaker]) -> Vec<Attribution> {
        let view = self.resolver.view;
        speakers
            .iter()
            .map(|s| {
                let entry =
                    s.party.as_ref().and_then(Party::entity).map(|a| &view.lexicon.actors[a as usize]);
                Attribution {
                    text: s.party.as_ref().map(|p| p.span.of(view.text).to_owned()),
                    span: s.party.as_ref().map(|p| self.chars(p.span)),
                    id: entry.map(|e| e.id.clone()),
                    name: entry.map(|e| e.name.clone()),
                    country: s.party.as_ref().and_then(|p| p.country(view.lexicon)).map(str::to_owned),
                    cue: view.form(s.cue).to_owned(),
                    stance: s.stance,
                }
            })
            .collect()
    }

    fn id(&self, kind: &str, claim: &Claim, extra: &str) -> String {
        let start = self.chars(self.resolver.view.span(claim.trigger.0)).start;
        record_id(&[&self.article.id, kind, &claim.rule, extra], self.version, start)
    }

    /// When a claim is said to have happened.
    pub(crate) fn when(&self, claim: &Claim, publication: bool) -> Option<When> {
        self.dated(claim.from, claim.modality)
            .or_else(|| if claim.at == claim.from { None } else { self.dated(claim.at, claim.modality) })
            .or_else(|| if publication { self.undated(claim.at, claim.modality) } else { None })
    }

    /// The days that an expression of time in its clause gives a predicate.
    pub fn dated(&self, at: usize, modality: Modality) -> Option<When> {
        let view = self.resolver.view;
        let t = view.dated_by(at, self.times)?;
        let span = view.time_phrase(t);
        let days = t.days(self.resolver.on, modality == Modality::Planned);
        Some(When {
            start: days.start,
            end: days.end,
            precision: days.precision,
            text: Some(span.of(view.text).to_owned()),
            span: Some(self.chars(span)),
            basis: Basis::Text,
            note: days.note.map(str::to_owned),
        })
    }

    /// What the day of publication says of a predicate without a time: the day itself for what is told in the past or
    /// present, all before it for what has been, all after it for what is to come; nothing for what is only thought of.
    pub fn undated(&self, at: usize, modality: Modality) -> Option<When> {
        let day = self.origin.day?;
        let tense = self.resolver.view.tense_at(at);
        let (start, end, precision) = match (modality, tense) {
            (Modality::Conditional | Modality::Hypothetical, _) => return None,
            (Modality::Possible, tense) if tense != Some(Tense::Future) => return None,
            (Modality::Planned | Modality::Possible, _) | (_, Some(Tense::Future)) => {
                (Some(day), None, Precision::Unknown)
            }
            (Modality::Actual, Some(Tense::Perfect)) => (None, Some(day), Precision::Unknown),
            (Modality::Actual, _) => (Some(day), Some(day), Precision::Day),
        };
        Some(When { start, end, precision, text: None, span: None, basis: self.origin.basis, note: None })
    }

    /// Where a predicate happened: the places of its clause, else the dateline's, else the lands and towns it was done to.
    /// Neither of the latter where it is not said to have happened.
    pub fn placed(&self, from: usize, at: usize, modality: Modality, kind: Option<EventType>) -> Vec<Place> {
        let view = self.resolver.view;
        let mut own = of_predicate(view, from, self.places);
        if own.is_empty() && at != from {
            own = of_predicate(view, at, self.places);
        }
        if !own.is_empty() {
            return own.into_iter().map(|p| p.record(view, self.offsets, PlaceBasis::Text)).collect();
        }
        if modality != Modality::Actual {
            return Vec::new();
        }
        if let Some(place) = &self.origin.place {
            return vec![place.clone()];
        }
        let done_to = targets(&self.resolver, from, kind, self.map.as_ref());
        done_to.into_iter().map(|p| p.record(view, self.offsets, PlaceBasis::Target)).collect()
    }

    fn confidence(&self, claim: &Claim) -> f64 {
        let view = self.resolver.view;
        let worth = |parties: &[Party]| {
            parties
                .iter()
                .map(|p| match p.standing {
                    Standing::Named => 0.17,
                    Standing::Role => 0.14,
                    Standing::Owned => 0.10,
                    Standing::Unknown => 0.03,
                })
                .fold(0.0f64, f64::max)
        };
        let mut sure = 0.42 + worth(&claim.who) + worth(&claim.whom);
        sure += 0.03 * claim.specificity.min(3) as f64;
        if view.verbal(claim.at) {
            sure += 0.05;
        }
        let mut depth = 0;
        let mut at = claim.at;
        while let Some(h) = view.head(at) {
            depth += 1;
            at = h;
            if depth > 12 {
                break;
            }
        }
        sure -= 0.015 * f64::from(depth.min(6));
        sure -= match claim.modality {
            Modality::Actual | Modality::Planned => 0.0,
            Modality::Possible => 0.05,
            Modality::Conditional | Modality::Hypothetical => 0.08,
        };
        if claim.polarity == Polarity::Negative {
            sure -= 0.03;
        }
        // The model of choice has seen how often such claims are right; the rules know how well the parties are known.
        if let Some(likely) = claim.likely {
            sure = 0.3 * sure + 0.7 * likely;
        }
        (sure.clamp(0.05, 0.97) * 1000.0).round() / 1000.0
    }

    /// The event record of a claim.
    pub fn event(&self, claim: &Claim, counts: &[Counted]) -> Option<Event> {
        let kind = claim.event()?;
        let view = self.resolver.view;
        let sentence = view.sentence;
        let (mut source, mut target): (Vec<_>, Vec<_>) = (
            claim.who.iter().map(|p| self.actor(p)).collect(),
            claim.whom.iter().map(|p| self.actor(p)).collect(),
        );
        if claim.reciprocal && source.len() + target.len() > 1 {
            let both: Vec<_> = source.iter().chain(&target).cloned().collect();
            source = both.clone();
            target = both;
        }
        let attribution = self.attribution(&claim.speakers);
        Some(Event {
            id: self.id(kind.as_str(), claim, ""),
            doc: self.article.id.clone(),
            sentence: self.resolver.sentence,
            span: self.chars(sentence.span),
            text: sentence.span.of(view.text).to_owned(),
            kind,
            mode: claim.mode.clone(),
            contexts: claim.contexts.clone(),
            quad: kind.quad(),
            cameo: claim.cameo.clone(),
            goldstein: view.lexicon.ontology.goldstein(&claim.cameo),
            source,
            target,
            trigger: self.trigger(claim),
            polarity: claim.polarity,
            modality: claim.modality,
            status: if attribution.is_empty() { "asserted" } else { "claimed" }.to_owned(),
            attribution,
            when: self.when(claim, true),
            place: self.placed(claim.from, claim.at, claim.modality, Some(kind)),
            zone: self.zone(),
            instrument: harm::instrument(view, claim.from).map(|span| span.of(view.text).to_owned()),
            casualties: harm::casualties(view, claim.from, counts),
            confidence: self.confidence(claim),
            rule: claim.rule.clone(),
            version: self.version.clone(),
        })
    }

    /// The tie records of a claim: one for every pair of its parties.
    pub fn ties(&self, claim: &Claim, out: &mut Vec<Tie>) {
        let Outcome::Tie(kind) = claim.outcome else { return };
        let view = self.resolver.view;
        for who in &claim.who {
            for whom in &claim.whom {
                let one = who.entity().is_some() && who.same(whom) && kind != TieType::SameAs;
                if who.head == whom.head || one {
                    continue;
                }
                if !who.political() || !whom.political() {
                    continue;
                }
                let status = match (claim.former, claim.modality) {
                    _ if claim.status.is_some() => claim.status.unwrap_or(TieStatus::Current),
                    (true, _) => TieStatus::Former,
                    // What is only asked for or thought of is not there yet either.
                    (_, Modality::Planned | Modality::Hypothetical | Modality::Conditional) => {
                        TieStatus::Planned
                    }
                    _ => TieStatus::Current,
                };
                let extra = format!("{} {}", who.span.start, whom.span.start);
                out.push(Tie {
                    id: self.id(kind.as_str(), claim, &extra),
                    doc: self.article.id.clone(),
                    sentence: self.resolver.sentence,
                    span: self.chars(view.sentence.span),
                    text: view.sentence.span.of(view.text).to_owned(),
                    kind,
                    source: self.actor(who),
                    target: self.actor(whom),
                    trigger: self.trigger(claim),
                    status,
                    implied: claim.implied,
                    label: claim.label.map(|w| view.phrase(w).of(view.text).to_owned()),
                    polarity: claim.polarity,
                    modality: claim.modality,
                    attribution: self.attribution(&claim.speakers),
                    when: self.when(claim, false),
                    zone: self.zone(),
                    confidence: self.confidence(claim),
                    rule: claim.rule.clone(),
                    version: self.version.clone(),
                });
            }
        }
    }
}
