//! Claims into records: texts, spans in code points, days, places, confidence, a stable id.

use crate::claim::{Claim, Speaker};
use crate::party::{Party, Standing};
use crate::place::{Located, of_predicate};
use crate::resolve::Resolver;
use crate::when::TimeExpression;
use demarche_lexicon::Outcome;
use demarche_record::{
    Article, Attribution, Basis, Casualties, CharSpan, Event, Modality, Offsets, Polarity, Precision, Span,
    Tie, TieStatus, TieType, Trigger, Version, When, Zone,
};
use demarche_text::Rel;

/// Everything a record of one sentence needs beside the claim.
pub struct Setting<'a, 'v, 's> {
    /// The article.
    pub article: &'a Article,
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
    fn chars(&self, span: Span) -> CharSpan {
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
        let view = self.resolver.view;
        let mut hash = blake3::Hasher::new();
        let span = self.chars(view.span(claim.trigger.0));
        for part in [
            self.article.id.as_str(),
            kind,
            claim.rule.as_str(),
            extra,
            &self.version.coder,
            &self.version.lexicon,
            &self.version.model,
        ] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        hash.update(&span.start.to_le_bytes());
        hash.finalize().to_hex()[..16].to_owned()
    }

    /// The expression of time that stands nearest to the predicate in the tree; the day of publication for what is not to
    /// come and has none.
    fn when(&self, claim: &Claim, basis_publication: bool) -> Option<When> {
        let view = self.resolver.view;
        let to_come = claim.modality == Modality::Planned;
        let best = self
            .times
            .iter()
            .filter_map(|t| distance(view, t.head, claim.at).map(|d| (d, t)))
            .min_by_key(|(d, t)| (*d, t.head));
        if let Some((_, t)) = best {
            let span = view.time_span(t);
            let (start, end) = t.days(self.resolver.on, to_come);
            return Some(When {
                start,
                end,
                precision: if start.is_some() { t.precision } else { Precision::Unknown },
                text: Some(span.of(view.text).to_owned()),
                span: Some(self.chars(span)),
                basis: Basis::Text,
            });
        }
        let day = self.article.date.filter(|_| basis_publication && claim.modality == Modality::Actual)?;
        Some(When {
            start: Some(day),
            end: Some(day),
            precision: Precision::Day,
            text: None,
            span: None,
            basis: Basis::Publication,
        })
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
    pub fn event(&self, claim: &Claim) -> Option<Event> {
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
            place: of_predicate(view, claim.at, self.places)
                .into_iter()
                .map(|p| p.record(view, self.offsets))
                .collect(),
            zone: self.zone(),
            instrument: None,
            casualties: Casualties::default(),
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

/// Steps in the tree from an expression of time to a predicate; none where another clause stands between.
fn distance(view: &crate::view::View<'_>, time: usize, at: usize) -> Option<usize> {
    let mut up = time;
    for steps in 0..8 {
        if up == at {
            return Some(steps);
        }
        // "Refused to hold talks on Monday": the infinitive's day is the day of what governs it.
        if view.verbal(up) && up != time && view.rel(up).base() == Rel::Xcomp && view.within(up, at) {
            up = view.head(up)?;
            continue;
        }
        // From the clause that the time stands in down to a predicate that is its object or complement.
        if view.verbal(up) && up != time {
            let mut down = at;
            for more in 1..5 {
                let h = view.head(down)?;
                if !matches!(
                    view.rel(down).base(),
                    Rel::Obj | Rel::Xcomp | Rel::Ccomp | Rel::Nsubj | Rel::Obl | Rel::Nmod | Rel::Conj
                ) {
                    return None;
                }
                if h == up {
                    return Some(steps + 2 * more);
                }
                down = h;
            }
            return None;
        }
        up = view.head(up)?;
    }
    None
}
