//! `lexicon`: the sources checked, entries looked up.

mod card;
pub mod add;
pub mod check;
pub mod counts;
pub mod find;
pub mod import;
pub mod mine;
