//! Reads patterns of events and ties, and what all rules have in common: words, slots, heads.

use super::actors::plain;
use super::check::{Links, Place};
use super::fields::{Fields, Text};
use super::words::some;
use crate::{Bond, Heads, Image, Lexeme, Needs, Outcome, Pattern, Slot};
use demarche_record::EventType;
use std::collections::BTreeSet;
use std::str::FromStr;

/// Prepositions and the like that slots may name; another word is likely a slip.
const PREPOSITIONS: &[&str] = &[
    "about",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "belonging",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "round",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

/// A name out of one of the closed sets of `demarche-record`.
pub(super) fn named<T: FromStr<Err = demarche_record::UnknownName>>(f: &Fields, text: &Text) -> Option<T> {
    text.text
        .parse()
        .map_err(|e: demarche_record::UnknownName| {
            let hint = format!("one of {}", e.expected);
            f.report.error(
                text.at.clone(),
                "lexicon::unknown-type",
                format!("`{}` is no {}", e.name, e.set),
                &hint,
            );
        })
        .ok()
}

/// The file's event type, where it has one.
pub(super) fn event_type(top: &Fields) -> Option<EventType> {
    named(top, &top.text("type")?)
}

fn slot(f: &Fields, text: &Text) -> Option<Slot> {
    match text.text.parse::<Slot>() {
        Ok(slot) => {
            for part in text.text.split('.') {
                if matches!(part.parse(), Ok(Slot::Prep(p)) if !PREPOSITIONS.contains(&p.as_str())) {
                    let message = format!("`{part}` is taken for a preposition");
                    f.report.warning(text.at.clone(), "lexicon::unknown-preposition", message, "");
                }
            }
            Some(slot)
        }
        Err(e) => {
            let hint =
                "subj obj iobj poss mod self ccomp xcomp advcl, a preposition, or a path of them: obj.of";
            f.report.error(text.at.clone(), "lexicon::unknown-slot", e.to_string(), hint);
            None
        }
    }
}

/// Slots given under a key.
pub(super) fn slots(f: &Fields, key: &'static str) -> Option<Vec<Slot>> {
    f.get(key)?;
    Some(f.text_or_texts(key).iter().filter_map(|t| slot(f, t)).collect())
}

pub(super) fn default_slots(names: &[&str]) -> Vec<Slot> {
    names.iter().filter_map(|n| n.parse().ok()).collect()
}

pub(super) fn lexemes(f: &Fields, key: &'static str) -> Vec<Lexeme> {
    let mut found = Vec::new();
    for text in f.texts(key) {
        if text.text.chars().any(char::is_uppercase) {
            let message = format!("`{}` has a capital; lemmas have none", text.text);
            f.report.error(text.at, "lexicon::not-a-lemma", message, "");
            continue;
        }
        let mut words = text.text.split_whitespace().map(str::to_owned);
        found.extend(words.next().map(|lemma| Lexeme { lemma, rest: words.collect() }));
    }
    found
}

/// Conditions on heads, with word classes opened; kept in the order of slot names.
pub(super) fn heads(f: &Fields, key: &'static str, image: &Image) -> Heads {
    let mut found: Heads = Vec::new();
    let Some(table) = f.table(key) else { return found };
    for (name, value) in table.pairs() {
        let slot = slot(f, &name);
        let Some(list) = value.get_ref().as_array() else {
            table.wrong(value, &name.text, "a list");
            continue;
        };
        let mut words = BTreeSet::new();
        for word in list.iter().filter_map(|v| table.read_text(v, &name.text)) {
            match word.text.strip_prefix('@') {
                None => {
                    words.insert(word.text);
                }
                Some(class) => match image.classes.get(class) {
                    Some(members) => words.extend(members.iter().cloned()),
                    None => {
                        let message = format!("there is no word class `{class}`");
                        f.report.error(
                            word.at,
                            "lexicon::unknown-class",
                            message,
                            "classes stand in classes.toml",
                        );
                    }
                },
            }
        }
        if words.is_empty() {
            let message = format!("no heads for `{}`: it can never hold", name.text);
            f.report.warning(name.at, "lexicon::empty-heads", message, "");
        }
        found.extend(slot.map(|s| (s, words)));
    }
    found
}

fn needs(f: &Fields) -> Needs {
    if f.get("needs").is_none() {
        return Needs::Any;
    }
    let (mut who, mut whom) = (false, false);
    for text in f.text_or_texts("needs") {
        match text.text.as_str() {
            "who" => who = true,
            "whom" => whom = true,
            "both" => (who, whom) = (true, true),
            _ => {
                let message = format!("`{}` is no role", text.text);
                f.report.error(text.at, "lexicon::unknown-role", message, "who, whom or both");
            }
        }
    }
    match (who, whom) {
        (true, true) => Needs::Both,
        (true, false) => Needs::Who,
        (false, true) => Needs::Whom,
        (false, false) => Needs::None,
    }
}

pub(super) fn cameo(f: &Fields, text: &Text, image: &Image) -> String {
    if !image.ontology.cameo.contains_key(&text.text) {
        let message = format!("`{}` is no CAMEO code", text.text);
        f.report.error(text.at.clone(), "lexicon::unknown-cameo", message, "");
    }
    text.text.clone()
}

pub(super) fn fires(f: &Fields, lists: &[&[Lexeme]]) {
    if lists.iter().all(|l| l.is_empty()) {
        let hint = "give verbs, nouns or adjectives";
        f.report.error(f.at.clone(), "lexicon::no-words", "no word fires this".to_owned(), hint);
    }
}

pub(super) fn id(f: &Fields, file: usize, table: &'static str, links: &mut Links) -> Option<String> {
    let id = f.needed("id")?;
    let slug = id.text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !slug {
        let message = format!("`{}` is no id", id.text);
        f.report.error(id.at.clone(), "lexicon::bad-id", message, "small letters, digits and hyphens");
    }
    links.rules.push((Place { file, at: id.at }, table, id.text.clone()));
    Some(id.text)
}

/// What patterns of events and of ties have in common.
pub(super) fn read(f: &Fields, rule: String, outcome: Outcome, image: &Image) -> Pattern {
    let who = slots(f, "who");
    let whom = slots(f, "whom");
    Pattern {
        rule,
        outcome,
        verbs: lexemes(f, "verbs"),
        nouns: lexemes(f, "nouns"),
        adjectives: lexemes(f, "adjectives"),
        heads: heads(f, "heads", image),
        unless: heads(f, "unless", image),
        who_given: who.is_some(),
        whom_given: whom.is_some(),
        who: who.unwrap_or_else(|| default_slots(&["subj"])),
        whom: whom.unwrap_or_else(|| default_slots(&["obj"])),
        noun_who: slots(f, "noun_who").unwrap_or_else(|| default_slots(&["poss", "by", "mod"])),
        noun_whom: slots(f, "noun_whom")
            .unwrap_or_else(|| default_slots(&["of", "against", "on", "with", "to"])),
        reciprocal: f.boolean("reciprocal").unwrap_or(false),
        needs: needs(f),
        cameo: String::new(),
        goldstein: None,
        mode: None,
        contexts: Vec::new(),
        label: None,
        bond: Bond::default(),
        hit: some(f, "hit", "lexicon::no-hit"),
        miss: some(f, "miss", "lexicon::no-miss"),
        file: f.file(),
        line: f.line(),
    }
}

pub(super) fn pattern(
    f: &Fields,
    file: usize,
    kind: Option<EventType>,
    image: &mut Image,
    links: &mut Links,
) {
    let id = id(f, file, kind.map_or("pattern", EventType::as_str), links);
    if kind.is_none() {
        let hint = "type = \"ASSAULT\" at the head of the file";
        f.report.error(
            f.at.clone(),
            "lexicon::unknown-type",
            "the file of this pattern has no type".to_owned(),
            hint,
        );
    }
    let family = kind.map_or(String::new(), |k| k.as_str().to_lowercase());
    let rule = format!("{family}/{}", id.as_deref().unwrap_or_default());
    // Without a type the pattern is read for its faults and left out below.
    let mut pattern = read(f, rule, Outcome::Event(kind.unwrap_or(EventType::Agree)), image);
    fires(f, &[&pattern.verbs, &pattern.nouns, &pattern.adjectives]);
    if let Some(code) = f.needed("cameo") {
        pattern.cameo = cameo(f, &code, image);
        pattern.goldstein = image.ontology.goldstein(&code.text);
    }
    if let Some(mode) = f.text("mode") {
        if let Some(kind) = kind.filter(|k| !image.ontology.has_mode(*k, &mode.text)) {
            let message = format!("`{}` is no mode of {kind}", mode.text);
            f.report.error(mode.at, "lexicon::unknown-mode", message, &modes_of(image, kind));
        }
        pattern.mode = Some(mode.text);
    }
    let contexts = f.texts("contexts");
    for context in &contexts {
        if !image.ontology.contexts.contains(&context.text) {
            let message = format!("`{}` is no PLOVER context", context.text);
            f.report.error(context.at.clone(), "lexicon::unknown-context", message, "");
        }
    }
    pattern.contexts = plain(contexts);
    if id.is_some() && kind.is_some() {
        image.patterns.push(pattern);
    }
}

pub(super) fn modes_of(image: &Image, kind: EventType) -> String {
    let modes: Vec<&str> = image
        .ontology
        .types
        .get(&kind)
        .into_iter()
        .flat_map(|t| t.modes.keys())
        .map(String::as_str)
        .collect();
    if modes.is_empty() { "it has none".to_owned() } else { format!("one of {}", modes.join(" ")) }
}
