//! `cargo xtask tidy`: the repository is what its pages say it is. Every fault is reported with file and line; none
//! is mended here.

mod architecture;
mod links;
mod models;
mod sources;
mod tree;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Something that is not as it should be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, from the repository's folder.
    pub file: PathBuf,
    /// The line, from 1; 0 = the file as a whole.
    pub line: usize,
    /// What is wrong, and what to do where that is not plain.
    pub message: String,
}

impl Fault {
    fn new(file: impl AsRef<Path>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.as_ref().to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.message),
            line => write!(f, "{}:{line}: {}", self.file.display(), self.message),
        }
    }
}

/// Checks everything and prints all faults; whether there was none.
pub fn run(workspace: &Workspace) -> Result<bool, Failure> {
    let files = tree::files(workspace.root())?;
    let mut faults = architecture::check(workspace)?;
    faults.extend(links::check(workspace.root(), &files)?);
    faults.extend(models::check(workspace.root())?);
    faults.extend(sources::check(workspace, &files)?);
    faults.sort();
    faults.dedup();
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => println!("tidy: {} files, no fault", files.len()),
        n => println!("tidy: {n} fault(s)"),
    }
    Ok(faults.is_empty())
}
