//! ARCHITECTURE.md tells the truth: its paths exist, every folder and crate is on the tour, and the arrows it draws are
//! those of the manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::links::prose;
use super::{Fault, tree};
use crate::failure::Failure;
use crate::workspace::Workspace;

const PAGE: &str = "ARCHITECTURE.md";

/// Folders at the top that hold nothing of ours.
const NOT_OURS: [&str; 3] = [".git", "target", ".cache"];

/// Checks the page against the repository.
pub fn check(workspace: &Workspace) -> Result<Vec<Fault>, Failure> {
    let Ok(page) = std::fs::read_to_string(workspace.root().join(PAGE)) else {
        return Ok(vec![Fault::new(PAGE, 0, "does not exist")]);
    };
    let mut faults = Vec::new();
    let named = paths(&page);
    for (line, path) in &named {
        if !tree::exists(workspace.root(), path) {
            faults.push(Fault::new(PAGE, *line, format!("`{path}` does not exist")));
        }
    }
    let drawn = crates(&workspace.metadata()?);
    faults.extend(missing(workspace.root(), &named, &drawn)?);
    faults.extend(arrows(&page, &drawn));
    Ok(faults)
}

/// The paths that the page names in code marks, with their lines: anything with a slash and no blank that does not lead
/// out of the repository.
fn paths(page: &str) -> Vec<(usize, &str)> {
    let marked =
        prose(page).flat_map(|(n, line)| line.split('`').skip(1).step_by(2).map(move |mark| (n, mark)));
    let letter = |c: char| c.is_alphanumeric() || "/._-*<>".contains(c);
    marked
        .filter(|(_, mark)| mark.contains('/') && mark.chars().all(letter))
        .filter(|(_, mark)| !["../", "/", "target/", "-"].iter().any(|outside| mark.starts_with(outside)))
        .collect()
}

/// The workspace's own crates: folder from the root, and the folders of the crates it is built with.
struct Crate {
    folder: String,
    uses: BTreeSet<String>,
}

/// The crates by the last part of their folder's path, which is how the page calls them.
fn crates(metadata: &Value) -> BTreeMap<String, Crate> {
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut crates = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let folder =
            manifest.trim_end_matches("/Cargo.toml").trim_start_matches(root).trim_start_matches('/');
        let dependencies = list(&package["dependencies"]);
        let uses = dependencies
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .filter_map(|dependency| dependency["path"].as_str().map(last))
            .collect();
        crates.insert(last(folder), Crate { folder: folder.to_owned(), uses });
    }
    crates
}

/// Folders and crates that the tour leaves out.
fn missing(
    root: &Path,
    named: &[(usize, &str)],
    crates: &BTreeMap<String, Crate>,
) -> Result<Vec<Fault>, Failure> {
    let mut faults = Vec::new();
    let first = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let toured: BTreeSet<String> = named.iter().map(|(_, path)| first(path)).collect();
    for name in tree::names(root)? {
        if root.join(&name).is_dir() && !NOT_OURS.contains(&name.as_str()) && !toured.contains(&name) {
            faults.push(Fault::new(PAGE, 0, format!("folder `{name}/` is not on the tour")));
        }
    }
    for Crate { folder, .. } in crates.values() {
        if !named.iter().any(|(_, path)| path.trim_end_matches('/') == folder) {
            faults.push(Fault::new(PAGE, 0, format!("crate `{folder}/` is not on the tour")));
        }
    }
    Ok(faults)
}

/// Holds the arrows drawn against those of the manifests.
fn arrows(page: &str, crates: &BTreeMap<String, Crate>) -> Vec<Fault> {
    let drawn = block(page);
    if drawn.is_empty() {
        return vec![Fault::new(
            PAGE,
            0,
            "draws no arrows: a fenced block of lines such as `coder -> record text`",
        )];
    }
    let mut faults = Vec::new();
    for (name, Crate { uses, .. }) in crates {
        let said = |set: &BTreeSet<String>| match set.len() {
            0 => "nothing".to_owned(),
            _ => set.iter().map(String::as_str).collect::<Vec<_>>().join(" "),
        };
        match drawn.get(name.as_str()) {
            None => faults.push(Fault::new(
                PAGE,
                0,
                format!("draws no arrows for `{name}`: {name} -> {}", said(uses)),
            )),
            Some((line, targets)) if targets != uses => {
                let message = format!(
                    "draws {name} -> {}, but its manifest says {name} -> {}",
                    said(targets),
                    said(uses)
                );
                faults.push(Fault::new(PAGE, *line, message));
            }
            Some(_) => {}
        }
    }
    for (name, (line, _)) in drawn.iter().filter(|(name, _)| !crates.contains_key(**name)) {
        faults.push(Fault::new(PAGE, *line, format!("draws arrows for `{name}`, which is no crate")));
    }
    faults
}

/// The first fenced block all of whose lines are arrows: crate, its line, and what it uses.
fn block(page: &str) -> BTreeMap<&str, (usize, BTreeSet<String>)> {
    let mut block = BTreeMap::new();
    let mut sound = false;
    let mut fenced = false;
    for (n, line) in page.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            if fenced && sound && !block.is_empty() {
                return block;
            }
            fenced = !fenced;
            sound = true;
            block.clear();
        } else if fenced && !line.trim().is_empty() {
            match line.split_once("->") {
                Some((name, targets)) => {
                    let targets = targets.split_whitespace().filter(|target| *target != "nothing");
                    block.insert(name.trim(), (n + 1, targets.map(str::to_owned).collect()));
                }
                None => sound = false,
            }
        }
    }
    BTreeMap::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_other_code() {
        let page = "`crates/text/` and `demarche code a/b`, `../shared/gold`, `data/<x>.toml`\n```\n`a/b`\n```\n`no`\n";
        assert_eq!(paths(page), [(1, "crates/text/"), (1, "data/<x>.toml")]);
    }

    #[test]
    fn only_a_block_of_arrows_is_read() {
        let page = "```\nArticle -> Sentence\nnot an arrow\n```\n```text\nrecord -> nothing\ntext   -> record\n```\n";
        let drawn = block(page);
        assert_eq!(drawn.keys().copied().collect::<Vec<_>>(), ["record", "text"]);
        assert_eq!(drawn["text"], (7, BTreeSet::from(["record".to_owned()])));
        assert!(drawn["record"].1.is_empty());
    }
}
