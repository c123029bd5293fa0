//! `parse`: sentences, words and trees as CoNLL-U.

use crate::Screen;
use crate::args::Parse;
use crate::failure::Failure;
use crate::sources;
use crate::stream::{self, Job, Made, Sink};
use demarche_coder::{Coder, Desk};
use demarche_record::Article;
use demarche_text::{Reading, Scratch, Tree, write_conllu};
use std::cell::RefCell;
use std::io::{BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::NamedTempFile;

thread_local! {
    /// Room that parsing needs, for each thread.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Runs the command; the exit status.
pub fn run(arguments: &Parse, screen: Screen) -> Result<u8, Failure> {
    stream::heed_interrupts();
    let (sources, total) = sources::open(&arguments.input)?;
    let sink: Box<dyn Sink<(String, u64)>> = Box::new(Text::open(arguments.output.as_deref())?);
    let coder = stream::load(&arguments.work.lexicon, &arguments.work.model)?;
    let job = Job {
        coder: &coder,
        work: &arguments.work,
        screen,
        records: "trees",
        documents: "documents",
        file: arguments.output.as_ref().map(|path| path.display().to_string()),
        total,
        skipped: Some(arguments.input.skip),
    };
    stream::stream(&job, sources, |article, desk| parsed(&coder, article, desk), sink)
}

/// A document as CoNLL-U, and how many trees there are.
fn parsed(coder: &Coder, article: &Article, desk: &mut Desk) -> Made<(String, u64)> {
    let engine = coder.engine();
    let text = article.text.as_str();
    let start = Instant::now();
    let mut reading = Reading::default();
    let (between, trees) = SCRATCH.with_borrow_mut(|scratch| {
        engine.begin(text, scratch, &mut reading);
        let between = Instant::now();
        let count = reading.sentences().len();
        let parse = |number| {
            engine.parse_at(text, number, scratch, &mut reading);
            reading.tree(number).clone()
        };
        (between, (0..count).map(parse).collect::<Vec<Tree>>())
    });
    let sentences = reading.sentences();
    if let Some(timing) = &mut desk.timing {
        timing.split += between - start;
        timing.parse += between.elapsed();
    }
    let mut conllu = String::new();
    let written = write_conllu(&mut conllu, &article.id, text, sentences, &trees);
    debug_assert!(written.is_ok(), "a string takes everything");
    Made {
        value: (conllu, trees.len() as u64),
        sentences: sentences.len() as u64,
        words: sentences.iter().map(|s| s.words.len() as u64).sum(),
        bytes: text.len() as u64,
    }
}

/// Text to standard output, or to a file that appears when it is whole.
pub enum Text {
    /// Standard output.
    Stdout(BufWriter<Stdout>),
    /// A file, written under another name beside it first.
    File {
        /// What is written.
        out: BufWriter<NamedTempFile>,
        /// What it is to be called.
        path: PathBuf,
    },
}

impl Text {
    /// Opens the target.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Text::Stdout(BufWriter::with_capacity(1 << 16, std::io::stdout())));
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if path.is_dir() {
            let cause = std::io::Error::new(std::io::ErrorKind::IsADirectory, "it is a folder");
            return Err(Failure::unwritable(path, cause));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".demarche-").suffix(".tmp");
        #[cfg(unix)]
        {
            // Others may read the result as they may any new file; the mask of the process applies.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(|cause| Failure::unwritable(path, cause))?;
        Ok(Text::File { out: BufWriter::with_capacity(1 << 16, file), path: path.to_owned() })
    }

    fn failure(&self, cause: std::io::Error) -> Failure {
        match self {
            Text::Stdout(_) => Failure::stdout(cause),
            Text::File { path, .. } => {
                Failure::File { path: path.display().to_string(), verb: "written", cause, unusable: false }
            }
        }
    }

    /// Writes a text.
    pub fn write(&mut self, text: &str) -> Result<(), Failure> {
        let bytes = text.as_bytes();
        let done = match self {
            Text::Stdout(out) => out.write_all(bytes),
            Text::File { out, .. } => out.write_all(bytes),
        };
        done.map_err(|cause| self.failure(cause))
    }
}

impl Sink<(String, u64)> for Text {
    fn put(&mut self, (text, records): (String, u64)) -> Result<u64, Failure> {
        self.write(&text)?;
        Ok(records)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        match self {
            Text::Stdout(out) => out.flush().map_err(Failure::stdout),
            // It shows nothing before it is finished.
            Text::File { .. } => Ok(()),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        let Text::File { out, path } = *self else {
            return self.flush();
        };
        let kept = out
            .into_inner()
            .map_err(|cause| cause.into_error())
            .and_then(|file| file.persist(&path).map_err(|cause| cause.error));
        kept.map(|_| ()).map_err(|cause| Failure::unwritable(&path, cause))
    }
}
