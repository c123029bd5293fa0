//! What can stop a chore.

use std::path::Path;

/// A chore that could not be done. What is merely wrong in the repository is a fault, not a failure.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or folder could not be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file as it was asked for.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A command could not be started, failed, or printed what cannot be read.
    #[error("`{command}` {detail}")]
    Command {
        /// The command as one would type it.
        command: String,
        /// What was wrong with it, as the end of the sentence.
        detail: String,
    },
    /// A file holds something other than it should.
    #[error("{path}: {detail}")]
    Content {
        /// The file.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
}

impl Failure {
    /// Names the file in an error of the system.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Failure + '_ {
        move |cause| Failure::File { path: path.display().to_string(), cause }
    }

    /// A file whose content is not what it should be.
    pub fn content(path: &Path, detail: impl std::fmt::Display) -> Failure {
        Failure::Content { path: path.display().to_string(), detail: detail.to_string() }
    }
}
