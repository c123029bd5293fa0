//! The text engine alone: every model of the repository, and where it is asked for a peer, on the same texts in one run.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::failure::Failure;
use crate::results::Engine;
use crate::workspace::{Workspace, typed};

/// The models in the order of the table.
const MODELS: [&str; 3] = ["english-fast", "english-accurate", "english-perceptron"];

/// What `demarche-train speed` and a peer's script print.
#[derive(Deserialize)]
struct Pace {
    name: Option<String>,
    load: f64,
    words: u64,
    seconds: f64,
}

/// Reads the first `bytes` of the corpus with every model, and with a peer by the Python it is installed in. Fails where
/// a model cannot be loaded or the peer's script does not run.
pub fn run(
    workspace: &Workspace,
    corpus: &Path,
    folder: &Path,
    bytes: u64,
    peer: Option<&Path>,
) -> Result<Vec<Engine>, Failure> {
    let texts = folder.join("engines.jsonl");
    cut(corpus, &texts, bytes)?;
    let trainer = workspace.built("demarche-train", "demarche-train")?;
    let mut engines = Vec::new();
    for name in MODELS {
        let model = workspace.root().join("data/models").join(name).join("model.bin");
        let size = std::fs::metadata(&model).map_err(Failure::file(&model))?.len();
        eprintln!("reading with {name}");
        let pace = paced(Command::new(&trainer).arg("speed").arg(model), &texts)?;
        engines.push(engine(name.to_owned(), Some(size), &pace));
    }
    if let Some(python) = peer {
        eprintln!("reading with the peer");
        let script: PathBuf = workspace.root().join("xtask/peers/spacy_speed.py");
        let pace = paced(Command::new(python).arg(script), &texts)?;
        engines.push(engine(pace.name.clone().unwrap_or_else(|| "spaCy".to_owned()), None, &pace));
    }
    Ok(engines)
}

fn engine(name: String, size: Option<u64>, pace: &Pace) -> Engine {
    Engine { name, size, load: pace.load, words: pace.words, seconds: pace.seconds }
}

/// The rows that begin in the first `bytes`.
fn cut(corpus: &Path, out: &Path, bytes: u64) -> Result<(), Failure> {
    let rows = BufReader::new(File::open(corpus).map_err(Failure::file(corpus))?);
    let mut file = File::create(out).map_err(Failure::file(out))?;
    let mut written = 0;
    for row in rows.lines() {
        let row = row.map_err(Failure::file(corpus))? + "\n";
        file.write_all(row.as_bytes()).map_err(Failure::file(out))?;
        written += row.len() as u64;
        if written >= bytes {
            break;
        }
    }
    Ok(())
}

/// Runs a command on the texts; it prints one line of JSON.
fn paced(command: &mut Command, texts: &Path) -> Result<Pace, Failure> {
    command.stdin(File::open(texts).map_err(Failure::file(texts))?).stderr(Stdio::inherit());
    let failed = |command: &Command, cause: &dyn std::fmt::Display| Failure::Command {
        command: typed(command),
        detail: format!("failed: {cause}"),
    };
    let done = command.output().map_err(|cause| failed(command, &cause))?;
    if !done.status.success() {
        return Err(failed(command, &done.status));
    }
    serde_json::from_slice(&done.stdout).map_err(|fault| failed(command, &fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (corpus, out) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&corpus, "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n").unwrap();
        cut(&corpus, &out, 9).unwrap();
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "{\"a\":1}\n{\"b\":2}\n");
    }
}
