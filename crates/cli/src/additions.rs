//! Which lexicon a command works with: the built-in one with what its user added, or another in its place.

use crate::args::LexiconSource;
use demarche::engine::{self, Additions, LoadError};
use demarche_lexicon::Lexicon;
use std::env;
use std::path::{Path, PathBuf};

/// The name of the lexicon without additions.
const BUILT_IN: &str = "built-in";

/// Where the user's additions lie: in the folder of the program's data that the environment names, else in the user's own.
pub fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || {
        let data = set("XDG_DATA_HOME").filter(|path| path.is_absolute());
        Some(data.or_else(|| Some(set("HOME")?.join(".local/share")))?.join("demarche"))
    };
    Some(set("DEMARCHE_DATA").or_else(home)?.join("additions"))
}

/// The lexicon that was asked for.
pub fn lexicon(source: &LexiconSource) -> Result<Lexicon, LoadError> {
    match (&source.lexicon, folder()) {
        (Some(name), _) if name == Path::new(BUILT_IN) => engine::lexicon(None),
        (Some(dir), _) => engine::lexicon(Some(dir)),
        (None, Some(folder)) => Additions::at(folder).lexicon(),
        (None, None) => engine::lexicon(None),
    }
}
