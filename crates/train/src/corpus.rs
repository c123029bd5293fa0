//! Treebanks in CoNLL-U, read into documents with their raw text.
//!
//! The raw text is made as the scorer makes it: paragraphs apart by a blank line, sentences by a space, tokens by a
//! space unless `SpaceAfter=No` says otherwise.

use demarche_record::{Span, Zone};
use demarche_text::{Feats, Mwt, Rel, Sentence, Upos, Word, Xpos};
use std::path::Path;

/// Why a treebank could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file could not be read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is not what CoNLL-U wants.
    #[error("{path}, line {line}: {what}")]
    Line {
        /// The file.
        path: String,
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
}

/// One syntactic word as the treebank has it.
#[derive(Debug, Clone)]
pub struct Row {
    /// The word as it stands.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal word class.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Features.
    pub feats: Feats,
    /// Number of the head from 0; the number of words for the root.
    pub head: usize,
    /// Relation.
    pub rel: Rel,
    /// Part in a multiword token.
    pub mwt: Mwt,
    /// Whether a blank follows.
    pub space_after: bool,
}

/// One sentence as the treebank has it.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Whether it opens a paragraph.
    pub new_paragraph: bool,
    /// Its words.
    pub rows: Vec<Row>,
}

/// A sentence placed in its document's text.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Where it and its words stand.
    pub sentence: Sentence,
    /// What the treebank says of them.
    pub rows: Vec<Row>,
}

/// A document with its text.
#[derive(Debug, Clone)]
pub struct Document {
    /// Id in the treebank.
    pub id: String,
    /// Number of the document it was made from; variants share it with their origin.
    pub origin: usize,
    /// Whether its sentences were made up from others: they teach how words stand together, not what there is.
    pub made: bool,
    /// Raw text.
    pub text: String,
    /// Its sentences.
    pub sentences: Vec<Gold>,
}

/// Reads a treebank as documents of bare rows.
///
/// # Errors
/// If the file cannot be read or is no CoNLL-U.
pub fn read(path: &Path) -> Result<Vec<(String, Vec<Rows>)>, CorpusError> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|source| CorpusError::File { path: name.clone(), source })?;
    let mut documents: Vec<(String, Vec<Rows>)> = Vec::new();
    let mut paragraph = true;
    let mut rows: Vec<Row> = Vec::new();
    // What is left of a multiword token: words to come, and whether a blank follows the last.
    let mut rest: Option<(usize, usize, bool)> = None;
    for (number, line) in text.lines().chain([""]).enumerate() {
        let bad = |what| CorpusError::Line { path: name.clone(), line: number + 1, what };
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            documents.push((id.trim().to_owned(), Vec::new()));
            paragraph = true;
        } else if line.starts_with("# newpar") {
            paragraph = true;
        } else if line.is_empty() {
            if !rows.is_empty() {
                let rows = std::mem::take(&mut rows);
                if rows.iter().any(|r| r.head != usize::MAX && r.head >= rows.len()) {
                    return Err(bad("a head lies outside the sentence that ends here"));
                }
                let document =
                    documents.last_mut().ok_or_else(|| bad("a sentence before the first newdoc"))?;
                document.1.push(Rows { new_paragraph: std::mem::replace(&mut paragraph, false), rows });
            }
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 {
                return Err(bad("expected ten columns"));
            }
            let spaced = !columns[9].split('|').any(|item| item == "SpaceAfter=No");
            if columns[0].contains('.') {
                continue;
            }
            if let Some((first, last)) = columns[0].split_once('-') {
                let range = first.parse().ok().zip(last.parse().ok());
                let (first, last): (usize, usize) = range.ok_or_else(|| bad("a bad range"))?;
                rest = Some((first, last, spaced));
                continue;
            }
            let id = rows.len() + 1;
            let (mwt, space_after) = match rest {
                Some((first, last, after)) if (first..=last).contains(&id) => {
                    (if id == first { Mwt::First } else { Mwt::Rest }, id == last && after)
                }
                _ => (Mwt::No, spaced),
            };
            let head: usize = columns[6].parse().map_err(|_| bad("the head is not a number"))?;
            rows.push(Row {
                form: columns[1].to_owned(),
                lemma: columns[2].to_owned(),
                upos: columns[3].parse().unwrap_or_default(),
                xpos: columns[4].parse().unwrap_or_default(),
                feats: Feats::from_conllu(columns[5]),
                head: head.checked_sub(1).unwrap_or(usize::MAX),
                rel: columns[7].parse().unwrap_or_default(),
                mwt,
                space_after,
            });
        }
        if line.is_empty() {
            rest = None;
        }
    }
    for (_, sentences) in &mut documents {
        for sentence in sentences {
            let n = sentence.rows.len();
            sentence.rows.iter_mut().filter(|r| r.head == usize::MAX).for_each(|r| r.head = n);
        }
    }
    Ok(documents)
}

/// Places bare rows in a text.
pub fn place(id: &str, origin: usize, sentences: &[Rows]) -> Document {
    let mut text = String::new();
    let mut placed = Vec::new();
    for (number, bare) in sentences.iter().enumerate() {
        if !text.is_empty() {
            text.truncate(text.trim_end_matches(' ').len());
            text.push_str(if bare.new_paragraph { "\n\n" } else { " " });
        }
        let mut words = Vec::new();
        for (i, row) in bare.rows.iter().enumerate() {
            let start = text.len();
            text.push_str(&row.form);
            let span = Span::new(start, text.len());
            let last = i + 1 == bare.rows.len();
            words.push(Word { span, mwt: row.mwt, space_after: row.space_after || last });
            if row.space_after {
                text.push(' ');
            }
        }
        let span = words[0].span.cover(words[words.len() - 1].span);
        let new_paragraph = bare.new_paragraph || number == 0;
        let sentence = Sentence { span, zone: Zone::Body, new_paragraph, words };
        placed.push(Gold { sentence, rows: bare.rows.clone() });
    }
    Document { id: id.to_owned(), origin, made: false, text, sentences: placed }
}
