//! `lexicon`: the sources checked, entries looked up.

mod card;
pub mod check;
pub mod find;
