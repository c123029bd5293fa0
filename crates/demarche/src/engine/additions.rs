//! What a user added to the built-in lexicon: sources in a folder, laid over it, with the result kept beside them so that it
//! is made only once.
//!
//! The sources count: what is kept is made anew whenever they, the built-in lexicon or the program have changed. An entry of
//! theirs with a fault is left out; its fault was told when it was added.

use super::load::{LoadError, lexicon};
use demarche_lexicon::{Image, Lexicon, compile_over, fingerprint};
use demarche_record::{Note, Severity};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The lexicon with all additions, made ready.
const KEPT: &str = "lexicon.bin";

/// A folder of additions.
#[derive(Debug, Clone)]
pub struct Additions {
    folder: PathBuf,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its name among the additions.
    pub name: String,
    /// Whether anything changed.
    pub change: Change,
    /// Entries it holds that have no fault.
    pub entries: usize,
    /// What was found in it.
    pub notes: Vec<Note>,
}

/// Whether a file changed the additions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was there already, word for word.
    None,
    /// It is new.
    New,
    /// Another file of this name gave way to it.
    Replaced,
}

/// Why a file cannot be added.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AddError {
    /// It has another format.
    #[error("`{path}` is no TOML file")]
    Format {
        /// The file.
        path: String,
    },
    /// Not one of its entries can be used.
    #[error("`{path}` holds no entry that can be used")]
    Nothing {
        /// The file.
        path: String,
        /// What was found in it.
        notes: Vec<Note>,
    },
    /// A file cannot be read or written.
    #[error("`{path}` cannot be read or written")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The lexicon cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> AddError + use<> {
    let path = path.display().to_string();
    move |cause| AddError::Io { path, cause }
}

impl Additions {
    /// The additions in a folder; one that is not there holds none.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The built-in lexicon with the additions laid over it.
    ///
    /// # Errors
    /// If the program is damaged, or the folder cannot be read.
    pub fn lexicon(&self) -> Result<Lexicon, LoadError> {
        let unreadable = |cause| LoadError::Additions { path: self.folder.display().to_string(), cause };
        let files = self.files().map_err(unreadable)?;
        if files.is_empty() {
            return lexicon(None);
        }
        let key = key(&files).map_err(unreadable)?;
        if let Ok(bytes) = std::fs::read(self.folder.join(KEPT))
            && let Some(kept) = bytes.strip_prefix(key.as_bytes())
            && let Ok(lexicon) = Lexicon::from_bytes(kept)
        {
            return Ok(lexicon);
        }
        Ok(Lexicon::from_image(merged(&files)?.0))
    }

    /// Adds a file: it is copied into the folder under its own name, in place of one of that name.
    ///
    /// # Errors
    /// If it is no TOML file, holds nothing that can be used, or cannot be read or written.
    pub fn add(&self, file: &Path) -> Result<Added, AddError> {
        let path = || file.display().to_string();
        let name = file.file_name().filter(|_| file.extension().is_some_and(|e| e == "toml"));
        let name = name.ok_or_else(|| AddError::Format { path: path() })?;
        let content = std::fs::read(file).map_err(failed(file))?;
        let target = self.folder.join(name);
        let before = std::fs::read(&target).ok();
        let mut files = self.files().map_err(failed(&self.folder))?;
        files.retain(|other| *other != target);
        let (base, _) = merged(&files)?;
        let (over, notes) = compile_over(&base, &[file.to_owned()]);
        let entries = entries(&over);
        if entries == 0 {
            return Err(AddError::Nothing { path: path(), notes });
        }
        let change = match &before {
            Some(before) if *before == content => Change::None,
            Some(_) => Change::Replaced,
            None => Change::New,
        };
        if change != Change::None {
            std::fs::create_dir_all(&self.folder).map_err(failed(&self.folder))?;
            self.write(&target, &content)?;
        }
        self.keep()?;
        Ok(Added { name: name.to_string_lossy().into_owned(), change, entries, notes })
    }

