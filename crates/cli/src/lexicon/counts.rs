//! `lexicon counts`: how much the lexicon holds, by kind and part of the world.

use crate::Screen;
use crate::additions;
use crate::args::LexiconSource;
use crate::failure::Failure;
use crate::parse::Text;
use crate::stream::Sink as _;
use demarche_lexicon::{ActorKind, Lexicon};
use std::collections::BTreeMap;

/// What names of files begin with that hold the regions of one part of the world.
const REGIONS: &str = "regions-";
/// Files of regions that are of no one part.
const OTHERS: [&str; 2] = ["regions-world.toml", "regions-towns.toml"];
/// Bodies whose members are of one part of the world, for states whose regions the lexicon does not have.
const BODIES: [(&str, &str); 8] = [
    ("african-union", "africa"),
    ("arab-league", "middle-east"),
    ("celac", "americas"),
    ("caricom", "americas"),
    ("asean", "asia"),
    ("saarc", "asia"),
    ("council-of-europe", "europe"),
    ("pacific-islands-forum", "oceania"),
];
const STATELESS: &str = "no state";
const ELSEWHERE: &str = "other";

/// Runs the command; the exit status.
pub fn run(source: &LexiconSource, _: Screen) -> Result<u8, Failure> {
    let lexicon = additions::lexicon(source)?;
    let mut out = Text::open(None)?;
    out.write(&actors(&lexicon))?;
    out.write(&others(&lexicon))?;
    out.flush()?;
    Ok(0)
}

/// The part of the world of each state: that in whose file its regions stand, else that of a body it is a member of.
fn parts(lexicon: &Lexicon) -> BTreeMap<&str, &str> {
    let mut parts = BTreeMap::new();
    for place in &lexicon.places {
        let part = place.file.strip_prefix(REGIONS).and_then(|rest| rest.strip_suffix(".toml"));
        if let (Some(part), Some(country), false) =
            (part, &place.country, OTHERS.contains(&place.file.as_str()))
        {
            parts.entry(country.as_str()).or_insert(part);
        }
    }
    for (body, part) in BODIES {
        let body = lexicon.actor_by_id(body).map(|i| &lexicon.actors[i as usize]);
        for member in body.iter().flat_map(|b| &b.members) {
            parts.entry(member.id.as_str()).or_insert(part);
        }
    }
    parts
}

fn actors(lexicon: &Lexicon) -> String {
    let parts = parts(lexicon);
    let mut columns: Vec<&str> = parts.values().copied().collect();
    columns.sort_unstable();
    columns.dedup();
    columns.extend([STATELESS, ELSEWHERE]);
    let mut counts = vec![vec![0u64; columns.len()]; ActorKind::NAMES.len()];
    for actor in &lexicon.actors {
        let state = matches!(actor.kind, ActorKind::State | ActorKind::Territory);
        let country = if state { Some(actor.id.as_str()) } else { actor.country.as_deref() };
        let part = match country {
            Some(code) if lexicon.ontology.stateless.contains_key(code) => STATELESS,
            Some(code) => parts.get(code).copied().unwrap_or(ELSEWHERE),
            None => STATELESS,
        };
        let row = ActorKind::NAMES.iter().position(|(_, kind)| *kind == actor.kind);
        let column = columns.iter().position(|c| *c == part);
        if let (Some(row), Some(column)) = (row, column) {
            counts[row][column] += 1;
        }
    }
    let mut rows = vec![
        std::iter::once("actors").chain(columns.iter().copied()).chain(["all"]).map(str::to_owned).collect(),
    ];
    for ((name, _), counts) in ActorKind::NAMES.iter().zip(&counts) {
        rows.push(row(name, counts));
    }
    let sums: Vec<u64> = (0..columns.len()).map(|c| counts.iter().map(|row| row[c]).sum()).collect();
    rows.push(row("all", &sums));
    aligned(&rows)
}

fn row(name: &str, counts: &[u64]) -> Vec<String> {
    let all: u64 = counts.iter().sum();
    std::iter::once(name.to_owned()).chain(counts.iter().chain([&all]).map(u64::to_string)).collect()
}

fn others(lexicon: &Lexicon) -> String {
    let names: usize = lexicon.actors.iter().map(|a| 1 + a.names.len()).sum();
    let offices: usize = lexicon.actors.iter().map(|a| a.offices.len()).sum();
    let claims: usize = lexicon.actors.iter().map(|a| a.status.len()).sum();
    let members: usize = lexicon.actors.iter().map(|a| a.members.len() + a.part_of.len()).sum();
    let nouns: usize = lexicon.agents.iter().map(|a| a.words.len()).sum();
    let mut text = String::from("\n");
    for (what, count) in [
        ("names of actors", names),
        ("terms of office", offices),
        ("memberships", members),
        ("claims of standing", claims),
        ("role nouns", nouns),
        ("places", lexicon.places.len()),
    ] {
        text.push_str(&format!("{what}: {count}\n"));
    }
    text
}

fn aligned(rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> =
        (0..rows[0].len()).map(|c| rows.iter().map(|row| row[c].len()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = format!("{:<width$}", row[0], width = widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            line.push_str(&format!("  {cell:>width$}"));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
