//! Mentions for `demarche entities`: parties, places, nationalities, times, quantities, money, addresses.

use crate::party::{country_of, is_land};
use crate::records::Setting;
use demarche_lexicon::{ActorKind, Entry, Via};
use demarche_record::{Link, MentionRecord, Span};
use demarche_text::{Rel, Upos, Xpos};

/// All mentions of one sentence, in order.
pub fn mentions(setting: &Setting<'_, '_, '_>, out: &mut Vec<MentionRecord>) {
    let view = setting.resolver.view;
    let mut covered = vec![false; view.len()];
    let mut found: Vec<MentionRecord> = Vec::new();
    for mention in view.mentions {
        let range = mention.words.start as usize..mention.words.end as usize;
        let Some(candidate) = setting.resolver.choose(mention) else {
            continue;
        };
        let span = view.span(range.start).cover(view.span(range.end - 1));
        let record = match candidate.entry {
            Entry::Actor(a) => {
                let entry = &view.lexicon.actors[a as usize];
                let kind = match candidate.via {
                    Via::Adjective | Via::People => "NATIONALITY",
                    Via::Capital | Via::City | Via::Seat => "LOCATION",
                    _ => match entry.kind {
                        kind if is_land(kind) => "LOCATION",
                        ActorKind::Person => "PERSON",
                        _ => "ORGANISATION",
                    },
                };
                let link = match candidate.via {
                    Via::Name => Link::Lexicon,
                    Via::Alias => Link::Alias,
                    Via::Seat => Link::Metonym,
                    _ => Link::Country,
                };
                let mut record =
                    blank(setting, span, kind, link, if candidate.ambiguous { 0.6 } else { 0.9 });
                record.id = Some(entry.id.clone());
                record.name = Some(entry.name.clone());
                record.country = country_of(view.lexicon, a).map(str::to_owned);
                record.sectors = entry.sectors.clone();
                record
            }
            Entry::Place(p) => {
                let entry = &view.lexicon.places[p as usize];
                let mut record = blank(setting, span, "LOCATION", Link::Lexicon, 0.85);
                record.name = Some(entry.name.clone());
                record.country = entry.country.clone();
                record
            }
            Entry::Agent(_) | Entry::Title(_) => continue,
        };
        for w in range {
            covered[w] = true;
        }
        found.push(record);
    }
    for t in setting.times {
        let span = view.time_span(t);
        covered[t.words.0..=t.words.1].fill(true);
        found.push(blank(setting, span, "TEMPORAL", Link::Unresolved, 0.9));
    }
    unknown_names(setting, &mut covered, &mut found);
    figures(setting, &mut covered, &mut found);
    found.sort_by_key(|m| (m.span.start, m.span.end));
    out.append(&mut found);
}

fn blank(
    setting: &Setting<'_, '_, '_>,
    span: Span,
    kind: &'static str,
    link: Link,
    confidence: f64,
) -> MentionRecord {
    MentionRecord {
        doc: setting.article.id.clone(),
        sentence: setting.resolver.sentence,
        span: setting.offsets.chars(&setting.article.text, span),
        text: span.of(&setting.article.text).to_owned(),
        kind,
        id: None,
        name: None,
        country: None,
        sectors: Vec::new(),
        link,
        confidence,
    }
}

/// Runs of proper nouns that the lexicon does not know.
fn unknown_names(setting: &Setting<'_, '_, '_>, covered: &mut [bool], found: &mut Vec<MentionRecord>) {
    let view = setting.resolver.view;
    let mut i = 0;
    while i < view.len() {
        if covered[i] || view.upos(i) != Upos::Propn || view.time_word(i).is_some() {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < view.len() && !covered[end] && view.upos(end) == Upos::Propn {
            end += 1;
        }
        let head = (i..end).find(|&w| view.head(w).is_none_or(|h| !(i..end).contains(&h))).unwrap_or(i);
        let party = setting.resolver.party(head);
        let place = view.cases(head).any(|c| matches!(c, "in" | "at" | "near" | "from" | "to" | "outside"))
            && matches!(view.rel(head).base(), Rel::Obl | Rel::Nmod);
        let kind = if party.person || (end - i == 2 && view.rel(i) != Rel::Compound && !place) {
            "PERSON"
        } else if place {
            "LOCATION"
        } else {
            "ORGANISATION"
        };
        let span = view.span(i).cover(view.span(end - 1));
        covered[i..end].fill(true);
        found.push(blank(setting, span, kind, Link::Unresolved, 0.4));
        i = end;
    }
}

/// Numbers with what they count, sums of money, addresses of pages.
fn figures(setting: &Setting<'_, '_, '_>, covered: &mut [bool], found: &mut Vec<MentionRecord>) {
    let view = setting.resolver.view;
    for i in 0..view.len() {
        if covered[i] {
            continue;
        }
        let form = view.form(i);
        if form.starts_with("http://") || form.starts_with("https://") || form.starts_with("www.") {
            covered[i] = true;
            found.push(blank(setting, view.span(i), "URL", Link::Unresolved, 0.95));
        } else if matches!(form, "$" | "€" | "£" | "¥") && i + 1 < view.len() && view.upos(i + 1) == Upos::Num
        {
            let mut end = i + 2;
            while end < view.len() && view.upos(end) == Upos::Num {
                end += 1;
            }
            covered[i..end].fill(true);
            found.push(blank(
                setting,
                view.span(i).cover(view.span(end - 1)),
                "MONEY",
                Link::Unresolved,
                0.9,
            ));
        } else if view.upos(i) == Upos::Num && view.xpos(i) == Xpos::CD && view.rel(i).base() == Rel::Nummod {
            let Some(h) = view.head(i).filter(|&h| h > i && h - i <= 3) else {
                continue;
            };
            let money =
                matches!(view.lemma(h), "dollar" | "euro" | "pound" | "rouble" | "ruble" | "yuan" | "yen");
            let kind = if money { "MONEY" } else { "QUANTITY" };
            let end = if money { h } else { i };
            found.push(blank(setting, view.span(i).cover(view.span(end)), kind, Link::Unresolved, 0.6));
            covered[i] = true;
        }
    }
}
