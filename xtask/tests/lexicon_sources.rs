//! The lexicon's sources are sound as data: every file is TOML with its header, every actor id is given once, and
//! every pattern carries sentences in which it must and must not fire.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "toml") {
            out.push(path);
        }
    }
    out.sort();
}

fn tables() -> Vec<(PathBuf, toml::Table)> {
    let mut files = Vec::new();
    sources(
        &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
            .join("../data/lexicon"),
        &mut files,
    );
    assert!(files.len() > 200, "{} files", files.len());
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a readable file");
            let table = text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (path, table)
        })
        .collect()
}

fn entries<'t>(table: &'t toml::Table, key: &str) -> &'t [toml::Value] {
    table.get(key).and_then(|v| v.as_array()).map_or(&[], |v| v)
}

#[test]
fn every_file_has_its_header() {
    for (path, table) in tables() {
        for key in ["version", "source", "licence"] {
            assert!(table.contains_key(key), "{}: no `{key}`", path.display());
        }
    }
}

#[test]
fn every_pattern_has_a_hit_and_a_miss() {
    let mut seen = 0;
    for (path, table) in tables() {
        for key in ["pattern", "operator", "tie"] {
            for entry in entries(&table, key) {
                let id = entry.get("id").and_then(|v| v.as_str()).unwrap_or("?");
                for needed in ["hit", "miss"] {
                    let n = entry.get(needed).and_then(|v| v.as_array()).map_or(0, Vec::len);
                    assert!(n > 0, "{}: {key} {id} has no `{needed}`", path.display());
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 400, "{seen}");
}

#[test]
fn every_actor_id_is_given_once() {
    let mut owners: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (path, table) in tables() {
        for actor in entries(&table, "actor") {
            let id = actor.get("id").and_then(|v| v.as_str()).expect("an id").to_owned();
            if let Some(other) = owners.insert(id.clone(), path.clone()) {
                panic!("{id} stands in {} and in {}", other.display(), path.display());
            }
        }
    }
}
