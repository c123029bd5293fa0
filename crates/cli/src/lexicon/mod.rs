//! `lexicon`: sources checked, added and imported, entries looked up and counted, unknown names mined.

pub mod add;
mod card;
pub mod check;
pub mod counts;
pub mod find;
pub mod import;
pub mod mine;
