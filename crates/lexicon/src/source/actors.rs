//! Reads one actor.

use super::check::{Links, Named, Place, Who};
use super::fields::{Fields, Text};
use crate::{ActorEntry, ActorKind, Image, Membership, Name, Office, Standing};
use std::collections::BTreeMap;
use toml::de::DeValue;

const STANDINGS: &[&str] = &["recognised", "not recognised", "designated", "claimed"];

pub(super) fn actor(f: &Fields, file: usize, image: &mut Image, links: &mut Links) {
    let number = image.actors.len() as u32;
    let id = f.needed("id");
    let known = id.as_ref().and_then(|id| links.known.get(&id.text)).cloned();
    let kind = match (f.get("kind"), &known) {
        (Some(_), _) => f.choice("kind", ActorKind::NAMES, "lexicon::unknown-kind"),
        (None, Some((kind, _))) => Some(*kind),
        (None, None) => {
            f.missing("kind");
            None
        }
    };
    let name = match (f.get("name"), &known, &id) {
        (None, Some((_, name)), Some(id)) => Some(Text { text: name.clone(), at: id.at.clone() }),
        _ => f.needed_name("name"),
    };
    let (from, until) = f.interval();
    let mut names = f.timed("names", "text");
    names.retain(|(text, _, _)| f.is_name(text, "names"));
    let led_by = f.timed("led_by", "text").into_iter();
    let mut entry = ActorEntry {
        id: String::new(),
        kind: kind.unwrap_or(ActorKind::Group),
        name: String::new(),
        names: names
            .iter()
            .map(|(t, from, until)| Name { text: t.text.clone(), from: *from, until: *until })
            .collect(),
        adjectives: plain(f.names("adjectives")),
        people: plain(f.names("people")),
        capital: f.name("capital").map(|t| t.text),
        seats: plain(f.names("seats")),
        cities: plain(f.names("cities")),
        country: country(f, file, image, links),
        sectors: sectors(f, image),
        part_of: memberships(f, "part_of", file, links),
        members: memberships(f, "members", file, links),
        codes: codes(f),
        status: f.entries("status").iter().filter_map(|s| standing(s, file, links)).collect(),
        from,
        until,
        offices: f.entries("offices").iter().filter_map(|o| office(o, file, links)).collect(),
        led_by: led_by.map(|(t, from, until)| Name { text: t.text, from, until }).collect(),
        ambiguous: Vec::new(),
        examples: Vec::new(),
        source: plain(f.text_or_texts("source")),
        file: f.file(),
        line: f.line(),
    };
    entry.examples = plain(f.text_or_texts("example"));
    let ambiguous = f.texts("ambiguous");
    let (Some(id), Some(name), Some(kind)) = (id, name, kind) else {
        return;
    };
    if known.is_none() {
        check_id(f, &id, kind, until.is_some());
    }
    if entry.part_of.iter().chain(&entry.members).any(|m| m.id == id.text) {
        f.report.error(
            id.at.clone(),
            "lexicon::own-part",
            format!("`{}` is part or member of itself", id.text),
            "",
        );
    }
    for text in ambiguous {
        let named = std::iter::once(&name.text)
            .chain(entry.names.iter().map(|n| &n.text))
            .chain(&entry.adjectives)
            .chain(&entry.people)
            .chain(&entry.capital)
            .chain(&entry.seats)
            .chain(&entry.cities)
            .any(|n| *n == text.text);
        if !named && known.is_none() {
            let message = format!("`{}` is none of its names", text.text);
            f.report.error(
                text.at,
                "lexicon::ambiguous-not-a-name",
                message,
                "write it as in the list it stands in",
            );
        }
        entry.ambiguous.push(text.text);
    }
    links.actors.push((Place { file, at: id.at.clone() }, id.text.clone()));
    let mut add = |text: Text, from, until| {
        links.names.push(Named {
            actor: number,
            place: Place { file, at: text.at },
            text: text.text,
            from,
            until,
        });
    };
    add(name.clone(), from, until);
    for (text, since, to) in names {
        add(text, since.or(from), to.or(until));
    }
    entry.id = id.text;
    entry.name = name.text;
    image.actors.push(entry);
}

