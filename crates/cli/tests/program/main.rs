//! The program as its users run it: every command on small inputs, what it writes, what it says and how it ends.
//!
//! What is coded is for the coder's tests to judge; the sentences here are of the plainest kind.

mod attacks;
mod balance;
mod classify;
mod code;
mod codebook;
mod endings;
mod explain;
mod forecast;
mod impact;
mod import;
mod interrupt;
mod lexicon;
mod outlook;
mod parse;
mod threads;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A sentence with one event and one tie that no change of the rules should lose.
const PLAIN: &str = "Russia recognised the Taliban government on Thursday.";

/// The program in the repository's folder, in an environment that asks for nothing.
fn demarche(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command
        .args(arguments)
        .current_dir(root())
        // What somebody added to the lexicon of this machine is nothing to the tests.
        .env("DEMARCHE_DATA", root().join("data"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null());
    command
}

fn root() -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package")).join("../..")
}

fn run(arguments: &[&str]) -> Run {
    Run::of(demarche(arguments).output().expect("the program starts"))
}

fn run_with_stdin(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = demarche(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("the program reads");
    drop(stdin);
    Run::of(child.wait_with_output().expect("the program ends"))
}

/// How a run ended.
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("no signal"),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }

    /// It ended well and said nothing.
    fn silent(self) -> Self {
        assert_eq!((self.status, self.err.as_str()), (0, ""));
        self
    }

    /// Standard output as JSON Lines.
    fn rows(&self) -> Vec<serde_json::Value> {
        rows(&self.out)
    }
}

fn rows(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).expect("a file");
    }
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("UTF-8").to_owned()
}
