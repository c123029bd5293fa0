//! The project's chores, run as `cargo xtask CHORE`: `scores` measures the program against the development data,
//! `bench` measures its speed and memory, `tidy` checks that the repository is what its pages say, `picture` draws
//! a terminal's output.
//!
//! Nothing here is shipped, and nothing here knows how the program works: it is run as its users run it.

mod bench;
mod blocks;
mod failure;
mod picture;
mod results;
mod scores;
mod table;
mod tidy;
mod workspace;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// The project's chores.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Arguments {
    /// The repository's folder.
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Score the program on the development data and print one table.
    Scores(scores::Options),
    /// Measure speed, load time and peak memory on a generated corpus.
    Bench(bench::Options),
    /// Check that the repository is what its pages say it is.
    Tidy,
    /// Draw a terminal's output as an SVG picture.
    Picture(picture::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Asked for when it runs: clones that share a folder of artefacts run the same program.
    let package = || {
        std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| ".".into(), |package| Path::new(&package).join(".."))
    };
    let root = arguments.root.unwrap_or_else(package);
    match run(root, arguments.chore) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one chore; whether all was well.
fn run(root: PathBuf, chore: Chore) -> Result<bool, Failure> {
    let workspace = Workspace::at(root)?;
    match chore {
        Chore::Scores(options) => scores::run(&workspace, &options),
        Chore::Bench(options) => bench::run(&workspace, &options).map(|()| true),
        Chore::Tidy => tidy::run(&workspace),
        Chore::Picture(options) => picture::run(&workspace, &options).map(|()| true),
    }
}
