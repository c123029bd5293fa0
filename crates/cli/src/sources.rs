//! What the user named, as a stream of documents: defaults, `--skip` and `--limit`.

use crate::args::Input;
use crate::failure::Failure;
use demarche::read::{Format, Read, ReadOptions, Sources};
use std::io::IsTerminal;
use std::path::Path;

/// The inputs named, or standard input where it is no terminal.
pub fn named(inputs: &[String]) -> Result<Vec<String>, Failure> {
    if inputs.is_empty() && !std::io::stdin().is_terminal() {
        return Ok(vec!["-".to_owned()]);
    }
    Ok(inputs.to_vec())
}

/// Opens the inputs; with the bytes of text to come, where they are known beforehand.
pub fn open(input: &Input) -> Result<(Taken<Sources>, Option<u64>), Failure> {
    let mut options = ReadOptions {
        format: input.format,
        encoding: input.encoding.clone(),
        max_document_bytes: input.max_document,
        ..ReadOptions::default()
    };
    for pair in &input.fields {
        options.rename(pair)?;
    }
    let inputs = named(&input.inputs)?;
    let whole = input.skip == 0 && input.limit.is_none();
    let bytes = whole.then(|| known_bytes(&inputs, input.format)).flatten();
    let taken = Taken {
        sources: Sources::open(&inputs, options)?,
        skip: input.skip,
        limit: input.limit.unwrap_or(u64::MAX),
    };
    Ok((taken, bytes))
}

/// The size of the inputs, if all of them are plain text files that are there: of other formats the size says little
/// about the text in them.
fn known_bytes(inputs: &[String], format: Option<Format>) -> Option<u64> {
    let mut sum = 0;
    for name in inputs {
        let path = Path::new(name);
        let ending = path.extension()?.to_str()?.parse().ok();
        if format.or(ending) != Some(Format::Text) {
            return None;
        }
        let metadata = path.metadata().ok().filter(|m| m.is_file())?;
        sum += metadata.len();
    }
    Some(sum)
}

/// A part of a stream of documents, counted in documents.
///
/// Of what is skipped nothing is said: whoever skips it has seen it.
pub struct Taken<S> {
    sources: S,
    skip: u64,
    limit: u64,
}

impl<S: Iterator<Item = Read>> Iterator for Taken<S> {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        if self.limit == 0 {
            return None;
        }
        loop {
            let read = self.sources.next()?;
            let is_document = matches!(read, Read::Article(_));
            if self.skip > 0 {
                self.skip -= u64::from(is_document);
                continue;
            }
            self.limit -= u64::from(is_document);
            return Some(read);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_record::{Article, Note, Severity};

    fn note() -> Read {
        Read::Note(Note {
            place: "p".to_owned(),
            line: None,
            span: None,
            severity: Severity::Error,
            code: "test",
            message: String::new(),
            hint: None,
        })
    }

    #[test]
    fn documents_are_counted_and_notes_are_not() {
        let article = |id: &str| Read::Article(Article { id: id.to_owned(), ..Article::default() });
        let all = || vec![note(), article("1"), note(), article("2"), article("3"), note()].into_iter();
        let taken = |skip, limit| {
            let taken = Taken { sources: all(), skip, limit };
            taken
                .map(|read| match read {
                    Read::Article(article) => article.id,
                    Read::Note(_) => "n".to_owned(),
                })
                .collect::<String>()
        };
        assert_eq!(taken(0, u64::MAX), "n1n23n");
        assert_eq!(taken(1, 1), "n2");
        assert_eq!(taken(0, 0), "");
        assert_eq!(taken(9, 9), "");
    }
}
