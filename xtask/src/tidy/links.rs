//! Relative links of the pages lead somewhere.

use std::path::{Path, PathBuf};

use super::{Fault, tree};
use crate::failure::Failure;

/// Checks all Markdown pages but the example articles and the tests' own material.
pub fn check(root: &Path, files: &[PathBuf]) -> Result<Vec<Fault>, Failure> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "md")) {
        let material =
            file.starts_with("examples/articles") || file.components().any(|c| c.as_os_str() == "tests");
        if material {
            continue;
        }
        let path = root.join(file);
        let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        for (line, target) in prose(&text).flat_map(|(n, line)| targets(line).map(move |target| (n, target)))
        {
            let target = target.split('#').next().unwrap_or("");
            let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !elsewhere
                && !tree::exists(&root.join(folder), target)
                && !root.join(folder).join(target).exists()
            {
                faults.push(Fault::new(file, line, format!("link to `{target}`, which does not exist")));
            }
        }
    }
    Ok(faults)
}

/// The lines of a page outside its fenced blocks, numbered from 1.
pub fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(n, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fence && !fenced).then_some((n + 1, line))
    })
}

/// Where the links and pictures of a line lead.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let markdown = line.match_indices("](").filter_map(|(at, _)| line[at + 2..].split_once(')'));
    let tags = ["src=\"", "href=\""].into_iter().flat_map(move |key| {
        line.match_indices(key).filter_map(move |(at, _)| line[at + key.len()..].split_once('"'))
    });
    markdown.chain(tags).map(|(target, _)| target.split(' ').next().unwrap_or(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_links_and_pictures() {
        let found: Vec<&str> = targets("[a](b.md) ![c](d.svg \"e\") <img src=\"f.png\">").collect();
        assert_eq!(found, ["b.md", "d.svg", "f.png"]);
    }

    #[test]
    fn fenced_lines_are_no_prose() {
        let lines: Vec<usize> = prose("a\n```sh\nb\n```\nc\n").map(|(n, _)| n).collect();
        assert_eq!(lines, [1, 5]);
    }
}
