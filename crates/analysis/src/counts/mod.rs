//! How many events of a pair or an actor will there be in the next period, and how sure is that?
//!
//! Series of counts ([`Panel`]) are forecast together: what recent counts, older counts, the season and the mean of all
//! are worth, and how far counts scatter, is learned over all series ([`CountModel`]), and each forecast is a negative
//! binomial distribution ([`NegativeBinomial`]). [`backtest`] measures this on a rolling origin against forecasts that
//! anybody could make.

mod backtest;
mod model;
mod negative_binomial;
mod panel;

pub use backtest::{Backtest, Comparison, Measured, backtest};
pub use model::{Baseline, CountModel, Row, SMALLEST, rows, signs};
pub use negative_binomial::{NegativeBinomial, quantile};
pub use panel::{Key, Panel};
