//! What follows from dated records: which event comes next and when ([`forecast`]), how many come ([`counts`]), how good
//! such forecasts are ([`scoring`]), who stands with whom ([`balance`]), and whether something worked ([`impact`]).
//! Pure functions over plain values: no file, clock or network, and no text; reading records and drawing for a terminal
//! is left to those who call.

pub mod balance;
pub mod counts;
pub mod forecast;
pub mod impact;
pub mod scoring;
