//! What stands behind a forecast: the past events of which it is made, with their days and sentences.

use super::events::Events;
use crate::balance::round;
use demarche_analysis::forecast::landmark::{Case, Past};
use serde::Serialize;

/// Events shown of each reason, the newest.
const SHOWN: usize = 3;
/// Rules shown.
const RULES: usize = 3;
/// Rules of less confidence are not shown.
const CONFIDENT: f32 = 0.01;

/// A reason.
#[derive(Debug, Serialize)]
pub struct Reason {
    /// `same`: it happened before; `rule`: what is followed by it; `target`: what others did to the target.
    pub kind: &'static str,
    /// For people.
    pub says: String,
    /// Of a rule: how often, in the next step, such a past led to the target when the source did this to somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// How often it happened.
    pub times: u32,
    /// The newest of these events.
    pub events: Vec<Evidence>,
}

/// An event that counts.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// Its id, or its file and line.
    pub id: String,
    /// Its day.
    pub date: String,
    /// Its sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The reasons of a case at the end of a past.
pub fn reasons(events: &Events, past: &Past, case: &Case) -> Vec<Reason> {
    let history = &past.history;
    let now = history.now();
    let relations = history.relations();
    let (s, o) = (&events.actors[case.subject as usize], &events.actors[case.object as usize]);
    let kind = &events.kinds[case.relation as usize];
    let mut reasons = Vec::new();
    let Some(pair) = history.pair(case.subject, case.object) else {
        let tally = history.end(case.relation, case.object);
        if let Some(tally) = tally.filter(|tally| tally.count > 0.0) {
            reasons.push(Reason {
                kind: "target",
                says: format!("{} of {o} by others", often(kind, tally.count as u32)),
                confidence: None,
                times: tally.count as u32,
                events: newest(events, now, |fact| {
                    fact.relation == case.relation && fact.object == case.object
                }),
            });
        }
        return reasons;
    };
    let mut links: Vec<(f32, u32, u32)> = pair
        .links
        .iter()
        .map(|link| {
            let confidence = past.rules.confidence(case.relation, link.relation, &link.tally, now);
            (confidence, link.relation, link.tally.count as u32)
        })
        .collect();
    // Of what is as telling, what is fresh comes first.
    let fresh = |relation: u32| {
        pair.link(relation).map_or(0.0, |tally| tally.faded(now, history.fading())[2] / tally.count.max(1.0))
    };
    let weight = |link: &(f32, u32, u32)| link.0 * fresh(link.1);
    links.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.1.cmp(&b.1)));
    let same = links.iter().position(|(_, relation, _)| *relation == case.relation);
    if let Some((confidence, _, times)) = same.map(|at| links.remove(at)) {
        reasons.push(Reason {
            kind: "same",
            says: format!("{} before", often(kind, times)),
            confidence: Some(round(f64::from(confidence))),
            times,
            events: newest(events, now, |fact| {
                (fact.subject, fact.relation, fact.object) == (case.subject, case.relation, case.object)
            }),
        });
    }
    for (confidence, body, times) in links.into_iter().filter(|link| link.0 >= CONFIDENT).take(RULES) {
        let back = body >= relations;
        let body = if back { body - relations } else { body };
        let (from, to) = if back { (o, s) } else { (s, o) };
        reasons.push(Reason {
            kind: "rule",
            says: format!("{} from {from} to {to}", often(&events.kinds[body as usize], times)),
            confidence: Some(round(f64::from(confidence))),
            times,
            events: newest(events, now, |fact| {
                let ends = if back { (fact.object, fact.subject) } else { (fact.subject, fact.object) };
                fact.relation == body && ends == (case.subject, case.object)
            }),
        });
    }
    reasons
}

fn often(kind: &str, times: u32) -> String {
    if times == 1 { format!("{kind} once") } else { format!("{kind} {times} times") }
}

fn newest(
    events: &Events,
    now: u32,
    wanted: impl Fn(&demarche_analysis::forecast::fact::Fact) -> bool,
) -> Vec<Evidence> {
    let until = events.facts.partition_point(|fact| fact.step < now);
    let past = events.facts[..until].iter().zip(&events.origins).rev();
    past.filter(|(fact, _)| wanted(fact))
        .take(SHOWN)
        .map(|(fact, origin)| Evidence {
            id: origin.id.clone(),
            date: events.calendar.label(fact.step),
            text: origin.text.clone(),
        })
        .collect()
}
