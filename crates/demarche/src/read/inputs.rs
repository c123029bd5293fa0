//! What the user named into files: folders walked, globs expanded, in an order that does not depend on the machine.

use crate::read::{Read, SourceError, notes};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, FilterEntry, WalkDir};

/// One thing to open.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Input {
    /// Standard input.
    Stdin,
    /// A file; `named` if the user named it himself and not a folder or a glob.
    File { path: PathBuf, named: bool },
}

/// Files to come; no list of them is held.
pub(super) struct Inputs {
    pending: VecDeque<String>,
    walks: Vec<Walk>,
}

enum Walk {
    Folder { name: String, entries: FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool>, found: bool },
    Glob { pattern: String, paths: glob::Paths, found: bool },
}

fn visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn glob_options() -> glob::MatchOptions {
    glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() }
}

impl Inputs {
    /// Checks what can be checked without looking at any file but those named.
    pub(super) fn new(named: &[String]) -> Result<Self, SourceError> {
        if named.is_empty() {
            return Err(SourceError::NoInput);
        }
        if named.iter().filter(|name| *name == "-").count() > 1 {
            return Err(SourceError::StdinTwice);
        }
        for name in named.iter().filter(|name| is_glob(name)) {
            glob::Pattern::new(name)
                .map_err(|cause| SourceError::BadGlob { pattern: name.clone(), cause: cause.to_string() })?;
        }
        Ok(Self { pending: named.iter().cloned().collect(), walks: Vec::new() })
    }

    /// The next file; what cannot be found or walked becomes a note.
    pub(super) fn next(&mut self, out: &mut VecDeque<Read>) -> Option<Input> {
        loop {
            match self.walks.last_mut() {
                Some(Walk::Folder { name, entries, found }) => match entries.next() {
                    Some(Ok(entry)) => {
                        let kind = entry.file_type();
                        if kind.is_file() {
                            *found = true;
                            return Some(Input::File { path: entry.into_path(), named: false });
                        }
                        if !kind.is_dir() {
                            *found = true;
                            out.push_back(Read::Note(notes::warning(
                                &entry.path().to_string_lossy(),
                                None,
                                "read::not-a-file",
                                "is neither file nor folder; skipped",
                                "",
                            )));
                        }
                    }
                    Some(Err(cause)) => {
                        *found = true;
                        let place =
                            cause.path().map_or_else(|| name.clone(), |path| path.to_string_lossy().into());
                        out.push_back(Read::Note(notes::error(
                            &place,
                            None,
                            "read::io",
                            cause.to_string(),
                            "",
                        )));
                    }
                    None => {
                        if !*found {
                            let note = notes::warning(
                                name,
                                None,
                                "read::empty-folder",
                                "there is no file in the folder",
                                "",
                            );
                            out.push_back(Read::Note(note));
                        }
                        self.walks.pop();
                    }
                },
                Some(Walk::Glob { pattern, paths, found }) => match paths.next() {
                    Some(Ok(path)) => {
                        *found = true;
                        if path.is_dir() {
                            self.walk(&path);
                        } else {
                            return Some(Input::File { path, named: false });
                        }
                    }
                    Some(Err(cause)) => {
                        *found = true;
                        let place = cause.path().to_string_lossy().into_owned();
                        out.push_back(Read::Note(notes::error(
                            &place,
                            None,
                            "read::io",
                            cause.to_string(),
                            "",
                        )));
                    }
                    None => {
                        if !*found {
                            out.push_back(Read::Note(notes::error(
                                pattern,
                                None,
                                "read::not-found",
                                "no file matches",
                                "",
                            )));
                        }
                        self.walks.pop();
                    }
                },
                None => {
                    let name = self.pending.pop_front()?;
                    if name == "-" {
                        return Some(Input::Stdin);
                    }
                    let path = Path::new(&name);
                    if path.is_dir() {
                        self.walk(path);
                    } else if is_glob(&name) {
                        match glob::glob_with(&name, glob_options()) {
                            Ok(paths) => self.walks.push(Walk::Glob { pattern: name, paths, found: false }),
                            Err(cause) => out.push_back(Read::Note(notes::error(
                                &name,
                                None,
                                "read::not-found",
                                cause.to_string(),
                                "",
                            ))),
                        }
                    } else {
                        return Some(Input::File { path: path.to_owned(), named: true });
                    }
                }
            }
        }
    }

    fn walk(&mut self, path: &Path) {
        let entries = WalkDir::new(path)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(visible as fn(&DirEntry) -> bool);
        self.walks.push(Walk::Folder { name: path.to_string_lossy().into_owned(), entries, found: false });
    }
}

/// Whether a name is a pattern: it holds a wildcard, and no file of exactly that name exists.
fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[']) && !Path::new(name).exists()
}
