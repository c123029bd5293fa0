//! What the tests of the coder share: the repository's data, coders made of it, sets of rows.

// Every test is a program of its own and uses a part of this.
#![allow(dead_code)]

use demarche_coder::{Coder, CoreferenceModel};
use demarche_lexicon::{Gazetteer, Lexicon, compile};
use demarche_text::Engine;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The package's folder.
pub fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package").into()
}

/// The repository's `data/`.
pub fn data() -> PathBuf {
    package().join("../../data")
}

fn read(path: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(data().join(path)).expect("it is in the repository")
}

/// The built-in model of text.
pub fn engine() -> Engine {
    Engine::load(&read("models/english-fast/model.bin")).expect("a sound model")
}

/// The built-in model and lexicon, and nothing else.
pub fn coder() -> Coder {
    let (image, _) = compile(&data().join("lexicon"));
    Coder::new(engine(), Lexicon::from_image(image), "test")
}

/// The built-in model of coreference.
pub fn coreference() -> CoreferenceModel {
    CoreferenceModel::load(&read("models/english-coreference/model.bin"))
        .expect("a sound model of coreference")
}

/// The towns of the world.
pub fn gazetteer() -> Gazetteer {
    Gazetteer::new(String::from_utf8(read("gazetteer/cities.tsv")).expect("text"))
}

/// The rows of a set below `tests/`, in JSON Lines.
pub fn rows(set: &str) -> Vec<Value> {
    let text =
        std::fs::read_to_string(package().join("tests").join(set)).expect("the set is in the repository");
    text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}
