//! One source file, its lines, and the faults found in it.

use demarche_record::{Note, Severity, Span};
use std::cell::RefCell;
use std::ops::Range;

/// One file.
pub(super) struct Source {
    /// Path below the lexicon's folder, with slashes.
    pub name: String,
    /// Path as the user named it.
    pub place: String,
    pub text: String,
    /// First bytes of its lines.
    lines: Vec<usize>,
}

impl Source {
    pub(super) fn new(name: String, place: String, text: String) -> Self {
        let lines = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1))
            .collect();
        Self { name, place, text, lines }
    }

    /// Line of a byte, from 1.
    pub(super) fn line(&self, byte: usize) -> u32 {
        self.lines.partition_point(|start| *start <= byte) as u32
    }
}

/// Faults of one file.
pub(super) struct Report<'s> {
    pub source: &'s Source,
    notes: RefCell<Vec<Note>>,
}

impl<'s> Report<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, notes: RefCell::default() }
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes.into_inner()
    }

    pub(super) fn error(&self, at: Range<usize>, code: &'static str, message: String, hint: &str) {
        self.note(Severity::Error, at, code, message, hint);
    }

    pub(super) fn warning(&self, at: Range<usize>, code: &'static str, message: String, hint: &str) {
        self.note(Severity::Warning, at, code, message, hint);
    }

    fn note(&self, severity: Severity, at: Range<usize>, code: &'static str, message: String, hint: &str) {
        self.notes.borrow_mut().push(Note {
            place: self.source.place.clone(),
            line: Some(u64::from(self.source.line(at.start))),
            span: Some(Span::new(at.start.min(at.end), at.end)),
            severity,
            code,
            message,
            hint: (!hint.is_empty()).then(|| hint.to_owned()),
        });
    }
}
