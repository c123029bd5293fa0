//! A run over documents as its user sees it: messages, progress, figures, Ctrl-C, exit status.
//!
//! What is made of a document and where it goes is told by the commands.

use crate::Screen;
use crate::additions;
use crate::args::{LexiconSource, ModelSource, Scorer, Work};
use crate::failure::{Failure, INTERRUPTED, SOME_FAILED};
use crate::models;
use crate::progress::{Progress, Tally, spent};
use crate::stats::{self, Figures};
use crate::terminal::{ERROR, FAINT, PLAIN, Paint, STRONG, WARNING};
use demarche::engine::{self, Finished, RunOptions};
use demarche::read::Read;
use demarche_coder::{Coder, Desk};
use demarche_record::{Article, Note, Severity};
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// What was made of one document.
pub struct Made<T> {
    /// The result.
    pub value: T,
    /// Sentences read.
    pub sentences: u64,
    /// Words read.
    pub words: u64,
    /// Bytes of text.
    pub bytes: u64,
}

/// Where results go.
pub trait Sink<T> {
    /// Takes the result of one document; how many records it held.
    fn put(&mut self, value: T) -> Result<u64, Failure>;
    /// Sends on what is held.
    fn flush(&mut self) -> Result<(), Failure>;
    /// After the last.
    fn finish(self: Box<Self>) -> Result<(), Failure>;
}

/// A run about to start.
pub struct Job<'a> {
    /// Lexicon, model, rules.
    pub coder: &'a Coder,
    /// How to work.
    pub work: &'a Work,
    /// The two outputs.
    pub screen: Screen,
    /// What the records are called: `events`.
    pub records: &'static str,
    /// What the documents are called: `documents`.
    pub documents: &'static str,
    /// The file that is written, if it is one.
    pub file: Option<String>,
    /// Bytes of text to come, if known.
    pub total: Option<u64>,
    /// Documents passed over before the first; none where `--skip` is not known.
    pub skipped: Option<u64>,
}

/// Loads what the arguments name.
pub fn load(lexicon: &LexiconSource, model: &ModelSource) -> Result<Coder, Failure> {
    let scorer = match model.scorer {
        Scorer::Choice => engine::Scorer::Choice,
        Scorer::None => engine::Scorer::None,
    };
    Ok(engine::coder_with(|| additions::lexicon(lexicon), models::file(model)?.as_deref(), scorer)?)
}

/// Runs to the end or to Ctrl-C; the exit status.
pub fn stream<T: Send>(
    job: &Job<'_>,
    sources: impl Iterator<Item = Read> + Send + 'static,
    work: impl Fn(&Article, &mut Desk) -> Made<T> + Sync,
    mut sink: Box<dyn Sink<T> + '_>,
) -> Result<u8, Failure> {
    let Screen { out, err, quiet } = job.screen;
    let started = Instant::now();
    let threads = job.work.threads.map_or_else(processors, usize::from);
    let options = RunOptions { threads, timed: job.work.stats.is_some(), stop: &STOP };
    // Where records scroll over the same terminal a line that is drawn over would only disturb them.
    let visible = err.is_terminal && !quiet && (job.file.is_some() || !out.is_terminal);
    let mut progress = Progress::new(visible, job.total, job.records);
    let mut tally = Tally::default();
    let mut writing = Duration::ZERO;
    let mut broken = 0;
    let outcome = engine::run(sources, options, work, |finished| {
        match finished {
            Finished::Document(made) => {
                let start = Instant::now();
                tally.records += sink.put(made.value)?;
                writing += start.elapsed();
                tally.documents += 1;
                tally.sentences += made.sentences;
                tally.words += made.words;
                tally.bytes += made.bytes;
                progress.show(&tally);
            }
            Finished::Note(note) => {
                broken += u64::from(note.code == "engine::document-failed");
                if !quiet || note.severity == Severity::Error {
                    progress.aside(|| complain(&worded(&note, err.paint)));
                }
            }
            Finished::Idle => sink.flush()?,
        }
        Ok::<(), Failure>(())
    });
    progress.clear();
    let summary = outcome?;
    if summary.stopped {
        sink.flush()?;
        drop(sink);
        complain(&interrupted(job, tally.documents + broken));
        return Ok(INTERRUPTED);
    }
    let start = Instant::now();
    sink.finish()?;
    writing += start.elapsed();
    let elapsed = started.elapsed();
    if let Some(path) = &job.work.stats {
        let figures = Figures {
            tally,
            summary,
            records: job.records,
            elapsed,
            writing,
            threads,
            version: job.coder.version(),
        };
        stats::write(path, &figures)?;
    }
    if err.is_terminal && !quiet {
        complain(&format!(
            "{} {}, {} sentences, {} {} in {}\n",
            tally.documents,
            job.documents,
            tally.sentences,
            tally.records,
            job.records,
            spent(elapsed)
        ));
    }
    if summary.errors > 0 {
        if !quiet {
            let problems = if summary.errors == 1 { "problem" } else { "problems" };
            complain(&format!("{} {problems}; the rest of the input was read\n", summary.errors));
        }
        return Ok(SOME_FAILED);
    }
    Ok(0)
}

fn interrupted(job: &Job<'_>, documents: u64) -> String {
    let done = format!("interrupted after {documents} {}", job.documents);
    match &job.file {
        Some(file) => {
            format!("{done}; `{file}` was not written: run the command again, or on less of the input\n")
        }
        None => match job.skipped {
            Some(skipped) => {
                let skip = skipped + documents;
                format!("{done}, which are written in full; go on with `--skip {skip}`\n")
            }
            None => format!("{done}, which are written in full\n"),
        },
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// From here on the first Ctrl-C lets the documents that were begun be finished, the second does not. To be called
/// before a file is opened for writing: what is written under another name is taken away only by a run that ends.
pub fn heed_interrupts() {
    let set = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    // Without a handler Ctrl-C ends the program at once: nothing half-written bears the name of the output then either.
    debug_assert!(set.is_ok(), "one run in a process");
}

/// A note on one line, as `Note` words it, with its place and severity set off.
pub fn worded(note: &Note, paint: Paint) -> String {
    let (word, style) = match note.severity {
        Severity::Error => ("error", ERROR),
        Severity::Warning => ("warning", WARNING),
        Severity::Info => ("info", PLAIN),
    };
    let place = match note.line {
        Some(line) => format!("{}:{line}", note.place),
        None => note.place.clone(),
    };
    let hint = note.hint.iter().map(|hint| format!("; {hint}"));
    format!(
        "{}: {}: {} {}{}\n",
        paint.text(STRONG, tame(&place)),
        paint.text(style, word),
        tame(&note.message),
        paint.text(FAINT, format!("[{}]", note.code)),
        tame(&hint.collect::<String>()),
    )
}

/// A text that does nothing to a terminal but to stand on one line of it.
pub fn tame(text: &str) -> String {
    crate::layout::tamed(text).collect()
}

/// Says something on standard error. If nobody listens there, there is nobody to tell.
pub fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
