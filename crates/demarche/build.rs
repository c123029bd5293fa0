//! Compiles the lexicon's sources into the image that the crate embeds, and sees that the models are there.

use demarche_record::Severity;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Asked for when it runs: clones that share a folder of artefacts run the same program.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package");
    let root = Path::new(&package).join("../..");
    let sources = root.join("data/lexicon");
    let models = [
        "english-fast/model.bin",
        "english-choice/pairs.bin",
        "english-choice/sentences.bin",
        "english-coreference/model.bin",
    ];
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", sources.display());
    for model in models.map(|model| root.join("data/models").join(model)) {
        println!("cargo::rerun-if-changed={}", model.display());
        if !model.is_file() {
            println!(
                "cargo::error=the model {} is not there; the card beside it says how it is made",
                model.display()
            );
            return ExitCode::FAILURE;
        }
    }
    let (image, notes) = demarche_lexicon::compile(&sources);
    for note in &notes {
        if note.severity == Severity::Error {
            println!("cargo::error={note}");
        } else {
            println!("cargo::warning={note}");
        }
    }
    if notes.iter().any(|n| n.severity == Severity::Error) {
        return ExitCode::FAILURE;
    }
    let Some(out) = std::env::var_os("OUT_DIR") else {
        println!("cargo::error=OUT_DIR is not set: build scripts are run by cargo");
        return ExitCode::FAILURE;
    };
    let path = PathBuf::from(out).join("lexicon.bin");
    if let Err(cause) = std::fs::write(&path, image.to_bytes()) {
        println!("cargo::error={} cannot be written: {cause}", path.display());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
