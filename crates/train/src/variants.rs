//! Variants of training documents for ways of writing that the treebanks have too little of: all capitals, titles
//! with capitals, lines without a final stop.

use crate::corpus::{Row, Rows};
use crate::random::Random;
use demarche_text::{Rel, Upos};

/// The same sentences in capitals.
pub fn capitals(sentences: &[Rows]) -> Vec<Rows> {
    let mut sentences = sentences.to_vec();
    for row in sentences.iter_mut().flat_map(|s| &mut s.rows) {
        row.form = row.form.to_uppercase();
    }
    sentences
}

/// The same sentences without the stops that end paragraphs.
pub fn without_stops(sentences: &[Rows]) -> Vec<Rows> {
    let mut out = sentences.to_vec();
    for number in 0..out.len() {
        if out.get(number + 1).is_none_or(|next| next.new_paragraph) {
            drop_stop(&mut out[number].rows);
        }
    }
    out
}

/// The same sentences with curly quotation marks and apostrophes where they were straight.
pub fn other_quotes(sentences: &[Rows]) -> Vec<Rows> {
    let mut out = sentences.to_vec();
    let mut open = false;
    for row in out.iter_mut().flat_map(|s| &mut s.rows) {
        if row.form == "\"" {
            open = !open;
            row.form = if open { "“" } else { "”" }.to_owned();
        } else {
            row.form = row.form.replace('\'', "’");
        }
    }
    out
}

/// Sentences of usual length as headlines: the final stop taken away, and capitals on all but small words.
pub fn headlines(sentences: &[Rows], random: &mut Random) -> Vec<Rows> {
    let mut chosen = Vec::new();
    for sentence in sentences {
        let n = sentence.rows.len();
        if !(4..=20).contains(&n) || !sentence.rows.iter().any(|r| r.upos == Upos::Verb) {
            continue;
        }
        let mut sentence = Rows { new_paragraph: true, rows: sentence.rows.clone() };
        drop_stop(&mut sentence.rows);
        if random.once_in(2) {
            for row in &mut sentence.rows {
                let small = matches!(row.upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part);
                let mut letters = row.form.chars();
                if !small && let Some(first) = letters.next() {
                    row.form = first.to_uppercase().chain(letters).collect();
                }
            }
        }
        chosen.push(sentence);
    }
    chosen
}

fn drop_stop(rows: &mut Vec<Row>) {
    let n = rows.len();
    let droppable = rows.last().is_some_and(|r| r.form == "." && r.rel == Rel::Punct && r.head < n);
    if !droppable || rows.iter().any(|r| r.head == n - 1) {
        return;
    }
    rows.pop();
    for row in rows.iter_mut().filter(|r| r.head == n) {
        row.head = n - 1;
    }
    if let Some(last) = rows.last_mut() {
        last.space_after = true;
    }
}
