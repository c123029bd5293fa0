//! Tellings of one article into incidents: what shares a victim or a target, or stands close by without contradiction.

use super::telling::Telling;
use crate::records::record_id;
use demarche_record::{Attack, Basis, Count, Filler, HarmKind, Perpetrator, Version};

/// Sentences between two tellings of one incident that name nobody in common.
const REACH: u32 = 2;

/// The incidents of an article, while it is read.
#[derive(Debug, Clone, Default)]
pub struct Incidents {
    open: Vec<Attack>,
}

impl Incidents {
    /// Adds a telling to the incident it belongs to, or opens one.
    pub fn add(&mut self, telling: Telling, doc: &str, version: &Version) {
        let place = self.open.iter_mut().rev().find(|attack| belongs(attack, &telling));
        match place {
            Some(attack) => merge(attack, telling),
            None => {
                let mut attack = Attack {
                    id: String::new(),
                    doc: doc.to_owned(),
                    kind: telling.kind,
                    when: None,
                    place: Vec::new(),
                    perpetrators: Vec::new(),
                    targets: Vec::new(),
                    victims: Vec::new(),
                    weapons: Vec::new(),
                    killed: None,
                    wounded: None,
                    counts: Vec::new(),
                    evidence: Vec::new(),
                    version: version.clone(),
                };
                merge(&mut attack, telling);
                self.open.push(attack);
            }
        }
    }

    /// The incidents, each with its id and its totals, in the order in which they were first told.
    pub fn close(self) -> Vec<Attack> {
        let mut done = self.open;
        for attack in &mut done {
            attack.killed = total(&attack.counts, HarmKind::Killed);
            attack.wounded = total(&attack.counts, HarmKind::Wounded);
            // An incident is opened by a telling, which is its first evidence.
            let start = attack.evidence.first().map_or(0, |evidence| evidence.trigger_span.start);
            attack.id = record_id(&[&attack.doc], &attack.version, start);
        }
        done
    }
}

/// The one number all counts of a kind agree on.
fn total(counts: &[Count], kind: HarmKind) -> Option<u32> {
    let mut values = counts.iter().filter(|c| c.kind == kind).map(|c| c.low.filter(|_| c.note.is_none()));
    let first = values.next()??;
    values.all(|v| v == Some(first)).then_some(first)
}

fn same(a: &Filler, b: &Filler) -> bool {
    a.head.eq_ignore_ascii_case(&b.head) || (a.id.is_some() && a.id == b.id)
}

fn share(a: &[Filler], b: &[Filler]) -> bool {
    a.iter().any(|x| b.iter().any(|y| same(x, y)))
}

/// Whether a telling can be about this incident.
fn belongs(attack: &Attack, telling: &Telling) -> bool {
    let days = |when: &Option<demarche_record::When>| {
        when.as_ref().filter(|w| w.basis == Basis::Text).and_then(|w| w.start.zip(w.end))
    };
    if let (Some((a, b)), Some((c, d))) = (days(&attack.when), days(&telling.when))
        && (b < c || d < a)
    {
        return false;
    }
    let shared = share(&attack.victims, &telling.victims) || share(&attack.targets, &telling.targets);
    if shared {
        return true;
    }
    let last = attack.evidence.last().map_or(0, |e| e.sentence);
    let near = telling.evidence.sentence.saturating_sub(last) <= REACH;
    // Another named victim or another thing hit is another incident, unless the sentence is the same.
    let other = telling.evidence.sentence != last
        && ((attack.victims.iter().any(|v| v.named) && telling.victims.iter().any(|v| v.named))
            || (!attack.targets.is_empty() && !telling.targets.is_empty()));
    near && !other
}

fn merge(attack: &mut Attack, telling: Telling) {
    let text_day = |when: &demarche_record::When| when.basis == Basis::Text;
    if attack.when.as_ref().is_none_or(|w| !text_day(w)) && telling.when.is_some() {
        let better = attack.when.is_none() || telling.when.as_ref().is_some_and(text_day);
        if better {
            attack.when = telling.when;
        }
    }
    if attack.kind == "attack" {
        attack.kind = telling.kind;
    }
    for place in telling.place {
        if !attack.place.iter().any(|p| p.text.eq_ignore_ascii_case(&place.text)) {
            attack.place.push(place);
        }
    }
    let add = |list: &mut Vec<Filler>, more: Vec<Filler>| {
        for filler in more {
            match list.iter_mut().find(|old| same(old, &filler)) {
                // The longer wording of a name says more.
                Some(old) if filler.text.len() > old.text.len() && filler.named => *old = filler,
                Some(_) => {}
                None => list.push(filler),
            }
        }
    };
    add(&mut attack.targets, telling.targets);
    add(&mut attack.victims, telling.victims);
    add(&mut attack.weapons, telling.weapons);
    for perpetrator in telling.perpetrators {
        add_perpetrator(&mut attack.perpetrators, perpetrator);
    }
    for count in telling.counts {
        if !attack.counts.iter().any(|c| c.span == count.span && c.kind == count.kind) {
            attack.counts.push(count);
        }
    }
    attack.evidence.push(telling.evidence);
}

/// The same perpetrator with the same certainty by the same speaker is said once; rival claims stand side by side.
fn add_perpetrator(list: &mut Vec<Perpetrator>, perpetrator: Perpetrator) {
    let known = list.iter().any(|old| {
        old.kind == perpetrator.kind
            && same(&old.who, &perpetrator.who)
            && old.certainty == perpetrator.certainty
            && old.by == perpetrator.by
    });
    if !known {
        list.push(perpetrator);
    }
}
