//! `lexicon check`: every fault of a lexicon's sources with file, line and the lines themselves.

use crate::Screen;
use crate::failure::{Failure, SOME_FAILED, draw};
use crate::layout::tamed_in_place;
use crate::parse::Text;
use crate::stream::{self, Sink as _, tame};
use demarche::engine;
use demarche_lexicon::{compile, compile_over};
use demarche_record::{Note, Severity};
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where the sources lie in a copy of the repository.
const USUAL: &str = "data/lexicon";

/// Runs the command; the exit status.
pub fn run(dir: Option<&Path>, screen: Screen) -> Result<u8, Failure> {
    let dir = dir.unwrap_or(Path::new(USUAL));
    if !dir.exists() {
        return Err(Failure::Arguments {
            message: format!("there is no folder or file `{}`", dir.display()),
            help: "name the folder of the sources, or a file to be added: `demarche lexicon check DIR`"
                .to_owned(),
        });
    }
    let (image, notes) =
        if dir.is_dir() { compile(dir) } else { compile_over(&*engine::lexicon(None)?, &[dir.to_owned()]) };
    let mut out = Text::open(None)?;
    let mut sources: BTreeMap<&str, Option<Arc<str>>> = BTreeMap::new();
    for (number, note) in notes.iter().enumerate() {
        if number > 0 {
            out.write("\n")?;
        }
        let text = sources.entry(&note.place).or_insert_with(|| {
            std::fs::read_to_string(&note.place).ok().map(|t| Arc::from(tamed_in_place(&t)))
        });
        let fault = Fault::new(note, text.clone());
        out.write(&draw(&fault, screen.out))?;
    }
    let count = |severity| notes.iter().filter(|note| note.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    out.flush()?;
    if !screen.quiet {
        let (error, warning) = (plural(errors), plural(warnings));
        stream::complain(&format!(
            "{}: {} actors, {} role nouns, {} places, {} patterns, {} ties, {} operators; \
             {errors} error{error}, {warnings} warning{warning}\n",
            dir.display(),
            image.actors.len(),
            image.agents.len(),
            image.places.len(),
            image.patterns.len(),
            image.ties.len(),
            image.operators.len(),
        ));
    }
    Ok(if errors > 0 { SOME_FAILED } else { 0 })
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A note with the lines it is about.
#[derive(Debug)]
struct Fault<'n> {
    note: &'n Note,
    source: Option<NamedSource<Arc<str>>>,
}

impl<'n> Fault<'n> {
    fn new(note: &'n Note, text: Option<Arc<str>>) -> Self {
        // A file that changed since it was compiled may have grown shorter.
        let fits = |text: &Arc<str>| {
            note.span.is_some_and(|span| {
                text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize)
            })
        };
        let source = text.filter(fits).map(|text| NamedSource::new(tame(&note.place), text));
        Self { note, source }
    }
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tame(&self.note.place))?;
        if let Some(line) = self.note.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", tame(&self.note.message))
    }
}

impl std::error::Error for Fault<'_> {}

impl Diagnostic for Fault<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.note.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.note.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let hint = self.note.hint.as_ref()?;
        Some(Box::new(tame(hint)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let span = self.note.span?;
        let label = LabeledSpan::new(None, span.start as usize, span.len());
        Some(Box::new(std::iter::once(label)))
    }
}
