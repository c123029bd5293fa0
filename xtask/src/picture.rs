//! `cargo xtask picture`: what the program prints on a terminal, as an SVG picture for the README.

mod ansi;
mod svg;

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::results;
use crate::workspace::{Workspace, output};
use ansi::Line;

/// What is drawn.
#[derive(clap::Args)]
pub struct Options {
    /// Events shown: a line that is not indented opens one.
    #[arg(long, default_value_t = 8)]
    events: usize,
    /// Columns of the terminal that is drawn.
    #[arg(long, default_value_t = 110)]
    columns: usize,
    /// Draw this file of terminal output instead of running the program.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// The program to run, instead of building it.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Where the picture goes (default: docs/terminal.svg).
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The program's arguments.
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Draws the picture. Fails where the program fails or prints nothing, or the picture cannot be written.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(), Failure> {
    let mut arguments = options.arguments.clone();
    if arguments.is_empty() {
        arguments = ["code", "examples/articles"].map(str::to_owned).to_vec();
    }
    let command = format!("demarche {}", arguments.join(" "));
    let text = match &options.input {
        Some(path) => std::fs::read_to_string(path).map_err(Failure::file(path))?,
        None => {
            let mut program = Command::new(workspace.program(options.binary.as_deref())?);
            program.current_dir(workspace.root()).args(&arguments).args(["--color", "always"]);
            program.env("COLUMNS", options.columns.to_string()).env_remove("NO_COLOR");
            output(&mut program)?
        }
    };
    let lines = first(ansi::lines(&text), options.events);
    if lines.is_empty() {
        return Err(Failure::Command { command, detail: "printed nothing to draw".to_owned() });
    }
    let path = options.output.clone().unwrap_or_else(|| workspace.root().join("docs/terminal.svg"));
    results::write(&path, &svg::draw(&command, &lines, options.columns))?;
    eprintln!("written: {}", path.display());
    Ok(())
}

/// The lines of the first `events` events, without blank lines at the end.
fn first(lines: Vec<Line>, events: usize) -> Vec<Line> {
    let mut seen = 0;
    let mut kept: Vec<Line> = Vec::new();
    for line in lines {
        let opens = line.text().chars().next().is_some_and(|c| !c.is_whitespace());
        seen += usize::from(opens);
        if seen > events {
            break;
        }
        kept.push(line);
    }
    while kept.last().is_some_and(|line| line.text().trim().is_empty()) {
        kept.pop();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_events_are_kept() {
        let lines = ansi::lines(
            "2001-01-01 A\n  sentence\n\n\x1b[1m2001-01-02\x1b[0m B\n  sentence\n\n2001-01-03 C\n",
        );
        let texts: Vec<String> = first(lines, 2).iter().map(Line::text).collect();
        assert_eq!(texts, ["2001-01-01 A", "  sentence", "", "2001-01-02 B", "  sentence"]);
    }
}
