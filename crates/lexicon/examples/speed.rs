//! Words a second that names are looked for in, on one core, over the sentences of a text file (one a line).

use demarche_lexicon::{Lexicon, compile};
use demarche_record::Span;
use std::time::Instant;

fn words(line: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        let sign = !c.is_alphanumeric() && c != '.';
        if sign {
            words.extend((from < at).then(|| Span::new(from, at)));
            words.extend((!c.is_whitespace()).then(|| Span::new(at, at + c.len_utf8())));
            from = at + c.len_utf8();
        }
    }
    words.extend((from < line.len()).then(|| Span::new(from, line.len())));
    words
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("a text file is wanted")?;
    let text = std::fs::read_to_string(path)?;
    let sentences: Vec<(&str, Vec<Span>)> = text.lines().map(|line| (line, words(line))).collect();
    let bytes = compile("data/lexicon".as_ref()).0.to_bytes();
    let lexicon = Lexicon::from_bytes(&bytes)?;
    let mut out = Vec::new();
    let (mut total, mut found) = (0, 0);
    let start = Instant::now();
    while start.elapsed().as_secs() < 2 {
        for (line, words) in &sentences {
            lexicon.find(line, words, &mut out);
            total += words.len();
            found += out.len();
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{total} words, {found} mentions, {:.2} million words a second", total as f64 / seconds / 1e6);
    Ok(())
}