/// States have ISO letters; only those that ended, and territories, may have none.
fn check_id(f: &Fields, id: &Text, kind: ActorKind, ended: bool) {
    let state = matches!(kind, ActorKind::State | ActorKind::Territory);
    let letters = id.text.len() == 3 && id.text.bytes().all(|b| b.is_ascii_uppercase());
    let slug = id.text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let (good, wanted) = if state {
        (letters || slug && (ended || kind == ActorKind::Territory), "three capitals (ISO 3166-1 alpha-3)")
    } else {
        (slug, "small letters, digits and hyphens")
    };
    if !good {
        f.report.error(
            id.at.clone(),
            "lexicon::bad-id",
            format!("`{}` is no id of this kind", id.text),
            wanted,
        );
    }
}

pub(super) fn plain(texts: Vec<Text>) -> Vec<String> {
    texts.into_iter().map(|t| t.text).collect()
}

pub(super) fn sectors(f: &Fields, image: &Image) -> Vec<String> {
    let texts = f.texts("sectors");
    for t in &texts {
        if !image.ontology.sectors.contains_key(&t.text) {
            let all: Vec<&str> = image.ontology.sectors.keys().map(String::as_str).collect();
            let message = format!("`{}` is no PLOVER sector", t.text);
            f.report.error(
                t.at.clone(),
                "lexicon::unknown-sector",
                message,
                &format!("one of {}", all.join(" ")),
            );
        }
    }
    plain(texts)
}

pub(super) fn country(f: &Fields, file: usize, image: &Image, links: &mut Links) -> Option<String> {
    let text = f.text("country")?;
    if !image.ontology.stateless.contains_key(&text.text) {
        links.references.push((Place { file, at: text.at }, text.text.clone(), Who::State));
    }
    Some(text.text)
}

fn memberships(f: &Fields, key: &'static str, file: usize, links: &mut Links) -> Vec<Membership> {
    let mut found = Vec::new();
    for (id, from, until) in f.timed(key, "id") {
        links.references.push((Place { file, at: id.at }, id.text.clone(), Who::Anybody));
        found.push(Membership { id: id.text, from, until });
    }
    found
}

fn codes(f: &Fields) -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    let Some(table) = f.table("codes") else {
        return codes;
    };
    for (key, value) in table.pairs() {
        match value.get_ref() {
            DeValue::Integer(i) => {
                codes.insert(key.text, i.as_str().to_owned());
            }
            _ => {
                if let Some(t) = table.read_text(value, &key.text) {
                    codes.insert(key.text, t.text);
                }
            }
        }
    }
    codes
}

fn standing(f: &Fields, file: usize, links: &mut Links) -> Option<Standing> {
    let set: Vec<(&str, &str)> = STANDINGS.iter().map(|s| (*s, *s)).collect();
    let kind = match f.get("kind") {
        Some(_) => f.choice("kind", &set, "lexicon::unknown-kind"),
        None => {
            f.missing("kind");
            None
        }
    };
    let by = f.needed("by");
    let label = f.text("as").map(|t| t.text);
    let source = f.text("source").map(|t| t.text);
    let (from, until) = f.interval();
    f.finish();
    let by = by?;
    links.references.push((Place { file, at: by.at }, by.text.clone(), Who::Anybody));
    Some(Standing { kind: kind?.to_owned(), by: by.text, label, from, until, source })
}

fn office(f: &Fields, file: usize, links: &mut Links) -> Option<Office> {
    let (title, of) = (f.needed("title"), f.needed("of"));
    let (from, until) = f.interval();
    f.finish();
    let (title, of) = (title?, of?);
    links.references.push((Place { file, at: of.at }, of.text.clone(), Who::Anybody));
    Some(Office { title: title.text, of: of.text, from, until })
}
