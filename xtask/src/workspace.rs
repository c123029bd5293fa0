//! The repository and the machine: where things lie, which commit this is, how the program is built and commands
//! are run.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::failure::Failure;
use crate::results::Origin;

/// A repository on this machine.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The repository in a folder. Fails where the folder cannot be read.
    pub fn at(root: PathBuf) -> Result<Self, Failure> {
        let root = root.canonicalize().map_err(Failure::file(&root))?;
        let target = metadata(&root)
            .ok()
            .and_then(|m| m["target_directory"].as_str().map(PathBuf::from))
            .unwrap_or_else(|| root.join("target"));
        Ok(Self { root, target })
    }

    /// The repository's folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where build artefacts and the chores' own results go.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What cargo says about the workspace's own packages.
    pub fn metadata(&self) -> Result<Value, Failure> {
        metadata(&self.root)
    }

    /// The program's release binary: the one given, or one built now.
    pub fn program(&self, given: Option<&Path>) -> Result<PathBuf, Failure> {
        if let Some(path) = given {
            return path.canonicalize().map_err(Failure::file(path));
        }
        self.built("demarche-cli", "demarche")
    }

    /// The release binary of a package, built now.
    pub fn built(&self, package: &str, binary: &str) -> Result<PathBuf, Failure> {
        let mut build = Command::new(cargo());
        build.current_dir(&self.root).args(["build", "--release", "--package", package]);
        let status = build.status().map_err(|cause| not_started(&build, &cause))?;
        if !status.success() {
            return Err(Failure::Command { command: typed(&build), detail: format!("failed ({status})") });
        }
        Ok(self.target.join("release").join(binary))
    }

    /// Cargo, in the repository's folder.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo());
        command.current_dir(&self.root);
        command
    }

    /// The commit, the day and the machine that a figure comes from.
    pub fn origin(&self) -> Origin {
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(&self.root).args(arguments);
            output(&mut command).ok().map(|text| text.trim().to_owned())
        };
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let value = |text: &str, key: &str| {
            let line = text.lines().find(|line| line.starts_with(key))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        Origin {
            commit: git(&["rev-parse", "--short=12", "HEAD"]).unwrap_or_else(|| "unknown".to_owned()),
            date: git(&["log", "-1", "--format=%cs"]).unwrap_or_else(|| "unknown".to_owned()),
            // The page that is being written does not count as a change of what was measured.
            changed: git(&["status", "--porcelain", "--", ".", ":!docs"])
                .is_some_and(|text| !text.is_empty()),
            processor: value(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown".to_owned()),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: value(&read("/proc/meminfo"), "MemTotal")
                .and_then(|text| text.trim_end_matches(" kB").parse::<u64>().ok())
                .map_or(0, |kib| kib * 1024),
        }
    }
}

fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

fn metadata(root: &Path) -> Result<Value, Failure> {
    let manifest = root.join("Cargo.toml");
    let mut command = Command::new(cargo());
    command
        .args(["metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path"])
        .arg(&manifest);
    let text = output(&mut command)?;
    serde_json::from_str(&text).map_err(|fault| Failure::Command {
        command: typed(&command),
        detail: format!("printed bad JSON: {fault}"),
    })
}

/// A command as one would type it.
pub fn typed(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

fn not_started(command: &Command, cause: &std::io::Error) -> Failure {
    Failure::Command { command: typed(command), detail: format!("could not be started: {cause}") }
}

fn finished(command: &mut Command) -> Result<Output, Failure> {
    let done = command.output().map_err(|cause| not_started(command, &cause))?;
    if done.status.success() {
        return Ok(done);
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let last: Vec<&str> = said.lines().rev().filter(|line| !line.trim().is_empty()).take(3).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    let detail = format!("failed ({}): {}", done.status, last.join(" / "));
    Err(Failure::Command { command: typed(command), detail })
}

/// Runs a command; what it printed. Fails where it cannot be started or ends with a status other than 0.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&finished(command)?.stdout).into_owned())
}

/// Runs a command with its standard output sent to a file. Fails as [`output`] does, or where the file cannot be made.
pub fn output_to(command: &mut Command, path: &Path) -> Result<(), Failure> {
    let file = File::create(path).map_err(Failure::file(path))?;
    finished(command.stdout(file)).map(|_| ())
}
