//! Reads operators, cues of attribution, and words that tell topic and means.

use super::actors::plain;
use super::check::Links;
use super::fields::{Fields, Text};
use super::rules::{cameo, default_slots, fires, heads, id, lexemes, modes_of, named, slots};
use super::words::some;
use crate::wire::{MODALITIES, POLARITIES, STANCES};
use crate::{Adds, Becomes, ByType, Image, Operator, Speech, Topic};
use demarche_record::{EventType, Stance};
use std::collections::BTreeMap;

/// What an inner event is, as the key of a table says: `default`, a type, a type and its mode.
#[derive(Debug, Clone)]
enum Inner {
    Any,
    Of(EventType),
    Finer(EventType, String),
}

impl Inner {
    fn kind(&self) -> Option<EventType> {
        match self {
            Inner::Any => None,
            Inner::Of(kind) | Inner::Finer(kind, _) => Some(*kind),
        }
    }
}

/// A table from inner events to texts.
fn by_type(f: &Fields, key: &'static str, image: &Image) -> Vec<(Inner, Text)> {
    let mut found = Vec::new();
    let Some(table) = f.table(key) else { return found };
    for (name, value) in table.pairs() {
        let inner = match name.text.split_once('/') {
            _ if name.text == "default" => Some(Inner::Any),
            None => named(f, &name).map(Inner::Of),
            Some((kind, mode)) => {
                let kind = named(f, &Text { text: kind.to_owned(), at: name.at.clone() });
                if let Some(kind) = kind.filter(|kind| !image.ontology.has_mode(*kind, mode)) {
                    let message = format!("`{mode}` is no mode of {kind}");
                    f.report.error(name.at.clone(), "lexicon::unknown-mode", message, &modes_of(image, kind));
                }
                kind.map(|kind| Inner::Finer(kind, name.text.clone()))
            }
        };
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
    for (inner, text) in by_type(f, "becomes_for", image) {
        let outer =
            if text.text == "keep" { Some(Becomes::Keep) } else { named(f, &text).map(Becomes::Type) };
        match (inner, outer) {
            (Inner::Of(inner), Some(outer)) => {
                becomes_for.insert(inner, outer);
            }
            (Inner::Any, _) => {
                f.fault("becomes_for", "lexicon::unknown-type", "`default` here is `becomes`".to_owned())
            }
            (Inner::Finer(..), _) => {
                f.fault("becomes_for", "lexicon::unknown-type", "a mode has no type of its own".to_owned())
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
    for (inner, text) in by_type(f, "cameo", image) {
        put(&mut codes, inner, cameo(f, &text, image));
    }
    let mut modes = ByType::default();
    for (inner, text) in by_type(f, "modes", image) {
        let made = outer(inner.kind());
        let known = match made {
            Some(kind) => image.ontology.has_mode(kind, &text.text),
            // A default without a type of its own serves whatever `becomes_for` makes.
            None => EventType::ALL.iter().any(|k| image.ontology.has_mode(*k, &text.text)),
        };
        if !known {
            let kind = made.map_or("any type", EventType::as_str);
            let message = format!("`{}` is no mode of {kind}", text.text);
            let hint = made.map_or(String::new(), |k| modes_of(image, k));
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

fn put(table: &mut ByType, inner: Inner, value: String) {
    match inner {
        Inner::Of(kind) => {
            table.of.insert(kind, value);
        }
        Inner::Finer(_, name) => {
            table.finer.insert(name, value);
        }
        Inner::Any => table.default = Some(value),
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

pub(super) fn topic(f: &Fields, image: &mut Image) {
    let context = f.text("context");
    let kind: Option<EventType> = f.text("type").and_then(|t| named(f, &t));
    let over = f.texts("over");
    let adds = match (context, kind) {
        (Some(context), None) => {
            if !image.ontology.contexts.contains(&context.text) {
                let message = format!("`{}` is no context", context.text);
                let hint = format!("one of {}", image.ontology.contexts.join(" "));
                f.report.error(context.at, "lexicon::unknown-context", message, &hint);
            }
            Some(Adds::Context(context.text))
        }
        (None, Some(kind)) => {
            let mode = f.needed("mode");
            for named in mode.iter().chain(&over) {
                if !image.ontology.has_mode(kind, &named.text) {
                    let message = format!("`{}` is no mode of {kind}", named.text);
                    f.report.error(
                        named.at.clone(),
                        "lexicon::unknown-mode",
                        message,
                        &modes_of(image, kind),
                    );
                }
            }
            mode.map(|mode| Adds::Mode { kind, mode: mode.text, over: plain(over) })
        }
        _ => {
            let hint = "give `context`, or `type` and `mode`";
            f.report.error(f.at.clone(), "lexicon::missing-key", "adds nothing".to_owned(), hint);
            None
        }
    };
    let words = lexemes(f, "words");
    fires(f, &[&words]);
    let (hit, miss) = (some(f, "hit", "lexicon::no-hit"), some(f, "miss", "lexicon::no-miss"));
    if let Some(adds) = adds {
        image.topics.push(Topic { adds, words, hit, miss, file: f.file(), line: f.line() });
    }
}
