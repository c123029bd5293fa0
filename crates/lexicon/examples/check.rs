//! Prints the faults of the sources in a folder, the size of the image and the time each step takes.

use demarche_lexicon::{Lexicon, compile};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).unwrap_or_else(|| "data/lexicon".to_owned());
    let start = Instant::now();
    let (image, notes) = compile(dir.as_ref());
    let compiled = start.elapsed();
    for note in &notes {
        println!("{note}");
    }
    let bytes = image.to_bytes();
    let start = Instant::now();
    let lexicon = Lexicon::from_bytes(&bytes)?;
    let loaded = start.elapsed();
    println!(
        "{} notes, {} actors, {} agents, {} places, {} titles, {} patterns, {} operators, {} ties, {} bytes, hash {}; compiled in {compiled:?}, loaded in {loaded:?}",
        notes.len(),
        lexicon.actors.len(),
        lexicon.agents.len(),
        lexicon.places.len(),
        lexicon.titles.len(),
        lexicon.patterns.len(),
        lexicon.operators.len(),
        lexicon.ties.len(),
        bytes.len(),
        lexicon.hash(),
    );
    Ok(())
}
