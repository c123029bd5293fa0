//! `balance`: a network of friends and foes, its camps, and how far it is from balance.
//!
//! Ties are read here ([`edges`], [`records`]), and answers written ([`report`], [`picture`], [`graph`]); what balance is
//! stands in `demarche-analysis`.

pub mod edges;
pub mod graph;
pub mod network;
mod picture;
mod places;
pub mod records;
mod report;
mod table;

pub use edges::sign;
pub use report::{Answer, Frame, round};

use crate::Screen;
use crate::args::Balance;
use crate::failure::{Failure, SOME_FAILED};
use crate::parse::Text;
use crate::stream::{Sink as _, complain};
use demarche_analysis::balance::{Effort, least_strain};
use network::Named;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Steps of work where no limit is given: about a minute, and the same answer on each run.
const STEPS: u64 = 50_000_000_000;

/// Runs the command; the exit status.
pub fn run(arguments: &Balance, screen: Screen) -> Result<u8, Failure> {
    let files = Files::named(&arguments.output)?;
    let named = match network::read(&arguments.network)? {
        Ok(named) => named,
        Err(faults) => {
            complain(&network::worded(&arguments.network.input, &faults));
            return Ok(SOME_FAILED);
        }
    };
    let started = Instant::now();
    let partition = with_effort(arguments.network.limit, |effort| least_strain(&named.network, effort));
    let answer = Answer::new(&named, &partition, seconds(started));
    files.write(&named, &answer, &json(&answer)?)?;
    let text = screen.out.is_terminal && !arguments.network.json;
    let shown = if text { answer.text(screen.out.paint) } else { json(&answer)? };
    print(&shown, &arguments.output)
}

/// Prints an answer, unless it went to a file.
pub fn print(shown: &str, outputs: &[PathBuf]) -> Result<u8, Failure> {
    if !outputs.iter().any(|path| ending(path).as_deref() == Some("json")) {
        let mut out = Text::open(None)?;
        out.write(shown)?;
        out.flush()?;
    }
    Ok(0)
}

/// An answer as one line of JSON.
pub fn json<T: serde::Serialize>(answer: &T) -> Result<String, Failure> {
    let mut line = serde_json::to_string(answer).map_err(|cause| Failure::stdout(cause.into()))?;
    line.push('\n');
    Ok(line)
}

/// Works within the limit that is given, or within a number of steps.
pub fn with_effort<T>(limit: Option<f64>, work: impl FnOnce(&mut Effort<'_>) -> T) -> T {
    match limit {
        None => work(&mut Effort::steps(STEPS)),
        Some(limit) => {
            let (started, limit) = (Instant::now(), Duration::from_secs_f64(limit));
            let stop = || started.elapsed() >= limit;
            work(&mut Effort::new(u64::MAX, &stop))
        }
    }
}

/// Seconds since, to the millisecond.
pub fn seconds(started: Instant) -> f64 {
    (started.elapsed().as_secs_f64() * 1e3).round() / 1e3
}

/// The ending of a file's name in small letters.
pub fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// What a file is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Picture,
    GraphMl,
    Gexf,
    Ties,
    Json,
}

/// The files that were asked for.
#[derive(Debug)]
pub struct Files(Vec<(PathBuf, Kind)>);

impl Files {
    /// Tells by each ending what the file is to hold. Fails at one that tells nothing.
    pub fn named(outputs: &[PathBuf]) -> Result<Self, Failure> {
        let kind = |path: &PathBuf| match ending(path).as_deref() {
            Some("svg") => Ok((path.clone(), Kind::Picture)),
            Some("graphml") => Ok((path.clone(), Kind::GraphMl)),
            Some("gexf") => Ok((path.clone(), Kind::Gexf)),
            Some("csv") => Ok((path.clone(), Kind::Ties)),
            Some("json") => Ok((path.clone(), Kind::Json)),
            _ => Err(Failure::Arguments {
                message: format!("the ending of `{}` tells no format of output", path.display()),
                help: ".svg, .graphml, .gexf, .csv and .json do".to_owned(),
            }),
        };
        outputs.iter().map(kind).collect::<Result<_, _>>().map(Files)
    }

    /// Writes them.
    pub fn write(&self, named: &Named, answer: &Answer, json: &str) -> Result<(), Failure> {
        for (path, kind) in &self.0 {
            let content = match kind {
                Kind::Picture => picture::draw(named, answer),
                Kind::GraphMl => graph::graphml(named, answer),
                Kind::Gexf => graph::gexf(named, answer),
                Kind::Ties => graph::ties(named, answer),
                Kind::Json => json.to_owned(),
            };
            write_file(path, &content)?;
        }
        Ok(())
    }
}

/// Writes a file whole or not at all.
pub fn write_file(path: &Path, content: &str) -> Result<(), Failure> {
    let mut out = Text::open(Some(path))?;
    out.write(content)?;
    Box::new(out).finish()
}
