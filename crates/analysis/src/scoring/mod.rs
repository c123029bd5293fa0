//! How good is a forecast that is a probability or a whole distribution, and does it mean what it says?
//!
//! Scores are proper: nobody scores better in the mean by saying other than what they hold likely (Gneiting and Raftery,
//! JASA 2007). Every one is finite on every input; where there is nothing to score the answer is none.

mod calibration;
mod proper;
mod reliability;

pub use calibration::{Calibration, ISOTONIC};
pub use proper::{LEAST, crps, ignorance, interval_score, log_loss, skill};
pub use reliability::{Bin, Reliability};
