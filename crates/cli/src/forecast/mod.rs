//! `forecast` and `backtest`: what comes next, and how good such forecasts were. Files are read here ([`events`], [`rows`],
//! [`quadruples`]) and results written; forecasting is the analysis crate's.

pub mod answer;
pub mod backtest;
mod counting;
mod cuts;
pub mod evaluate;
mod events;
mod picture;
mod quadruples;
mod reasons;
mod report;
mod rows;
mod sheet;
mod tables;
pub mod tune;
mod words;

use crate::balance::ending;
use crate::failure::Failure;
use std::path::PathBuf;

/// Fails at an output whose ending tells no format.
fn check_outputs(outputs: &[PathBuf]) -> Result<(), Failure> {
    let unknown =
        outputs.iter().find(|path| !matches!(ending(path).as_deref(), Some("svg" | "csv" | "json")));
    unknown.map_or(Ok(()), |path| {
        Err(Failure::Arguments {
            message: format!("the ending of `{}` tells no format of output", path.display()),
            help: ".svg, .csv and .json do".to_owned(),
        })
    })
}

/// Does work on so many threads; one for each processor where none is named.
fn on_threads<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from)).build();
    let pool = pool.map_err(|cause| Failure::Arguments {
        message: format!("threads cannot be started: {cause}"),
        help: "name fewer with --threads".to_owned(),
    })?;
    Ok(pool.install(work))
}
