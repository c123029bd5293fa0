//! What ends a command before its time, and how that is shown.

use crate::stream::tame;
use crate::terminal::Terminal;
use demarche::engine::LoadError;
use demarche::read::SourceError;
use demarche::write::WriteError;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use std::error::Error as _;
use std::io;
use std::path::Path;

/// Exit status of arguments that cannot be used.
pub const UNUSABLE: u8 = 2;
/// Exit status where some of the input failed.
pub const SOME_FAILED: u8 = 1;
/// Exit status of an interrupted run, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Why a command cannot go on.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Failure {
    /// No input that can be read.
    #[error(transparent)]
    #[diagnostic(help("`demarche code --help` shows how inputs are named"))]
    Source(#[from] SourceError),
    /// No lexicon or model.
    #[error(transparent)]
    #[diagnostic(help("{}", help_to_load(.0)))]
    Load(#[from] LoadError),
    /// Arguments that say nothing that can be done.
    #[error("{message}")]
    Arguments {
        /// What is wrong.
        message: String,
        /// What to do about it.
        #[help]
        help: String,
    },
    /// The output cannot be opened.
    #[error(transparent)]
    Target(WriteError),
    /// The output cannot be written on.
    #[error(transparent)]
    Write(WriteError),
    /// A file or stream cannot be read or written.
    #[error("`{path}` cannot be {verb}")]
    File {
        /// The file, or `standard output`.
        path: String,
        /// `read` or `written`.
        verb: &'static str,
        /// What the system says.
        #[source]
        cause: io::Error,
        /// Whether the file was named for nothing: nothing was done yet.
        unusable: bool,
    },
}

fn help_to_load(error: &LoadError) -> String {
    match error {
        LoadError::Sources { dir, .. } => format!("`demarche lexicon check {dir}` shows all of them"),
        LoadError::Model { path, .. } if path != "embedded" => {
            "name a model of this version of the program, or none".to_owned()
        }
        LoadError::Additions { .. } => "`--lexicon built-in` does without them".to_owned(),
        LoadError::Io { .. } => "name a file that can be read".to_owned(),
        _ => "the program is damaged; install it again".to_owned(),
    }
}

impl Failure {
    /// Standard output that cannot be written.
    pub fn stdout(cause: io::Error) -> Self {
        Failure::File { path: "standard output".to_owned(), verb: "written", cause, unusable: false }
    }

    /// A file that was named and cannot be read.
    pub fn unreadable(path: &str, cause: io::Error) -> Self {
        Failure::File { path: path.to_owned(), verb: "read", cause, unusable: true }
    }

    /// A file that was named and cannot be written.
    pub fn unwritable(path: &Path, cause: io::Error) -> Self {
        Failure::File { path: path.display().to_string(), verb: "written", cause, unusable: true }
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Write(_) | Failure::File { unusable: false, .. } => SOME_FAILED,
            _ => UNUSABLE,
        }
    }

    /// Whether the reader at the other end of a pipe has gone, which is no fault.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            Failure::Write(error) | Failure::Target(error) => error.is_broken_pipe(),
            Failure::File { cause, .. } => cause.kind() == io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }
}

/// What is shown of a failure: its words may come from arguments and files, and so are tamed.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
struct Shown {
    message: String,
    #[help]
    help: Option<String>,
}

impl Failure {
    /// Draws it.
    pub fn draw(&self, terminal: Terminal) -> String {
        let mut message = self.to_string();
        let mut cause = self.source();
        while let Some(inner) = cause {
            message = format!("{message}: {inner}");
            cause = inner.source();
        }
        let help = self.help().map(|help| tame(&help.to_string()));
        draw(&Shown { message: tame(&message), help }, terminal)
    }
}

/// Draws a diagnostic: with lines and colours where there is somebody to see them, in plain letters elsewhere.
pub fn draw(diagnostic: &dyn Diagnostic, terminal: Terminal) -> String {
    let theme = match (terminal.paint.is_on(), terminal.is_terminal) {
        (true, _) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::none(),
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(terminal.width).with_links(false);
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, diagnostic).is_err() {
        // A span outside its source cannot be drawn; what is wrong can still be said.
        drawn = format!("{diagnostic}\n");
    }
    drawn
}
