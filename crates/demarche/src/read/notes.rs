//! How the readers word what went wrong.

use demarche_record::{Note, Severity};
use std::io;

/// Part of the input could not be used.
pub(super) fn error(
    place: &str,
    line: Option<u64>,
    code: &'static str,
    message: impl Into<String>,
    hint: &str,
) -> Note {
    note(Severity::Error, place, line, code, message.into(), hint)
}

/// The document comes through, or nothing was lost that a reader would miss.
pub(super) fn warning(
    place: &str,
    line: Option<u64>,
    code: &'static str,
    message: impl Into<String>,
    hint: &str,
) -> Note {
    note(Severity::Warning, place, line, code, message.into(), hint)
}

/// Passed over as a matter of course.
pub(super) fn info(place: &str, code: &'static str, message: impl Into<String>, hint: &str) -> Note {
    note(Severity::Info, place, None, code, message.into(), hint)
}

fn note(
    severity: Severity,
    place: &str,
    line: Option<u64>,
    code: &'static str,
    message: String,
    hint: &str,
) -> Note {
    let hint = (!hint.is_empty()).then(|| hint.to_owned());
    Note { place: place.to_owned(), line, span: None, severity, code, message, hint }
}

/// A stream that broke off.
pub(super) fn fault(place: &str, line: Option<u64>, packed: bool, cause: &io::Error) -> Note {
    let broken = matches!(
        cause.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Other
    );
    if packed && broken {
        error(
            place,
            line,
            "read::bad-compression",
            format!("the compressed data is damaged or cut off here: {cause}"),
            "what came before was read; fetch or compress the file again",
        )
    } else {
        error(place, line, "read::io", format!("cannot be read on: {cause}"), "what came before was read")
    }
}

/// An empty file.
pub(super) fn empty(place: &str) -> Note {
    warning(place, None, "read::empty-file", "the file is empty", "")
}

/// A document or row over the limit.
pub(super) fn too_large(place: &str, line: Option<u64>, what: &str, limit: usize) -> Note {
    error(
        place,
        line,
        "read::too-large",
        format!("{what} is larger than {limit} bytes and is skipped"),
        "split it, or raise the limit",
    )
}
