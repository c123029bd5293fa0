//! Source files open with what they are for and stay short; text files end their lines cleanly.

use std::path::{Path, PathBuf};

use super::Fault;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// Lines of a source file before its tests, at most.
const LIMIT: usize = 400;

/// Checks all files given.
pub fn check(workspace: &Workspace, files: &[PathBuf]) -> Result<Vec<Fault>, Failure> {
    let mut faults = Vec::new();
    for file in files {
        let path = workspace.root().join(file);
        if !is_text(file) {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(Failure::file(&path))?;
        let Ok(text) = String::from_utf8(bytes) else {
            faults.push(Fault::new(file, 0, "not UTF-8"));
            continue;
        };
        faults.extend(lines(file, &text));
        if is_source(file) {
            faults.extend(source(file, &text));
        }
    }
    Ok(faults)
}

/// Whether a file is text of ours: by its ending, and not material of tests or examples that is odd on purpose.
fn is_text(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().into_owned());
    let material =
        file.starts_with("examples/articles") || file.components().any(|c| c.as_os_str() == "tests");
    match ending.as_deref() {
        Some("rs") => true,
        Some("toml" | "md" | "sh" | "yml" | "json" | "svg" | "csv") => !material,
        None => file.starts_with(".ci") || file.to_string_lossy().contains("LICENSE"),
        Some(_) => false,
    }
}

/// Whether a file is shipped or working code: `crates/*/src/**.rs` or `xtask/src/**.rs`.
fn is_source(file: &Path) -> bool {
    let mut parts = file.components().map(|part| part.as_os_str().to_string_lossy());
    let top = parts.next();
    let within = match top.as_deref() {
        Some("crates") => parts.nth(1),
        Some("xtask") => parts.next(),
        _ => None,
    };
    within.as_deref() == Some("src") && file.extension().is_some_and(|ending| ending == "rs")
}

fn source(file: &Path, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !text.starts_with("//!") {
        faults.push(Fault::new(
            file,
            1,
            "does not open with `//!`: what it is for and what it leaves to others",
        ));
    }
    let long = text.lines().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(text.lines().count());
    if long > LIMIT {
        faults.push(Fault::new(file, LIMIT + 1, format!("{long} lines before the tests, more than {LIMIT}")));
    }
    faults
}

fn lines(file: &Path, text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = text
        .split('\n')
        .enumerate()
        .filter(|(_, line)| line.ends_with([' ', '\t', '\r']))
        .map(|(n, _)| Fault::new(file, n + 1, "blanks at the end of the line"))
        .collect();
    if !text.is_empty() && !text.ends_with('\n') {
        faults.push(Fault::new(file, text.lines().count(), "no line feed at the end"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_from_material() {
        for (file, text, code) in [
            ("crates/text/src/lib.rs", true, true),
            ("crates/text/src/a/b.rs", true, true),
            ("xtask/src/main.rs", true, true),
            ("crates/text/tests/a.rs", true, false),
            ("crates/text/tests/bad.toml", false, false),
            ("examples/articles/a.md", false, false),
            (".ci/run", true, false),
            ("data/models/a/model.bin", false, false),
        ] {
            assert_eq!((is_text(Path::new(file)), is_source(Path::new(file))), (text, code), "{file}");
        }
    }

    #[test]
    fn tests_do_not_count_as_lines() {
        let file = Path::new("crates/a/src/lib.rs");
        let body = "//! A.\n".repeat(400);
        assert_eq!(source(file, &format!("{body}#[cfg(test)]\nmod tests {{}}\n")), []);
        assert_eq!(source(file, &format!("{body}mod b;\n")).len(), 1);
        assert_eq!(source(file, "mod a;\n")[0].line, 1);
    }
}
