//! Before and after a date: did a dyad or a country change, and can the data tell?
//!
//! A series of numbers, one a period, is looked at in three ways that fail differently: a regression with a break at the
//! date ([`segmented`]), the same with dates at which nothing happened ([`placebo_dates`]), and a comparison with what other
//! series did meanwhile ([`synthetic_control`]). [`assess`] puts them together and says plainly where they cannot tell.
//! Which events make the series is for those who call; [`periods`] cuts time for them.

mod periods;
mod placebo;
mod regression;
mod student;
mod synthetic;
mod verdict;

pub use periods::{Length, Periods, periods};
pub use placebo::{PlaceboDates, placebo_dates};
pub use regression::{Segmented, segmented};
pub use synthetic::{Donor, Synthetic, synthetic_control};
pub use verdict::{Assessment, Verdict, assess};

/// An estimate with its 95 % interval and the chance of one as large if there were nothing. All finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Two-sided probability, from 0 to 1.
    pub p: f64,
}

/// Why the data cannot tell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotTell {
    /// Not enough periods on one side of the date.
    #[error("there are {found} of the {needed} whole periods that it takes {side} the date")]
    FewPeriods {
        /// `before` or `after`.
        side: &'static str,
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// The series is the same in all periods.
    #[error("the series has the same value in all periods")]
    Constant,
    /// Hardly anything happened.
    #[error("there are {found} of the {needed} events that it takes")]
    FewEvents {
        /// How many there are.
        found: u64,
        /// How many it takes.
        needed: u64,
    },
    /// The line before the date leads below 0, where counts cannot go.
    #[error("the line before the date leads below 0, where counts cannot go")]
    BelowNothing,
    /// Not enough other series to compare with.
    #[error("there are {found} of the {needed} other series that it takes, varying before the date")]
    FewDonors {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Not enough dates at which nothing happened.
    #[error("there are {found} of the {needed} other dates that it takes, with enough periods around them")]
    FewDates {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
}
