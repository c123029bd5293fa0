//! Problems, collected and returned beside the result instead of thrown.

use crate::Span;
use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something was passed over or looks wrong; the result stands.
    Warning,
    /// Part of the input could not be used.
    Error,
}

/// One problem: what, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// File or document it is about, as the user named it.
    pub place: String,
    /// Line in that file, counted from 1.
    pub line: Option<u64>,
    /// Bytes in that file or text, half-open.
    pub span: Option<Span>,
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of this kind of problem, such as `lexicon::dangling-reference`.
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{}", self.place)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {severity}: {} [{}]", self.message, self.code)?;
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}
