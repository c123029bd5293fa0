//! How fast a model reads: what it costs to be ready, and words a second from raw text to trees on one thread.

use crate::corpus::Document;
use demarche_text::{Engine, ModelError, Reading, Scratch};
use std::time::Instant;

/// Times each thing is done; the shortest counts, since all that disturbs makes it longer.
const TURNS: usize = 3;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Seconds from the bytes of the file to an engine that can read.
    pub load: f64,
    /// Words read in one turn.
    pub words: usize,
    /// Seconds of one turn.
    pub seconds: f64,
}

/// Loads a model and reads the texts with it.
///
/// # Errors
/// If the bytes are no model.
pub fn of_model<'t>(bytes: &[u8], texts: impl Iterator<Item = &'t str> + Clone) -> Result<Pace, ModelError> {
    let mut load = f64::INFINITY;
    let mut engine = Engine::load(bytes)?;
    for _ in 0..TURNS {
        let start = Instant::now();
        engine = Engine::load(bytes)?;
        load = load.min(start.elapsed().as_secs_f64());
    }
    let (words, seconds) = of_engine(&engine, texts);
    Ok(Pace { load, words, seconds })
}

/// Words a second from raw text to trees, to the nearest `step`.
pub fn rounded(engine: &Engine, documents: &[Document], step: f64) -> usize {
    let (words, seconds) = of_engine(engine, documents.iter().map(|d| d.text.as_str()));
    ((words as f64 / seconds / step).round() * step) as usize
}

/// Words that an engine finds in the texts, and seconds it reads them in.
pub fn of_engine<'t>(engine: &Engine, texts: impl Iterator<Item = &'t str> + Clone) -> (usize, f64) {
    let (mut scratch, mut reading) = (Scratch::default(), Reading::default());
    let (mut words, mut seconds) = (0, f64::INFINITY);
    for _ in 0..TURNS {
        let start = Instant::now();
        words = 0;
        for text in texts.clone() {
            engine.begin(text, &mut scratch, &mut reading);
            for number in 0..reading.sentences().len() {
                engine.parse_at(text, number, &mut scratch, &mut reading);
                words += reading.tree(number).len();
            }
        }
        seconds = seconds.min(start.elapsed().as_secs_f64());
    }
    (words, seconds)
}
