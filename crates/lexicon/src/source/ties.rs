//! Reads patterns of ties, with what only ties say.

use super::check::Links;
use super::fields::Fields;
use super::rules::{fires, id, named, read, slots};
use crate::{AgentKind, As, Being, Bond, Image, Outcome, Slot};
use demarche_record::{TieStatus, TieType};

/// How a tie can stand, and the names in the sources.
const STATUS: &[(&str, TieStatus)] = &[
    ("current", TieStatus::Current),
    ("former", TieStatus::Former),
    ("planned", TieStatus::Planned),
    ("suspended", TieStatus::Suspended),
];

/// The members of a closed set under a key.
fn members<T: Copy>(f: &Fields, key: &'static str, set: &[(&str, T)]) -> Vec<T> {
    let mut found = Vec::new();
    for text in f.text_or_texts(key) {
        match set.iter().find(|(name, _)| *name == text.text) {
            Some((_, member)) => found.push(*member),
            None => {
                let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
                let message = format!("`{}` is nothing that a party can be", text.text);
                let hint = format!("one of {}", names.join(" "));
                f.report.error(text.at, "lexicon::unknown-being", message, &hint);
            }
        }
    }
    found
}

fn words(f: &Fields, key: &'static str) -> Vec<String> {
    f.texts(key).into_iter().map(|t| t.text.to_lowercase()).collect()
}

fn bond(f: &Fields) -> Bond {
    Bond {
        who_is: members(f, "who_is", Being::NAMES),
        whom_is: members(f, "whom_is", Being::NAMES),
        status: f.get("status").and_then(|_| f.choice("status", STATUS, "lexicon::unknown-status")),
        implied: f.boolean("implied").unwrap_or(false),
        prefixes: words(f, "prefixes"),
        cases: words(f, "cases"),
        events: f.texts("events").iter().filter_map(|t| named(f, t)).collect(),
        roles: members(f, "roles", AgentKind::NAMES),
    }
}

pub(super) fn tie(f: &Fields, file: usize, image: &mut Image, links: &mut Links) {
    let kind: Option<TieType> = f.needed("type").and_then(|t| named(f, &t));
    let id = id(f, file, kind.map_or("tie", TieType::as_str), links);
    let rule = format!(
        "{}/{}",
        kind.map_or(String::new(), |k| k.as_str().to_lowercase()),
        id.as_deref().unwrap_or_default()
    );
    let mut pattern = read(f, rule, Outcome::Tie(kind.unwrap_or(TieType::SameAs)), image);
    pattern.bond = bond(f);
    let bond = &pattern.bond;
    if bond.prefixes.is_empty() && bond.cases.is_empty() && bond.events.is_empty() && bond.roles.is_empty() {
        fires(f, &[&pattern.verbs, &pattern.nouns, &pattern.adjectives]);
    }
    pattern.label = match f.get("as") {
        None => None,
        Some(v) if v.get_ref().is_str() => f.text("as").map(|t| match t.text.parse::<Slot>() {
            // One word in small letters is a slot; anything else is the label itself.
            Ok(slot) => As::Slots(vec![slot]),
            Err(_) => As::Literal(t.text),
        }),
        Some(_) => slots(f, "as").map(As::Slots),
    };
    if id.is_some() && kind.is_some() {
        image.ties.push(pattern);
    }
}
