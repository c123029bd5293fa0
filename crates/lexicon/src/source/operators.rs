//! Reads operators and cues of attribution.

use super::actors::plain;
use super::check::Links;
use super::fields::{Fields, Text};
use super::rules::{cameo, default_slots, fires, heads, id, lexemes, modes_of, named, slots};
use super::words::some;
use crate::wire::{MODALITIES, POLARITIES, STANCES};
use crate::{Becomes, ByType, Image, Operator, Speech};
use demarche_record::{EventType, Stance};
use std::collections::BTreeMap;

/// A table from inner types to texts, with a default.
fn by_type(f: &Fields, key: &'static str) -> Vec<(Option<EventType>, Text)> {
    let mut found = Vec::new();
    let Some(table) = f.table(key) else { return found };
    for (name, value) in table.pairs() {
        let inner = if name.text == "default" { Some(None) } else { named(f, &name).map(Some) };
        if let (Some(inner), Some(text)) = (inner, table.read_text(value, &name.text)) {
            found.push((inner, text));
        }
    }
    found
}

pub(super) fn operator(f: &Fields, file: usize, image: &mut Image, links: &mut Links) {
    let id = id(f, file, "operator", links);
    let becomes: Option<EventType> = f.text("becomes").and_then(|t| named(f, &t));
    let mut becomes_for = BTreeMap::new();
    for (inner, text) in by_type(f, "becomes_for") {
        let outer =
            if text.text == "keep" { Some(Becomes::Keep) } else { named(f, &text).map(Becomes::Type) };
        match (inner, outer) {
            (Some(inner), Some(outer)) => {
                becomes_for.insert(inner, outer);
            }
            (None, _) => {
                f.fault("becomes_for", "lexicon::unknown-type", "`default` here is `becomes`".to_owned())
            }
            _ => {}
        }
    }
    let outer = |inner: Option<EventType>| match inner.and_then(|t| becomes_for.get(&t)) {
        Some(Becomes::Type(t)) => Some(*t),
        Some(Becomes::Keep) => None,
        None => becomes,
    };
    let mut codes = ByType::default();
    for (inner, text) in by_type(f, "cameo") {
        put(&mut codes, inner, cameo(f, &text, image));
    }
    let mut modes = ByType::default();
    for (inner, text) in by_type(f, "modes") {
        let known = match outer(inner) {
            Some(kind) => image.ontology.has_mode(kind, &text.text),
            // A default without a type of its own serves whatever `becomes_for` makes.
            None => EventType::ALL.iter().any(|k| image.ontology.has_mode(*k, &text.text)),
        };
        if !known {
            let kind = outer(inner).map_or("any type", EventType::as_str);
            let message = format!("`{}` is no mode of {kind}", text.text);
            let hint = outer(inner).map_or(String::new(), |k| modes_of(image, k));
            f.report.error(text.at.clone(), "lexicon::unknown-mode", message, &hint);
        }
        put(&mut modes, inner, text.text);
    }
    let inner = slots(f, "inner").unwrap_or_default();
    if inner.is_empty() {
        f.missing("inner");
    }
    let family = becomes.map_or("operator".to_owned(), |t| t.as_str().to_lowercase());
    let entry = Operator {
        rule: format!("{family}/{}", id.as_deref().unwrap_or_default()),
        verbs: lexemes(f, "verbs"),
        nouns: lexemes(f, "nouns"),
        adjectives: lexemes(f, "adjectives"),
        inner,
        becomes,
        becomes_for,
        cameo: codes,
        modes,
        who: slots(f, "who").unwrap_or_else(|| default_slots(&["subj"])),
        whom: slots(f, "whom").unwrap_or_default(),
        alone: f.boolean("alone").unwrap_or(false),
        keep: f.boolean("keep").unwrap_or(false),
        keep_inner: f.boolean("keep_inner").unwrap_or(false),
        polarity: f.choice("polarity", POLARITIES, "lexicon::unknown-kind"),
        modality: f.choice("modality", MODALITIES, "lexicon::unknown-kind"),
        stance: f.choice("stance", STANCES, "lexicon::unknown-kind"),
        heads: heads(f, "heads", image),
        unless: heads(f, "unless", image),
        hit: some(f, "hit", "lexicon::no-hit"),
        miss: some(f, "miss", "lexicon::no-miss"),
        file: f.file(),
        line: f.line(),
    };
    fires(f, &[&entry.verbs, &entry.nouns, &entry.adjectives]);
    let makes = entry.becomes.is_some() || entry.becomes_for.values().any(|b| matches!(b, Becomes::Type(_)));
    if makes && entry.cameo.default.is_none() {
        f.report.error(f.at.clone(), "lexicon::missing-key", "`cameo.default` is missing".to_owned(), "");
    }
    if id.is_some() {
        image.operators.push(entry);
    }
}

fn put(table: &mut ByType, inner: Option<EventType>, value: String) {
    match inner {
        Some(t) => {
            table.of.insert(t, value);
        }
        None => table.default = Some(value),
    }
}

pub(super) fn speech(f: &Fields, image: &mut Image) {
    let stance = f.choice("stance", STANCES, "lexicon::unknown-kind");
    if f.get("stance").is_none() {
        f.missing("stance");
    }
    let entry = Speech {
        verbs: lexemes(f, "verbs"),
        nouns: lexemes(f, "nouns"),
        adjectives: lexemes(f, "adjectives"),
        phrases: plain(f.texts("phrases")),
        adverbs: plain(f.texts("adverbs")),
        stance: stance.unwrap_or(Stance::Asserts),
        negated: f.get("negated").and_then(|_| f.choice("negated", STANCES, "lexicon::unknown-kind")),
        objects: f.boolean("objects").unwrap_or(false),
        hit: some(f, "hit", "lexicon::no-hit"),
        miss: plain(f.text_or_texts("miss")),
        file: f.file(),
        line: f.line(),
    };
    if entry.verbs.is_empty()
        && entry.nouns.is_empty()
        && entry.adjectives.is_empty()
        && entry.phrases.is_empty()
        && entry.adverbs.is_empty()
    {
        let hint = "give verbs, nouns, phrases or adverbs";
        f.report.error(f.at.clone(), "lexicon::no-words", "no word fires this".to_owned(), hint);
    }
    image.speech.push(entry);
}
