//! `lexicon`: sources checked, added and imported, entries looked up and counted, unknown names mined.

mod card;
pub mod add;
pub mod check;
pub mod counts;
pub mod find;
pub mod import;
pub mod mine;