    /// Makes what is kept anew, where it is not that of the sources.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn keep(&self) -> Result<(), AddError> {
        let files = self.files().map_err(failed(&self.folder))?;
        let key = key(&files).map_err(failed(&self.folder))?;
        let path = self.folder.join(KEPT);
        if std::fs::read(&path).is_ok_and(|kept| kept.starts_with(key.as_bytes())) {
            return Ok(());
        }
        let mut bytes = key.into_bytes();
        bytes.extend(Lexicon::from_image(merged(&files)?.0).to_bytes());
        self.write(&path, &bytes)
    }

    /// The sources, in the order of their names.
    fn files(&self) -> io::Result<Vec<PathBuf>> {
        let entries = match std::fs::read_dir(&self.folder) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "toml") && path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// A file is there whole or not at all.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), AddError> {
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(bytes)?;
            file.persist(path).map_err(|e| e.error)
        };
        write().map(|_| ()).map_err(failed(path))
    }
}

fn key(files: &[PathBuf]) -> io::Result<String> {
    let mut parts = vec![env!("CARGO_PKG_VERSION").as_bytes().to_vec(), super::load::LEXICON.to_vec()];
    for file in files {
        parts.push(file.file_name().unwrap_or_default().as_encoded_bytes().to_vec());
        parts.push(std::fs::read(file)?);
    }
    Ok(fingerprint(parts.iter().map(Vec::as_slice)))
}

fn merged(files: &[PathBuf]) -> Result<(Image, Vec<Note>), LoadError> {
    let mut image = Image::clone(&*lexicon(None)?);
    if files.is_empty() {
        return Ok((image, Vec::new()));
    }
    let (over, mut notes) = compile_over(&image, files);
    notes.retain(|note| note.severity == Severity::Error);
    image.lay(over);
    Ok((image, notes))
}

fn entries(image: &Image) -> usize {
    image.actors.len()
        + image.agents.len()
        + image.places.len()
        + image.titles.len()
        + image.patterns.len()
        + image.operators.len()
        + image.speech.len()
        + image.ties.len()
        + image.topics.len()
        + image.times.len()
        + image.classes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "version = 1\nsource = [\"made up\"]\nlicence = \"CC0-1.0\"\n";

    #[test]
    fn a_file_is_added_once_and_what_is_kept_is_what_the_sources_say() {
        let folder = tempfile::tempdir().unwrap();
        let additions = Additions::at(folder.path().join("additions"));
        assert_eq!(additions.lexicon().unwrap().hash(), lexicon(None).unwrap().hash());
        let file = folder.path().join("mine.toml");
        let entry = "[[actor]]\nid = \"taliban\"\nnames = [\"Kabul Emirate\"]\n[[actor]]\nid = \"x\"\nkind = \"grup\"\nname = \"X\"\n";
        std::fs::write(&file, format!("{HEAD}{entry}")).unwrap();
        let added = additions.add(&file).unwrap();
        assert_eq!((added.change, added.entries), (Change::New, 1));
        assert!(
            added.notes.iter().any(|n| n.line == Some(9) && n.message.contains("grup")),
            "{:?}",
            added.notes
        );
        let first = additions.lexicon().unwrap();
        let taliban = &first.actors[first.actor_by_id("taliban").unwrap() as usize];
        assert!(taliban.names.iter().any(|n| n.text == "Kabul Emirate") && taliban.names.len() > 1);
        let kept = folder.path().join("additions").join(KEPT);
        let bytes = std::fs::read(&kept).unwrap();
        assert_eq!(additions.add(&file).unwrap().change, Change::None);
        assert_eq!(std::fs::read(&kept).unwrap(), bytes);
        // Without what is kept, and with it damaged, the sources say the same.
        std::fs::write(&kept, &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(additions.lexicon().unwrap().hash(), first.hash());
        std::fs::write(&file, HEAD).unwrap();
        assert!(matches!(additions.add(&file), Err(AddError::Nothing { .. })));
        assert!(matches!(additions.add(Path::new("a.csv")), Err(AddError::Format { .. })));
    }
}
