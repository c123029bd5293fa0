//! `lexicon import`: other lists as a source of the lexicon to look through.

use crate::Screen;
use crate::additions;
use crate::args::Import;
use crate::failure::{Failure, SOME_FAILED};
use crate::parse::Text;
use crate::sources;
use crate::stream::{self, Sink, worded};
use demarche::import::{ImportError, ImportOptions, Step, Tally, import};
use demarche_record::Severity;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// A run shorter than this shows nothing.
const MOMENT: Duration = Duration::from_secs(1);
/// Between two drawings.
const BETWEEN: Duration = Duration::from_millis(200);

/// Runs the command; the exit status.
pub fn run(arguments: &Import, screen: Screen) -> Result<u8, Failure> {
    let options = options(arguments)?;
    let inputs = sources::named(&arguments.inputs)?;
    if inputs.is_empty() {
        return Err(Failure::Arguments {
            message: "no input is named".to_owned(),
            help: "name files, or `-` for standard input".to_owned(),
        });
    }
    let lexicon = additions::lexicon(&arguments.lexicon)?;
    let mut out = Out(Box::new(Text::open(arguments.output.as_deref())?));
    let mut line = Line::new(&inputs, screen.err.is_terminal && !screen.quiet);
    let mut tell = |step| match step {
        Step::Note(note) => {
            if !screen.quiet || note.severity == Severity::Error {
                line.aside(|| stream::complain(&worded(&note, screen.err.paint)));
            }
        }
        Step::Progress { bytes, rows } => line.show(bytes, rows),
    };
    let done = import(arguments.format, &inputs, &options, &lexicon, &mut out, &mut tell);
    line.clear();
    let tally = done.map_err(|error| match error {
        ImportError::Write(cause) => Failure::stdout(cause),
        other => Failure::Arguments {
            message: other.to_string(),
            help: "make room for temporary files".to_owned(),
        },
    })?;
    out.0.finish()?;
    if !screen.quiet {
        stream::complain(&summary(&tally));
    }
    Ok(if tally.refused > 0 { SOME_FAILED } else { 0 })
}

fn options(arguments: &Import) -> Result<ImportOptions, Failure> {
    let pair = |text: &String, help: &str| -> Result<(String, String), Failure> {
        let (left, right) = text.split_once('=').ok_or_else(|| Failure::Arguments {
            message: format!("`{text}` is no pair"),
            help: help.to_owned(),
        })?;
        Ok((left.trim().to_owned(), right.trim().to_owned()))
    };
    let claims = arguments.claims.iter().map(|text| {
        let (property, values) = text.split_once('=').unwrap_or((text, ""));
        let values = values.split(',').map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
        (property.trim().to_owned(), values.collect())
    });
    Ok(ImportOptions {
        source: arguments.source.clone(),
        licence: arguments.licence.clone(),
        claims: claims.collect(),
        classes: arguments
            .classes
            .iter()
            .map(|text| pair(text, "write QID=KIND, as in Q1234=group"))
            .collect::<Result<_, _>>()?,
        topics: arguments.topics.clone(),
        population: arguments.min_population,
        other_names: arguments.other_names,
        columns: arguments
            .fields
            .iter()
            .map(|text| pair(text, "write FIELD=COLUMN, as in name=Label"))
            .collect::<Result<_, _>>()?,
    })
}

fn summary(tally: &Tally) -> String {
    let mut text = format!("{} rows, {} entries written", tally.rows, tally.kept);
    for (count, what) in [
        (tally.refused, "rows refused"),
        (tally.names_refused, "names refused"),
        (tally.repeated, "known already"),
        (tally.smaller, "places left out for a larger one of their name"),
        (tally.dangling, "references to nobody left out"),
    ] {
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    text.push('\n');
    text
}

/// Takes whole entries of text.
struct Out(Box<Text>);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        self.0.write(text).map_err(|failure| match failure {
            Failure::File { cause, .. } => cause,
            other => io::Error::other(other.to_string()),
        })?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(|failure| io::Error::other(failure.to_string()))
    }
}

/// A line on standard error that tells how far the run is.
struct Line {
    bar: Option<ProgressBar>,
    total: Option<u64>,
    started: Instant,
    last: Option<Instant>,
}

impl Line {
    fn new(inputs: &[String], visible: bool) -> Self {
        let sizes = inputs.iter().map(|name| std::fs::metadata(name).ok().map(|m| m.len()));
        let total: Option<u64> = sizes.sum();
        let bar = visible.then(|| ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()));
        Self { bar, total, started: Instant::now(), last: None }
    }

    fn show(&mut self, bytes: u64, rows: u64) {
        let Some(bar) = &self.bar else { return };
        if self.started.elapsed() < MOMENT || self.last.is_some_and(|last| last.elapsed() < BETWEEN) {
            return;
        }
        if self.last.is_none() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let template = if self.total.is_some() { "{bar:24} {msg}" } else { "{spinner} {msg}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
        }
        self.last = Some(Instant::now());
        let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
        let of = self.total.map(|total| format!(" of {}", megabytes(total))).unwrap_or_default();
        bar.set_message(format!("{rows} rows, {}{of}", megabytes(bytes)));
        bar.set_position(bytes);
        bar.tick();
    }

    fn aside(&self, act: impl FnOnce()) {
        match &self.bar {
            Some(bar) if self.last.is_some() => bar.suspend(act),
            _ => act(),
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
