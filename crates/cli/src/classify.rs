//! `classify`: an answer for every pair, line by line.

use crate::Screen;
use crate::args::Classify;
use crate::failure::Failure;
use crate::parse::Text;
use crate::sources;
use crate::stream::{self, Job, Made, Sink};
use demarche::read::{Read, SourceError};
use demarche_coder::Pair;
use demarche_record::{Article, Note, Severity};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};

/// Largest line, in bytes.
const LONGEST: u64 = 16 << 20;

/// Runs the command; the exit status.
pub fn run(arguments: &Classify, screen: Screen) -> Result<u8, Failure> {
    stream::heed_interrupts();
    let inputs = sources::named(&arguments.inputs)?;
    if inputs.is_empty() {
        return Err(SourceError::NoInput.into());
    }
    let sink: Box<dyn Sink<(String, u64)>> = Box::new(Text::open(arguments.output.as_deref())?);
    let coder = stream::load(&arguments.work.lexicon, &arguments.work.model)?;
    let job = Job {
        coder: &coder,
        work: &arguments.work,
        screen,
        records: "answers",
        documents: "pairs",
        file: arguments.output.as_ref().map(|path| path.display().to_string()),
        total: None,
        skipped: None,
    };
    let answer = |article: &Article, desk: &mut _| {
        // The line was read as a pair once before it came here, to have bad ones named in their order.
        let pair: Pair = serde_json::from_str(&article.text).unwrap_or_default();
        let answer = coder.classify(&pair, desk);
        let mut line = serde_json::to_string(&answer).unwrap_or_default();
        line.push('\n');
        Made {
            value: (line, 1),
            sentences: 1,
            words: pair.sentence.split_whitespace().count() as u64,
            bytes: pair.sentence.len() as u64,
        }
    };
    stream::stream(&job, Lines::new(inputs), answer, sink)
}

/// Lines that hold pairs, as documents named by file and line; others are notes.
struct Lines {
    inputs: VecDeque<String>,
    open: Option<Open>,
    line: Vec<u8>,
}

struct Open {
    name: String,
    reader: Box<dyn BufRead + Send>,
    number: u64,
}

impl Lines {
    fn new(inputs: Vec<String>) -> Self {
        Self { inputs: inputs.into(), open: None, line: Vec::new() }
    }

    /// The next line that is not blank.
    fn step(&mut self) -> Option<Read> {
        loop {
            let Some(open) = &mut self.open else {
                let name = self.inputs.pop_front()?;
                match reader(&name) {
                    Ok(reader) => {
                        self.open = Some(Open { name, reader, number: 0 });
                        continue;
                    }
                    Err(cause) => {
                        let code = if cause.kind() == io::ErrorKind::NotFound {
                            "read::not-found"
                        } else {
                            "read::io"
                        };
                        return Some(note(&name, None, code, format!("cannot be opened: {cause}")));
                    }
                }
            };
            open.number += 1;
            self.line.clear();
            let read = open.reader.by_ref().take(LONGEST).read_until(b'\n', &mut self.line);
            match read {
                Ok(0) => self.open = None,
                Ok(_) => {
                    let whole = self.line.ends_with(b"\n") || (self.line.len() as u64) < LONGEST;
                    if !whole {
                        let (name, number) = (open.name.clone(), open.number);
                        if let Err(cause) = open.reader.skip_until(b'\n') {
                            self.open = None;
                            return Some(broken(&name, number, &cause));
                        }
                        let message = format!("the line is longer than {LONGEST} bytes and is skipped");
                        return Some(note(&name, Some(number), "read::too-large", message));
                    }
                    if self.line.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    return Some(pair(&open.name, open.number, &self.line));
                }
                Err(cause) => {
                    let read = broken(&open.name, open.number, &cause);
                    self.open = None;
                    return Some(read);
                }
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        self.step()
    }
}

fn reader(name: &str) -> io::Result<Box<dyn BufRead + Send>> {
    Ok(if name == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(name)?))
    })
}

fn pair(name: &str, number: u64, line: &[u8]) -> Read {
    let refused = |code, message| note(name, Some(number), code, message);
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let Ok(text) = std::str::from_utf8(line) else {
        return refused("read::bad-encoding", "the line is not UTF-8; skipped".to_owned());
    };
    match serde_json::from_str::<Pair>(text) {
        Ok(_) => Read::Article(Article {
            id: format!("{name}:{number}"),
            text: text.to_owned(),
            ..Article::default()
        }),
        Err(cause) => {
            // serde_json counts lines of the one line it was given; the column says enough.
            let (message, column) = (cause.to_string(), cause.column());
            let message = message.split(" at line ").next().unwrap_or_default();
            refused("read::bad-json", format!("{message} (column {column}); skipped"))
        }
    }
}

fn broken(name: &str, number: u64, cause: &io::Error) -> Read {
    note(name, Some(number), "read::io", format!("cannot be read on: {cause}"))
}

fn note(place: &str, line: Option<u64>, code: &'static str, message: String) -> Read {
    Read::Note(Note {
        place: place.to_owned(),
        line,
        span: None,
        severity: Severity::Error,
        code,
        message,
        hint: None,
    })
}
