//! Which files belong to the repository, and whether a path that a page names is among them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::workspace::output;

/// The repository's files, from its folder, sorted: those that git knows or would add; without git, all that are not
/// hidden or built.
pub fn files(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    if root.join(".git").exists() {
        let mut git = Command::new("git");
        git.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        files.extend(output(&mut git)?.split_terminator('\0').map(PathBuf::from));
        // Files deleted but still known to git are not there to be read.
        files.retain(|file| root.join(file).is_file());
    } else {
        walk(root, Path::new(""), &mut files)?;
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for name in names(&root.join(folder))? {
        let path = folder.join(&name);
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if root.join(&path).is_dir() {
            walk(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Failure::file(folder))? {
        names.push(entry.map_err(Failure::file(folder))?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Whether a path exists, where a component `*`, `*.toml`, `<name>` or `<TYPE>.toml` stands for any that fits.
pub fn exists(root: &Path, path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    fits(root, &parts)
}

fn fits(folder: &Path, parts: &[&str]) -> bool {
    let [part, rest @ ..] = parts else {
        return folder.exists();
    };
    match wild(part) {
        None => fits(&folder.join(part), rest),
        Some((before, after)) => names(folder).unwrap_or_default().iter().any(|name| {
            name.len() >= before.len() + after.len()
                && name.starts_with(before)
                && name.ends_with(after)
                && fits(&folder.join(name), rest)
        }),
    }
}

/// What stands before and after a component's placeholder.
fn wild(part: &str) -> Option<(&str, &str)> {
    part.split_once('*').or_else(|| {
        let (before, rest) = part.split_once('<')?;
        Some((before, rest.split_once('>')?.1))
    })
}

#[cfg(test)]
mod tests {
    use super::exists;
    use std::path::PathBuf;

    #[test]
    fn placeholders_stand_for_what_is_there() {
        let root = &PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"));
        for path in [
            "src/tidy",
            "src/tidy/tree.rs",
            "src/*/tree.rs",
            "src/<chore>/tree.rs",
            "src/<chore>.rs",
            "./src/",
        ] {
            assert!(exists(root, path), "{path}");
        }
        for path in ["src/nothing", "src/*/nothing.rs", "src/<chore>.toml", "src/main.rs/x"] {
            assert!(!exists(root, path), "{path}");
        }
    }
}
