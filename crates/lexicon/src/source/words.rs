//! Reads role nouns, places, titles, word classes and the lines of zones.

use super::actors::{country, plain, sectors};
use super::check::Links;
use super::fields::Fields;
use super::report::Report;
use crate::{AgentEntry, AgentKind, Image, PlaceEntry, PlaceKind, TimeEntry, TimeKind, TitleEntry};
use std::collections::BTreeSet;
use toml::de::DeTable;

fn kind<T: Copy>(f: &Fields, set: &[(&str, T)]) -> Option<T> {
    if f.get("kind").is_none() {
        f.missing("kind");
        return None;
    }
    f.choice("kind", set, "lexicon::unknown-kind")
}

/// Texts of which there must be one.
pub(super) fn some(f: &Fields, key: &'static str, code: &'static str) -> Vec<String> {
    let texts = plain(f.text_or_texts(key));
    if texts.is_empty() {
        f.report.error(f.at.clone(), code, format!("no `{key}`"), "give one at least");
    }
    texts
}

/// Names of which there must be one.
fn some_names(f: &Fields, key: &'static str) -> Vec<String> {
    let mut names = f.text_or_texts(key);
    names.retain(|t| f.is_name(t, key));
    if names.is_empty() {
        f.report.error(f.at.clone(), "lexicon::missing-key", format!("no `{key}`"), "give one at least");
    }
    plain(names)
}

pub(super) fn agent(f: &Fields, image: &mut Image) {
    let words = some_names(f, "words");
    let entry = AgentEntry {
        words,
        plural: plain(f.names("plural")),
        sectors: sectors(f, image),
        kind: kind(f, AgentKind::NAMES).unwrap_or(AgentKind::Person),
        office: f.boolean("office").unwrap_or(false),
        examples: some(f, "example", "lexicon::no-example"),
        file: f.file(),
        line: f.line(),
    };
    image.agents.push(entry);
}

pub(super) fn place(f: &Fields, file: usize, image: &mut Image, links: &mut Links) {
    let name = f.needed_name("name");
    let entry = PlaceEntry {
        name: name.as_ref().map(|t| t.text.clone()).unwrap_or_default(),
        names: plain(f.names("names")),
        country: country(f, file, image, links),
        kind: kind(f, PlaceKind::NAMES).unwrap_or(PlaceKind::Region),
        lat: f.float("lat", 90.0),
        lon: f.float("lon", 180.0),
        file: f.file(),
        line: f.line(),
    };
    if entry.lat.is_some() != entry.lon.is_some() {
        f.missing(if entry.lat.is_some() { "lon" } else { "lat" });
    }
    if let Some(name) = name {
        links.places.push((super::check::Place { file, at: name.at }, name.text));
        image.places.push(entry);
    }
}

pub(super) fn title(f: &Fields, image: &mut Image) {
    let entry = TitleEntry {
        words: some_names(f, "words"),
        abbreviations: plain(f.names("abbreviations")),
        sectors: sectors(f, image),
        file: f.file(),
        line: f.line(),
    };
    image.titles.push(entry);
}

pub(super) fn time(f: &Fields, image: &mut Image) {
    let words = some(f, "words", "lexicon::missing-key");
    let (kind, value) = (kind(f, TimeKind::NAMES), f.integer("value"));
    if value.is_none() {
        f.missing("value");
    }
    let capital = f.boolean("capital").unwrap_or(false);
    if let (Some(kind), Some(value)) = (kind, value) {
        image.times.push(TimeEntry { kind, value, capital, words });
    }
}

/// Reads the `[class]` table of a file, if it has one.
pub(super) fn classes(report: &Report, table: &DeTable, image: &mut Image) {
    let Some(value) = table.get("class") else { return };
    let top = Fields::new(report, table, 0..0);
    let Some(classes) = top.sub(value, "class") else {
        return;
    };
    for (name, value) in classes.pairs() {
        let Some(list) = value.get_ref().as_array() else {
            classes.wrong(value, &name.text, "a list");
            continue;
        };
        let mut members = BTreeSet::new();
        for member in list.iter().filter_map(|v| classes.read_text(v, &name.text)) {
            if member.text.contains(' ') {
                let message = format!("`{}` is more than one word", member.text);
                report.error(
                    member.at,
                    "lexicon::not-a-lemma",
                    message,
                    "a class holds heads of phrases, one word each",
                );
            } else if !members.insert(member.text.clone()) {
                let message = format!("`{}` stands twice in `{}`", member.text, name.text);
                report.warning(member.at, "lexicon::repeated", message, "");
            }
        }
        if image.classes.insert(name.text.clone(), members).is_some() {
            report.error(
                name.at,
                "lexicon::duplicate-id",
                format!("class `{}` is given twice", name.text),
                "",
            );
        }
    }
}

/// Reads the lines of zones in a file.
pub(super) fn zones(top: &Fields, image: &mut Image) {
    // A line's beginning may end in a space ("© "), so these are taken as they stand.
    let zones = &mut image.zones;
    for (key, lines) in [
        ("comments", &mut zones.comments),
        ("boilerplate", &mut zones.boilerplate),
        ("own", &mut zones.own),
        ("readers", &mut zones.readers),
        ("reporting", &mut zones.reporting),
    ] {
        for value in top.list(key) {
            match value.get_ref().as_str() {
                Some(line) if !line.trim().is_empty() => lines.push(line.to_owned()),
                _ => top.wrong(value, key, "a line that is not empty"),
            }
        }
    }
}
