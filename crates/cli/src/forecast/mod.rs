//! `forecast`: what comes next. Files are read and results written here; ranking is the analysis crate's.

pub mod evaluate;
mod quadruples;

use crate::failure::Failure;

/// Does work on so many threads; one for each processor where none is named.
fn on_threads<T: Send>(threads: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from)).build();
    let pool = pool.map_err(|cause| Failure::Arguments {
        message: format!("threads cannot be started: {cause}"),
        help: "name fewer with --threads".to_owned(),
    })?;
    Ok(pool.install(work))
}
